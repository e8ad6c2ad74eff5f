"""The demo's clock goes on by itself, jumps forward and never goes back."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.demo.clock import DemoClock, StoppedClock

EVENING = datetime(2026, 11, 22, 18, 30, tzinfo=ZoneInfo("Europe/Moscow"))
A_MOMENT = timedelta(seconds=30)


def test_it_starts_where_it_is_told_and_goes_on() -> None:
    clock = DemoClock(EVENING)
    first = clock.now()
    second = clock.now()
    assert EVENING <= first <= second < EVENING + A_MOMENT
    assert first.tzinfo is UTC


def test_a_jump_lands_on_the_instant_and_time_goes_on_from_there() -> None:
    clock = DemoClock(EVENING)
    morning = EVENING + timedelta(hours=13, minutes=30)
    clock.jump(morning)
    assert morning <= clock.now() < morning + A_MOMENT


def test_a_jump_back_changes_nothing() -> None:
    clock = DemoClock(EVENING)
    clock.jump(EVENING - timedelta(days=1))
    assert clock.now() >= EVENING


def test_a_jump_leaves_timeouts_alone() -> None:
    clock = DemoClock(EVENING)
    before = clock.monotonic()
    clock.jump(EVENING + timedelta(days=300))
    assert clock.monotonic() - before < A_MOMENT.total_seconds()


def test_a_stopped_clock_stands_where_it_is_put() -> None:
    clock = StoppedClock(EVENING)
    assert clock.now() == EVENING
    clock.moment = EVENING - timedelta(days=6)
    assert clock.now() == EVENING - timedelta(days=6)
