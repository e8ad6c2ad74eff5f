"""Copies of the SQLite database: made while the program runs, checked, and put back."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from digests.errors import DatabaseTooNew, DatabaseUnusable
from digests.storage.connecting import parsed
from digests.storage.engine import APPLICATION_ID
from digests.storage.faults import reason
from digests.storage.migrate import known_revisions

BUSY_TIMEOUT_S = 30.0
COMPANIONS = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a database that is open, or was when it crashed


def backup(url: str, path: Path) -> None:
    """Copy the database into a file, all or nothing; an older backup there is replaced. Works while the bot runs.

    Raises DatabaseUnusable if there is no database, the file cannot be written or holds anything but a backup.
    """
    source = _file_of(url)
    if not source.is_file():
        raise DatabaseUnusable(str(source), "no such file")
    if path.exists() and (path.samefile(source) or not _is_ours(path)):
        raise DatabaseUnusable(str(path), "is not a backup, so it is left alone")
    with _told(path), _copied(source, path.with_name(f"{path.name}.part")) as part:
        _check(part, source)
        part.replace(path)


def restore(url: str, path: Path) -> None:
    """Put a backup in the database's place; the bot must not be running. What was there is kept as `….replaced`.

    Raises DatabaseUnusable for a file that is no sound backup and for a database in use, DatabaseTooNew for either
    written by a newer program. Then nothing has changed.
    """
    target = _file_of(url)
    if not path.is_file():
        raise DatabaseUnusable(str(path), "no such file")
    if target.exists() and path.samefile(target):
        raise DatabaseUnusable(str(path), "is the database itself")
    with _told(target), _copied(path, target.with_name(f"{target.name}.part")) as part:
        _check(part, path)
        _refuse_newer(part)
        if target.exists():
            _set_aside(target)
        part.replace(target)


def _file_of(url: str) -> Path:
    address = parsed(url)
    if address.get_backend_name() != "sqlite":
        where = address.render_as_string(hide_password=True)
        raise DatabaseUnusable(where, "PostgreSQL is copied by its own programs: pg_dump and pg_restore")
    return Path(address.database or "")


@contextmanager
def _copied(source: Path, part: Path) -> Iterator[Path]:
    """Lend a copy of a database in one file, durable on disk, and remove it in the end unless it was moved away."""
    part.parent.mkdir(parents=True, exist_ok=True)
    _remove(part)
    try:
        with _told(source), closing(_open(source)) as original:
            original.execute("select count(*) from sqlite_master")  # what is not a database says so here
            with _told(part), closing(sqlite3.connect(part)) as copy:
                original.backup(copy)
                copy.execute("PRAGMA journal_mode = delete")
        with part.open("rb") as written:
            os.fsync(written.fileno())
        yield part
    finally:
        _remove(part)


def _open(path: Path) -> sqlite3.Connection:
    # Read and write: the log of a crashed program is taken in only by one that may write.
    return sqlite3.connect(f"file:{_quoted(path)}?mode=rw", uri=True, timeout=BUSY_TIMEOUT_S)


def _quoted(path: Path) -> str:
    return str(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _check(part: Path, source: Path) -> None:
    """Raise DatabaseUnusable unless the copy of the source is sound and one of ours."""
    with _told(source), closing(sqlite3.connect(part)) as copy:
        found = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if found != "ok":
            raise DatabaseUnusable(str(source), f"is damaged: {found}".replace("\n", " "))
    if not _is_ours(part) or _revision(part) is None:
        raise DatabaseUnusable(str(source), "is not a database of Svodka")


def _is_ours(path: Path) -> bool:
    try:
        with closing(_open(path)) as connection:
            return bool(connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID)
    except sqlite3.Error:
        return False


def _revision(path: Path) -> str | None:
    try:
        with closing(_open(path)) as connection:
            row = connection.execute("select version_num from alembic_version").fetchone()
    except sqlite3.Error:
        return None
    return None if row is None else str(row[0])


def _refuse_newer(path: Path) -> None:
    found = _revision(path)
    if found is not None and found not in known_revisions():
        raise DatabaseTooNew(found)


def _set_aside(target: Path) -> None:
    """Take in what its log still holds and move the database away; a damaged one is moved with its log as it is."""
    try:
        with closing(sqlite3.connect(target, timeout=0, isolation_level=None)) as connection:
            connection.execute("PRAGMA locking_mode = exclusive")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
        _refuse_newer(target)
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_BUSY:
            raise DatabaseUnusable(str(target), "is in use; stop the bot first") from error
    replaced = target.with_name(f"{target.name}.replaced")
    _remove(replaced)
    for ending in COMPANIONS:
        beside = target.with_name(target.name + ending)
        if beside.exists():
            beside.replace(replaced.with_name(replaced.name + ending))
    target.replace(replaced)


def _remove(path: Path) -> None:
    for ending in ("", *COMPANIONS):
        path.with_name(path.name + ending).unlink(missing_ok=True)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what SQLite or the system say about a file into DatabaseUnusable."""
    try:
        yield
    except sqlite3.Error as error:
        raise DatabaseUnusable(str(path), str(error)) from error
    except OSError as error:
        raise DatabaseUnusable(str(error.filename or path), reason(error)) from error
