"""Service: what a source shows becomes drafts and articles, each item once, whatever happens meanwhile."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from digests.articles import Article, ArticleId, ArticleState, TitleOrigin
from digests.asking import Asker
from digests.blocks import Kind
from digests.clock import Clock
from digests.errors import ArticleMissing, DigestError, EmptyText, NoLetters, TextTooLong
from digests.feeds import RECENT, Item, Notice, Shown, Sighting, Source
from digests.fingerprints import fingerprint
from digests.newsroom import Newsroom
from digests.rubrics import Rubric, RubricId
from digests.sources.items import newest_first
from digests.storage import articles, origins, rubrics, source_items, sources
from digests.storage.engine import Database
from digests.storage.source_items import Known

log = logging.getLogger(__name__)

FIRST = 10  # articles of a new source; the rest is marked as seen
TAKEN = 50  # articles of one poll; the rest comes with the next
PAGES = 20  # pages fetched in one poll for items that hold only a beginning
REST_S = 1.0  # between pages of one site
UNTAKEN = (EmptyText, NoLetters, TextTooLong)
BROKEN = "Broken"
NO_TITLE, NO_RUBRIC, NO_TEXT, TEASER, REPEAT = "no_title", "no_rubric", "no_text", "teaser", "repeat"
REPEATED = 90  # per cent in common with an article that is here: an editor decides


class LeaseLost(Exception):
    """Another instance is at the source by now."""


class _SeenBefore(Exception):
    """The item, or the page that it stands for, was taken before, perhaps as `article`."""

    def __init__(self, article: ArticleId | None = None) -> None:
        super().__init__(article)
        self.article = article


@dataclass(frozen=True, slots=True)
class Visit:
    """A poll under way: the source as it was then, and until when it is the caller's."""

    source: Source
    until: datetime


class Arrivals:
    """Takes in what sources show. An item is remembered in the transaction that makes its draft."""

    def __init__(self, database: Database, clock: Clock, newsroom: Newsroom, asker: Asker) -> None:
        self._database = database
        self._clock = clock
        self._newsroom = newsroom
        self._asker = asker

    async def receive(self, visit: Visit, shown: Shown) -> bool:
        """Take in what is new or changed, oldest first; return whether anything was left for the next poll."""
        every: list[Item | Sighting] = [*shown.items, *shown.others]
        async with self._database.read() as connection:
            known = await source_items.known(connection, visit.source.id, every)
        left = await self._take_new(visit, shown, known)
        for item in shown.items:
            if item.key in known and not known[item.key].is_as(item):
                await self._look_again(visit, item, known[item.key])
        await self._publish(visit)
        return left

    async def _take_new(self, visit: Visit, shown: Shown, known: dict[str, Known]) -> bool:
        source = visit.source
        recent = [item for item in newest_first(shown.items) if not _is_old(source, item)]
        wanted = [item for item in (recent[:FIRST] if source.is_new else recent) if item.key not in known]
        chosen = {item.key for item in wanted}
        every: list[Item | Sighting] = [*shown.items, *shown.others]
        await self._pass_over(visit, [one for one in every if one.key not in known and one.key not in chosen])
        fetches = 0
        for item in reversed(wanted[-TAKEN:]):
            if item.is_teaser and fetches == PAGES:
                return True
            fetches += item.is_teaser
            await self._take(visit, await self._whole(item))
        return len(wanted) > TAKEN

    async def _pass_over(self, visit: Visit, others: Sequence[Item | Sighting]) -> None:
        if not others:
            return
        async with self._database.write() as connection:
            await self._check(connection, visit)
            await source_items.pass_over(connection, visit.source.id, others, self._clock.now())
            # Later on, an old item that turns up is no news, but one that is not even read must not vanish unseen.
            untold = others if visit.source.is_new else [one for one in others if isinstance(one, Sighting)]
            await sources.note(connection, visit.source.id, Notice(older=len(untold)))

    async def _whole(self, item: Item) -> Item:
        if not item.is_teaser:
            return item
        await self._clock.sleep(REST_S)
        return await self._asker.whole(item)

    async def _take(self, visit: Visit, item: Item) -> None:
        source = visit.source
        try:
            beside = partial(self._enter, visit, item)
            await self._newsroom.take(source.added_by, item.sourced, beside=beside)
        except UNTAKEN as error:
            await self._refuse(visit, item, type(error).__name__)
        except _SeenBefore as seen:
            log.info("item was there before source=%s", source.id)
            await self._recognise(visit, item, seen.article)
        except (DigestError, LeaseLost):
            raise
        except Exception:  # a boundary: an item that breaks us must not come again for ever, before all the others
            log.exception("item failed source=%s", source.id)
            await self._refuse(visit, item, BROKEN)

    async def _refuse(self, visit: Visit, item: Item, reason: str) -> None:
        async with self._database.write() as connection:
            await self._check(connection, visit)
            if await source_items.add(connection, visit.source.id, item, self._clock.now()):
                await sources.note(connection, visit.source.id, Notice(refused={reason: 1}))

    async def _recognise(self, visit: Visit, item: Item, article: ArticleId | None) -> None:
        async with self._database.write() as connection:
            await self._check(connection, visit)
            written = await source_items.written(connection, article) if article else ""
            await source_items.add(connection, visit.source.id, item, self._clock.now(), article=article)
            if article is not None:
                await source_items.write(connection, article, written)

    async def _enter(self, visit: Visit, item: Item, connection: AsyncConnection, number: ArticleId) -> None:
        """Remember the item beside its new draft. Raises _SeenBefore or LeaseLost, and then there is no draft."""
        await self._check(connection, visit)
        source, now = visit.source, self._clock.now()
        draft = await articles.find(connection, number)
        if draft is None:
            raise ArticleMissing
        earlier = await _earlier(connection, item, number)
        if earlier is not None:
            raise _SeenBefore(earlier)
        rubric = _rubric(item, await rubrics.all_rubrics(connection), source.rubric_id)
        if rubric is not None:
            await articles.change(connection, draft, now, {"rubric_id": rubric})
        held = _hold(draft, item, rubric) if source.is_trusted else ""
        publish = source.is_trusted and not held
        if not await source_items.add(connection, source.id, item, now, article=number, publish=publish):
            raise _SeenBefore
        await source_items.write(connection, number, fingerprint(draft))
        notice = Notice(drafts=int(not publish), held={held: 1} if held else {})
        await sources.note(connection, source.id, notice)

    async def _look_again(self, visit: Visit, item: Item, known: Known) -> None:
        """Follow a change of an item that was seen before, be it only of its name."""
        told = Notice()
        written = known.written
        if known.content_hash != item.content_hash and known.article is not None and known.content_hash:
            told, written = await self._change(visit, item, known, known.article)
        async with self._database.write() as connection:
            await self._check(connection, visit)
            source, now = visit.source.id, self._clock.now()
            await source_items.look_again(connection, source, known.key, item)
            if known.key != item.key:
                await source_items.add(connection, source, item, now, article=known.article)
            if known.article is not None:
                await source_items.write(connection, known.article, written)
            await sources.note(connection, source, told)

    async def _change(self, visit: Visit, item: Item, known: Known, number: ArticleId) -> tuple[Notice, str]:
        """Put the change into the article, or return that editors are to be told of it; and how the article is left."""
        try:
            article = await self._newsroom.article(number)
            if article.state is ArticleState.WITHDRAWN:
                return Notice(), known.written
            if article.state is ArticleState.DRAFT or visit.source.is_trusted:
                whole = await self._whole(item)
                if whole.is_teaser and article.received > _length(whole):  # we have more than we could fetch now
                    return Notice(changed=(number,)), known.written
                changed, is_done = await self._newsroom.retake(number, whole.sourced, known.written)
                if is_done:
                    return Notice(), fingerprint(changed)
        except ArticleMissing:
            return Notice(), known.written
        except UNTAKEN as error:  # the source emptied it, or wrote a book: what we have stays
            log.info("change not taken article=%s: %s", number, type(error).__name__)
        return Notice(changed=(number,)), known.written

    async def _publish(self, visit: Visit) -> None:
        """Publish what a trusted source brought, now or before a crash."""
        source = visit.source
        async with self._database.read() as connection:
            waiting = await source_items.unpublished(connection, source.id)
        for key, number in waiting:
            notice = await self._published(number) if source.is_trusted else Notice(drafts=1)
            async with self._database.write() as connection:
                await self._check(connection, visit)
                if await source_items.settle(connection, source.id, key):
                    await sources.note(connection, source.id, notice)

    async def _published(self, number: ArticleId) -> Notice:
        try:
            draft = await self._newsroom.article(number)
            twins = await self._newsroom.twins(draft) if draft.state is ArticleState.DRAFT else ()
            if any(twin.overlap.percent >= REPEATED for twin in twins):
                return Notice(drafts=1, held={REPEAT: 1})
            article, _ = await self._newsroom.publish(number, draft.revision)
        except ArticleMissing:
            return Notice()
        except DigestError as error:
            return Notice(drafts=1, held={type(error).__name__: 1})
        except Exception:  # a boundary, as above: the draft is there, and an editor can see what is wrong with it
            log.exception("article not published article=%s", number)
            return Notice(drafts=1, held={BROKEN: 1})
        return Notice(published=int(article.state is ArticleState.PUBLISHED))

    async def _check(self, connection: AsyncConnection, visit: Visit) -> None:
        if not await sources.holds(connection, visit.source.id, visit.until):
            raise LeaseLost


async def _earlier(connection: AsyncConnection, item: Item, number: ArticleId) -> ArticleId | None:
    """Return an article that was taken from the item's page before, by whatever way."""
    if item.sourced.origin is None or not item.link_key:
        return None
    found = await origins.articles_from(connection, item.sourced.origin.url)
    return next((article for article in found if article != number), None)


def _length(item: Item) -> int:
    return sum(len(block.text) for block in item.sourced.blocks)


def _is_old(source: Source, item: Item) -> bool:
    published = item.sourced.published_at
    return published is not None and published < source.added_at - RECENT


def _rubric(item: Item, known: Sequence[Rubric], default: RubricId | None) -> RubricId | None:
    """Return the rubric that is called like a category of the item, else the source's own."""
    by_name = {rubrics.folded(rubric.name): rubric.id for rubric in known}
    matches = (by_name.get(rubrics.folded(name)) for name in item.sourced.rubrics)
    return next((rubric for rubric in matches if rubric is not None), default)


def _hold(draft: Article, item: Item, rubric: RubricId | None) -> str:
    """Return why an article cannot go to readers by itself; nothing if it can."""
    if item.is_teaser:
        return TEASER
    if draft.title_origin is TitleOrigin.DERIVED or item.sourced.blocks[0].kind is not Kind.HEADING:
        return NO_TITLE
    if not draft.characters:
        return NO_TEXT
    return "" if rubric is not None else NO_RUBRIC
