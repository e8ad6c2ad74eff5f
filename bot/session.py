"""The bot's way over HTTP: aiogram's session, with a slim path for what goes to thousands of chats alike."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, NamedTuple, cast
from urllib.parse import urlencode

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import CopyMessage, SendMessage, TelegramMethod
from aiogram.types import MessageId
from aiohttp import ClientError, ClientTimeout
from aiohttp.hdrs import CONTENT_TYPE

FORM = {CONTENT_TYPE: "application/x-www-form-urlencoded"}  # as aiogram sends it


class Taken(NamedTuple):
    """A message in a chat."""

    message_id: int
    date: int | None  # seconds since 1970, when Telegram took it; a copy's answer does not say


@dataclass(frozen=True, slots=True)
class Addressed:
    """A circular with one chat's address on it; as much of a method as the session and the gateway ask for.

    A model of aiogram's would cost more to make than everything else here.
    """

    __api_method__: str
    chat_id: int
    form: bytes
    is_paid: bool
    __returning__ = MessageId  # for the model of a refusal

    @property
    def allow_paid_broadcast(self) -> bool:
        """As a method of aiogram's says it; the form says it too, here the gateway sees it."""
        return self.is_paid


@dataclass(frozen=True, slots=True)
class Circular:
    """A message to many chats, written once as Telegram wants it; only the address is missing."""

    method: str
    form: bytes
    is_paid: bool = False

    def to(self, chat: int) -> TelegramMethod[Taken]:
        """Return the call that sends it to a chat."""
        return cast(TelegramMethod[Taken], Addressed(self.method, chat, self.form, self.is_paid))


def circular(bot: Bot, method: SendMessage | CopyMessage) -> Circular:
    """Return a call ready for any chat, whichever its own is; it is written with the bot's defaults and no files."""
    fields = {
        name: bot.session.prepare_value(value, bot=bot, files={})
        for name, value in method.model_dump(warnings=False).items()
        if name != "chat_id"
    }
    written = urlencode({name: value for name, value in fields.items() if value})
    return Circular(method.__api_method__, written.encode(), is_paid=bool(method.allow_paid_broadcast))


class Session(AiohttpSession):
    """aiogram's session; an addressed circular goes through it without any model being built or validated.

    That is four fifths of what a message costs. Errors are aiogram's own, whichever the path.
    """

    # Any: aiogram's type of results cannot be named outside its own generic methods.
    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:
        """Make a call and return its result. Raises what aiogram raises."""
        if not isinstance(method, Addressed):
            return await super().make_request(bot, method, timeout)
        url = self.api.api_url(token=bot.token, method=method.__api_method__)
        body = b"chat_id=%d&%b" % (method.chat_id, method.form)
        try:
            status, answer = await self._posted(url, body, ClientTimeout(total=timeout or self.timeout))
        except TimeoutError as error:
            raise TelegramNetworkError(method=method, message="Request timeout error") from error
        except ClientError as error:
            raise TelegramNetworkError(method=method, message=f"{type(error).__name__}: {error}") from error
        taken = self._taken(answer) if status == HTTPStatus.OK else None
        if taken is not None:
            return taken
        made = self.check_response(bot, method, status, answer.decode(errors="replace")).result
        return Taken(made.message_id if made else 0, None)

    async def _posted(self, url: str, body: bytes, timeout: ClientTimeout) -> tuple[int, bytes]:
        http = await self.create_session()
        async with http.post(url, data=body, headers=FORM, timeout=timeout) as response:
            return response.status, await response.read()

    def _taken(self, answer: bytes) -> Taken | None:
        """Return the message that a plain success tells of; None for every other answer."""
        try:
            told = self.json_loads(answer)
        except ValueError:
            return None
        result = told.get("result") if isinstance(told, dict) and told.get("ok") is True else None
        if not isinstance(result, dict) or type(result.get("message_id")) is not int:
            return None
        date = result.get("date")
        return Taken(result["message_id"], date if type(date) is int else None)
