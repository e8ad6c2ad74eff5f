"""Lateness: why a digest comes after its window, when there is a reason that readers should know."""

from dataclasses import dataclass
from datetime import timedelta

from digests import heartbeat
from digests.clock import Clock
from digests.editions import Delay, Late
from digests.heartbeat import Silence
from digests.storage import facts
from digests.storage.engine import Database
from digests.storage.instants import instant, seconds
from digests.zones import sound_zone

WINDOW = timedelta(minutes=10)  # what readers are promised: between 08:00 and 08:10
FLOOD_SINCE, FLOOD_UNTIL = "flood_since", "flood_until"  # facts
ASKED_S = 15.0  # how long an answer of the database is good for


@dataclass(frozen=True, slots=True)
class _Reasons:
    """All stretches in which nothing could be sent, and when that was read (monotonic)."""

    known: tuple[tuple[Delay, Silence], ...]
    read_at: float


class Lateness:
    """Explains digests that are sent after their window; asks the database seldom, however many there are."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._reasons: _Reasons | None = None

    async def of(self, slot_at: int, zone: str) -> Late | None:
        """Return why a digest due at a second is late now, in the reader's time; None when it is not, or for nothing.

        Of several reasons the one that took most of the time since then.
        """
        now = seconds(self._clock.now())
        if now - slot_at <= WINDOW.total_seconds():
            return None
        found = [(delay, each) for delay, each in await self._known() if each.overlap(slot_at, now) > 0]
        if not found:
            return None
        delay, longest = max(found, key=lambda reason: reason[1].overlap(slot_at, now))
        local = sound_zone(zone)
        since, until = instant(longest.since).astimezone(local), instant(min(longest.until, now)).astimezone(local)
        return Late(delay=delay, since=since, until=until)

    async def _known(self) -> tuple[tuple[Delay, Silence], ...]:
        at = self._clock.monotonic()
        if self._reasons is None or at - self._reasons.read_at > ASKED_S:
            async with self._database.read() as connection:
                outages = await heartbeat.outages(connection)
                since, until = [await facts.find(connection, name) for name in (FLOOD_SINCE, FLOOD_UNTIL)]
            known = [(Delay.DOWN, each) for each in outages]
            if since and until:
                known.append((Delay.FLOOD, Silence(int(since), int(float(until)))))
            self._reasons = _Reasons(tuple(known), at)
        return self._reasons.known
