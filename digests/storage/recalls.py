"""Messages that are to be taken back, in the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.broadcasts import Fate
from digests.deliveries import BroadcastId, DeliveryId, DeliveryState
from digests.readers import ChatId
from digests.storage.instants import instant, seconds
from digests.storage.schema import deliveries, readers


@dataclass(frozen=True, slots=True)
class Served:
    """A message that a reader has got."""

    id: DeliveryId
    chat: ChatId
    message: int
    sent_at: datetime
    language: str


async def some(connection: AsyncConnection, number: BroadcastId, limit: int) -> list[Served]:
    """Return messages of a broadcast that are still in their chats."""
    statement = (
        select(deliveries.c.id, readers.c.chat_id, deliveries.c.message_id, deliveries.c.done_at, readers.c.language)
        .join(readers, readers.c.id == deliveries.c.reader_id)
        .where(deliveries.c.broadcast_id == number, deliveries.c.state == DeliveryState.SENT.value)
        .limit(limit)
    )
    return [
        Served(
            id=DeliveryId(row.id),
            chat=ChatId(row.chat_id),
            message=row.message_id or 0,
            sent_at=instant(row.done_at),
            language=row.language,
        )
        for row in await connection.execute(statement)
    ]


async def note(connection: AsyncConnection, fates: Iterable[tuple[DeliveryId, Fate]], now: datetime) -> None:
    """Write what became of messages that were taken back."""
    rows = [{"delivery": number, "fate": fate.value, "at": seconds(now)} for number, fate in fates]
    if rows:
        await connection.execute(_RECALL, rows)


async def fates(connection: AsyncConnection, number: BroadcastId) -> dict[Fate, int]:
    """Return how many messages of a broadcast were deleted, edited, or stay as they are."""
    recalled = deliveries.c.broadcast_id == number, deliveries.c.state == DeliveryState.RECALLED.value
    rows = await connection.execute(
        select(deliveries.c.reason, func.count()).where(*recalled).group_by(deliveries.c.reason)
    )
    return {Fate(reason): count for reason, count in rows}


_RECALL = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("delivery"), deliveries.c.state == DeliveryState.SENT.value)
    .values(state=DeliveryState.RECALLED.value, reason=bindparam("fate"), done_at=bindparam("at"))
)
