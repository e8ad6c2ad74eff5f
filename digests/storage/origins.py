"""Where articles were taken from, in the database."""

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.articles import ArticleId
from digests.origins import Origin, url_key
from digests.storage.schema_origins import article_origins as origins


async def add(connection: AsyncConnection, article: ArticleId, origin: Origin) -> None:
    """Insert where an article was taken from."""
    values = {"site": origin.site, "url": origin.url, "url_key": url_key(origin.url)}
    await connection.execute(insert(origins).values(article_id=article, **values))


async def find(connection: AsyncConnection, article: ArticleId) -> Origin | None:
    """Return where an article was taken from; None for one that was typed or pasted."""
    row = (await connection.execute(select(origins).where(origins.c.article_id == article))).one_or_none()
    return None if row is None else Origin(site=row.site, url=row.url)


async def articles_from(connection: AsyncConnection, url: str) -> list[ArticleId]:
    """Return the articles taken from a page, newest first."""
    key = url_key(url)
    if not key:
        return []
    statement = select(origins.c.article_id).where(origins.c.url_key == key)
    rows = await connection.execute(statement.order_by(origins.c.article_id.desc()))
    return [ArticleId(number) for number in rows.scalars()]
