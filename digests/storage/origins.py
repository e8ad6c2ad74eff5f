"""Where articles were taken from, in the database."""

from collections.abc import Collection, Mapping

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.articles import ArticleId
from digests.origins import Origin, url_key
from digests.storage.schema_origins import article_origins as origins


async def add(connection: AsyncConnection, found: Mapping[ArticleId, Origin]) -> None:
    """Insert where articles were taken from."""
    rows = [
        {"article_id": article, "site": origin.site, "url": origin.url, "url_key": url_key(origin.url)}
        for article, origin in found.items()
    ]
    if rows:
        await connection.execute(insert(origins), rows)


async def find(connection: AsyncConnection, article: ArticleId) -> Origin | None:
    """Return where an article was taken from; None for one that was typed or pasted."""
    row = (await connection.execute(select(origins).where(origins.c.article_id == article))).one_or_none()
    return None if row is None else Origin(site=row.site, url=row.url)


async def articles_from(connection: AsyncConnection, url: str) -> list[ArticleId]:
    """Return the articles taken from a page, newest first."""
    return (await articles_from_each(connection, [url]))[url]


async def articles_from_each(connection: AsyncConnection, urls: Collection[str]) -> dict[str, list[ArticleId]]:
    """Return the articles taken from each of some pages, newest first."""
    keys = {url: url_key(url) for url in urls}
    wanted = sorted({key for key in keys.values() if key})
    found: dict[str, list[ArticleId]] = {key: [] for key in wanted}
    if wanted:
        statement = select(origins.c.article_id, origins.c.url_key).where(origins.c.url_key.in_(wanted))
        for row in await connection.execute(statement.order_by(origins.c.article_id.desc())):
            found[row.url_key].append(ArticleId(row.article_id))
    return {url: found.get(key, []) for url, key in keys.items()}
