"""Watching broadcasts: one that meets refusal after refusal parks itself before it spoils the rest."""

from collections import deque
from dataclasses import dataclass, field

from digests.broadcasts import Pause
from digests.deliveries import BroadcastId, DeliveryState, Result

RUN = 20  # refusals one after another: more likely our own text, or our token, than the readers
MINUTE_S = 60.0
SHARE = 0.05  # of a minute's messages
SAMPLE = 100  # messages below which a share says little
# A reader who blocked the bot is no error; a reader whom the bot never met is one, when all are like that: the
# database belongs to another bot.
FOREIGN = ("never_started", "chat_not_found")
LEDGERS = 64  # broadcasts kept in mind


@dataclass(slots=True)
class _Seconds:
    """Messages of a second, and how many of them failed."""

    at: int
    messages: int = 0
    failed: int = 0


@dataclass(slots=True)
class _Seen:
    run: int = 0
    window: deque[_Seconds] = field(default_factory=deque)
    messages: int = 0  # of the window, as the next
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Alarm:
    """Why a broadcast is to rest, and the percent that failed within the last minute."""

    why: Pause
    share: int


class Watch:
    """Keeps count of what broadcasts meet. Losing the counts, as a restart does, costs a minute's watch."""

    def __init__(self) -> None:
        self._seen: dict[BroadcastId, _Seen] = {}

    def note(self, result: Result, now: float) -> Alarm | None:
        """Take a result into account, `now` in monotonic seconds; return an alarm once, then count anew."""
        if result.state is DeliveryState.PENDING or result.state is DeliveryState.SKIPPED:
            return None
        number = result.claim.broadcast
        seen = self._seen.setdefault(number, _Seen())
        if len(self._seen) > LEDGERS:
            del self._seen[next(iter(self._seen))]
        failed = result.state is DeliveryState.FAILED
        foreign = result.state is DeliveryState.GONE and result.reason in FOREIGN
        seen.run = seen.run + 1 if failed or foreign else 0
        _count(seen, int(now), failed)
        alarm = self._judged(seen)
        if alarm:
            self._seen.pop(number, None)
        return alarm

    def _judged(self, seen: _Seen) -> Alarm | None:
        percent = round(100 * seen.failed / seen.messages)
        if seen.run >= RUN:
            return Alarm(Pause.REFUSALS, percent)
        if seen.messages >= SAMPLE and seen.failed > seen.messages * SHARE:
            return Alarm(Pause.ERRORS, percent)
        return None


def _count(seen: _Seen, now: int, failed: bool) -> None:
    """Count one more message, and forget those of more than a minute ago."""
    window = seen.window
    while window and window[0].at <= now - MINUTE_S:
        past = window.popleft()
        seen.messages -= past.messages
        seen.failed -= past.failed
    if not window or window[-1].at != now:
        window.append(_Seconds(now))
    window[-1].messages += 1
    window[-1].failed += failed
    seen.messages += 1
    seen.failed += failed
