"""Ticks: who is due gets one row a local date and slot, whatever is repeated, missed or run twice."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.planning import CHUNK, Planner, TickReport
from digests.press import Press
from digests.readers import ChatId, Preferences, ReaderId, ReaderState, Schedule
from digests.rubrics import Choice
from digests.storage import deliveries, editions, readers, schema
from digests.storage.engine import Database
from digests.storage.instants import instant, seconds
from digests.subscriptions import Subscriptions
from tests import factories
from tests.clocks import FakeClock
from tests.factories import NOW

LATE_LIMIT = timedelta(hours=3)
MOSCOW = Schedule(zone="Europe/Moscow", time=time(8))
SLOT = datetime(2026, 11, 24, 5, tzinfo=UTC)  # 08:00 in Moscow
ROW = (
    schema.deliveries.c.reader_id,
    schema.deliveries.c.local_date,
    schema.deliveries.c.slot,
    schema.deliveries.c.state,
    schema.deliveries.c.reason,
    schema.deliveries.c.edition_id,
)


@pytest.fixture
def planner(database: Database, clock: FakeClock) -> Planner:
    return planning(database, clock)


def planning(database: Database, clock: FakeClock) -> Planner:
    return Planner(database, clock, Press(database, clock), LATE_LIMIT)


async def ledger(database: Database) -> list[tuple[int, str, str, str, str | None]]:
    """All rows: reader, date, slot, state, reason."""
    async with database.read() as connection:
        rows = await connection.execute(select(*ROW).order_by(schema.deliveries.c.id))
        return [tuple(row)[:5] for row in rows]


async def next_due(database: Database, reader: ReaderId) -> datetime | None:
    async with database.read() as connection:
        value = await connection.scalar(select(schema.readers.c.next_due).where(schema.readers.c.id == reader))
    return None if value is None else instant(value)


async def covered(database: Database, reader: ReaderId) -> datetime:
    async with database.read() as connection:
        value = await connection.scalar(select(schema.readers.c.covered_until).where(schema.readers.c.id == reader))
    assert value is not None
    return instant(value)


async def test_a_reader_who_is_due_gets_a_delivery_and_a_new_time(
    database: Database, planner: Planner, clock: FakeClock
) -> None:
    await factories.article(database)
    reader = await factories.reader(database, next_due=SLOT, covered_until=NOW - timedelta(hours=1))
    assert await planner.tick() == TickReport()
    clock.set(SLOT)
    assert await planner.tick() == TickReport(planned=1)
    assert await ledger(database) == [(reader, "2026-11-24", "08:00", "pending", None)]
    assert await next_due(database, reader) == SLOT + timedelta(days=1)
    assert await covered(database, reader) == NOW - timedelta(hours=1)  # not before it is sent


async def test_a_repeated_tick_plans_nothing_twice(database: Database, planner: Planner, clock: FakeClock) -> None:
    await factories.article(database)
    reader = await factories.reader(database, next_due=SLOT, covered_until=NOW - timedelta(hours=1))
    clock.set(SLOT)
    await planner.tick()
    assert await planner.tick() == TickReport()
    async with database.write() as connection:  # as if the new time had not been noted
        await connection.execute(update(schema.readers).values(next_due=seconds(SLOT)))
    assert await planner.tick() == TickReport()
    assert await ledger(database) == [(reader, "2026-11-24", "08:00", "pending", None)]


async def test_without_news_the_reader_is_accounted_for(database: Database, planner: Planner, clock: FakeClock) -> None:
    rubric = await factories.rubric(database, "Спорт")
    await factories.article(database, rubric_name="Город")
    reader = await factories.reader(
        database, next_due=SLOT, choice=Choice.of([rubric.id]), covered_until=NOW - timedelta(hours=1)
    )
    clock.set(SLOT)
    report = await planner.tick()
    assert report == TickReport(no_news=1)
    assert report.skipped == 1
    assert await ledger(database) == [(reader, "2026-11-24", "08:00", "skipped", "no_news")]
    assert await covered(database, reader) == SLOT - timedelta(seconds=1)


@pytest.mark.parametrize(("late", "state"), [(LATE_LIMIT, "pending"), (LATE_LIMIT + timedelta(seconds=1), "skipped")])
async def test_a_slot_missed_by_too_much_is_skipped_as_late(
    database: Database, planner: Planner, clock: FakeClock, late: timedelta, state: str
) -> None:
    await factories.article(database)
    reader = await factories.reader(database, next_due=SLOT, covered_until=NOW - timedelta(hours=1))
    clock.set(SLOT + late)
    await planner.tick()
    assert await ledger(database) == [(reader, "2026-11-24", "08:00", state, "late" if state == "skipped" else None)]
    assert await covered(database, reader) == NOW - timedelta(hours=1)  # tomorrow's digest brings it all


async def test_after_days_of_downtime_only_the_last_slot_counts(
    database: Database, planner: Planner, clock: FakeClock
) -> None:
    await factories.article(database)
    reader = await factories.reader(database, next_due=SLOT, covered_until=NOW - timedelta(hours=1))
    clock.set(SLOT + timedelta(days=5, hours=1))
    assert await planner.tick() == TickReport(planned=1, late=1)
    assert await ledger(database) == [
        (reader, "2026-11-24", "08:00", "skipped", "late"),
        (reader, "2026-11-29", "08:00", "pending", None),
    ]
    assert await next_due(database, reader) == SLOT + timedelta(days=6)


async def test_articles_published_in_the_slots_own_second_wait_for_the_next_digest(
    database: Database, planner: Planner, clock: FakeClock
) -> None:
    before = await factories.article(database, "Успела", at=SLOT - timedelta(seconds=1))
    after = await factories.article(database, "Опоздала", at=SLOT)
    reader = await factories.reader(database, next_due=SLOT)
    clock.set(SLOT)
    await planner.tick()
    assert await planned_articles(database, reader) == [{before.id}]
    async with database.write() as connection:
        await connection.execute(update(schema.readers).values(covered_until=seconds(SLOT) - 1))
    clock.advance(86400)
    await planner.tick()
    assert await planned_articles(database, reader) == [{before.id}, {after.id}]


async def planned_articles(database: Database, reader: ReaderId) -> list[set[int]]:
    async with database.read() as connection:
        rows = await connection.execute(
            select(schema.deliveries.c.edition_id)
            .where(schema.deliveries.c.reader_id == reader, schema.deliveries.c.edition_id.is_not(None))
            .order_by(schema.deliveries.c.id)
        )
        found = [await editions.find(connection, row.edition_id) for row in rows]
    return [set(edition.articles) for edition in found if edition]


async def test_readers_with_the_same_wishes_share_an_edition_and_a_broadcast(
    database: Database, planner: Planner, clock: FakeClock
) -> None:
    await factories.article(database, "Мост", rubric_name="Город")
    await factories.article(database, "Ставка", rubric_name="Экономика")
    rubric = await factories.rubric(database, "Экономика")
    for chat in range(1, 7):
        choice = Choice.of([rubric.id]) if chat % 2 else None
        await factories.reader(
            database, chat, next_due=SLOT, choice=choice, covered_until=NOW - timedelta(minutes=chat)
        )
    await factories.reader(database, 7, next_due=SLOT, language="en", covered_until=NOW - timedelta(minutes=7))
    clock.set(SLOT + timedelta(seconds=30))
    assert await planner.tick() == TickReport(planned=7)
    async with database.read() as connection:
        rows = (await connection.execute(select(*ROW))).all()
        broadcasts = (await connection.execute(select(schema.broadcasts.c.key))).all()
    assert Counter(Counter(row.edition_id for row in rows).values()) == {3: 2, 1: 1}
    assert [tuple(row) for row in broadcasts] == [(f"digest:{seconds(SLOT)}",)]


async def test_more_readers_than_a_chunk_are_all_planned(
    database: Database, planner: Planner, clock: FakeClock
) -> None:
    await factories.article(database)
    await crowd(database, CHUNK * 2 + 7)
    clock.set(SLOT)
    assert await planner.tick() == TickReport(planned=CHUNK * 2 + 7)
    assert len({row[0] for row in await ledger(database)}) == CHUNK * 2 + 7


async def crowd(database: Database, size: int, due: datetime = SLOT) -> None:
    """So many readers due at once."""
    row = {
        "state": "active",
        "language": "ru",
        "zone": "Europe/Moscow",
        "digest_time": 480,
        "days": 127,
        "rubrics": "*",
        "covered_until": seconds(NOW) - 60,
        "next_due": seconds(due),
        "joined_at": seconds(NOW),
    }
    async with database.write() as connection:
        await connection.execute(schema.readers.insert(), [{**row, "chat_id": chat} for chat in range(1, size + 1)])


async def test_two_instances_at_once_plan_nobody_twice(
    database: Database, database_url: str, planner: Planner, clock: FakeClock
) -> None:
    await factories.article(database)
    await crowd(database, CHUNK + 500)
    clock.set(SLOT)
    async with Database.opened(database_url) as other:
        reports = await asyncio.gather(planner.tick(), planning(other, clock).tick())
    assert sum(report.planned for report in reports) == CHUNK + 500
    assert len(await ledger(database)) == CHUNK + 500


async def test_who_stopped_is_never_planned(database: Database, planner: Planner, clock: FakeClock) -> None:
    await factories.article(database)
    subscriptions = Subscriptions(database, clock, Preferences(language="ru", schedule=MOSCOW))
    reader, _ = await subscriptions.arrive(ChatId(5), "ru")
    await subscriptions.stop(reader.id)
    clock.set(SLOT + timedelta(hours=1))
    assert await planner.tick() == TickReport()


async def test_a_pause_ends_with_the_first_slot_after_it_and_without_its_news(
    database: Database, planner: Planner, clock: FakeClock
) -> None:
    subscriptions = Subscriptions(database, clock, Preferences(language="ru", schedule=MOSCOW))
    reader, _ = await subscriptions.arrive(ChatId(5), "ru")
    await subscriptions.pause(reader.id, NOW + timedelta(days=3))
    await factories.article(database, "Из паузы", at=NOW + timedelta(days=2))
    fresh = await factories.article(database, "Свежая", at=NOW + timedelta(days=3))
    clock.set(SLOT + timedelta(days=2))
    assert await planner.tick() == TickReport()
    clock.set(SLOT + timedelta(days=3))
    assert await planner.tick() == TickReport(planned=1)
    assert await planned_articles(database, reader.id) == [{fresh.id}]
    found = await subscriptions.reader(ChatId(5))
    assert found is not None
    assert (found.state, found.paused_until) == (ReaderState.ACTIVE, None)


async def test_a_digest_not_sent_by_the_next_day_gives_way_to_the_new_one(
    database: Database, planner: Planner, clock: FakeClock
) -> None:
    await factories.article(database)
    reader = await factories.reader(database, next_due=SLOT, covered_until=NOW - timedelta(hours=1))
    clock.set(SLOT)
    await planner.tick()
    clock.advance(86400)
    await planner.tick()
    assert await ledger(database) == [
        (reader, "2026-11-24", "08:00", "skipped", "late"),
        (reader, "2026-11-25", "08:00", "pending", None),
    ]


async def test_what_was_planned_before_a_long_downtime_is_not_sent_in_the_evening(
    database: Database, clock: FakeClock
) -> None:
    await factories.article(database)
    await crowd(database, 3)
    clock.set(SLOT)
    await planning(database, clock).tick()
    clock.advance(LATE_LIMIT.total_seconds() + 1)
    await planning(database, clock).tick()  # after a restart
    assert {row[3:] for row in await ledger(database)} == {("skipped", "late")}


async def test_a_broadcast_that_takes_long_is_not_given_up_by_a_restart(database: Database, clock: FakeClock) -> None:
    await factories.article(database)
    await crowd(database, 3)
    clock.set(SLOT)
    await planning(database, clock).tick()
    clock.advance(LATE_LIMIT.total_seconds() + 1)
    rows = schema.deliveries
    first = select(rows.c.id).order_by(rows.c.id).limit(1).scalar_subquery()
    async with database.write() as connection:
        values = {"state": "sent", "done_at": seconds(clock.now()) - 60}
        await connection.execute(update(rows).where(rows.c.id == first).values(values))
    await planning(database, clock).tick()
    assert sorted(row[3] for row in await ledger(database)) == ["pending", "pending", "sent"]


async def test_a_clock_that_jumps_forward_and_back_sends_nothing_twice(
    database: Database, planner: Planner, clock: FakeClock
) -> None:
    await factories.article(database)
    reader = await factories.reader(database, next_due=SLOT, covered_until=NOW - timedelta(hours=1))
    for jump in (0, 48, -24, -48, 24, 0, 72):
        clock.set(SLOT + timedelta(hours=jump))
        await planner.tick()
    rows = await ledger(database)
    assert {row[0] for row in rows} == {reader}
    assert len({row[1:3] for row in rows}) == len(rows)
    assert await next_due(database, reader) == SLOT + timedelta(hours=96)


async def test_a_move_to_another_zone_just_before_the_slot_gives_one_digest_a_date(
    database: Database, planner: Planner, clock: FakeClock
) -> None:
    await factories.article(database)
    subscriptions = Subscriptions(database, clock, Preferences(language="ru", schedule=MOSCOW))
    reader, _ = await subscriptions.arrive(ChatId(5), "ru")
    for zone, at in [
        ("Europe/Samara", SLOT - timedelta(minutes=1)),  # 07:59 in Moscow, past eight in Samara
        ("Europe/Moscow", SLOT + timedelta(minutes=1)),
        ("America/New_York", SLOT + timedelta(hours=2)),
        ("Europe/Moscow", SLOT + timedelta(hours=9)),
    ]:
        clock.set(at)
        await planner.tick()
        await subscriptions.change(reader.id, schedule=Schedule(zone=zone, time=time(8)))
        await planner.tick()
    clock.set(SLOT + timedelta(days=1))
    await planner.tick()
    dates = [row[1] for row in await ledger(database)]
    assert len(dates) == len(set(dates))


async def test_a_zone_that_left_the_world_is_served_in_utc_and_harms_nobody(
    database: Database, planner: Planner, clock: FakeClock
) -> None:
    await factories.article(database)
    lost = await factories.reader(database, 1, zone="Mars/Olympus", next_due=SLOT, covered_until=NOW - timedelta(1))
    found = await factories.reader(database, 2, next_due=SLOT, covered_until=NOW - timedelta(1))
    clock.set(SLOT)
    assert await planner.tick() == TickReport(planned=2)
    assert await next_due(database, lost) == datetime(2026, 11, 24, 8, tzinfo=UTC)
    assert await next_due(database, found) == SLOT + timedelta(days=1)


async def test_a_slot_that_the_clocks_jumped_over_keeps_its_own_date(
    database: Database, planner: Planner, clock: FakeClock
) -> None:
    jump = datetime(2026, 3, 29, 1, tzinfo=UTC)  # 23:00 of the 28th becomes the 29th in Nuuk
    clock.set(jump)
    await factories.article(database, at=jump - timedelta(hours=2))
    reader = await factories.reader(
        database, zone="America/Nuuk", at=time(23, 30), next_due=jump, covered_until=jump - timedelta(hours=3)
    )
    await planner.tick()
    assert await ledger(database) == [(reader, "2026-03-28", "23:30", "pending", None)]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["one", "other", "both"]),
            st.sampled_from([0, 1, 59, 60, 3600, 7200, 20 * 3600, 86400, 3 * 86400, -3600, -86400]),
        ),
        max_size=12,
    )
)
async def test_any_order_of_ticks_and_clock_jumps_keeps_one_row_a_date(
    database: Database, steps: list[tuple[str, int]]
) -> None:
    clock = FakeClock()
    clock.set(SLOT - timedelta(minutes=1))
    async with database.write() as connection:
        for table in reversed(schema.metadata.sorted_tables):
            await connection.execute(table.delete())
    for chat, zone in enumerate(["Europe/Moscow", "Asia/Kathmandu", "America/New_York", "Pacific/Apia"], 1):
        due = datetime(2026, 11, 23, 22, tzinfo=UTC) + timedelta(hours=chat * 2)
        await factories.reader(database, chat, zone=zone, next_due=due, covered_until=NOW - timedelta(hours=1))
    await factories.article(database)
    one, other = planning(database, clock), planning(database, clock)
    for who, jump in steps:
        clock.set(clock.now() + timedelta(seconds=jump))
        await asyncio.gather(
            *(planner.tick() for planner in {"one": [one], "other": [other], "both": [one, other]}[who])
        )
    keys = [row[:3] for row in await ledger(database)]
    assert len(keys) == len(set(keys))


async def test_the_due_readers_are_found_by_their_index(database: Database) -> None:
    await crowd(database, 3_000, due=SLOT + timedelta(days=30))
    async with database.write() as connection:
        assert "ix_readers_next_due" in await plan_of(connection, lambda: readers.due(connection, SLOT, 1_000))


async def test_the_ledgers_open_rows_are_found_by_their_index(database: Database) -> None:
    await factories.reader(database)
    async with database.write() as connection:
        await a_long_history(connection)
        claiming = await plan_of(connection, lambda: deliveries.claim(connection, SLOT, seconds(SLOT), 64))
        expiring = await plan_of(connection, lambda: deliveries.release(connection, SLOT, []))
    assert "ix_deliveries_open" in claiming
    assert "ix_deliveries_open" in expiring


async def a_long_history(connection: AsyncConnection) -> None:
    """Let the ledger hold thousands of finished rows: over an empty table every index is as good as any other."""
    broadcast = await deliveries.open_broadcast(connection, seconds(SLOT), NOW)
    reader = await connection.scalar(select(schema.readers.c.id))
    done = {"broadcast_id": broadcast, "reader_id": reader, "local_date": "2020-01-01", "state": "sent"}
    rows = [{**done, "slot": f"{number}", "not_before": number, "created_at": number} for number in range(3_000)]
    await connection.execute(insert(schema.deliveries), rows)
    await connection.execute(text("analyze"))


async def plan_of(connection: AsyncConnection, call: Callable[[], Awaitable[object]]) -> str:
    """Return the engine's plan for the first statement that a call executes, as it would be over a large table."""
    seen: list[tuple[str, Any]] = []  # Any: parameters are as loosely typed as the driver takes them

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_rest: object) -> None:
        seen.append((statement, parameters))

    event.listen(connection.sync_connection, "before_cursor_execute", note)
    await call()
    event.remove(connection.sync_connection, "before_cursor_execute", note)
    on_server = connection.dialect.name == "postgresql"
    if on_server:
        await connection.execute(text("set local enable_seqscan = off"))
    statement, parameters = seen[0]
    explained = f"{'explain' if on_server else 'explain query plan'} {statement}"
    rows = (await connection.exec_driver_sql(explained, parameters)).all()
    return "\n".join(str(row) for row in rows)
