"""Where articles come from, and when two addresses are one page."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

from digests.blocks import Block

# Campaign marks that newsletters, social networks and advertisers hang on links; the page is the same without them.
_MARKS = ("utm_", "yclid", "ysclid", "fbclid", "gclid", "mc_", "_openstat")
_WHOLE_MARKS = ("from", "ref")
KEY_LIMIT = 1000  # bytes; PostgreSQL indexes up to 2700
_SITE_SHOWN = 60  # characters of the site in a hashed key


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The site that an article was taken from (`example.ru`, `t.me/name`) and its page there, if it has one."""

    site: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """What a source hands over: an article as blocks, a paragraph each, the title first if the source has one.

    `rubrics` are names as the source gives them; `published_at` is when it was published there.
    """

    blocks: tuple[Block, ...]
    origin: Origin | None = None
    rubrics: tuple[str, ...] = ()
    published_at: datetime | None = None


def site_of(url: str) -> str:
    """Return the host of an address without `www.`, in its own letters; empty for what is no address."""
    parts = _split(url)
    return _site(parts) if parts else ""


def url_key(url: str) -> str:
    """Return what is equal for addresses of one page, and empty for what is no address.

    Scheme, `www.`, campaign marks, the fragment, and whether letters are encoded do not count.
    """
    parts = _split(url)
    if parts is None or not parts.hostname:
        return ""
    key = f"{_site(parts)}{unquote(parts.path).rstrip('/')}"
    query = sorted(pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _is_mark(pair[0].lower()))
    return _indexed(f"{key}?{urlencode(query)}" if query else key)


def _indexed(key: str) -> str:
    """Return a key that any database can index: a long one, or one with control characters, is hashed."""
    encoded = key.encode("utf-8", "replace")
    if len(encoded) <= KEY_LIMIT and key.isprintable():
        return key
    return f"{key.partition('/')[0][:_SITE_SHOWN]}/{hashlib.sha256(encoded).hexdigest()}"


def _is_mark(name: str) -> bool:
    return name.startswith(_MARKS) or name in _WHOLE_MARKS


def _site(parts: SplitResult) -> str:
    host = (parts.hostname or "").lower().rstrip(".")
    with suppress(UnicodeError):  # written in its own letters already, or no name at all
        host = host.encode("ascii").decode("idna")
    return host.removeprefix("www.")


def _split(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:  # brackets that hold no address
        return None
