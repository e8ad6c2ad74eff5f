"""Where articles come from, and when two addresses are one page."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

from digests.blocks import Block

# Campaign marks that newsletters, social networks and advertisers hang on links; the page is the same without them.
_MARKS = ("utm_", "yclid", "ysclid", "fbclid", "gclid", "mc_", "_openstat", "from", "ref")


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
    """Return the host of an address without `www.`; empty for what is no address."""
    host = (urlsplit(url).hostname or "").lower()
    return host.removeprefix("www.")


def url_key(url: str) -> str:
    """Return what is equal for addresses of one page: scheme, `www.`, campaign marks, the fragment do not count."""
    parts = urlsplit(url)
    query = sorted((name, value) for name, value in parse_qsl(parts.query) if not name.lower().startswith(_MARKS))
    key = f"{site_of(url)}{parts.path.rstrip('/')}"
    return f"{key}?{urlencode(query)}" if query else key
