"""Pacing: evenly, the urgent first, and not at all while Telegram says so."""

import asyncio
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.pacing import CLIMB_S, FLOOR, SHARE, Lane, Pacer, Rate
from tests.clocks import FakeClock

FOREVER = 1e9
LIMIT = 30.0
INTERVAL = 1 / (LIMIT * SHARE)


async def pass_through(pacer: Pacer, clock: FakeClock, lane: Lane, passed: list[tuple[Lane, float]]) -> None:
    assert await pacer.turn(lane, FOREVER) == 0
    passed.append((lane, clock.monotonic()))


async def crowd(pacer: Pacer, clock: FakeClock, lanes: list[Lane]) -> list[tuple[Lane, float]]:
    """Let so many come at once; return who passed, and when."""
    passed: list[tuple[Lane, float]] = []
    async with asyncio.TaskGroup() as tasks:
        for lane in lanes:
            tasks.create_task(pass_through(pacer, clock, lane, passed))
    return passed


async def test_a_broadcast_goes_out_evenly_a_little_below_the_limit() -> None:
    clock = FakeClock()
    passed = await crowd(Pacer(clock, LIMIT), clock, [Lane.DIGEST] * 300)
    gaps = [later - earlier for (_, earlier), (_, later) in pairwise(passed)]
    assert min(gaps) == pytest.approx(INTERVAL)
    assert max(gaps) == pytest.approx(INTERVAL)


@pytest.mark.parametrize("length", [1.0, 0.5, 10.0])
async def test_no_stretch_of_time_holds_more_than_the_limit(length: float) -> None:
    clock = FakeClock()
    pacer = Pacer(clock, LIMIT)
    passed = await crowd(pacer, clock, [Lane.DIGEST] * 100 + [Lane.TAP] * 3 + [Lane.DIGEST] * 100)
    times = [at for _, at in passed]
    most = max(sum(1 for at in times if start <= at < start + length) for start in times)
    assert most <= LIMIT * length


async def test_a_tap_in_the_middle_of_a_broadcast_goes_at_once() -> None:
    clock = FakeClock()
    pacer = Pacer(clock, LIMIT)
    for _ in range(10):
        await pacer.turn(Lane.DIGEST, FOREVER)
    before = clock.monotonic()
    await pacer.turn(Lane.TAP, FOREVER)
    assert clock.monotonic() == before
    await pacer.turn(Lane.DIGEST, FOREVER)
    assert clock.monotonic() - before == pytest.approx(2 * INTERVAL)  # the slot was borrowed, not added


async def test_after_a_rest_there_is_no_burst() -> None:
    clock = FakeClock()
    pacer = Pacer(clock, LIMIT)
    await pacer.turn(Lane.DIGEST, FOREVER)
    clock.advance(3600)
    passed = await crowd(pacer, clock, [Lane.DIGEST] * 10)
    assert passed[-1][1] - passed[0][1] == pytest.approx(9 * INTERVAL, abs=0.011)


async def test_waking_late_does_not_lower_a_high_rate() -> None:
    clock = FakeClock()
    pacer = Pacer(clock, 1000)
    start = clock.monotonic()
    for _ in range(2000):
        await pacer.turn(Lane.DIGEST, FOREVER)
        clock.advance(0.0003)  # what a real loop loses
    assert 2000 / (clock.monotonic() - start) >= 1000 * SHARE * 0.99


async def test_nothing_passes_while_held() -> None:
    clock = FakeClock()
    pacer = Pacer(clock, LIMIT)
    pacer.hold(5)
    start = clock.monotonic()
    passed = await crowd(pacer, clock, [Lane.DIGEST, Lane.TAP])
    assert min(at for _, at in passed) >= start + 5
    pacer.hold(7)
    assert await pacer.clear(FOREVER) == 0
    assert pacer.held_s == 0


async def test_a_hold_only_grows() -> None:
    clock = FakeClock()
    pacer = Pacer(clock, LIMIT)
    pacer.hold(60)
    pacer.hold(5)
    assert pacer.held_s == pytest.approx(60)


async def test_who_cannot_wait_that_long_is_told_how_long_it_is() -> None:
    clock = FakeClock()
    pacer = Pacer(clock, LIMIT)
    pacer.hold(600)
    before = clock.monotonic()
    assert await pacer.turn(Lane.DIGEST, 1.0) == pytest.approx(600)
    assert await pacer.clear(1.0) == pytest.approx(600)
    assert clock.monotonic() == before


class StuckClock(FakeClock):
    """A clock whose sleepers wake when the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.awake = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        await self.awake.wait()
        self.advance(seconds)


async def test_the_urgent_go_first() -> None:
    clock = StuckClock()
    pacer = Pacer(clock, LIMIT)
    passed: list[tuple[Lane, float]] = []
    async with asyncio.TaskGroup() as tasks:
        for lane in (Lane.DIGEST, Lane.DIGEST, Lane.EDITOR, Lane.TAP, Lane.DIGEST, Lane.TAP):
            tasks.create_task(pass_through(pacer, clock, lane, passed))
        await asyncio.sleep(0)
        clock.awake.set()
    assert [lane for lane, _ in passed] == [
        Lane.DIGEST,  # nobody else was there yet
        Lane.TAP,  # borrowed the next slot
        Lane.TAP,
        Lane.EDITOR,
        Lane.DIGEST,
        Lane.DIGEST,
    ]


async def test_a_hold_sends_those_away_who_are_waiting_already() -> None:
    clock = StuckClock()
    pacer = Pacer(clock, LIMIT)
    await pacer.turn(Lane.DIGEST, 1.0)
    async with asyncio.TaskGroup() as tasks:
        waiting = [tasks.create_task(pacer.turn(Lane.DIGEST, 1.0)) for _ in range(3)]
        await asyncio.sleep(0)
        pacer.hold(600)
        clock.awake.set()
    assert all(task.result() > 500 for task in waiting)


async def test_who_is_cancelled_leaves_the_line_to_the_next() -> None:
    clock = StuckClock()
    pacer = Pacer(clock, LIMIT)
    await pacer.turn(Lane.DIGEST, 1.0)
    async with asyncio.TaskGroup() as tasks:
        first, second, third = (tasks.create_task(pacer.turn(Lane.DIGEST, 1.0)) for _ in range(3))
        await asyncio.sleep(0)
        second.cancel()
        first.cancel()
        await asyncio.sleep(0)
        clock.awake.set()
    assert third.result() == 0


def test_a_refusal_lowers_the_rate_and_time_restores_it() -> None:
    rate = Rate(30)
    assert rate.at(0) == pytest.approx(30 * SHARE)
    rate.lower(100, 105)
    lowered = rate.at(105)
    assert lowered == pytest.approx(30 * SHARE * 0.7)
    for now in (101, 104):
        rate.lower(now, now + 5)  # of the same burst
    assert rate.at(109) == pytest.approx(lowered)
    assert lowered < rate.at(109 + CLIMB_S / 10) < 30 * SHARE
    assert rate.at(109 + CLIMB_S) == pytest.approx(30 * SHARE)


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 600)), max_size=40))
def test_the_rate_stays_between_its_bounds(refusals: list[tuple[float, float]]) -> None:
    rate = Rate(30)
    now = 0.0
    for pause, wait in refusals:
        now += pause
        rate.lower(now, now + wait)
        assert 30 * FLOOR <= rate.at(now) <= 30 * SHARE


@given(st.lists(st.tuples(st.sampled_from(list(Lane)), st.floats(0, 0.5)), max_size=60))
async def test_however_they_come_all_pass_and_no_faster_than_the_limit(arrivals: list[tuple[Lane, float]]) -> None:
    clock = FakeClock()
    pacer = Pacer(clock, LIMIT)
    times = []
    for lane, pause in arrivals:
        clock.advance(pause)
        assert await pacer.turn(lane, FOREVER) == 0
        times.append(clock.monotonic())
    for earlier, later in zip(times, times[3:], strict=False):
        assert later - earlier >= 2 * INTERVAL - 0.011  # a borrowed slot and ten milliseconds made good
