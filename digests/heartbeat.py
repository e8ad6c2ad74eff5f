"""The heartbeat: a row that every tick renews, so that afterwards a silence is known for what it was."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from digests.clock import Clock
from digests.storage import facts
from digests.storage.engine import Database
from digests.storage.instants import instant, seconds

HEARTBEAT, OUTAGES, INCIDENT = "heartbeat", "outages", "incident"  # facts
STALLED_S = 180  # ticks are a minute apart
KEPT = 8  # outages; a morning seldom has more


@dataclass(frozen=True, slots=True)
class Silence:
    """A stretch in which nothing was planned or sent, in seconds since 1970."""

    since: int
    until: int

    def overlap(self, since: int, until: int) -> int:
        """Return for how many seconds of another stretch it lasted."""
        return min(self.until, until) - max(self.since, since)


@dataclass(frozen=True, slots=True)
class Incident:
    """What owners are to be told once: the silence, or a tick that took long, and what came of it."""

    since: int
    until: int
    is_slow: bool = False  # the program ran, but a tick took too long
    planned: int = 0
    missed: int = 0

    @property
    def began(self) -> datetime:
        """When it began."""
        return instant(self.since)

    @property
    def ended(self) -> datetime:
        """When it was over."""
        return instant(self.until)


class Heart:
    """Beats at both ends of every tick.

    A silence is what the row says, unless this very process has lived through it: then the calendar was set, and
    nobody was kept waiting.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._beaten: float | None = None  # monotonic

    async def begin(self) -> None:
        """Note that a tick begins, and for how long there was none if that is too long."""
        async with self._database.write() as connection:
            silence = await self._beat(connection)
            if silence:
                known = [*await outages(connection), silence][-KEPT:]
                await facts.put(connection, OUTAGES, json.dumps([[each.since, each.until] for each in known]))
                await _put(connection, Incident(silence.since, silence.until))

    async def end(self, planned: int, missed: int) -> None:
        """Note that a tick is over and what it did: deliveries planned, slots missed by too much."""
        async with self._database.write() as connection:
            slow = await self._beat(connection)
            incident = await _incident(connection)
            if incident is None and slow:
                incident = Incident(slow.since, slow.until, is_slow=True)
            if incident and (planned or missed or slow):
                planned, missed = incident.planned + planned, incident.missed + missed
                await _put(connection, replace(incident, planned=planned, missed=missed))

    async def incident(self) -> Incident | None:
        """Return what owners have not been told of yet."""
        async with self._database.read() as connection:
            return await _incident(connection)

    async def told(self) -> None:
        """Note that owners know."""
        async with self._database.write() as connection:
            await _put(connection, None)

    async def _beat(self, connection: AsyncConnection) -> Silence | None:
        now, lived = seconds(self._clock.now()), self._clock.monotonic()
        last = int(await facts.find(connection, HEARTBEAT) or now)
        await facts.put(connection, HEARTBEAT, str(now))
        was_here = self._beaten is not None and lived - self._beaten <= STALLED_S
        self._beaten = lived
        return Silence(last, now) if now - last > STALLED_S and not was_here else None


async def outages(connection: AsyncConnection) -> list[Silence]:
    """Return the last silences, the oldest first."""
    return [Silence(*each) for each in json.loads(await facts.find(connection, OUTAGES) or "[]")]


async def _incident(connection: AsyncConnection) -> Incident | None:
    found = json.loads(await facts.find(connection, INCIDENT) or "null")
    return Incident(**found) if found else None


async def _put(connection: AsyncConnection, incident: Incident | None) -> None:
    await facts.put(connection, INCIDENT, json.dumps(asdict(incident) if incident else None))
