"""A clock that stands still until it is told otherwise."""

import asyncio
from datetime import UTC, datetime, timedelta


class FakeClock:
    """Time that moves only by `advance` or by sleeping on it: a sleeper wakes at once and time has passed."""

    def __init__(self, now: datetime = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)) -> None:
        self._now = now
        self._monotonic = 1000.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    async def sleep(self, seconds: float) -> None:
        self.advance(seconds)
        await asyncio.sleep(0)

    def advance(self, seconds: float) -> None:
        """Let so many seconds pass."""
        self._now += timedelta(seconds=seconds)
        self._monotonic += seconds

    def set(self, now: datetime) -> None:
        """Jump to an instant, as a corrected system clock does; monotonic time does not jump."""
        self._now = now
