"""Service: articles from files, pages, feeds and sites as drafts; a page that is here already is not taken again."""

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from digests.articles import Article, ArticleId, UserId
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
TOGETHER = 64  # articles in one transaction
HTML = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of one article: a draft, or the one that is here already, or why it is neither."""

    name: str
    article: ArticleId | None = None
    title: str = ""
    is_new: bool = False
    error: DigestError | None = None


class Importer:
    """Makes drafts, many in one transaction: what comes after a failure comes all the same."""

    def __init__(self, database: Database, clock: Clock, newsroom: Newsroom, web: Web, reader: Reader) -> None:
        self._database = database
        self._clock = clock
        self._newsroom = newsroom
        self._web = web
        self._reader = reader
        self._asker = Asker(web, reader)
        self._scout = Scout(web, reader)

    async def files(self, author: UserId, files: Sequence[tuple[str, bytes]]) -> list[Imported]:
        """Make drafts of the texts of files, given with their names."""
        read = await self._read(files)
        return await self._take(author, [(name, one) for (name, _), one in zip(files, read, strict=True)])

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
        for some in _together(reversed(items)):
            for each in await self._items(author, some):
                yield each

    async def _read(self, files: Sequence[tuple[str, bytes]]) -> list[Sourced | DigestError]:
        """Read files at once; one by one if one of them takes too long or breaks the reading."""
        try:
            return await self._reader.run(documents.read, files, timeout_s=READ_S)
        except DigestError as error:
            if len(files) == 1:
                return [error]
        return [read for one in files for read in await self._read([one])]

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
        here = await self._here([found.url])
        if here:
            return _known(found.url, here[found.url])
        try:
            sourced = await self._reader.run(page.sourced, found.body, found.charset, found.url, timeout_s=READ_S)
        except DigestError as error:
            return Imported(name=found.url, error=error)
        [taken] = await self._take(author, [(found.url, sourced)])
        return taken

    async def _items(self, author: UserId, items: Sequence[Item]) -> list[Imported]:
        here = await self._here([name_of(item) for item in items if item.link_key])
        done = {item.key: _known(name, here[name]) for item in items if (name := name_of(item)) in here}
        rest = [item for item in items if item.key not in done]
        taken = await self._take(author, [(name_of(item), (await self._whole(item)).sourced) for item in rest])
        done |= {item.key: one for item, one in zip(rest, taken, strict=True)}
        return [done[item.key] for item in items]

    async def _whole(self, item: Item) -> Item:
        if not item.is_teaser:
            return item
        await self._clock.sleep(REST_S)
        return await self._asker.whole(item)

    async def _take(self, author: UserId, texts: Sequence[tuple[str, Sourced | DigestError]]) -> list[Imported]:
        """Make drafts of what was read; of a text that an article repeats word for word, that article is the answer."""
        whole = {at: one for at, (_, one) in enumerate(texts) if isinstance(one, Sourced)}
        taken = dict(zip(whole, await self._newsroom.take_all(author, [*whole.values()]), strict=True))
        return [
            Imported(name=name, error=one)
            if isinstance(one, DigestError)
            else Imported(name=name, article=taken[at].article, title=taken[at].title, is_new=taken[at].is_new,
                          error=taken[at].error)
            for at, (name, one) in enumerate(texts)
        ]  # fmt: skip

    async def _here(self, urls: Sequence[str]) -> dict[str, Article]:
        """Return the articles that were taken from pages before, by address."""
        async with self._database.read() as connection:
            numbers = await origins.articles_from_each(connection, urls)
            found = await articles.among(connection, [some[0] for some in numbers.values() if some])
        by_number = {one.id: one for one in found}
        return {url: by_number[some[0]] for url, some in numbers.items() if some and some[0] in by_number}


def name_of(item: Item) -> str:
    """Return what an item is called when it is told of: its address."""
    return item.sourced.origin.url if item.sourced.origin else item.key


def _known(name: str, article: Article) -> Imported:
    return Imported(name=name, article=article.id, title=article.title)


def _together(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Part items into those that are taken at once.

    A beginning whose page is to be fetched is taken by itself, and two items with one address or key one by one.
    """
    some: list[Item] = []
    names: set[str] = set()
    for item in items:
        own = {item.key, item.link_key} - {""}
        if some and (item.is_teaser or some[-1].is_teaser or len(some) == TOGETHER or own & names):
            yield some
            some, names = [], set()
        some.append(item)
        names |= own
    if some:
        yield some
