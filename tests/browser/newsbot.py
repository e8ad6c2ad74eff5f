"""A tiny scripted bot: it answers the way the real one does, so that the page can be tried without it."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions

from sandbox import Sandbox

TOKEN = "1000:demo"
COMMANDS = {
    "start": "Начать или вернуться",
    "digest": "Дайджест сейчас",
    "settings": "Рубрики, время, город",
    "help": "Помощь",
}
PARAGRAPH = (
    "Мост через Сивинку на Садовой улице закроют для машин с 1 декабря до конца марта. Опоры не ремонтировали "
    "с 1964 года, и осенью водолазы нашли в них трещины. Пешеходы смогут ходить по временным мосткам."
)

Row = Sequence[tuple[str, str]]


def keyboard(*rows: Row) -> InlineKeyboardMarkup:
    """Make an inline keyboard of (label, data or address) pairs."""
    return InlineKeyboardMarkup(inline_keyboard=[[button(label, target) for label, target in row] for row in rows])


def button(label: str, target: str) -> InlineKeyboardButton:
    """Make a button: an address opens, anything else is sent to the bot."""
    if target.startswith(("https:", "http:")):
        return InlineKeyboardButton(text=label, url=target)
    return InlineKeyboardButton(text=label, callback_data=target)


DIGEST = (
    "<b>Доброе утро! Понедельник, 23 ноября</b>\n12 статей · 3 рубрики · около 9 минут\n\n<b>Главное</b>\n"
    "• Мост на Садовой закроют до весны: автобусы № 4 и 17 пойдут по Речной.\n"
    "• Ставки по ипотеке в районных банках снизились до 14,2 %.\n\nГород — 5 · Экономика — 4 · Спорт — 3"
)
SCREENS: dict[str, tuple[str, InlineKeyboardMarkup]] = {
    "digest": (
        DIGEST,
        keyboard(
            [("Читать ▶", "show:long")],
            [("Город 5", "show:long"), ("Экономика 4", "show:short"), ("Спорт 3", "show:short")],
            [("В закладки", "toast"), ("Оглавление", "alert"), ("Сайт", "https://zarechye.example/digest")],
        ),
    ),
    "long": (
        "<b>Почему закрывают</b> · раздел 1 из 2\n\n" + "\n\n".join([PARAGRAPH] * 10),
        keyboard([("◀ Предыдущий раздел", "show:digest"), ("Следующий раздел ▶", "show:short")]),
    ),
    "short": (
        "<b>Как ехать</b> · раздел 2 из 2\n\nОбъезд — по Речной и Новому мосту.",
        keyboard([("◀ Предыдущий раздел", "show:long"), ("Следующая статья ▶", "show:digest")]),
    ),
}


class NewsBot:
    """Answers commands and taps; remembers what people sent. A tap on "held" waits until `release` is set."""

    def __init__(self, bot: Bot, read: Callable[[dict[str, Any]], None]) -> None:
        self.bot = bot
        self.release = asyncio.Event()
        self._read = read

    async def handle(self, update: dict[str, Any]) -> None:
        """Act on one update."""
        if "callback_query" in update:
            await self._answer(update["callback_query"])
        elif "message" in update:
            self._read(update["message"])
            await self._reply(update["message"]["chat"]["id"], update["message"].get("text", ""))

    async def show(self, chat_id: int, screen: str) -> int:
        """Send a screen and return its message id."""
        text, markup = SCREENS[screen]
        return await self.say(chat_id, text, markup)

    async def say(self, chat_id: int, text: str, markup: InlineKeyboardMarkup | None = None) -> int:
        """Send HTML and return the message id."""
        message = await self.bot.send_message(
            chat_id,
            text,
            parse_mode="HTML",
            reply_markup=markup,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
        return message.message_id

    async def turn(self, chat_id: int, message_id: int, screen: str) -> None:
        """Change a message into a screen."""
        text, markup = SCREENS[screen]
        await self.bot.edit_message_text(
            text, chat_id=chat_id, message_id=message_id, parse_mode="HTML", reply_markup=markup
        )

    async def _reply(self, chat_id: int, text: str) -> None:
        if text == "/start":
            await self.say(
                chat_id, "Здравствуйте! Команда /digest покажет дайджест.", keyboard([("Дальше ▶", "toast")])
            )
        elif text == "/digest":
            await self.show(chat_id, "digest")

    async def _answer(self, query: dict[str, Any]) -> None:
        data, message = query["data"], query["message"]
        if data == "held":
            await self.release.wait()
        if data == "silent":
            return
        if data == "toast":
            await self.bot.answer_callback_query(query["id"], text="Добавлено в закладки")
        elif data == "alert":
            await self.bot.answer_callback_query(query["id"], text="Вы прочли 7 из 12", show_alert=True)
        else:
            await self.bot.answer_callback_query(query["id"])
        if data.startswith("show:"):
            await self.turn(message["chat"]["id"], message["message_id"], data.removeprefix("show:"))


def bot_of(sandbox: Sandbox) -> Bot:
    """Return aiogram's client for the sandbox."""
    return Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(sandbox.url)))


async def register_commands(bot: Bot) -> None:
    """Tell Telegram the commands, as the real bot does when it starts."""
    await bot.set_my_commands([BotCommand(command=name, description=text) for name, text in COMMANDS.items()])
