"""Taking messages back: deleted while Telegram allows it, after that replaced by a line that says so."""

import asyncio
import logging

from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramForbiddenError

from bot.gateway import lane
from bot.i18n import Catalogs
from digests.baton import Baton
from digests.broadcasts import DELETABLE, Fate
from digests.clock import Clock
from digests.deliveries import BroadcastId
from digests.pacing import Lane
from digests.settling import Settler
from digests.storage.recalls import Served

log = logging.getLogger(__name__)

NO_TEXT = "there is no text in the message to edit"


class Recaller:
    """Takes back some messages at a time; what could not be done in passing is left for the next time."""

    def __init__(self, bot: Bot, settler: Settler, catalogs: Catalogs, clock: Clock, baton: Baton) -> None:
        self._bot = bot
        self._settler = settler
        self._catalogs = catalogs
        self._clock = clock
        self._baton = baton

    async def take_back(self, number: BroadcastId) -> None:
        """Take back as many messages of a broadcast as a second allows; none unless it was recalled.

        None either while another instance sends, which takes them back itself.
        """
        served = await self._settler.to_recall(number)
        if not served or not await self._baton.take():
            return
        fates = await asyncio.gather(*(self._fate(one) for one in served))
        await self._settler.recalled([(one.id, fate) for one, fate in zip(served, fates, strict=True) if fate])

    async def _fate(self, served: Served) -> Fate | None:
        """Return what became of a message; None when that is still to be seen."""
        try:
            with lane(Lane.HOUSEKEEPING):
                if self._clock.now() - served.sent_at < DELETABLE and await self._is_deleted(served):
                    return Fate.DELETED
                return await self._edited(served)
        except TelegramForbiddenError:
            return Fate.KEPT
        except AiogramError as error:
            log.info("message not taken back yet chat=%s: %s", served.chat, error)
            return None

    async def _is_deleted(self, served: Served) -> bool:
        try:
            return await self._bot.delete_message(served.chat, served.message)
        except TelegramBadRequest:
            return False

    async def _edited(self, served: Served) -> Fate:
        t = self._catalogs.translator(served.language)
        text = t("This message was taken back by the editors.")
        try:
            await self._bot.edit_message_text(text, chat_id=served.chat, message_id=served.message)
        except TelegramBadRequest as refusal:
            if NO_TEXT not in refusal.message:
                return Fate.KEPT
        else:
            return Fate.EDITED
        try:
            await self._bot.edit_message_caption(chat_id=served.chat, message_id=served.message, caption=text)
        except TelegramBadRequest:
            return Fate.KEPT
        return Fate.EDITED
