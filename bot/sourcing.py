"""Keeps sources polled and tells the team what they brought; the screens of one source."""

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from aiogram import Bot
from aiogram.enums import ParseMode
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramForbiddenError

from bot.gateway import lane
from bot.i18n import Translator
from bot.show import NO_PREVIEW
from bot.speaking import Speaking
from bot.views import sources as view
from bot.views.keyboards import keyboard
from bot.views.view import View
from digests.arriving import Arrivals
from digests.articles import UserId
from digests.asking import Asker
from digests.errors import DatabaseUnusable
from digests.feed_errors import SourceMissing
from digests.feeds import Notice, Recognised, Source, SourceId
from digests.following import Following
from digests.newsroom import Newsroom
from digests.pacing import Lane
from digests.poller import Poller
from digests.readers import ChatId
from digests.scouting import Scout
from digests.sources.worker import Worker
from digests.storage.engine import Database
from digests.team import Role, Team

log = logging.getLogger(__name__)


# Any: what handlers are given by name is as loosely typed as aiogram takes it.
def prepared(database: Database, bot: Bot, given: dict[str, Any], polling: Worker) -> "Sourcing":
    """Return what keeps sources polled, and give handlers their part of it; not at work yet.

    What polls bring is read by `polling`, so that no person waits for it.
    """
    clock, newsroom = given["clock"], given["newsroom"]
    asker = Asker(given["fetcher"], polling)
    following = Following(database, clock)
    sourcing = Sourcing(
        bot=bot,
        poller=Poller(database, clock, asker, Arrivals(database, clock, newsroom, asker)),
        following=following,
        newsroom=newsroom,
        speaking=given["speaking"],
        team=given["team"],
    )
    given.update(
        polling=polling, following=following, sourcing=sourcing, scout=Scout(given["fetcher"], given["worker"])
    )
    return sourcing


@dataclass(slots=True, kw_only=True)
class Sourcing:
    """Works whenever it is woken: by every tick, and by an editor who will not wait for one."""

    bot: Bot
    poller: Poller
    following: Following
    newsroom: Newsroom
    speaking: Speaking
    team: Team
    wake: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Poll and tell until cancelled, which may be at any instant."""
        while True:
            await self.wake.wait()
            self.wake.clear()
            try:
                await self.step()
            except* DatabaseUnusable:
                log.warning("sources wait for the database")
            except* Exception:  # a boundary: the next tick finds the same sources due
                log.exception("sources stumbled")

    async def step(self) -> None:
        """Poll what is due, and tell the team what has not been told."""
        await self.poller.step()
        for number in await self.following.news():
            notice = await self.following.take_news(number)
            if notice:
                await self._tell(number, notice)

    async def add(self, t: Translator, found: Recognised, now: datetime, by: UserId) -> View:
        """Follow a source from now on, and return its card."""
        source, is_new = await self.following.add(found, by)
        self.wake.set()
        shown = await self.card(t, source.id, now, by)
        return view.added(t, shown, is_new=is_new)

    async def card(self, t: Translator, number: SourceId, now: datetime, viewer: UserId) -> View:
        """Return a source's card. Raises SourceMissing."""
        source = await self.following.source(number)
        known = {rubric.id: rubric for rubric in await self.newsroom.rubrics()}
        rubric = known.get(source.rubric_id) if source.rubric_id else None
        return view.card(t, source, rubric, now, owner=await self.team.role(viewer) is Role.OWNER)

    async def _tell(self, number: SourceId, notice: Notice) -> None:
        try:
            source = await self.following.source(number)
        except SourceMissing:
            return
        members = dict.fromkeys([*self.team.owners, *(user for user, _ in await self.team.editors())])
        answers = [await self._send(ChatId(user), source, notice) for user in members]
        if answers and not any(answers):
            await self.following.put_back(number, notice)

    async def _send(self, chat: ChatId, source: Source, notice: Notice) -> bool:
        """Return whether there is nothing left to try."""
        t, _ = await self.speaking.to(chat)
        shown = view.brought(t, source, notice)
        try:
            with lane(Lane.EDITOR):
                await self.bot.send_message(
                    chat,
                    shown.text,
                    parse_mode=ParseMode.HTML,
                    link_preview_options=NO_PREVIEW,
                    reply_markup=keyboard(shown),
                    disable_notification=True,
                )
        except (TelegramForbiddenError, TelegramBadRequest) as error:
            log.info("editor not told user=%s: %s", chat, error.message)
        except AiogramError as error:
            log.warning("editor not told yet user=%s: %s", chat, type(error).__name__)
            return False
        return True
