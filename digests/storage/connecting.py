"""Engines of SQLAlchemy as this program wants them: how connections are made, set up and really closed."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Thread
from typing import Any
from weakref import WeakSet

import aiosqlite
from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from digests.errors import DatabaseUnusable
from digests.storage.faults import reason
from digests.storage.sqlite_connection import connection as sqlite_connection

BUSY_TIMEOUT_S = 10.0  # how long another process may keep SQLite's only write lock
CLOSE_TIMEOUT_S = 5.0
CONNECT_TIMEOUT_S = 10.0
STATEMENT_TIMEOUT_S = 60.0
RETRY_S = 0.02
READERS = 4  # SQLite connections kept open for reading; each is a thread
POOL = 10  # PostgreSQL connections kept open
# A lone statement needs no transaction, whose beginning and end would be two more hops to the thread. This is said when
# a connection is made: said at each use, it is one more await at which a cancelled task would lose its connection.
LONE_STATEMENTS: dict[str, Any] = {"isolation_level": "AUTOCOMMIT", "skip_autocommit_rollback": True}
DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}


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


@asynccontextmanager
async def engines(
    address: URL, busy_timeout_s: float = BUSY_TIMEOUT_S
) -> AsyncIterator[tuple[AsyncEngine, AsyncEngine]]:
    """Lend an engine for writing and one for reading, and close their connections at the end."""
    if address.get_backend_name() == "sqlite":
        async with (
            writing(address, busy_timeout_s=busy_timeout_s) as writer,
            _sqlite(address, ["query_only = on"], size=READERS, busy_timeout_s=busy_timeout_s) as reader,
        ):
            yield writer, reader
    else:
        async with writing(address) as writer:
            yield writer, writer.execution_options(isolation_level="AUTOCOMMIT")


@asynccontextmanager
async def writing(
    address: URL, *, busy_timeout_s: float = BUSY_TIMEOUT_S, is_migrating: bool = False
) -> AsyncIterator[AsyncEngine]:
    """Lend an engine whose connections write; on SQLite just one, whose transactions begin with the write lock.

    A migration may take its time on PostgreSQL. On SQLite it changes a table by copying it, which would cascade
    deletions if foreign keys were watched meanwhile.
    Raises DatabaseUnusable when the folder of the SQLite file cannot be made. Nothing is connected yet.
    """
    if address.get_backend_name() != "sqlite":
        async with _postgresql(address, None if is_migrating else STATEMENT_TIMEOUT_S) as engine:
            yield engine
        return
    _make_folder(address)
    pragmas = ["journal_mode = wal", "synchronous = normal", f"foreign_keys = {'off' if is_migrating else 'on'}"]
    async with _sqlite(address, pragmas, size=1, busy_timeout_s=busy_timeout_s) as engine:
        event.listen(engine.sync_engine, "begin", _begin_immediate)
        yield engine


@asynccontextmanager
async def _postgresql(address: URL, statement_timeout_s: float | None) -> AsyncIterator[AsyncEngine]:
    engine = create_async_engine(
        address,
        pool_size=POOL,
        max_overflow=POOL,
        pool_pre_ping=True,
        connect_args={
            "timeout": CONNECT_TIMEOUT_S,
            "command_timeout": statement_timeout_s,
            "server_settings": {"application_name": "svodka"},
        },
    )
    try:
        yield engine
    finally:
        await engine.dispose()


@asynccontextmanager
async def _sqlite(address: URL, pragmas: list[str], *, size: int, busy_timeout_s: float) -> AsyncIterator[AsyncEngine]:
    threads: WeakSet[Thread] = WeakSet()

    async def connect(*args: Any, **options: Any) -> aiosqlite.Connection:  # Any: as SQLAlchemy hands them on
        connection = sqlite_connection(*args, **options)
        connection._thread.daemon = True  # as SQLAlchemy's own connector does: no thread may keep the program alive
        threads.add(connection._thread)
        await connection
        try:
            for pragma in pragmas:
                await _set(connection, pragma, busy_timeout_s)
        except BaseException:
            await connection.close()
            raise
        return connection

    engine = create_async_engine(
        address,
        pool_size=size,
        max_overflow=0 if size == 1 else size,
        pool_reset_on_return=None,  # a transaction is ended by its own block; another rollback is one more hop
        # The driver must not begin transactions by itself: its own BEGIN takes the write lock too late.
        connect_args={
            "async_creator_fn": connect,
            "timeout": busy_timeout_s,
            "isolation_level": None,
        },
        **(LONE_STATEMENTS if size > 1 else {}),
    )
    try:
        yield engine
    finally:
        await engine.dispose()
        # A connection that failed to open or whose task was cancelled is closed by its thread, which nobody awaits;
        # without waiting here it would speak to an event loop that is gone.
        await asyncio.to_thread(_join, list(threads))


async def _set(connection: aiosqlite.Connection, pragma: str, busy_timeout_s: float) -> None:
    """Set a pragma; wait for other programs, which SQLite itself does not do when the journal's mode changes."""
    attempts = int(busy_timeout_s / RETRY_S)
    while True:
        try:
            await (await connection.execute(f"PRAGMA {pragma}")).close()
        except sqlite3.OperationalError as error:
            attempts -= 1
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or attempts < 0:
                raise
            await asyncio.sleep(RETRY_S)
        else:
            return


def _join(threads: list[Thread]) -> None:
    for thread in threads:
        thread.join(CLOSE_TIMEOUT_S)


def _make_folder(address: URL) -> None:
    name = address.database or ""
    if name.startswith("file:"):
        return
    try:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnusable(name, reason(error)) from error


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
