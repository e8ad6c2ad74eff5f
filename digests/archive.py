"""Service: the archive by months and days, as the reader's calendar has them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo

from digests.articles import Headline
from digests.editions import EditionId
from digests.periods import instant_of
from digests.readers import Reader
from digests.storage import archive
from digests.storage.engine import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month: how many articles its days have, the last day first, and the nearest months that have any."""

    first: date
    days: tuple[tuple[date, int], ...]
    earlier: date | None = None
    later: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A page of a day's articles, newest first."""

    day: date
    headlines: tuple[Headline, ...]
    total: int
    edition: EditionId | None


class Archive:
    """Everything published, by day."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def month(self, first: date, zone: tzinfo | None) -> Month:
        """Return a month, or the nearest one with articles if it has none; the later one if there are two."""
        found = await self._month(first, zone)
        nearest = found.earlier or found.later
        return found if found.days or nearest is None else await self._month(nearest, zone)

    async def day(self, day: date, zone: tzinfo | None, reader: Reader | None, *, offset: int, limit: int) -> Day:
        """Return the articles of a day and the edition that the reader may open."""
        since, until = instant_of(day, zone), instant_of(day + timedelta(days=1), zone)
        language = reader.preferences.language if reader else ""
        async with self._database.read() as connection:
            headlines, total = await archive.headlines(connection, since, until, offset, limit)
            edition = await archive.edition_of(connection, day, reader.id if reader else None, language)
        return Day(day=day, headlines=tuple(headlines), total=total, edition=edition)

    async def _month(self, first: date, zone: tzinfo | None) -> Month:
        first = first.replace(day=1)
        since, until = instant_of(first, zone), instant_of(_following(first), zone)
        async with self._database.read() as connection:
            instants = await archive.instants(connection, since, until)
            earlier, later = await archive.neighbours(connection, since, until)
        days = Counter(moment.astimezone(zone).date() for moment in instants)
        return Month(
            first=first,
            days=tuple(sorted(days.items(), reverse=True)),
            earlier=earlier.astimezone(zone).date().replace(day=1) if earlier else None,
            later=later.astimezone(zone).date().replace(day=1) if later else None,
        )


def _following(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
