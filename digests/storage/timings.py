"""Timings in the database: what many readers' next digests have in common."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.storage.instants import seconds
from digests.storage.schema import readers


@dataclass(frozen=True, slots=True)
class Timing:
    """A schedule in columns, and when it is due next (seconds since 1970)."""

    zone: str
    digest_time: int
    days: int
    next_due: int


async def after(connection: AsyncConnection, now: datetime) -> list[Timing]:
    """Return every timing that any reader is due by after an instant."""
    columns = readers.c.zone, readers.c.digest_time, readers.c.days, readers.c.next_due
    rows = await connection.execute(select(*columns).where(readers.c.next_due > seconds(now)).distinct())
    return [Timing(*row) for row in rows]


async def move(connection: AsyncConnection, timing: Timing, at: int) -> int:
    """Make all readers of a timing due at another second; return how many there are."""
    same = (
        readers.c.next_due == timing.next_due,
        readers.c.zone == timing.zone,
        readers.c.digest_time == timing.digest_time,
        readers.c.days == timing.days,
    )
    return (await connection.execute(update(readers).where(*same).values(next_due=at))).rowcount
