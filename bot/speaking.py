"""Speaking to a chat that has not just written: its language, and the time where it is."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.i18n import Catalogs, Translator
from digests import schedule, zones
from digests.clock import Clock
from digests.readers import ChatId
from digests.subscriptions import Subscriptions


@dataclass(frozen=True, slots=True)
class Speaking:
    """Knows what readers chose; everybody else gets the defaults."""

    subscriptions: Subscriptions
    catalogs: Catalogs
    clock: Clock
    default_zone: tzinfo

    async def to(self, chat: ChatId) -> tuple[Translator, datetime]:
        """Return who speaks the language of a chat, and the time there."""
        reader = await self.subscriptions.reader(chat)
        if reader is None:
            return self.catalogs.translator(None), self.clock.now().astimezone(self.default_zone)
        zone = zones.zone(schedule.sound(reader.preferences.schedule).zone)
        return self.catalogs.translator(reader.preferences.language), self.clock.now().astimezone(zone)
