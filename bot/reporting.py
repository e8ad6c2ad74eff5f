"""The report of a broadcast as a file: a line a reader, written to disk and not held in memory."""

import asyncio
import csv
import gzip
import tempfile
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from aiogram.types import FSInputFile

from digests.broadcasting import Broadcasts
from digests.deliveries import BroadcastId
from digests.storage.broadcasts import ReportRow

Line = tuple[str, str, str, str]
HEAD: Line = ("chat_id", "state", "reason", "time")
PLAIN_LIMIT = 20_000_000  # bytes; a longer file is sent compressed, for Telegram takes 50 MB


@asynccontextmanager
async def report(broadcasts: Broadcasts, number: BroadcastId) -> AsyncIterator[FSInputFile]:
    """Lend the file. Raises BroadcastMissing."""
    await broadcasts.progress(number)
    with tempfile.TemporaryDirectory(prefix="svodka-") as folder:
        path = Path(folder, f"broadcast-{number}.csv")
        await asyncio.to_thread(_append, path, [HEAD])
        async for rows in broadcasts.report(number):
            await asyncio.to_thread(_append, path, [_line(row) for row in rows])
        path = await asyncio.to_thread(_fitting, path)
        yield FSInputFile(path, path.name)


def _line(row: ReportRow) -> Line:
    return str(row.chat), row.state, row.reason or "", row.done_at.isoformat() if row.done_at else ""


def _append(path: Path, lines: Iterable[Line]) -> None:
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)


def _fitting(path: Path) -> Path:
    return _compressed(path) if path.stat().st_size > PLAIN_LIMIT else path


def _compressed(path: Path) -> Path:
    target = path.with_name(path.name + ".gz")
    with path.open("rb") as plain, gzip.open(target, "wb") as packed:
        while piece := plain.read(1 << 20):
            packed.write(piece)
    return target
