"""What is at an address that an editor gave: a feed, a WordPress site, or a page that names one."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

from digests.feeds import Recognised, SourceKind
from digests.origins import site_of
from digests.sources import feed, wordpress

FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
API = "https://api.w.org/"  # the relation by which WordPress names its API
COMMENTS = ("comment", "/comments/")
TRACES = ("/wp-content/", "/wp-includes/")  # of WordPress, when it does not name its API
LOOKED_AT = 400_000  # characters of a page; what names feeds stands in its head
MOST = 4


def feed_at(body: bytes, content_type: str, url: str) -> Recognised:
    """Return the feed that was fetched. Raises NotAFeed."""
    shown = feed.parse(body, content_type, url)
    return Recognised(kind=SourceKind.FEED, url=url, title=shown.title or site_of(url))


def site_at(body: bytes, url: str) -> Recognised:
    """Return the site whose API's root was fetched. Raises NotWordPress."""
    return Recognised(kind=SourceKind.WORDPRESS, url=url, title=wordpress.site(body) or site_of(url))


def named_by(body: bytes, charset: str | None, url: str) -> tuple[Recognised, ...]:
    """Return what a page names, most promising first: the site's own API, then feeds, none of them of comments."""
    from lxml import etree  # for the process that reads

    text = body.decode(charset or "utf-8", "replace")[:LOOKED_AT]
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), etree.HTMLParser(encoding="utf-8", huge_tree=False))
    except (etree.XMLSyntaxError, ValueError):
        root = None
    links = [] if root is None else [dict(link.attrib) for link in root.iter("link")]
    found = [*_apis(links, text, url), *_feeds(links, url)]
    return tuple({one.url: one for one in found}.values())[:MOST]


def _apis(links: list[dict[Any, Any]], text: str, url: str) -> Iterator[Recognised]:
    named = [link["href"] for link in links if link.get("rel") == API and link.get("href")]
    guessed = ["/wp-json/"] if not named and any(trace in text for trace in TRACES) else []
    for href in (*named, *guessed):
        yield Recognised(kind=SourceKind.WORDPRESS, url=urljoin(url, href))


def _feeds(links: list[dict[Any, Any]], url: str) -> Iterator[Recognised]:
    for link in links:
        if _names_a_feed(link):
            yield Recognised(kind=SourceKind.FEED, url=urljoin(url, link["href"]), title=str(link.get("title") or ""))


def _names_a_feed(link: Mapping[Any, Any]) -> bool:
    href, title = str(link.get("href") or ""), str(link.get("title") or "")
    is_alternate = "alternate" in str(link.get("rel") or "").lower().split()
    is_feed = str(link.get("type") or "").split(";")[0].strip().lower() in FEED_TYPES
    of_comments = any(word in f"{href} {title}".lower() for word in COMMENTS)
    return bool(href) and is_alternate and is_feed and not of_comments
