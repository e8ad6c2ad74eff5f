"""What the index of similar articles keeps, in the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.articles import ArticleId
from digests.storage.articles import IS_PUBLISHED
from digests.storage.instants import instant
from digests.storage.schema import articles
from digests.storage.schema_terms import article_terms as terms
from digests.storage.upsert import insert_into


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The terms of a published article at its newest revision."""

    article_id: ArticleId
    revision: int
    published_at: datetime
    is_listed: bool
    record: bytes


async def kept(connection: AsyncConnection, ids: Sequence[ArticleId]) -> list[Kept]:
    """Return what is kept of those of the articles that are published, if it is of the revision they are at."""
    rows = await connection.execute(
        select(terms.c.article_id, terms.c.revision, terms.c.is_listed, terms.c.terms, articles.c.published_at)
        .join(articles, (articles.c.id == terms.c.article_id) & (articles.c.revision == terms.c.revision))
        .where(IS_PUBLISHED, terms.c.article_id.in_(ids))
    )
    return [
        Kept(
            article_id=ArticleId(row.article_id),
            revision=row.revision,
            published_at=instant(row.published_at),
            is_listed=bool(row.is_listed),
            record=bytes(row.terms),
        )
        for row in rows
    ]


async def put_all(connection: AsyncConnection, made: Mapping[ArticleId, tuple[int, bytes]], *, is_listed: bool) -> None:
    """Keep the terms of several articles; those that were deleted meanwhile are left out.

    Several programs may do so at once, in one order of rows; what is of a later revision stays.
    """
    there = set((await connection.execute(select(articles.c.id).where(articles.c.id.in_(made)))).scalars())
    rows = [
        {"article_id": article, "revision": revision, "is_listed": int(is_listed), "terms": record}
        for article, (revision, record) in sorted(made.items())
        if article in there
    ]
    if rows:
        statement = insert_into(connection, terms)
        new = statement.excluded
        replaced = {"revision": new.revision, "is_listed": new.is_listed, "terms": new.terms}
        await connection.execute(
            statement.on_conflict_do_update(
                index_elements=["article_id"], set_=replaced, where=terms.c.revision <= new.revision
            ),
            rows,
        )


async def drop(connection: AsyncConnection, article: ArticleId) -> None:
    """Keep nothing of an article any more."""
    await connection.execute(delete(terms).where(terms.c.article_id == article))


async def listed(connection: AsyncConnection, article: ArticleId) -> None:
    """Note that the lists of an article were made."""
    await connection.execute(terms.update().where(terms.c.article_id == article).values(is_listed=1))
