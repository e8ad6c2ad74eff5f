"""Which of the engines' errors mean that the database as a whole cannot be used."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from digests.errors import DatabaseUnusable

# What the file, the disk or the lock is to blame for, and not the statement.
SQLITE_FAULTS = ("BUSY", "LOCKED", "READONLY", "IOERR", "CORRUPT", "FULL", "CANTOPEN", "NOTADB", "PERM", "AUTH")
# Classes of SQLSTATE: connection, authorization, no such database, resources, shutdown (PostgreSQL manual, appendix A).
SERVER_FAULTS = ("08", "28", "3D", "53", "57P")


@contextmanager
def unreachable(where: str) -> Iterator[None]:
    """Turn a failure to connect into DatabaseUnusable."""
    try:
        with unusable(where):
            yield
    except OSError as error:
        raise DatabaseUnusable(where, reason(error)) from error


@contextmanager
def unusable(where: str) -> Iterator[None]:
    """Turn what says that the database as a whole cannot be used into DatabaseUnusable; let other errors pass."""
    try:
        yield
    except DBAPIError as error:
        why = _sqlite_reason(error.orig) if isinstance(error.orig, sqlite3.Error) else _server_reason(error)
        if why is None:
            raise
        raise DatabaseUnusable(where, why) from error


def reason(error: OSError) -> str:
    """Return the system's words for what went wrong."""
    if error.errno is not None and error.errno > 0:  # below zero are the resolver's own
        return os.strerror(error.errno).lower()
    return (error.strerror or str(error) or "no answer in time").lower()


def _sqlite_reason(error: sqlite3.Error) -> str | None:
    name = getattr(error, "sqlite_errorname", "")
    return str(error) if name.removeprefix("SQLITE_").startswith(SQLITE_FAULTS) else None


def _server_reason(error: DBAPIError) -> str | None:
    state = getattr(error.orig, "sqlstate", None) or ""
    if error.connection_invalidated or state.startswith(SERVER_FAULTS):
        # The adapter puts the driver's class in front: "<class '…'>: the message".
        return str(error.orig).rpartition(">: ")[2].partition("\n")[0]
    return None
