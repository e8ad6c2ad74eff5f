"""The editors' cards of broadcasts in the database: which message shows which."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.broadcasts import Card
from digests.deliveries import BroadcastId
from digests.readers import ChatId
from digests.storage.instants import seconds
from digests.storage.schema import broadcast_cards as cards
from digests.storage.upsert import insert_into

IS_LIVE = text("broadcast_cards.live = 1")


async def put(connection: AsyncConnection, card: Card, now: datetime) -> None:
    """Make a message the card of its chat, which follows what happens from now on."""
    values = {"message_id": card.message, "live": 1, "shown_at": seconds(now)}
    statement = insert_into(connection, cards).values(broadcast_id=card.broadcast, chat_id=card.chat, **values)
    await connection.execute(statement.on_conflict_do_update(index_elements=["broadcast_id", "chat_id"], set_=values))


async def is_any_due(connection: AsyncConnection, before: datetime) -> bool:
    """Return whether there are live cards last shown before an instant."""
    due = select(cards.c.chat_id).where(IS_LIVE, cards.c.shown_at <= seconds(before)).limit(1)
    return (await connection.execute(due)).first() is not None


async def take_due(connection: AsyncConnection, before: datetime, now: datetime) -> list[Card]:
    """Return live cards last shown before an instant, for the caller alone to show again."""
    due = update(cards).where(IS_LIVE, cards.c.shown_at <= seconds(before)).values(shown_at=seconds(now))
    rows = await connection.execute(due.returning(cards.c.broadcast_id, cards.c.chat_id, cards.c.message_id))
    return [Card(BroadcastId(row.broadcast_id), ChatId(row.chat_id), row.message_id) for row in rows]


async def finish(connection: AsyncConnection, card: Card) -> None:
    """Note that nothing will change on a card any more."""
    await connection.execute(update(cards).where(*_is(card)).values(live=0))


async def rest(connection: AsyncConnection, broadcast: BroadcastId, chat: ChatId) -> None:
    """Let the card of a chat follow nothing until it is shown again."""
    mine = cards.c.broadcast_id == broadcast, cards.c.chat_id == chat
    await connection.execute(update(cards).where(*mine).values(live=0))


async def revive(connection: AsyncConnection, broadcast: BroadcastId) -> None:
    """Let the cards of a broadcast follow what happens again, at once."""
    await connection.execute(update(cards).where(cards.c.broadcast_id == broadcast).values(live=1, shown_at=0))


async def drop(connection: AsyncConnection, card: Card) -> None:
    """Forget a card whose message is gone."""
    await connection.execute(delete(cards).where(*_is(card)))


def _is(card: Card) -> tuple[ColumnElement[bool], ...]:
    return cards.c.broadcast_id == card.broadcast, cards.c.chat_id == card.chat, cards.c.message_id == card.message
