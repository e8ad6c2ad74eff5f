"""What is let in to the handlers: private chats, and of an album one message."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.enums import ChatType
from aiogram.exceptions import AiogramError
from aiogram.types import Message, TelegramObject, Update

from bot.i18n import Catalogs, Translator
from bot.show import send
from bot.views import help as view
from digests.team import Role

log = logging.getLogger(__name__)

# Any: a handler's data and result are whatever aiogram and the handlers make of them.
Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]

ALBUMS_REMEMBERED = 1000


class PrivateChats(BaseMiddleware):
    """Lets private chats through; in a group, a command to this bot is answered with where the digest is to be had."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Pass the update on if it happened in a private chat."""
        chat = data.get("event_chat")
        if chat is None or chat.type == ChatType.PRIVATE:
            return await handler(event, data)
        message = event.message if isinstance(event, Update) else None
        if message is None:
            return None
        catalogs: Catalogs = data["catalogs"]
        t = catalogs.translator(message.from_user.language_code if message.from_user else None)
        if await _is_to_us(message.text or "", t, data["bot"]):
            await self._decline(message, t)
        return None

    async def _decline(self, message: Message, t: Translator) -> None:
        try:
            await send(message, view.only_private(t))
        except AiogramError as error:  # a group may let nobody write; then silence is what it wants
            log.info("group not answered chat=%s: %s", message.chat.id, error)


class AlbumsOnce(BaseMiddleware):
    """An album is a message for each of its pictures: those after the first that say nothing get no answer each."""

    def __init__(self) -> None:
        self._last: dict[int, str] = {}  # the last album of each chat

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Pass the message on unless it is a further picture without a caption."""
        if not isinstance(event, Message) or event.media_group_id is None:
            return await handler(event, data)
        before = self._last.pop(event.chat.id, None)
        self._last[event.chat.id] = event.media_group_id
        if len(self._last) > ALBUMS_REMEMBERED:
            del self._last[next(iter(self._last))]
        if before == event.media_group_id and not event.caption:
            return None
        return await handler(event, data)


async def _is_to_us(text: str, t: Translator, bot: Bot) -> bool:
    """Return whether a text in a group is a command to this bot: it names the bot, or the bot has such a command."""
    command, _, addressee = (text.split(maxsplit=1) or [""])[0].lower().partition("@")
    if not command.startswith("/"):
        return False
    if addressee:
        return addressee == ((await bot.me()).username or "").lower()
    return command.removeprefix("/") in view.commands(t, Role.OWNER)
