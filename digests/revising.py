"""Service: changes of articles, whole or not at all, with the summary and the related lists that follow."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from sqlalchemy.ext.asyncio import AsyncConnection

from digests import entries, stories
from digests.articles import Article, ArticleId, ArticleState
from digests.clock import Clock
from digests.collecting import Part
from digests.errors import ArticleMissing, DraftChanged
from digests.shelf import Shelf
from digests.shelving import Following, store
from digests.storage import articles, briefs, marks, parts, search, standing
from digests.storage.engine import Database
from digests.storage.instants import seconds
from digests.summaries import Summary, Told
from digests.summarizing import Summarizer
from digests.twins import marks_of

ATTEMPTS = 20  # times that someone else may change the article between our look and our write


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An article as it is to be, the columns in which it differs, and the parts it then consists of, if others."""

    after: Article
    values: articles.Values = field(default_factory=dict)
    part: Part | None = None
    also: Callable[[AsyncConnection], Awaitable[None]] | None = None  # what is stored with it
    summary: Summary | None = None  # of what readers are to see, if it differs from what they saw


class _Overtaken(Exception):
    """Someone else changed the article first."""


class Reviser:
    """Changes articles by guarded statements: what was computed for one revision is never written over another."""

    def __init__(
        self, database: Database, clock: Clock, shelf: Shelf, plots: stories.Stories, summarizer: Summarizer
    ) -> None:
        self._database = database
        self._clock = clock
        self._shelf = shelf
        self._stories = plots
        self._summarizer = summarizer

    async def find(self, article: ArticleId) -> Article:
        """Return an article in any state. Raises ArticleMissing."""
        async with self._database.read() as connection:
            found = await articles.find(connection, article)
        if found is None:
            raise ArticleMissing
        return found

    async def change(
        self, article: ArticleId, make: Callable[[Article], Awaitable[Change | None]]
    ) -> tuple[Article, bool]:
        """Make the change of the newest revision and store it; return the article and whether it was changed.

        `make` is asked again when someone else was faster; it returns None if there is nothing to change, and what it
        raises goes to the caller.
        """
        for _ in range(ATTEMPTS):
            before = await self.find(article)
            change = await make(before)
            if change is None:
                return before, False
            try:
                return await self._store(before, change), True
            except _Overtaken:
                continue
        raise DraftChanged

    async def _store(self, before: Article, change: Change) -> Article:
        after = replace(change.after, revision=before.revision + 1)
        if ArticleState.PUBLISHED not in (before.state, after.state):
            return await self._write(before, change, None, None)
        if after.state is not ArticleState.PUBLISHED:
            async with self._shelf.changing(before.id, None) as following:
                plan = await self._stories.plan(before.id, None, following.near)
                return await self._write(before, change, following, plan)
        if _says_the_same(before, after):
            async with self._shelf.changing(before.id, after) as following:
                return await self._write(before, change, following, None)
        summed = await self._summed(change)
        async with self._shelf.changing(before.id, after) as following:
            plan = await self._stories.plan(before.id, after, following.near)
            return await self._write(before, summed, following, plan)

    async def _summed(self, change: Change) -> Change:
        after = change.after
        made = await self._summarizer.summary(after.id, Told(after.title, after.lead, after.sections))
        return replace(change, values={**change.values, "summary": made.sentence}, summary=made)

    async def _write(
        self, before: Article, change: Change, following: Following | None, plan: stories.Plan | None
    ) -> Article:
        is_draft = change.after.state is ArticleState.DRAFT
        told = await asyncio.to_thread(marks_of, change.after) if is_draft else []
        is_published = change.after.state is ArticleState.PUBLISHED
        entry = await asyncio.to_thread(entries.entry, change.after) if is_published else None
        async with self._database.write() as connection:
            if not await stories.store(connection, plan):
                raise _Overtaken
            now = self._clock.now()
            values = dict(change.values)
            if change.after.state is ArticleState.PUBLISHED and before.state is not ArticleState.PUBLISHED:
                values["published_at"] = seconds(now)
            if not await articles.change(connection, before, now, values):
                raise _Overtaken
            await _store_with(connection, before.id, change)
            await marks.put(connection, before.id, told)
            if before.state is ArticleState.PUBLISHED and change.after.state is ArticleState.WITHDRAWN:
                await standing.inherit(connection, before.id)
            if following is not None:
                await store(connection, before.id, before.revision + 1, following)
            found = await articles.find(connection, before.id)
            if found is None:
                raise ArticleMissing
            if entry is not None:
                await search.put(connection, [(found, entry)])
            elif before.state is ArticleState.PUBLISHED:
                await search.drop(connection, [before.id])
        return found


async def _store_with(connection: AsyncConnection, article: ArticleId, change: Change) -> None:
    """Store what goes with a change besides the article's own columns."""
    if change.part is not None:
        await parts.replace(connection, article, [change.part])
    if change.also is not None:
        await change.also(connection)
    if change.summary is not None:
        await briefs.put(connection, article, change.summary.brief)


def _says_the_same(before: Article, after: Article) -> bool:
    """Return whether readers see the text that the stored summary is of."""
    told = (before.title, before.lead, before.sections) == (after.title, after.lead, after.sections)
    return told and before.state is ArticleState.PUBLISHED
