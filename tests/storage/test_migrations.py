"""Migrations: from nothing to the tables that the program expects, on both engines."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from digests.errors import DatabaseTooNew
from digests.storage.engine import Database
from digests.storage.migrate import HEAD, _config, migrate, revision_of
from digests.storage.schema import metadata


async def inspected(url: str, look: Callable[[Connection], Any]) -> Any:
    async with Database.opened(url) as database, database.read() as connection:
        return await connection.run_sync(look)


def differences(connection: Connection) -> list[Any]:
    options = {"compare_type": True, "compare_server_default": True}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


def checks(connection: Connection) -> dict[str, set[str]]:
    found = inspect(connection)
    return {
        table.name: {str(check["name"]) for check in found.get_check_constraints(table.name)}
        for table in metadata.sorted_tables
    }


async def test_migrating_from_nothing_gives_the_tables_of_the_schema(empty_url: str) -> None:
    assert await revision_of(empty_url) is None
    await migrate(empty_url)
    assert await revision_of(empty_url) == HEAD
    assert await inspected(empty_url, differences) == []
    # Alembic does not compare these.
    assert await inspected(empty_url, checks) == {
        table.name: {str(c.name) for c in table.constraints if str(c.name).startswith("ck_")}
        for table in metadata.sorted_tables
    }


async def test_migrating_again_changes_nothing(empty_url: str) -> None:
    await migrate(empty_url)
    await migrate(empty_url)
    assert await revision_of(empty_url) == HEAD


async def test_two_programs_starting_together_migrate_once(empty_url: str) -> None:
    await asyncio.gather(*(migrate(empty_url) for _ in range(4)))
    assert await inspected(empty_url, differences) == []


async def test_a_database_of_a_newer_program_is_refused_untouched(empty_url: str) -> None:
    await migrate(empty_url)
    async with Database.opened(empty_url) as database, database.write() as connection:
        await connection.execute(text("update alembic_version set version_num = '9999'"))
    with pytest.raises(DatabaseTooNew) as refused:
        await migrate(empty_url)
    assert refused.value.found == "9999"
    with pytest.raises(DatabaseTooNew):
        await revision_of(empty_url)


def test_head_is_the_newest_revision_and_there_is_only_one() -> None:
    assert ScriptDirectory.from_config(_config()).get_heads() == [HEAD]
