"""The index of similar articles, kept in step with the published articles of the database."""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

from digests import reasons
from digests.articles import Article, ArticleId
from digests.errors import DatabaseUnusable
from digests.related import LIST_LENGTH, RelatedIndex
from digests.shelving import Following, Found, text_of
from digests.storage import articles, related, terms
from digests.storage.engine import Database

PAGE = 2_000  # articles whose terms are read at a time
BATCH = 50  # articles that are read at a time because their terms are not there

Pair = tuple[ArticleId, ArticleId]  # whose list, and whom it names
Why = dict[Pair, str]

log = logging.getLogger(__name__)


class Shelf:
    """Published articles as the index holds them. The database has the last word: what another program published, or
    a change that was begun here and not committed, is put right before the index is asked again.
    """

    def __init__(self, database: Database, index: RelatedIndex) -> None:
        self._database = database
        self._index = index
        self._held: dict[ArticleId, int] = {}  # the revision of each article in the index
        self._revisions = self._ids = 0  # their sums
        self._doubtful: set[ArticleId] = set()  # changed in the index, perhaps not in the database
        self._owed: set[ArticleId] = set()  # published while the index was being filled, so that nobody lists them
        self._is_filling = False
        self._turn = asyncio.Lock()
        # A cancelled task does not stop its thread, which may thus outlive its turn.
        self._index_lock = threading.Lock()

    async def load(self) -> None:
        """Bring the index up to date with the database, however long that takes.

        Meanwhile changes go on, without lists of similar articles: these are made up for at the end.
        """
        self._is_filling = True
        try:
            async with self._turn:
                await self._catch_up()
        finally:
            self._is_filling = False
        async with self._turn:
            await self._make_up()

    async def similar(self, article: Article, limit: int) -> Found:
        """Return published articles similar to one in any state, best first; of those that are there so far."""
        if self._is_filling:
            return await asyncio.to_thread(self._similar, article, limit)
        async with self._turn:
            await self._catch_up()
            return await asyncio.to_thread(self._similar, article, limit)

    @asynccontextmanager
    async def changing(self, article: ArticleId, after: Article | None) -> AsyncIterator[Following]:
        """Lend what follows from a change: the article's own list and those of its neighbours, and what is kept of it.

        `after` is the article as it will be published, None for one taken away. The block stores the change with what
        follows and raises if it could not; then the index takes what the database has instead. One change at a time.
        """
        if self._is_filling:
            yield await asyncio.to_thread(self._postponed, after)
            return
        async with self._turn:
            await self._make_up()
            lists, record = await asyncio.to_thread(self._changed, article, after)
            near = frozenset({*lists, *(found for found, _ in lists[article])})
            yield Following(lists=lists, reasons=await self._reasons(after, lists), record=record, near=near)
            self._confirm(article, after.revision if after else None)

    def _postponed(self, after: Article | None) -> Following:
        """Return what follows from a change as long as the index is being filled, of those that are there so far."""
        if after is None:
            return Following(is_listed=False)
        near = frozenset(found for found, _ in self._similar(after, LIST_LENGTH))
        return Following(record=self._record(after), is_listed=False, near=near)

    def _record(self, article: Article) -> bytes:
        return self._index.made(article.title, text_of(article))

    def _changed(self, article: ArticleId, after: Article | None) -> tuple[dict[ArticleId, Found], bytes | None]:
        record = self._record(after) if after else None
        with self._index_lock:
            self._doubtful.add(article)
            touched = set(self._index.neighbours(article))
            if after is None or record is None:
                self._index.remove(article)
            else:
                self._index.put(article, record, after.published_at or after.updated_at)
            return self._lists(article, touched), record

    def _lists(self, article: ArticleId, touched: set[ArticleId]) -> dict[ArticleId, Found]:
        """Return the lists of an article, of those that list it, and of others that are touched."""
        lists = self._index.lists_with(article)
        return {article: self._index.similar(article), **{one: self._index.similar(one) for one in touched}, **lists}

    async def _reasons(self, after: Article | None, lists: Mapping[ArticleId, Found]) -> Why:
        """Return why the articles are listed: what is known, and for the rest, words of one of the two."""
        pairs = [(owner, target) for owner, found in lists.items() for target, _ in found]
        async with self._database.read() as connection:
            known = await related.reasons(connection, lists)
            unknown = [pair for pair in pairs if (after and after.id in pair) or pair not in known]
            others = {owner for owner, target in unknown if after is None or after.id not in (owner, target)}
            owners = await articles.published_among(connection, sorted(others)) if others else []
            titles = await articles.headlines(connection, [one for pair in unknown for one in pair])
        texts = {article.id: article for article in [*owners, *([after] if after else [])]}
        told = {article: headline.title for article, headline in titles.items()}
        return {**known, **await asyncio.to_thread(self._said, unknown, texts, told)}

    def _said(self, pairs: Sequence[Pair], texts: Mapping[ArticleId, Article], titles: Mapping[ArticleId, str]) -> Why:
        words = {article: reasons.words_of(found.title, text_of(found)) for article, found in texts.items()}
        heads = {article: reasons.words_of(title) for article, title in titles.items() if article not in texts}
        said = {}
        with self._index_lock:
            for owner, target in pairs:
                teller, other = (owner, target) if owner in words else (target, owner)
                if teller in words:
                    of_other = words.get(other) or heads.get(other) or {}
                    said[owner, target] = reasons.reason(self._index.shared(owner, target), words[teller], of_other)
        return said

    def _similar(self, article: Article, limit: int) -> Found:
        with self._index_lock:
            if article.id in self._index:
                return self._index.similar(article.id, limit)
            return self._index.similar_to(article.title, text_of(article), limit)

    def _confirm(self, article: ArticleId, revision: int | None) -> None:
        """Note at which revision the index has an article, None for not at all."""
        self._doubtful.discard(article)
        before = self._held.pop(article, None)
        if before is not None:
            self._revisions -= before
            self._ids -= article
        if revision is not None:
            self._held[article] = revision
            self._revisions += revision
            self._ids += article

    async def _make_up(self) -> None:
        """Catch up, and make the lists that are owed."""
        await self._catch_up()
        for article in sorted(self._owed):
            lists = await asyncio.to_thread(self._locked_lists, article)
            async with self._database.read() as connection:
                found = await articles.published_among(connection, [article])
            why = await self._reasons(found[0] if found else None, lists)
            async with self._database.write() as connection:
                await related.store_similar(connection, lists, why)
                await terms.listed(connection, article)
            self._owed.discard(article)

    def _locked_lists(self, article: ArticleId) -> dict[ArticleId, Found]:
        with self._index_lock:
            return self._lists(article, set())

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
        for start in range(0, len(stale), PAGE):
            await self._take(stale[start : start + PAGE])

    async def _take(self, ids: Sequence[ArticleId]) -> None:
        """Take articles into the index by their terms in the database, or else by their texts."""
        async with self._database.read() as connection:
            kept = await terms.kept(connection, ids)
        taken = await asyncio.to_thread(self._put_kept, kept)
        self._owed.update(one.article_id for one in kept if not one.is_listed)
        missing = [article for article in ids if article not in taken]
        for start in range(0, len(missing), BATCH):
            await self._make(missing[start : start + BATCH])

    def _put_kept(self, kept: Sequence[terms.Kept]) -> set[ArticleId]:
        sound = [one for one in kept if self._index.is_sound(one.record)]
        with self._index_lock:
            for one in sound:
                self._index.put(one.article_id, one.record, one.published_at)
                self._confirm(one.article_id, one.revision)
        return {one.article_id for one in sound}

    async def _make(self, ids: Sequence[ArticleId]) -> None:
        async with self._database.read() as connection:
            found = await articles.published_among(connection, ids)
        made = await asyncio.to_thread(self._put_made, found)
        try:
            async with self._database.write() as connection:
                await terms.put_all(connection, made, is_listed=True)
        except DatabaseUnusable as error:  # it only spares the work next time
            log.warning("terms of %d articles not stored: %s", len(made), error)

    def _put_made(self, found: Sequence[Article]) -> dict[ArticleId, tuple[int, bytes]]:
        made = {article.id: (article.revision, self._record(article)) for article in found}
        with self._index_lock:
            for article in found:
                revision, record = made[article.id]
                self._index.put(article.id, record, article.published_at or article.updated_at)
                self._confirm(article.id, revision)
        return made

    def _forget(self, gone: Sequence[ArticleId]) -> None:
        with self._index_lock:
            for article in gone:
                self._index.remove(article)
                self._confirm(article, None)

    def _fingerprint(self) -> tuple[int, int, int]:
        return len(self._held), self._revisions, self._ids
