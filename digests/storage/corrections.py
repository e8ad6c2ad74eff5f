"""Corrections in the database: what was wrong, who was sent it, and which editions have said so."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, insert, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.articles import Article, ArticleId, UserId
from digests.deliveries import DeliveryState
from digests.editions import Correction, CorrectionId, EditionId
from digests.readers import ReaderId
from digests.storage.articles import IS_PUBLISHED
from digests.storage.instants import instant, seconds
from digests.storage.schema import (
    announcements,
    articles,
    corrections,
    deliveries,
    edition_articles,
    edition_corrections,
)

REACH = timedelta(days=30)  # a correction that no digest could tell within that is not told
DAY = timedelta(days=1)
A_DIGEST = 3  # the oldest; the rest is for the next digest
_TOLD = [DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNKNOWN]

Owed = tuple[tuple[CorrectionId, date], ...]  # corrections and the local dates of the editions they are about


async def add(connection: AsyncConnection, article: Article, text: str, author: UserId, now: datetime) -> None:
    """Enter a correction of an article as it is now."""
    values = {
        "article_id": article.id,
        "text": text,
        "author_id": author,
        "corrected_at": seconds(article.updated_at),
        "made_at": seconds(now),
    }
    await connection.execute(insert(corrections).values(values))


async def recent(connection: AsyncConnection, now: datetime) -> date | None:
    """Return the earliest local date that an edition with a wrong text can have; None when nothing is to be told."""
    statement = (
        select(func.min(articles.c.published_at))
        .join(corrections, corrections.c.article_id == articles.c.id)
        .where(corrections.c.made_at > seconds(now - REACH), IS_PUBLISHED)
    )
    first = (await connection.execute(statement)).scalar_one()
    return None if first is None else (instant(first) - DAY).date()


async def owed(
    connection: AsyncConnection, ids: Collection[ReaderId], since: date, now: datetime
) -> dict[ReaderId, Owed]:
    """Return what these readers are to be told: they were sent the wrong text, and nobody has told them yet."""
    mine = deliveries.c.reader_id.in_(ids), deliveries.c.local_date >= since.isoformat(), IS_SENT
    got = union_all(_IN_EDITIONS.where(*mine), _BY_ITSELF.where(*mine)).cte("got")
    statement = (
        select(got.c.reader_id, corrections.c.id, func.min(got.c.local_date))
        .join(corrections, corrections.c.article_id == got.c.article_id)
        .join(articles, articles.c.id == corrections.c.article_id)
        .where(
            IS_PUBLISHED,
            corrections.c.made_at.between(seconds(now - REACH) + 1, seconds(now)),
            got.c.done_at <= corrections.c.corrected_at,
            ~_is_told(got.c.reader_id),
        )
        .group_by(got.c.reader_id, corrections.c.id)
        .order_by(corrections.c.id)
    )
    found: dict[ReaderId, list[tuple[CorrectionId, date]]] = defaultdict(list)
    for reader, correction, first in await connection.execute(statement):
        found[ReaderId(reader)].append((CorrectionId(correction), date.fromisoformat(first)))
    return {reader: tuple(told[:A_DIGEST]) for reader, told in found.items()}


async def attach(connection: AsyncConnection, edition: EditionId, told: Owed) -> None:
    """Let an edition announce corrections."""
    rows = [{"edition_id": edition, "correction_id": number, "local_date": day.isoformat()} for number, day in told]
    if rows:
        await connection.execute(insert(edition_corrections), rows)


async def of_edition(connection: AsyncConnection, edition: EditionId) -> Sequence[Correction]:
    """Return what an edition announces, without articles that were withdrawn since."""
    rows = await connection.execute(_ANNOUNCED.where(edition_corrections.c.edition_id == edition))
    return [
        Correction(
            id=CorrectionId(row.id),
            article_id=ArticleId(row.article_id),
            title=row.title,
            text=row.text,
            local_date=date.fromisoformat(row.local_date),
        )
        for row in rows
    ]


def _is_told(reader: ColumnElement[int]) -> ColumnElement[bool]:
    return exists().where(
        deliveries.c.reader_id == reader,
        deliveries.c.edition_id == edition_corrections.c.edition_id,
        edition_corrections.c.correction_id == corrections.c.id,
        deliveries.c.state.in_([state.value for state in _TOLD]),
    )


IS_SENT = deliveries.c.state == DeliveryState.SENT.value
_GOT = deliveries.c.reader_id, deliveries.c.local_date, deliveries.c.done_at
# Any, below: statements are as loosely typed as the library gives them.
_IN_EDITIONS: Select[Any] = select(edition_articles.c.article_id, *_GOT).join(
    deliveries, deliveries.c.edition_id == edition_articles.c.edition_id
)
_BY_ITSELF: Select[Any] = select(announcements.c.article_id, *_GOT).join(
    deliveries, deliveries.c.broadcast_id == announcements.c.broadcast_id
)
_ANNOUNCED: Select[Any] = (
    select(corrections.c.id, corrections.c.article_id, corrections.c.text, articles.c.title)
    .add_columns(edition_corrections.c.local_date)
    .join(edition_corrections, edition_corrections.c.correction_id == corrections.c.id)
    .join(articles, articles.c.id == corrections.c.article_id)
    .where(IS_PUBLISHED)
    .order_by(corrections.c.id)
)
