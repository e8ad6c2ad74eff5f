"""Spreading a hot minute: as much time as it takes, never more than the window, and a line that turns by day."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.lateness import WINDOW
from digests.readers import ReaderId
from digests.spreading import AT_ONCE_S, Spread, place, spread

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(("audience", "per_second"), [(0, 30.0), (1, 30.0), (1_800, 30.0), (10**9, float("inf"))])
def test_what_fits_a_minute_goes_at_once(audience: int, per_second: float) -> None:
    assert spread(audience, per_second) == Spread(0.0)


@given(st.integers(1, 5_000_000), st.floats(0.5, 1000))
def test_turns_come_sooner_than_messages_can_go_and_all_within_the_window(audience: int, per_second: float) -> None:
    chosen = spread(audience, per_second)
    needed = audience / per_second
    assert chosen.seconds < max(needed, AT_ONCE_S)
    assert chosen.seconds < WINDOW.total_seconds()
    assert chosen.is_tight == (needed > WINDOW.total_seconds())
    assert 0 <= chosen.delay_s(ReaderId(audience), TODAY) <= chosen.seconds


@given(st.integers(1, 10**12), st.dates())
def test_a_place_is_stable(reader: int, day: date) -> None:
    assert place(ReaderId(reader), day) == place(ReaderId(reader), day)
    assert 0 <= place(ReaderId(reader), day) < 1


@given(st.integers(0, 10**9), st.integers(1, 50), st.integers(300, 1000))
def test_places_are_even_whoever_is_in_the_line(first: int, step: int, size: int) -> None:
    places = [place(ReaderId(first + step * number), TODAY) for number in range(size)]
    tenths = [sum(tenth / 10 <= at < (tenth + 1) / 10 for at in places) for tenth in range(10)]
    assert max(tenths) <= size / 10 * 1.6
    assert min(tenths) >= size / 10 * 0.4


@given(st.integers(1, 10**9), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_in_a_month_everybody_has_been_early_and_late(reader: int, day: date) -> None:
    places = [place(ReaderId(reader), day + timedelta(days=number)) for number in range(30)]
    assert min(places) < 0.15
    assert max(places) > 0.85
    assert 0.4 < sum(places) / len(places) < 0.6
    assert all(abs(today - tomorrow) > 0.1 for today, tomorrow in pairwise(places))
