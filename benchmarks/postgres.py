"""A PostgreSQL server of our own, thrown away afterwards, so that nothing depends on one the machine may run."""

import os
import pwd
import random
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

WAIT = ["-w", "-t", "60"]


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server."""

    url: str
    _data: Path
    _bin: Path

    def fresh(self, name: str) -> str:
        """Return the address of a new empty database."""
        port = self.url.rsplit(":", 1)[1].split("/")[0]
        where = ["-h", "127.0.0.1", "-p", port, "-U", "svodka", "-d", "postgres"]
        _run([self._bin / "psql", "-q", *where, "-c", f"create database {name}"])
        return self.url.rsplit("/", 1)[0] + f"/{name}"

    def restart(self) -> None:
        """Stop at once, as a crash would, and start again."""
        self._control("-m", "immediate", "restart", *WAIT)

    def stop(self) -> None:
        """Stop at once."""
        self._control("-m", "immediate", "stop", *WAIT)

    def start(self) -> None:
        """Start again what was stopped."""
        self._control("start", *WAIT)

    def _control(self, *command: str) -> None:
        _run([self._bin / "pg_ctl", "-D", self._data, "-l", self._data.parent / "log", *command])


def found() -> Path | None:
    """Return the folder of the newest PostgreSQL programs on this machine."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    return folders[-1].parent if folders else None


@contextmanager
def cluster(*, synchronous: bool = True) -> Iterator[Cluster]:
    """Start a server on a free port and remove all of it at the end; `synchronous` is how a real one keeps its word."""
    programs = found()
    if programs is None:
        raise FileNotFoundError("no PostgreSQL server on this machine: install the package postgresql")
    folder = Path(mkdtemp())
    if os.getuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    port = random.randint(20_000, 40_000)
    data = folder / "data"
    _run([programs / "initdb", "-D", data, "-U", "svodka", "-A", "trust", "-E", "UTF8", "--no-sync"])
    with (data / "postgresql.conf").open("a") as settings:
        settings.write(f"port = {port}\nunix_socket_directories = '{folder}'\nlisten_addresses = '127.0.0.1'\n")
        settings.write("max_connections = 60\n" + ("" if synchronous else "fsync = off\n"))
    server = Cluster(f"postgresql+asyncpg://svodka@127.0.0.1:{port}/postgres", data, programs)
    server.start()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _run(parts: Sequence[str | Path]) -> None:
    """Run a program of PostgreSQL, which refuses to run as root."""
    user = "postgres" if os.getuid() == 0 else None
    home = pwd.getpwnam(user).pw_dir if user else None
    command = [str(part) for part in parts]
    subprocess.run(command, check=True, user=user, group=user, cwd=home, stdout=subprocess.DEVNULL)  # noqa: S603  ours
