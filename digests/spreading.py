"""Spreading: a slot with more readers than fit its first minute is sent over its window, in an order fair to all."""

import math
from dataclasses import dataclass
from datetime import date

from digests.lateness import WINDOW
from digests.readers import ReaderId

AT_ONCE_S = 60.0
LEAD = 0.8  # turns come a little faster than messages can go, so that the pace is never short of them

# Multiples of an irrational number fill a circle evenly, in whatever number: readers by the first, days by the second.
_WHOLE = 2**64
_READERS = 0x9E3779B97F4A7C15  # the golden ratio's fraction
_DAYS = 0xC13FA9A902A6328F  # 1/ρ, where ρ³ = ρ + 1


@dataclass(frozen=True, slots=True)
class Spread:
    """How long a slot's deliveries take from its instant on (seconds); 0 sends all at once."""

    seconds: float
    is_tight: bool = False  # at this rate the last ones come after the window

    def delay_s(self, reader: ReaderId, local_date: date) -> int:
        """Return for how many whole seconds a reader waits; who waits long today waits less on other days."""
        return int(place(reader, local_date) * self.seconds)


def spread(audience: int, per_second: float) -> Spread:
    """Return how to send to so many at a rate: at once, or over as much of the window as that takes."""
    needed = audience / per_second
    if needed <= AT_ONCE_S:
        return Spread(0.0)
    window = WINDOW.total_seconds()
    return Spread(min(needed * LEAD, window * LEAD), is_tight=needed > window)


def place(reader: ReaderId, local_date: date) -> float:
    """Return a reader's place in the line of a day, from 0 up to 1."""
    turned = (reader * _READERS + local_date.toordinal() * _DAYS) % _WHOLE
    return min(turned / _WHOLE, math.nextafter(1.0, 0.0))
