"""Service: polls the sources that are due, each by one instance at a time, and leaves alone those that refuse."""

import asyncio
import logging
import random
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from digests.arriving import Arrivals, LeaseLost, Visit
from digests.asking import Answer, Asker
from digests.clock import Clock
from digests.errors import DatabaseUnusable, DigestError
from digests.feeds import Notice, Source, SourceId, SourceState
from digests.fetching.errors import BadStatus
from digests.storage import sources
from digests.storage.engine import Database
from digests.storage.instants import seconds, seconds_or_none

log = logging.getLogger(__name__)

INTERVAL = timedelta(minutes=10)  # between polls of a source that asks for no longer pause
LONGEST = timedelta(hours=12)  # between polls of one that fails
PATIENCE = timedelta(days=1)  # that a server may ask for by Retry-After
FAILURES = 8  # in a row, some 21 hours of them, until a source is switched off
JITTER = 0.1  # of a pause, added by chance, so that sources do not all come due together
GONE = 410
LEASE = timedelta(minutes=10)
POLL_LIMIT_S = 300.0  # well within the lease
HANDS = 3  # sites polled at the same time; one is never asked twice at once
BATCH = 60  # sources looked at in one step


class Poller:
    """Works in steps. A source is claimed under a lease; whoever lost it writes nothing more."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        asker: Asker,
        arrivals: Arrivals,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._database = database
        self._clock = clock
        self._asker = asker
        self._arrivals = arrivals
        self._chance = chance

    async def step(self) -> int:
        """Poll what is due and return how many sources that was."""
        async with self._database.read() as connection:
            numbers = await sources.due(connection, self._clock.now(), BATCH)
            found = [await sources.find(connection, number) for number in numbers]
        by_site: dict[str, list[SourceId]] = {}
        for source in found:
            if source is not None:
                by_site.setdefault(source.site, []).append(source.id)
        waiting = deque(by_site.values())
        async with asyncio.TaskGroup() as tasks:
            for _ in range(min(HANDS, len(waiting))):
                tasks.create_task(self._work(waiting))
        return len(numbers)

    async def _work(self, waiting: deque[list[SourceId]]) -> None:
        while waiting:
            for number in waiting.popleft():
                await self._poll(number)

    async def _poll(self, number: SourceId) -> None:
        now = self._clock.now()
        until = now + LEASE
        async with self._database.write() as connection:
            source = await sources.lease(connection, number, now, until)
        if source is None:
            return
        visit = Visit(source, until)
        try:
            async with asyncio.timeout(POLL_LIMIT_S):
                await self._visit(visit)
        except LeaseLost:
            log.warning("source switched off, or taken over by another instance source=%s", number)
            await self._let_go(visit)
        except DatabaseUnusable:
            raise
        except TimeoutError:
            await self._fail(visit, "Slow", None)
        except DigestError as error:
            await self._refused(visit, error)
        except Exception:  # a boundary: one source that we cannot read must not keep us from the others
            log.exception("source failed source=%s", number)
            await self._fail(visit, "Broken", None)
        except asyncio.CancelledError:
            await self._let_go(visit)
            raise

    async def _let_go(self, visit: Visit) -> None:
        async with self._database.write() as connection:
            await sources.finish(connection, visit.source.id, visit.until, {})

    async def _visit(self, visit: Visit) -> None:
        answer = await self._asker.ask(visit.source)
        left = answer.shown is not None and await self._arrivals.receive(visit, answer.shown)
        values = _succeeded(visit.source, answer, self._clock.now(), left=left)
        pause = max(INTERVAL, answer.shown.pause if answer.shown else timedelta())
        values["next_poll_at"] = self._after(INTERVAL if left or answer.more else pause)
        async with self._database.write() as connection:
            await sources.finish(connection, visit.source.id, visit.until, values)

    async def _refused(self, visit: Visit, error: DigestError) -> None:
        reason = type(error).__name__
        if not isinstance(error, BadStatus):
            await self._fail(visit, reason, None)
            return
        patience = timedelta(seconds=error.retry_after_s) if error.retry_after_s else None
        await self._fail(visit, f"{BadStatus.__name__} {error.status}", patience, at_once=error.status == GONE)

    async def _fail(self, visit: Visit, reason: str, asked: timedelta | None, *, at_once: bool = False) -> None:
        source = visit.source
        failures = source.failures + 1
        pause = min(INTERVAL * 2 ** min(failures - 1, 16), LONGEST)
        pause = max(pause, min(asked or timedelta(), PATIENCE))
        values = {"failures": failures, "failure": reason, "next_poll_at": self._after(pause)}
        is_over = at_once or failures >= FAILURES
        if is_over:
            values |= {"state": SourceState.OFF.value, "off_reason": reason}
        log.warning("source refused source=%s failures=%s reason=%s", source.id, failures, reason)
        async with self._database.write() as connection:
            held = await sources.finish(connection, source.id, visit.until, values)
            if held and is_over:
                await sources.note(connection, source.id, Notice(off=reason))

    def _after(self, pause: timedelta) -> int:
        return seconds(self._clock.now() + pause * (1 + JITTER * self._chance()))


def _succeeded(source: Source, answer: Answer, now: datetime, *, left: bool) -> dict[str, int | str | None]:
    """Return the columns of a source that answered; its marks are kept only when all that it showed was taken."""
    values: dict[str, int | str | None] = {"failures": 0, "failure": "", "polled_at": seconds(now)}
    if not left:
        values |= {"etag": answer.etag, "last_modified": answer.last_modified}
        if answer.modified_after:
            values["modified_after"] = seconds_or_none(answer.modified_after)
    return values
