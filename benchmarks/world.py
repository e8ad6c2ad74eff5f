"""The program on a fresh database with the demo's newspaper in it, talking to the cheap Telegram."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app import App, opened
from bot.demo.seeding import START, seed
from bot.settings import Settings
from digests.clock import SystemClock

MORNING = START.replace(day=START.day + 1, hour=8, minute=0)


class Standing(SystemClock):
    """A calendar that stands where it is put; monotonic time and sleeping are the machine's."""

    def __init__(self) -> None:
        self.moment = START

    def now(self) -> datetime:
        return self.moment


@asynccontextmanager
async def program(url: str, clock: Standing) -> AsyncIterator[App]:
    """Yield the program; its pace is unlimited, so that only its own cost counts."""
    with TemporaryDirectory() as folder:
        database = f"sqlite+aiosqlite:///{Path(folder) / 'svodka.db'}"
        await seed(database)
        settings = Settings.model_validate(
            {"bot_token": "1000:benchmark", "telegram_api_url": url, "database_url": database, "http_port": 0}
        ).model_copy(update={"messages_per_second": 1_000_000.0})
        async with opened(settings, clock=clock) as app:
            yield app
