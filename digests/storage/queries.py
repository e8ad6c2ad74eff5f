"""Searches that buttons lead back to, in the database: what was asked, never by whom."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.storage.schema_search import search_queries
from digests.storage.upsert import insert_into

KEPT = 20_000  # of the newest; buttons of older ones say that they are too old


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A search: the text typed, and what was chosen by button."""

    text: str
    rubric: int = 0  # 0: none was chosen, ALL_RUBRICS: all were
    period: str = ""


async def keep(connection: AsyncConnection, kept: Kept) -> int:
    """Return the number of a search, the same for the same one."""
    described = f"{kept.rubric}|{kept.period}|{kept.text}"
    key = hashlib.sha256(described.encode()).hexdigest()
    ids = select(search_queries.c.id).where(search_queries.c.key == key)
    if (known := (await connection.execute(ids)).scalar_one_or_none()) is not None:
        return int(known)
    values = {"key": key, "text": kept.text, "rubric_id": kept.rubric, "period": kept.period}
    statement = insert_into(connection, search_queries).values(values).on_conflict_do_nothing(index_elements=["key"])
    made = (await connection.execute(statement.returning(search_queries.c.id))).scalar_one_or_none()
    if made is None:
        return int((await connection.execute(ids)).scalar_one())
    await connection.execute(delete(search_queries).where(search_queries.c.id <= made - KEPT))
    return int(made)


async def find(connection: AsyncConnection, number: int) -> Kept | None:
    """Return a search by its number."""
    columns = (search_queries.c.text, search_queries.c.rubric_id, search_queries.c.period)
    row = (await connection.execute(select(*columns).where(search_queries.c.id == number))).one_or_none()
    return None if row is None else Kept(text=row.text, rubric=row.rubric_id, period=row.period)
