"""A delivered message: claim → render → send → record, against a bare loop of `bot.send_message` without a ledger."""

import asyncio

from aiogram.types import InlineKeyboardMarkup
from sqlalchemy import select, update

from benchmarks.bare import bare_bot
from benchmarks.figures import Figure, compared
from benchmarks.world import MORNING, Standing, program
from bot.app import App
from bot.views.digest import cover
from bot.views.keyboards import keyboard
from digests.delivery import CONCURRENCY
from digests.editions import EditionId
from digests.readers import ChatId
from digests.storage.schema import deliveries

READERS = 1500


async def delivered(url: str) -> Figure:
    """Return what a message costs, from the ledger's row to its record, against sending alone."""
    clock = Standing()
    async with program(url, clock) as app, bare_bot(url) as bot:
        for chat in range(1, READERS + 1):
            await app.subscriptions.arrive(ChatId(chat), "ru")
        clock.moment = MORNING
        await app.tick()
        text, buttons = await _cover(app)

        async def ours() -> int:
            async with app.database.write() as connection:
                await connection.execute(update(deliveries).values(state="pending"))
            return await app.courier.drain()

        async def theirs() -> int:
            gate = asyncio.Semaphore(CONCURRENCY)

            async def send(chat: int) -> None:
                async with gate:
                    await bot.send_message(chat, text, reply_markup=buttons)

            await asyncio.gather(*(send(chat) for chat in range(1, READERS + 1)))
            return READERS

        return await compared("a delivered message", ours, theirs)


async def _cover(app: App) -> tuple[str, InlineKeyboardMarkup | None]:
    async with app.database.read() as connection:
        edition = await connection.scalar(select(deliveries.c.edition_id).limit(1))
    shown = await app.library.edition(EditionId(edition or 0))
    view = cover(app.catalogs.translator(shown.language), shown)
    return view.text, keyboard(view)
