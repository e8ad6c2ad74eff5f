"""Pricing: what a broadcast costs that goes faster than Telegram lets messages go for nothing."""

import math
from dataclasses import dataclass
from datetime import timedelta

FREE_PER_SECOND = 30  # Bot API, allow_paid_broadcast
PAID_PER_SECOND = 1_000
MESSAGES_A_STAR = 10  # each message over the free ones of its second costs a tenth


@dataclass(frozen=True, slots=True)
class Price:
    """The most that it costs, in Telegram Stars of the bot's balance, and how long it takes then."""

    stars: int
    duration: timedelta


def price(audience: int) -> Price:
    """Return the price of sending to so many readers as fast as Stars allow; 0 when it is no faster than free."""
    seconds = math.ceil(audience / PAID_PER_SECOND)
    charged = max(0, audience - seconds * FREE_PER_SECOND)
    return Price(math.ceil(charged / MESSAGES_A_STAR), timedelta(seconds=max(1, seconds)))
