"""The HTTP side: Telegram's webhook, and what load balancers and people ask of the process's health."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256
from secrets import compare_digest

from aiogram import Bot, Dispatcher
from aiohttp import web

from bot import updates

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
UPDATE_LIMIT = 2 * 1024 * 1024  # bytes of one update; Telegram's are far smaller


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """Where Telegram delivers updates, and the word by which we know that it is Telegram."""

    path: str
    secret: str


def webhook_path(token: str) -> str:
    """Return a path that cannot be guessed without the token and does not give it away."""
    return f"/telegram/{sha256(token.encode()).hexdigest()[:32]}"


def web_app(
    bot: Bot, dispatcher: Dispatcher, *, ready: Callable[[], Awaitable[str]], webhook: Webhook | None = None
) -> web.Application:
    """Return the application. `ready` answers with an empty string, or with why the bot cannot work now."""
    app = web.Application(client_max_size=UPDATE_LIMIT)

    async def alive(_: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def readiness(_: web.Request) -> web.Response:
        problem = await ready()
        status = {"status": "unready", "why": problem} if problem else {"status": "ok"}
        return web.json_response(status, status=503 if problem else 200)

    app.router.add_get("/healthz", alive)
    app.router.add_get("/readyz", readiness)
    if webhook:
        app.router.add_post(webhook.path, _receiver(bot, dispatcher, webhook.secret))
    return app


def _receiver(bot: Bot, dispatcher: Dispatcher, secret: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Return the webhook: it answers when the update was handled, for Telegram repeats what was not answered."""

    async def receive(request: web.Request) -> web.Response:
        if not compare_digest(request.headers.get(SECRET_HEADER, "").encode(), secret.encode()):
            return web.Response(status=401, text="Unauthorized")
        try:
            raw = await request.json()
        except ValueError:
            return web.Response(status=400, text="no JSON")
        update = updates.read(raw, bot)
        if update is not None:
            await updates.feed(dispatcher, bot, update)
        return web.json_response({})

    return receive


@asynccontextmanager
async def serving(app: web.Application, host: str, port: int) -> AsyncIterator[int]:
    """Serve the application and yield its port (of use when 0 asked for any)."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port, shutdown_timeout=10)
        await site.start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()
