"""Delivery: the courier that sends what the ledger says is owed, and writes down what became of it."""

import asyncio
import logging
import math
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import count
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from digests.baton import Baton
from digests.clock import Clock
from digests.deliveries import BroadcastId, Claim, DeliveryId, DeliveryState, Result
from digests.errors import DatabaseUnusable
from digests.library import Library
from digests.outcomes import Failed, Gone, Later, Moved, Outcome, Sent, Unknown, result_of
from digests.parcels import Content, Packer, Parcel
from digests.readers import ChatId
from digests.storage import broadcasts, deliveries, readers
from digests.storage.engine import Database
from digests.storage.instants import seconds
from digests.storage.readers import Address
from digests.watching import Alarm, Watch

__all__ = ["Courier", "Failed", "Gone", "Later", "Messenger", "Moved", "Outcome", "Sent", "Unknown"]

log = logging.getLogger(__name__)

# Claimed and not recorded at once, which is all that a crash can repeat: a quarter of a second's worth, so that neither
# the answers' way nor a transaction's time holds up a high rate.
CONCURRENCY = 64
MOST_CONCURRENCY = 512
LEASE = timedelta(seconds=120)
SEND_LIMIT_S = 60.0  # well within the lease, so that nothing is claimed again while it is being sent
SWEEP_S = 15.0  # how often leases that ran out are looked for
GATHER_S = 0.01  # a transaction for every message would cost more than sending it
GRACE_S = 8.0  # for what is in flight when told to stop; recording and closing have to fit ten
IDLE_S = (1.0, 30.0)  # how long to rest at least and at most when nothing can be sent
TROUBLE_S = (0.5, 1, 2, 5)  # between attempts to reach a database that cannot be used


class Messenger(Protocol):
    """What carries editions, articles and copies of messages to a chat."""

    async def deliver(self, chat: ChatId, content: Content) -> Outcome:
        """Send something once and return what became of it; never raises for what the messenger answers."""
        ...


class Courier:
    """Sends pending deliveries, at least once each.

    A delivery is claimed under a lease, sent, and recorded together with whatever else is finished by then. What is
    claimed and not recorded never exceeds `concurrency`, so neither does what a crash repeats; nothing is lost by
    one. Any number of couriers may work on one database; of those with a baton one does. With `hold_unknown` nothing
    comes twice: a message whose answer was lost waits for an editor.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        messenger: Messenger,
        library: Library,
        *,
        concurrency: int = CONCURRENCY,
        hold_unknown: bool = False,
    ) -> None:
        self._database = database
        self._clock = clock
        self._messenger = messenger
        self._packer = Packer(database, clock, library)
        self._concurrency = concurrency
        self._hold_unknown = hold_unknown
        self.baton: Baton | None = None  # shared with other instances, of which only the holder claims
        self._watch = Watch()
        self.recorded = 0  # results written down since the start
        self._in_flight: dict[DeliveryId, asyncio.Task[None]] = {}
        self._done: list[Result] = []  # finished and not recorded yet
        self._changed = asyncio.Event()  # something is finished, or it is time to stop
        self._held = -math.inf  # monotonic: nothing is claimed before
        self._swept = -math.inf
        self._stop_by: float | None = None  # monotonic: when to abandon what is in flight
        self._abandoned = False
        self._wake = asyncio.Event()

    async def run(self, wake: asyncio.Event) -> None:
        """Send whatever is or becomes due, looking again when woken, until `stop`."""
        self._wake = wake
        while self._stop_by is None:
            try:
                await self.drain()
                rest = await self._rest_s()
            except DatabaseUnusable as error:
                log.warning("courier waits for the database: %s", error.why)
                rest = IDLE_S[0]
            except Exception:  # a boundary: what is claimed comes back when its lease runs out
                log.exception("courier stumbled")
                rest = IDLE_S[0]
            if self._stop_by is None:
                await _woken(wake, rest)
        if self.baton:
            await self.baton.give()

    async def stop(self) -> None:
        """Claim nothing any more; `drain` and `run` return when what is in flight is finished, or in GRACE_S seconds.

        What could not be finished by then is pending again.
        """
        self._stop_by = self._clock.monotonic() + GRACE_S
        self._changed.set()
        self._wake.set()

    async def drain(self) -> int:
        """Send everything that is due now and return how many messages went out.

        Raises DatabaseUnusable when nothing can be claimed; while results are in hand it insists on recording them.
        """
        try:
            async with asyncio.TaskGroup() as tasks:
                return await self._pump(tasks)
        except ExceptionGroup as group:  # which is what a TaskGroup makes even of its own body's error
            raise group.exceptions[0] from group

    async def _pump(self, tasks: asyncio.TaskGroup) -> int:
        sent = 0
        while True:
            self._changed.clear()
            recorded, parcels = await self._settle()
            sent += recorded
            for parcel in parcels:
                self._in_flight[parcel.claim.id] = tasks.create_task(self._serve(parcel))
            if not self._in_flight and not self._done:
                return sent
            if not self._done:
                await self._something_finished()

    async def _settle(self) -> tuple[int, list[Parcel]]:
        """Record what is finished and claim what there is room for; return how many were sent, and what was claimed."""
        for failures in count():
            results = tuple(self._done)
            try:
                claims = await self._exchange(results)
            except DatabaseUnusable as error:
                if self._is_overdue() or not (results or self._in_flight):
                    raise
                log.log(logging.DEBUG if failures else logging.WARNING, "results cannot be recorded: %s", error.why)
                await self._clock.sleep(TROUBLE_S[min(failures, len(TROUBLE_S) - 1)])
            else:
                del self._done[: len(results)]
                self.recorded += len(results)
                sent = sum(result.state is DeliveryState.SENT for result in results)
                return sent, [parcel for claim, address in claims if (parcel := await self._packed(claim, address))]
        raise AssertionError("an endless loop ended")

    async def _exchange(self, results: Sequence[Result]) -> list[tuple[Claim, Address | None]]:
        """Record results and claim as many deliveries as may be in flight then, in one transaction."""
        now = self._clock.now()
        others = len(self._done) - len(results)
        room = self._room(others)
        if not results and room <= 0:
            return []
        async with self._database.write() as connection:
            await deliveries.record(connection, results, now)
            if room <= 0 or (self.baton and not await self.baton.held(connection)):
                return []
            await self._sweep(connection, now)
            claims = await deliveries.claim(connection, now, seconds(now + LEASE), room)
            found = await readers.addresses(connection, [claim.reader for claim in claims])
        return [(claim, found.get(claim.reader)) for claim in claims]

    async def _sweep(self, connection: AsyncConnection, now: datetime) -> None:
        """Return deliveries whose courier died to the pending ones; a clock that jumps must not return our own."""
        if self._clock.monotonic() - self._swept >= SWEEP_S:
            self._swept = self._clock.monotonic()
            if released := await deliveries.release(connection, now, self._in_hand(), hold=self._hold_unknown):
                log.warning("leases ran out deliveries=%s", released)

    async def _packed(self, claim: Claim, address: Address | None) -> Parcel | None:
        """Return a claimed delivery ready to be sent; None when it is not to be, which is noted."""
        packed = await self._packer.pack(claim, address)
        if isinstance(packed, Result):
            self._done.append(packed)
            return None
        return packed

    async def _serve(self, parcel: Parcel) -> None:
        try:
            outcome = await self._attempt(parcel)
        except asyncio.CancelledError:
            if not self._abandoned:
                raise
            again = Later(timedelta(0), "stopped", everyone=True)
            outcome = Unknown("stopped") if self._hold_unknown else again  # it may have left already
        finally:
            self._in_flight.pop(parcel.claim.id, None)
        self._note(parcel, outcome)
        result = result_of(parcel.claim, outcome, self._clock.now(), hold=self._hold_unknown)
        self._done.append(result)
        self._changed.set()
        if alarm := self._watch.note(result, self._clock.monotonic()):
            await self._park(parcel.claim.broadcast, alarm)

    async def _attempt(self, parcel: Parcel) -> Outcome:
        try:
            async with asyncio.timeout(SEND_LIMIT_S):
                outcome = await self._messenger.deliver(parcel.chat, parcel.content)
                if isinstance(outcome, Moved):
                    outcome = await self._follow(parcel, outcome.chat_id)
                return outcome
        except TimeoutError:
            return Unknown("timeout")
        except Exception as error:  # a boundary: one message must not end the broadcast
            log.exception("delivery broke delivery=%s broadcast=%s", parcel.claim.id, parcel.claim.broadcast)
            return Later(timedelta(0), type(error).__name__)

    async def _follow(self, parcel: Parcel, chat: ChatId) -> Outcome:
        """Send to the chat's new id, which is the reader's from now on unless another reader has it."""
        async with self._database.write() as connection:
            moved = await readers.move(connection, parcel.claim.reader, chat)
        return await self._messenger.deliver(chat, parcel.content) if moved else Gone("moved")

    def _note(self, parcel: Parcel, outcome: Outcome) -> None:
        match outcome:
            case Later(after, reason, everyone=True):
                until = self._clock.monotonic() + after.total_seconds()
                if until > self._held + 1:  # the others of the same burst say the same
                    log.warning("courier pauses reason=%s seconds=%.0f", reason, after.total_seconds())
                self._held = max(self._held, until)
            case Failed(reason):
                log.warning(
                    "delivery refused delivery=%s broadcast=%s reason=%s",
                    parcel.claim.id,
                    parcel.claim.broadcast,
                    reason,
                )

    async def _park(self, broadcast: BroadcastId, alarm: Alarm) -> None:
        log.error("broadcast parked broadcast=%s why=%s percent failed=%s", broadcast, alarm.why, alarm.share)
        try:
            async with self._database.write() as connection:
                await broadcasts.park(connection, broadcast, alarm.why, alarm.share, self._clock.now())
        except DatabaseUnusable as error:  # the next alarm tries again
            log.warning("broadcast not parked: %s", error.why)

    async def _something_finished(self) -> None:
        """Wait until a result is there, and a little longer for its neighbours, or until it is time to give up."""
        if self._stop_by is None:
            await self._changed.wait()
            await self._clock.sleep(GATHER_S)
            return
        left = self._stop_by - self._clock.monotonic()
        with suppress(TimeoutError):
            async with asyncio.timeout(max(0.0, left)):
                await self._changed.wait()
                return
        self._abandoned = True
        log.warning("courier stops with deliveries in flight=%s", len(self._in_flight))
        for task in self._in_flight.values():
            task.cancel()
        await self._changed.wait()

    async def _rest_s(self) -> float:
        """Return for how many seconds there will be nothing to claim, within bounds."""
        async with self._database.read() as connection:
            at = await deliveries.next_at(connection)
        due = (at - self._clock.now()).total_seconds() if at else IDLE_S[1]
        held = self._held - self._clock.monotonic()
        return min(max(due, held, IDLE_S[0]), IDLE_S[1])

    def _room(self, unrecorded: int) -> int:
        """Return how many deliveries to claim: as many as may be, or none until half of them are done."""
        room = self._concurrency - len(self._in_flight) - unrecorded
        return room if self._may_claim() and room * 2 >= self._concurrency else 0

    def _may_claim(self) -> bool:
        return self._stop_by is None and self._clock.monotonic() >= self._held

    def _is_overdue(self) -> bool:
        return self._stop_by is not None and self._clock.monotonic() >= self._stop_by

    def _in_hand(self) -> list[DeliveryId]:
        return [*self._in_flight, *(result.claim.id for result in self._done)]


def hands(per_second: float) -> int:
    """Return how many deliveries to have in hand at a rate."""
    return round(min(max(CONCURRENCY, per_second / 4), MOST_CONCURRENCY))


async def _woken(wake: asyncio.Event, within_s: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(within_s):
            await wake.wait()
    wake.clear()
