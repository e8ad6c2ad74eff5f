"""Questions that chats have been asked, in the database: one a chat."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.readers import ChatId
from digests.storage.instants import instant, seconds
from digests.storage.schema import questions
from digests.storage.upsert import insert_into


async def put(connection: AsyncConnection, chat: ChatId, kind: str, argument: str, now: datetime) -> None:
    """Write the chat's question over the one before."""
    values = {"kind": kind, "argument": argument, "asked_at": seconds(now)}
    await connection.execute(
        insert_into(connection, questions)
        .values(chat_id=chat, **values)
        .on_conflict_do_update(index_elements=[questions.c.chat_id], set_=values)
    )


async def find(connection: AsyncConnection, chat: ChatId) -> tuple[str, str, datetime] | None:
    """Return the kind, the argument and the instant of the chat's question."""
    columns = (questions.c.kind, questions.c.argument, questions.c.asked_at)
    row = (await connection.execute(select(*columns).where(questions.c.chat_id == chat))).one_or_none()
    return None if row is None else (row.kind, row.argument, instant(row.asked_at))


async def remove(connection: AsyncConnection, chat: ChatId) -> None:
    """Forget the chat's question."""
    await connection.execute(delete(questions).where(questions.c.chat_id == chat))
