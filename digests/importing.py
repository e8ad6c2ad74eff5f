"""Service: articles from files, pages, feeds and sites as drafts; a page that is here already is not taken again."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from digests.articles import Article, UserId
from digests.asking import READ_S, Asker, Reader, Web
from digests.clock import Clock
from digests.errors import DigestError
from digests.feed_errors import NoSource
from digests.feeds import Item, Recognised
from digests.fetching import Fetched
from digests.linking import check_is_page
from digests.newsroom import Newsroom
from digests.origins import Sourced
from digests.scouting import ANY_KINDS, Scout, given
from digests.sources import documents, feed, page
from digests.storage import articles, origins
from digests.storage.engine import Database

REST_S = 1.0  # between pages of one site
HTML = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of one article: a draft, or the one that is here already, or why it is neither."""

    name: str
    article: Article | None = None
    is_new: bool = False
    error: DigestError | None = None


class Importer:
    """Makes drafts. Each is stored by itself: what comes after a failure comes all the same."""

    def __init__(self, database: Database, clock: Clock, newsroom: Newsroom, web: Web, reader: Reader) -> None:
        self._database = database
        self._clock = clock
        self._newsroom = newsroom
        self._web = web
        self._reader = reader
        self._asker = Asker(web, reader)
        self._scout = Scout(web, reader)

    async def file(self, author: UserId, name: str, data: bytes) -> Imported:
        """Make a draft of a file's text."""
        try:
            blocks = await self._reader.run(documents.blocks_of, name, data, timeout_s=READ_S)
        except DigestError as error:
            return Imported(name=name, error=error)
        return await self._take(author, name, Sourced(blocks=blocks))

    async def address(self, author: UserId, url: str, limit: int) -> AsyncIterator[Imported]:
        """Make a draft of a page, or drafts of the newest articles, oldest first, of a feed or a WordPress site."""
        try:
            check_is_page(given(url))
            found = await self._web.get(given(url), kinds=ANY_KINDS)
            source = await self._source(found)
            items = await self._asker.newest(source, limit) if source else ()
        except DigestError as error:
            yield Imported(name=url, error=error)
            return
        if source is None:
            yield await self._page(author, found)
        for item in reversed(items):
            yield await self._item(author, item)

    async def _source(self, found: Fetched) -> Recognised | None:
        """Return the source that was fetched; None for a page, which may name a source without being one."""
        is_front = not urlsplit(found.url).path.strip("/")
        if found.kind in HTML and not is_front and not feed.looks_like_one(found.body):
            return None
        source = await self._scout.recognise(found)
        if source is None and found.kind not in HTML:
            raise NoSource
        return source

    async def _page(self, author: UserId, found: Fetched) -> Imported:
        known = await self._known(found.url)
        if known is not None:
            return Imported(name=found.url, article=known)
        try:
            sourced = await self._reader.run(page.sourced, found.body, found.charset, found.url, timeout_s=READ_S)
        except DigestError as error:
            return Imported(name=found.url, error=error)
        return await self._take(author, found.url, sourced)

    async def _item(self, author: UserId, item: Item) -> Imported:
        origin = item.sourced.origin
        name = origin.url if origin else item.key
        known = await self._known(origin.url) if origin and item.link_key else None
        if known is not None:
            return Imported(name=name, article=known)
        if item.is_teaser:
            await self._clock.sleep(REST_S)
            item = await self._asker.whole(item)
        return await self._take(author, name, item.sourced)

    async def _take(self, author: UserId, name: str, sourced: Sourced) -> Imported:
        """Make a draft; one that repeats an article word for word goes again, and that article is the answer."""
        try:
            draft = await self._newsroom.take(author, sourced)
            same = [twin.id for twin in await self._newsroom.twins(draft) if twin.is_exact]
            if not same:
                return Imported(name=name, article=draft, is_new=True)
            known = await self._newsroom.article(same[0])
            await self._newsroom.discard(draft.id)
            return Imported(name=name, article=known)
        except DigestError as error:
            return Imported(name=name, error=error)

    async def _known(self, url: str) -> Article | None:
        async with self._database.read() as connection:
            numbers = await origins.articles_from(connection, url)
            found = [await articles.find(connection, number) for number in numbers[:1]]
        return found[0] if found else None
