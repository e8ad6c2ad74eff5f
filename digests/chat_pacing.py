"""Pacing within a chat: a short burst, then a message a second; twenty a minute in a group, edits among them."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Protocol

from digests.clock import Clock

REMEMBERED = 10_000  # chats; who was served longer ago than so many others owes nothing any more
EDITS_BURST = 30
EDITS_S = 0.5  # between edits in a private chat when the burst is over; nobody reads faster, but some press faster


@dataclass(frozen=True, slots=True)
class Allowance:
    """At most so many within any stretch of so many seconds."""

    most: int
    within_s: float


# A little wider than what Telegram counts, for calls may reach it closer together than they left. Counted over a
# stretch, which a token bucket of the same burst and rate never refuses either.
MESSAGES = Allowance(3, 3.2)
GROUP = Allowance(20, 61.0)


class Meter(Protocol):
    """Counts what goes into one chat."""

    def free(self, now: float) -> float:
        """Return the instant at which one more may go, `now` or later."""
        ...

    def count(self, at: float) -> None:
        """Note one that goes at an instant, which may be still to come."""
        ...


class Stretch:
    """Keeps several allowances at once."""

    __slots__ = ("_allowances", "_times")

    def __init__(self, *allowances: Allowance) -> None:
        self._allowances = allowances
        self._times: tuple[float, ...] = ()  # a deque would take six times the room, ten thousand times over

    def free(self, now: float) -> float:
        """Return when all allowances hold one more."""
        full = [one for one in self._allowances if len(self._times) >= one.most]
        return max([now, *(self._times[-one.most] + one.within_s for one in full)])

    def count(self, at: float) -> None:
        """Note one more."""
        self._times = (*self._times, at)[-max(allowance.most for allowance in self._allowances) :]


class Bucket:
    """Lets a burst pass and then one in every so many seconds."""

    __slots__ = ("_burst_s", "_due", "_every_s")

    def __init__(self, burst: int, every_s: float) -> None:
        self._burst_s = (burst - 1) * every_s
        self._every_s = every_s
        self._due = 0.0  # when the next one would go if they came evenly

    def free(self, now: float) -> float:
        """Return when there is a token."""
        return max(now, self._due - self._burst_s)

    def count(self, at: float) -> None:
        """Take a token."""
        self._due = max(self._due, at) + self._every_s


class ChatPacer:
    """Tells how long the next message to a chat, or the next edit in it, has to wait. Its memory is bounded."""

    def __init__(self, clock: Clock, remembered: int = REMEMBERED) -> None:
        self._clock = clock
        self._remembered = remembered
        self._meters: OrderedDict[tuple[int | str, bool], Meter] = OrderedDict()

    def take(self, chat: int | str, *, is_edit: bool, patience_s: float) -> float:
        """Take the chat's next turn and return the seconds until it comes; if over the patience, none is taken."""
        is_group = not isinstance(chat, int) or chat < 0
        key = chat, is_edit and not is_group
        meter = self._meters.pop(key, None) or _meter(is_group=is_group, is_edit=is_edit)
        now = self._clock.monotonic()
        at = meter.free(now)
        if at - now <= patience_s:
            meter.count(at)
        self._meters[key] = meter  # at the end: the first is the one longest unused
        if len(self._meters) > self._remembered:
            self._meters.popitem(last=False)
        return at - now


def _meter(*, is_group: bool, is_edit: bool) -> Meter:
    if is_group:
        return Stretch(GROUP, MESSAGES)
    return Bucket(EDITS_BURST, EDITS_S) if is_edit else Stretch(MESSAGES)
