"""Broadcasts in the database: how far each has come, and rows that follow what editors say, some at a time."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.articles import UserId
from digests.broadcasts import Kind, Pause, Progress
from digests.deliveries import HELD, BroadcastId, DeliveryState, Skip
from digests.readers import ChatId
from digests.storage.instants import instant, instant_or_none, seconds
from digests.storage.schema import announcements, broadcasts, deliveries, readers

CHUNK = 2_000  # rows changed at once: a tap that has to write waits no longer than that takes
IS_UNSETTLED = text("broadcasts.unsettled = 1")


@dataclass(frozen=True, slots=True)
class Standing:
    """What a courier must know of a broadcast whose row it has claimed."""

    slot_at: int
    is_digest: bool
    is_held: bool  # paused, or an announcement before its time
    is_stopped: bool


@dataclass(frozen=True, slots=True)
class Flags:
    """What the rows of a broadcast are to follow."""

    kind: Kind
    starts_at: datetime
    is_paused: bool
    is_stopped: bool
    is_recalled: bool
    is_entering: bool


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A row of the report: what became of a reader's delivery."""

    id: int
    chat: ChatId
    state: str
    reason: str | None
    done_at: datetime | None


async def standing(connection: AsyncConnection, numbers: Collection[int], now: datetime) -> dict[int, Standing]:
    """Return where broadcasts stand."""
    columns = broadcasts.c
    statement = select(columns.id, columns.kind, columns.slot_at, columns.paused_at, columns.stopped_at)
    rows = await connection.execute(statement.where(columns.id.in_(numbers)))
    return {
        row.id: Standing(
            slot_at=row.slot_at,
            is_digest=row.kind == Kind.DIGEST,
            is_held=row.paused_at is not None or (row.kind != Kind.DIGEST and row.slot_at > seconds(now)),
            is_stopped=row.stopped_at is not None,
        )
        for row in rows
    }


async def find(connection: AsyncConnection, number: BroadcastId) -> Progress | None:
    """Return a broadcast with its rows counted."""
    row = (await connection.execute(_BROADCASTS.where(broadcasts.c.id == number))).first()
    if row is None:
        return None
    found = await _progress(connection, row)
    return found if found.open else replace(found, last_at=await _last_at(connection, number))


async def newest(connection: AsyncConnection, kind: Kind, offset: int, limit: int) -> tuple[list[Progress], int]:
    """Return broadcasts of a kind, the newest first, and how many there are."""
    is_kind = broadcasts.c.kind == kind.value
    order = broadcasts.c.slot_at.desc(), broadcasts.c.id.desc()
    rows = (await connection.execute(_BROADCASTS.where(is_kind).order_by(*order).offset(offset).limit(limit))).all()
    total = (await connection.execute(select(func.count()).select_from(broadcasts).where(is_kind))).scalar_one()
    return [await _progress(connection, row) for row in rows], total


async def flags(connection: AsyncConnection, number: BroadcastId, *, lock: bool = False) -> Flags | None:
    """Return what a broadcast's rows are to follow; locked, nobody changes that until the transaction ends."""
    columns = broadcasts.c
    statement = select(columns.kind, columns.slot_at, columns.paused_at, columns.stopped_at, columns.recalled_at).where(
        columns.id == number
    )
    row = (await connection.execute(statement.with_for_update() if lock else statement)).first()
    if row is None:
        return None
    entering = select(announcements.c.broadcast_id).where(
        announcements.c.broadcast_id == number, announcements.c.entered_at.is_(None)
    )
    return Flags(
        kind=Kind(row.kind),
        starts_at=instant(row.slot_at),
        is_paused=row.paused_at is not None,
        is_stopped=row.stopped_at is not None,
        is_recalled=row.recalled_at is not None,
        is_entering=(await connection.execute(entering)).first() is not None,
    )


async def change(connection: AsyncConnection, number: BroadcastId, values: Mapping[str, Any]) -> None:
    """Write what an editor said, or the watch; the rows have yet to follow."""
    await connection.execute(update(broadcasts).where(broadcasts.c.id == number).values(**values, unsettled=1))


async def park(connection: AsyncConnection, number: BroadcastId, why: Pause, share: int, now: datetime) -> None:
    """Let a broadcast rest because too much of it was refused, unless it does already."""
    goes_on = broadcasts.c.id == number, broadcasts.c.paused_at.is_(None), broadcasts.c.stopped_at.is_(None)
    values = {"paused_at": seconds(now), "paused_why": why.value, "paused_share": share, "told_at": None}
    await connection.execute(update(broadcasts).where(*goes_on).values(**values, unsettled=1))


async def take_untold(connection: AsyncConnection, number: BroadcastId, now: datetime) -> bool:
    """Return whether editors have yet to be told that a broadcast parked itself; they are the caller's to tell."""
    parked = broadcasts.c.paused_why.in_([Pause.REFUSALS.value, Pause.ERRORS.value])
    untold = broadcasts.c.id == number, broadcasts.c.paused_at.is_not(None), parked, broadcasts.c.told_at.is_(None)
    return (await connection.execute(update(broadcasts).where(*untold).values(told_at=seconds(now)))).rowcount == 1


async def unsettled(connection: AsyncConnection) -> list[BroadcastId]:
    """Return broadcasts whose rows have yet to follow."""
    rows = await connection.execute(select(broadcasts.c.id).where(IS_UNSETTLED).order_by(broadcasts.c.id))
    return [BroadcastId(number) for (number,) in rows]


async def settle(connection: AsyncConnection, number: BroadcastId) -> None:
    """Note that the rows have followed; the caller holds the broadcast."""
    await connection.execute(update(broadcasts).where(broadcasts.c.id == number).values(unsettled=0))


async def find_stuck(connection: AsyncConnection) -> None:
    """Note broadcasts that go on and have held rows: a courier may return one just after the others were released."""
    held = select(deliveries.c.broadcast_id).where(
        text("deliveries.state in ('pending', 'sending')"),
        deliveries.c.state == DeliveryState.PENDING.value,
        deliveries.c.not_before >= HELD,
    )
    goes_on = broadcasts.c.paused_at.is_(None), broadcasts.c.id.in_(held)
    await connection.execute(update(broadcasts).where(*goes_on).values(unsettled=1))


async def hold_back(connection: AsyncConnection, number: BroadcastId, limit: int) -> int:
    """Put pending rows where no claim finds them, in their order; return how many."""
    moved = {"not_before": deliveries.c.not_before + HELD}
    return await _some(connection, number, DeliveryState.PENDING, moved, limit, deliveries.c.not_before < HELD)


async def let_go(connection: AsyncConnection, number: BroadcastId, limit: int) -> int:
    """Put held rows back where they were; return how many."""
    moved = {"not_before": deliveries.c.not_before - HELD}
    return await _some(connection, number, DeliveryState.PENDING, moved, limit, deliveries.c.not_before >= HELD)


async def cancel(connection: AsyncConnection, number: BroadcastId, now: datetime, limit: int) -> int:
    """Skip pending rows because an editor stopped the broadcast; return how many."""
    values = {"state": DeliveryState.SKIPPED.value, "reason": Skip.CANCELLED.value, "done_at": seconds(now)}
    return await _some(connection, number, DeliveryState.PENDING, values, limit)


async def reopen(connection: AsyncConnection, number: BroadcastId, limit: int) -> int:
    """Make pending again what was skipped because an editor had stopped the broadcast; return how many."""
    values = {"state": DeliveryState.PENDING.value, "reason": None, "done_at": None}
    cancelled = deliveries.c.reason == Skip.CANCELLED.value
    return await _some(connection, number, DeliveryState.SKIPPED, values, limit, cancelled)


async def is_any_out(connection: AsyncConnection, number: BroadcastId) -> bool:
    """Return whether messages of a broadcast are in chats or on their way there."""
    out = deliveries.c.state.in_([DeliveryState.SENT.value, DeliveryState.SENDING.value])
    statement = select(deliveries.c.id).where(deliveries.c.broadcast_id == number, out).limit(1)
    return (await connection.execute(statement)).first() is not None


async def resend(connection: AsyncConnection, number: BroadcastId, ended: DeliveryState, limit: int) -> int:
    """Make pending again what ended in a state (`unknown` or `failed`); return how many."""
    values = {"state": DeliveryState.PENDING.value, "reason": None, "attempts": 0, "done_at": None}
    return await _some(connection, number, ended, values, limit)


async def put_back(
    connection: AsyncConnection, number: BroadcastId, ids: Collection[int], *, cancelled: bool, now: datetime
) -> None:
    """Undo the claim of rows whose broadcast rests or was stopped."""
    values: dict[str, Any] = {"lease_until": None}
    if cancelled:
        values |= {"state": DeliveryState.SKIPPED.value, "reason": Skip.CANCELLED.value, "done_at": seconds(now)}
        await cancel(connection, number, now, CHUNK)
    else:
        values |= {"state": DeliveryState.PENDING.value, "not_before": deliveries.c.not_before + HELD}
        await hold_back(connection, number, CHUNK)
    await connection.execute(update(deliveries).where(deliveries.c.id.in_(ids)).values(values))


async def reasons(connection: AsyncConnection, number: BroadcastId) -> dict[tuple[str, str], int]:
    """Return how many rows ended in a state for a reason."""
    columns = deliveries.c.state, deliveries.c.reason
    statement = select(*columns, func.count()).where(
        deliveries.c.broadcast_id == number, deliveries.c.reason.is_not(None)
    )
    rows = await connection.execute(statement.group_by(*columns))
    return {(state, reason): count for state, reason, count in rows}


async def report(connection: AsyncConnection, number: BroadcastId, after: int, limit: int) -> list[ReportRow]:
    """Return rows of a broadcast beyond an id, in the order of ids."""
    statement = (
        select(deliveries.c.id, readers.c.chat_id, deliveries.c.state, deliveries.c.reason, deliveries.c.done_at)
        .join(readers, readers.c.id == deliveries.c.reader_id)
        .where(deliveries.c.broadcast_id == number, deliveries.c.id > after)
        .order_by(deliveries.c.id)
        .limit(limit)
    )
    return [
        ReportRow(row.id, ChatId(row.chat_id), row.state, row.reason, instant_or_none(row.done_at))
        for row in await connection.execute(statement)
    ]


_BROADCASTS: Select[Any] = select(
    *broadcasts.c, announcements.c.title, announcements.c.author_id, announcements.c.entered_at
).join(announcements, announcements.c.broadcast_id == broadcasts.c.id, isouter=True)


# Any, below: rows and the values of a statement are as loosely typed as the library gives and takes them.
async def _some(
    connection: AsyncConnection,
    number: BroadcastId,
    state: DeliveryState,
    values: dict[str, Any],
    limit: int,
    *further: ColumnElement[bool],
) -> int:
    """Change so many rows of a broadcast in a state; rows that a courier holds at this moment are left to it."""
    picked = (
        select(deliveries.c.id)
        .where(deliveries.c.broadcast_id == number, deliveries.c.state == state.value, *further)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("picked")
    )
    chosen = deliveries.c.id.in_(select(picked.c.id)), deliveries.c.state == state.value
    # Counted by what comes back: Python's sqlite3 gives no row count for a statement that begins with a CTE.
    changed = await connection.execute(update(deliveries).where(*chosen).values(values).returning(deliveries.c.id))
    return len(changed.all())


async def _last_at(connection: AsyncConnection, number: BroadcastId) -> datetime | None:
    tried = deliveries.c.broadcast_id == number, deliveries.c.state != DeliveryState.SKIPPED.value
    last = select(func.max(deliveries.c.done_at)).where(*tried)
    return instant_or_none((await connection.execute(last)).scalar_one())


async def _progress(connection: AsyncConnection, row: Row[Any]) -> Progress:
    mine = deliveries.c.broadcast_id == row.id
    counts = await connection.execute(select(deliveries.c.state, func.count()).where(mine).group_by(deliveries.c.state))
    is_announcement = row.kind == Kind.ANNOUNCEMENT
    return Progress(
        id=BroadcastId(row.id),
        kind=Kind(row.kind),
        title=row.title or "",
        author=None if row.author_id is None else UserId(row.author_id),
        starts_at=instant(row.slot_at),
        created_at=instant(row.created_at),
        paused=None if row.paused_at is None else Pause(row.paused_why),
        share=row.paused_share,
        stopped=row.stopped_at is not None,
        recalled=row.recalled_at is not None,
        entering=is_announcement and row.entered_at is None,
        counts={str(state): int(count) for state, count in counts},
    )
