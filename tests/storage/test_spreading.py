"""A slot with more readers than a minute holds: through planner and courier, within the window, on both engines."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from digests.delivery import Courier, Outcome, Sent
from digests.library import Library
from digests.planning import Planner
from digests.press import Press
from digests.readers import ChatId
from digests.storage import schema
from digests.storage.engine import Database
from digests.storage.instants import seconds
from tests import factories
from tests.clocks import FakeClock
from tests.factories import NOW

SLOT = datetime(2026, 11, 24, 5, tzinfo=UTC)  # 08:00 in Moscow
CROWD = 600


class Post:
    """A messenger that remembers when it took whose digest, in seconds after the slot."""

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock
        self.taken: dict[int, list[float]] = defaultdict(list)

    async def deliver(self, chat: ChatId, content: object) -> Outcome:
        self.taken[chat].append((self._clock.now() - SLOT).total_seconds())
        return Sent(1)


async def crowd(database: Database) -> None:
    await factories.article(database)
    row = {
        "state": "active", "language": "ru", "zone": "Europe/Moscow", "digest_time": 480, "days": 127, "rubrics": "*",
        "covered_until": seconds(NOW) - 60, "next_due": seconds(SLOT), "joined_at": seconds(NOW),
    }  # fmt: skip
    async with database.write() as connection:
        await connection.execute(insert(schema.readers), [{**row, "chat_id": chat} for chat in range(1, CROWD + 1)])


def planning(database: Database, clock: FakeClock, pace: float) -> Planner:
    return Planner(database, clock, Press(database, clock), timedelta(hours=3), lambda: pace)


async def turns(database: Database) -> dict[int, int]:
    """Seconds between the slot and each reader's turn."""
    rows = schema.deliveries.c
    async with database.read() as connection:
        found = await connection.execute(
            select(rows.reader_id, rows.not_before).where(rows.local_date == f"{SLOT:%Y-%m-%d}")
        )
        return {reader: at - seconds(SLOT) for reader, at in found}


async def test_a_small_audience_is_sent_at_once(database: Database, clock: FakeClock) -> None:
    await crowd(database)
    clock.set(SLOT)
    await planning(database, clock, CROWD / 60).tick()
    assert set((await turns(database)).values()) == {0}


async def test_a_large_one_takes_its_turns_within_the_window(database: Database, clock: FakeClock) -> None:
    await crowd(database)
    clock.set(SLOT + timedelta(seconds=2))
    await planning(database, clock, 2.0).tick()  # three hundred seconds are needed
    post = Post(clock)
    courier = Courier(database, clock, post, Library(database, clock))
    for _ in range(60):
        await courier.drain()
        clock.advance(10)
    assert len(post.taken) == CROWD
    assert all(len(times) == 1 for times in post.taken.values())
    last = max(times[0] for times in post.taken.values())
    assert 200 < last <= 300
    first_minute = sum(times[0] < 60 for times in post.taken.values())
    assert CROWD * 60 / 300 <= first_minute <= CROWD * 60 / 300 * 1.6


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
async def test_a_repeated_tick_and_another_instance_keep_the_turns(database: Database, clock: FakeClock) -> None:
    await crowd(database)
    clock.set(SLOT)
    await planning(database, clock, 2.0).tick()
    before = await turns(database)
    clock.advance(60)
    await planning(database, clock, 0.5).tick()
    assert await turns(database) == before


async def test_a_missed_slot_is_spread_from_now_on(database: Database, clock: FakeClock) -> None:
    await crowd(database)
    clock.set(SLOT + timedelta(minutes=20))
    await planning(database, clock, 2.0).tick()
    found = (await turns(database)).values()
    assert min(found) >= 20 * 60
    assert max(found) <= 25 * 60


async def test_an_audience_that_no_window_holds_is_sent_as_fast_as_it_goes(
    database: Database, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    await crowd(database)
    clock.set(SLOT)
    await planning(database, clock, 0.5).tick()
    assert max((await turns(database)).values()) <= 600
    assert "too many readers for the window" in caplog.text
