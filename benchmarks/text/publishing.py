"""How long it takes to publish into a large archive, to start on it, and to import articles; on SQLite."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from sqlalchemy import insert

from benchmarks.text.archive import Piece, Recorder, documents, pieces
from benchmarks.text.corpora import Document, Folder
from benchmarks.tick import peak_mib, resident_mib
from digests.articles import ArticleId, ArticleState, Draft, Section, TitleOrigin, UserId
from digests.blocks import Block, paragraph
from digests.clock import SystemClock
from digests.collecting import Arrival
from digests.entries import MARK, VERSION
from digests.importing import TOGETHER
from digests.newsroom import Newsroom
from digests.origins import Origin, Sourced
from digests.related import RelatedIndex
from digests.storage import articles, terms
from digests.storage.engine import Database
from digests.storage.instants import seconds
from digests.storage.migrate import migrate
from digests.storage.schema import articles as table
from digests.storage.schema_search import search_articles, search_stems, search_words

EDITOR = UserId(1)
_BATCH = 1_000
_SEARCHED = {"revision": 1, "version": VERSION, "is_long": 0, "lead": ""}
_PARAGRAPH = 3  # sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """Milliseconds from the text to readers, what a start took, and the memory of the process in MiB."""

    p50_ms: float  # by the clock
    p95_ms: float
    cpu_ms: float  # median, of the processor
    start_s: float
    process_mib: float
    peak_mib: float


def published(path: Path, archive: int, count: int) -> Published:
    """Publish so many articles into an archive of so many."""
    return asyncio.run(_published(path, archive, count))


def imported(path: Path, count: int) -> tuple[float, float]:
    """Return milliseconds an article, by the clock and of the processor, for making so many drafts of texts.

    The database is fresh, and the texts are of one site, whose lines are compared.
    """
    return asyncio.run(_imported(path, count))


async def _published(path: Path, archive: int, count: int) -> Published:
    made = pieces(Folder(path), archive + count)
    async with _database() as database:
        newsroom = Newsroom(database, SystemClock(), RelatedIndex())
        rubric = await newsroom.add_rubric("Rubric", "")
        await _filled(database, islice(made, archive), rubric.id)
        began = time.perf_counter()
        await newsroom.load_index()
        start_s = time.perf_counter() - began
        times, spent = [], []
        for number, piece in enumerate(made, 1):
            blocks = blocks_of(piece.document)
            began, busy = time.perf_counter(), time.process_time()
            draft = await newsroom.submit(EDITOR, number, blocks, Arrival.COMMAND)
            filed = await newsroom.file_under(draft.id, rubric.id)
            await newsroom.publish(filed.id, filed.revision)
            times.append((time.perf_counter() - began) * 1000)
            spent.append((time.process_time() - busy) * 1000)
    times.sort()
    return Published(
        p50_ms=times[len(times) // 2],
        p95_ms=times[int(0.95 * len(times))],
        cpu_ms=median(spent),
        start_s=start_s,
        process_mib=resident_mib(),
        peak_mib=peak_mib(),
    )


async def _imported(path: Path, count: int) -> tuple[float, float]:
    async with _database() as database:
        newsroom = Newsroom(database, SystemClock(), RelatedIndex())
        sources = [
            Sourced(blocks=blocks_of(document), origin=Origin(site="news.example", url=f"https://news.example/{at}"))
            for at, document in enumerate(documents(Folder(path), count))
        ]
        began, busy = time.perf_counter(), time.process_time()
        for at in range(0, count, TOGETHER):
            await newsroom.take_all(EDITOR, sources[at : at + TOGETHER])
        spent = (time.perf_counter() - began, time.process_time() - busy)
        return spent[0] * 1000 / count, spent[1] * 1000 / count


@asynccontextmanager
async def _database() -> AsyncIterator[Database]:
    with TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'svodka.db'}"
        await migrate(url)
        async with Database.opened(url) as database:
            yield database


async def _filled(database: Database, made: Iterable[Piece], rubric: int) -> None:
    """Enter published articles straight into the tables: cutting them one by one would take an hour."""
    recorder, number, rest = Recorder(), 0, iter(made)
    first, holding = seconds(SystemClock().now()) - 10_000_000, Counter[str]()
    while batch := list(islice(rest, _BATCH)):
        rows, searched, records = [], [], {}
        for piece in batch:
            number += 1
            common = {"published_at": first + number, "rubric_id": rubric}
            rows.append({**_values(piece.document), **common, "id": number, "summary": piece.sentences[0]})
            rows[-1] |= {"created_at": first + number, "updated_at": first + number, "author_id": EDITOR}
            title, body = (f"{stems} {MARK}" for stems in recorder.stemmed(piece))
            searched.append({**_SEARCHED, **common, "article_id": number, "title": title, "body": body})
            searched[-1]["filed"] = str(rubric)
            holding.update({*title.split(), *body.split()})
            records[ArticleId(number)] = (1, recorder.record(piece))
        async with database.write() as connection:
            await connection.execute(insert(table), rows)
            await connection.execute(insert(search_articles), searched)
            await terms.put_all(connection, records, is_listed=True)
    async with database.write() as connection:
        await connection.execute(insert(search_stems), [{"stem": one, "articles": n} for one, n in holding.items()])
        await connection.execute(insert(search_words), [{"word": one, "stem": one} for one in holding])


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
    parts = document.text.splitlines()
    if len(parts) == 1:
        told = document.text.split(". ")
        parts = [". ".join(told[at : at + _PARAGRAPH]) for at in range(0, len(told), _PARAGRAPH)]
    return (paragraph(document.title), *(paragraph(part) for part in parts if part.strip()))
