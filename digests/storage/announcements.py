"""Announcements in the database: what is announced, the one account of who gets it, and their rows of the ledger."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, exists, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.articles import ArticleId, UserId
from digests.broadcasts import Announcement, Audience, Content, Copied, Earlier, Kind, Reach, Told
from digests.deliveries import HELD, BroadcastId, DeliveryState
from digests.readers import ChatId, ReaderState
from digests.rubrics import ALL, RubricId
from digests.storage.instants import instant, seconds
from digests.storage.readers import SERVED
from digests.storage.schema import announcements, broadcasts, deliveries, readers
from digests.storage.upsert import insert_into

# An announcement's rows go before the digests that wait at that moment: claims go by `not_before`.
FIRST = 1
OWED = (DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNKNOWN)


async def reach(connection: AsyncConnection, audience: Audience) -> Reach:
    """Return how many readers an audience has, and how many are left out, by the reason."""
    state = readers.c.state
    why = case(
        (state == ReaderState.PAUSED.value, "paused"),
        (state == ReaderState.STOPPED.value, "stopped"),
        (state == ReaderState.PARKED.value, "parked"),
        (~_wants(audience), "other_rubrics"),
        (_is_served(audience), "served"),
        else_="readers",
    ).label("why")
    rows = await connection.execute(select(why, func.count()).group_by(why))
    counted: dict[str, int] = {str(reason): int(count) for reason, count in rows}
    return Reach(**{"readers": 0, **counted})


async def add(
    connection: AsyncConnection, key: str, announcement: Announcement, starts_at: datetime, now: datetime
) -> tuple[BroadcastId, bool]:
    """Enter an announcement under a key; one that is there already stays. Return its broadcast and whether it is new.

    Readers have yet to be entered.
    """
    values = {
        "kind": Kind.ANNOUNCEMENT.value,
        "key": key,
        "slot_at": seconds(starts_at),
        "created_at": seconds(now),
        "unsettled": 1,
    }
    statement = insert_into(connection, broadcasts).values(values).on_conflict_do_nothing(index_elements=["key"])
    made = (await connection.execute(statement.returning(broadcasts.c.id))).scalar_one_or_none()
    if made is None:
        known = select(broadcasts.c.id).where(broadcasts.c.key == key)
        return BroadcastId((await connection.execute(known)).scalar_one()), False
    await connection.execute(insert_into(connection, announcements).values(broadcast_id=made, **_columns(announcement)))
    return BroadcastId(made), True


async def find(connection: AsyncConnection, number: BroadcastId) -> Announcement | None:
    """Return what a broadcast announces; None for a digest's."""
    row = (await connection.execute(select(announcements).where(announcements.c.broadcast_id == number))).first()
    return None if row is None else _announcement(row)


async def earlier(
    connection: AsyncConnection, article: ArticleId, but: BroadcastId | None = None
) -> tuple[Earlier, ...]:
    """Return the broadcasts of an article, without one of them."""
    statement = (
        select(broadcasts.c.id, broadcasts.c.created_at)
        .join(announcements, announcements.c.broadcast_id == broadcasts.c.id)
        .where(announcements.c.article_id == article)
        .order_by(broadcasts.c.id)
    )
    rows = (await connection.execute(statement)).all()
    return tuple(Earlier(_local_date(row.created_at), slot(row.id)) for row in rows if row.id != but)


async def enter(
    connection: AsyncConnection, number: BroadcastId, audience: Audience, now: datetime, limit: int
) -> bool:
    """Enter the next readers of an audience into the ledger, held; return whether there are more.

    Each has one row, however often this is repeated. The caller holds the broadcast.
    """
    mine = announcements.c.broadcast_id == number
    upto, created = (
        await connection.execute(
            select(announcements.c.entered_upto, broadcasts.c.created_at)
            .join(broadcasts, broadcasts.c.id == announcements.c.broadcast_id)
            .where(mine)
        )
    ).one()
    ids = select(readers.c.id).where(readers.c.id > upto, _gets(audience)).order_by(readers.c.id).limit(limit)
    chosen = (await connection.execute(ids)).scalars().all()
    if chosen:
        await _insert(connection, number, _local_date(created), audience, (upto, chosen[-1]), now)
    is_complete = len(chosen) < limit
    values = {"entered_upto": chosen[-1] if chosen else upto, "entered_at": seconds(now) if is_complete else None}
    await connection.execute(update(announcements).where(mine).values(values))
    return not is_complete


async def _insert(
    connection: AsyncConnection,
    number: BroadcastId,
    local_date: str,
    audience: Audience,
    between: tuple[int, int],
    now: datetime,
) -> None:
    values: dict[str, ColumnElement[Any]] = {
        "broadcast_id": literal(number),
        "reader_id": readers.c.id,
        "local_date": literal(local_date),
        "slot": literal(slot(number)),
        "state": literal(DeliveryState.PENDING.value),
        "not_before": literal(HELD + FIRST, deliveries.c.not_before.type),
        "created_at": literal(seconds(now), deliveries.c.created_at.type),
    }
    some = readers.c.id > between[0], readers.c.id <= between[1]
    source = select(*values.values()).where(*some, _gets(audience))
    statement = insert_into(connection, deliveries).from_select(list(values), source)
    await connection.execute(statement.on_conflict_do_nothing(index_elements=["reader_id", "local_date", "slot"]))


def slot(number: int) -> str:
    """Return what stands for a slot in the rows of an announcement."""
    return f"#{number}"


def _gets(audience: Audience) -> ColumnElement[bool]:
    """Return who gets an announcement: the one account of it that counting and entering share."""
    return and_(readers.c.state.in_([*SERVED]), _wants(audience), ~_is_served(audience))


def _wants(audience: Audience) -> ColumnElement[bool]:
    if audience.rubric is None:
        return literal(1) == 1
    listed = (literal(",") + readers.c.rubrics + ",").like(f"%,{audience.rubric},%")
    return or_(readers.c.rubrics == ALL, listed)


def _is_served(audience: Audience) -> ColumnElement[bool]:
    return or_(literal(1) == 0, *_served(audience.served_by))


def _served(broadcasts_before: Iterable[Earlier]) -> Iterable[ColumnElement[bool]]:
    for before in broadcasts_before:
        yield exists().where(
            deliveries.c.reader_id == readers.c.id,
            deliveries.c.local_date == before.local_date,
            deliveries.c.slot == before.slot,
            deliveries.c.state.in_([state.value for state in OWED]),
        )


def _local_date(created_at: int) -> str:
    """Return the date in the key of an announcement's rows: one for all of them, whatever day they are entered on."""
    return instant(created_at).date().isoformat()


def _columns(announcement: Announcement) -> dict[str, Any]:
    content = announcement.content
    return {
        "author_id": announcement.author,
        "title": announcement.title,
        "source_chat": content.chat if isinstance(content, Copied) else None,
        "source_message": content.message if isinstance(content, Copied) else None,
        "article_id": content.article if isinstance(content, Told) else None,
        "rubric_id": announcement.rubric,
        "paid": int(announcement.is_paid),
    }


def _announcement(row: Row[Any]) -> Announcement:
    content: Content
    if row.article_id is not None:
        content = Told(ArticleId(row.article_id))
    else:
        content = Copied(ChatId(row.source_chat), row.source_message)
    return Announcement(
        content=content,
        title=row.title,
        author=UserId(row.author_id),
        rubric=None if row.rubric_id is None else RubricId(row.rubric_id),
        is_paid=row.paid == 1,
    )
