"""Service: searching what was published, and keeping the index of it complete."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection

from digests import queries as typed
from digests import spelling
from digests.articles import Article, ArticleId, Headline
from digests.entries import entry
from digests.errors import QueryMissing
from digests.passages import Passage, passage
from digests.periods import Period, beginning, first_day
from digests.queries import Query
from digests.relevance import Archive, ranked
from digests.resolving import Resolved, Resolver, nearest
from digests.rubrics import Rubric
from digests.storage import articles, queries, rubrics, search
from digests.storage.engine import Database
from digests.storage.queries import Kept
from digests.storage.texts import storable
from digests.summaries import reading_minutes
from digests.wanted import Part, Wanted, levels
from digests.words import STOP_WORDS

__all__ = ["ALL_RUBRICS", "Kept", "Page", "Result", "Searching"]

_WORD = 3  # letters that words have on average
MOST = 100  # newest articles that are put in order, and as many again of those that have the words in their titles
ENOUGH = 10  # articles with most of the words, when none has all; else those with half of them are listed too
LOOKED_AT = 5_000  # articles with all words of a phrase in which those words are looked for side by side
BATCH = 200  # articles that are taken into the index in one transaction, some tenths of a second
PLANNED = 10_000  # articles to be taken in that are looked for at a time: it takes a walk through all there are
ALL_RUBRICS = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A found article, and the passage that shows why."""

    headline: Headline
    passage: Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of what was found, and what to try when it was nothing."""

    query: Query
    results: tuple[Result, ...]
    total: int
    is_more: bool = False  # there are more than `total`, which nobody would read
    newest: int | None = None  # among how many of the newest articles a phrase of very common words was looked for
    meant: dict[str, str]  # typed words, and the ones looked for in their stead
    unknown: tuple[str, ...] = ()  # words that occur nowhere
    elsewhere: int = 0  # what would be found in all rubrics and at any time, when here it is nothing
    has_words: bool = False  # the words are there, though nowhere side by side
    nearest: tuple[str, ...] = ()  # words that do occur, when nothing was found


class _Order(NamedTuple):
    """Articles in their order, whether there are more, and how many of the newest were looked at if not all were."""

    articles: list[ArticleId]
    is_more: bool = False
    newest: int | None = None


class Searching:
    """Finds published articles. The same articles and query give the same list in the same order on any database.

    A phrase is looked for in the newest articles alone when more than `looked_at` may have its words.
    """

    def __init__(self, database: Database, looked_at: int = LOOKED_AT) -> None:
        self._database = database
        self._looked_at = looked_at

    async def catch_up(self) -> int:
        """Bring the index up to date with what is published, some articles at a time; return how many it took.

        Every batch is a short transaction of its own, so that whatever else is written does not wait long.
        """
        count, below = 0, search.ABOVE_ALL
        while True:
            async with self._database.read() as connection:
                stale = await search.missing(connection, below, PLANNED)
                gone = await search.superfluous(connection, BATCH)
            if not stale and not gone:
                return count
            below = min(stale, default=below)
            for start in range(0, len(stale), BATCH):
                count += await self._take_in(stale[start : start + BATCH])
            if gone:
                async with self._database.write() as connection:
                    await search.turn(connection)
                    # Asked for once more: one of them may have been published again by now.
                    await search.drop(connection, await search.superfluous(connection, BATCH))

    async def _take_in(self, stale: Sequence[ArticleId]) -> int:
        """Take articles into the index but those that were changed meanwhile, whose index is that change's matter."""
        async with self._database.read() as connection:
            found = await articles.published_among(connection, stale)
        entries = await asyncio.to_thread(lambda: [entry(article) for article in found])
        async with self._database.write() as connection:
            await search.turn(connection)
            revisions = await articles.revisions_among(connection, stale)
            pairs = zip(found, entries, strict=True)
            await search.put(connection, [one for one in pairs if revisions.get(one[0].id) == one[0].revision])
        return len(found)

    async def keep(self, kept: Kept) -> int:
        """Return the number by which a search can be had again, after a restart too."""
        async with self._database.write() as connection:
            return await queries.keep(connection, replace(kept, text=storable(kept.text)))

    async def kept(self, number: int) -> Kept:
        """Return a search by its number. Raises QueryMissing."""
        async with self._database.read() as connection:
            found = await queries.find(connection, number)
        if found is None:
            raise QueryMissing
        return found

    async def find(self, kept: Kept, now: datetime, *, offset: int = 0, limit: int = 5) -> Page:
        """Return a page of what is found; `now` is the reader's local time.

        Raises QueryTooLong, NothingToSearch, OnlyUnwanted or UnknownRubric for what cannot be searched for.
        """
        async with self._database.read() as connection:
            is_filed = bool(kept.rubric) or typed.names_rubric(kept.text)
            known = await rubrics.all_rubrics(connection) if is_filed else ()
            query = narrowed(typed.parsed(kept.text, known, now.date()), kept, known, now)
            resolver = Resolver(connection)
            resolved = await resolver.resolve(query)
            if query.words and not resolved.words and not resolved.phrases:
                retyped = _retyped(kept.text)
                if retyped:
                    query, resolved = await self._again(connection, query, retyped, resolved)
            order, is_more, depth = await self._order(connection, query, resolved, now)
            page = Page(query=query, results=(), total=len(order), is_more=is_more, newest=depth,
                        meant=resolved.meant, unknown=resolved.unknown)  # fmt: skip
            if not order:
                return await self._advised(connection, page, resolved, now)
            shown = order[offset : offset + limit]
            found = {article.id: article for article in await articles.published_among(connection, shown)}
        stems, enough = {stem for part in resolved.parts for stem in part.stems}, _enough(resolved)
        there = [found[number] for number in shown if number in found]
        passages = await asyncio.to_thread(lambda: [passage(article, stems, enough) for article in there])
        results = [Result(headline=_headline(one), passage=why) for one, why in zip(there, passages, strict=True)]
        return replace(page, results=tuple(results))

    async def latest(self, *, offset: int, limit: int) -> list[Headline]:
        """Return the newest articles of all rubrics."""
        async with self._database.read() as connection:
            order = await search.newest(connection, Wanted(), offset + limit)
            headlines = await articles.headlines(connection, order[offset:])
        return [headlines[number] for number in order[offset:] if number in headlines]

    async def _again(
        self, connection: AsyncConnection, query: Query, words: list[str], before: Resolved
    ) -> tuple[Query, Resolved]:
        """Try the words that the same keys give in the other layout."""
        retyped = replace(query, words=tuple(dict.fromkeys(words)))
        resolved = await Resolver(connection).resolve(retyped)
        if not resolved.words:
            return query, before
        return retyped, replace(resolved, meant={" ".join(query.words): " ".join(words), **resolved.meant})

    async def _order(self, connection: AsyncConnection, query: Query, resolved: Resolved, now: datetime) -> _Order:
        """Return what is found, best first: with all of the words, else with most of them."""
        wanted = _wanted(query, resolved, now)
        if wanted.is_anything:
            if resolved.is_hopeless or query.words or query.phrases:
                return _Order([])
            order = await search.newest(connection, wanted, MOST)
            return _Order(order, len(order) == MOST)
        if resolved.is_hopeless:
            return _Order([])
        found: list[search.Candidate] = []
        for least in levels(len(wanted.words)) or [0]:
            if found and 2 * least < len(wanted.words):
                break
            wanted = replace(wanted, least=least)
            wanted = replace(wanted, newest=_depth(wanted, resolved.archive, self._looked_at))
            found = await search.candidates(connection, wanted, MOST)
            if found and (least == len(wanted.words) or len(found) >= ENOUGH):
                break
        order = await asyncio.to_thread(ranked, found, resolved.parts, resolved.archive)
        is_more = len(found) >= MOST
        return _Order(order, is_more, None if is_more else wanted.newest)

    async def _advised(self, connection: AsyncConnection, page: Page, resolved: Resolved, now: datetime) -> Page:
        """Return a page of nothing with what to try instead."""
        query = page.query
        wide = replace(query, rubric=None, since=None, until=None, period=None)
        if wide != query:
            order = (await self._order(connection, wide, resolved, now)).articles
            if order:
                return replace(page, elsewhere=len(order))
        if query.phrases and not resolved.is_hopeless:
            stems = dict.fromkeys(stem for phrase in resolved.phrases for stem in phrase.stems)
            loose = replace(resolved, phrases=(), words=(*resolved.words, *(Part.word([stem]) for stem in stems)))
            if (await self._order(connection, replace(wide, phrases=()), loose, now)).articles:
                return replace(page, has_words=True)
        words = resolved.unknown or [word for phrase in query.phrases for word in phrase] or query.words
        return replace(page, nearest=tuple(await nearest(connection, words)))


def narrowed(query: Query, kept: Kept, known: Sequence[Rubric], now: datetime) -> Query:
    """Return the query with what was chosen by button in the place of what was typed."""
    if kept.rubric == ALL_RUBRICS:
        query = replace(query, rubric=None)
    elif kept.rubric:
        chosen = next((rubric for rubric in known if rubric.id == kept.rubric), None)
        query = replace(query, rubric=chosen)
    if kept.period in list(Period):
        period = Period(kept.period)
        query = replace(query, since=first_day(period, now.date()), until=None, period=period)
    return query


def _wanted(query: Query, resolved: Resolved, now: datetime) -> Wanted:
    following = query.until + timedelta(days=1) if query.until else None
    return Wanted(
        words=resolved.words,
        phrases=resolved.phrases,
        unwanted=resolved.unwanted,
        rubric=query.rubric.id if query.rubric else None,
        since=beginning(query.since, now.tzinfo),
        until=beginning(following, now.tzinfo),
    )


def _depth(wanted: Wanted, archive: Archive, looked_at: int) -> int | None:
    """Return in how many of the newest articles a phrase is looked for, in two digits and noughts; None for in all."""
    if not wanted.phrases:
        return None
    parts = (*wanted.phrases, *(wanted.words if wanted.least == len(wanted.words) else ()))
    most = min(archive.most(part) for part in parts)
    if most <= looked_at:
        return None
    depth = archive.articles * looked_at // most
    unit = int("1" + "0" * (len(str(depth)) - 2))
    return -(-depth // unit) * unit


def _headline(article: Article) -> Headline:
    """Return what lists show of a published article."""
    if article.rubric_id is None or article.published_at is None:
        raise ValueError("only published articles are found")
    return Headline(
        id=article.id,
        title=article.title,
        rubric_id=article.rubric_id,
        summary=article.summary,
        minutes=reading_minutes(article.characters),
        published_at=article.published_at,
    )


def _enough(resolved: Resolved) -> int:
    """Return how many stems make a passage that could not be better: one of each word, all of a phrase."""
    return sum(len(part.spellings[0]) for part in resolved.parts)


def _retyped(text: str) -> list[str]:
    """Return the words that the keys give in the other layout; crumbs are no words."""
    words = [word for word in spelling.other_layout(text) if word not in STOP_WORDS]
    return words if sum(map(len, words)) >= _WORD * len(words) else []
