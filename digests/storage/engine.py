"""The way into the database: one writer and many readers on SQLite, a pool on PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, event, func, make_url, select
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from digests.errors import DatabaseUnusable
from digests.storage.faults import reason, unreachable, unusable

BUSY_TIMEOUT_S = 10.0  # how long another process may keep SQLite's only write lock
CONNECT_TIMEOUT_S = 10.0
STATEMENT_TIMEOUT_S = 60.0
APPLICATION_ID = 0x53564F44  # "SVOD", so that `file` and we know our own databases
READERS = 4  # SQLite connections kept open for reading; each is a thread
DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}


class Database:
    """An open database. Reads see what is committed; a write is one transaction, all or nothing."""

    def __init__(self, url: URL, writer: AsyncEngine, reader: AsyncEngine) -> None:
        self.dialect = writer.dialect.name
        self.where = where(url)
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
        writer = writing_engine(address, busy_timeout_s=busy_timeout_s)
        reader = _reading_engine(address) if writer.dialect.name == "sqlite" else _autocommitting(writer)
        database = cls(address, writer, reader)
        try:
            async with database.write() as connection:
                if database.dialect == "sqlite":
                    # A real write: beginning a transaction on a read-only file succeeds.
                    await connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            yield database
        finally:
            await reader.dispose()
            await writer.dispose()

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


def parsed(url: str) -> URL:
    """Return the address with the driver filled in. Raises DatabaseUnusable for one that no driver of ours opens."""
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise DatabaseUnusable("DATABASE_URL", "not a database URL") from error
    driver = DRIVERS.get(address.get_backend_name())
    if driver is None:
        raise DatabaseUnusable(where(address), "neither sqlite nor postgresql")
    if driver.startswith("sqlite") and address.database in (None, "", ":memory:"):
        raise DatabaseUnusable(where(address), "a database in memory has only one connection; name a file")
    return address.set(drivername=driver)


def where(address: URL) -> str:
    """Return how a person would name the database: the SQLite file, or the URL without its password."""
    if address.get_backend_name() == "sqlite":
        return address.database or "sqlite"
    return address.render_as_string(hide_password=True)


def writing_engine(address: URL, *, foreign_keys: bool = True, busy_timeout_s: float = BUSY_TIMEOUT_S) -> AsyncEngine:
    """Return an engine whose connections write; on SQLite just one, whose transactions begin with the write lock.

    Raises DatabaseUnusable when the folder of the SQLite file cannot be made. Nothing is connected yet.
    """
    if address.get_backend_name() != "sqlite":
        return create_async_engine(
            address,
            pool_size=10,
            max_overflow=10,
            pool_pre_ping=True,
            connect_args={
                "timeout": CONNECT_TIMEOUT_S,
                "command_timeout": STATEMENT_TIMEOUT_S,
                "server_settings": {"application_name": "svodka"},
            },
        )
    _make_folder(address)
    engine = create_async_engine(
        address,
        pool_size=1,
        max_overflow=0,
        pool_reset_on_return=None,  # a transaction is always ended by its own block; a second rollback is a thread hop
        # The driver must not begin transactions by itself: its own BEGIN takes the write lock too late.
        connect_args={"timeout": busy_timeout_s, "isolation_level": None},
    )
    pragmas = [
        "journal_mode = wal",
        "synchronous = normal",
        f"foreign_keys = {'on' if foreign_keys else 'off'}",
    ]
    event.listen(engine.sync_engine, "connect", _setting(*pragmas))
    event.listen(engine.sync_engine, "begin", _begin_immediate)
    return engine


def _reading_engine(address: URL) -> AsyncEngine:
    engine = create_async_engine(
        address,
        pool_size=READERS,
        max_overflow=READERS,
        pool_reset_on_return=None,
        isolation_level="AUTOCOMMIT",
        skip_autocommit_rollback=True,
        connect_args={"timeout": BUSY_TIMEOUT_S},
    )
    event.listen(engine.sync_engine, "connect", _setting("query_only = on"))
    return engine


def _autocommitting(engine: AsyncEngine) -> AsyncEngine:
    return engine.execution_options(isolation_level="AUTOCOMMIT")


def _make_folder(address: URL) -> None:
    name = address.database or ""
    if name.startswith("file:"):
        return
    try:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnusable(name, reason(error)) from error


# Any: SQLAlchemy's listeners are handed the driver's connection, which has no common type.
def _setting(*pragmas: str) -> Any:
    def prepare(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return prepare


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


async def alone(connection: AsyncConnection, matter: str) -> None:
    """Let no other transaction pass this line for the same matter until the caller's has ended.

    On SQLite a writing transaction is alone anyway.
    """
    if connection.dialect.name == "postgresql":
        await connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(matter, 0))))
