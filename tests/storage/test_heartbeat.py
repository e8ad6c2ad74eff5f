"""The heartbeat's row: silences are known by what two ticks say, on either database and for several instances."""

from datetime import timedelta

from digests import heartbeat
from digests.heartbeat import KEPT, STALLED_S, Heart, Incident
from digests.storage.engine import Database
from digests.storage.instants import seconds
from tests.clocks import FakeClock


async def tick(heart: Heart, planned: int = 0, missed: int = 0) -> Incident | None:
    await heart.begin()
    await heart.end(planned, missed)
    return await heart.incident()


async def test_the_first_start_and_regular_ticks_are_no_incident(database: Database, clock: FakeClock) -> None:
    heart = Heart(database, clock)
    for _ in range(5):
        assert await tick(heart, planned=3) is None
        clock.advance(60)


async def test_a_silence_is_one_incident_until_it_is_told(database: Database, clock: FakeClock) -> None:
    began = seconds(clock.now())
    await tick(Heart(database, clock))
    clock.advance(STALLED_S + 1)
    heart = Heart(database, clock)
    until = seconds(clock.now())
    assert await tick(heart, planned=2, missed=1) == Incident(began, until, planned=2, missed=1)
    clock.advance(60)
    assert await tick(heart) == Incident(began, until, planned=2, missed=1)
    await heart.told()
    clock.advance(60)
    assert await tick(heart) is None


async def test_another_instance_that_worked_meanwhile_makes_it_no_silence(database: Database, clock: FakeClock) -> None:
    one, other = Heart(database, clock), Heart(database, clock)
    await tick(one)
    for _ in range(10):
        clock.advance(60)
        await tick(other)
    assert await tick(one) is None


async def test_a_tick_that_takes_long_is_an_incident_but_no_outage(database: Database, clock: FakeClock) -> None:
    heart = Heart(database, clock)
    await heart.begin()
    clock.advance(STALLED_S + 60)
    await heart.end(1_000_000, 0)
    found = await heart.incident()
    assert found is not None
    assert found.is_slow
    async with database.read() as connection:
        assert await heartbeat.outages(connection) == []


async def test_a_clock_set_back_is_no_silence(database: Database, clock: FakeClock) -> None:
    await tick(Heart(database, clock))
    clock.set(clock.now() - timedelta(days=1))
    assert await tick(Heart(database, clock)) is None


async def test_only_the_last_outages_are_kept(database: Database, clock: FakeClock) -> None:
    for _ in range(KEPT + 3):
        await tick(Heart(database, clock))
        clock.advance(STALLED_S + 60)
    async with database.read() as connection:
        known = await heartbeat.outages(connection)
    assert len(known) == KEPT
    assert known[-1].until > known[0].until
