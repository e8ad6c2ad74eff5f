"""Service: which articles repeat a text, whole or in good part."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncConnection

from digests import sameness
from digests.articles import Article, ArticleId, ArticleState
from digests.errors import ArticleMissing
from digests.origins import Origin
from digests.sameness import Comparison, Overlap
from digests.shelf import Shelf
from digests.storage import articles, marks, origins
from digests.storage.engine import Database
from digests.stories import Stories

LIMIT = 3  # twins that are told of
# Of pairs of the news of May 2020 with so much in common 93 % are one story, and the others share the page's furniture.
LEAST_SHARE = 0.4
LEAST_HELD, LEAST_WORDS = 0.7, 30  # of one text that the other holds: a note that a long article swallowed
_CANDIDATES = 8  # of each kind
_BATCH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """An article whose text repeats another's; `overlap.here` is of the one that was asked about."""

    id: ArticleId
    state: ArticleState
    title: str
    overlap: Overlap
    is_exact: bool  # title and text, word for word
    is_kin: bool = False  # it does not repeat the text but tells the same story


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two articles that are compared, and where it is from."""

    article: Article
    origin: Origin | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two articles side by side, and whether they are of one story."""

    here: Side
    there: Side
    comparison: Comparison
    are_one: bool = False


class Twins:
    """Finds repeated texts among drafts, published and withdrawn articles."""

    def __init__(self, database: Database, shelf: Shelf, stories: Stories) -> None:
        self._database = database
        self._shelf = shelf
        self._stories = stories

    async def of(self, article: Article, limit: int = LIMIT) -> tuple[Twin, ...]:
        """Return what an article repeats, exact repeats first, then those with most in common; newer first of equals.

        Candidates are drafts that share runs of words, published articles that share words, any with the same title
        or from the same page.
        """
        if not article.characters:
            return ()
        wanted = await asyncio.to_thread(lambda: sameness.marks(sameness.words_of(article)))
        similar = [found for found, _ in await self._shelf.similar(article, _CANDIDATES)]
        async with self._database.read() as connection:
            drafts = await marks.sharing(connection, article.id, wanted, _CANDIDATES)
            named = await articles.titled(connection, article.title, _CANDIDATES)
            origin = await origins.find(connection, article.id)
            url = origin.url if origin else ""
            paged = await origins.articles_from(connection, url) if url else []
            ids = {*drafts, *similar, *named, *paged[:_CANDIDATES]} - {article.id}
            found = await articles.among(connection, sorted(ids))
        twins = (await asyncio.to_thread(_compared, article, found))[:limit]
        return twins or await self._kin(article, similar, found)

    async def _kin(self, article: Article, similar: Sequence[ArticleId], found: Sequence[Article]) -> tuple[Twin, ...]:
        if article.state is not ArticleState.DRAFT:
            return ()
        joined = await self._stories.foreseen(article, similar)
        kin = max((one for one in found if one.id in joined), key=lambda one: one.id, default=None)
        if kin is None:
            return ()
        return (replace(await asyncio.to_thread(lambda: _twin(sameness.words_of(article), kin)), is_kin=True),)

    async def compare(self, one: ArticleId, other: ArticleId) -> Compared:
        """Return two articles side by side. Raises ArticleMissing."""
        async with self._database.read() as connection:
            here, there = await _side(connection, one), await _side(connection, other)
        found = await asyncio.to_thread(sameness.compared, here.article, there.article)
        return Compared(here=here, there=there, comparison=found)

    async def mark(self) -> None:
        """Mark drafts that an older program left unmarked; what is there already changes nothing."""
        while True:
            async with self._database.read() as connection:
                ids = await marks.unmarked(connection, _BATCH)
                found = await articles.among(connection, ids)
            told = await asyncio.to_thread(lambda drafts: {one.id: marks_of(one) for one in drafts}, found)
            if not any(told.values()):
                return
            async with self._database.write() as connection:
                there = set(await marks.unmarked(connection, _BATCH))
                for number, each in told.items():
                    if number in there:
                        await marks.put(connection, number, each)


def marks_of(article: Article) -> list[int]:
    """Return what a repeated text is found by."""
    return sameness.marks(sameness.words_of(article))


async def _side(connection: AsyncConnection, number: ArticleId) -> Side:
    article = await articles.find(connection, number)
    if article is None:
        raise ArticleMissing
    return Side(article=article, origin=await origins.find(connection, number))


def _compared(article: Article, others: Sequence[Article]) -> tuple[Twin, ...]:
    words = sameness.words_of(article)
    found = [_twin(words, other) for other in others]
    twins = [twin for twin in found if twin.is_exact or _is_repeated(twin.overlap)]
    return tuple(sorted(twins, key=lambda twin: (not twin.is_exact, -twin.overlap.share, -twin.id)))


def _twin(words: Sequence[str], other: Article) -> Twin:
    theirs = sameness.words_of(other)
    return Twin(
        id=other.id,
        state=other.state,
        title=other.title,
        overlap=sameness.overlap(words, theirs),
        is_exact=list(words) == theirs,
    )


def _is_repeated(overlap: Overlap) -> bool:
    held = max(overlap.here, overlap.there)
    return overlap.share >= LEAST_SHARE or (held >= LEAST_HELD and overlap.words >= LEAST_WORDS)
