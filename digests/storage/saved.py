"""Articles that readers keep, in the database."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.articles import ArticleId, Headline
from digests.readers import ReaderId
from digests.storage.articles import HEADLINE_COLUMNS, IS_PUBLISHED, headline_of
from digests.storage.instants import seconds
from digests.storage.schema import articles, saved
from digests.storage.upsert import insert_into


async def keep(connection: AsyncConnection, reader: ReaderId, article: ArticleId, now: datetime) -> None:
    """Keep an article; one kept already stays where it is in the list."""
    values = {"reader_id": reader, "article_id": article, "saved_at": seconds(now)}
    await connection.execute(insert_into(connection, saved).values(values).on_conflict_do_nothing())


async def drop(connection: AsyncConnection, reader: ReaderId, article: ArticleId) -> None:
    """Keep an article no more."""
    await connection.execute(delete(saved).where(saved.c.reader_id == reader, saved.c.article_id == article))


async def kept(connection: AsyncConnection, reader: ReaderId, offset: int, limit: int) -> tuple[list[Headline], int]:
    """Return what the reader keeps and can still read, last kept first, and how many there are."""
    joined = saved.join(articles, articles.c.id == saved.c.article_id)
    where = (saved.c.reader_id == reader) & IS_PUBLISHED
    rows = await connection.execute(
        select(*HEADLINE_COLUMNS)
        .select_from(joined)
        .where(where)
        .order_by(saved.c.saved_at.desc(), saved.c.article_id.desc())
        .offset(offset)
        .limit(limit)
    )
    total = await connection.execute(select(func.count()).select_from(joined).where(where))
    return [headline_of(row) for row in rows], total.scalar_one()
