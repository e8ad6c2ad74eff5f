"""Migrations: bringing a database to the newest revision, under a lock, when the program starts."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.errors import DatabaseTooNew
from digests.storage.connecting import parsed, where, writing
from digests.storage.engine import Database, alone, mark
from digests.storage.faults import unreachable

HEAD = "0015"  # the newest revision, which storage/tables.py describes
LOCK_TIMEOUT_S = 60.0  # another instance may be migrating a large database at this moment


async def migrate(url: str) -> None:
    """Bring the database to HEAD in one transaction; several programs may start it at the same time.

    Raises DatabaseTooNew if a newer program has been here, and DatabaseUnusable.
    """
    address = parsed(url)
    async with writing(address, busy_timeout_s=LOCK_TIMEOUT_S, is_migrating=True) as engine:
        with unreachable(where(address)):
            async with engine.begin() as connection:
                await _upgrade(connection)


async def revision_of(url: str) -> str | None:
    """Return the revision that the database is at; None for an empty one. Raises DatabaseTooNew, DatabaseUnusable."""
    async with Database.opened(url) as database, database.read() as connection:
        return await connection.run_sync(_known_revision)


async def _upgrade(connection: AsyncConnection) -> None:
    await alone(connection, "migration")
    await mark(connection)
    if await connection.run_sync(_known_revision) != HEAD:
        await connection.run_sync(_run)


def _known_revision(connection: Connection) -> str | None:
    found = MigrationContext.configure(connection).get_current_revision()
    if found is not None and found not in known_revisions():
        raise DatabaseTooNew(found)
    return found


def _run(connection: Connection) -> None:
    command.upgrade(_config(connection), HEAD)


def known_revisions() -> frozenset[str]:
    """Return the revisions that this program knows how to bring up to date."""
    return frozenset(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def _config(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection})
    folder = str(Path(__file__).with_name("migrations"))
    config.set_main_option("script_location", folder.replace("%", "%%"))  # the parser of ini files interpolates
    return config
