"""How a server may count messages against a limit."""

from collections import deque
from dataclasses import dataclass
from enum import StrEnum


class Counting(StrEnum):
    """How a server may count messages."""

    NOT = "not at all"
    BUCKET = "token bucket"  # holds a second's worth
    SECONDS = "whole seconds"  # of its own calendar
    OTHER_SECONDS = "whole seconds, another phase"  # of a clock that nobody is told of
    STRETCH = "any second-long stretch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How the server behaves; `penalty_s` is how long all calls fail after a limit was hit."""

    counting: Counting = Counting.NOT
    per_second: float = 30
    penalty_s: float = 5
    latency_ms: tuple[float, float] = (0, 0)  # drawn evenly, all of it before the message is counted


class Limit:
    """Says whether a message still fits; one that does not is not counted."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._level = manners.per_second
        self._seen = 0.0
        self._second = 0
        self._counted = 0
        self._times: deque[float] = deque()

    def admits(self, now: float) -> bool:
        """Count a message at an instant, in seconds since 1970."""
        match self._manners.counting:
            case Counting.NOT:
                return True
            case Counting.BUCKET:
                return self._from_bucket(now)
            case Counting.STRETCH:
                return self._within_stretch(now)
            case Counting.SECONDS:
                return self._within_second(int(now))
            case Counting.OTHER_SECONDS:
                return self._within_second(int(now + 0.4142))

    def _from_bucket(self, now: float) -> bool:
        rate = self._manners.per_second
        self._level = min(rate, self._level + (now - self._seen) * rate)
        self._seen = now
        if self._level < 1 - 1e-9:
            return False
        self._level -= 1
        return True

    def _within_second(self, second: int) -> bool:
        if second != self._second:
            self._second, self._counted = second, 0
        if self._counted >= self._manners.per_second:
            return False
        self._counted += 1
        return True

    def _within_stretch(self, now: float) -> bool:
        while self._times and self._times[0] + 1 <= now:
            self._times.popleft()
        if len(self._times) >= self._manners.per_second:
            return False
        self._times.append(now)
        return True
