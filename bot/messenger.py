"""Broadcasts over Telegram: editions, articles and copies as messages, and what Telegram's answer means for each."""

from collections.abc import Callable
from datetime import timedelta

from aiogram import Bot
from aiogram.enums import ParseMode
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramUnauthorizedError,
)
from aiogram.methods import CopyMessage, SendMessage
from aiogram.types import LinkPreviewOptions
from aiohttp import ClientConnectorError, ConnectionTimeoutError, InvalidURL

from bot.gateway import delivered, is_transient, lane, retry_after
from bot.session import Circular, circular
from bot.views.keyboards import keyboard
from bot.views.view import View
from digests.broadcasts import Copied
from digests.delivery import Failed, Gone, Later, Moved, Outcome, Sent, Unknown
from digests.editions import Edition
from digests.pacing import Lane
from digests.parcels import Content, Leaflet
from digests.readers import ChatId

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
RENDERED = 32  # contents kept
NOBODY = 0  # the chat of a call that has no address yet
# What aiohttp raises when there was no connection to send anything over.
NEVER_LEFT = (ClientConnectorError, ConnectionTimeoutError, InvalidURL)
TOKEN_RETRY = timedelta(minutes=1)  # a revoked token may be replaced

# Bot API server, Client.cpp and td, as in "Errors a bot meets": words of a refusal, compared in lower case, and the
# reason they are recorded as. The chat is out of reach for good, or until its people do something.
GONE = (
    ("bot was blocked by the user", "blocked"),
    ("user_is_blocked", "blocked"),
    ("user is deactivated", "deactivated"),
    ("user_deactivated", "deactivated"),
    ("can't initiate conversation", "never_started"),
    ("can't send messages to the bot", "is_a_bot"),
    ("can't send messages to bots", "is_a_bot"),
    ("bot was kicked", "kicked"),
    ("bot is not a member", "not_a_member"),
    ("group chat was deleted", "chat_deleted"),
    ("chat not found", "chat_not_found"),
    ("chat_id is empty", "chat_not_found"),
    ("peer_id_invalid", "chat_not_found"),
)
FAILED = (
    ("message thread not found", "topic_gone"),
    ("not enough rights", "no_rights"),
    ("have no write access", "no_rights"),
    ("need administrator rights", "no_rights"),
    ("chat_write_forbidden", "no_rights"),
    ("can't parse entities", "bad_markup"),
    ("message is too long", "too_long"),
    ("text is too long", "too_long"),
    ("message text is empty", "empty_text"),
    ("text must be non-empty", "empty_text"),
    ("message to copy not found", "source_gone"),
    ("message can't be copied", "not_copyable"),
)


class TelegramMessenger:
    """digests.delivery.Messenger over the bot, whose session must be ours and have the gateway."""

    def __init__(self, bot: Bot, render: Callable[[Edition | Leaflet], View]) -> None:
        self._bot = bot
        self._render = render
        self._rendered: dict[int, tuple[Content, Circular]] = {}

    async def deliver(self, chat: ChatId, content: Content, chosen: Lane | None = None) -> Outcome:
        """Send the content to a chat, once; every answer that Telegram can give is an outcome.

        Without a lane a digest has its own, and what editors send at once goes before it.
        """
        usual = Lane.DIGEST if isinstance(content, Edition) else Lane.BREAKING
        try:
            with lane(usual if chosen is None else chosen):
                return Sent((await self._bot(self._circular(content).to(chat))).message_id)
        except (TelegramAPIError, ClientDecodeError) as error:
            return outcome(error)

    def _circular(self, content: Content) -> Circular:
        """Return the content ready to be sent, written anew only when it was read anew."""
        known = self._rendered.pop(id(content), None)
        if known is None:
            known = content, circular(self._bot, self._call(content))  # kept together, so that the id is no other's
        self._rendered[id(content)] = known  # at the end: the first is the one longest unused
        if len(self._rendered) > RENDERED:
            del self._rendered[next(iter(self._rendered))]
        return known[1]

    def _call(self, content: Content) -> SendMessage | CopyMessage:
        if isinstance(content, Copied):
            return CopyMessage(
                chat_id=NOBODY,
                from_chat_id=content.chat,
                message_id=content.message,
                allow_paid_broadcast=content.is_paid or None,
            )
        view = self._render(content)
        is_paid = isinstance(content, Leaflet) and content.is_paid
        return SendMessage(
            chat_id=NOBODY,
            text=view.text,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=keyboard(view),
            allow_paid_broadcast=is_paid or None,
        )


def outcome(error: TelegramAPIError | ClientDecodeError) -> Outcome:
    """Return what an error means for a delivery."""
    flood = retry_after(error)
    if flood is not None:
        return Later(timedelta(seconds=flood), "flood", everyone=True)
    if isinstance(error, ClientDecodeError):
        number = delivered(error)
        return Later(timedelta(0), "bad_gateway") if number is None else Sent(number)
    if is_lost(error):
        return Unknown(type(error).__name__)
    if is_transient(error):
        return Later(timedelta(0), type(error).__name__)
    match error:
        case TelegramMigrateToChat():
            return Moved(ChatId(error.migrate_to_chat_id))
        case TelegramUnauthorizedError() | TelegramNotFound():
            return Later(TOKEN_RETRY, "token_refused", everyone=True)
        case TelegramForbiddenError():
            return Gone(_reason(GONE, error) or "forbidden")
        case TelegramBadRequest() if reason := _reason(GONE, error):
            return Gone(reason)
    return Failed(_reason(FAILED, error) or "bad_request")


def is_lost(error: Exception) -> bool:
    """Return whether a request left and was never answered, so that Telegram may have done what it asked for."""
    if not isinstance(error, TelegramNetworkError) or isinstance(error, TelegramEntityTooLarge):
        return False
    return not isinstance(error.__cause__ or error.__context__, NEVER_LEFT)


def _reason(known: tuple[tuple[str, str], ...], error: TelegramAPIError) -> str | None:
    words = error.message.lower()
    return next((reason for part, reason in known if part in words), None)
