"""Putting a reader's settings screens together, in the language and the zone that the reader has now."""

from datetime import datetime

from bot.i18n import Catalogs, Translator
from bot.views import settings as view
from bot.views import start
from bot.views.view import View
from digests import schedule, zones
from digests.clock import Clock
from digests.library import Library
from digests.readers import Reader

STEPS = {1: "start", 2: "when", 3: "done"}


class Screens:
    """Makes the screens by name: main, rubrics, time, zone, days, language, pause; the steps start, when and done."""

    def __init__(self, library: Library, catalogs: Catalogs, clock: Clock) -> None:
        self._library = library
        self._catalogs = catalogs
        self._clock = clock

    def translator(self, reader: Reader) -> Translator:
        """Return who speaks the reader's language."""
        return self._catalogs.translator(reader.preferences.language)

    def now(self, reader: Reader) -> datetime:
        """Return the reader's local time."""
        return self._clock.now().astimezone(zones.zone(schedule.sound(reader.preferences.schedule).zone))

    async def of(self, reader: Reader, name: str, page: int = 0) -> View:
        """Return a screen; the main one for a name that there is not."""
        t, now = self.translator(reader), self.now(reader)
        match name:
            case "time":
                return view.time_of_day(t, reader, now)
            case "zone":
                return view.zone(t, reader, now)
            case "days":
                return view.days(t, reader, now)
            case "language":
                return view.language(t, reader, self._catalogs.languages, now)
            case "pause":
                return view.pause(t, reader, now)
            case "when":
                return start.time_step(t, reader, now)
        return await self._with_rubrics(reader, name, page)

    async def _with_rubrics(self, reader: Reader, name: str, page: int) -> View:
        t, now = self.translator(reader), self.now(reader)
        rubrics = await self._library.rubrics()
        match name:
            case "rubrics":
                return view.rubrics(t, reader, rubrics, page, now)
            case "start":
                return start.rubrics_step(t, reader, rubrics, page, now)
            case "done":
                return start.done_step(t, reader, rubrics, now)
        return view.main(t, reader, rubrics, now)
