"""The demo's stage: the local Telegram, a fresh database with the paper in it, and the bot, which can be restarted."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from pathlib import Path

from bot.app import App, opened
from bot.demo import neighbouring, seeding
from bot.demo.clock import DemoClock
from bot.demo.neighbouring import Neighbour
from bot.demo.settings import demo_settings
from bot.demo.words import BOT_NAME, EDITOR
from bot.running import run
from bot.settings import Settings
from digests.articles import Article
from digests.readers import ChatId
from sandbox import Player, Sandbox

TOKEN = "1000:demo"  # noqa: S105 - the made-up token of a made-up bot
SETTLED_S = 0.2
# A jump over months stops for the first of the digests on the way; the rest are as late as after any long downtime.
MOST_STOPS = 60


class Stage:
    """Everything that runs in the demo. `app` is the bot that is up, None between two of them."""

    def __init__(
        self, sandbox: Sandbox, clock: DemoClock, editor: Player, settings: Settings, neighbour: Neighbour
    ) -> None:
        self.sandbox = sandbox
        self.clock = clock
        self.editor = editor
        self.seeded: list[Article] = []
        self.app: App | None = None
        self.tasks = asyncio.TaskGroup()  # entered by `raised`
        self.settings = settings
        self.neighbour = neighbour
        self._bot = AsyncExitStack()

    async def start_bot(self) -> None:
        """Bring the bot up, on the same path as `svodka run`."""
        self.app = app = await self._bot.enter_async_context(
            opened(self.settings, clock=self.clock, paces_chats=False, reach=self.neighbour.reach)
        )
        stop = asyncio.Event()
        running = self.tasks.create_task(run(app, self.settings, stop))

        async def end() -> None:
            stop.set()
            await running

        self._bot.push_async_callback(end)

    async def stop_bot(self) -> None:
        """Take the bot down as Ctrl-C does: it finishes what is in hand."""
        self.app = None
        await self._bot.aclose()

    async def travel(self, to: datetime) -> None:
        """Let time pass until an instant, and whoever's hour comes on the way get their digest at that hour."""
        for _ in range(MOST_STOPS):
            due = await self._next_due()
            if due is None or due >= to:
                break
            await self._arrive(due)
        await self._arrive(to)

    async def _arrive(self, at: datetime) -> None:
        self.clock.jump(at)
        if self.app:
            await self.app.tick()
            await self.sandbox.calls.quiet(SETTLED_S)

    async def _next_due(self) -> datetime | None:
        if not self.app:
            return None
        readers = [await self.app.subscriptions.reader(ChatId(chat)) for chat in self.sandbox.telegram.users]
        now = self.clock.now()
        return min(
            (reader.next_due for reader in readers if reader and reader.next_due and reader.next_due > now),
            default=None,
        )


@asynccontextmanager
async def raised(port: int = 0) -> AsyncIterator[Stage]:
    """Set the stage, the paper out and the bot up, and take everything down at the end, the database too.

    Raises ExceptionGroup when the bot itself breaks down.
    """
    clock = DemoClock(seeding.START)
    with tempfile.TemporaryDirectory(prefix="svodka-demo-") as folder:
        async with (
            neighbouring.serving() as neighbour,
            Sandbox.serve(port=port, clock=clock, token=TOKEN, name=BOT_NAME) as sandbox,
        ):
            editor = sandbox.player(EDITOR, username="vera", role="editor")
            settings = demo_settings(token=TOKEN, api_url=sandbox.url, folder=Path(folder), owner=editor.id)
            stage = Stage(sandbox, clock, editor, settings, neighbour)
            stage.seeded = await seeding.seed(settings.database_url.get_secret_value())
            sandbox.on_clock = stage.travel
            async with _performing(stage):
                yield stage


@asynccontextmanager
async def _performing(stage: Stage) -> AsyncIterator[None]:
    problem: Exception | None = None
    async with asyncio.TaskGroup() as stage.tasks:
        try:
            await stage.start_bot()
            yield
        except Exception as error:  # kept, so that the caller sees it as it is and not inside a group
            problem = error
        finally:
            await stage.stop_bot()
    if problem is not None:
        raise problem
