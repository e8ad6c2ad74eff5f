"""Service: pages that links lead to become drafts, each page once."""

import asyncio
from dataclasses import dataclass

from digests.articles import Article, ArticleId, UserId
from digests.errors import ArticleMissing
from digests.fetching import Fetcher
from digests.newsroom import Newsroom
from digests.origins import Origin, Sourced, site_of
from digests.source_errors import PageOfFeed, PostOfTelegram
from digests.sources import page
from digests.sources.worker import Worker
from digests.storage import articles, origins
from digests.storage.engine import Database
from digests.taking import NO_MESSAGE

READING_TIMEOUT_S = 15.0
PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
FEEDS = frozenset({"application/rss+xml", "application/atom+xml", "application/xml", "text/xml"})
_FEED_ROOTS = (b"<rss", b"<feed", b"<rdf:rdf")
_HEAD = 1024  # bytes in which a document names its root
_TELEGRAM = ("t.me", "telegram.me", "telegram.dog")


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """The article of a page, and whether it was made just now."""

    article: Article
    is_new: bool


class Links:
    """Takes pages by their addresses. What was taken once is found again."""

    def __init__(self, database: Database, newsroom: Newsroom, fetcher: Fetcher, worker: Worker) -> None:
        self._database = database
        self._newsroom = newsroom
        self._fetcher = fetcher
        self._worker = worker
        self._turn = asyncio.Lock()  # of two editors with one link, the second gets the first one's draft

    async def find(self, url: str) -> Article | None:
        """Return the newest article taken from a page."""
        async with self._database.read() as connection:
            for number in await origins.articles_from(connection, url):
                found = await articles.find(connection, number)
                if found is not None:
                    return found
        return None

    async def origin(self, article: ArticleId) -> Origin:
        """Return where an article was taken from. Raises ArticleMissing when it is gone or was pasted."""
        async with self._database.read() as connection:
            found = await origins.find(connection, article)
        if found is None or not found.url:
            raise ArticleMissing
        return found

    async def read(self, url: str) -> Sourced:
        """Return the article of a page, nothing stored. Raises what `read_page` raises."""
        return await read_page(self._fetcher, self._worker, url)

    async def take(self, author: UserId, url: str, message_id: int = NO_MESSAGE, *, anew: bool = False) -> Linked:
        """Make a draft of the page, or return the article that was made of it before; `anew` makes another.

        A message that came before changes nothing. Raises FetchFailed, what `sources.page` and `sources.worker` raise,
        PageOfFeed, PostOfTelegram, NoLetters or TextTooLong; then nothing is stored.
        """
        found = None if anew else await self.find(url)
        if found is not None:
            return Linked(article=found, is_new=False)
        sourced = await self.read(url)
        async with self._turn:
            found = None if anew or not sourced.origin else await self.find(sourced.origin.url)
            if found is not None:
                return Linked(article=found, is_new=False)
            return Linked(article=await self._newsroom.take(author, sourced, message_id), is_new=True)


async def read_page(fetcher: Fetcher, worker: Worker, url: str) -> Sourced:
    """Return the article of a page. Raises FetchFailed, PageOfFeed, PostOfTelegram, what `sources.page` raises."""
    check_is_page(url)
    fetched = await fetcher.get(url, kinds=PAGES | FEEDS)
    if fetched.kind not in PAGES or _is_feed(fetched.body):
        raise PageOfFeed
    return await worker.run(page.sourced, fetched.body, fetched.charset, fetched.url, timeout_s=READING_TIMEOUT_S)


def check_is_page(url: str) -> None:
    """Raise PostOfTelegram for what is not read as a page."""
    if site_of(url) in _TELEGRAM:
        raise PostOfTelegram


def _is_feed(body: bytes) -> bool:
    head = body[:_HEAD].lower()
    return any(root in head for root in _FEED_ROOTS) and b"<html" not in head
