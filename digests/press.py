"""The press: composes an edition once for all readers who get the same articles in the same language."""

import asyncio
import hashlib
from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from digests import retelling
from digests.articles import Headline
from digests.clock import Clock
from digests.composing import compose
from digests.editions import Edition, EditionId
from digests.readers import Reader
from digests.retelling import Lines, Plots
from digests.rubrics import Choice
from digests.schedule import sound
from digests.storage import editions, rubrics
from digests.storage.corrections import Owed
from digests.storage.engine import Database
from digests.zones import zone

LIMIT = 100  # articles of an edition, the newest; nobody reads more in a morning, and the rest is in /latest
DEMAND_NEWS = timedelta(hours=24)
DEMAND_LATEST = 10  # articles of an edition on demand when nothing is new


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What an edition is wanted of: articles of the chosen rubrics published after `since` and up to `until`."""

    language: str
    choice: Choice
    since: datetime
    until: datetime
    local_date: date
    slot: time | None  # None on demand
    told: Owed = ()  # corrections that it announces; they alone are worth an edition


@dataclass(slots=True)
class Proofs:
    """What one tick remembers of the editions it needed, so that most orders cost no query at all."""

    news: dict[tuple[Choice, datetime], list[Headline]] = field(default_factory=dict)
    made: dict[tuple[str, Choice, datetime, date, time | None, int, Owed], EditionId] = field(default_factory=dict)
    lines: Lines = field(default_factory=dict)


class Press:
    """Composes and stores editions. The same articles, date, slot and language give the same edition, whoever asks."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def edition_for(
        self, connection: AsyncConnection, order: Order, proofs: Proofs | None = None
    ) -> EditionId | None:
        """Return the edition for an order, composed if nobody has yet; None when nothing is new.

        `proofs` are those of the transactions committed so far and of this one.
        """
        known = proofs or Proofs()
        kind = order.choice, order.until
        if kind not in known.news:
            known.news[kind] = await editions.fresh(connection, order.choice, order.until, LIMIT)
        # The newest first, so the articles after `since` are the first so many.
        news = known.news[kind]
        number = bisect_left(news, -order.since.timestamp(), key=lambda headline: -headline.published_at.timestamp())
        if not number and not order.told:
            return None
        key = (order.language, *kind, order.local_date, order.slot, number, order.told)
        if key not in known.made:
            known.made[key] = await self._made(connection, order, news[:number], known.lines)
        return known.made[key]

    async def on_demand(self, reader: Reader) -> tuple[EditionId, bool] | None:
        """Return an edition of the last 24 hours and True, or of the latest ten articles and False.

        None when the reader's rubrics hold nothing at all. What a reader saw on demand is in the next digest too.
        """
        now = self._clock.now()
        chosen = reader.preferences
        order = Order(
            language=chosen.language,
            choice=chosen.rubrics,
            since=now - DEMAND_NEWS,
            until=now,
            local_date=now.astimezone(zone(sound(chosen.schedule).zone)).date(),
            slot=None,
        )
        async with self._database.write() as connection:
            edition = await self.edition_for(connection, order)
            if edition is not None:
                return edition, True
            latest = await editions.fresh(connection, order.choice, order.until, DEMAND_LATEST)
            return (await self._made(connection, order, latest, {}), False) if latest else None

    async def _made(self, connection: AsyncConnection, order: Order, news: list[Headline], known: Lines) -> EditionId:
        plots = await retelling.plots(connection, order.choice, news)
        key = _key(order, news, plots)
        found = await editions.find_key(connection, key)
        if found is not None:
            return found
        told = await retelling.retold(connection, plots, known)
        composition = await asyncio.to_thread(compose, told.headlines, await rubrics.all_rubrics(connection))
        edition = Edition(
            id=EditionId(0),
            language=order.language,
            local_date=order.local_date,
            slot=order.slot,
            until=order.until,
            stories=composition.stories,
            parts=composition.parts,
            behind=told.behind,
        )
        return await editions.add(connection, key, edition, self._clock.now(), order.told)


def _key(order: Order, news: list[Headline], plots: Plots) -> str:
    slot = "" if order.slot is None else f"{order.slot:%H:%M}"
    articles = ",".join(str(headline.id) for headline in news)
    described = "|".join((order.language, order.local_date.isoformat(), slot, articles))
    if order.told:
        described += "|" + ",".join(f"{number}:{day.isoformat()}" for number, day in order.told)
    if plots.told:
        described += f"|{plots.key}"
    return hashlib.sha256(described.encode()).hexdigest()
