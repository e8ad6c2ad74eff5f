"""A connection to SQLite whose every statement is one visit to the connection's thread.

aiosqlite goes there once for a cursor, once to execute, once for the rows and once to close, and each of these visits
wakes two threads, which takes longer than most statements do.
"""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, NamedTuple, Self

import aiosqlite

_CHUNK = 64  # rows; aiosqlite wants to know, though nobody asks for chunks

# Any: values of a statement and of rows are of all sorts.
Parameters = Sequence[Any]
Row = tuple[Any, ...]
Work = Callable[..., "Outcome"]


def connection(*args: Any, **options: Any) -> "Connection":
    """Return a connection that is opened when awaited, with the arguments of `sqlite3.connect`."""
    return Connection(lambda: sqlite3.connect(*args, factory=_Closing, **options), _CHUNK)


class Connection(aiosqlite.Connection):
    """A connection with cursors for whole statements."""

    def cursor(self) -> "Cursor":  # type: ignore[override]  # SQLAlchemy asks no more of one than it has
        """Return a cursor; nothing is opened yet."""
        return Cursor(self)

    async def visit(self, work: "Work", *args: Any) -> "Outcome":
        """Return what a work makes of SQLite's own connection, in whose thread it is done."""
        made: Outcome = await self._execute(work, self._conn, *args)  # type: ignore[no-untyped-call]  # the driver leaves it so
        return made


class Outcome(NamedTuple):
    """What a statement came to."""

    description: Any
    rowcount: int
    lastrowid: int | None
    rows: list[Row]


class Cursor:
    """What SQLAlchemy asks of a cursor that is not streamed. The rows are read when the statement is executed."""

    arraysize = 1

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._outcome = Outcome(None, -1, None, [])

    async def __aenter__(self) -> Self:
        return self

    @property
    def description(self) -> Any:
        """The columns of the rows; None when the statement has none."""
        return self._outcome.description

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""
        return self._outcome.rowcount

    @property
    def lastrowid(self) -> int | None:
        """The number of the last row that was inserted."""
        return self._outcome.lastrowid

    async def execute(self, sql: str, parameters: Parameters = ()) -> None:
        """Execute a statement and read its rows."""
        self._outcome = await self._connection.visit(_executed, False, sql, parameters)

    async def executemany(self, sql: str, parameters: Sequence[Parameters]) -> None:
        """Execute a statement with each of the parameters."""
        self._outcome = await self._connection.visit(_executed, True, sql, parameters)

    async def fetchall(self) -> list[Row]:
        """Return the rows."""
        return self._outcome.rows

    async def close(self) -> None:
        """Do nothing: SQLite's own cursor was closed when the rows were read."""


def _executed(connection: sqlite3.Connection, is_many: bool, sql: str, parameters: Any) -> Outcome:
    cursor = connection.cursor()
    try:
        (cursor.executemany if is_many else cursor.execute)(sql, parameters)
        rows = cursor.fetchall() if cursor.description else []
        return Outcome(cursor.description, cursor.rowcount, cursor.lastrowid, rows)
    finally:
        cursor.close()


class _Closing(sqlite3.Connection):
    """A connection that gives up its lock when it is closed.

    Closed while a cursor of a cancelled task is still about, SQLite would keep the open transaction and its lock until
    the garbage collector comes by (sqlite.org/c3ref/close.html, "zombie").
    """

    def close(self) -> None:
        """Roll back what is open, then close."""
        with suppress(sqlite3.Error):
            self.rollback()
        super().close()
