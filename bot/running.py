"""Running the bot until it is told to stop."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramNotFound, TelegramUnauthorizedError
from aiogram.methods import (
    AnswerCallbackQuery,
    CopyMessage,
    DeleteMessages,
    EditMessageText,
    GetUpdates,
    Response,
    SendDocument,
    SendMessage,
)
from aiogram.types import InlineKeyboardMarkup, Update, User
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import commands, web
from bot.app import App
from bot.polling import Polling, SecondCopy, TokenRefused
from bot.scheduler import guarded, ticking
from bot.settings import Settings

log = logging.getLogger(__name__)

ANSWERED = (SendMessage, EditMessageText, AnswerCallbackQuery, GetUpdates, SendDocument, CopyMessage, DeleteMessages)
RETRY_S = (1, 2, 5, 10, 30)
TICK_RETRY_S = 5.0  # after a first tick that failed


async def run(app: App, settings: Settings, stop: asyncio.Event) -> None:
    """Serve readers and editors until `stop` is set, then finish what is in hand.

    Raises TokenRefused or SecondCopy when the bot cannot work with its token.
    """
    me = await introduced(app.bot, stop)
    if me is None:
        return
    log.info("running as @%s", me.username)
    await _announce_commands(app)
    freeze()
    async with _serving(app, settings):
        await _work(app, settings, stop)


def freeze() -> None:
    """Take what lives as long as the process out of the garbage collector's way.

    aiogram's models are many; unfrozen, every full collection stops the loop for tens of milliseconds
    (benchmarks/tap.py). Those of every tap are built now (`bot.lean` puts that off), the others when first needed. The
    classes of answers are held by nothing: collected, they would be made again, milliseconds each.
    """
    # The item is what pydantic wants at run time, a union too; mypy takes neither it nor the class that comes of it.
    answers: list[Any] = [Response.__class_getitem__(method.__returning__) for method in ANSWERED]  # type: ignore[arg-type]
    for model in (Update, InlineKeyboardMarkup, *ANSWERED, *answers):
        model.model_rebuild()
    gc.collect()
    gc.freeze()
    del answers


async def introduced(bot: Bot, stop: asyncio.Event) -> User | None:
    """Return who the bot is, waiting for a network that is not up yet; None when told to stop meanwhile."""
    failures = 0
    while not stop.is_set():
        try:
            return await bot.get_me()
        except (TelegramUnauthorizedError, TelegramNotFound) as error:
            raise TokenRefused from error
        except (AiogramError, OSError) as error:
            delay = RETRY_S[min(failures, len(RETRY_S) - 1)]
            log.warning("Telegram is out of reach (%s), trying again in %s s", type(error).__name__, delay)
            failures += 1
            with suppress(TimeoutError):
                async with asyncio.timeout(delay):
                    await stop.wait()
    return None


async def _announce_commands(app: App) -> None:
    try:
        await commands.announce(app.bot, app.catalogs, app.team)
    except AiogramError as error:
        log.warning("the command menus could not be set: %s", error)


@asynccontextmanager
async def _serving(app: App, settings: Settings) -> AsyncIterator[None]:
    """Serve webhook and health checks; without a webhook, port 0 turns the server off."""
    token = settings.bot_token.get_secret_value()
    hook = web.Webhook(path=web.webhook_path(token), secret=settings.webhook_secret.get_secret_value())
    webhook = hook if settings.webhook_url else None
    if not webhook and settings.http_port == 0:
        yield
        return
    site = web.web_app(app.bot, app.dispatcher, ready=app.ready, webhook=webhook)
    async with web.serving(site, settings.http_host, settings.http_port) as port:
        log.info("listening on http://%s:%s", settings.http_host, port)
        yield


async def _work(app: App, settings: Settings, stop: asyncio.Event) -> None:
    problem: TokenRefused | SecondCopy | None = None
    scheduler = ticking(app.tick)
    async with asyncio.TaskGroup() as tasks:
        mornings = tasks.create_task(_mornings(app, scheduler))
        indexing = tasks.create_task(_index(app))
        tasks.create_task(_end(app, scheduler, (mornings, indexing), stop))
        try:
            await _receive(app, settings, stop)
        except (TokenRefused, SecondCopy) as error:
            problem = error
            stop.set()
    if problem:
        raise problem


async def _index(app: App) -> None:
    """Fill the index of similar articles, while readers are answered already, and take into the search what an earlier
    version of the program published.
    """
    while not await guarded(app.newsroom.load_index):
        await app.clock.sleep(TICK_RETRY_S)
    try:
        count = await app.searching.catch_up()
    except Exception:  # a boundary: the bot works without, and the next start goes on
        log.exception("search index not complete")
    else:
        log.info("search index complete, taken in now articles=%s", count)


async def _end(
    app: App, scheduler: AsyncIOScheduler, working: tuple[asyncio.Task[None], asyncio.Task[None]], stop: asyncio.Event
) -> None:
    """Claim nothing from the moment of the stop on, while the last updates are still being handled."""
    await stop.wait()
    mornings, indexing = working
    indexing.cancel()
    if scheduler.running:
        scheduler.shutdown(wait=False)
        await app.courier.stop()
    else:
        mornings.cancel()  # in the first tick, which may take longer than a stop


async def _mornings(app: App, scheduler: AsyncIOScheduler) -> None:
    """Tick and deliver. The first tick comes first: it gives up what has lain for too long to be sent."""
    while not await guarded(app.tick):
        await app.clock.sleep(TICK_RETRY_S)
    scheduler.start()
    async with asyncio.TaskGroup() as tasks:
        beside = [tasks.create_task(app.announcer.run()), tasks.create_task(app.sourcing.run())]
        await app.courier.run(app.wake)
        for task in beside:
            task.cancel()


async def _receive(app: App, settings: Settings, stop: asyncio.Event) -> None:
    if not settings.webhook_url:
        try:
            await app.bot.delete_webhook()
        except (AiogramError, OSError) as error:  # polling itself will tell if there really is one
            log.warning("an earlier webhook could not be removed: %s", type(error).__name__)
        await Polling(app.bot, app.dispatcher, app.clock).run(stop)
        return
    path = web.webhook_path(settings.bot_token.get_secret_value())
    await app.bot.set_webhook(
        settings.webhook_url + path,
        secret_token=settings.webhook_secret.get_secret_value(),
        allowed_updates=app.dispatcher.resolve_used_update_types(),
        max_connections=100,
    )
    log.info("receiving by webhook")
    await stop.wait()
