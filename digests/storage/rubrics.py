"""Rubrics in the database."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.rubrics import Rubric, RubricId
from digests.storage.schema import rubrics
from digests.storage.upsert import insert_into

COLUMNS = (rubrics.c.id, rubrics.c.name, rubrics.c.emoji)


async def all_rubrics(connection: AsyncConnection) -> tuple[Rubric, ...]:
    """Return the rubrics in the order in which readers see them."""
    rows = await connection.execute(select(*COLUMNS).order_by(rubrics.c.position, rubrics.c.id))
    return tuple(Rubric(id=RubricId(row.id), name=row.name, emoji=row.emoji) for row in rows)


async def find(connection: AsyncConnection, rubric: RubricId) -> Rubric | None:
    """Return a rubric."""
    row = (await connection.execute(select(*COLUMNS).where(rubrics.c.id == rubric))).one_or_none()
    return None if row is None else Rubric(id=RubricId(row.id), name=row.name, emoji=row.emoji)


async def add(connection: AsyncConnection, name: str, emoji: str) -> Rubric:
    """Insert a rubric after the others; return the existing one if it is called the same."""
    key = folded(name)
    position = select(func.coalesce(func.max(rubrics.c.position), 0) + 1).scalar_subquery()
    values = {"name": name, "name_key": key, "emoji": emoji, "position": position}
    await connection.execute(insert_into(connection, rubrics).values(values).on_conflict_do_nothing())
    row = (await connection.execute(select(*COLUMNS).where(rubrics.c.name_key == key))).one()
    return Rubric(id=RubricId(row.id), name=row.name, emoji=row.emoji)


def folded(name: str) -> str:
    """Return a name as names are compared: case, spaces and the letter yo do not count, signs do."""
    return " ".join(name.casefold().replace("\u0451", "\u0435").split())
