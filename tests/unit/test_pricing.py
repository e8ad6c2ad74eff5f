"""The price of going faster: thirty a second are free, the others cost a tenth of a Star each."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.pricing import FREE_PER_SECOND, MESSAGES_A_STAR, Price, price


@pytest.mark.parametrize(
    ("audience", "stars", "seconds"),
    [(0, 0, 1), (30, 0, 1), (31, 1, 1), (1_000, 97, 1), (1_001, 95, 2), (100_000, 9_700, 100)],
)
def test_the_price_of_an_audience(audience: int, stars: int, seconds: int) -> None:
    assert price(audience) == Price(stars, timedelta(seconds=seconds))


@given(st.integers(0, 10_000_000))
def test_it_never_costs_more_than_every_message_would(audience: int) -> None:
    found = price(audience)
    assert 0 <= found.stars <= -(-audience // MESSAGES_A_STAR)
    assert (found.stars == 0) == (audience <= FREE_PER_SECOND)
