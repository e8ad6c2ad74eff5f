"""Single values that outlive a restart, by name."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.storage.schema import facts
from digests.storage.upsert import insert_into


async def find(connection: AsyncConnection, name: str) -> str | None:
    """Return a value; None when it was never stored."""
    return (await connection.execute(select(facts.c.value).where(facts.c.name == name))).scalar_one_or_none()


async def put(connection: AsyncConnection, name: str, value: str) -> None:
    """Store a value in the place of the one before."""
    statement = insert_into(connection, facts).values(name=name, value=value)
    replacing = statement.on_conflict_do_update(index_elements=["name"], set_={"value": statement.excluded.value})
    await connection.execute(replacing)
