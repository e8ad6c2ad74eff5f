"""Time as the program sees it: one protocol, so that tests and the demo can move it."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Protocol

# What CLOCK_MONOTONIC leaves out on Linux, a suspended host, is time that readers have waited through.
_ELAPSED: int | None = getattr(time, "CLOCK_BOOTTIME", None)


class Clock(Protocol):
    """What the program may ask of time."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Return seconds from an arbitrary start; never goes back, and counts the time that the machine slept."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait for so many seconds of this clock."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds from an arbitrary start; on Linux they go on while the machine sleeps."""
        return time.clock_gettime(_ELAPSED) if _ELAPSED is not None else time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait for so many seconds."""
        await asyncio.sleep(seconds)
