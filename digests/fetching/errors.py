"""What can go wrong when something is fetched, a class for each reason; the sentences are written at the edge."""

from dataclasses import dataclass
from enum import StrEnum

from digests.errors import DigestError


class FetchFailed(DigestError):
    """Something could not be fetched; the subclass says why. Nothing of it is kept."""


@dataclass(eq=False)
class BadAddress(FetchFailed):
    """The text is no address that can be fetched: no host, a host written as a number, a port out of range."""

    address: str


@dataclass(eq=False)
class SchemeRefused(FetchFailed):
    """Only http and https are fetched."""

    scheme: str


@dataclass(eq=False)
class PortRefused(FetchFailed):
    """Pages are not fetched from this port."""

    port: int


class CredentialsRefused(FetchFailed):
    """The address carries a name or a password, which would be stored and shown with it."""


@dataclass(eq=False)
class PrivateAddress(FetchFailed):
    """The host is, or resolves to, an address that is not on the public internet."""

    host: str


@dataclass(eq=False)
class HostUnknown(FetchFailed):
    """There is no such host."""

    host: str


@dataclass(eq=False)
class Unreachable(FetchFailed):
    """The host does not answer, or breaks the connection off."""

    host: str


class CertificateFlaw(StrEnum):
    """What is wrong with a certificate."""

    EXPIRED = "expired"
    SELF_SIGNED = "self_signed"
    WRONG_HOST = "wrong_host"
    OTHER = "other"


@dataclass(eq=False)
class CertificateRefused(FetchFailed):
    """The host cannot prove that it is who it says."""

    host: str
    flaw: CertificateFlaw


class RedirectLoop(FetchFailed):
    """The address sends one on to where one has been already."""


@dataclass(eq=False)
class TooManyRedirects(FetchFailed):
    """The address sends one on and on."""

    limit: int


class Downgraded(FetchFailed):
    """A page of https sends one on to http."""


@dataclass(eq=False)
class TooLarge(FetchFailed):
    """There is more than is read, after decompression; in bytes."""

    limit: int


@dataclass(eq=False)
class TooSlow(FetchFailed):
    """It did not come in time, redirects and all."""

    seconds: float


@dataclass(eq=False)
class WrongKind(FetchFailed):
    """What came is of a kind that was not asked for; a media type, empty when the server names none."""

    kind: str


@dataclass(eq=False)
class Garbled(FetchFailed):
    """The server's answer breaks the rules of HTTP or of its own compression."""

    host: str


@dataclass(eq=False)
class BadStatus(FetchFailed):
    """The server refuses; `retry_after_s` is how long it asks to be left alone."""

    status: int
    retry_after_s: float | None = None


class NotFound(BadStatus):
    """There is no such page (404), or no more (410)."""


class Forbidden(BadStatus):
    """The page is not for everybody (401, 403, 451)."""


class Overloaded(BadStatus):
    """The server has no time for us now (429, 5xx)."""
