"""What tells articles in two sentences, in the database."""

from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncConnection

from digests.articles import ArticleId
from digests.storage.schema_briefs import article_briefs as briefs
from digests.storage.upsert import insert_into


async def put(connection: AsyncConnection, article: ArticleId, brief: str) -> None:
    """Store the brief of an article in the place of an earlier one."""
    statement = insert_into(connection, briefs).values(article_id=article, brief=brief)
    await connection.execute(statement.on_conflict_do_update(index_elements=["article_id"], set_={"brief": brief}))


async def add_missing(connection: AsyncConnection, made: Mapping[ArticleId, str]) -> None:
    """Store briefs of articles that have none yet; one that has got a brief meanwhile keeps it."""
    rows = [{"article_id": article, "brief": brief} for article, brief in made.items()]
    if rows:
        await connection.execute(insert_into(connection, briefs).on_conflict_do_nothing(), rows)
