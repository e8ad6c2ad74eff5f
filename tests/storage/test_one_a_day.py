"""One digest a local date: whatever clocks, zones and habits do, no reader gets two for a date and slot."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from digests import zone_rules
from digests.delivery import Courier, Outcome, Sent
from digests.editions import Edition
from digests.library import Library
from digests.planning import Planner
from digests.press import Press
from digests.readers import ChatId, Preferences, Schedule
from digests.storage import schema
from digests.storage.engine import Database
from digests.subscriptions import Subscriptions
from tests import factories
from tests.clocks import FakeClock

EVE = datetime(2026, 11, 23, 20, 30, tzinfo=UTC)  # in Samoa it is half past nine of the 24th
ZONES = ("Europe/Moscow", "Europe/Samara", "Asia/Kathmandu", "America/New_York", "Pacific/Apia", "Pacific/Pago_Pago")
TIMES = (time(8), time(7, 59), time(23, 30), time(0))
HOURS = (0, 1 / 60, 1, 3, 9, 24, 49, -1 / 60, -1, -25)
MOVES = [
    ("Europe/Samara", time(8), 8.49),  # 07:59 in Moscow, past eight in Samara
    ("Europe/Moscow", time(8), 1 / 60),
    ("America/New_York", time(8), 2),
    ("Pacific/Pago_Pago", time(8), 5),
    ("Europe/Moscow", time(8), 9),
]


class Post:
    """A messenger that remembers whose which digest it took."""

    def __init__(self) -> None:
        self.taken: list[tuple[int, str, str]] = []

    async def deliver(self, chat: ChatId, content: object) -> Outcome:
        assert isinstance(content, Edition)
        assert content.slot is not None
        self.taken.append((chat, content.local_date.isoformat(), f"{content.slot:%H:%M}"))
        return Sent(len(self.taken))


async def lived(database: Database, steps: Sequence[tuple[str, time, float]], release: str = "") -> Post:
    """Let a reader live through the steps: hours pass or are taken back, then zone and time are changed."""
    clock, post = FakeClock(EVE), Post()
    await factories.article(database, at=EVE - timedelta(hours=1))
    planner = Planner(database, clock, Press(database, clock), timedelta(hours=3))
    courier = Courier(database, clock, post, Library(database, clock))
    moscow = Schedule(zone="Europe/Moscow", time=time(8))
    subscriptions = Subscriptions(database, clock, Preferences(language="ru", schedule=moscow))
    reader, _ = await subscriptions.arrive(ChatId(1), "ru")
    await subscriptions.arrive(ChatId(2), "ru")
    for number, (zone, at, hours) in enumerate(steps):
        clock.set(clock.now() + timedelta(hours=hours))
        await factories.article(database, f"Новость {number}", at=clock.now() - timedelta(minutes=5))
        await asyncio.gather(planner.tick(), courier.drain())
        await courier.drain()
        await subscriptions.change(reader.id, schedule=Schedule(zone=zone, time=at))
        if release:
            await zone_rules.follow(database, clock, f"{release}{number}")
        await planner.tick()
        await courier.drain()
    return post


async def emptied(database: Database) -> None:
    async with database.write() as connection:
        for table in reversed(schema.metadata.sorted_tables):
            await connection.execute(table.delete())


@pytest.mark.parametrize("release", ["", "2027"])
async def test_a_reader_who_moves_about_gets_one_digest_a_date(database: Database, release: str) -> None:
    post = await lived(database, MOVES, release)
    dates = [date for chat, date, _ in post.taken if chat == 1]
    assert dates
    assert len(dates) == len(set(dates))
    async with database.read() as connection:
        rows = await connection.execute(select(schema.deliveries.c.reader_id, schema.deliveries.c.local_date))
        assert len(rows.all()) >= len(post.taken)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(ZONES), st.sampled_from(TIMES), st.sampled_from(HOURS)), max_size=8))
@example(steps=[("Europe/Moscow", time(8), 9), ("Europe/Moscow", time(8), -25), ("Europe/Moscow", time(8), 24)])
async def test_no_date_and_slot_goes_out_twice(database: Database, steps: list[tuple[str, time, float]]) -> None:
    await emptied(database)
    post = await lived(database, steps, "2027")
    assert len(post.taken) == len(set(post.taken))
