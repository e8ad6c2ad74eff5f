"""How long it takes to find related articles in a large archive: ours, FTS5, and plain TF-IDF.

Times are the processor's: all three compute in memory, and neighbours on a busy machine do not count.
"""

import gc
import math
import random
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.text.archive import Recorder, pieces
from benchmarks.text.corpora import Folder
from benchmarks.text.plain import Cosine
from benchmarks.tick import peak_mib, resident_mib
from digests.articles import ArticleId
from digests.related import RelatedIndex

_START = datetime(2025, 1, 1, tzinfo=UTC)
_WARM_UP = 5
_TERMS = 25  # of an article that FTS5 is asked for, the heaviest
_DEPTH = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """Milliseconds of queries on the processor; MiB that the process has resident, and what of it the index took."""

    p50_ms: float
    p95_ms: float
    filling_s: float
    process_mib: float
    index_mib: float
    peak_mib: float


def ours(path: Path, count: int, queries: int) -> Lookup:
    """Measure the index of the program."""
    folder, recorder, index = Folder(path), Recorder(), RelatedIndex()
    for piece in pieces(folder, 3_000):  # most sentences, so that their memory is not taken for the index's
        recorder.record(piece)
    gc.collect()
    before, filling_s = resident_mib(), 0.0
    for number, piece in enumerate(pieces(folder, count)):
        record, published_at = recorder.record(piece), _START + timedelta(minutes=number)
        began = time.perf_counter()
        index.put(ArticleId(number), record, published_at)
        filling_s += time.perf_counter() - began
    gc.collect()
    after = resident_mib()
    times = _timed(lambda number: index.similar(ArticleId(number)), _asked(count, queries))
    return _lookup(times, filling_s, before, after)


def fts5(path: Path, count: int, queries: int) -> Lookup:
    """Measure bm25 of SQLite over the same stems, asked for the 25 heaviest of each article."""
    recorder, holding, texts = Recorder(), Counter[str](), {}
    asked = set(_asked(count, queries))
    before = resident_mib()
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("create virtual table archive using fts5(title, body, content='')")
        began = time.perf_counter()
        for number, piece in enumerate(pieces(Folder(path), count)):
            title, body = recorder.stemmed(piece)
            connection.execute("insert into archive (rowid, title, body) values (?, ?, ?)", (number + 1, title, body))
            holding.update({*title.split(), *body.split()})
            if number in asked:
                texts[number] = Counter([*title.split() * 3, *body.split()])
        filling_s, after = time.perf_counter() - began, resident_mib()
        statement = "select rowid from archive where archive match ? order by bm25(archive, 3, 1) limit ?"

        def search(number: int) -> object:
            times = texts[number]
            weights = {stem: math.log(1 + times[stem]) * math.log(count / holding[stem]) for stem in times}
            words = " OR ".join(f'"{stem}"' for stem in sorted(weights, key=lambda one: -weights[one])[:_TERMS])
            return connection.execute(statement, (words, _DEPTH)).fetchall()

        times = _timed(search, _asked(count, queries))
    return _lookup(times, filling_s, before, after)


def plain(path: Path, count: int, queries: int) -> Lookup:
    """Measure TF-IDF cosine in dictionaries, which reads every posting of every stem."""
    before, began = resident_mib(), time.perf_counter()
    cosine = Cosine([piece.document for piece in pieces(Folder(path), count)])
    filling_s, after = time.perf_counter() - began, resident_mib()
    return _lookup(_timed(cosine.ranked, _asked(count, queries)), filling_s, before, after)


def _asked(count: int, queries: int) -> Sequence[int]:
    return random.Random(5).sample(range(count), min(count, queries))


def _timed(look: Callable[[int], object], asked: Iterable[int]) -> list[float]:
    order = list(asked)
    for number in order[:_WARM_UP]:
        look(number)
    times = []
    for number in order:
        began = time.process_time()
        look(number)
        times.append((time.process_time() - began) * 1000)
    return sorted(times)


def _lookup(times: Sequence[float], filling_s: float, before: float, after: float) -> Lookup:
    return Lookup(
        p50_ms=times[len(times) // 2],
        p95_ms=times[int(0.95 * len(times))],
        filling_s=filling_s,
        process_mib=after,
        index_mib=after - before,
        peak_mib=peak_mib(),
    )
