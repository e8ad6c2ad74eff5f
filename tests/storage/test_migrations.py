"""Migrations: from nothing to the tables that the program expects, on both engines."""

import asyncio
import warnings
from collections.abc import Callable
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, select, text

from digests.errors import DatabaseTooNew
from digests.storage.engine import Database
from digests.storage.migrate import HEAD, _config, migrate, revision_of
from digests.storage.schema import deliveries, metadata


async def inspected(url: str, look: Callable[[Connection], Any]) -> Any:
    async with Database.opened(url) as database, database.read() as connection:
        return await connection.run_sync(look)


def is_described(name: str | None, kind: str, _: Any) -> bool:
    """Return whether the schema speaks of it: the full-text index is each engine's own, and so is one by a function."""
    return kind not in ("table", "index") or not (name or "").startswith(("search_index", "ix_search_stems_common"))


def differences(connection: Connection) -> list[Any]:
    options = {"compare_type": True, "compare_server_default": True, "include_name": is_described}
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Skipped unsupported reflection of expression-based index")
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


async def test_deliveries_survive_the_second_revision(empty_url: str) -> None:
    async with Database.opened(empty_url) as database, database.write() as connection:
        await connection.run_sync(lambda sync: command.upgrade(_config(sync), "0001"))
        for statement in (
            "insert into readers (id, chat_id, state, language, zone, digest_time, days, rubrics, covered_until,"
            " joined_at) values (1, 5, 'active', 'ru', 'UTC', 480, 127, '*', 0, 0)",
            "insert into broadcasts (id, kind, key, slot_at, created_at) values (1, 'digest', 'digest:60', 60, 60)",
            "insert into deliveries (id, broadcast_id, reader_id, local_date, slot, state, not_before, created_at,"
            " message_id) values (7, 1, 1, '2026-11-23', '08:00', 'sent', 60, 60, 12)",
        ):
            await connection.execute(text(statement))
    await migrate(empty_url)
    assert await inspected(empty_url, differences) == []
    async with Database.opened(empty_url) as database, database.read() as connection:
        found = (await connection.execute(select(deliveries.c.id, deliveries.c.state, deliveries.c.message_id))).all()
        assert [tuple(row) for row in found] == [(7, "sent", 12)]
