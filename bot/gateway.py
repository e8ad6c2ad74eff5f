"""The one way out to Telegram: paces, lets the urgent go first, waits out floods, repeats what failed in passing."""

import logging
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from random import SystemRandom
from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import (
    AnswerCallbackQuery,
    AnswerInlineQuery,
    DeleteMessage,
    EditMessageCaption,
    EditMessageReplyMarkup,
    EditMessageText,
    GetUpdates,
    TelegramMethod,
)
from aiogram.types import Message

from bot.session import Taken
from digests.chat_pacing import ChatPacer
from digests.clock import Clock
from digests.errors import DatabaseUnusable
from digests.lateness import FLOOD_SINCE, FLOOD_UNTIL
from digests.pacing import Lane, Pacer
from digests.pricing import PAID_PER_SECOND
from digests.storage import facts
from digests.storage.engine import Database

log = logging.getLogger(__name__)

CAUTIOUS_UNTIL = "cautious_until"  # a fact: how long the caution lasts that a refusal has taught the pacer
FLOOD_LIMIT_S = 86_400.0  # what is stored is not believed beyond a day: the clock may have been wrong then
UNTOLD_RETRY_S = 5.0  # for a 429 that does not say how long
RETRIES_S = (0.5, 2.0, 5.0)  # between attempts at what somebody waits for
FLOOD_RETRIES = 3
# How long a call waits inside a flood window before it fails. What the ledger owes fails at once: its delivery goes
# back there, where no lease can run out meanwhile.
PATIENCE_S = {Lane.TAP: 15.0, Lane.EDITOR: 60.0, Lane.BREAKING: 1.0, Lane.DIGEST: 1.0, Lane.HOUSEKEEPING: 1.0}
# And for its own chat's turn, which is seconds away unless its people press without end.
CHAT_PATIENCE_S = {Lane.TAP: 15.0, Lane.EDITOR: 60.0, Lane.BREAKING: 30.0, Lane.DIGEST: 30.0, Lane.HOUSEKEEPING: 30.0}

_lane = ContextVar("lane", default=Lane.TAP)
_random = SystemRandom()

_UNPUSHED = frozenset({"sendChatAction", "sendMessageDraft", "sendRichMessageDraft", "sendChatJoinRequestWebApp"})
_PUSHED = re.compile("send[A-Z]|copyMessage|forwardMessage")

# Refusals that leave the chat as it should be: a double tap, an answer that came too late, a message gone already.
_EDITS = (EditMessageText, EditMessageCaption, EditMessageReplyMarkup)
_HARMLESS: tuple[tuple[tuple[type, ...], str], ...] = (
    (_EDITS, "message is not modified"),
    ((AnswerCallbackQuery, AnswerInlineQuery), "query is too old"),
    ((AnswerCallbackQuery, AnswerInlineQuery), "query ID is invalid"),
    ((DeleteMessage,), "message to delete not found"),
)


@contextmanager
def lane(chosen: Lane) -> Iterator[None]:
    """Let the calls made inside go out in a lane; without it a call is a tap's."""
    token = _lane.set(chosen)
    try:
        yield
    finally:
        _lane.reset(token)


class Gateway(BaseRequestMiddleware):
    """A middleware of the bot's session, through which every call passes.

    Raises TelegramRetryAfter without calling Telegram while a flood window is longer than the caller can wait. What
    somebody waits for is tried again after errors in passing, so a message whose answer was lost may come twice.
    """

    def __init__(
        self, database: Database, clock: Clock, *, messages_per_second: float, chats: ChatPacer | None = None
    ) -> None:
        """Take the limit for all chats together, and the pace within a chat if the server counts that."""
        self._database = database
        self._clock = clock
        self._pacer = Pacer(clock, messages_per_second)
        self._paid = Pacer(clock, PAID_PER_SECOND)
        self._chats = chats

    @property
    def held_s(self) -> float:
        """For how many seconds Telegram wants no calls; 0 when it takes them."""
        return self._pacer.held_s

    @property
    def rate(self) -> float:
        """How many messages a second may go out at present."""
        return self._pacer.rate

    async def restore(self) -> None:
        """Go on waiting out a flood window that began before the restart, and being cautious after one."""
        async with self._database.read() as connection:
            stored = [await facts.find(connection, name) for name in (FLOOD_UNTIL, CAUTIOUS_UNTIL)]
        flood, caution = (float(until or 0) - self._clock.now().timestamp() for until in stored)
        if flood > 0:
            log.warning("flood window goes on seconds=%.0f", flood)
            self._pacer.refused(min(flood, FLOOD_LIMIT_S))
        if caution > 0:
            self._pacer.be_cautious(min(caution, FLOOD_LIMIT_S))

    # Any: aiogram declares a Response here, and hands on and expects its result.
    async def __call__(self, make_request: Any, bot: Bot, method: TelegramMethod[Any]) -> Any:
        """Make a call when its turn comes; return its result, or True where a refusal changes nothing."""
        if isinstance(method, GetUpdates):
            return await make_request(bot, method)
        failures = floods = 0
        while True:
            await self._admit(method)
            try:
                return await self._made(make_request, bot, method)
            except TelegramBadRequest as refusal:
                if is_harmless(method, refusal):
                    return True
                raise
            except (TelegramAPIError, ClientDecodeError) as error:
                wait = retry_after(error)
                if wait is not None:
                    floods += 1
                    await self._flooded(method, wait)
                    if _lane.get() >= Lane.BREAKING or floods > FLOOD_RETRIES:
                        raise
                    continue
                if _lane.get() >= Lane.BREAKING or failures == len(RETRIES_S) or not is_transient(error):
                    raise
                log.warning("call failed method=%s error=%s", method.__api_method__, type(error).__name__)
                await self._clock.sleep(RETRIES_S[failures] * _random.uniform(0.75, 1.25))
                failures += 1

    # Any: as above.
    async def _made(self, make_request: Any, bot: Bot, method: TelegramMethod[Any]) -> Any:
        """Make the call; let the pacer know when a message left and when it was counted."""
        if not is_pushed(method):
            return await make_request(bot, method)
        pacer = self._paid if is_paid(method) else self._pacer
        number = pacer.sent()
        try:
            result = await make_request(bot, method)
        except BaseException:
            pacer.failed(number)
            raise
        pacer.answered(number, second_of(result))
        return result

    async def _admit(self, method: TelegramMethod[Any]) -> None:
        chosen = _lane.get()
        await self._wait_for_chat(method, CHAT_PATIENCE_S[chosen])
        patience = PATIENCE_S[chosen]
        if is_pushed(method) and not is_paid(method):
            held = await self._pacer.turn(chosen, patience)
        else:
            held = await self._pacer.clear(patience)  # a flood window is everybody's
            if is_paid(method) and not held:
                await self._paid.turn(chosen, math.inf)
        if held:
            raise TelegramRetryAfter(method, "held back by ourselves", retry_after=int(held) + 1)

    async def _wait_for_chat(self, method: TelegramMethod[Any], patience_s: float) -> None:
        is_edit = isinstance(method, _EDITS)
        chat = getattr(method, "chat_id", None)
        if self._chats is None or chat is None or not (is_edit or is_pushed(method)):
            return
        wait = self._chats.take(chat, is_edit=is_edit, patience_s=patience_s)
        if wait > patience_s:
            raise TelegramRetryAfter(
                method, "too much for this chat, held back by ourselves", retry_after=int(wait) + 1
            )
        if wait > 0:
            await self._clock.sleep(wait)

    async def _flooded(self, method: TelegramMethod[Any], seconds: float) -> None:
        log.warning("flood control method=%s retry_after=%s", method.__api_method__, seconds)
        before = self._pacer.held_s
        wait = seconds + _random.uniform(0.1, 0.5)
        if is_paid(method):
            self._paid.refused(wait)
            self._pacer.hold(wait)
        else:
            self._pacer.refused(wait)
        if self._pacer.held_s - before < 1:
            return  # the others of the same burst; the window is known
        now = self._clock.now().timestamp()
        try:
            async with self._database.write() as connection:
                await facts.put(connection, FLOOD_UNTIL, f"{now + self._pacer.held_s:.0f}")
                if not before:
                    await facts.put(connection, FLOOD_SINCE, f"{now:.0f}")
                if caution := self._pacer.cautious_s:
                    await facts.put(connection, CAUTIOUS_UNTIL, f"{now + caution:.0f}")
        except DatabaseUnusable as error:  # it is known in memory all the same
            log.warning("flood window not stored: %s", error.why)


def is_pushed(method: TelegramMethod[Any]) -> bool:
    """Return whether a call puts a message into a chat, which is what Telegram counts (Bot API FAQ, broadcasting)."""
    return _is_push(method.__api_method__)


@cache
def _is_push(name: str) -> bool:
    return bool(_PUSHED.match(name)) and name not in _UNPUSHED


def second_of(result: object) -> int | None:
    """Return the second, since 1970, in which Telegram counted a message, if its answer says so."""
    if isinstance(result, Taken):
        return result.date
    return int(result.date.timestamp()) if isinstance(result, Message) else None


def is_paid(method: TelegramMethod[Any]) -> bool:
    """Return whether a message may cost Telegram Stars, which lets it go at a rate of its own."""
    return bool(getattr(method, "allow_paid_broadcast", None))


def is_harmless(method: TelegramMethod[Any], refusal: TelegramBadRequest) -> bool:
    """Return whether a refusal means that there was nothing left to do."""
    return any(isinstance(method, kinds) and words in refusal.message for kinds, words in _HARMLESS)


def is_transient(error: Exception) -> bool:
    """Return whether a call may succeed if it is simply made again."""
    if isinstance(error, TelegramEntityTooLarge):  # a network error by descent only
        return False
    if isinstance(error, ClientDecodeError):
        return delivered(error) is None
    return isinstance(error, TelegramNetworkError | TelegramServerError)


def retry_after(error: Exception) -> float | None:
    """Return for how many seconds Telegram wants no calls; None when that is not what the error says."""
    if isinstance(error, TelegramRetryAfter):
        return float(error.retry_after)
    if isinstance(error, TelegramAPIError) and "Too Many Requests" in error.message:
        told = re.search(r"retry after (\d+)", error.message)
        return float(told[1]) if told else UNTOLD_RETRY_S
    return None


def delivered(error: ClientDecodeError) -> int | None:
    """Return the id of a message that Telegram did take, but told us of in a way we could not read; 0 if it has none.

    None when the answer was no success.
    """
    answer = error.data
    if not isinstance(answer, dict) or answer.get("ok") is not True:
        return None
    result = answer.get("result")
    number = result.get("message_id") if isinstance(result, dict) else None
    return number if isinstance(number, int) else 0
