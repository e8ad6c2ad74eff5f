"""How long a search takes in a large archive, on both engines: `python -m benchmarks.text.search_speed --data DIR`.

The bare way does the same on the same words in the same run: FTS5 of stems ranked by its own bm25, the best ten, and
their texts read, without slips, phrases, passages or a driver for coroutines.
"""

import asyncio
import json
import random
import sqlite3
import statistics
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import insert

from benchmarks import postgres
from benchmarks.text.archive import Piece, pieces
from benchmarks.text.corpora import Folder
from digests.articles import Draft, Section, TitleOrigin
from digests.blocks import paragraph
from digests.searching import Kept, Searching
from digests.storage import articles, rubrics, schema
from digests.storage.engine import Database
from digests.storage.migrate import migrate
from digests.words import STOP_WORDS, stems, tokens

ARTICLES = 100_000
QUERIES = 300
BATCH = 500
FIRST_S, APART_S = 1_700_000_000, 900
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
GOAL_MS = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """How long something took, in milliseconds."""

    what: str
    median: float
    p95: float | None  # None for a mean
    items: int

    @classmethod
    def of(cls, what: str, seconds: Sequence[float]) -> "Speed":
        """Return the median and the 95th percentile."""
        ordered = sorted(seconds)
        return cls(
            what=what,
            median=round(1000 * statistics.median(ordered), 2),
            p95=round(1000 * ordered[int(0.95 * (len(ordered) - 1))], 2),
            items=len(ordered),
        )


def questions(archive: Sequence[Piece], count: int) -> list[str]:
    """Return queries of one to three words of titles, as readers would type them."""
    chance = random.Random(5)
    found: list[str] = []
    while len(found) < count:
        words = [word for word in tokens(chance.choice(archive).sentences[0]) if word not in STOP_WORDS]
        if len(words) >= 3:
            found.append(" ".join(chance.sample(words, chance.choice((1, 2, 3)))))
    return found


def slipped(query: str, chance: random.Random) -> str:
    """Return the query with two letters of its longest word swapped."""
    word = max(query.split(), key=len)
    at = chance.randrange(max(1, len(word) - 1))
    return query.replace(word, word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :])


async def ours(url: str, archive: Sequence[Piece], asked: Iterable[str]) -> list[Speed]:
    """Fill a database and search it."""
    await migrate(url)
    async with Database.opened(url) as database:
        await _filled(database, archive)
        searching = Searching(database)
        started = time.perf_counter()
        await searching.catch_up()
        took = time.perf_counter() - started
        if database.dialect == "postgresql":
            async with database.write() as connection:
                await connection.exec_driver_sql("analyze")
        chance = random.Random(6)
        plain = [await _timed(searching, query) for query in asked]
        slips = [await _timed(searching, slipped(query, chance)) for query in asked]
        name = database.dialect
        return [
            Speed.of(f"{name}, a query", plain),
            Speed.of(f"{name}, with a slip of the finger", slips),
            Speed(what=f"{name}, an article into the index, on average", median=round(1000 * took / len(archive), 2),
                  p95=None, items=len(archive)),
        ]  # fmt: skip


async def _timed(searching: Searching, query: str) -> float:
    started = time.perf_counter()
    await searching.find(Kept(text=query), NOW)
    return time.perf_counter() - started


async def _filled(database: Database, archive: Sequence[Piece]) -> None:
    async with database.write() as connection:
        rubric = (await rubrics.add(connection, "City", "")).id
    for start in range(0, len(archive), BATCH):
        rows = []
        for number, piece in enumerate(archive[start : start + BATCH], start):
            at = FIRST_S + APART_S * number
            rows.append(
                {
                    **articles.content_values(_draft(piece)),
                    "state": "published",
                    "rubric_id": rubric,
                    "author_id": 1,
                    "created_at": at,
                    "updated_at": at,
                    "published_at": at,
                }
            )
        async with database.write() as connection:
            await connection.execute(insert(schema.articles), rows)


def _draft(piece: Piece) -> Draft:
    """Return an article whose lead is its first two sentences, and whose paragraphs are of four."""
    document = piece.document
    told = document.text.split(". ")
    lead, rest = ". ".join(told[:2]), told[2:]
    blocks = tuple(paragraph(". ".join(rest[at : at + 4])) for at in range(0, len(rest), 4))
    return Draft(
        title=document.title,
        title_origin=TitleOrigin.TEXT,
        lead=(paragraph(lead),),
        sections=(Section(blocks=blocks),),
        removed=(),
        source_links=(),
    )


def bare(archive: Sequence[Piece], asked: Iterable[str], path: Path) -> Speed:
    """Search stems with FTS5 alone."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create virtual table texts using fts5(title, body)")
        documents = (piece.document for piece in archive)
        rows = ((" ".join(stems(one.title)), " ".join(stems(one.text))) for one in documents)
        connection.executemany("insert into texts values (?, ?)", rows)
        connection.commit()
        ranked = "select title, body from texts where texts match ? order by bm25(texts, 5.0, 1.0) limit 10"
        taken = []
        for query in asked:
            started = time.perf_counter()
            connection.execute(ranked, (" ".join(f'"{stem}"' for stem in stems(query)),)).fetchall()
            taken.append(time.perf_counter() - started)
    return Speed.of("bare FTS5 with bm25", taken)


async def measured(folder: Folder, count: int) -> list[Speed]:
    """Take every figure."""
    archive = list(pieces(folder, count))
    asked = questions(archive, QUERIES)
    with TemporaryDirectory(prefix="svodka-") as name:
        found = [bare(archive, asked, Path(name) / "bare.db")]
        found += await ours(f"sqlite+aiosqlite:///{name}/svodka.db", archive, asked)
    if postgres.found():
        with postgres.cluster() as server:
            found += await ours(server.fresh("svodka"), archive, asked)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures, or one JSON object each; return 1 if a query took longer than it may."""
    parser = ArgumentParser(prog="python -m benchmarks.text.search_speed", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the test texts")
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--json", action="store_true", help="print one JSON object a figure")
    chosen = parser.parse_args(arguments)
    found = asyncio.run(measured(Folder(chosen.data), chosen.articles))
    for speed in found:
        slowest = "" if speed.p95 is None else f", p95 {speed.p95} ms"
        as_text = f"{speed.what}: {speed.median} ms{slowest} ({speed.items})"
        print(json.dumps(asdict(speed), ensure_ascii=False) if chosen.json else as_text)
    return int(any((speed.p95 or 0) > GOAL_MS for speed in found if speed.what.endswith("a query")))


if __name__ == "__main__":
    sys.exit(main())
