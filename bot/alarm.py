"""The alarm: owners are told once, afterwards, when the program was silent or planning took too long."""

import logging

from aiogram import Bot
from aiogram.enums import ParseMode
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramForbiddenError

from bot.gateway import lane
from bot.show import NO_PREVIEW
from bot.speaking import Speaking
from bot.views import alarm as view
from digests.articles import UserId
from digests.heartbeat import Heart, Incident
from digests.pacing import Lane
from digests.readers import ChatId

log = logging.getLogger(__name__)


class Alarm:
    """Tells owners of incidents; one that could be told to nobody for now is told later."""

    def __init__(self, bot: Bot, heart: Heart, owners: frozenset[UserId], speaking: Speaking) -> None:
        self._bot = bot
        self._heart = heart
        self._owners = owners
        self._speaking = speaking

    async def sound(self) -> None:
        """Tell of what has not been told yet."""
        incident = await self._heart.incident()
        if incident is None:
            return
        log.error(
            "incident since=%s until=%s slow_tick=%s missed=%s",
            incident.began,
            incident.ended,
            incident.is_slow,
            incident.missed,
        )
        answers = [await self._tell(ChatId(owner), incident) for owner in sorted(self._owners)]
        if any(answers) or not self._owners:
            await self._heart.told()

    async def _tell(self, chat: ChatId, incident: Incident) -> bool:
        """Return whether there is nothing left to try."""
        t, now = await self._speaking.to(chat)
        try:
            with lane(Lane.EDITOR):
                await self._bot.send_message(
                    chat,
                    view.incident(t, incident, now).text,
                    parse_mode=ParseMode.HTML,
                    link_preview_options=NO_PREVIEW,
                )
        except (TelegramForbiddenError, TelegramBadRequest) as error:
            log.warning("owner not told user=%s: %s", chat, error.message)
        except AiogramError as error:
            log.warning("owner not told yet user=%s: %s", chat, type(error).__name__)
            return False
        return True
