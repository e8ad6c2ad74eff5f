"""What happens around every update: who is asking, in which language, and that a tap is answered at once."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from aiogram import BaseMiddleware, Dispatcher
from aiogram.dispatcher.flags import get_flag
from aiogram.exceptions import AiogramError
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.admission import AlbumsOnce, Handler, PrivateChats
from bot.errors import describe
from bot.i18n import Catalogs
from bot.show import show
from bot.views.markup import clipped
from bot.views.view import View
from digests import schedule, zones
from digests.clock import Clock
from digests.errors import DigestError
from digests.questions import QuestionBook
from digests.readers import ChatId
from digests.subscriptions import Subscriptions

log = logging.getLogger(__name__)

TOAST_LIMIT_UTF16 = 200  # Bot API, answerCallbackQuery
TOO_OLD = ("query is too old", "query_id_invalid")


@dataclass(frozen=True, slots=True)
class Toast:
    """What a handler registered with `flags=TOASTS` returns: the words of the answer, and the screen to show with it.

    All other taps are answered without words before their handler has done its work.
    """

    text: str
    alert: bool = False
    view: View | None = None


TOASTS = {"toast": True}


class Acquaintance(BaseMiddleware):
    """Gives handlers the `reader` (or None), the translator `t` of their language, and `now` in their zone."""

    def __init__(self, default_zone: tzinfo) -> None:
        self._default_zone = default_zone

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Pass the update on with the three."""
        user = data.get("event_from_user")
        chat = data.get("event_chat") or user  # a private chat has its person's number
        subscriptions: Subscriptions = data["subscriptions"]
        catalogs: Catalogs = data["catalogs"]
        clock: Clock = data["clock"]
        reader = await subscriptions.reader(ChatId(chat.id)) if chat else None
        language = reader.preferences.language if reader else user and user.language_code
        data["reader"] = reader
        data["t"] = catalogs.translator(language)
        zone = zones.zone(schedule.sound(reader.preferences.schedule).zone) if reader else self._default_zone
        data["now"] = clock.now().astimezone(zone)
        return await handler(event, data)


class CommandsWin(BaseMiddleware):
    """A command is never the answer to a question; after it, nothing waits for one any more."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Pass the message on, an open question forgotten if it is a command."""
        if isinstance(event, Message) and (event.text or "").startswith("/"):
            questions: QuestionBook = data["questions"]
            chat = ChatId(event.chat.id)
            if await questions.pending(chat):
                await questions.drop(chat)
        return await handler(event, data)


class PromptAnswers(BaseMiddleware):
    """Answers a tap at once, while its handler works, so that the button's spinner stops."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Pass the tap on and answer it; one whose handler owes a Toast is answered with that."""
        if not isinstance(event, CallbackQuery):
            return await handler(event, data)
        if get_flag(data, "toast"):
            return await self._toasted(handler, event, data)
        _, outcome = await asyncio.gather(answer(event), handler(event, data), return_exceptions=True)
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    async def _toasted(self, handler: Handler, event: CallbackQuery, data: dict[str, Any]) -> None:
        toast: Toast | None = None
        try:
            toast = await handler(event, data)
        except DigestError as refusal:
            toast = Toast(describe(refusal, data["t"]), alert=True)
        except Exception:
            await answer(event)
            raise
        if toast and toast.view:
            await asyncio.gather(answer(event, toast), show(event, toast.view))
        else:
            await answer(event, toast)


async def answer(query: CallbackQuery, toast: Toast | None = None) -> None:
    """Answer a tap. What Telegram says to that is no reason to stop the work: the spinner ends by itself in time."""
    text = clipped(toast.text, TOAST_LIMIT_UTF16) if toast else None
    try:
        await query.answer(text=text, show_alert=toast.alert if toast else None)
    except AiogramError as error:
        if not any(known in str(error).lower() for known in TOO_OLD):
            log.warning("tap not answered query=%s: %s", query.id, error)


def install(dispatcher: Dispatcher, default_zone: tzinfo) -> None:
    """Put the middlewares around everything, in their order; the zone is for those who are no readers."""
    dispatcher.update.outer_middleware(PrivateChats())
    dispatcher.update.outer_middleware(Acquaintance(default_zone))
    dispatcher.message.outer_middleware(AlbumsOnce())
    dispatcher.message.outer_middleware(CommandsWin())
    dispatcher.callback_query.middleware(PromptAnswers())
