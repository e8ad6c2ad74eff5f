"""The Bot API without HTTP: a method and its parameters in, a result or a refusal out."""

import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from digests.clock import Clock
from sandbox.calls import Call, Calls
from sandbox.errors import ApiError, bad_request
from sandbox.faults import Fault, Faults, Kind, Latency
from sandbox.floods import Floods
from sandbox.keyboards import Keyboards
from sandbox.profile import Profile
from sandbox.schema import Method, Schema
from sandbox.state import Telegram
from sandbox.updates import Updates
from sandbox.webhook import Webhook
from sandbox.wire import Json

# Neither polling nor looking at oneself is stopped by a flood penalty.
FREE_OF_PENALTY = frozenset({"getUpdates", "getMe", "setWebhook", "deleteWebhook", "getWebhookInfo"})


@dataclass(slots=True, kw_only=True)
class Api:
    """What the methods work with."""

    clock: Clock
    telegram: Telegram
    updates: Updates
    webhook: Webhook
    schema: Schema
    keyboards: Keyboards
    floods: Floods
    faults: Faults
    latency: Latency
    calls: Calls
    profile: Profile


# A method takes the checked parameters and returns the result, or an awaitable of it.
Play = Callable[[Api, Json], Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to the bot; `fault` says that it is not delivered as it stands."""

    status: int
    body: Json
    fault: Fault | None = None


class BotApi:
    """Answers calls: schema, faults, floods and latency first, then the method itself."""

    def __init__(self, api: Api, methods: Mapping[str, Play]) -> None:
        self._api = api
        self._methods = methods

    async def call(self, name: str, given: Mapping[str, Any]) -> Answer:
        """Return the answer to one call and record it."""
        method = self._api.schema.method(name)
        call = self._api.calls.begin(method.name if method else name, given, self._api.clock.now())
        fault: Fault | None = None
        answer = Answer(500, {})
        try:
            if method is None:
                raise ApiError(404, "Not Found: method not found")
            delay_s = self._api.latency.draw_s()
            if delay_s and method.name != "getUpdates":
                await self._api.clock.sleep(delay_s)
            params = method.check(given)
            call.chat_id = params.get("chat_id")
            fault = self._api.faults.next(method.name, call.chat_id)
            if fault is not None and fault.kind not in (Kind.RESET_AFTER, Kind.LOST_ANSWER):
                raise fault.error()
            answer = Answer(200, {"ok": True, "result": await self._play(method, params)}, fault)
        except ApiError as error:
            answer = Answer(error.code, refusal(error), fault)
        finally:
            self._record(call, answer)
        return answer

    async def _play(self, method: Method, params: Json) -> Any:
        play = self._methods.get(method.name)
        if play is None:
            raise bad_request(f"the local Telegram does not play the method {method.name}")
        if self._api.telegram.bot.is_logged_out:
            raise ApiError(400, "Logged out")
        if method.name not in FREE_OF_PENALTY:
            self._api.floods.check_penalty()
        result = play(self._api, params)
        return await result if inspect.isawaitable(result) else result

    def _record(self, call: Call, answer: Answer) -> None:
        result = answer.body.get("result")
        message_id = result.get("message_id") if isinstance(result, dict) else None
        self._api.calls.end(call, answer.status, answer.body.get("description"), message_id)


def refusal(error: ApiError) -> Json:
    """Return the body of a refused call."""
    body: Json = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return body


CallApi = Callable[[str, Mapping[str, Any]], Awaitable[Answer]]
