"""Articles in the database: drafts, published and withdrawn ones, as rows and back."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, func, insert, literal, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.articles import Article, ArticleId, ArticleState, Draft, Headline, TitleOrigin, UserId
from digests.rubrics import Choice, RubricId
from digests.storage.instants import instant, instant_or_none, seconds
from digests.storage.schema import articles
from digests.storage.schema_briefs import article_briefs
from digests.storage.texts import (
    pack_blocks,
    pack_links,
    pack_removed,
    pack_sections,
    unpack_blocks,
    unpack_links,
    unpack_removed,
    unpack_sections,
)
from digests.summaries import reading_minutes
from digests.words import normalized_title

# Any, here and below: a row and the values of a statement are as loosely typed as the library gives and takes them.
Values = Mapping[str, Any]
AnyRow = Row[*tuple[Any, ...]]
AnySelect = Select[*tuple[Any, ...]]

LONG = 50_000  # characters whose unpacking takes some 5 ms, too long for the event loop
COLUMNS = tuple(column for column in articles.c if column.name != "title_key")
_BRIEF = select(article_briefs.c.brief).where(article_briefs.c.article_id == articles.c.id).scalar_subquery()
HEADLINE_COLUMNS = (
    articles.c.id,
    articles.c.title,
    articles.c.rubric_id,
    articles.c.summary,
    articles.c.characters,
    articles.c.published_at,
    func.coalesce(_BRIEF, "").label("brief"),
)
# States are written out: a partial index serves only a query that repeats its condition without parameters.
IS_PUBLISHED = articles.c.state == text("'published'")
# Without an index: to find few given ids, SQLite would look through all published articles rather than at the ids.
WAS_PUBLISHED = articles.c.state + literal("") == text("'published'")
IS_DRAFT = articles.c.state == text("'draft'")
EMPTY = pack_blocks(())
IS_OPEN = (articles.c.collecting_all == 1) | articles.c.collecting_until.is_not(None)
CLOSED = {"collecting_until": None, "collecting_all": 0}
IS_FILLED = (articles.c.title != "") | (articles.c.characters > 0) | (articles.c.removed != EMPTY)


async def add(connection: AsyncConnection, author: UserId, now: datetime, values: Values) -> ArticleId:
    """Insert a draft and return its id, which no article ever had before."""
    return (await add_all(connection, author, now, [values]))[0]


async def add_all(
    connection: AsyncConnection, author: UserId, now: datetime, drafts: Sequence[Values]
) -> list[ArticleId]:
    """Insert drafts, which have the same columns, and return their ids in the same order, growing."""
    moment = seconds(now)
    row = {"state": ArticleState.DRAFT.value, "author_id": author, "created_at": moment, "updated_at": moment}
    statement = insert(articles).returning(articles.c.id, sort_by_parameter_order=True)
    result = await connection.execute(statement, [{**row, **values} for values in drafts])
    return [ArticleId(number) for number in result.scalars()]


async def find(connection: AsyncConnection, article: ArticleId) -> Article | None:
    """Return an article in any state."""
    return await _first(connection, select(*COLUMNS).where(articles.c.id == article))


async def find_open(connection: AsyncConnection, author: UserId) -> Article | None:
    """Return the author's draft that was not closed, be its time over or not; the newest if there are several."""
    statement = select(*COLUMNS).where(_is_draft_of(author), IS_OPEN).order_by(articles.c.id.desc()).limit(1)
    return await _first(connection, statement)


async def change(connection: AsyncConnection, article: Article, now: datetime, values: Values) -> bool:
    """Write the values if the article is still at the given revision; the revision grows. Return whether it was."""
    result = await connection.execute(
        update(articles)
        .where(articles.c.id == article.id, articles.c.revision == article.revision)
        .values({**values, "revision": article.revision + 1, "updated_at": seconds(now)})
    )
    return result.rowcount == 1


async def open_revision(connection: AsyncConnection, author: UserId) -> tuple[ArticleId, int] | None:
    """Return the id and the revision of what `find_open` returns."""
    columns = (articles.c.id, articles.c.revision)
    statement = select(*columns).where(_is_draft_of(author), IS_OPEN).order_by(articles.c.id.desc()).limit(1)
    row = (await connection.execute(statement)).first()
    return None if row is None else (ArticleId(row.id), row.revision)


async def close(connection: AsyncConnection, article: ArticleId) -> None:
    """Let a draft take no further parts; that changes nothing that is read, so the revision stays."""
    await connection.execute(update(articles).where(articles.c.id == article, IS_OPEN).values(CLOSED))


async def keep_open(connection: AsyncConnection, article: ArticleId, author: UserId, until: datetime) -> None:
    """Let a draft be the author's and take their parts until then; one that collects everything goes on doing so."""
    values = {"collecting_until": seconds(until), "author_id": author}
    await connection.execute(update(articles).where(articles.c.id == article, IS_DRAFT).values(values))


async def close_others(connection: AsyncConnection, author: UserId, article: ArticleId | None = None) -> None:
    """Close the author's drafts but one, and drop empty ones, so that it is clear where the next message belongs."""
    others = _is_draft_of(author) if article is None else _is_draft_of(author) & (articles.c.id != article)
    await connection.execute(delete(articles).where(others, ~IS_FILLED))
    await connection.execute(update(articles).where(others, IS_OPEN).values(CLOSED))


async def drop_empty(connection: AsyncConnection, author: UserId) -> None:
    """Delete the author's drafts that nothing was put into."""
    await connection.execute(delete(articles).where(_is_draft_of(author), ~IS_FILLED))


async def drop_draft(connection: AsyncConnection, article: ArticleId) -> bool:
    """Delete a draft with its parts; return whether there was one."""
    result = await connection.execute(delete(articles).where(articles.c.id == article, IS_DRAFT))
    return result.rowcount == 1


async def list_drafts(connection: AsyncConnection, offset: int, limit: int) -> tuple[list[Article], int]:
    """Return drafts that hold anything, newest first, and how many there are."""
    where = IS_DRAFT & IS_FILLED
    # Drafts have no instant of publication; naming it lets the index of states give the order.
    statement = select(*COLUMNS).where(where).order_by(articles.c.published_at.desc(), articles.c.id.desc())
    return await _page(connection, statement, where, offset, limit)


async def list_published(connection: AsyncConnection, offset: int, limit: int) -> tuple[list[Article], int]:
    """Return published articles, newest first, and how many there are."""
    statement = select(*COLUMNS).where(IS_PUBLISHED).order_by(articles.c.published_at.desc(), articles.c.id.desc())
    return await _page(connection, statement, IS_PUBLISHED, offset, limit)


async def published_among(connection: AsyncConnection, ids: Sequence[ArticleId]) -> list[Article]:
    """Return those of the given articles that are published."""
    rows = await connection.execute(select(*COLUMNS).where(WAS_PUBLISHED, articles.c.id.in_(ids)))
    return [article_of(row) for row in rows]


async def among(connection: AsyncConnection, ids: Sequence[ArticleId]) -> list[Article]:
    """Return the given articles, in any state."""
    rows = (await connection.execute(select(*COLUMNS).where(articles.c.id.in_(ids)))).all()
    is_long = sum(row.characters for row in rows) > LONG
    return await asyncio.to_thread(lambda: [*map(article_of, rows)]) if is_long else [*map(article_of, rows)]


async def titled(connection: AsyncConnection, title: str, limit: int) -> list[ArticleId]:
    """Return the articles in any state that bear a title, newest first; a title without letters is no title."""
    key = normalized_title(title)
    statement = select(articles.c.id).where(articles.c.title_key == key).order_by(articles.c.id.desc()).limit(limit)
    return [ArticleId(number) for number in (await connection.execute(statement)).scalars()] if key else []


async def titled_each(
    connection: AsyncConnection, title_keys: Collection[str], limit: int
) -> dict[str, list[ArticleId]]:
    """Return the newest articles in any state by each of some keys of titles."""
    place = func.row_number().over(partition_by=articles.c.title_key, order_by=articles.c.id.desc())
    placed = select(articles.c.id, articles.c.title_key, place.label("place"))
    among = placed.where(articles.c.title_key.in_(sorted(title_keys))).subquery()
    found: dict[str, list[ArticleId]] = {key: [] for key in title_keys}
    for row in await connection.execute(select(among).where(among.c.place <= limit).order_by(among.c.id.desc())):
        found[row.title_key].append(ArticleId(row.id))
    return found


async def published_revisions(connection: AsyncConnection) -> dict[ArticleId, int]:
    """Return the revision of every published article."""
    rows = await connection.execute(select(articles.c.id, articles.c.revision).where(IS_PUBLISHED))
    return {ArticleId(row.id): row.revision for row in rows}


async def revisions_among(connection: AsyncConnection, ids: Sequence[ArticleId]) -> dict[ArticleId, int]:
    """Return the revision of each of the given articles that is published."""
    columns = (articles.c.id, articles.c.revision)
    rows = await connection.execute(select(*columns).where(WAS_PUBLISHED, articles.c.id.in_(ids)))
    return {ArticleId(row.id): row.revision for row in rows}


async def published_fingerprint(connection: AsyncConnection) -> tuple[int, int, int]:
    """Return numbers that differ when any published article is new, changed or gone."""
    total = func.coalesce(func.sum(articles.c.revision), 0)
    ids = func.coalesce(func.sum(articles.c.id), 0)
    row = (await connection.execute(select(func.count(), total, ids).where(IS_PUBLISHED))).one()
    return int(row[0]), int(row[1]), int(row[2])


async def latest(connection: AsyncConnection, choice: Choice, offset: int, limit: int) -> tuple[list[Headline], int]:
    """Return headlines of the chosen rubrics, newest first, and how many there are."""
    where = IS_PUBLISHED if choice.is_all else IS_PUBLISHED & articles.c.rubric_id.in_(sorted(choice.ids))
    newest_first = articles.c.published_at.desc(), articles.c.id.desc()
    rows = await connection.execute(
        select(*HEADLINE_COLUMNS).where(where).order_by(*newest_first).offset(offset).limit(limit)
    )
    total = await connection.execute(select(func.count()).select_from(articles).where(where))
    return [headline_of(row) for row in rows], total.scalar_one()


async def headlines(connection: AsyncConnection, ids: Sequence[ArticleId]) -> dict[ArticleId, Headline]:
    """Return the headlines of those articles that are published."""
    rows = await connection.execute(select(*HEADLINE_COLUMNS).where(WAS_PUBLISHED, articles.c.id.in_(ids)))
    found = [headline_of(row) for row in rows]
    return {headline.id: headline for headline in found}


def content_values(draft: Draft | Article) -> dict[str, Any]:
    """Return what a cut text is in columns."""
    blocks = [*draft.lead, *(block for section in draft.sections for block in section.blocks)]
    return {
        **title_values(draft.title, draft.title_origin),
        "lead": pack_blocks(draft.lead),
        "sections": pack_sections(draft.sections),
        "removed": pack_removed(draft.removed),
        "source_links": pack_links(draft.source_links),
        "characters": sum(len(block.text) for block in blocks),
    }


def title_values(title: str, origin: TitleOrigin) -> dict[str, Any]:
    """Return what a title is in columns."""
    return {"title": title, "title_key": normalized_title(title), "title_origin": origin.value}


def article_of(row: AnyRow) -> Article:
    """Return the article that a row of COLUMNS describes."""
    return Article(
        id=ArticleId(row.id),
        state=ArticleState(row.state),
        revision=row.revision,
        rubric_id=None if row.rubric_id is None else RubricId(row.rubric_id),
        title=row.title,
        title_origin=TitleOrigin(row.title_origin),
        lead=unpack_blocks(row.lead),
        sections=unpack_sections(row.sections),
        removed=unpack_removed(row.removed),
        source_links=unpack_links(row.source_links),
        summary=row.summary,
        author_id=UserId(row.author_id),
        created_at=instant(row.created_at),
        updated_at=instant(row.updated_at),
        published_at=instant_or_none(row.published_at),
        collecting_until=instant_or_none(row.collecting_until),
        collects_all=bool(row.collecting_all),
    )


def headline_of(row: AnyRow) -> Headline:
    """Return the headline that a row of HEADLINE_COLUMNS describes; the row must be of a published article."""
    return Headline(
        id=ArticleId(row.id),
        title=row.title,
        rubric_id=RubricId(row.rubric_id),
        summary=row.summary,
        minutes=reading_minutes(row.characters),
        published_at=instant(row.published_at),
        brief=row.brief,
    )


def _is_draft_of(author: UserId) -> ColumnElement[bool]:
    return IS_DRAFT & (articles.c.author_id == author)


async def _first(connection: AsyncConnection, statement: AnySelect) -> Article | None:
    row = (await connection.execute(statement)).first()
    if row is None:
        return None
    return await asyncio.to_thread(article_of, row) if row.characters > LONG else article_of(row)


async def _page(
    connection: AsyncConnection,
    statement: AnySelect,
    where: ColumnElement[bool],
    offset: int,
    limit: int,
) -> tuple[list[Article], int]:
    rows = await connection.execute(statement.offset(offset).limit(limit))
    total = await connection.execute(select(func.count()).select_from(articles).where(where))
    return [article_of(row) for row in rows], total.scalar_one()
