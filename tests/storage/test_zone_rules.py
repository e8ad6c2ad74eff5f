"""Another release of the zone database: everybody is due by the new rules, and nobody twice for one date."""

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digests import zone_rules
from digests.planning import Planner
from digests.press import Press
from digests.readers import ReaderId
from digests.storage import schema
from digests.storage.engine import Database
from digests.storage.instants import instant, seconds
from tests import factories
from tests.clocks import FakeClock
from tests.factories import NOW

SLOT = datetime(2026, 11, 24, 5, tzinfo=UTC)  # 08:00 in Moscow
HOUR = timedelta(hours=1)


async def due(database: Database, reader: ReaderId) -> datetime | None:
    async with database.read() as connection:
        value = await connection.scalar(select(schema.readers.c.next_due).where(schema.readers.c.id == reader))
    return None if value is None else instant(value)


@pytest.mark.parametrize("off", [-HOUR, HOUR, 3 * HOUR])
async def test_what_other_rules_had_computed_is_put_right_once(
    database: Database, clock: FakeClock, off: timedelta
) -> None:
    moved = await factories.reader(database, 1, next_due=SLOT + off)
    right = await factories.reader(database, 2, next_due=SLOT)
    none = await factories.reader(database, 3, next_due=None)
    assert await zone_rules.follow(database, clock, "2027a") == 1
    assert [await due(database, reader) for reader in (moved, right, none)] == [SLOT, SLOT, None]
    late = await factories.reader(database, 4, next_due=SLOT + off)
    assert await zone_rules.follow(database, clock, "2027a") == 0
    assert await due(database, late) == SLOT + off
    assert await zone_rules.follow(database, clock, "2027b") == 1


async def test_a_time_that_has_just_passed_is_due_at_once(database: Database, clock: FakeClock) -> None:
    clock.set(SLOT + timedelta(minutes=20))
    reader = await factories.reader(database, next_due=SLOT + HOUR)
    await zone_rules.follow(database, clock, "2027a")
    assert await due(database, reader) == SLOT


async def test_the_same_weekday_is_kept(database: Database, clock: FakeClock) -> None:
    friday = datetime(2026, 11, 27, 5, tzinfo=UTC)
    reader = await factories.reader(database, days=1 << 4, next_due=friday + HOUR)
    await zone_rules.follow(database, clock, "2027a")
    assert await due(database, reader) == friday


async def test_a_zone_that_left_the_database_is_served_in_utc(database: Database, clock: FakeClock) -> None:
    reader = await factories.reader(database, zone="Mars/Olympus", next_due=SLOT)
    await zone_rules.follow(database, clock, "2027a")
    assert await due(database, reader) == datetime(2026, 11, 24, 8, tzinfo=UTC)


async def rows(connection: AsyncConnection) -> int:
    return int(await connection.scalar(select(func.count()).select_from(schema.deliveries)) or 0)


async def test_nobody_gets_a_date_twice_when_the_rules_change_between_two_digests(
    database: Database, clock: FakeClock
) -> None:
    """Served at eight by the old rules; by the new ones it is seven again, and eight is still to come."""
    await factories.article(database)
    planner = Planner(database, clock, Press(database, clock), timedelta(hours=3))
    reader = await factories.reader(database, next_due=SLOT - HOUR, covered_until=NOW - HOUR, at=time(8))
    async with database.write() as connection:  # what the old rules had entered
        await connection.execute(
            schema.broadcasts.insert().values(kind="digest", key="old", slot_at=seconds(SLOT - HOUR), created_at=0)
        )
        number = await connection.scalar(select(schema.broadcasts.c.id))
        await connection.execute(
            schema.deliveries.insert().values(
                broadcast_id=number, reader_id=reader, local_date="2026-11-24", slot="08:00", state="sent",
                not_before=0, created_at=0,
            )
        )  # fmt: skip
    clock.set(SLOT - HOUR)
    async with database.write() as connection:
        await connection.execute(schema.readers.update().values(next_due=seconds(SLOT + timedelta(hours=23))))
    await zone_rules.follow(database, clock, "2027a")
    assert await due(database, reader) == SLOT + timedelta(days=1)
    for hours in range(25):
        clock.set(SLOT - HOUR + timedelta(hours=hours))
        await planner.tick()
    async with database.read() as connection:
        assert await rows(connection) == 1
    clock.set(SLOT + timedelta(days=1))
    await planner.tick()
    async with database.read() as connection:
        assert await rows(connection) == 2


def test_the_release_in_use_has_a_name() -> None:
    assert zone_rules.release().strip()
