"""Backups of the SQLite database: made while it is in use, checked, and put back whole."""

import asyncio
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from digests.errors import DatabaseTooNew, DatabaseUnusable
from digests.storage import articles
from digests.storage.backup import backup, restore
from digests.storage.engine import Database
from digests.storage.migrate import HEAD, migrate, revision_of
from tests import factories

CRASHING = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("delete from articles")
connection.commit()
os._exit(9)
"""


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'data' / 'svodka.db'}"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "copies #1" / "copy.db"


@pytest.fixture(autouse=True)
async def _migrated(url: str, copy: Path) -> None:
    await migrate(url)
    await asyncio.to_thread(copy.parent.mkdir)


async def titles(url: str) -> list[str]:
    async with Database.opened(url) as database, database.read() as connection:
        return [article.title for article in (await articles.list_published(connection, 0, 100))[0]]


async def add(url: str, *titles: str) -> None:
    async with Database.opened(url) as database:
        for title in titles:
            await factories.article(database, title)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def test_a_backup_made_while_the_bot_writes_is_put_back_whole(url: str, copy: Path) -> None:
    async with Database.opened(url) as database:
        await factories.article(database, "Первая")
        await factories.article(database, "Вторая")
        async with database.write() as connection:
            await connection.exec_driver_sql("delete from articles where title = 'Вторая'")
            await asyncio.to_thread(backup, url, copy)
        await factories.article(database, "Третья")
    assert names(copy.parent) == ["copy.db"]
    await asyncio.to_thread(restore, url, copy)
    assert sorted(await titles(url)) == ["Вторая", "Первая"]


async def test_an_older_backup_is_replaced(url: str, copy: Path) -> None:
    await add(url, "Первая")
    await asyncio.to_thread(backup, url, copy)
    await add(url, "Вторая")
    await asyncio.to_thread(backup, url, copy)
    await asyncio.to_thread(restore, url, copy)
    assert sorted(await titles(url)) == ["Вторая", "Первая"]


async def test_a_file_that_is_no_backup_is_never_overwritten(url: str, copy: Path) -> None:
    copy.write_text("Письмо")  # noqa: ASYNC240  a small file of the test's own
    with pytest.raises(DatabaseUnusable, match="left alone"):
        backup(url, copy)
    assert copy.read_text() == "Письмо"  # noqa: ASYNC240  a small file of the test's own
    with pytest.raises(DatabaseUnusable, match="left alone"):
        backup(url, Path(url.removeprefix("sqlite+aiosqlite:///")))


async def test_a_backup_where_nothing_can_be_written_is_told(url: str, copy: Path) -> None:
    with pytest.raises(DatabaseUnusable, match="left alone"):
        await asyncio.to_thread(backup, url, copy.parent)
    await asyncio.to_thread(copy.touch)
    with pytest.raises(DatabaseUnusable, match="left alone"):
        await asyncio.to_thread(backup, url, copy)
    with pytest.raises(DatabaseUnusable, match=r"exists|directory"):
        await asyncio.to_thread(backup, url, copy / "copy.db")


async def test_the_folder_of_a_backup_is_made(url: str, copy: Path) -> None:
    await asyncio.to_thread(backup, url, copy.parent / "new" / "copy.db")
    assert names(copy.parent / "new") == ["copy.db"]


async def test_a_database_that_does_not_exist_is_not_backed_up_as_an_empty_one(tmp_path: Path, copy: Path) -> None:
    with pytest.raises(DatabaseUnusable, match="no such file"):
        backup(f"sqlite:///{tmp_path / 'missing.db'}", copy)
    assert names(copy.parent) == []


async def test_what_is_replaced_is_kept_beside_with_the_last_writes(url: str, copy: Path) -> None:
    await asyncio.to_thread(backup, url, copy)
    await add(url, "Последняя")
    await asyncio.to_thread(restore, url, copy)
    assert await titles(url) == []
    assert await titles(f"{url}.replaced") == ["Последняя"]


async def test_restoring_removes_the_log_of_a_crashed_program(url: str, copy: Path, tmp_path: Path) -> None:
    await add(url, "Первая")
    await asyncio.to_thread(backup, url, copy)
    file = tmp_path / "data" / "svodka.db"
    await asyncio.to_thread(subprocess.run, [sys.executable, "-c", CRASHING, str(file)], check=False)
    assert "svodka.db-wal" in names(file.parent)
    await asyncio.to_thread(restore, url, copy)
    assert [name for name in names(file.parent) if not name.startswith("svodka.db.replaced")] == ["svodka.db"]
    assert await titles(url) == ["Первая"]


async def test_a_damaged_database_can_be_restored_over(url: str, copy: Path, tmp_path: Path) -> None:
    await add(url, "Первая")
    await asyncio.to_thread(backup, url, copy)
    file = tmp_path / "data" / "svodka.db"
    file.write_bytes(b"rubbish" * 1000)
    await asyncio.to_thread(restore, url, copy)
    assert await titles(url) == ["Первая"]


async def test_a_restore_into_a_new_place_makes_it(url: str, copy: Path, tmp_path: Path) -> None:
    await add(url, "Первая")
    await asyncio.to_thread(backup, url, copy)
    elsewhere = f"sqlite:///{tmp_path / 'new' / 'place.db'}"
    await asyncio.to_thread(restore, elsewhere, copy)
    assert await titles(elsewhere) == ["Первая"]


async def test_a_database_in_use_is_not_restored_over(url: str, copy: Path) -> None:
    await asyncio.to_thread(backup, url, copy)
    async with Database.opened(url) as database:
        await factories.article(database, "Первая")
        with pytest.raises(DatabaseUnusable, match="in use"):
            await asyncio.to_thread(restore, url, copy)
    assert await titles(url) == ["Первая"]


async def test_a_damaged_backup_is_refused_and_nothing_changes(url: str, copy: Path) -> None:
    await add(url, *(f"Новость {number}" for number in range(30)))
    await asyncio.to_thread(backup, url, copy)
    whole = copy.read_bytes()  # noqa: ASYNC240  a small file of the test's own
    for damaged in (b"", b"not a database" * 300, whole[: len(whole) // 2], _scratched(whole)):
        copy.write_bytes(damaged)  # noqa: ASYNC240  a small file of the test's own
        with pytest.raises(DatabaseUnusable) as refused:
            await asyncio.to_thread(restore, url, copy)
        assert refused.value.where == str(copy)
    assert len(await titles(url)) == 30


def _scratched(whole: bytes) -> bytes:
    """The backup with the middle of every page but the first overwritten."""
    size = 4096
    pages = [whole[start : start + size] for start in range(0, len(whole), size)]
    return b"".join([pages[0], *(page[:1000] + b"\xff" * 2000 + page[3000:] for page in pages[1:])])


async def test_another_programs_database_is_refused(url: str, copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as other:
        other.execute("create table t (a)")
    with pytest.raises(DatabaseUnusable, match="not a database of Svodka"):
        await asyncio.to_thread(restore, url, copy)


@pytest.mark.parametrize("newer", ["backup", "database"])
async def test_what_a_newer_program_wrote_is_neither_restored_nor_replaced(
    url: str, copy: Path, tmp_path: Path, newer: str
) -> None:
    await asyncio.to_thread(backup, url, copy)
    with closing(sqlite3.connect(copy if newer == "backup" else tmp_path / "data" / "svodka.db")) as connection:
        connection.execute("update alembic_version set version_num = '9999'")
        connection.commit()
    with pytest.raises(DatabaseTooNew):
        await asyncio.to_thread(restore, url, copy)
    assert "svodka.db.replaced" not in names(tmp_path / "data")


async def test_a_backup_of_an_older_program_is_brought_up_to_date_by_the_next_start(url: str, copy: Path) -> None:
    await asyncio.to_thread(backup, url, copy)
    await asyncio.to_thread(restore, url, copy)
    await migrate(url)
    assert await revision_of(url) == HEAD


def test_postgresql_is_left_to_its_own_programs(tmp_path: Path) -> None:
    for act in (backup, restore):
        with pytest.raises(DatabaseUnusable, match="pg_dump") as refused:
            act("postgresql://svodka:secret@127.0.0.1/svodka", tmp_path / "copy.db")
        assert "secret" not in refused.value.where
