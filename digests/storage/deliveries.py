"""The ledger in the database: broadcasts, and one row for each digest owed to a reader."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Row, bindparam, exists, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.deliveries import BroadcastId, Claim, Delivery, DeliveryId, DeliveryState, Plan, Result, Skip
from digests.editions import EditionId
from digests.readers import ReaderId
from digests.schedule import news_until
from digests.storage import readers
from digests.storage.broadcasts import Standing, put_back, standing
from digests.storage.instants import instant, instant_or_none, seconds
from digests.storage.schema import broadcasts, deliveries
from digests.storage.upsert import insert_into

# Written out, because a partial index is used only where the query repeats its condition without parameters.
IS_OPEN = text("deliveries.state in ('pending', 'sending')")
IS_PENDING = text("deliveries.state = 'pending'")
IS_SENDING = text("deliveries.state = 'sending'")
IS_DIGEST = deliveries.c.slot.not_like("#%")
HISTORY_COLUMNS: tuple[Column[Any], ...] = (
    deliveries.c.local_date,
    deliveries.c.slot,
    deliveries.c.state,
    deliveries.c.reason,
    deliveries.c.done_at,
    broadcasts.c.slot_at,
)
DAY, RECENT = timedelta(days=1), timedelta(days=8)  # a weekly digest may still be owed when the next one comes
CLAIM_COLUMNS: tuple[Column[Any], ...] = (
    deliveries.c.id,
    deliveries.c.reader_id,
    deliveries.c.edition_id,
    deliveries.c.broadcast_id,
    deliveries.c.attempts,
)
HELD_DAY = [
    state.value for state in (DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNKNOWN)
]
CRASHED = "crashed"  # the reason of what was in flight when a courier died
CLAIM_ROUNDS = 5  # through rows of broadcasts that rest, before others are looked for the next time


async def open_broadcast(connection: AsyncConnection, slot_at: int, now: datetime) -> BroadcastId:
    """Return the broadcast of all digests due at a second, made if it is not there yet."""
    key = f"digest:{slot_at}"
    values = {"kind": "digest", "key": key, "slot_at": slot_at, "created_at": seconds(now)}
    statement = insert_into(connection, broadcasts).values(values).on_conflict_do_nothing(index_elements=["key"])
    made = (await connection.execute(statement.returning(broadcasts.c.id))).scalar_one_or_none()
    if made is None:
        made = (await connection.execute(select(broadcasts.c.id).where(broadcasts.c.key == key))).scalar_one()
    return BroadcastId(made)


async def enter(connection: AsyncConnection, plans: Sequence[Plan], now: datetime) -> list[Skip | None]:
    """Enter deliveries; one that its reader has for that date and slot already stays as it is.

    Returns the skip reasons (None: owed) of those that are new.
    """
    moment = seconds(now)
    rows = [_planned(plan, moment) for plan in plans]
    statement = insert_into(connection, deliveries).on_conflict_do_nothing(
        index_elements=["reader_id", "local_date", "slot"]
    )
    entered = await connection.execute(statement.returning(deliveries.c.reason), rows)
    return [None if reason is None else Skip(reason) for (reason,) in entered]


async def supersede(connection: AsyncConnection, ids: Collection[ReaderId], local_date: date, now: datetime) -> None:
    """Skip what these readers are still owed of the days before a date: its digest brings the same news."""
    days = deliveries.c.local_date.between((local_date - RECENT).isoformat(), (local_date - DAY).isoformat())
    values = {"state": DeliveryState.SKIPPED.value, "reason": Skip.LATE.value, "done_at": seconds(now)}
    mine = deliveries.c.reader_id.in_(ids), days
    await connection.execute(update(deliveries).where(*mine, IS_DIGEST, IS_PENDING).values(values))


async def claim(connection: AsyncConnection, now: datetime, lease_until: int, limit: int) -> list[Claim]:
    """Take pending deliveries whose time has come, the longest waiting first, until the lease runs out.

    Those of a broadcast that rests are put where no claim finds them; those of a stopped one are cancelled.
    """
    for _ in range(CLAIM_ROUNDS):
        rows = await _pick(connection, seconds(now), lease_until, limit)
        known = await standing(connection, {row.broadcast_id for row in rows}, now)
        resting = {number: one for number, one in known.items() if one.is_held or one.is_stopped}
        for number, one in resting.items():
            ids = [row.id for row in rows if row.broadcast_id == number]
            await put_back(connection, BroadcastId(number), ids, cancelled=one.is_stopped, now=now)
        going = [row for row in rows if row.broadcast_id not in resting]
        if going or not rows:
            return [_claimed(row, known[row.broadcast_id], lease_until) for row in going]
    return []


async def _pick(connection: AsyncConnection, moment: int, lease_until: int, limit: int) -> list[Row[Any]]:
    # A CTE, because as a plain subquery PostgreSQL may run it again for every row and lock more than the limit.
    picked = (
        select(deliveries.c.id)
        .where(IS_OPEN, IS_PENDING, deliveries.c.not_before <= moment)
        .order_by(deliveries.c.not_before, deliveries.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("picked")
    )
    statement = (
        update(deliveries)
        .where(deliveries.c.id.in_(select(picked.c.id)), IS_PENDING)
        .values(state=DeliveryState.SENDING.value, lease_until=lease_until)
        .returning(*CLAIM_COLUMNS)
    )
    return sorted((await connection.execute(statement)).all(), key=lambda row: int(row.id))


async def release(
    connection: AsyncConnection, now: datetime, held: Collection[DeliveryId], *, hold: bool = False
) -> int:
    """Return deliveries whose lease ran out to the pending ones; `held` are still in the caller's hands.

    With `hold` nobody knows their end, and an editor decides.
    """
    expired = IS_OPEN, IS_SENDING, deliveries.c.lease_until < seconds(now), deliveries.c.id.not_in(held)
    values: dict[str, Any] = {"state": DeliveryState.PENDING.value, "lease_until": None}
    if hold:
        values |= {"state": DeliveryState.UNKNOWN.value, "reason": CRASHED, "done_at": seconds(now)}
    return (await connection.execute(update(deliveries).where(*expired).values(values))).rowcount


async def record(connection: AsyncConnection, results: Sequence[Result], now: datetime) -> None:
    """Write what became of claimed deliveries, and what follows for their readers.

    A message that went out is noted even if the lease ran out meanwhile; anything else only if it did not, for
    another courier has the delivery then.
    """
    moment = seconds(now)
    sent = [result for result in results if result.state is DeliveryState.SENT]
    others = [result for result in results if result.state is not DeliveryState.SENT]
    if sent:
        await connection.execute(_SEND, [_recorded(result, moment) for result in sent])
        for until, ids in _covered(sent).items():
            await readers.cover(connection, ids, until)
    if others:
        await connection.execute(_SETTLE, [_recorded(result, moment) for result in others])
    gone = [result.claim.reader for result in others if result.state is DeliveryState.GONE]
    if gone:
        await readers.park(connection, gone)


async def skip_stalled(connection: AsyncConnection, before: datetime, now: datetime) -> int:
    """Skip what is pending of digests due before an instant, if nothing of their broadcast was finished since then.

    A broadcast that began long ago and is still going on is left alone.
    """
    moment = seconds(before)
    other = deliveries.alias("other")
    mine = exists().where(other.c.broadcast_id == broadcasts.c.id)
    recent = broadcasts.c.slot_at.between(seconds(before - RECENT), moment - 1), broadcasts.c.kind == "digest"
    waiting, moving = mine.where(other.c.state == DeliveryState.PENDING.value), mine.where(other.c.done_at >= moment)
    stalled = select(broadcasts.c.id).where(*recent, waiting, ~moving)
    statement = (
        update(deliveries)
        .where(deliveries.c.broadcast_id.in_(stalled), IS_PENDING)
        .values(state=DeliveryState.SKIPPED.value, reason=Skip.LATE.value, done_at=seconds(now))
    )
    return (await connection.execute(statement)).rowcount


async def next_at(connection: AsyncConnection) -> datetime | None:
    """Return when the next open delivery can be claimed; None when none is open."""
    pending = select(func.min(deliveries.c.not_before)).where(IS_OPEN, IS_PENDING)
    sending = select(func.min(deliveries.c.lease_until)).where(IS_OPEN, IS_SENDING)
    moments = [(await connection.execute(statement)).scalar_one() for statement in (pending, sending)]
    return min((instant(moment) for moment in moments if moment is not None), default=None)


async def taken_dates(connection: AsyncConnection, reader: ReaderId, since: date, slot: str) -> frozenset[date]:
    """Return local dates, from `since` on, for which a reader can get no (further) digest at a slot.

    They have one of that date or are about to, or this very slot of it is accounted for.
    """
    taken = deliveries.c.state.in_(HELD_DAY) | (deliveries.c.slot == slot)
    rows = await connection.execute(
        select(deliveries.c.local_date).where(
            deliveries.c.reader_id == reader, deliveries.c.local_date >= since.isoformat(), IS_DIGEST, taken
        )
    )
    return frozenset(date.fromisoformat(row.local_date) for row in rows)


async def history(connection: AsyncConnection, reader: ReaderId, since: date | None = None) -> list[Delivery]:
    """Return a reader's digests, the newest first; from a local date on if one is given."""
    statement = (
        select(*HISTORY_COLUMNS)
        .join(broadcasts, broadcasts.c.id == deliveries.c.broadcast_id)
        .where(deliveries.c.reader_id == reader, IS_DIGEST)
        .order_by(deliveries.c.local_date.desc(), deliveries.c.id.desc())
    )
    if since is not None:
        statement = statement.where(deliveries.c.local_date >= since.isoformat())
    return [_delivery_of(row) for row in await connection.execute(statement)]


_SEND = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("delivery"), IS_OPEN)
    .values(
        state=DeliveryState.SENT.value,
        reason=None,
        attempts=deliveries.c.attempts + bindparam("counted"),
        message_id=bindparam("message"),
        done_at=bindparam("done"),
        lease_until=None,
    )
)
_SETTLE = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("delivery"), IS_SENDING, deliveries.c.lease_until == bindparam("lease"))
    .values(
        state=bindparam("new_state"),
        reason=bindparam("why"),
        attempts=deliveries.c.attempts + bindparam("counted"),
        not_before=func.coalesce(bindparam("again"), deliveries.c.not_before),
        done_at=bindparam("done"),
        lease_until=None,
    )
)


# Any, below: a row and the values of a statement are as loosely typed as the library gives and takes them.
def _planned(plan: Plan, moment: int) -> dict[str, Any]:
    return {
        "broadcast_id": plan.broadcast,
        "reader_id": plan.reader,
        "local_date": plan.local_date.isoformat(),
        "slot": plan.slot,
        "edition_id": plan.edition,
        "state": (DeliveryState.SKIPPED if plan.skip else DeliveryState.PENDING).value,
        "reason": plan.skip and plan.skip.value,
        "not_before": plan.not_before,
        "created_at": moment,
        "done_at": moment if plan.skip else None,
    }


def _claimed(row: Row[Any], known: Standing, lease_until: int) -> Claim:
    return Claim(
        id=DeliveryId(row.id),
        broadcast=BroadcastId(row.broadcast_id),
        reader=ReaderId(row.reader_id),
        edition=None if row.edition_id is None else EditionId(row.edition_id),
        attempts=row.attempts,
        lease_until=lease_until,
        covers=seconds(news_until(instant(known.slot_at))) if known.is_digest else 0,
    )


def _recorded(result: Result, moment: int) -> dict[str, Any]:
    return {
        "delivery": result.claim.id,
        "lease": result.claim.lease_until,
        "new_state": result.state.value,
        "why": result.reason,
        "counted": result.attempts,
        "message": result.message_id,
        "again": result.not_before,
        "done": None if result.state is DeliveryState.PENDING else moment,
    }


def _covered(sent: Iterable[Result]) -> dict[int, list[ReaderId]]:
    covered: dict[int, list[ReaderId]] = defaultdict(list)
    for result in (each for each in sent if each.claim.covers):
        covered[result.claim.covers].append(result.claim.reader)
    return covered


def _delivery_of(row: Row[Any]) -> Delivery:
    return Delivery(
        local_date=date.fromisoformat(row.local_date),
        slot=row.slot,
        slot_at=instant(row.slot_at),
        state=DeliveryState(row.state),
        reason=row.reason,
        done_at=instant_or_none(row.done_at),
    )
