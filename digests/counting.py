"""Counting: how many messages Telegram may be counting together, whenever on their way it does so.

Between its sending and its answer nobody knows when a message is counted, so evenly spaced ones may arrive in a bunch.
Two guards see to it that a limit of so many a second is kept all the same; the second allows a little more, but takes
Telegram's seconds to be those of its calendar. Times are monotonic seconds.
"""

import math
from collections import deque
from dataclasses import dataclass, field
from itertools import count

OVERDUE_S = 5.0  # an answer that has not come by then will not tell us much any more
LEARNED = 100  # answers before the shortest way is believed
SOON_S = 0.0005  # at the earliest when there is no place now: a rounding must not make it now all the same
SLACK_S = 0.001  # for a server that takes down the time of a message a little late or early
MARGIN = 0.1  # of the way from the shortest to the mean: a still shorter one may come
GENERATION_S = 60.0  # what was learned is forgotten after one to two of these, for routes and clocks change
KEPT = 8  # seconds whose messages are remembered
DRIFT_S = 0.005  # by how much two clocks may part within that time


@dataclass(slots=True)
class InFlight:
    """Messages that were sent and not answered yet, by their numbers, oldest first."""

    _sent: dict[int, float] = field(default_factory=dict)
    _numbers: "count[int]" = field(default_factory=count)

    def __len__(self) -> int:
        return len(self._sent)

    def add(self, now: float) -> int:
        """Return the number of a message sent now."""
        number = next(self._numbers)
        self._sent[number] = now
        return number

    def take(self, number: int) -> float | None:
        """Return when a message was sent, now that its answer is there; None when it was given up before."""
        return self._sent.pop(number, None)

    def give_up(self, now: float) -> int:
        """Forget those whose answers are overdue, and return how many."""
        overdue = 0
        while self._sent and (oldest := next(iter(self._sent.items())))[1] + OVERDUE_S <= now:
            del self._sent[oldest[0]]
            overdue += 1
        return overdue

    @property
    def overdue_at(self) -> float:
        """When the oldest will be overdue."""
        return next(iter(self._sent.values()), math.inf) + OVERDUE_S


class Recent:
    """The least of what was seen within the last one or two generations."""

    def __init__(self) -> None:
        self._now = self._before = math.inf
        self._since = -math.inf

    @property
    def least(self) -> float:
        """The least value; infinity when there was none."""
        return min(self._now, self._before)

    def see(self, value: float, now: float) -> None:
        """Take a value into account."""
        if now - self._since > GENERATION_S:
            self._before, self._now, self._since = self._now, math.inf, now
        self._now = min(self._now, value)


class Stretch:
    """Lets no second-long stretch of Telegram's time hold more than the limit, wherever it begins.

    A message sent at s is counted no earlier than s plus the shortest way there, one answered at r no later than r
    minus the shortest way back, and the two ways together are the shortest time an answer took. So a message keeps
    its place until r + 1 s - that time. No assumption about seconds, clocks or latency is made beyond it.
    """

    def __init__(self, most: int, flying: InFlight) -> None:
        self._most = most
        self._flying = flying
        self._answered: deque[float] = deque()
        self._shortest = Recent()
        self._mean = 0.0
        self._seen = 0

    def answered(self, sent: float, now: float, *, is_usual: bool) -> None:
        """Take an answer into account; one that is not usual says nothing about how long answers take."""
        self._answered.append(now)
        self._forget(now, -SLACK_S)
        if is_usual:
            took = now - sent
            self._shortest.see(took, now)
            self._mean = took if not self._seen else self._mean + (took - self._mean) * 0.02
            self._seen += 1

    def free_at(self, now: float) -> float:
        """Return when there is a place for one more."""
        way = self._way_s()
        self._forget(now, way)
        if len(self._answered) + len(self._flying) < self._most:
            return now
        return max(
            min(self._answered[0] + 1 - way if self._answered else math.inf, self._flying.overdue_at), now + SOON_S
        )

    def _forget(self, now: float, way: float) -> None:
        while self._answered and self._answered[0] + 1 - way <= now:
            self._answered.popleft()

    def _way_s(self) -> float:
        if self._seen < LEARNED:
            return -SLACK_S
        shortest = self._shortest.least
        return max(0.0, shortest - MARGIN * max(0.0, self._mean - shortest)) - SLACK_S


class Seconds:
    """Lets no second of Telegram's calendar hold more than the limit.

    Every answer says in which second its message was counted. That, sent and answered, also tells when Telegram's
    seconds begin: its clock is ahead of ours by no less than second - answered, and by less than second + 1 - sent.
    """

    def __init__(self, most: int, flying: InFlight) -> None:
        self._most = most
        self._flying = flying
        self._counted: dict[int, int] = {}
        self._ahead_at_least = Recent()  # negated
        self._ahead_at_most = Recent()

    @property
    def is_sound(self) -> bool:
        """Whether the answers seen so far can come from one clock, and its seconds are known."""
        least, most = -self._ahead_at_least.least, self._ahead_at_most.least
        return least > -math.inf and least - DRIFT_S <= most + DRIFT_S

    def answered(self, sent: float, now: float, second: int) -> None:
        """Take an answer into account that tells the second."""
        self._ahead_at_least.see(now - second, now)
        self._ahead_at_most.see(second + 1 - sent, now)
        self._count(second)

    def lost(self, sent: float, now: float) -> None:
        """Take into account that a message may have been counted at any time since it was sent."""
        if self.is_sound:
            earliest = math.floor(sent - self._ahead_at_least.least)
            latest = math.floor(now + self._ahead_at_most.least)
            for second in {earliest, latest}:
                self._count(second)

    def free_at(self, now: float) -> float:
        """Return when one more fits into the second that it may be counted in first."""
        ahead = -self._ahead_at_least.least - DRIFT_S
        first = math.floor(now + ahead)
        fullest = max((number for second, number in self._counted.items() if second >= first), default=0)
        if fullest + len(self._flying) < self._most:
            return now
        return max(first + 1 - ahead, now + SOON_S)

    def _count(self, second: int) -> None:
        self._counted[second] = self._counted.get(second, 0) + 1
        while len(self._counted) > KEPT:
            del self._counted[min(self._counted)]


class Tally:
    """Messages on their way and those answered lately, kept below so many a second."""

    def __init__(self, most: int) -> None:
        self._flying = InFlight()
        self._stretch = Stretch(most, self._flying)
        self._seconds = Seconds(most, self._flying)

    def sent(self, now: float) -> int:
        """Take a message into account that leaves now; return the number that its answer is told by."""
        return self._flying.add(now)

    def answered(self, number: int, now: float, second: int | None) -> None:
        """Take the answer to a message into account: it was counted, in that second of Telegram's if it says so."""
        sent = self._flying.take(number)
        if sent is None:
            return
        self._stretch.answered(sent, now, is_usual=True)
        if second is None:
            self._seconds.lost(sent, now)
        else:
            self._seconds.answered(sent, now, second)

    def failed(self, number: int, now: float) -> None:
        """Take into account that nobody knows whether a message was counted."""
        sent = self._flying.take(number)
        if sent is not None:
            self._stretch.answered(sent, now, is_usual=False)
            self._seconds.lost(sent, now)

    def free_at(self, now: float, *, by_seconds: bool) -> float:
        """Return when one more may be sent: now when it may at once, else when to ask again."""
        self._flying.give_up(now)
        if by_seconds and self._seconds.is_sound:
            return self._seconds.free_at(now)
        return self._stretch.free_at(now)
