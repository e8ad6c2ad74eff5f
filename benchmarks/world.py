"""The program on a fresh database with the demo's newspaper in it, and readers to deliver to."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from bot.app import App, opened
from bot.demo.seeding import OLD_HAND, START, pieces, seed
from bot.settings import Settings
from digests.clock import SystemClock
from digests.newsroom import Arrival, Newsroom
from digests.related import RelatedIndex
from digests.sources import paste
from digests.storage.engine import Database
from digests.storage.migrate import migrate
from digests.storage.schema import readers

MORNING = START.replace(day=START.day + 1, hour=8, minute=0)
UNLIMITED = 1_000_000.0
CHUNK = 5_000
MOSCOW = ("Europe/Moscow",)
PREPARING = asyncio.Lock()  # Alembic migrates one database at a time in a process


class Standing(SystemClock):
    """A calendar that goes on from wherever it is put; monotonic time and sleeping are the machine's."""

    def __init__(self) -> None:
        self.moment = START

    @property
    def moment(self) -> datetime:
        """Where it was put; set it to put it elsewhere."""
        return self._moment

    @moment.setter
    def moment(self, moment: datetime) -> None:
        self._moment, self._since = moment, self.monotonic()

    def now(self) -> datetime:
        """Return the present instant."""
        return self._moment + timedelta(seconds=self.monotonic() - self._since)


def settings(telegram: str, database: str, per_second: float) -> Settings:
    """Return the program's settings; a pace beyond what they allow is what only measurements want."""
    return Settings.model_validate(
        {"bot_token": "1000:benchmark", "telegram_api_url": telegram, "database_url": database, "http_port": 0}
    ).model_copy(update={"messages_per_second": per_second})


@asynccontextmanager
async def program(
    url: str, clock: Standing, *, database: str | None = None, per_second: float = UNLIMITED
) -> AsyncIterator[App]:
    """Yield the program on an empty database (SQLite if none is named), with the newspaper published in it."""
    with TemporaryDirectory() as folder:
        address = database or f"sqlite+aiosqlite:///{Path(folder) / 'svodka.db'}"
        async with AsyncExitStack() as stack:
            async with PREPARING:
                await seed(address)
                app = await stack.enter_async_context(opened(settings(url, address, per_second), clock=clock))
            yield app


async def publish(address: str, at: datetime, articles: int = 3) -> None:
    """Publish some articles of the newspaper in a fresh database, all at one instant."""
    await migrate(address)
    clock = Standing()
    clock.moment = at
    async with Database.opened(address) as database:
        newsroom = Newsroom(database, clock, RelatedIndex())
        shelf = await newsroom.add_rubric("Rubric", "")
        for number, piece in enumerate(pieces()[:articles], 1):
            draft = await newsroom.submit(OLD_HAND, number, paste.from_text(piece.text), Arrival.COMMAND)
            filed = await newsroom.file_under(draft.id, shelf.id)
            await newsroom.publish(filed.id, filed.revision)


async def subscribe(
    database: Database, count: int, zones: tuple[str, ...] = MOSCOW, due: datetime = MORNING, *, first: int = 1
) -> None:
    """Enter so many readers who are due at an instant, spread over the zones, chats counted from the first."""
    common = {
        "state": "active",
        "language": "ru",
        "days": 127,
        "rubrics": "*",
        "covered_until": int((due - timedelta(days=7)).timestamp()),
        "next_due": int(due.timestamp()),
        "joined_at": int((due - timedelta(days=7)).timestamp()),
    }
    locals_ = [due.astimezone(ZoneInfo(zone)) for zone in zones]
    minutes = [local.hour * 60 + local.minute for local in locals_]
    for start in range(0, count, CHUNK):
        rows = [
            {
                **common,
                "chat_id": number + first,
                "zone": zones[number % len(zones)],
                "digest_time": minutes[number % len(zones)],
            }
            for number in range(start, min(start + CHUNK, count))
        ]
        async with database.write() as connection:
            await connection.execute(insert(readers), rows)
