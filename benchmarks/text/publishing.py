"""How long it takes to publish into a large archive, to start on it, and to import articles: SQLite, in this process."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import insert

from benchmarks.text.archive import Piece, Recorder, pieces
from benchmarks.text.corpora import Document, Folder
from benchmarks.tick import peak_mib, resident_mib
from digests.articles import ArticleId, ArticleState, Draft, Section, TitleOrigin, UserId
from digests.blocks import Block, paragraph
from digests.clock import SystemClock
from digests.collecting import Arrival
from digests.newsroom import Newsroom
from digests.origins import Origin, Sourced
from digests.related import RelatedIndex
from digests.searching import Searching
from digests.storage import articles, terms
from digests.storage.engine import Database
from digests.storage.instants import seconds
from digests.storage.migrate import migrate
from digests.storage.schema import articles as table

EDITOR = UserId(1)
_BATCH = 1_000
_PARAGRAPH = 3  # sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """Milliseconds from the text to readers, what the parts of a start took, and the memory of the process in MiB."""

    p50_ms: float
    p95_ms: float
    start_s: float
    process_mib: float
    peak_mib: float


def published(path: Path, archive: int, count: int) -> Published:
    """Publish so many articles into an archive of so many."""
    return asyncio.run(_published(path, archive, count))


def imported(path: Path, count: int) -> float:
    """Return milliseconds an article for taking so many in as drafts, one after another, into a fresh database."""
    return asyncio.run(_imported(path, count))


async def _published(path: Path, archive: int, count: int) -> Published:
    made = pieces(Folder(path), archive + count)
    async with _database() as database:
        newsroom = Newsroom(database, SystemClock(), RelatedIndex())
        rubric = await newsroom.add_rubric("Rubric", "")
        await _filled(database, islice(made, archive), rubric.id)
        await Searching(database).catch_up()
        began = time.perf_counter()
        await newsroom.load_index()
        start_s = time.perf_counter() - began
        times = []
        for number, piece in enumerate(made, 1):
            blocks = blocks_of(piece.document)
            began = time.perf_counter()
            draft = await newsroom.submit(EDITOR, number, blocks, Arrival.COMMAND)
            filed = await newsroom.file_under(draft.id, rubric.id)
            await newsroom.publish(filed.id, filed.revision)
            times.append((time.perf_counter() - began) * 1000)
    times.sort()
    return Published(
        p50_ms=times[len(times) // 2],
        p95_ms=times[int(0.95 * len(times))],
        start_s=start_s,
        process_mib=resident_mib(),
        peak_mib=peak_mib(),
    )


async def _imported(path: Path, count: int) -> float:
    async with _database() as database:
        newsroom = Newsroom(database, SystemClock(), RelatedIndex())
        sources = [
            Sourced(
                blocks=blocks_of(piece.document), origin=Origin(site="news.example", url=f"https://news.example/{at}")
            )
            for at, piece in enumerate(pieces(Folder(path), count))
        ]
        began = time.perf_counter()
        for sourced in sources:
            await newsroom.take(EDITOR, sourced)
        return (time.perf_counter() - began) * 1000 / count


@asynccontextmanager
async def _database() -> AsyncIterator[Database]:
    with TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'svodka.db'}"
        await migrate(url)
        async with Database.opened(url) as database:
            yield database


async def _filled(database: Database, made: Iterable[Piece], rubric: int) -> None:
    """Enter published articles straight into the tables: cutting them one by one would take an hour."""
    recorder, now, number, rest = Recorder(), SystemClock().now(), 0, iter(made)
    while batch := list(islice(rest, _BATCH)):
        rows, records = [], {}
        for piece in batch:
            number += 1
            moment = seconds(now) - 10_000_000 + number
            rows.append({**_values(piece.document), "id": number, "rubric_id": rubric, "published_at": moment})
            rows[-1] |= {"created_at": moment, "updated_at": moment, "author_id": EDITOR, "summary": piece.sentences[0]}
            records[ArticleId(number)] = (1, recorder.record(piece))
        async with database.write() as connection:
            await connection.execute(insert(table), rows)
            await terms.put_all(connection, records, is_listed=True)


def _values(document: Document) -> articles.Values:
    draft = Draft(
        title=document.title,
        title_origin=TitleOrigin.TEXT,
        lead=(),
        sections=(Section(blocks=blocks_of(document)[1:]),),
        removed=(),
        source_links=(),
    )
    return {"state": ArticleState.PUBLISHED.value, **articles.content_values(draft)}


def blocks_of(document: Document) -> tuple[Block, ...]:
    """Return an article as it is pasted: the title, then paragraphs of some sentences."""
    told = document.text.split(". ")
    parts = [". ".join(told[at : at + _PARAGRAPH]) for at in range(0, len(told), _PARAGRAPH)]
    return (paragraph(document.title), *(paragraph(part) for part in parts if part.strip()))
