"""Which articles are one story, and what editors say of that, in the database."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.articles import ArticleId, UserId
from digests.gathering import Pair, Piece, pair
from digests.rubrics import Choice
from digests.storage.articles import IS_PUBLISHED
from digests.storage.instants import instant, seconds
from digests.storage.schema import articles
from digests.storage.schema_origins import article_origins as origins
from digests.storage.schema_stories import story_decisions as decisions
from digests.storage.schema_stories import story_members as members
from digests.storage.upsert import insert_into

_mate, _own, _bearer = members.alias("mate"), members.alias("own"), articles.alias("bearer")
# Of a row of articles: how many other published articles tell its story.
OTHERS = (
    select(func.count())
    .select_from(
        _own.join(_mate, _mate.c.story_id == _own.c.story_id).join(_bearer, _bearer.c.id == _mate.c.article_id)
    )
    .where(_own.c.article_id == articles.c.id, _mate.c.article_id != articles.c.id)
    .where(_bearer.c.state == text("'published'"))
    .correlate(articles)
    .scalar_subquery()
)

Stories = Mapping[ArticleId, ArticleId]  # the story of each article, named by its first article


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A published article of a story, as lists show it."""

    id: ArticleId
    title: str
    site: str  # empty when it was typed or pasted
    published_at: datetime


async def of(connection: AsyncConnection, ids: Collection[ArticleId]) -> dict[ArticleId, ArticleId]:
    """Return the stories of those of the articles that tell one with others, in whatever state."""
    rows = await connection.execute(select(members).where(members.c.article_id.in_(sorted(ids))))
    return {ArticleId(row.article_id): ArticleId(row.story_id) for row in rows}


async def with_members(connection: AsyncConnection, stories: Collection[ArticleId]) -> dict[Piece, ArticleId]:
    """Return the published articles of stories, each with its story."""
    statement = (
        select(members.c.article_id, members.c.story_id, articles.c.published_at)
        .join(articles, articles.c.id == members.c.article_id)
        .where(members.c.story_id.in_(sorted(stories)), IS_PUBLISHED)
    )
    rows = await connection.execute(statement)
    return {Piece(ArticleId(row.article_id), instant(row.published_at)): ArticleId(row.story_id) for row in rows}


async def began(connection: AsyncConnection, found: Collection[ArticleId], choice: Choice) -> dict[ArticleId, datetime]:
    """Return when the first article of each story was published of those in the chosen rubrics."""
    statement = (
        select(members.c.story_id, func.min(articles.c.published_at).label("began"))
        .join(articles, articles.c.id == members.c.article_id)
        .where(members.c.story_id.in_(sorted(found)), IS_PUBLISHED)
        .group_by(members.c.story_id)
    )
    if not choice.is_all:
        statement = statement.where(articles.c.rubric_id.in_(sorted(choice.ids)))
    return {ArticleId(row.story_id): instant(row.began) for row in await connection.execute(statement)}


async def pieces(connection: AsyncConnection, ids: Collection[ArticleId]) -> list[Piece]:
    """Return those of the articles that are published."""
    columns = (articles.c.id, articles.c.published_at)
    rows = await connection.execute(select(*columns).where(articles.c.id.in_(sorted(ids)), IS_PUBLISHED))
    return [Piece(ArticleId(row.id), instant(row.published_at)) for row in rows]


async def store(connection: AsyncConnection, touched: Iterable[ArticleId], found: Stories) -> None:
    """Let the touched articles belong to these stories and to no others; a story of one is none."""
    await connection.execute(delete(members).where(members.c.article_id.in_(sorted(touched))))
    rows = [{"article_id": article, "story_id": story} for article, story in sorted(found.items())]
    if rows:
        await connection.execute(insert(members), rows)


async def decided(connection: AsyncConnection, ids: Collection[ArticleId]) -> dict[Pair, bool]:
    """Return what editors decided of any of the articles and any other."""
    among = sorted(ids)
    columns = (decisions.c.one_id, decisions.c.other_id, decisions.c.is_same)
    statement = select(*columns).where(or_(decisions.c.one_id.in_(among), decisions.c.other_id.in_(among)))
    rows = await connection.execute(statement)
    return {pair(ArticleId(row.one_id), ArticleId(row.other_id)): bool(row.is_same) for row in rows}


async def decide(connection: AsyncConnection, pairs: Iterable[Pair], is_same: bool, who: UserId, now: datetime) -> None:
    """Keep what an editor says of pairs of articles; the last word counts."""
    for one, other in sorted(pairs):
        said = {"is_same": int(is_same), "editor_id": who, "decided_at": seconds(now)}
        statement = insert_into(connection, decisions).values(one_id=one, other_id=other, **said)
        await connection.execute(statement.on_conflict_do_update(index_elements=["one_id", "other_id"], set_=said))


async def chain(connection: AsyncConnection, article: ArticleId, offset: int, limit: int) -> tuple[list[Telling], int]:
    """Return the other published articles of an article's story, newest first, and how many there are."""
    story = select(members.c.story_id).where(members.c.article_id == article).scalar_subquery()
    where = (members.c.story_id == story) & (members.c.article_id != article) & IS_PUBLISHED
    source = members.join(articles, articles.c.id == members.c.article_id)
    columns = (
        articles.c.id,
        articles.c.title,
        articles.c.published_at,
        func.coalesce(origins.c.site, "").label("site"),
    )
    statement = (
        select(*columns)
        .select_from(source.outerjoin(origins, origins.c.article_id == articles.c.id))
        .where(where)
        .order_by(articles.c.published_at.desc(), articles.c.id.desc())
        .offset(offset)
        .limit(limit)
    )
    rows = await connection.execute(statement)
    found = [
        Telling(id=ArticleId(row.id), title=row.title, site=row.site, published_at=instant(row.published_at))
        for row in rows
    ]
    total = await connection.execute(select(func.count()).select_from(source).where(where))
    return found, total.scalar_one()
