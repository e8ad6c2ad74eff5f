"""Time that is never waited for: an event loop whose clock jumps to the next timer, for code that does no real I/O."""

import asyncio
import selectors
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

T = TypeVar("T")
START = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


class _Jumping(selectors.SelectSelector):
    """Waits for nothing and says how long it would have waited."""

    def __init__(self) -> None:
        super().__init__()
        self.passed = 0.0

    # Any: a selector's events, of which there are none here but the loop's own wake-ups.
    def select(self, timeout: float | None = None) -> Any:
        """Let the time pass at once."""
        if timeout is None:
            raise RuntimeError("everything waits and no timer is set")
        self.passed += max(0.0, timeout)
        return super().select(0)


class VirtualLoop(asyncio.SelectorEventLoop):
    """The loop; its time is how long it would have waited so far."""

    def __init__(self) -> None:
        self._jumping = _Jumping()
        super().__init__(self._jumping)
        self._clock_resolution = 1e-9

    def time(self) -> float:
        """Return the seconds passed."""
        return self._jumping.passed


class VirtualClock:
    """digests.clock.Clock by the running loop."""

    def now(self) -> datetime:
        """Return the present instant."""
        return START + timedelta(seconds=self.monotonic())

    def monotonic(self) -> float:
        """Return the loop's time."""
        return asyncio.get_running_loop().time()

    async def sleep(self, seconds: float) -> None:
        """Wait for so many seconds, which takes none."""
        await asyncio.sleep(seconds)


# Any: of a coroutine only the result matters.
def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in virtual time."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(work)
