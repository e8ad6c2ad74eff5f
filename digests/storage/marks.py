"""What repeated drafts are found by, in the database."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.articles import ArticleId
from digests.storage.articles import IS_DRAFT
from digests.storage.schema import articles
from digests.storage.schema_stories import article_marks as marks

SHARED = 2  # marks in common, below which two texts are not worth comparing


async def put(connection: AsyncConnection, article: ArticleId, found: Sequence[int]) -> None:
    """Let a draft have these marks and no others."""
    await drop(connection, article)
    await add(connection, {article: found})


async def add(connection: AsyncConnection, found: Mapping[ArticleId, Sequence[int]]) -> None:
    """Insert the marks of new drafts."""
    rows = [{"article_id": article, "mark": mark} for article, each in found.items() for mark in each]
    if rows:
        await connection.execute(insert(marks), rows)


async def drop(connection: AsyncConnection, article: ArticleId) -> None:
    """Forget an article's marks."""
    await connection.execute(delete(marks).where(marks.c.article_id == article))


async def sharing(
    connection: AsyncConnection, article: ArticleId, wanted: Sequence[int], limit: int
) -> list[ArticleId]:
    """Return other drafts that share marks, those that share most first, newer first among equals."""
    shared = func.count()
    needed = min(SHARED, len(wanted))
    statement = (
        select(marks.c.article_id)
        .where(marks.c.mark.in_(wanted), marks.c.article_id != article)
        .group_by(marks.c.article_id)
        .having(shared >= needed)
        .order_by(shared.desc(), marks.c.article_id.desc())
        .limit(limit)
    )
    return [ArticleId(number) for number in (await connection.execute(statement)).scalars()]


async def unmarked(connection: AsyncConnection, limit: int) -> list[ArticleId]:
    """Return drafts with a text and without marks, such as an older program left."""
    has_none = ~select(marks.c.mark).where(marks.c.article_id == articles.c.id).exists()
    statement = select(articles.c.id).where(IS_DRAFT, articles.c.characters > 0, has_none)
    rows = await connection.execute(statement.order_by(articles.c.id.desc()).limit(limit))
    return [ArticleId(number) for number in rows.scalars()]
