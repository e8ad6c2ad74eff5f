"""The local Telegram as one thing to start, drive and stop."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from aiohttp import web

from digests.clock import Clock, SystemClock
from sandbox.api import Api, BotApi
from sandbox.background import Background
from sandbox.botapi import TOKEN, BotRoutes
from sandbox.calls import Calls
from sandbox.chats import Bot, Chat, User
from sandbox.control import Control
from sandbox.events import Events
from sandbox.faults import Faults, Latency
from sandbox.floods import Floods, Limits
from sandbox.guard import guard
from sandbox.keyboards import Keyboards
from sandbox.methods import METHODS
from sandbox.methods.polling import is_loopback
from sandbox.pages import add_pages
from sandbox.people import People
from sandbox.player import Player
from sandbox.profile import Profile
from sandbox.requests import UPLOAD_BYTES
from sandbox.schema import Schema
from sandbox.state import Telegram
from sandbox.updates import Handler, Updates
from sandbox.webhook import Webhook

log = logging.getLogger(__name__)

ClockHook = Callable[[datetime], Awaitable[None]]
SHUTDOWN_S = 2.0


class Sandbox:
    """A running local Telegram."""

    def __init__(self, api: Api, bot_api: BotApi, events: Events) -> None:
        self.url = ""
        self.call = bot_api.call
        self.telegram: Telegram = api.telegram
        self.people = People(api.telegram, api.updates)
        self.updates: Updates = api.updates
        self.webhook: Webhook = api.webhook
        self.floods: Floods = api.floods
        self.faults: Faults = api.faults
        self.latency: Latency = api.latency
        self.calls: Calls = api.calls
        self.profile: Profile = api.profile
        self.clock: Clock = api.clock
        self.events = events
        self.on_clock: ClockHook | None = None

    @property
    def limits(self) -> Limits:
        """The flood limits in force; assign others to change them."""
        return self.floods.limits

    @limits.setter
    def limits(self, limits: Limits) -> None:
        self.floods.set(limits)

    @property
    def is_polled(self) -> bool:
        """Whether the bot fetches its updates itself."""
        return self.updates.handler is None and self.webhook.target is None

    def deliver_to(self, handler: Handler | None) -> None:
        """Feed updates to a handler in this process instead of polling or a webhook."""
        self.updates.handler = handler

    def player(
        self,
        name: str,
        language: str | None = "ru",
        *,
        username: str | None = None,
        role: str = "reader",
        user_id: int = 0,
    ) -> Player:
        """Make a user who has not yet started the bot, and return the person who plays it."""
        user = User(first_name=name, id=user_id, username=username, language_code=language, role=role)
        self.telegram.add_user(user)
        return Player(self, user)

    def chat(self, chat_id: int) -> Chat:
        """Return a chat by its id."""
        return self.telegram.find_chat(chat_id)

    @staticmethod
    @asynccontextmanager
    async def serve(
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        clock: Clock | None = None,
        token: str = "1000:demo",  # noqa: S107 - the made-up token of a made-up bot
        username: str = "svodka_bot",
        name: str = "Svodka",
    ) -> AsyncIterator["Sandbox"]:
        """Serve on a loopback address while the context lasts; raises ValueError for another or a malformed token."""
        if not is_loopback(host):
            raise ValueError(f"the local Telegram serves on this machine only, not on {host}")
        if not TOKEN.fullmatch(token):
            raise ValueError(f"a token looks like 1000:demo, not like {token}")
        bot = Bot(token=token, username=username, name=name)
        problem: BaseException | None = None
        async with asyncio.TaskGroup() as group:
            background = Background(group)
            api = assembled(clock or SystemClock(), bot, background)
            try:
                async with serving(api, host, port) as sandbox:
                    yield sandbox
            except BaseException as error:  # kept, so that the caller sees it as it is and not inside a group
                problem = error
            finally:
                background.close()
                await api.webhook.close()
        if problem is not None:
            raise problem


def assembled(clock: Clock, bot: Bot, background: Background) -> Api:
    """Return a fresh Telegram with everything its methods need."""
    schema = Schema.load()
    updates = Updates(clock, background)
    return Api(
        clock=clock,
        telegram=Telegram(clock=clock, bot=bot),
        updates=updates,
        webhook=Webhook(clock, updates, background),
        schema=schema,
        keyboards=Keyboards(schema),
        floods=Floods(clock, Limits()),
        faults=Faults(),
        latency=Latency(),
        calls=Calls(),
        profile=Profile(),
    )


@asynccontextmanager
async def serving(api: Api, host: str, port: int) -> AsyncIterator[Sandbox]:
    """Open the port, yield the sandbox, and close every connection and stream at the end."""
    bot_api = BotApi(api, METHODS)
    api.webhook.call = bot_api.call
    events = Events()
    api.telegram.observe = events.emit
    sandbox = Sandbox(api, bot_api, events)
    routes = BotRoutes(api, bot_api)
    app = web.Application(middlewares=[guard], client_max_size=UPLOAD_BYTES + 1024 * 1024)
    routes.add_to(app)
    Control(sandbox).add_to(app)
    add_pages(app)

    async def end_streams(_app: web.Application) -> None:
        events.close()
        api.updates.close()
        routes.closing.set()

    app.on_shutdown.append(end_streams)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_S)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        sandbox.url = base_url(host, runner.addresses[0])
        yield sandbox
    finally:
        await runner.cleanup()


def base_url(host: str, address: Any) -> str:
    """Return the address that the server answers on, from the socket's own name."""
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{address[1]}"
