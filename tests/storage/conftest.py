"""A migrated, empty database of either engine for every test that asks for one."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from digests.errors import DatabaseUnusable
from digests.storage.connecting import parsed
from digests.storage.engine import Database
from digests.storage.migrate import migrate
from digests.storage.tables import metadata
from tests.clocks import FakeClock

POSTGRES = (
    "postgresql+asyncpg://root@127.0.0.1:5432/test",
    "postgresql+asyncpg:///test?host=/var/run/postgresql",
)
EMPTYING = ("drop schema public cascade", "create schema public")


def postgres_addresses() -> tuple[str, ...]:
    named = os.environ.get("SVODKA_TEST_POSTGRES")
    return (named,) if named else POSTGRES


class Postgres:
    """A scratch database for this run of the tests, made when first asked for."""

    def __init__(self) -> None:
        self.name = f"svodka_test_{os.getpid()}"
        self.url: str | None = None
        self.is_migrated = False
        self._server: str | None = None

    async def ready(self) -> str:
        """Return the address of the scratch database; skips the test, or fails it when PostgreSQL is required."""
        if self.url is None:
            self._server = await self._reachable()
            await self._administer(f'drop database if exists "{self.name}"')
            await self._administer(f"create database \"{self.name}\" template template0 encoding 'UTF8'")
            await self._administer(f'alter database "{self.name}" set synchronous_commit = off')
            self.url = parsed(self._server).set(database=self.name).render_as_string(hide_password=False)
        return self.url

    async def _reachable(self) -> str:
        reasons = []
        for url in postgres_addresses():
            try:
                async with Database.opened(url):
                    return url
            except DatabaseUnusable as error:
                reasons.append(f"{error.where}: {error.why}")
        if os.environ.get("SVODKA_REQUIRE_POSTGRES") == "1":
            pytest.fail("PostgreSQL is required and cannot be reached: " + "; ".join(reasons))
        pytest.skip("no PostgreSQL: " + "; ".join(reasons))

    async def _administer(self, statement: str) -> None:
        assert self._server is not None
        engine = create_async_engine(self._server, isolation_level="AUTOCOMMIT")
        try:
            async with engine.connect() as connection:
                await connection.execute(text(statement))
        finally:
            await engine.dispose()

    async def drop(self) -> None:
        if self.url is not None:
            await self._administer(f'drop database if exists "{self.name}" with (force)')


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    server = Postgres()
    yield server
    asyncio.run(server.drop())


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy from: migrating anew for every test would take most of their time."""
    path = tmp_path_factory.mktemp("template") / "svodka.db"
    asyncio.run(migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine_name(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
async def postgres_url(postgres: Postgres) -> str:
    """The address of the scratch database on PostgreSQL, for what only a server does."""
    return await postgres.ready()


@pytest.fixture
async def empty_url(engine_name: str, tmp_path: Path, postgres: Postgres) -> str:
    """The address of a database with nothing in it, not even tables."""
    if engine_name == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
    url = await postgres.ready()
    await _execute(url, *EMPTYING)
    postgres.is_migrated = False
    return url


@pytest.fixture
async def database_url(engine_name: str, tmp_path: Path, postgres: Postgres, sqlite_template: Path) -> str:
    """The address of a migrated database without rows."""
    if engine_name == "sqlite":
        return await _copied(sqlite_template, tmp_path)
    return await _emptied(postgres)


async def _copied(template: Path, folder: Path) -> str:
    path = folder / "svodka.db"
    await asyncio.to_thread(shutil.copyfile, template, path)
    return f"sqlite+aiosqlite:///{path}"


async def _emptied(postgres: Postgres) -> str:
    url = await postgres.ready()
    if not postgres.is_migrated:
        await _execute(url, *EMPTYING)  # the tests of migrations leave all sorts of things
        await migrate(url)
        postgres.is_migrated = True
    # Truncating is slower than deleting a few rows.
    tables = reversed(metadata.sorted_tables)
    deletions = " ".join(f"delete from {table.name};" for table in tables)  # noqa: S608  names of our own tables
    await _execute(url, f"do $$ begin {deletions} end $$")
    return url


@pytest.fixture
async def both(tmp_path: Path, postgres: Postgres, sqlite_template: Path) -> AsyncIterator[tuple[Database, Database]]:
    """A database without rows on each engine, open: for what must be the same on both."""
    addresses = await _copied(sqlite_template, tmp_path), await _emptied(postgres)
    async with Database.opened(addresses[0]) as one, Database.opened(addresses[1]) as other:
        yield one, other


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated database without rows, open."""
    async with Database.opened(database_url) as opened:
        yield opened


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


async def _execute(url: str, *statements: str) -> None:
    async with Database.opened(url) as database, database.write() as connection:
        for statement in statements:
            await connection.execute(text(statement))
