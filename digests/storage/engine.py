"""The way into the database: one writer and many readers on SQLite, a pool on PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from sqlalchemy import URL, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from digests.storage.connecting import BUSY_TIMEOUT_S, engines, parsed, where
from digests.storage.faults import unreachable, unusable

APPLICATION_ID = 0x53564F44  # "SVOD", so that `file` and we know our own databases


class Database:
    """An open database. Reads see what is committed; a write is one transaction, all or nothing."""

    def __init__(self, address: URL, writer: AsyncEngine, reader: AsyncEngine) -> None:
        self.dialect = writer.dialect.name
        self.where = where(address)
        self._writer = writer
        self._reader = reader
        self._turn = asyncio.Lock()
        self._writing: asyncio.Task[Any] | None = None  # Any: a task's result is of no interest here

    @classmethod
    @asynccontextmanager
    async def opened(cls, url: str, *, busy_timeout_s: float = BUSY_TIMEOUT_S) -> AsyncIterator["Database"]:
        """Open the database and close every connection at the end; a missing SQLite file is made, with its folder.

        Raises DatabaseUnusable when it cannot be reached, read or written.
        """
        address = parsed(url)
        async with engines(address, busy_timeout_s) as (writer, reader):
            database = cls(address, writer, reader)
            async with database.write() as connection:
                await mark(connection)  # a real write: on a read-only file a transaction begins without complaint
            yield database

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Lend a connection for reading; every statement sees what was committed before it began."""
        async with AsyncExitStack() as stack:
            connection = await self._connected(stack, self._reader)
            with unusable(self.where):
                yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """Lend a connection inside a transaction: committed at the end, rolled back on any error or cancellation.

        On SQLite writers wait for each other here, in order, and hold the write lock from the start.
        """
        async with AsyncExitStack() as stack:
            if self.dialect == "sqlite":
                await self._await_turn(stack)
            connection = await self._connected(stack, self._writer)
            with unusable(self.where):
                async with connection.begin():
                    yield connection

    async def _connected(self, stack: AsyncExitStack, engine: AsyncEngine) -> AsyncConnection:
        with unreachable(self.where):
            return await stack.enter_async_context(engine.connect())

    async def _await_turn(self, stack: AsyncExitStack) -> None:
        task = asyncio.current_task()
        if self._writing is task:
            raise RuntimeError("a transaction inside a transaction would wait for itself")
        await stack.enter_async_context(self._turn)
        self._writing = task
        stack.callback(setattr, self, "_writing", None)


async def mark(connection: AsyncConnection) -> None:
    """Write into a SQLite file whose database it is."""
    if connection.dialect.name == "sqlite":
        await connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


async def alone(connection: AsyncConnection, matter: str) -> None:
    """Let no other transaction pass this line for the same matter until the caller's has ended.

    On SQLite a writing transaction is alone anyway.
    """
    if connection.dialect.name == "postgresql":
        await connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(matter, 0))))
