"""Service: which articles tell one story, kept in step with what is published, and what editors say of that."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncConnection

from digests.articles import Article, ArticleId, ArticleState, UserId
from digests.clock import Clock
from digests.errors import ArticleMissing, DraftChanged
from digests.gathering import WINDOW, Pair, Piece, gathered, pair
from digests.same_story import Profile, Rule, profile, shipped
from digests.shelving import text_of
from digests.storage import articles, stories
from digests.storage.engine import Database, alone
from digests.storage.stories import Telling

NEWEST = 12  # articles of each story that a new one is compared with, besides the first
NONE: frozenset[ArticleId] = frozenset()
ATTEMPTS = 20  # times that someone else may change the stories between our look and our write
MOST = 200  # articles that are put in order at a time; no story of three days has as many


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a plan is made on: an article and similar ones; the published articles of their stories, which story each
    is in so far, and what editors decided of them."""

    article: ArticleId
    similar: frozenset[ArticleId]
    pieces: Mapping[ArticleId, Piece]
    held: Mapping[ArticleId, ArticleId]
    decided: Mapping[Pair, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The stories after a change: of all articles of the ground, those that are then in one with others."""

    ground: Ground
    stories: Mapping[ArticleId, ArticleId]


class Stories:
    """Gathers articles into stories. Work is bounded by the neighbours of what changed and their stories."""

    def __init__(self, database: Database, clock: Clock, rule: Rule | None = None) -> None:
        self._database = database
        self._clock = clock
        self._rule = rule or shipped()

    async def plan(self, article: ArticleId, after: Article | None, similar: Iterable[ArticleId]) -> Plan | None:
        """Return the stories as they will be with the article as it will be published (None: without it), or None if
        none is concerned.

        Everything published later is put in its place anew, what came before stays where it is.
        """
        async with self._database.read() as connection:
            ground = await _ground(connection, article, frozenset(similar) - {article})
        pieces = {number: piece for number, piece in ground.pieces.items() if number != article}
        before, now = ground.pieces.get(article), None
        if after is not None and after.published_at is not None:
            now = pieces[article] = Piece(article, after.published_at.replace(microsecond=0))  # as it is stored
        if article not in ground.held and (now is None or not _is_near(now, ground)):
            return None
        changed = min(one.order for one in (before, now) if one)
        placed = frozenset(one.id for one in pieces.values() if one.order >= changed)
        return await self._planned(ground, pieces, placed, after)

    async def part(self, article: ArticleId, who: UserId) -> bool:
        """Take an article out of its story for good; return False if it is in none. Raises ArticleMissing."""
        async with self._database.read() as connection:
            await _existing(connection, article)
            own = (await stories.of(connection, [article])).get(article)
            others = await stories.with_members(connection, [own]) if own is not None else {}
        pairs = {pair(article, one.id) for one in others if one.id != article}
        await self._decide(article, pairs, False, who)
        return bool(pairs)

    async def join(self, article: ArticleId, other: ArticleId, who: UserId) -> None:
        """Let an article be of another's story for good. Raises ArticleMissing."""
        async with self._database.read() as connection:
            await _existing(connection, article)
            await _existing(connection, other)
            own = (await stories.of(connection, [other])).get(other)
            members = await stories.with_members(connection, [own]) if own is not None else {}
        pairs = {pair(article, one) for one in {other, *(piece.id for piece in members)} if one != article}
        await self._decide(article, pairs, True, who)

    async def tell_apart(self, one: ArticleId, other: ArticleId, who: UserId) -> None:
        """Let two articles be of different stories for good, now or when they are published. Raises ArticleMissing."""
        async with self._database.read() as connection:
            await _existing(connection, one)
            await _existing(connection, other)
        await self._decide(one, {pair(one, other)}, False, who)

    async def are_one(self, one: Article, other: Article) -> bool:
        """Return whether two articles are of one story: as an editor said, as they were gathered, or would be."""
        async with self._database.read() as connection:
            said = (await stories.decided(connection, [one.id])).get(pair(one.id, other.id))
            found = await stories.of(connection, [one.id, other.id])
        if said is not None:
            return said
        if ArticleState.DRAFT in (one.state, other.state):
            chance = _Chances({one.id: one, other.id: other}, self._rule)
            return await asyncio.to_thread(chance, one.id, other.id) >= self._rule.nearest
        return len(found) > 1 and found[one.id] == found[other.id]

    async def foreseen(self, draft: Article, similar: Iterable[ArticleId]) -> frozenset[ArticleId]:
        """Return the articles whose story a draft would join if it were published now."""
        plan = await self.plan(draft.id, replace(draft, published_at=self._clock.now()), similar)
        joined = plan.stories.get(draft.id) if plan else None
        return frozenset(one for one, story in plan.stories.items() if story == joined) if plan and joined else NONE

    async def others(self, article: ArticleId, limit: int) -> tuple[list[Telling], int]:
        """Return the other published articles of an article's story, newest first, and how many there are."""
        async with self._database.read() as connection:
            return await stories.chain(connection, article, 0, limit)

    async def _decide(self, article: ArticleId, pairs: set[Pair], is_same: bool, who: UserId) -> None:
        async with self._database.write() as connection:
            await stories.decide(connection, pairs, is_same, who, self._clock.now())
        others = frozenset(one for each in pairs for one in each) - {article}
        for _ in range(ATTEMPTS):
            async with self._database.read() as connection:
                ground = await _ground(connection, article, others)
            plan = await self._planned(ground, ground.pieces, frozenset(ground.pieces), None)
            async with self._database.write() as connection:
                if await store(connection, plan):
                    return
        raise DraftChanged

    async def _planned(
        self, ground: Ground, pieces: Mapping[ArticleId, Piece], placed: frozenset[ArticleId], after: Article | None
    ) -> Plan:
        """Return the stories of the pieces, some of them placed anew; `after` is one as it will be."""
        held = {number: ground.held.get(number, number) for number in pieces if number not in placed}
        known = {after.id: after} if after else {}
        wanted = _compared(ground, pieces, placed) | placed
        async with self._database.read() as connection:
            found = await articles.among(connection, sorted(wanted - known.keys()))
        texts = known | {one.id: one for one in found}
        chance = _Chances(texts, self._rule)
        made = await asyncio.to_thread(gathered, pieces.values(), held, chance, self._rule, ground.decided)
        sizes = Counter(made.values())
        return Plan(ground=ground, stories={one: story for one, story in made.items() if sizes[story] > 1})


class _Chances:
    """How likely two articles tell one story, each pair looked at once; 0 for those whose text is not at hand."""

    def __init__(self, texts: Mapping[ArticleId, Article], rule: Rule) -> None:
        self._texts = texts
        self._rule = rule
        self._profiles: dict[ArticleId, Profile] = {}
        self._known: dict[Pair, float] = {}

    def __call__(self, one: ArticleId, other: ArticleId) -> float:
        key = pair(one, other)
        if key not in self._known:
            both = one in self._texts and other in self._texts
            self._known[key] = self._rule.chance(self._profile(one), self._profile(other)) if both else 0.0
        return self._known[key]

    def _profile(self, number: ArticleId) -> Profile:
        if number not in self._profiles:
            article = self._texts[number]
            self._profiles[number] = profile(article.title, text_of(article))
        return self._profiles[number]


async def store(connection: AsyncConnection, plan: Plan | None) -> bool:
    """Store the stories that follow from a change, before the change itself and in its transaction.

    Return False, nothing stored, if what the plan was made on is no longer so.
    """
    if plan is None:
        return True
    await alone(connection, "stories")
    seen = plan.ground
    if await _ground(connection, seen.article, seen.similar) != seen:
        return False
    await stories.store(connection, {seen.article, *seen.pieces, *seen.held}, plan.stories)
    return True


async def _ground(connection: AsyncConnection, article: ArticleId, similar: frozenset[ArticleId]) -> Ground:
    said = await stories.decided(connection, [article])
    near = {one for each, is_same in said.items() if is_same for one in each}
    ids = {article, *near, *similar}
    owned = await stories.of(connection, ids)
    members = await stories.with_members(connection, set(owned.values()))
    newest = sorted(members, key=lambda piece: piece.order)[-MOST:]
    alone_yet = await stories.pieces(connection, ids - {piece.id for piece in members})
    pieces = {piece.id: piece for piece in (*newest, *alone_yet)}
    return Ground(
        article=article,
        similar=similar,
        pieces=pieces,
        held={piece.id: members[piece] for piece in newest} | {one: owned[one] for one in ids if one in owned},
        decided=await stories.decided(connection, pieces.keys() | {article}),
    )


def _is_near(piece: Piece, ground: Ground) -> bool:
    """Return whether any of the articles could be of one story with a new one."""
    others = (other for other in ground.pieces.values() if other.id != piece.id)
    return any(abs(other.published_at - piece.published_at) <= WINDOW for other in others) or any(
        piece.id in each for each in ground.decided
    )


def _compared(ground: Ground, pieces: Mapping[ArticleId, Piece], placed: Iterable[ArticleId]) -> set[ArticleId]:
    """Return the articles whose texts are needed: the first and the newest of each story near what is placed."""
    by_story: dict[ArticleId, list[Piece]] = defaultdict(list)
    for piece in sorted(pieces.values(), key=lambda one: one.order):
        by_story[ground.held.get(piece.id, piece.id)].append(piece)
    moments = [pieces[one].published_at for one in placed]
    near = [
        members
        for members in by_story.values()
        if any(abs(one.published_at - moment) <= WINDOW for one in members for moment in moments)
    ]
    return {one.id for members in near for one in (members[0], *members[-NEWEST:])}


async def _existing(connection: AsyncConnection, number: ArticleId) -> None:
    if await articles.find(connection, number) is None:
        raise ArticleMissing
