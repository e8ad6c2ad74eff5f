"""The composition root: builds everything, in order, and takes it down again; the tests and the demo use it too."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from sqlalchemy import select

from bot import linking, routing, sourcing
from bot.alarm import Alarm
from bot.announcer import Announcer
from bot.desk import Cards, Desk
from bot.endpoint import summarizer
from bot.finding import Finding
from bot.gateway import Gateway
from bot.i18n import Catalogs
from bot.keeping import CardKeeper
from bot.messenger import TelegramMessenger
from bot.proposing import Proposing
from bot.recalling import Recaller
from bot.rendering import rendered
from bot.screens import Screens
from bot.session import Session
from bot.settings import BadSettings, Settings
from bot.sourcing import Sourcing
from bot.speaking import Speaking
from bot.watching import Watching
from digests import zone_rules, zones
from digests.archive import Archive
from digests.baton import Baton, own_name
from digests.broadcasting import Broadcasts
from digests.chat_pacing import ChatPacer
from digests.clock import Clock, SystemClock
from digests.corrections import Corrections
from digests.delivery import Courier, hands
from digests.errors import DatabaseUnusable, UnknownZone
from digests.fetching import INTERNET, Fetcher, Reach
from digests.heartbeat import Heart
from digests.library import Library
from digests.newsroom import Newsroom
from digests.planning import Planner
from digests.press import Press
from digests.pricing import PAID_PER_SECOND
from digests.pulse import Pulse
from digests.questions import QuestionBook
from digests.readers import Preferences, Schedule
from digests.related import RelatedIndex
from digests.searching import Searching
from digests.settling import Settler
from digests.sources.worker import POLLING, Worker
from digests.storage.engine import Database
from digests.storage.migrate import migrate
from digests.subscriptions import Subscriptions
from digests.summarizing import Summarizer
from digests.team import Team

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """Everything that runs, put together."""

    bot: Bot
    dispatcher: Dispatcher
    database: Database
    clock: Clock
    catalogs: Catalogs
    searching: Searching
    newsroom: Newsroom
    library: Library
    subscriptions: Subscriptions
    team: Team
    planner: Planner
    courier: Courier
    announcer: Announcer
    heart: Heart
    alarm: Alarm
    wake: asyncio.Event

    @property
    def sourcing(self) -> Sourcing:
        """What keeps sources polled."""
        found: Sourcing = self.dispatcher["sourcing"]
        return found

    async def tick(self) -> None:
        """Turn what is due into deliveries, wake the courier, and tell owners if something was wrong."""
        await self.heart.begin()
        report = await self.planner.tick()
        await self.heart.end(report.planned, report.late)
        if report.planned or report.skipped:
            log.info("planned deliveries=%s skipped=%s", report.planned, report.skipped)
        self.wake.set()
        self.sourcing.wake.set()
        await self.alarm.sound()

    async def ready(self) -> str:
        """Return an empty string while the database answers, else why it does not."""
        try:
            async with self.database.read() as connection:
                await connection.execute(select(1))
        except DatabaseUnusable as error:
            return error.why
        return ""


@asynccontextmanager
async def opened(
    settings: Settings, *, clock: Clock | None = None, paces_chats: bool = True, reach: Reach = INTERNET
) -> AsyncIterator[App]:
    """Build the program on its database, migrated first, and close everything at the end.

    `paces_chats` is False for a server that does not count what goes into one chat. `reach` is what links may lead to:
    the tests and the demo have a site of their own.
    """
    time = clock or SystemClock()
    catalogs, defaults = _spoken(settings), _defaults(settings)
    url = settings.database_url.get_secret_value()
    await migrate(url)
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(Database.opened(url))
        await zone_rules.follow(database, time, zone_rules.release())
        bot = await stack.enter_async_context(_bot(settings))
        chats = ChatPacer(time) if paces_chats else None
        gateway = Gateway(database, time, messages_per_second=settings.messages_per_second, chats=chats)
        await gateway.restore()
        bot.session.middleware(gateway)
        baton = Baton(database, time, own_name())
        may_pay = settings.allow_paid_broadcast
        sums = await stack.enter_async_context(summarizer(settings, time))
        app = _app(settings, _Ground(database, time, bot, gateway, catalogs, defaults, may_pay, baton, sums))
        worker = await stack.enter_async_context(Worker())
        polling = await stack.enter_async_context(Worker(POLLING))
        linking.install(app.dispatcher.workflow_data, database, Fetcher(time, reach), worker)
        sourcing.prepared(database, bot, app.dispatcher.workflow_data, polling)
        yield app


@asynccontextmanager
async def _bot(settings: Settings) -> AsyncIterator[Bot]:
    session = Session(
        api=TelegramAPIServer.from_base(settings.telegram_api_url),
        proxy=settings.telegram_proxy.get_secret_value() or None,
    )
    # No default for link previews: aiogram would send it as a parameter of Bot API 6, which a strict server refuses.
    defaults = DefaultBotProperties(parse_mode=ParseMode.HTML)
    try:
        yield Bot(settings.bot_token.get_secret_value(), session=session, default=defaults)
    finally:
        await session.close()


@dataclass(frozen=True, slots=True)
class _Ground:
    """What everything else stands on."""

    database: Database
    clock: Clock
    bot: Bot
    gateway: Gateway
    catalogs: Catalogs
    defaults: Preferences
    may_pay: bool
    baton: Baton
    summarizer: Summarizer


def _app(settings: Settings, ground: _Ground) -> App:
    database, clock, bot, catalogs = ground.database, ground.clock, ground.bot, ground.catalogs
    newsroom = Newsroom(database, clock, RelatedIndex(), ground.summarizer)
    library = Library(database, clock)
    press, searching = Press(database, clock), Searching(database)
    team = Team(database, clock, settings.owner_ids)
    subscriptions = Subscriptions(database, clock, ground.defaults)
    dispatcher = routing.dispatcher(zones.zone(ground.defaults.schedule.zone))
    dispatcher.workflow_data.update(
        newsroom=newsroom,
        library=library,
        subscriptions=subscriptions,
        press=press,
        team=team,
        questions=QuestionBook(database, clock),
        corrections=Corrections(database, clock),
        finding=Finding(searching, library),
        archive=Archive(database),
        searching=searching,
        catalogs=catalogs,
        clock=clock,
        screens=Screens(library, catalogs, clock),
        desk=Desk(newsroom, library, clock),
        cards=Cards(bot),
    )
    messenger = TelegramMessenger(bot, partial(rendered, catalogs))
    courier = _courier(settings, ground, messenger, library)
    announcer = _announcer(ground, messenger, courier, dispatcher.workflow_data)
    heart = Heart(database, clock)
    return App(
        bot=bot,
        dispatcher=dispatcher,
        database=database,
        clock=clock,
        catalogs=catalogs,
        searching=searching,
        newsroom=newsroom,
        library=library,
        subscriptions=subscriptions,
        team=team,
        planner=Planner(database, clock, press, settings.late_limit, lambda: ground.gateway.rate),
        courier=courier,
        announcer=announcer,
        heart=heart,
        alarm=Alarm(bot, heart, settings.owner_ids, dispatcher.workflow_data["speaking"]),
        wake=announcer.wake,
    )


def _courier(settings: Settings, ground: _Ground, messenger: TelegramMessenger, library: Library) -> Courier:
    """Return what sends; of several instances only the one that holds the baton."""
    courier = Courier(
        ground.database,
        ground.clock,
        messenger,
        library,
        concurrency=hands(PAID_PER_SECOND if ground.may_pay else settings.messages_per_second),
        hold_unknown=settings.on_unknown == "hold",
    )
    courier.baton = ground.baton
    return courier


# Any: what handlers are given by name is as loosely typed as aiogram takes it.
def _announcer(ground: _Ground, messenger: TelegramMessenger, courier: Courier, given: dict[str, Any]) -> Announcer:
    """Return what keeps broadcasts going, and give handlers their part of it."""
    database, clock, bot, catalogs = ground.database, ground.clock, ground.bot, ground.catalogs
    wake = asyncio.Event()
    pulse = Pulse(database, clock, own_name())
    settler, broadcasts = Settler(database, clock), Broadcasts(database, clock)
    watching = Watching(broadcasts, pulse, clock, lambda: ground.gateway.rate, may_pay=ground.may_pay)
    proposing = Proposing(bot, broadcasts, watching, messenger, given["library"], wake)
    speaking = Speaking(given["subscriptions"], catalogs, clock, zones.zone(ground.defaults.schedule.zone))
    given.update(broadcasts=broadcasts, watching=watching, proposing=proposing, speaking=speaking)
    return Announcer(
        settler=settler,
        recaller=Recaller(bot, settler, catalogs, clock, ground.baton),
        keeper=CardKeeper(bot, broadcasts, watching, speaking, given["team"], clock),
        courier=courier,
        pulse=pulse,
        clock=clock,
        wake=wake,
    )


def _spoken(settings: Settings) -> Catalogs:
    try:
        return Catalogs.read(settings.default_language)
    except ValueError as error:
        raise BadSettings(f"DEFAULT_LANGUAGE: {error}") from None


def _defaults(settings: Settings) -> Preferences:
    """Return what new readers start with. Raises BadSettings for a zone that nobody knows."""
    try:
        zone = zones.find(settings.default_timezone)
    except UnknownZone as error:
        hint = f"; perhaps {', '.join(error.suggestions)}?" if error.suggestions else ""
        raise BadSettings(f"DEFAULT_TIMEZONE: names no time zone or city{hint}") from None
    return Preferences(
        language=settings.default_language, schedule=Schedule(zone=zone, time=settings.default_digest_time)
    )
