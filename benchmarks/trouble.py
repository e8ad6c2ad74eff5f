"""Trouble for a database: a lock that another program holds, a disk without room."""

import os
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import RawIOBase
from pathlib import Path
from tempfile import mkdtemp

DISK_MIB = 48
BLOCK = 64 * 1024
ROUNDS = 3


def locked(path: Path, seconds: float) -> None:
    """Hold the write lock of a SQLite file, as a backup tool or a curious person's shell might."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=30)
    try:
        connection.execute("begin immediate")
        time.sleep(seconds)
        connection.execute("rollback")
    finally:
        connection.close()


@contextmanager
def small_disk() -> Iterator[Path | None]:
    """Lend a folder on a small disk of its own; None where such a disk cannot be mounted."""
    folder = Path(mkdtemp(prefix="svodka-disk-"))
    mounted = sys.platform == "linux" and os.getuid() == 0 and _mounted(folder)
    try:
        yield folder if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)  # noqa: S603, S607  our own folder
        folder.rmdir()


def _mounted(folder: Path) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MIB}m", "tmpfs", str(folder)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0  # noqa: S603  our own folder


@contextmanager
def full_disk(database: Path) -> Iterator[None]:
    """Leave no room on the disk of a SQLite file, nor in its write-ahead log, which would be used again and again."""
    filler = database.with_name("filler")
    try:
        with filler.open("wb", buffering=0) as file:
            for _ in range(ROUNDS):
                _truncate_log(database)
                _fill(file)
        yield
    finally:
        filler.unlink()


def _truncate_log(database: Path) -> None:
    connection = sqlite3.connect(database, isolation_level=None, timeout=5)
    try:
        connection.execute("pragma wal_checkpoint(truncate)")
    finally:
        connection.close()


def _fill(file: RawIOBase) -> None:
    size = BLOCK
    while size:
        try:
            file.write(bytes(size))
        except OSError:
            size //= 2


@contextmanager
def file_limit(process: int, folder: Path) -> Iterator[None]:
    """Let a process write no file beyond the size of the largest that it has."""
    _, hard = resource.prlimit(process, resource.RLIMIT_FSIZE)
    largest = max(path.stat().st_size for path in folder.glob("svodka.db*"))
    resource.prlimit(process, resource.RLIMIT_FSIZE, (largest, hard))
    try:
        yield
    finally:
        resource.prlimit(process, resource.RLIMIT_FSIZE, (hard, hard))
