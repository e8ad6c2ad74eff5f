"""The pulse of the courier: which instance is sending, known to all of them."""

import json
from dataclasses import dataclass
from datetime import datetime

from digests.clock import Clock
from digests.lateness import FLOOD_UNTIL
from digests.storage import facts
from digests.storage.engine import Database
from digests.storage.instants import instant, seconds

COURIER = "courier"  # the fact's name


@dataclass(frozen=True, slots=True)
class Beat:
    """Who sent last, and when that was."""

    name: str
    at: datetime


class Pulse:
    """Notes that this instance is sending, and says who was the last one that did."""

    def __init__(self, database: Database, clock: Clock, name: str) -> None:
        self._database = database
        self._clock = clock
        self.name = name

    async def beat(self) -> None:
        """Note that this instance has just sent something."""
        value = json.dumps([self.name, seconds(self._clock.now())])
        async with self._database.write() as connection:
            await facts.put(connection, COURIER, value)

    async def last(self) -> Beat | None:
        """Return who sent last; None before the first message."""
        async with self._database.read() as connection:
            found = await facts.find(connection, COURIER)
        if found is None:
            return None
        name, at = json.loads(found)
        return Beat(name, instant(at))

    async def flood_until(self) -> datetime | None:
        """Return when Telegram takes messages again; None when it never refused any."""
        async with self._database.read() as connection:
            found = await facts.find(connection, FLOOD_UNTIL)
        return None if found is None else instant(int(float(found)))
