"""Service: texts that come whole, from pages, feeds and files, become drafts, many in one transaction."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from digests import guiding, sameness, sections
from digests.articles import ArticleId, UserId
from digests.clock import Clock
from digests.collecting import Part
from digests.errors import ArticleMissing, DigestError
from digests.labels import Basis, Guide, Label, Mark, line_key
from digests.origins import Origin
from digests.rules import Source, named_origin, source_of
from digests.sightings import Sight, Sightings, sight_of
from digests.sources import paste
from digests.storage import articles, lines, marks, origins, parts, rules
from digests.storage.engine import Database, alone

NO_MESSAGE = 0  # the message id of what came by no message
NAMESAKES = 20  # the newest articles of a title that a text may repeat word for word

Beside = Callable[[AsyncConnection, ArticleId], Awaitable[None]]  # writes what belongs to a new draft's transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A text as a source hands it over, and where it is from."""

    part: Part
    origin: Origin | None = None
    beside: Beside | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a text: a draft, or the article that it was before, or why it is neither."""

    article: ArticleId | None = None
    title: str = ""
    is_new: bool = False
    error: DigestError | None = None

    @property
    def number(self) -> ArticleId:
        """The article. Raises the error if there is none."""
        if self.article is None:
            raise self.error or ArticleMissing
        return self.article


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """A text that was cut, ready to be stored."""

    whole: Whole
    source: Source
    values: articles.Values
    notable: tuple[Mark, ...]
    ruled: frozenset[str]  # the keys of its source's rules that labelled a line
    sight: Sight
    told: list[int]  # what repeated drafts are found by
    digest: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is known of each source by its key; of its lines, more with each text."""

    labels: Mapping[str, Mapping[str, Label]]
    sightings: Mapping[str, Sightings]


class Taking:
    """Makes drafts of their own, closed from the start. Each text is cut by what those before it taught."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def take(self, author: UserId, wholes: Sequence[Whole], *, once: bool = False) -> list[Taken]:
        """Make drafts of texts in one transaction; of what is no article it is said why, and the others come.

        A message that came before makes no other draft, nor, with `once`, a text that an article has word for word.
        Errors told are EmptyText, NoLetters and TextTooLong.
        """
        if not wholes:
            return []
        named = [replace(one, origin=one.origin or named_origin(one.part.blocks)) for one in wholes]
        sources = [source_of(one.origin, author) for one in named]
        known = await self._known({source.key for source in sources})
        made = await asyncio.to_thread(lambda: [*map(partial(_made, known), named, sources)])
        texts = {at: one for at, one in enumerate(made) if isinstance(one, _Made)}
        taken = await self._stored(author, texts, once=once) if texts else {}
        return [Taken(error=one) if isinstance(one, DigestError) else taken[at] for at, one in enumerate(made)]

    async def _known(self, keys: set[str]) -> _Known:
        async with self._database.read() as connection:
            labels = await rules.labels_of(connection, keys)
            sights = await lines.sights(connection, keys)
        return _Known(labels=labels, sightings={key: Sightings(sights[key]) for key in keys})

    async def _stored(self, author: UserId, texts: Mapping[int, _Made], *, once: bool) -> dict[int, Taken]:
        """Store those texts that are no articles yet; return what became of all."""
        async with self._database.write() as connection:
            await alone(connection, f"drafts of {author}")
            here = await _sent_before(connection, author, texts)
            if once:
                here |= await _written_before(connection, {at: one for at, one in texts.items() if at not in here})
            new = {at: one for at, one in texts.items() if at not in here}
            same = _firsts(new) if once else {at: at for at in new}
            drafts = await self._added(connection, author, {at: new[at] for at in sorted({*same.values()})})
        here |= {at: drafts[first] for at, first in same.items()}
        return {
            at: Taken(article=here[at], title=one.values["title"], is_new=at in drafts) for at, one in texts.items()
        }

    async def _added(
        self, connection: AsyncConnection, author: UserId, texts: Mapping[int, _Made]
    ) -> dict[int, ArticleId]:
        """Insert texts as drafts, and return these."""
        if not texts:
            return {}
        if any(one.whole.part.message_id != NO_MESSAGE for one in texts.values()):
            await articles.drop_empty(connection, author)  # a link is what an empty draft was waiting for
        rows = [one.values for one in texts.values()]
        numbers = await articles.add_all(connection, author, self._clock.now(), rows)
        drafts = dict(zip(numbers, texts.values(), strict=True))
        await _add_beside(connection, drafts)
        await _learn(connection, drafts)
        for number, one in drafts.items():
            if one.whole.beside is not None:
                await one.whole.beside(connection, number)
        return dict(zip(texts, numbers, strict=True))


async def _add_beside(connection: AsyncConnection, drafts: Mapping[ArticleId, _Made]) -> None:
    """Insert what there is of drafts in other tables."""
    found = {number: one.whole.origin for number, one in drafts.items()}
    await origins.add(connection, {number: origin for number, origin in found.items() if origin is not None})
    await parts.add_all(connection, {number: one.whole.part for number, one in drafts.items()})
    await marks.add(connection, {number: one.told for number, one in drafts.items()})
    await lines.note_new(connection, {number: one.notable for number, one in drafts.items()})


async def _learn(connection: AsyncConnection, drafts: Mapping[ArticleId, _Made]) -> None:
    """Remember the lines of each source, and how often its rules were used."""
    for key in sorted({one.source.key for one in drafts.values()}):
        own = {number: one for number, one in drafts.items() if one.source.key == key}
        await rules.used(connection, key, Counter(rule for one in own.values() for rule in one.ruled))
        await lines.sight_new(connection, key, {number: one.sight for number, one in own.items()})


async def _sent_before(connection: AsyncConnection, author: UserId, texts: Mapping[int, _Made]) -> dict[int, ArticleId]:
    """Return the articles that have such a message already."""
    messages = {at: one.whole.part.message_id for at, one in texts.items()}
    found = {
        at: await parts.article_with(connection, author, message)
        for at, message in messages.items()
        if message != NO_MESSAGE
    }
    return {at: number for at, number in found.items() if number is not None}


async def _written_before(connection: AsyncConnection, texts: Mapping[int, _Made]) -> dict[int, ArticleId]:
    """Return the articles that have such a title and text, word for word; of several the newest."""
    keys = {key for one in texts.values() if (key := one.values["title_key"])}
    namesakes = await articles.titled_each(connection, keys, NAMESAKES) if keys else {}
    numbers = sorted({number for some in namesakes.values() for number in some})
    found = await articles.among(connection, numbers) if numbers else []
    written = await asyncio.to_thread(lambda: {sameness.digest(one, sameness.words_of(one)): one.id for one in found})
    return {at: written[one.digest] for at, one in texts.items() if one.digest in written}


def _firsts(texts: Mapping[int, _Made]) -> dict[int, int]:
    """Return for each text the place of the first among them that is the same word for word."""
    places: dict[bytes, int] = {}
    return {at: places.setdefault(one.digest, at) for at, one in texts.items()}


def _made(known: _Known, whole: Whole, source: Source) -> _Made | DigestError:
    """Cut a text by what is known of its source, and let the source be known by it; or return why it is no article."""
    sightings = known.sightings[source.key]
    try:
        guiding.check_length([whole.part])
        blocks = sections.filled(paste.paragraphs(whole.part.blocks))
        sight = sight_of(blocks)
        repeated = sightings.repeated(sight.text_key)
        guide = Guide(rules=known.labels[source.key], repeated=repeated, is_exact=source.is_exact)
        cut = sections.cut_by(blocks, guide)
    except DigestError as error:
        return error
    sightings.add(sight)
    words = sameness.words_of(cut.draft)
    ruled = (mark for mark in cut.marks if mark.basis is Basis.RULE)
    return _Made(
        whole=whole,
        source=source,
        values=articles.content_values(cut.draft),
        notable=tuple(mark for mark in cut.marks if mark.is_notable),
        ruled=frozenset(line_key(mark.block.text, is_exact=source.is_exact) for mark in ruled),
        sight=sight,
        told=sameness.marks(words),
        digest=sameness.digest(cut.draft, words),
    )
