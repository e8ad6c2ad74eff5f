"""Bare aiogram doing the same calls, as anyone would write it: no ledger, no gateway, no domain."""

import asyncio
import logging
import multiprocessing
import os
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection

from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from benchmarks.figures import Cost


@asynccontextmanager
async def bare_bot(url: str) -> AsyncIterator[Bot]:
    """Yield a bot as anyone would make it."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    bot = Bot("1000:benchmark", session=session, default=DefaultBotProperties(parse_mode=ParseMode.HTML))
    try:
        yield bot
    finally:
        await session.close()


def bare_dispatcher(text: str, keyboard: InlineKeyboardMarkup | None) -> Dispatcher:
    """Return a dispatcher whose only handler answers a tap and edits its message to the same page."""
    dispatcher = Dispatcher()

    @dispatcher.callback_query()
    async def tapped(query: CallbackQuery) -> None:
        await query.answer()
        if isinstance(query.message, Message):
            await query.message.edit_text(text, reply_markup=keyboard)

    return dispatcher


async def gathered(bot: Bot, text: str, keyboard: InlineKeyboardMarkup | None, number: int) -> int:
    """Send to so many chats at once."""
    await asyncio.gather(*(bot.send_message(chat, text, reply_markup=keyboard) for chat in range(1, number + 1)))
    return number


@dataclass(frozen=True, slots=True)
class Program:
    """A program of its own that does nothing but send: plain asyncio, one core."""

    _pipe: Connection

    async def __call__(self) -> Cost:
        """Let it send once, and return what that cost it."""
        return await asyncio.to_thread(self._asked)

    def _asked(self) -> Cost:
        self._pipe.send("go")
        cost: Cost = self._pipe.recv()
        return cost


@contextmanager
def bare_program(url: str, text: str, keyboard: str | None, number: int, core: int) -> Iterator[Program]:
    """Start the program; the keyboard is JSON."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=_send, args=(theirs, url, text, keyboard, number, core), daemon=True
    )
    process.start()
    try:
        yield Program(ours)
    finally:
        process.terminate()
        process.join()


def _send(pipe: Connection, url: str, text: str, keyboard: str | None, number: int, core: int) -> None:
    os.sched_setaffinity(0, {core})
    logging.disable(logging.WARNING)
    buttons = InlineKeyboardMarkup.model_validate_json(keyboard) if keyboard else None

    async def main() -> None:
        async with bare_bot(url) as bot:
            while await asyncio.to_thread(pipe.recv):
                cpu, wall = time.process_time(), time.perf_counter()
                await gathered(bot, text, buttons, number)
                pipe.send(Cost.since(cpu, wall, number))

    asyncio.run(main())
