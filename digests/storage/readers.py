"""Readers in the database: what they chose, and which of them are due."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.articles import ArticleId
from digests.readers import ChatId, Preferences, Reader, ReaderId, ReaderState, Schedule
from digests.rubrics import Choice
from digests.schedule import minutes_of, time_of
from digests.storage.instants import instant, instant_or_none, seconds, seconds_or_none
from digests.storage.schema import articles, questions, readers, saved
from digests.storage.upsert import insert_into

DUE_COLUMNS = (
    readers.c.id,
    readers.c.state,
    readers.c.language,
    readers.c.zone,
    readers.c.digest_time,
    readers.c.days,
    readers.c.rubrics,
    readers.c.covered_until,
    readers.c.next_due,
)
SERVED = (ReaderState.NEW, ReaderState.ACTIVE)  # readers whom digests go out to


@dataclass(frozen=True, slots=True)
class Address:
    """Where a reader is reached, and whether they are still to be."""

    reader: ReaderId
    chat: ChatId
    state: ReaderState
    language: str
    zone: str


@dataclass(frozen=True, slots=True)
class Due:
    """What the planner needs of a reader who is due; a million pass in a tick, so the columns come as they are."""

    id: ReaderId
    state: str
    language: str
    zone: str
    digest_time: int
    days: int
    rubrics: str
    covered_until: int
    next_due: int


@dataclass(frozen=True, slots=True)
class SavedArticle:
    """An article that a reader keeps, whatever became of it."""

    id: ArticleId
    title: str
    saved_at: datetime


async def find(connection: AsyncConnection, chat: ChatId) -> Reader | None:
    """Return the reader of a chat."""
    return await _one(connection, readers.c.chat_id == chat)


async def hold(connection: AsyncConnection, reader: ReaderId) -> Reader | None:
    """Return a reader whom nobody else changes until the transaction ends."""
    return await _one(connection, readers.c.id == reader, lock=True)


async def hold_chat(connection: AsyncConnection, chat: ChatId) -> Reader | None:
    """Return the reader of a chat, whom nobody else changes until the transaction ends."""
    return await _one(connection, readers.c.chat_id == chat, lock=True)


async def add(connection: AsyncConnection, reader: Reader) -> bool:
    """Insert a reader under an id of the database's choice; return whether the chat had none before."""
    values = {"chat_id": reader.chat_id, "joined_at": seconds(reader.joined_at), **values_of(reader)}
    statement = insert_into(connection, readers).values(values).on_conflict_do_nothing(index_elements=["chat_id"])
    return (await connection.execute(statement.returning(readers.c.id))).first() is not None


async def save(connection: AsyncConnection, reader: Reader) -> None:
    """Write all that changes in a reader's life; the chat and the day of joining stay."""
    await connection.execute(update(readers).where(readers.c.id == reader.id).values(values_of(reader)))


async def move(connection: AsyncConnection, reader: ReaderId, chat: ChatId) -> bool:
    """Give a reader another chat, unless another reader has it; return whether it was free."""
    taken = select(readers.c.id).where(readers.c.chat_id == chat)
    statement = update(readers).where(readers.c.id == reader, ~taken.exists()).values(chat_id=chat)
    return (await connection.execute(statement)).rowcount == 1


async def park(connection: AsyncConnection, ids: Collection[ReaderId]) -> None:
    """Send nothing to these readers until they are back; what they chose is kept."""
    sendable = readers.c.state.in_([*SERVED, ReaderState.PAUSED])
    values = {"state": ReaderState.PARKED.value, "next_due": None, "paused_until": None}
    await connection.execute(update(readers).where(readers.c.id.in_(ids), sendable).values(values))


async def cover(connection: AsyncConnection, ids: Collection[ReaderId], until: int) -> None:
    """Note that these readers know the articles published up to a second; never takes anything back."""
    behind = readers.c.covered_until < until
    await connection.execute(update(readers).where(readers.c.id.in_(ids), behind).values(covered_until=until))


async def erase(connection: AsyncConnection, reader: Reader) -> None:
    """Delete a reader and all that belongs to them: deliveries and saved articles go with the row."""
    await connection.execute(delete(questions).where(questions.c.chat_id == reader.chat_id))
    await connection.execute(delete(readers).where(readers.c.id == reader.id))


async def saved_articles(connection: AsyncConnection, reader: ReaderId) -> list[SavedArticle]:
    """Return what a reader keeps, the oldest first."""
    statement = (
        select(articles.c.id, articles.c.title, saved.c.saved_at)
        .join(saved, saved.c.article_id == articles.c.id)
        .where(saved.c.reader_id == reader)
        .order_by(saved.c.saved_at, articles.c.id)
    )
    rows = await connection.execute(statement)
    return [SavedArticle(ArticleId(row.id), row.title, instant(row.saved_at)) for row in rows]


async def addresses(connection: AsyncConnection, ids: Collection[ReaderId]) -> dict[ReaderId, Address]:
    """Return where these readers are reached; those who erased their data are missing."""
    columns = readers.c.id, readers.c.chat_id, readers.c.state, readers.c.language, readers.c.zone
    rows = await connection.execute(select(*columns).where(readers.c.id.in_(ids)))
    found = (
        Address(ReaderId(number), ChatId(chat), ReaderState(state), language, zone)
        for number, chat, state, language, zone in rows
    )
    return {address.reader: address for address in found}


async def due(connection: AsyncConnection, now: datetime, limit: int) -> list[Due]:
    """Return readers who are due, the longest waiting first, held until the transaction ends.

    Rows that another planner holds are left to it.
    """
    statement = (
        select(*DUE_COLUMNS)
        .where(readers.c.next_due <= seconds(now))
        .order_by(readers.c.next_due, readers.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [Due(*row) for row in await connection.execute(statement)]


async def audiences(connection: AsyncConnection, now: datetime) -> dict[int, int]:
    """Return how many readers are due at each second up to an instant."""
    statement = select(readers.c.next_due, func.count().label("readers")).where(readers.c.next_due <= seconds(now))
    rows = await connection.execute(statement.group_by(readers.c.next_due))
    return {row.next_due: row.readers for row in rows}


async def rearm(connection: AsyncConnection, ids: Collection[ReaderId], next_due: int) -> None:
    """Set when these readers are due again."""
    await connection.execute(update(readers).where(readers.c.id.in_(ids)).values(next_due=next_due))


async def end_pause(connection: AsyncConnection, ids: Collection[ReaderId]) -> None:
    """Make these readers active again if they are paused."""
    paused = readers.c.state == ReaderState.PAUSED.value
    values = {"state": ReaderState.ACTIVE.value, "paused_until": None}
    await connection.execute(update(readers).where(readers.c.id.in_(ids), paused).values(values))


def values_of(reader: Reader) -> dict[str, Any]:
    """Return what changes in a reader's life, in columns."""
    chosen = reader.preferences
    return {
        "state": reader.state.value,
        "language": chosen.language,
        "zone": chosen.schedule.zone,
        "digest_time": minutes_of(chosen.schedule.time),
        "days": chosen.schedule.days,
        "rubrics": chosen.rubrics.key,
        "paused_until": seconds_or_none(reader.paused_until),
        "covered_until": seconds(reader.covered_until),
        "next_due": seconds_or_none(reader.next_due),
    }


def reader_of(row: Row[Any]) -> Reader:
    """Return the reader that a row of all columns describes."""
    return Reader(
        id=ReaderId(row.id),
        chat_id=ChatId(row.chat_id),
        state=ReaderState(row.state),
        preferences=Preferences(
            language=row.language,
            schedule=Schedule(zone=row.zone, time=time_of(row.digest_time), days=row.days),
            rubrics=Choice(row.rubrics),
        ),
        paused_until=instant_or_none(row.paused_until),
        covered_until=instant(row.covered_until),
        next_due=instant_or_none(row.next_due),
        joined_at=instant(row.joined_at),
    )


async def _one(connection: AsyncConnection, where: ColumnElement[bool], *, lock: bool = False) -> Reader | None:
    statement = select(*readers.c).where(where)
    row = (await connection.execute(statement.with_for_update() if lock else statement)).first()
    return None if row is None else reader_of(row)
