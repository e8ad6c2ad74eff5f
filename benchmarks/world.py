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
from bot.demo.seeding import START, seed
from bot.settings import Settings
from digests.clock import SystemClock
from digests.storage.engine import Database
from digests.storage.schema import readers

MORNING = START.replace(day=START.day + 1, hour=8, minute=0)
UNLIMITED = 1_000_000.0
CHUNK = 5_000
MOSCOW = ("Europe/Moscow",)
PREPARING = asyncio.Lock()  # Alembic migrates one database at a time in a process


class Standing(SystemClock):
    """A calendar that stands where it is put; monotonic time and sleeping are the machine's."""

    def __init__(self) -> None:
        self.moment = START

    def now(self) -> datetime:
        return self.moment


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


async def subscribe(database: Database, count: int, zones: tuple[str, ...] = MOSCOW, due: datetime = MORNING) -> None:
    """Enter so many readers who are due at an instant, spread over the zones, chats counted from 1."""
    common = {
        "state": "active",
        "language": "ru",
        "days": 127,
        "rubrics": "*",
        "covered_until": int((due - timedelta(days=1)).timestamp()),
        "next_due": int(due.timestamp()),
        "joined_at": int(START.timestamp()),
    }
    locals_ = [due.astimezone(ZoneInfo(zone)) for zone in zones]
    minutes = [local.hour * 60 + local.minute for local in locals_]
    for start in range(0, count, CHUNK):
        rows = [
            {
                **common,
                "chat_id": number + 1,
                "zone": zones[number % len(zones)],
                "digest_time": minutes[number % len(zones)],
            }
            for number in range(start, min(start + CHUNK, count))
        ]
        async with database.write() as connection:
            await connection.execute(insert(readers), rows)
