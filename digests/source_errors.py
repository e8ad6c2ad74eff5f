"""What can be wrong with a page or a file that an article was to be taken from, as facts.

They travel between processes: facts are given by position, so that they can be pickled.
"""

from dataclasses import dataclass

from digests.errors import DigestError


class PageEmpty(DigestError):
    """The page has no text of an article."""


class PageOfScripts(DigestError):
    """The page has no text of its own: a browser's scripts would fetch it."""


class PageOfLinks(DigestError):
    """The page is a list of articles, none of them whole."""


class PageOfFeed(DigestError):
    """The address is of a feed, not of an article."""


class PostOfTelegram(DigestError):
    """The address is of something inside Telegram, which is forwarded and not read as a page."""


@dataclass(eq=False)
class PageTooLarge(DigestError):
    """The page is longer than is read; sizes in bytes."""

    size: int
    limit: int


@dataclass(eq=False)
class ReadingTooLong(DigestError):
    """What was sent or fetched is so tangled that reading it took too long."""

    seconds: float


class ReadingFailed(DigestError):
    """What was sent or fetched needs more memory than reading may take, or broke the program that reads."""


@dataclass(eq=False)
class OldDocument(DigestError):
    """The file is of Word's format before 2007."""

    name: str


@dataclass(eq=False)
class DocumentLocked(DigestError):
    """The document has a password."""

    name: str


@dataclass(eq=False)
class NoDocument(DigestError):
    """The file is no Word document, whatever its name says."""

    name: str


@dataclass(eq=False)
class DocumentBroken(DigestError):
    """The document is damaged, or would unpack to far more than a text needs."""

    name: str
