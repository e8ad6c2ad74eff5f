"""The index of similar articles, kept in step with the published articles of the database."""

import asyncio
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from digests.articles import Article, ArticleId
from digests.blocks import plain
from digests.related import RelatedIndex
from digests.storage import articles
from digests.storage.engine import Database

BATCH = 200  # articles read at a time while the index is filled

Found = list[tuple[ArticleId, float]]  # similar articles with their cosines, best first


class Shelf:
    """Published articles as the index holds them. The database has the last word: what another program published, or
    a change that was begun here and not committed, is put right before the index is asked again.
    """

    def __init__(self, database: Database, index: RelatedIndex) -> None:
        self._database = database
        self._index = index
        self._held: dict[ArticleId, int] = {}  # the revision of each article in the index
        self._doubtful: set[ArticleId] = set()  # changed in the index, perhaps not in the database
        self._turn = asyncio.Lock()
        # A cancelled task does not stop its thread, which may thus outlive its turn.
        self._index_lock = threading.Lock()

    async def load(self) -> None:
        """Bring the index up to date with the database."""
        async with self._turn:
            await self._catch_up()

    async def similar(self, article: Article, limit: int) -> Found:
        """Return published articles similar to one in any state, best first."""
        async with self._turn:
            await self._catch_up()
            return await asyncio.to_thread(self._similar, article, limit)

    @asynccontextmanager
    async def changing(self, article: ArticleId, after: Article | None) -> AsyncIterator[dict[ArticleId, Found]]:
        """Lend the lists of similar articles that follow from a change: the article's own and those of its neighbours.

        `after` is the article as it will be published, None for one taken away. The block stores the change with the
        lists and raises if it could not; then the index takes what the database has instead. One change at a time.
        """
        async with self._turn:
            await self._catch_up()
            yield await asyncio.to_thread(self._changed, article, after)
            self._confirm(article, after)

    def _changed(self, article: ArticleId, after: Article | None) -> dict[ArticleId, Found]:
        with self._index_lock:
            self._doubtful.add(article)
            touched = set(self._index.neighbours(article))
            if after is None:
                self._index.remove(article)
            else:
                self._put(after)
                touched.update(self._index.neighbours(article))
            return {one: self._index.similar(one) for one in (article, *touched)}

    def _confirm(self, article: ArticleId, after: Article | None) -> None:
        self._doubtful.discard(article)
        if after is None:
            self._held.pop(article, None)
        else:
            self._held[article] = after.revision

    def _similar(self, article: Article, limit: int) -> Found:
        with self._index_lock:
            if article.id in self._index:
                return self._index.similar(article.id, limit)
            try:
                self._put(article)
                return self._index.similar(article.id, limit)
            finally:
                self._index.remove(article.id)

    def _put(self, article: Article) -> None:
        published_at = article.published_at or article.updated_at
        self._index.add(article.id, article.title, text_of(article), published_at)

    async def _catch_up(self) -> None:
        async with self._database.read() as connection:
            if not self._doubtful and await articles.published_fingerprint(connection) == self._fingerprint():
                return
            revisions = await articles.published_revisions(connection)
        gone = [article for article in (*self._held, *self._doubtful) if article not in revisions]
        await asyncio.to_thread(self._forget, gone)
        stale = [
            article
            for article, revision in revisions.items()
            if self._held.get(article) != revision or article in self._doubtful
        ]
        for start in range(0, len(stale), BATCH):
            await self._take(stale[start : start + BATCH])

    async def _take(self, ids: Sequence[ArticleId]) -> None:
        async with self._database.read() as connection:
            found = await articles.published_among(connection, ids)
        await asyncio.to_thread(self._put_all, found)
        for article in found:
            self._confirm(article.id, article)

    def _put_all(self, found: Sequence[Article]) -> None:
        with self._index_lock:
            for article in found:
                self._put(article)

    def _forget(self, gone: Sequence[ArticleId]) -> None:
        with self._index_lock:
            for article in gone:
                self._index.remove(article)
                self._confirm(article, None)

    def _fingerprint(self) -> tuple[int, int, int]:
        return len(self._held), sum(self._held.values()), max(self._held, default=0)


def text_of(article: Article) -> str:
    """Return all that readers read below the title, the lead first."""
    parts = [plain(article.lead)]
    for section in article.sections:
        parts += [section.title, plain(section.blocks)]
    return "\n".join(part for part in parts if part)
