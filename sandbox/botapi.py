"""The Bot API over HTTP: tokens, paths, answers, and the faults that spoil them."""

import asyncio
import re

from aiohttp import web

from sandbox.api import Answer, Api, BotApi, refusal
from sandbox.errors import ApiError
from sandbox.faults import HTML_PAGE, Kind
from sandbox.requests import read_parameters
from sandbox.wire import dumps

TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")


class BotRoutes:
    """The handlers of /bot<token>/<method> and /file/bot<token>/<path>."""

    def __init__(self, api: Api, bot_api: BotApi) -> None:
        self._api = api
        self._bot_api = bot_api
        self.closing = asyncio.Event()

    def add_to(self, app: web.Application) -> None:
        """Add the routes to the application."""
        for verb in ("GET", "POST"):
            app.router.add_route(verb, "/bot{token}/{method}", self._method)
        app.router.add_get("/file/bot{token}/{path:.+}", self._file)

    async def _method(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request.match_info["token"])
            params = await read_parameters(request)
        except ApiError as error:
            return written(Answer(error.code, refusal(error)))
        answer = await self._bot_api.call(request.match_info["method"], params)
        if answer.fault is not None:
            return await self._spoiled(request, answer)
        return written(answer)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request.match_info["token"])
        except ApiError as error:
            return written(Answer(error.code, refusal(error)))
        path = request.match_info["path"]
        for file in self._api.telegram.files.values():
            if file.path == path:
                return web.Response(body=file.data, content_type="application/octet-stream")
        return written(Answer(404, refusal(ApiError(404, "Not Found"))))

    def _check_token(self, token: str) -> None:
        if not TOKEN.fullmatch(token):
            raise ApiError(401, "Unauthorized: invalid token specified")
        if token != self._api.telegram.bot.token:
            raise ApiError(401, "Unauthorized")

    async def _spoiled(self, request: web.Request, answer: Answer) -> web.StreamResponse:
        """Return what a fault makes of the answer: as it is, a page of HTML, or nothing on a broken connection."""
        kind = answer.fault.kind if answer.fault else Kind.ERROR
        if kind == Kind.HTML_502:
            return web.Response(status=502, text=HTML_PAGE, content_type="text/html")
        if kind == Kind.TIMEOUT:
            await self.closing.wait()
        if kind in (Kind.RESET_BEFORE, Kind.RESET_AFTER) and request.transport is not None:
            request.transport.abort()
        if kind in (Kind.LOST_ANSWER, Kind.TIMEOUT) and request.transport is not None:
            request.transport.close()
        return written(answer)


def written(answer: Answer) -> web.Response:
    """Return the HTTP response of an answer."""
    response = web.Response(status=answer.status, text=dumps(answer.body), content_type="application/json")
    parameters = answer.body.get("parameters")
    if parameters and "retry_after" in parameters:
        response.headers["Retry-After"] = str(parameters["retry_after"])
    return response
