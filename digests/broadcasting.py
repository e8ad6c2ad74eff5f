"""Service: what editors send to readers at once, and what they do with broadcasts that are on their way."""

from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from digests.broadcasts import (
    HOLD,
    Announcement,
    Audience,
    Card,
    Content,
    Fate,
    Kind,
    Pause,
    Phase,
    Progress,
    Reach,
    Told,
)
from digests.clock import Clock
from digests.deliveries import BroadcastId, DeliveryState
from digests.errors import ArticleMissing, BroadcastMissing
from digests.readers import ChatId
from digests.storage import announcements, articles, broadcasts, cards, recalls
from digests.storage.broadcasts import ReportRow
from digests.storage.engine import Database
from digests.storage.instants import seconds

REPORT_PAGE = 2_000  # rows read at once


class Broadcasts:
    """Begins, pauses, stops and takes back broadcasts. Whatever is said twice changes nothing the second time.

    A word is a row; the rows of the ledger follow it through digests.settling, also after a restart.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def reach(self, content: Content) -> Reach:
        """Return how many readers would get the content now. Raises ArticleMissing when it is not published."""
        async with self._database.read() as connection:
            return await announcements.reach(connection, await _audience(connection, content))

    async def start(self, announcement: Announcement, key: str) -> tuple[BroadcastId, bool]:
        """Begin an announcement, held for a minute; the same key again is the same announcement.

        Returns whether it is new. Raises ArticleMissing when its article is not published.
        """
        now = self._clock.now()
        async with self._database.write() as connection:
            audience = await _audience(connection, announcement.content)
            filed = replace(announcement, rubric=audience.rubric)
            return await announcements.add(connection, key, filed, now + HOLD, now)

    async def pause(self, number: BroadcastId) -> bool:
        """Let a broadcast rest; return whether it did not before."""
        now = seconds(self._clock.now())
        values = {"paused_at": now, "paused_why": Pause.EDITOR.value, "paused_share": None}
        return await self._change(number, (Phase.HELD, Phase.RUNNING, Phase.PARKED), values)

    async def resume(self, number: BroadcastId) -> bool:
        """Let a broadcast that rests or was stopped go on; return whether it did."""
        values = {"paused_at": None, "paused_why": None, "paused_share": None, "told_at": None, "stopped_at": None}
        return await self._change(number, (Phase.PAUSED, Phase.PARKED, Phase.STOPPED), values)

    async def stop(self, number: BroadcastId) -> bool:
        """Send to nobody any more; return whether there was anything to stop."""
        running = (Phase.HELD, Phase.RUNNING, Phase.PAUSED, Phase.PARKED)
        return await self._change(number, running, {"stopped_at": seconds(self._clock.now())})

    async def recall(self, number: BroadcastId) -> bool:
        """Send an announcement to nobody any more and take back what was sent; return whether that is new.

        Digests are not taken back.
        """
        now = seconds(self._clock.now())
        phases = [phase for phase in Phase if phase not in (Phase.RECALLING, Phase.RECALLED)]
        return await self._change(number, phases, {"recalled_at": now, "stopped_at": now}, Kind.ANNOUNCEMENT)

    async def resend(self, number: BroadcastId, ended: DeliveryState = DeliveryState.UNKNOWN) -> int:
        """Send again what nobody knows the end of, or what failed; return how many messages that is."""
        total = 0
        async with self._database.write() as connection:
            while some := await broadcasts.resend(connection, number, ended, broadcasts.CHUNK):
                total += some
            await cards.revive(connection, number)
        return total

    async def progress(self, number: BroadcastId) -> Progress:
        """Return how far a broadcast has come. Raises BroadcastMissing."""
        async with self._database.read() as connection:
            return await _progress(connection, number)

    async def newest(self, kind: Kind, *, offset: int, limit: int) -> tuple[list[Progress], int]:
        """Return broadcasts of a kind, the newest first, and how many there are."""
        async with self._database.read() as connection:
            return await broadcasts.newest(connection, kind, offset, limit)

    async def reasons(self, number: BroadcastId) -> dict[tuple[str, str], int]:
        """Return how many deliveries ended in a state for a reason."""
        async with self._database.read() as connection:
            return await broadcasts.reasons(connection, number)

    async def fates(self, number: BroadcastId) -> dict[Fate, int]:
        """Return what became of the messages that were taken back."""
        async with self._database.read() as connection:
            return await recalls.fates(connection, number)

    async def report(self, number: BroadcastId) -> AsyncIterator[list[ReportRow]]:
        """Yield what became of each reader's delivery, a page of them at a time."""
        last = 0
        while True:
            async with self._database.read() as connection:
                rows = await broadcasts.report(connection, number, last, REPORT_PAGE)
            if not rows:
                return
            yield rows
            last = rows[-1].id

    async def show_on(self, card: Card) -> None:
        """Make a message the card of a broadcast in its chat."""
        async with self._database.write() as connection:
            await cards.put(connection, card, self._clock.now())

    async def cards_due(self, before: datetime) -> list[Card]:
        """Return live cards last shown before an instant, for the caller to show again."""
        async with self._database.read() as connection:
            if not await cards.is_any_due(connection, before):
                return []
        async with self._database.write() as connection:
            return await cards.take_due(connection, before, self._clock.now())

    async def finish_card(self, card: Card) -> None:
        """Note that nothing will change on a card any more."""
        async with self._database.write() as connection:
            await cards.finish(connection, card)

    async def let_card_rest(self, number: BroadcastId, chat: ChatId) -> None:
        """Leave the card of a chat alone: there is a question on it."""
        async with self._database.write() as connection:
            await cards.rest(connection, number, chat)

    async def drop_card(self, card: Card) -> None:
        """Forget a card whose message is gone."""
        async with self._database.write() as connection:
            await cards.drop(connection, card)

    async def _change(
        self,
        number: BroadcastId,
        phases: Collection[Phase],
        values: Mapping[str, object],
        kind: Kind | None = None,
    ) -> bool:
        """Change a broadcast if it is in one of the phases. Raises BroadcastMissing."""
        async with self._database.write() as connection:
            if await broadcasts.flags(connection, number, lock=True) is None:
                raise BroadcastMissing
            found = await _progress(connection, number)
            if found.phase(self._clock.now()) not in phases or (kind and found.kind is not kind):
                return False
            await broadcasts.change(connection, number, values)
            await cards.revive(connection, number)
            return True


async def _audience(connection: AsyncConnection, content: Content) -> Audience:
    if not isinstance(content, Told):
        return Audience()
    found = await articles.headlines(connection, [content.article])
    if content.article not in found:
        raise ArticleMissing
    earlier = await announcements.earlier(connection, content.article)
    return Audience(found[content.article].rubric_id, earlier)


async def _progress(connection: AsyncConnection, number: BroadcastId) -> Progress:
    found = await broadcasts.find(connection, number)
    if found is None:
        raise BroadcastMissing
    return found
