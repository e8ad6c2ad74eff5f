"""Putting the screens of a search together: what was asked is kept, so that its buttons outlive a restart."""

from dataclasses import replace
from datetime import datetime

from bot.i18n import Translator
from bot.views import search as view
from bot.views.view import View
from digests.library import Library
from digests.periods import Period
from digests.queries import LIMIT
from digests.searching import ALL_RUBRICS, Kept, Searching
from digests.words import has_letters


class Finding:
    """Makes the screens of searches by their numbers."""

    def __init__(self, searching: Searching, library: Library) -> None:
        self._searching = searching
        self._library = library

    async def asked(self, t: Translator, text: str, now: datetime) -> View:
        """Return what is found for a text that was typed. Raises what `Searching.find` does; then nothing is kept."""
        return await self._fresh(t, Kept(text=text), now)

    async def found(self, t: Translator, number: int, page: int, now: datetime) -> View:
        """Return a page of what a search finds, or its last one. Raises QueryMissing."""
        return await self._shown(t, number, await self._searching.kept(number), page, now)

    async def offered(self, text: str) -> int:
        """Return the number of a search that is only offered yet; 0 for a text that is none."""
        if len(text) > LIMIT or not has_letters(text):
            return 0
        return await self._searching.keep(Kept(text=text))

    async def filters(self, t: Translator, number: int, which: str, page: int) -> View:
        """Return the choice of rubrics or periods for a search. Raises QueryMissing."""
        kept = await self._searching.kept(number)
        if which == "period":
            return view.periods(t, number, kept)
        return view.rubrics(t, number, kept, await self._library.rubrics(), page)

    async def in_rubric(self, t: Translator, number: int, rubric: int, now: datetime) -> View:
        """Return what a search finds in a rubric, or in all."""
        return await self._fresh(t, replace(await self._searching.kept(number), rubric=rubric), now)

    async def in_period(self, t: Translator, number: int, period: Period, now: datetime) -> View:
        """Return what a search finds in a period."""
        return await self._fresh(t, replace(await self._searching.kept(number), period=period.value), now)

    async def everywhere(self, t: Translator, number: int, now: datetime) -> View:
        """Return what a search finds in all rubrics at any time."""
        kept = await self._searching.kept(number)
        return await self._fresh(t, replace(kept, rubric=ALL_RUBRICS, period=Period.ALL.value), now)

    async def loose(self, t: Translator, number: int, now: datetime) -> View:
        """Return what a search finds without its quotation marks."""
        kept = await self._searching.kept(number)
        return await self._fresh(t, replace(kept, text=view.unquoted(kept.text)), now)

    async def _fresh(self, t: Translator, kept: Kept, now: datetime) -> View:
        found = await self._searching.find(kept, now, limit=view.PAGE)
        return view.results(t, await self._searching.keep(kept), kept, found, 0, now)

    async def _shown(self, t: Translator, number: int, kept: Kept, page: int, now: datetime) -> View:
        found = await self._searching.find(kept, now, offset=page * view.PAGE, limit=view.PAGE)
        last = view.last_page(found)
        if page > last:
            page = last
            found = await self._searching.find(kept, now, offset=page * view.PAGE, limit=view.PAGE)
        return view.results(t, number, kept, found, page, now)
