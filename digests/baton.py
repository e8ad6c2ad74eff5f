"""The baton: of several instances on one database one sends, so that together they keep to Telegram's rate.

It is a lease, renewed as messages are claimed. Whoever finds it run out takes it; the others stand by. Nothing hangs on
it but the pace: that nobody gets anything twice is the ledger's doing.
"""

import json
import os
import socket
from contextlib import suppress
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from digests.clock import Clock
from digests.errors import DatabaseUnusable
from digests.storage import facts
from digests.storage.engine import Database, alone
from digests.storage.instants import seconds

BATON = "baton"  # the fact's name
LEASE = timedelta(seconds=10)  # how long messages wait at most when the instance that sends dies
RENEW_S = 3.0


class Baton:
    """What an instance must hold to send to readers."""

    def __init__(self, database: Database, clock: Clock, name: str) -> None:
        """Take the instance's name, `host:pid`."""
        self._database = database
        self._clock = clock
        self._name = name
        self._renew_at: float | None = None  # monotonic; None while another holds it

    async def held(self, connection: AsyncConnection) -> bool:
        """Return whether this instance may send; takes or renews the lease if need be, so `connection` writes."""
        lived = self._clock.monotonic()
        if self._renew_at is not None and lived < self._renew_at:
            return True
        await alone(connection, BATON)
        now = seconds(self._clock.now())
        if not self._is_free(await facts.find(connection, BATON), now):
            self._renew_at = None
            return False
        await facts.put(connection, BATON, json.dumps([self._name, now + int(LEASE.total_seconds())]))
        self._renew_at = lived + RENEW_S
        return True

    async def take(self) -> bool:
        """Return whether this instance may send, in a transaction of its own."""
        async with self._database.write() as connection:
            return await self.held(connection)

    async def give(self) -> None:
        """Let others have it at once; a database that cannot be used now lets it run out instead."""
        if self._renew_at is None:
            return
        self._renew_at = None
        with suppress(DatabaseUnusable):
            async with self._database.write() as connection:
                await alone(connection, BATON)
                if self._holder(await facts.find(connection, BATON))[0] == self._name:
                    await facts.put(connection, BATON, json.dumps(["", 0]))

    def _is_free(self, value: str | None, now: int) -> bool:
        holder, until = self._holder(value)
        is_live = (
            now < until <= now + LEASE.total_seconds()
        )  # a later end was written by a clock that was set back since
        return holder == self._name or not is_live or _is_dead(holder)

    def _holder(self, value: str | None) -> tuple[str, int]:
        holder, until = json.loads(value or '["", 0]')
        return str(holder), int(until)


def own_name() -> str:
    """Return what this process is called among the instances."""
    return f"{socket.gethostname()}:{os.getpid()}"


def _is_dead(name: str) -> bool:
    """Return whether an instance was a process of this machine that is no more, so that a restart need not wait."""
    host, _, process = name.rpartition(":")
    if host != socket.gethostname() or not process.isdigit():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        pass
    return False
