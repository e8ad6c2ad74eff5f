"""The demo's time: it runs like any other and can be moved on."""

import time
from datetime import UTC, datetime, timedelta

from digests.clock import SystemClock


class DemoClock(SystemClock):
    """Starts at a given instant, goes on with the real seconds, and jumps forward when told to.

    Only the calendar jumps: `monotonic` and `sleep` are the machine's own, so timeouts and pacing stay real.
    """

    def __init__(self, start: datetime) -> None:
        self._start = start.astimezone(UTC)
        self._began = time.monotonic()

    def now(self) -> datetime:
        """Return the demo's present instant, aware, in UTC."""
        return self._start + timedelta(seconds=time.monotonic() - self._began)

    def jump(self, to: datetime) -> None:
        """Move on to an instant; one that is already past changes nothing, for time never goes back."""
        if to > self.now():
            self._start = to.astimezone(UTC)
            self._began = time.monotonic()


class StoppedClock(SystemClock):
    """Stands at the instant it is given: for writing down what happened before the demo began."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """Return the instant it stands at, in UTC."""
        return self.moment.astimezone(UTC)
