"""Settling: the rows of the ledger follow what editors said of a broadcast, some at a time, resumed after a crash."""

from sqlalchemy.ext.asyncio import AsyncConnection

from digests.broadcasts import Audience, Fate, Kind, Told
from digests.clock import Clock
from digests.deliveries import BroadcastId, DeliveryId
from digests.storage import announcements, broadcasts, recalls
from digests.storage.broadcasts import CHUNK, Flags
from digests.storage.engine import Database
from digests.storage.recalls import Served

RECALLED_AT_ONCE = 20
STEPS = 20


class Settler:
    """Does what is left to do for broadcasts whose rows have yet to follow; every step is one short transaction."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def unsettled(self) -> list[BroadcastId]:
        """Return the broadcasts that have something left to do."""
        async with self._database.read() as connection:
            return await broadcasts.unsettled(connection)

    async def settle(self, number: BroadcastId) -> None:
        """Do what can be done for a broadcast now; of a very large one a part, so that others are not kept waiting."""
        for _ in range(STEPS):
            if not await self._step(number):
                return

    async def untold(self, number: BroadcastId) -> bool:
        """Return whether the caller is to tell editors that a broadcast parked itself."""
        async with self._database.write() as connection:
            return await broadcasts.take_untold(connection, number, self._clock.now())

    async def look_for_stuck(self) -> None:
        """Find rows that were put aside at the very moment when the others were let go."""
        async with self._database.write() as connection:
            await broadcasts.find_stuck(connection)

    async def to_recall(self, number: BroadcastId) -> list[Served]:
        """Return messages to take back now; none unless the broadcast was recalled."""
        async with self._database.read() as connection:
            found = await broadcasts.flags(connection, number)
            if found is None or not found.is_recalled:
                return []
            return await recalls.some(connection, number, RECALLED_AT_ONCE)

    async def recalled(self, fates: list[tuple[DeliveryId, Fate]]) -> None:
        """Write what became of messages that were taken back."""
        async with self._database.write() as connection:
            await recalls.note(connection, fates, self._clock.now())

    async def _step(self, number: BroadcastId) -> bool:
        """Change some rows; return whether to go on."""
        now = self._clock.now()
        async with self._database.write() as connection:
            flags = await broadcasts.flags(connection, number, lock=True)
            if flags is None:
                return False
            if flags.is_stopped:
                if await broadcasts.cancel(connection, number, now, CHUNK):
                    return True
                if flags.is_recalled and await broadcasts.is_any_out(connection, number):
                    return False
            elif flags.is_entering:
                audience = await _audience(connection, number)
                await announcements.enter(connection, number, audience, now, CHUNK)
                return True
            elif await self._moved(connection, number, flags):
                return True
            elif not flags.is_paused and self._is_early(flags):
                return False
            await broadcasts.settle(connection, number)
        return False

    async def _moved(self, connection: AsyncConnection, number: BroadcastId, flags: Flags) -> bool:
        reopened = await broadcasts.reopen(connection, number, CHUNK)
        if flags.is_paused or self._is_early(flags):
            return bool(reopened + await broadcasts.hold_back(connection, number, CHUNK))
        return bool(reopened + await broadcasts.let_go(connection, number, CHUNK))

    def _is_early(self, flags: Flags) -> bool:
        return flags.kind is Kind.ANNOUNCEMENT and self._clock.now() < flags.starts_at


async def _audience(connection: AsyncConnection, number: BroadcastId) -> Audience:
    found = await announcements.find(connection, number)
    if found is None or not isinstance(found.content, Told):
        return Audience(found.rubric if found else None)
    return Audience(found.rubric, await announcements.earlier(connection, found.content.article, but=number))
