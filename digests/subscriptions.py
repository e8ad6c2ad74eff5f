"""Readers: how they come, choose, pause and leave, and when their next digest is due."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncConnection

from digests import schedule as times
from digests.clock import Clock
from digests.deliveries import Delivery
from digests.errors import NoDays, ReaderMissing
from digests.readers import EVERY_DAY, ChatId, Preferences, Reader, ReaderId, ReaderState, Schedule
from digests.rubrics import Choice
from digests.storage import deliveries, readers
from digests.storage.engine import Database
from digests.storage.readers import SavedArticle
from digests.why import Why, WhyReason, explained
from digests.zones import zone

__all__ = ["Subscriptions", "Welcome", "Why", "WhyReason"]

FIRST_NEWS = timedelta(hours=24)  # how far back the first digest of a new reader goes
RECENT = timedelta(days=2)  # local dates around the world, today's and its neighbours, begin within it
SERVED = frozenset({ReaderState.NEW, ReaderState.ACTIVE})


class Welcome(StrEnum):
    """How a reader came."""

    NEW = "new"
    BACK = "back"  # from a pause, from /stop or from blocking the bot; what they chose was kept
    KNOWN = "known"


class Subscriptions:
    """Readers and what they chose. Every change sets anew when the next digest is due, in the same transaction.

    A reader gets one digest a local date: after a change the next one is on the first date that has none yet. What
    was published during a pause is not sent later; the first digest after it reaches back to the slot before.
    Methods that take a reader raise ReaderMissing for one who erased their data.
    """

    def __init__(self, database: Database, clock: Clock, defaults: Preferences) -> None:
        self._database = database
        self._clock = clock
        self._defaults = defaults

    async def reader(self, chat: ChatId) -> Reader | None:
        """Return the reader of a chat; one whose pause is over is active."""
        async with self._database.read() as connection:
            found = await readers.find(connection, chat)
        return _awake(found, self._clock.now()) if found else None

    async def arrive(self, chat: ChatId, language: str) -> tuple[Reader, Welcome]:
        """Take in the chat that said /start: as a new reader with the defaults, or with all they had chosen before."""
        now = self._clock.now()
        async with self._database.write() as connection:
            is_new = await readers.add(connection, self._newcomer(chat, language, now))
            found = _present(await readers.hold_chat(connection, chat))
            known = _awake(found, now)
            if known.state in SERVED and found.state in SERVED:
                return known, Welcome.NEW if is_new else Welcome.KNOWN
            return await self._write(connection, found, _returned(found, now), now), Welcome.BACK

    async def change(
        self,
        reader: ReaderId,
        *,
        language: str | None = None,
        schedule: Schedule | None = None,
        rubrics: Choice | None = None,
    ) -> Reader:
        """Change what a reader chose. Raises NoDays and UnknownZone for a schedule that never comes."""
        if schedule is not None:
            zone(schedule.zone)
            if not schedule.days & EVERY_DAY:
                raise NoDays

        def edit(found: Reader, _now: datetime) -> Reader:
            chosen = found.preferences
            return replace(
                found,
                preferences=Preferences(
                    language=chosen.language if language is None else language,
                    schedule=schedule or chosen.schedule,
                    rubrics=chosen.rubrics if rubrics is None else rubrics,
                ),
            )

        return await self._revise(reader, edit)

    async def settle(self, reader: ReaderId) -> Reader:
        """Note that a new reader has finished the first steps."""

        def edit(found: Reader, _now: datetime) -> Reader:
            return replace(found, state=ReaderState.ACTIVE) if found.state is ReaderState.NEW else found

        return await self._revise(reader, edit)

    async def pause(self, reader: ReaderId, until: datetime | None) -> Reader:
        """Send nothing until an instant, or until told otherwise when that is None."""
        return await self._revise(
            reader, lambda found, _now: replace(found, state=ReaderState.PAUSED, paused_until=until)
        )

    async def resume(self, reader: ReaderId) -> Reader:
        """End a pause, an unsubscription or a parking; nothing changes for a reader who is served."""
        return await self._revise(reader, _returned)

    async def stop(self, reader: ReaderId) -> Reader:
        """Unsubscribe a reader, who keeps what they chose; what is planned and not sent yet will not be."""
        return await self._revise(
            reader, lambda found, _now: replace(found, state=ReaderState.STOPPED, paused_until=None)
        )

    async def park(self, chat: ChatId) -> None:
        """Note that a chat blocked the bot; a reader who had unsubscribed stays so."""
        async with self._database.write() as connection:
            found = await readers.hold_chat(connection, chat)
            if found:
                await readers.park(connection, [found.id])

    async def welcome_back(self, chat: ChatId) -> None:
        """Note that a chat unblocked the bot, and go on as before the block."""
        now = self._clock.now()
        async with self._database.write() as connection:
            found = await readers.hold_chat(connection, chat)
            if found and found.state is ReaderState.PARKED:
                await self._write(connection, found, _returned(found, now), now)

    async def erase(self, reader: ReaderId) -> None:
        """Delete a reader with their deliveries, saved articles and open question."""
        async with self._database.write() as connection:
            found = await readers.hold(connection, reader)
            if found:
                await readers.erase(connection, found)

    async def export(self, reader: ReaderId) -> dict[str, object]:
        """Return all that is kept about a reader, ready for JSON."""
        async with self._database.write() as connection:  # one snapshot of all tables
            found = _present(await readers.hold(connection, reader))
            history = await deliveries.history(connection, reader)
            kept = await readers.saved_articles(connection, reader)
        return exported(found, history, kept)

    async def why(self, reader: ReaderId) -> Why:
        """Return why a reader has or has not got today's digest, as the ledger says."""
        now = self._clock.now()
        async with self._database.write() as connection:
            found = _awake(_present(await readers.hold(connection, reader)), now)
            history = await deliveries.history(connection, reader, (now - RECENT).date())
        return explained(found, history, now)

    async def _revise(self, reader: ReaderId, edit: Callable[[Reader, datetime], Reader]) -> Reader:
        now = self._clock.now()
        async with self._database.write() as connection:
            found = _present(await readers.hold(connection, reader))
            return await self._write(connection, found, edit(_awake(found, now), now), now)

    async def _write(self, connection: AsyncConnection, before: Reader, after: Reader, now: datetime) -> Reader:
        armed = replace(after, next_due=await _next_due(connection, before, after, now))
        await readers.save(connection, armed)
        return armed

    def _newcomer(self, chat: ChatId, language: str, now: datetime) -> Reader:
        preferences = replace(self._defaults, language=language or self._defaults.language)
        return Reader(
            id=ReaderId(0),
            chat_id=chat,
            state=ReaderState.NEW,
            preferences=preferences,
            paused_until=None,
            covered_until=now - FIRST_NEWS,
            next_due=times.next_due(times.sound(preferences.schedule), now),
            joined_at=now,
        )


def exported(reader: Reader, history: Sequence[Delivery], kept: Sequence[SavedArticle]) -> dict[str, object]:
    """Return all that is kept about a reader, ready for JSON; instants are ISO 8601 in UTC."""
    chosen = reader.preferences
    return {
        "chat_id": reader.chat_id,
        "state": reader.state.value,
        "language": chosen.language,
        "zone": chosen.schedule.zone,
        "time": f"{chosen.schedule.time:%H:%M}",
        "days": [day for day in range(7) if chosen.schedule.days >> day & 1],
        "rubrics": chosen.rubrics.key,
        "joined_at": reader.joined_at.isoformat(),
        "paused_until": reader.paused_until and reader.paused_until.isoformat(),
        "next_due": reader.next_due and reader.next_due.isoformat(),
        "covered_until": reader.covered_until.isoformat(),
        "saved": [
            {"article": article.id, "title": article.title, "saved_at": article.saved_at.isoformat()}
            for article in kept
        ],
        "digests": [
            {
                "date": delivery.local_date.isoformat(),
                "slot": delivery.slot,
                "state": delivery.state.value,
                "reason": delivery.reason,
                "done_at": delivery.done_at and delivery.done_at.isoformat(),
            }
            for delivery in history
        ],
    }


def _present(reader: Reader | None) -> Reader:
    if reader is None:
        raise ReaderMissing
    return reader


def _awake(reader: Reader, now: datetime) -> Reader:
    """Return the reader as they are at an instant: a pause that is over is none, before the planner notes it too."""
    if reader.state is ReaderState.PAUSED and reader.paused_until and reader.paused_until <= now:
        return _returned(reader, reader.paused_until)
    return reader


def _returned(reader: Reader, at: datetime) -> Reader:
    """Return the reader as served from an instant on, without the news of the slots before it."""
    if reader.state in SERVED:
        return reader
    slot = times.latest(times.sound(reader.preferences.schedule), at)
    known = max(reader.covered_until, times.news_until(slot.at)) if slot else reader.covered_until
    return replace(reader, state=ReaderState.ACTIVE, paused_until=None, covered_until=known)


async def _next_due(connection: AsyncConnection, before: Reader, after: Reader, now: datetime) -> datetime | None:
    """Return when the reader is due, on the first local date that has no digest yet.

    One that is due and waits for the planner this very minute stays so, whatever the reader changes meanwhile.
    """
    if after.state in SERVED:
        if before.next_due and before.next_due <= now:
            return before.next_due
        start = now
    elif after.state is ReaderState.PAUSED and after.paused_until:
        start = max(now, after.paused_until)
    else:
        return None
    schedule = times.sound(after.preferences.schedule)
    slot = f"{schedule.time:%H:%M}"
    taken = await deliveries.taken_dates(connection, after.id, (now - RECENT).date(), slot)
    return next(found.at for found in times.upcoming(schedule, start) if found.local_date not in taken)
