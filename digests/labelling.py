"""Service: corrections of how a text was cut, a line at a time, and what is remembered of them for the source."""

import asyncio
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from digests import guiding, sections
from digests.articles import Article, ArticleId, ArticleState, TitleOrigin, UserId
from digests.blocks import Block
from digests.clock import Clock
from digests.errors import ArticleMissing, LineGone, NothingWouldBeLeft
from digests.intake import recut
from digests.labels import Basis, Guide, Label, Mark, line_key, told
from digests.marking import can_be
from digests.revising import Change, Reviser
from digests.rules import Rule, RuleId, Source, source_of
from digests.sections import Cut
from digests.shapes import one_line
from digests.storage import articles, lines, origins, parts, rules
from digests.storage.engine import Database


class Learnt(Enum):
    """What a correction told us."""

    NOTHING = auto()  # it was said before
    HERE = auto()  # it is about this article only
    FOR_SOURCE = auto()  # it is a rule for the source's next articles too


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """An article with its lines and what each was taken for."""

    article: Article
    source: Source
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """How many lines of an article are doubtful, and how many were labelled by what is known of its source."""

    site: str
    doubtful: int = 0
    ruled: int = 0
    repeated: int = 0


class Labelling:
    """What the lines of articles are taken for. Every step can be repeated without harm."""

    def __init__(self, database: Database, clock: Clock, reviser: Reviser) -> None:
        self._database = database
        self._clock = clock
        self._reviser = reviser

    async def noted(self, article: Article) -> Noted:
        """Return what a card says of the lines."""
        async with self._database.read() as connection:
            counts = await lines.count(connection, article.id)
            source = await source_in(connection, article)
        return Noted(
            site=source.site,
            doubtful=sum(number for (_, is_doubtful), number in counts.items() if is_doubtful),
            ruled=counts.get((Basis.RULE, False), 0),
            repeated=counts.get((Basis.REPEATED, False), 0),
        )

    async def sheet(self, article: ArticleId) -> Sheet:
        """Return the lines of an article as they are now. Raises ArticleMissing."""
        found = await self._reviser.find(article)
        text = await self._text(found)
        return Sheet(article=found, source=text.source, marks=(await _cut(text, text.guide)).marks)

    async def correct(self, article: ArticleId, line: str, label: Label, by: UserId) -> Learnt:
        """Let a line be what an editor says, here and in the source's next articles.

        Raises ArticleMissing, LineGone if the article has no such line (any more) or it cannot be that, and
        NothingWouldBeLeft.
        """
        said = _Said(line, label, by)

        async def corrected(before: Article) -> Change | None:
            return await self._corrected(before, said)

        await self._reviser.change(article, corrected)
        return said.learnt

    async def rules(self, article: ArticleId, *, offset: int, limit: int) -> tuple[Source, list[Rule], int]:
        """Return the source of an article, its rules, newest first, and how many there are. Raises ArticleMissing."""
        found = await self._reviser.find(article)
        async with self._database.read() as connection:
            source = await source_in(connection, found)
            return source, *await rules.page(connection, source.key, offset, limit)

    async def forget(self, article: ArticleId, rule: RuleId) -> bool:
        """Forget a rule of the article's source, and cut the article anew if it is a draft.

        Return whether there was such a rule. Raises ArticleMissing.
        """
        found = await self._reviser.find(article)
        async with self._database.write() as connection:
            was_there = await rules.drop(connection, (await source_in(connection, found)).key, rule)
        if was_there and found.state is ArticleState.DRAFT:
            await self._reviser.change(article, self._renewed)
        return was_there

    async def _text(self, article: Article) -> "_Text":
        async with self._database.read() as connection:
            source = await source_in(connection, article)
            pieces = await parts.parts_of(connection, article.id)
        blocks = await guiding.blocks_of(pieces)
        async with self._database.read() as connection:
            guide = await guiding.guide_then(connection, blocks, source, article.id)
        return _Text(source, blocks, guide)

    async def _renewed(self, before: Article) -> Change | None:
        async with self._database.read() as connection:
            source = await source_in(connection, before)
            pieces = await parts.parts_of(connection, before.id)
        found = await guiding.cut(self._database, pieces, source, before.id)
        after = recut(before, found.draft)
        values = await asyncio.to_thread(articles.content_values, after)
        return Change(
            after=after, values=values, also=partial(guiding.keep, article=before.id, source=source, found=found)
        )

    async def _corrected(self, before: Article, said: "_Said") -> Change | None:
        if before.state is ArticleState.WITHDRAWN:
            raise ArticleMissing
        text = await self._text(before)
        now = told((await _cut(text, text.guide)).marks, said.line)
        if now is None or not can_be(now.block, said.label):
            raise LineGone
        if text.guide.corrections.get(said.line) is said.label:
            return None
        found = await _cut(text, _with(text.guide, said))
        after = _retitled(before, found, said)
        corrected = told(found.marks, said.line)
        if corrected is None or corrected.label.is_kept is not said.label.is_kept:
            raise NothingWouldBeLeft
        if before.characters and not after.characters:
            raise NothingWouldBeLeft
        looks = await _cut(text, Guide(repeated=text.guide.repeated, is_exact=text.guide.is_exact))
        also = partial(self._learn, before.id, text, found, (said, corrected, told(looks.marks, said.line)))
        if after == before:  # the line is confirmed: readers see what they saw
            async with self._database.write() as connection:
                await also(connection)
            return None
        return Change(after=after, values=await asyncio.to_thread(articles.content_values, after), also=also)

    async def _learn(
        self, article: ArticleId, text: "_Text", found: Cut, case: "_Case", connection: AsyncConnection
    ) -> None:
        """Store a correction of a line, and a rule unless the line is what its looks say anyhow."""
        said, corrected, looks = case
        now = self._clock.now()
        await lines.correct(connection, article, said.line, said.label, said.by, now)
        await guiding.keep(connection, article, text.source, found)
        sample = one_line(corrected.block.text)
        key = line_key(sample, is_exact=text.source.is_exact)
        said.learnt = Learnt.HERE
        if not key:
            return
        if said.label is Label.TITLE or (looks is not None and _is_same(looks.label, said.label)):
            await rules.drop_key(connection, text.source.key, key)
        else:
            await rules.put(connection, text.source.key, (key, said.label, sample), said.by, now)
            said.learnt = Learnt.FOR_SOURCE


@dataclass(slots=True)
class _Said:
    """What an editor says of a line."""

    line: str
    label: Label
    by: UserId
    learnt: Learnt = Learnt.NOTHING


_Case = tuple[_Said, Mark, Mark | None]  # what was said, the line as it is then, and as looks alone would have it


@dataclass(frozen=True, slots=True)
class _Text:
    """The text of an article and what was known of it when it was cut."""

    source: Source
    blocks: tuple[Block, ...]
    guide: Guide


async def source_in(connection: AsyncConnection, article: Article) -> Source:
    """Return the source of a stored article."""
    return source_of(await origins.find(connection, article.id), article.author_id)


async def _cut(text: _Text, guide: Guide) -> Cut:
    return await asyncio.to_thread(sections.cut_by, text.blocks, guide)


def _with(guide: Guide, said: _Said) -> Guide:
    """Return the guide with a correction; there is one title, so another that was chosen before is none any more."""
    is_title = said.label is Label.TITLE
    others = {line: label for line, label in guide.corrections.items() if not (is_title and label is Label.TITLE)}
    return replace(guide, corrections={**others, said.line: said.label})


def _retitled(before: Article, found: Cut, said: _Said) -> Article:
    """Return the article with the cut text; a title that was typed stays unless a line is named the title."""
    if said.label is Label.TITLE:
        before = replace(before, title_origin=TitleOrigin.DERIVED)
    return recut(before, found.draft)


def _is_same(one: Label, other: Label) -> bool:
    return one is other or not (one.is_kept or other.is_kept)
