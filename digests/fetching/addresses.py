"""Addresses as people and servers write them, checked before anything is connected to."""

from urllib.parse import urlsplit

from yarl import URL

from digests.fetching.errors import BadAddress, CredentialsRefused, PortRefused, PrivateAddress, SchemeRefused
from digests.fetching.reach import Reach

LENGTH_LIMIT = 2048  # characters; servers and browsers agree on about this


def parsed(url: str, reach: Reach) -> URL:
    """Return an absolute address without its fragment, international names and letters encoded.

    Raises a subclass of FetchFailed when it is none that may be fetched.
    """
    text = url.strip()
    address = _read(text)
    if address.scheme not in ("http", "https"):
        raise SchemeRefused(address.scheme)
    if address.user is not None or address.password is not None or "@" in urlsplit(text).netloc:
        raise CredentialsRefused
    host = (address.raw_host or "").rstrip(".")
    if not host or address.port is None:
        raise BadAddress(text)
    match reach.allows_host(host, address.port):
        case False:
            raise PrivateAddress(address.host or host)
        case True if ":" not in host and not _is_dotted(host):
            raise BadAddress(text)
    if not reach.allows_port(address.port) and not reach.is_own(host, address.port):
        raise PortRefused(address.port)
    return address.with_fragment(None)


def _read(text: str) -> URL:
    if not text or len(text) > LENGTH_LIMIT or any(ord(char) <= ord(" ") for char in text):
        raise BadAddress(text)
    try:
        address = URL(text)
        _ = address.port, address.raw_host  # both are read from the text only when they are asked for
    except ValueError:
        raise BadAddress(text) from None
    return address


def _is_dotted(host: str) -> bool:
    parts = host.split(".")
    return len(parts) == 4 and all(part.isdecimal() and str(int(part)) == part for part in parts)
