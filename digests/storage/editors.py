"""Editors in the database; owners are named in the settings."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.articles import UserId
from digests.storage.instants import seconds
from digests.storage.schema import editors
from digests.storage.upsert import insert_into


async def is_editor(connection: AsyncConnection, user: UserId) -> bool:
    """Return whether the user was made an editor."""
    found = await connection.execute(select(editors.c.user_id).where(editors.c.user_id == user))
    return found.scalar_one_or_none() is not None


async def all_editors(connection: AsyncConnection) -> list[tuple[UserId, str]]:
    """Return the editors with their names, the longest-serving first."""
    rows = await connection.execute(
        select(editors.c.user_id, editors.c.name).order_by(editors.c.added_at, editors.c.user_id)
    )
    return [(UserId(row.user_id), row.name) for row in rows]


async def add(connection: AsyncConnection, user: UserId, name: str, by: UserId, now: datetime) -> bool:
    """Make a user an editor; return whether they were none before."""
    values = {"user_id": user, "name": name, "added_by": by, "added_at": seconds(now)}
    result = await connection.execute(insert_into(connection, editors).values(values).on_conflict_do_nothing())
    return result.rowcount == 1


async def remove(connection: AsyncConnection, user: UserId) -> bool:
    """Make an editor an ordinary user; return whether they were an editor."""
    result = await connection.execute(delete(editors).where(editors.c.user_id == user))
    return result.rowcount == 1
