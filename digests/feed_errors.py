"""What can be wrong with a source that is to be polled, as facts that travel between processes."""

from digests.errors import DigestError


class NotAFeed(DigestError):
    """What came is no RSS and no Atom."""


class NotWordPress(DigestError):
    """What came is no answer of WordPress's API."""


class NoSource(DigestError):
    """There is neither a feed nor a WordPress site at the address."""


class NoAddress(DigestError):
    """What was given is no address of the web."""


class SourceMissing(DigestError):
    """The source was deleted."""
