"""Asking a source what it has: politely, in bounded time, and read in a process of its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from digests.errors import DigestError
from digests.feeds import Item, Recognised, Shown, Source, SourceKind
from digests.fetching import Fetched
from digests.fetching.errors import BadStatus
from digests.origins import Sourced
from digests.sources import feed, page, wordpress

T = TypeVar("T")

FEED_KINDS = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/xml", "text/xml", "application/rdf+xml",
     "application/x-rss+xml", "text/html", "text/plain", "application/octet-stream", "application/xhtml+xml"}
)  # fmt: skip
PAGE_KINDS = frozenset({"text/html", "application/xhtml+xml"})
JSON_KINDS = frozenset({"application/json", "text/html", "text/plain"})
READ_S = 60.0  # for a feed of 10 MB and ten thousand items
PAGES = 6  # of posts at a time; what is left comes at the next poll
OVERLAP = timedelta(hours=1)  # clocks differ, and a post may be committed after one that was changed later
NO_SUCH_PAGE = 400  # WordPress, for a page after the last


class Web(Protocol):
    """The guarded way out; raises FetchFailed."""

    async def get(self, url: str, *, kinds: frozenset[str], headers: Mapping[str, str] | None = None) -> Fetched:
        """Return what is at an address."""
        ...


class Reader(Protocol):
    """Runs a pure function where it can do no harm."""

    async def run(self, function: Callable[..., T], *args: object, timeout_s: float) -> T:
        """Return what the function returns, or raise what it raises."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a source answered. `shown` is None if nothing changed; `more`: not all that changed was asked for."""

    shown: Shown | None
    etag: str = ""
    last_modified: str = ""
    modified_after: datetime | None = None
    more: bool = False


class Asker:
    """Reads feeds, sites and the pages of teasers."""

    def __init__(self, web: Web, reader: Reader) -> None:
        self._web = web
        self._reader = reader

    async def ask(self, source: Source) -> Answer:
        """Return what a source shows now. Raises FetchFailed, NotAFeed, NotWordPress, or what reading it came to."""
        match source.kind:
            case SourceKind.FEED:
                return await self._feed(source)
            case SourceKind.WORDPRESS:
                return await self._posts(source)

    async def newest(self, found: Recognised, limit: int) -> tuple[Item, ...]:
        """Return so many of a source's newest items, newest first. Raises what `ask` raises."""
        if found.kind is SourceKind.FEED:
            shown = await self.read_feed(await self._web.get(found.url, kinds=FEED_KINDS))
            return shown.items[:limit]
        items: list[Item] = []
        while len(items) < limit:
            try:
                some = await self._page(found.url, None, len(items) // wordpress.PAGE + 1)
            except BadStatus as error:
                if not items or error.status != NO_SUCH_PAGE:
                    raise
                break
            items += some
            if len(some) < wordpress.PAGE:
                break
        return tuple(items[:limit])

    async def whole(self, item: Item) -> Item:
        """Return an item with its page's text if it is a teaser; as it is if the page gives nothing better."""
        origin = item.sourced.origin
        if not item.is_teaser or origin is None:
            return item
        try:
            return feed.whole(item, await self.page(origin.url))
        except DigestError:
            return item

    async def page(self, url: str) -> Sourced:
        """Return the article on a page. Raises FetchFailed, or why there is no article."""
        found = await self._web.get(url, kinds=PAGE_KINDS)
        return await self._reader.run(page.sourced, found.body, found.charset, found.url, timeout_s=READ_S)

    async def _feed(self, source: Source) -> Answer:
        asked = {"If-None-Match": source.etag, "If-Modified-Since": source.last_modified}
        found = await self._web.get(
            source.url, kinds=FEED_KINDS, headers={name: value for name, value in asked.items() if value}
        )
        marks = Answer(
            shown=None,
            etag=_header(found, "ETag") or (source.etag if found.status == 304 else ""),
            last_modified=_header(found, "Last-Modified") or (source.last_modified if found.status == 304 else ""),
        )
        if found.status == 304:
            return marks
        return replace(marks, shown=await self.read_feed(found))

    async def read_feed(self, found: Fetched) -> Shown:
        """Return what a fetched feed shows. Raises NotAFeed, or why it could not be read."""
        kind = f"{found.kind}; charset={found.charset}" if found.charset else found.kind
        return await self._reader.run(feed.parse, found.body, kind, found.url, timeout_s=READ_S)

    async def _posts(self, source: Source) -> Answer:
        after = source.modified_after - OVERLAP if source.modified_after else None
        items = await self._page(source.url, after, 1)
        if after and items and (items[0].modified_at or after) < after - timedelta(days=1):
            after, items = (
                None,
                await self._page(source.url, None, 1),
            )  # before WordPress 5.7, which knows no such question
        pages = 1
        while after and len(items) == pages * wordpress.PAGE and pages < PAGES:
            try:
                items += await self._page(source.url, after, pages + 1)
            except BadStatus as error:
                if error.status != NO_SUCH_PAGE:
                    raise
                break
            pages += 1
        is_cut = bool(after) and len(items) == PAGES * wordpress.PAGE
        newest = _newest(items, source.modified_after, is_cut=is_cut)
        return Answer(shown=Shown(title="", items=tuple(items)), modified_after=newest, more=is_cut)

    async def _page(self, root: str, after: datetime | None, number: int) -> list[Item]:
        url = wordpress.posts_url(root, modified_after=after, page=number)
        found = await self._web.get(url, kinds=JSON_KINDS)
        shown = await self._reader.run(wordpress.parse, found.body, timeout_s=READ_S)
        return list(shown.items)


def _newest(items: Sequence[Item], before: datetime | None, *, is_cut: bool) -> datetime | None:
    """Return after what to ask next time, give or take OVERLAP, which must not bring the same pages for ever."""
    moments = [item.modified_at for item in items if item.modified_at]
    newest = max(moments, default=before)
    if not is_cut or newest is None:
        return newest
    again = timedelta(seconds=min(moments, default=newest) != newest)  # the others of the last second
    return newest + OVERLAP - again


def _header(found: Fetched, name: str) -> str:
    for given, value in found.headers.items():
        if given.lower() == name.lower() and len(value) <= 1000:
            return value
    return ""
