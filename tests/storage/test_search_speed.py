"""The measurement of the search: its archive is searched as a real one is, and every kind of question is asked."""

from sqlalchemy import select

from benchmarks.text import search_speed
from benchmarks.text.archive import pieces
from benchmarks.text.corpora import Folder
from benchmarks.text.searched import fill
from digests.searching import Searching
from digests.storage.engine import Database
from digests.storage.schema_search import search_articles, search_stems
from tests.unit.test_benchmarks_archive import folder

__all__ = ["folder"]


async def test_every_kind_of_question_is_asked(database_url: str, folder: Folder) -> None:
    rows = await search_speed.measured(database_url, list(pieces(folder, 60)), of_each=2)
    assert [row["questions"] for row in rows[:-1]] == [2] * 13 + [26]


async def test_the_archive_is_entered_as_it_would_be_taken_in(database: Database, folder: Folder) -> None:
    archive = list(pieces(folder, 20))
    await fill(database, archive)
    assert await Searching(database).catch_up() == 0
    entered = await _held(database)
    async with database.write() as connection:
        await connection.execute(search_articles.update().values(version=0))
    assert await Searching(database).catch_up() == len(archive)
    assert await _held(database) == entered


async def _held(database: Database) -> list[object]:
    async with database.read() as connection:
        articles = (await connection.execute(select(search_articles).order_by(search_articles.c.article_id))).all()
        stems = (await connection.execute(select(search_stems).order_by(search_stems.c.stem))).all()
    return [*articles, *stems]
