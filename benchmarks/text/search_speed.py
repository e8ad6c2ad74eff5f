"""How long a search takes in a large archive, kind by kind: `python -m benchmarks.text.search_speed --data DIR`.

FTS5 does the same in the same run where it can: the same index ranked by its own bm25, the best five and their texts,
without forms of words, slips, passages or a driver for coroutines. An archive of 100,000 takes some two minutes on
SQLite and as many on PostgreSQL, whose server is started for it and thrown away; of its work `cpu` shows nothing.
"""

import asyncio
import sqlite3
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import postgres
from benchmarks.figures import Row, show
from benchmarks.text.archive import Piece, pieces
from benchmarks.text.corpora import Folder
from benchmarks.text.questions import Asking, Question
from benchmarks.text.searched import APART_S, FIRST_S, fill
from digests.searching import Kept, Searching
from digests.storage.engine import Database
from digests.storage.migrate import migrate

ARTICLES = 100_000
OF_EACH = 60  # questions of a kind
LATE = 1_000  # articles that the index is left without, to be taken in
ENGINES = ("sqlite", "postgresql")
GOAL_MS = 10.0
SHOWN = 5  # results

_BARE = (
    "select a.title, a.body from search_articles a join (select rowid as number from search_index"
    " where search_index match ? order by bm25(search_index, 5, 2, 1, 0) limit ? offset ?) found"
    " on a.article_id = found.number"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Milliseconds that a question took: by the clock, of the processor, and FTS5 alone by the clock."""

    kind: str
    wall: float
    cpu: float
    bare: float | None = None


class Stopwatch:
    """Milliseconds since it was made."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def read(self) -> tuple[float, float]:
        """Return those of the clock and those of the processor, of all threads."""
        return 1000 * (time.perf_counter() - self._wall), 1000 * (time.process_time() - self._cpu)


async def measured(url: str, archive: Sequence[Piece], of_each: int = OF_EACH) -> list[Row]:
    """Fill a database with the archive, take the last articles in, and search it."""
    await migrate(url)
    late = min(LATE, len(archive) // 2)
    async with Database.opened(url) as database:
        _say("filling")
        await fill(database, archive, unsearched=late)
        _say(f"taking {late:,} in")
        searching, watch = Searching(database), Stopwatch()
        await searching.catch_up()
        wall, cpu = (round(spent / late, 2) for spent in watch.read())
        _say("searching")
        now = datetime.fromtimestamp(FIRST_S + APART_S * len(archive), UTC) + timedelta(hours=1)
        path = Path(database.where) if database.dialect == "sqlite" else None
        taken = await _asked(searching, Asking(archive).questions(of_each), now, path)
    common = {"engine": database.dialect, "articles": len(archive)}
    kinds = list(dict.fromkeys(one.kind for one in taken))
    rows = [_row(kind, [one for one in taken if one.kind == kind]) for kind in kinds]
    empty = dict.fromkeys(rows[0], "")
    every = _row("all kinds", taken) | {"met": "yes" if _share([one.wall for one in taken], 0.95) <= GOAL_MS else "no"}
    rows += [every, {**empty, "figure": "an article taken in, mean", "p50": wall, "cpu p50": cpu}]
    return [{**row, **common} for row in rows]


async def _asked(searching: Searching, questions: Sequence[Question], now: datetime, path: Path | None) -> list[Taken]:
    taken = []
    with _bare(path) as bare:
        for question in questions:
            watch = Stopwatch()
            await searching.find(Kept(text=question.text), now, offset=question.offset, limit=SHOWN)
            wall, cpu = watch.read()
            alone: float | None = None
            if bare and question.match:
                watch = Stopwatch()
                bare.execute(_BARE, (question.match, SHOWN, question.offset)).fetchall()
                alone, _ = watch.read()
            taken.append(Taken(kind=question.kind, wall=wall, cpu=cpu, bare=alone))
    return taken


@contextmanager
def _bare(path: Path | None) -> Iterator[sqlite3.Connection | None]:
    if path is None:
        yield None
        return
    with closing(sqlite3.connect(path)) as connection:
        yield connection


def _row(figure: str, taken: Sequence[Taken]) -> dict[str, object]:
    wall, cpu = [one.wall for one in taken], [one.cpu for one in taken]
    bare = [one.bare for one in taken if one.bare is not None]
    return {
        "figure": figure,
        "questions": len(taken),
        "p50": _share(wall, 0.5),
        "p95": _share(wall, 0.95),
        "cpu p50": _share(cpu, 0.5),
        "cpu p95": _share(cpu, 0.95),
        "FTS5 p50": _share(bare, 0.5) if bare else "",
        "FTS5 p95": _share(bare, 0.95) if bare else "",
        "met": "",
    }


def _share(spent: Sequence[float], share: float) -> float:
    """Return what so much of them took at most."""
    return round(sorted(spent)[int(share * (len(spent) - 1))], 2)


def _say(words: str) -> None:
    print(f"{time.strftime('%X')} {words}", file=sys.stderr, flush=True)


def tables(path: Path, sizes: Sequence[int], engines: Sequence[str]) -> Iterator[list[Row]]:
    """Yield the figures of each size on each engine."""
    for size in sizes:
        _say(f"{size:,} articles: putting together")
        archive = list(pieces(Folder(path), size))
        for engine in engines:
            _say(f"{size:,} articles: {engine}")
            with _database(engine) as url:
                yield asyncio.run(measured(url, archive))


@contextmanager
def _database(engine: str) -> Iterator[str]:
    if engine == "postgresql":
        with postgres.cluster() as server:
            yield server.fresh("svodka")
    else:
        with TemporaryDirectory(prefix="svodka-") as folder:
            yield f"sqlite+aiosqlite:///{folder}/svodka.db"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table for each size and engine, or one JSON object a row; return 1 if a goal was missed."""
    parser = ArgumentParser(prog="python -m benchmarks.text.search_speed", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the test texts")
    parser.add_argument("--size", type=int, nargs="+", default=[ARTICLES], help="articles of the archive")
    parser.add_argument("--engine", choices=ENGINES, nargs="+", default=list(ENGINES))
    parser.add_argument("--json", action="store_true", help="print one JSON object a row instead of a table")
    chosen = parser.parse_args(arguments)
    if not chosen.data.is_dir():
        parser.error(f"no such folder: {chosen.data}")
    engines = [name for name in chosen.engine if name == "sqlite" or postgres.found()]
    met = True
    for rows in tables(chosen.data, chosen.size, engines):
        show(rows, as_json=chosen.json, title="search, milliseconds")
        met = met and all(row["met"] != "no" for row in rows)
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
