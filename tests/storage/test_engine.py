"""The database as services see it: transactions, cancellation, and a database that cannot be used."""

import asyncio
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, insert, make_url, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from digests.errors import DatabaseUnusable
from digests.storage.engine import Database, alone
from digests.storage.schema import facts


async def remember(database: Database, *given: str) -> None:
    async with database.write() as connection:
        for name in given:
            await connection.execute(insert(facts).values(name=name, value="x"))


async def execute(database: Database, *statements: str) -> None:
    async with database.write() as connection:
        for statement in statements:
            await connection.execute(text(statement))


async def names(database: Database) -> set[str]:
    async with database.read() as connection:
        return set((await connection.execute(select(facts.c.name))).scalars())


async def test_what_a_transaction_wrote_is_seen_by_the_next_reader(database: Database) -> None:
    await remember(database, "one")
    assert await names(database) == {"one"}


async def test_an_error_rolls_back_the_whole_transaction_and_the_next_one_works(database: Database) -> None:
    with pytest.raises(IntegrityError):
        await remember(database, "one", "one")
    await remember(database, "two")
    assert await names(database) == {"two"}


async def test_a_reader_does_not_see_a_transaction_that_has_not_ended(database: Database) -> None:
    async with database.write() as connection:
        await connection.execute(insert(facts).values(name="one", value="x"))
        assert await names(database) == set()
    assert await names(database) == {"one"}


async def test_a_failing_neighbour_does_not_take_another_tasks_rows_along(database: Database) -> None:
    async def fails() -> None:
        async with database.write() as connection:
            await connection.execute(insert(facts).values(name="lost", value="x"))
            await asyncio.sleep(0)
            raise ValueError

    results = await asyncio.gather(fails(), remember(database, "kept"), fails(), return_exceptions=True)
    assert [type(result) for result in results] == [ValueError, type(None), ValueError]
    assert await names(database) == {"kept"}


async def test_many_writers_at_once_lose_nothing(database: Database) -> None:
    await asyncio.gather(*(remember(database, str(number)) for number in range(40)))
    assert len(await names(database)) == 40


async def test_cancelling_between_statements_rolls_back(database: Database) -> None:
    inside = asyncio.Event()

    async def waits() -> None:
        async with database.write() as connection:
            await connection.execute(insert(facts).values(name="lost", value="x"))
            inside.set()
            await asyncio.Event().wait()

    async with asyncio.TaskGroup() as group:
        task = group.create_task(waits())
        await inside.wait()
        task.cancel()
    await remember(database, "kept")
    assert await names(database) == {"kept"}


async def test_cancelling_at_any_moment_leaves_all_or_nothing(database: Database) -> None:
    for steps in range(60):
        pair = {f"one-{steps}", f"two-{steps}"}
        async with asyncio.TaskGroup() as group:
            task = group.create_task(remember(database, *pair))
            for _ in range(steps):
                await asyncio.sleep(0)
            task.cancel()
        assert await names(database) & pair in (set(), pair)
    await remember(database, "three")
    assert "three" in await names(database)


async def test_cancelling_one_who_waits_for_their_turn_holds_nobody_up(database: Database) -> None:
    async with database.write() as connection:
        await connection.execute(insert(facts).values(name="one", value="x"))
        async with asyncio.TaskGroup() as group:
            waiting = group.create_task(remember(database, "never"))
            await asyncio.sleep(0)
            waiting.cancel()
    await remember(database, "two")
    assert await names(database) == {"one", "two"}


async def test_cancelling_a_read_leaves_readers_usable(database: Database) -> None:
    for steps in range(60):
        async with asyncio.TaskGroup() as group:
            task = group.create_task(names(database))
            for _ in range(steps):
                await asyncio.sleep(0)
            task.cancel()
    assert await names(database) == set()


async def test_the_same_matter_is_dealt_with_by_one_transaction_at_a_time(database: Database) -> None:
    async def add_if_first() -> None:
        async with database.write() as connection:
            await alone(connection, "first")
            if not (await connection.execute(select(func.count()).select_from(facts))).scalar_one():
                await connection.execute(insert(facts).values(name=os.urandom(4).hex(), value="x"))

    await asyncio.gather(*(add_if_first() for _ in range(8)))
    assert len(await names(database)) == 1


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "svodka.db"


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A file that is no database."""
    path = tmp_path / "letter.txt"
    path.write_text("Это письмо, а не база данных. " * 100)
    return path


async def opening(address: str, busy_timeout_s: float = 1.0) -> DatabaseUnusable:
    with pytest.raises(DatabaseUnusable) as refused:
        async with Database.opened(address, busy_timeout_s=busy_timeout_s):
            pass
    return refused.value


class TestSQLite:
    async def test_the_folder_of_a_new_database_is_made(self, tmp_path: Path) -> None:
        async with Database.opened(f"sqlite+aiosqlite:///{tmp_path / 'some' / 'folder' / 'svodka.db'}") as database:
            assert database.dialect == "sqlite"
        assert (tmp_path / "some" / "folder" / "svodka.db").exists()

    async def test_readers_cannot_write(self, path: Path) -> None:
        async with Database.opened(f"sqlite:///{path}") as database:
            with pytest.raises(DatabaseUnusable, match="readonly"):
                async with database.read() as connection:
                    await connection.execute(text("create table t (a)"))

    async def test_it_is_in_wal_mode_and_watches_foreign_keys(self, path: Path) -> None:
        async with Database.opened(f"sqlite:///{path}") as database, database.write() as connection:
            settings = [
                (await connection.execute(text(f"PRAGMA {name}"))).scalar_one()
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            ]
        assert settings == ["wal", 1, 1, 10_000]

    async def test_nothing_is_left_beside_the_file_after_closing(self, path: Path) -> None:
        async with Database.opened(f"sqlite:///{path}") as database:
            await execute(database, "create table t (a)")
            async with database.read() as connection:
                await connection.execute(text("select * from t"))
        assert [entry.name for entry in path.parent.iterdir()] == ["svodka.db"]

    async def test_a_transaction_inside_a_transaction_is_an_error_and_not_a_deadlock(self, path: Path) -> None:
        async with Database.opened(f"sqlite:///{path}") as database:
            with pytest.raises(RuntimeError, match="wait for itself"):
                async with database.write(), database.write():
                    pass
            async with database.write():
                pass

    async def test_a_folder_in_its_place_is_told(self, tmp_path: Path) -> None:
        assert (await opening(f"sqlite:///{tmp_path}")).why == "unable to open database file"

    async def test_a_file_in_place_of_its_folder_is_told(self, letter: Path) -> None:
        error = await opening(f"sqlite:///{letter / 'svodka.db'}")
        assert (error.where, error.why) == (str(letter / "svodka.db"), "file exists")

    async def test_a_file_of_another_kind_is_told_and_not_touched(self, letter: Path) -> None:
        before = letter.read_bytes()  # noqa: ASYNC240  a small file of the test's own
        assert (await opening(f"sqlite:///{letter}")).why == "file is not a database"
        assert letter.read_bytes() == before  # noqa: ASYNC240  a small file of the test's own

    async def test_a_full_disk_is_told_and_what_was_there_stays(self, path: Path) -> None:
        async with Database.opened(f"sqlite:///{path}") as database:
            await execute(database, "create table t (a)", "insert into t values ('kept')")
            with pytest.raises(DatabaseUnusable, match="full"):
                await execute(database, "PRAGMA max_page_count = 3", "insert into t values (zeroblob(100000))")
            async with database.read() as connection:
                assert (await connection.execute(text("select a from t"))).scalars().all() == ["kept"]

    async def test_a_lock_held_by_another_program_is_told(self, path: Path) -> None:
        async with Database.opened(f"sqlite:///{path}"):
            pass
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert (await opening(f"sqlite:///{path}", busy_timeout_s=0.02)).why == "database is locked"

    async def test_a_read_only_file_is_told(self, path: Path) -> None:
        async with Database.opened(f"sqlite:///{path}"):
            pass
        error = await opening(f"sqlite:///file:{path}?mode=ro&uri=true")
        assert error.why == "attempt to write a readonly database"


@pytest.fixture
def ordinary_user() -> Iterator[Path]:
    """A folder of a user who is not root for the length of a test: root may write what is read-only."""
    with tempfile.TemporaryDirectory() as name:
        was_root = os.geteuid() == 0
        if was_root:
            os.chown(name, 65534, 65534)
            os.seteuid(65534)
        try:
            yield Path(name)
        finally:
            if was_root:
                os.seteuid(0)
            Path(name).chmod(0o700)


@pytest.fixture
def locked_folder(ordinary_user: Path) -> Path:
    ordinary_user.chmod(0o500)
    return ordinary_user


async def test_a_file_without_the_right_to_write_is_told(ordinary_user: Path) -> None:
    path = ordinary_user / "svodka.db"
    async with Database.opened(f"sqlite:///{path}"):
        pass
    await asyncio.to_thread(path.chmod, 0o400)
    assert (await opening(f"sqlite:///{path}")).why == "attempt to write a readonly database"


async def test_a_folder_without_the_right_to_write_is_told(locked_folder: Path) -> None:
    assert (await opening(f"sqlite:///{locked_folder / 'svodka.db'}")).why == "unable to open database file"
    assert (await opening(f"sqlite:///{locked_folder / 'folder' / 'svodka.db'}")).why == "permission denied"


@pytest.mark.parametrize(
    ("address", "where", "why"),
    [
        ("nonsense", "DATABASE_URL", "not a database URL"),
        ("", "DATABASE_URL", "not a database URL"),
        ("mysql://a:secret@host/db", "mysql://a:***@host/db", "neither sqlite nor postgresql"),
        ("sqlite://", "sqlite", "a database in memory has only one connection; name a file"),
    ],
)
async def test_an_address_that_no_driver_opens_is_told(address: str, where: str, why: str) -> None:
    error = await opening(address)
    assert (error.where, error.why) == (where, why)


async def test_a_server_that_is_not_there_is_told_without_the_password() -> None:
    error = await opening("postgresql+asyncpg://svodka:secret@127.0.0.1:1/svodka")
    assert (error.where, error.why) == ("postgresql+asyncpg://svodka:***@127.0.0.1:1/svodka", "connection refused")


async def test_a_missing_server_database_is_told_without_the_password(postgres_url: str) -> None:
    address = make_url(postgres_url).set(database="no_such", password="secret")
    error = await opening(address.render_as_string(hide_password=False))
    assert error.why == 'database "no_such" does not exist'
    assert "secret" not in error.where + error.why


async def test_an_unknown_server_user_is_told_without_the_password(postgres_url: str) -> None:
    address = make_url(postgres_url).set(username="no_such", password="secret")
    error = await opening(address.render_as_string(hide_password=False))
    assert "no_such" in error.why
    assert "secret" not in error.where + error.why


async def test_a_connection_that_the_server_dropped_is_replaced(postgres_url: str) -> None:
    async with Database.opened(postgres_url) as database:
        async with database.read() as connection:
            await connection.execute(text("select 1"))
        async with Database.opened(postgres_url) as other, other.read() as connection:
            await connection.execute(
                text(
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                    " where datname = current_database() and pid <> pg_backend_pid()"
                )
            )
        async with database.read() as connection:
            assert (await connection.execute(text("select 1"))).scalar_one() == 1


async def test_losing_the_server_in_the_middle_is_told(postgres_url: str) -> None:
    async with Database.opened(postgres_url) as database:
        with pytest.raises(DatabaseUnusable):
            async with database.write() as connection:
                await connection.execute(text("select pg_terminate_backend(pg_backend_pid())"))


async def test_a_mistake_in_a_statement_is_not_called_an_unusable_database(database: Database) -> None:
    with pytest.raises(DBAPIError):
        async with database.read() as connection:
            await connection.execute(text("select * from no_such_table"))
