"""Putting the cards of broadcasts together: what the rows say, how fast it goes, and who is sending."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.i18n import Translator
from bot.views import broadcasts as view
from bot.views.broadcasts import REPORTED, Watched
from bot.views.view import View
from digests.broadcasting import Broadcasts
from digests.broadcasts import Phase, Progress
from digests.clock import Clock
from digests.deliveries import BroadcastId
from digests.pricing import Price, price
from digests.pulse import Pulse

MEASURED_S = 4.0  # a shorter stretch says little about the speed
REMEMBERED = 64  # broadcasts
RECENT = timedelta(seconds=30)  # another instance that sent since then is at work
OVER = (Phase.STOPPED, Phase.RECALLED, Phase.FINISHED)


@dataclass(slots=True)
class _Mark:
    """How far a broadcast had come at an instant (monotonic seconds), and its speed up to then."""

    at: float
    done: int
    speed: float | None = None


class Watching:
    """Makes cards. Speeds are measured between looks and kept in memory; losing them costs a few seconds."""

    def __init__(
        self, broadcasts: Broadcasts, pulse: Pulse, clock: Clock, rate: Callable[[], float], *, may_pay: bool = False
    ) -> None:
        """Take what says the present rate, and whether editors may pay Telegram Stars for a higher one."""
        self._broadcasts = broadcasts
        self._pulse = pulse
        self._clock = clock
        self._rate = rate
        self.may_pay = may_pay
        self._marks: dict[BroadcastId, _Mark] = {}

    def price(self, audience: int) -> Price | None:
        """Return what it costs to send to so many faster; None when nobody may pay, or nothing would be faster."""
        found = price(audience)
        return found if self.may_pay and found.stars else None

    @property
    def rate(self) -> float:
        """How many messages a second may go out at present."""
        return self._rate()

    async def card(self, t: Translator, number: BroadcastId, now: datetime) -> tuple[View, bool]:
        """Return the card, and whether it is the last: nothing more will happen. `now` is local to who looks."""
        watched = await self.watched(number, now)
        is_over = watched.phase in OVER and not watched.progress.open
        return view.card(t, watched), is_over

    async def watched(self, number: BroadcastId, now: datetime) -> Watched:
        """Return all that a card tells. Raises BroadcastMissing."""
        progress = await self._broadcasts.progress(number)
        beat = await self._pulse.last()
        is_reported = progress.phase(now) in REPORTED
        began = max(progress.starts_at, progress.created_at)
        since = max(beat.at, began) if beat else began
        is_other = beat is not None and beat.name != self._pulse.name and now - beat.at <= RECENT
        return Watched(
            progress=progress,
            now=now,
            rate=self._speed(progress) or self._rate(),
            flood_until=await self._pulse.flood_until(),
            worker=beat.name if beat and is_other else "",
            idle=now - since,
            reasons=await self._broadcasts.reasons(number) if is_reported else {},
            fates=await self._broadcasts.fates(number) if progress.recalled else {},
        )

    def _speed(self, progress: Progress) -> float | None:
        """Return how many messages a second went out since the last look that was long enough ago."""
        at, mark = self._clock.monotonic(), self._marks.pop(progress.id, None)
        if mark is None:
            mark = _Mark(at, progress.done)
        elif at - mark.at >= MEASURED_S:
            mark = _Mark(at, progress.done, max(0, progress.done - mark.done) / (at - mark.at))
        self._marks[progress.id] = mark
        if len(self._marks) > REMEMBERED:
            del self._marks[next(iter(self._marks))]
        return mark.speed
