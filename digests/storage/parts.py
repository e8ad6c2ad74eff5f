"""The messages that articles were pasted from, in the database."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.articles import ArticleId, UserId
from digests.collecting import Arrival, Part
from digests.storage.instants import instant, seconds
from digests.storage.schema import article_parts, articles
from digests.storage.texts import pack_blocks, unpack_blocks


async def parts_of(connection: AsyncConnection, article: ArticleId) -> list[Part]:
    """Return the parts of an article in the order in which they were sent."""
    columns = (article_parts.c.message_id, article_parts.c.arrival, article_parts.c.received_at, article_parts.c.blocks)
    rows = await connection.execute(
        select(*columns).where(article_parts.c.article_id == article).order_by(article_parts.c.message_id)
    )
    return [
        Part(
            message_id=row.message_id,
            arrival=Arrival(row.arrival),
            received_at=instant(row.received_at),
            blocks=unpack_blocks(row.blocks),
        )
        for row in rows
    ]


async def article_with(connection: AsyncConnection, author: UserId, message_id: int) -> ArticleId | None:
    """Return the author's article that already has this message."""
    statement = (
        select(articles.c.id)
        .join(article_parts, article_parts.c.article_id == articles.c.id)
        .where(article_parts.c.message_id == message_id, articles.c.author_id == author)
        .order_by(articles.c.id.desc())
        .limit(1)
    )
    found = (await connection.execute(statement)).scalar_one_or_none()
    return None if found is None else ArticleId(found)


async def add(connection: AsyncConnection, article: ArticleId, part: Part) -> None:
    """Insert a part that the article does not have yet."""
    await add_all(connection, {article: part})


async def add_all(connection: AsyncConnection, found: Mapping[ArticleId, Part]) -> None:
    """Insert the first parts of new articles."""
    rows = [
        {
            "article_id": article,
            "message_id": part.message_id,
            "arrival": part.arrival.value,
            "received_at": seconds(part.received_at),
            "blocks": pack_blocks(part.blocks),
        }
        for article, part in found.items()
    ]
    await connection.execute(insert(article_parts), rows)


async def replace(connection: AsyncConnection, article: ArticleId, parts: Sequence[Part]) -> None:
    """Let the article consist of these parts only."""
    await connection.execute(delete(article_parts).where(article_parts.c.article_id == article))
    for part in parts:
        await add(connection, article, part)
