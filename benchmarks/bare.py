"""Bare aiogram doing the same calls: no ledger, no gateway, no domain."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message


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
