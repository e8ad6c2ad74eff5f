"""Service: what editors do with articles, from the first pasted message to a withdrawal."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from digests import guiding
from digests.articles import TITLE_LIMIT, Article, ArticleId, ArticleState, Headline, TitleOrigin, UserId
from digests.blocks import Block
from digests.clock import Clock
from digests.collecting import Arrival, Part
from digests.errors import (
    AlreadyPublished,
    ArticleMissing,
    BodyMissing,
    DraftChanged,
    RubricNameMissing,
    RubricNameTooLong,
    RubricNotChosen,
    TitleMissing,
    TitleTooLong,
)
from digests.fingerprints import fingerprint
from digests.intake import Intake, recut
from digests.labelling import Labelling, source_in
from digests.origins import Origin, Sourced
from digests.related import RelatedIndex
from digests.revising import Change, Reviser
from digests.rubrics import NAME_LIMIT, Rubric, RubricId
from digests.shelf import Shelf
from digests.storage import articles, related, rubrics
from digests.storage.engine import Database
from digests.storage.texts import storable, storable_blocks
from digests.stories import Stories
from digests.summarizing import Extractive, Summarizer
from digests.taking import NO_MESSAGE, Beside, Taken, Taking, Whole
from digests.twins import Compared, Twin, Twins
from digests.words import has_letters

__all__ = ["Arrival", "Newsroom"]


class Newsroom:
    """Articles as editors handle them. Every step can be repeated without harm, by two editors at once too."""

    def __init__(
        self, database: Database, clock: Clock, index: RelatedIndex, summarizer: Summarizer | None = None
    ) -> None:
        self._database = database
        self._clock = clock
        self._shelf = Shelf(database, index)
        self._intake = Intake(database, clock)
        self._taking = Taking(database, clock)
        self.stories = Stories(database, clock)
        self._reviser = Reviser(database, clock, self._shelf, self.stories, summarizer or Extractive())
        self._twins = Twins(database, self._shelf, self.stories)
        self.labelling = Labelling(database, clock, self._reviser)

    async def load_index(self) -> None:
        """Fill the index of similar articles from the database; what comes later is taken in by itself."""
        await self._shelf.load()
        await self._twins.mark()

    async def begin(self, author: UserId) -> Article:
        """Open an empty draft that collects everything until `finish`; an open empty one is reused."""
        return await self._intake.begin(author)

    async def collecting(self, author: UserId, arrival: Arrival = Arrival.TEXT) -> Article | None:
        """Return the draft that the author's next part would be added to; None if it would begin a new one."""
        return await self._intake.collecting(author, arrival)

    async def submit(
        self,
        author: UserId,
        message_id: int,
        blocks: Sequence[Block],
        arrival: Arrival,
        origin: Origin | None = None,
    ) -> Article:
        """Add a message to the draft that takes it, or open a new draft, and return the draft cut anew.

        `origin` is the channel of a forwarded post, whose rules then help to cut it.
        NUL counts as white space; halves of surrogate pairs become U+FFFD. A message that came before changes nothing.
        Raises EmptyText, NoLetters or TextTooLong; then nothing is stored and an open draft stays as it was.
        """
        return await self._intake.submit(author, self._part(message_id, blocks, arrival), origin)

    async def take(
        self, author: UserId, sourced: Sourced, message_id: int = NO_MESSAGE, beside: Beside | None = None
    ) -> Article:
        """Make a draft of its own of what a source handed over, closed from the start, and remember where it is from.

        A message that came before changes nothing; NO_MESSAGE is for what no message asked for. `beside` writes in the
        draft's transaction. Raises EmptyText, NoLetters or TextTooLong; then nothing is stored.
        """
        part = self._part(message_id, sourced.blocks, Arrival.SOURCE)
        [taken] = await self._taking.take(author, [Whole(part=part, origin=sourced.origin, beside=beside)])
        return await self._reviser.find(taken.number)

    async def take_all(self, author: UserId, texts: Sequence[Sourced]) -> list[Taken]:
        """Make drafts of texts at once, in one transaction, but of those that an article has word for word already."""
        wholes = [Whole(part=self._part(NO_MESSAGE, one.blocks, Arrival.SOURCE), origin=one.origin) for one in texts]
        return await self._taking.take(author, wholes, once=True)

    async def retake(self, article: ArticleId, sourced: Sourced, written: str) -> tuple[Article, bool]:
        """Put what a source says now into an article, unless somebody changed its text since it was `written`.

        Returns the article and whether it says what the source says. Raises EmptyText, NoLetters, TextTooLong or
        ArticleMissing; then nothing changes.
        """
        part = self._part(NO_MESSAGE, sourced.blocks, Arrival.SOURCE)
        differs = False

        async def retaken(before: Article) -> Change | None:
            nonlocal differs
            change = await self._rewritten(before, part)
            differs = change is not None and fingerprint(before) not in (written, fingerprint(change.after))
            return None if differs else change

        found, _ = await self._reviser.change(article, retaken)
        return found, not differs

    async def finish(self, author: UserId) -> Article | None:
        """Close the author's open draft and return it; None when nothing was being collected.

        Raises EmptyText when it is empty; it stays open.
        """
        return await self._intake.finish(author)

    async def close(self, article: ArticleId) -> Article:
        """Let a draft take no further parts. Raises ArticleMissing, or EmptyText when it is empty."""
        return await self._intake.close(article)

    async def article(self, article: ArticleId) -> Article:
        """Return an article in any state. Raises ArticleMissing."""
        return await self._reviser.find(article)

    async def drafts(self, *, offset: int, limit: int) -> tuple[list[Article], int]:
        """Return drafts that are not empty, newest first, and how many there are."""
        async with self._database.read() as connection:
            return await articles.list_drafts(connection, offset, limit)

    async def published(self, *, offset: int, limit: int) -> tuple[list[Article], int]:
        """Return published articles, newest first, and how many there are."""
        async with self._database.read() as connection:
            return await articles.list_published(connection, offset, limit)

    async def retitle(self, article: ArticleId, title: str) -> Article:
        """Give an article in any state a title of the editor's. Raises TitleMissing, TitleTooLong, ArticleMissing."""
        given = " ".join(storable(title).split())
        if not has_letters(given):
            raise TitleMissing
        if len(given) > TITLE_LIMIT:
            raise TitleTooLong(len(given), TITLE_LIMIT)

        async def titled(before: Article) -> Change | None:
            after = replace(before, title=given, title_origin=TitleOrigin.EDITOR)
            values = articles.title_values(given, TitleOrigin.EDITOR)
            return Change(after=after, values=values) if after != before else None

        return (await self._reviser.change(article, titled))[0]

    async def replace_text(
        self, article: ArticleId, message_id: int, blocks: Sequence[Block], editor: UserId | None = None
    ) -> Article:
        """Let an article consist of this message only; an editor's own title stays, a published one stays published.

        A draft takes the rest of the editor's text, the author's if none is named; others take a long text as a file.
        Raises EmptyText, NoLetters, TextTooLong or ArticleMissing; then nothing changes.
        """
        part = self._part(message_id, blocks, Arrival.TEXT)
        changed, _ = await self._reviser.change(article, partial(self._rewritten, part=part))
        return await self._intake.await_rest(changed, part, changed.author_id if editor is None else editor)

    async def file_under(self, article: ArticleId, rubric: RubricId) -> Article:
        """File an article under a rubric. Raises ArticleMissing, and RubricNotChosen if there is no such rubric."""
        async with self._database.read() as connection:
            if await rubrics.find(connection, rubric) is None:
                raise RubricNotChosen

        async def filed(before: Article) -> Change | None:
            after = replace(before, rubric_id=rubric)
            return Change(after=after, values={"rubric_id": rubric}) if after != before else None

        return (await self._reviser.change(article, filed))[0]

    async def rubrics(self) -> tuple[Rubric, ...]:
        """Return all rubrics in their order."""
        async with self._database.read() as connection:
            return await rubrics.all_rubrics(connection)

    async def add_rubric(self, name: str, emoji: str = "") -> Rubric:
        """Make a rubric; the existing one is returned if it is called the same but for case and spaces.

        Raises RubricNameMissing or RubricNameTooLong.
        """
        given = " ".join(storable(name).split())
        if not has_letters(given):
            raise RubricNameMissing
        if len(given) > NAME_LIMIT:
            raise RubricNameTooLong(len(given), NAME_LIMIT)
        async with self._database.write() as connection:
            return await rubrics.add(connection, given, storable(emoji).strip())

    async def publish(self, article: ArticleId, revision: int) -> tuple[Article, bool]:
        """Publish an article as it was at the revision; return it and whether it was this call that published it.

        A withdrawn one can be published again, as new. Raises DraftChanged, ArticleMissing, RubricNotChosen,
        TitleMissing or BodyMissing.
        """

        async def published(before: Article) -> Change | None:
            if before.state is ArticleState.PUBLISHED:
                return None
            if before.revision != revision:
                raise DraftChanged
            _check_whole(before)
            after = replace(before, state=ArticleState.PUBLISHED, published_at=self._clock.now())
            return Change(after=after, values={"state": after.state.value, **articles.CLOSED})

        return await self._reviser.change(article, published)

    async def withdraw(self, article: ArticleId) -> tuple[Article, bool]:
        """Take a published article from the readers; return it and whether that changed anything."""

        async def withdrawn(before: Article) -> Change | None:
            if before.state is not ArticleState.PUBLISHED:
                return None
            after = replace(before, state=ArticleState.WITHDRAWN)
            return Change(after=after, values={"state": after.state.value})

        return await self._reviser.change(article, withdrawn)

    async def discard(self, article: ArticleId) -> bool:
        """Delete a draft; return False when it was gone already. Raises AlreadyPublished for what readers have seen."""
        async with self._database.write() as connection:
            if await articles.drop_draft(connection, article):
                return True
            if await articles.find(connection, article) is not None:
                raise AlreadyPublished
            return False

    async def candidates(self, article: ArticleId, limit: int = 8) -> list[tuple[Headline, bool]]:
        """Return published articles to choose related ones from, and whether an editor chose each; those come first."""
        similar = await self._shelf.similar(await self.article(article), limit)
        async with self._database.read() as connection:
            chosen = await related.chosen_by_editor(connection, article)
            order = list(dict.fromkeys([*chosen, *(found for found, _ in similar)]))
            known = await articles.headlines(connection, order)
        return [(known[one], one in chosen) for one in order if one in known][:limit]

    async def twins(self, article: Article) -> tuple[Twin, ...]:
        """Return the articles whose text this one repeats, exact repeats first, and one whose story a draft tells."""
        return await self._twins.of(article)

    async def compare(self, one: ArticleId, other: ArticleId) -> Compared:
        """Return two articles side by side, in any state. Raises ArticleMissing."""
        found = await self._twins.compare(one, other)
        return replace(found, are_one=await self.stories.are_one(found.here.article, found.there.article))

    async def choose_related(self, article: ArticleId, target: ArticleId, on: bool) -> None:
        """Choose a published article as related to another, or take the choice back; repeating it changes nothing.

        Raises ArticleMissing.
        """
        async with self._database.write() as connection:
            if not on:
                await related.unchoose(connection, article, target)
                return
            is_there = await articles.find(connection, article) is not None
            if not is_there or article == target or not await articles.headlines(connection, [target]):
                raise ArticleMissing
            await related.choose(connection, article, target)

    async def _rewritten(self, before: Article, part: Part) -> Change | None:
        """Return the change that lets an article consist of this part only; None if it does."""
        async with self._database.read() as connection:
            source = await source_in(connection, before)
        content = await guiding.cut(self._database, [part], source, before.id)
        after = recut(before, content.draft)
        if after == before:
            return None
        values = await asyncio.to_thread(articles.content_values, after)
        also = partial(guiding.keep, article=before.id, source=source, found=content)
        return Change(after=after, values=values, part=part, also=also)

    def _part(self, message_id: int, blocks: Sequence[Block], arrival: Arrival) -> Part:
        return Part(
            message_id=message_id, arrival=arrival, received_at=self._clock.now(), blocks=storable_blocks(blocks)
        )


def _check_whole(article: Article) -> None:
    if article.rubric_id is None:
        raise RubricNotChosen
    if not has_letters(article.title):
        raise TitleMissing
    if not article.characters:
        raise BodyMissing
