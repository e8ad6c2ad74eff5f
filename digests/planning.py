"""Planning: turning readers who are due into deliveries, a chunk at a time."""

import logging
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from digests import schedule as times
from digests.clock import Clock
from digests.deliveries import BroadcastId, Plan, Skip
from digests.editions import EditionId
from digests.press import Order, Press, Proofs
from digests.readers import ReaderId, ReaderState, Schedule
from digests.rubrics import Choice
from digests.spreading import Spread, spread
from digests.storage import corrections, deliveries, readers
from digests.storage.corrections import Owed
from digests.storage.engine import Database
from digests.storage.instants import instant, seconds
from digests.storage.readers import Due

log = logging.getLogger(__name__)

CHUNK = 1_000  # readers in a transaction: a tap that has to write waits no longer than one takes
STALLED_S = 3_600.0  # how often digests that lie undelivered are looked for


@dataclass(frozen=True, slots=True)
class TickReport:
    """What a tick did: deliveries planned, and readers accounted for without one."""

    planned: int = 0
    no_news: int = 0
    late: int = 0

    @property
    def skipped(self) -> int:
        """All readers who were due and get nothing."""
        return self.no_news + self.late


@dataclass(frozen=True, slots=True)
class _Turn:
    """What being due at an instant means under a schedule; computed once for all readers who share both."""

    local_date: date
    slot: time
    at: datetime
    before: datetime | None  # the slot before
    next_due: int
    is_late: bool


@dataclass(slots=True)
class _Tick:
    """What a tick has learned, for none of it to be asked or computed twice. Its size does not grow with readers."""

    now: datetime
    spreads: dict[int, Spread] = field(default_factory=dict)  # by the second that readers are due at
    wrong_since: date | None = None  # editions from that date on may have to be corrected
    turns: dict[Hashable, _Turn] = field(default_factory=dict)
    broadcasts: dict[datetime, BroadcastId] = field(default_factory=dict)
    proofs: Proofs = field(default_factory=Proofs)
    counts: Counter[Skip | None] = field(default_factory=Counter)


class Planner:
    """Turns readers who are due into rows of the ledger.

    A tick may be repeated, interrupted and run by several instances at once: a reader has one row for a local date
    and slot, and is due again in the same transaction that enters it. A slot missed by no more than the late limit is
    delivered; of those missed longer ago the last one is entered as skipped, and so is what was planned and could not
    be sent for as long.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        press: Press,
        late_limit: timedelta,
        pace: Callable[[], float] = lambda: math.inf,
    ) -> None:
        """Take how late is too late, and how many messages a second can go out at present."""
        self._database = database
        self._clock = clock
        self._press = press
        self._late_limit = late_limit
        self._pace = pace
        self._looked = -math.inf

    async def tick(self) -> TickReport:
        """Plan everything that is due now."""
        tick = _Tick(self._clock.now())
        await self._skip_stalled(tick.now)
        await self._look_ahead(tick)
        while await self._chunk(tick):
            pass
        counts = tick.counts
        return TickReport(planned=counts[None], no_news=counts[Skip.NO_NEWS], late=counts[Skip.LATE])

    async def _skip_stalled(self, now: datetime) -> None:
        """Give up, after a start and once an hour, digests that were planned and then lay for the late limit."""
        if self._clock.monotonic() - self._looked < STALLED_S:
            return
        self._looked = self._clock.monotonic()
        async with self._database.write() as connection:
            if given_up := await deliveries.skip_stalled(connection, now - self._late_limit, now):
                log.warning("deliveries given up as late: %s", given_up)

    async def _look_ahead(self, tick: _Tick) -> None:
        """Find out how each slot is to be spread, for which its audience is counted, and if there are corrections."""
        async with self._database.read() as connection:
            audiences = await readers.audiences(connection, tick.now)
            tick.wrong_since = await corrections.recent(connection, tick.now) if audiences else None
        pace = self._pace()
        tick.spreads = {due: spread(audience, pace) for due, audience in audiences.items()}
        for due, chosen in tick.spreads.items():
            if chosen.seconds:
                log.info("deliveries are spread slot=%s readers=%s seconds=%.0f", due, audiences[due], chosen.seconds)
            if chosen.is_tight:
                minutes = audiences[due] / pace / 60
                log.warning("too many readers for the window slot=%s rate=%.1f minutes=%.0f", due, pace, minutes)

    async def _chunk(self, tick: _Tick) -> bool:
        """Plan for the readers who have been due longest, in one transaction; return whether there were any."""
        async with self._database.write() as connection:
            due = await readers.due(connection, tick.now, CHUNK)
            if not due:
                return False
            turns = [self._turn(tick, reader) for reader in due]
            plans = await self._plans(connection, tick, due, turns)
            await _supersede(connection, plans, tick.now)
            entered = await deliveries.enter(connection, plans, tick.now)
            await _rearm(connection, due, turns, plans)
        tick.counts.update(entered)
        return True

    def _turn(self, tick: _Tick, reader: Due) -> _Turn:
        key = reader.zone, reader.digest_time, reader.days, reader.next_due
        turn = tick.turns.get(key)
        if turn is None:
            turn = tick.turns[key] = self._understood(reader, tick.now)
        return turn

    def _understood(self, reader: Due, now: datetime) -> _Turn:
        wanted = Schedule(zone=reader.zone, time=times.time_of(reader.digest_time), days=reader.days)
        schedule = times.sound(wanted)
        if schedule != wanted:
            log.warning("unknown zone or no days, planned in UTC zone=%s days=%s", wanted.zone, wanted.days)
        at = instant(reader.next_due)
        following = times.next_due(schedule, at)
        if following <= now and (last := times.latest(schedule, now)):
            following = last.at  # what was missed in between is not worth a row each
        before = times.latest(schedule, at - timedelta(seconds=1))
        return _Turn(
            local_date=times.local_date_of(schedule, at),
            slot=schedule.time,
            at=at,
            before=before.at if before else None,
            next_due=seconds(following),
            is_late=now - at > self._late_limit,
        )

    async def _plans(
        self, connection: AsyncConnection, tick: _Tick, due: Sequence[Due], turns: Sequence[_Turn]
    ) -> list[Plan]:
        broadcasts = await _broadcasts(connection, tick, {turn.at for turn in turns})
        told: dict[ReaderId, Owed] = {}
        if tick.wrong_since:
            told = await corrections.owed(connection, [reader.id for reader in due], tick.wrong_since, tick.now)
        orders = [
            None if turn.is_late else _order(reader, turn, told.get(reader.id, ()))
            for reader, turn in zip(due, turns, strict=True)
        ]
        editions = await self._editions(connection, tick, {order for order in orders if order})
        return [
            Plan(
                broadcast=broadcasts[turn.at],
                reader=reader.id,
                local_date=turn.local_date,
                slot=f"{turn.slot:%H:%M}",
                not_before=_not_before(tick, reader, turn),
                edition=editions[order] if order else None,
                skip=Skip.LATE if order is None else None if editions[order] else Skip.NO_NEWS,
            )
            for reader, turn, order in zip(due, turns, orders, strict=True)
        ]

    async def _editions(
        self, connection: AsyncConnection, tick: _Tick, orders: Iterable[Order]
    ) -> dict[Order, EditionId | None]:
        """Return the editions for the orders; in one order for all planners, for they wait for each other's rows."""
        ordered = sorted(orders, key=lambda order: (order.until, order.language, order.choice, order.since, order.told))
        return {order: await self._press.edition_for(connection, order, tick.proofs) for order in ordered}


def _not_before(tick: _Tick, reader: Due, turn: _Turn) -> int:
    """Return the second from which the delivery may go out; a slot that was missed is spread from now on."""
    chosen = tick.spreads.get(reader.next_due)
    if chosen is None or not chosen.seconds:
        return reader.next_due
    return max(reader.next_due, seconds(tick.now)) + chosen.delay_s(reader.id, turn.local_date)


def _order(reader: Due, turn: _Turn, told: Owed) -> Order:
    since = instant(reader.covered_until)
    if reader.state == ReaderState.PAUSED and turn.before:
        since = max(since, times.news_until(turn.before))  # the news of a pause are not dumped on its end
    return Order(
        language=reader.language,
        choice=Choice(reader.rubrics),
        since=since,
        until=times.news_until(turn.at),
        local_date=turn.local_date,
        slot=turn.slot,
        told=told,
    )


async def _broadcasts(connection: AsyncConnection, tick: _Tick, slots: set[datetime]) -> dict[datetime, BroadcastId]:
    for at in sorted(slots - tick.broadcasts.keys()):
        tick.broadcasts[at] = await deliveries.open_broadcast(connection, seconds(at), tick.now)
    return tick.broadcasts


async def _supersede(connection: AsyncConnection, plans: Sequence[Plan], now: datetime) -> None:
    owed: dict[date, list[ReaderId]] = defaultdict(list)
    for plan in plans:
        if not plan.skip:
            owed[plan.local_date].append(plan.reader)
    for local_date, ids in owed.items():
        await deliveries.supersede(connection, ids, local_date, now)


async def _rearm(
    connection: AsyncConnection, due: Sequence[Due], turns: Sequence[_Turn], plans: Sequence[Plan]
) -> None:
    """Set when the readers are due again, and note what those without news know by that."""
    again: dict[int, list[ReaderId]] = defaultdict(list)
    covered: dict[datetime, list[ReaderId]] = defaultdict(list)
    for reader, turn, plan in zip(due, turns, plans, strict=True):
        again[turn.next_due].append(reader.id)
        if plan.skip is Skip.NO_NEWS:
            covered[turn.at].append(reader.id)
    for next_due, ids in again.items():
        await readers.rearm(connection, ids, next_due)
    for at, ids in covered.items():
        await readers.cover(connection, ids, seconds(times.news_until(at)))
    if paused := [reader.id for reader in due if reader.state == ReaderState.PAUSED]:
        await readers.end_pause(connection, paused)
