"""A whole world for stories: the local Telegram, the real program on a fresh database, and people who press buttons."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app import App, opened
from bot.settings import Settings
from digests.articles import UserId
from digests.fetching import INTERNET, Reach
from sandbox import Sandbox
from sandbox.player import Player
from tests.clocks import FakeClock

TOKEN = "1000:demo"
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)  # a Sunday


@dataclass(kw_only=True)
class World:
    """The program, started; `restart` is what a crash and a start leave of it."""

    sandbox: Sandbox
    clock: FakeClock
    editor: Player
    settings: Settings
    reach: Reach = INTERNET
    app: App = field(init=False)
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def start(self) -> None:
        """Start the program on its database."""
        self.app = await self._stack.enter_async_context(opened(self.settings, clock=self.clock, reach=self.reach))
        self.sandbox.deliver_to(lambda update: self.app.dispatcher.feed_raw_update(self.app.bot, update))

    async def stop(self) -> None:
        """Close everything."""
        await self._stack.aclose()

    async def restart(self) -> None:
        """Stop and start again: whatever was only in memory is gone."""
        await self.stop()
        await self.start()

    def reader(self, name: str = "Анна", language: str = "ru") -> Player:
        """Return somebody new."""
        return self.sandbox.player(name, language=language)

    async def at(self, moment: datetime) -> None:
        """Let it be that instant: tick, and deliver what is due."""
        self.clock.set(moment)
        await self.app.tick()
        await self.app.courier.drain()

    async def publish(self, text: str, rubric: str = "Город") -> None:
        """Let the editor push an article the way editors do."""
        await self.editor.send("/add")
        await self.editor.send(text)
        await self.editor.send("/done")
        await self.put_out(rubric)

    async def put_out(self, rubric: str = "Город") -> None:
        """Let the editor publish the draft whose card is the last message."""
        await self.editor.tap("Выбрать рубрику")
        labels = [button.text for button in self.editor.last.buttons()]
        if any(label.endswith(rubric) for label in labels):
            await self.editor.tap(next(label for label in labels if label.endswith(rubric)))
        else:
            await self.editor.tap("Новая рубрика")
            await self.editor.send(rubric)
        toast = await self.editor.tap("Опубликовать")
        assert toast
        assert toast.text == "Опубликовано"


@asynccontextmanager
async def world_at(folder: Path, now: datetime = NOON, reach: Reach = INTERNET) -> AsyncIterator[World]:
    """Yield a world whose database is in the folder; `reach` is where it may fetch pages from."""
    clock = FakeClock(now)
    async with Sandbox.serve(port=0, clock=clock, token=TOKEN, username="svodka_bot") as sandbox:
        editor = sandbox.player("Вера", language="ru")
        settings = Settings.model_validate(
            {
                "bot_token": TOKEN,
                "telegram_api_url": sandbox.url,
                "database_url": f"sqlite+aiosqlite:///{folder}/svodka.db",
                "owner_ids": frozenset({UserId(editor.id)}),
                "messages_per_second": 1000,
                "http_port": 0,
            }
        )
        world = World(sandbox=sandbox, clock=clock, editor=editor, settings=settings, reach=reach)
        await world.start()
        try:
            yield world
        finally:
            await world.stop()


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with world_at(tmp_path) as made:
        yield made
