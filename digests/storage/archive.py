"""What was published and delivered in days gone by, in the database."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.articles import Headline
from digests.editions import EditionId
from digests.readers import ReaderId
from digests.storage.articles import HEADLINE_COLUMNS, IS_PUBLISHED, headline_of
from digests.storage.instants import instant, seconds
from digests.storage.schema import articles, deliveries, editions


async def instants(connection: AsyncConnection, since: datetime, until: datetime) -> list[datetime]:
    """Return when the articles of a time were published."""
    rows = await connection.execute(select(articles.c.published_at).where(_between(since, until)))
    return [instant(value) for value in rows.scalars()]


async def headlines(
    connection: AsyncConnection, since: datetime, until: datetime, offset: int, limit: int
) -> tuple[list[Headline], int]:
    """Return the articles of a time, newest first, and how many there are."""
    where = _between(since, until)
    statement = select(*HEADLINE_COLUMNS).where(where)
    newest_first = articles.c.published_at.desc(), articles.c.id.desc()
    rows = await connection.execute(statement.order_by(*newest_first).offset(offset).limit(limit))
    total = await connection.execute(select(func.count()).select_from(articles).where(where))
    return [headline_of(row) for row in rows], total.scalar_one()


async def neighbours(
    connection: AsyncConnection, since: datetime, until: datetime
) -> tuple[datetime | None, datetime | None]:
    """Return when the last article before a time and the first one after it were published."""
    before = select(func.max(articles.c.published_at)).where(IS_PUBLISHED, articles.c.published_at < seconds(since))
    after = select(func.min(articles.c.published_at)).where(IS_PUBLISHED, articles.c.published_at >= seconds(until))
    found = [(await connection.execute(statement)).scalar_one() for statement in (before, after)]
    earlier, later = (None if value is None else instant(value) for value in found)
    return earlier, later


async def edition_of(
    connection: AsyncConnection, day: date, reader: ReaderId | None, language: str
) -> EditionId | None:
    """Return the edition of a day that the reader was sent, else one that others were, in the language if there is."""
    named = day.isoformat()
    if reader is not None:
        own = (
            select(deliveries.c.edition_id)
            .where(
                deliveries.c.reader_id == reader,
                deliveries.c.local_date == named,
                deliveries.c.edition_id.is_not(None),
            )
            .order_by(deliveries.c.id.desc())
            .limit(1)
        )
        if (found := (await connection.execute(own)).scalar_one_or_none()) is not None:
            return EditionId(found)
    # On demand editions come after those that were delivered, and of these the last one of the day is the fullest.
    order = (editions.c.language != language, editions.c.slot.is_(None), editions.c.id.desc())
    statement = select(editions.c.id).where(editions.c.local_date == named).order_by(*order).limit(1)
    found = (await connection.execute(statement)).scalar_one_or_none()
    return None if found is None else EditionId(found)


def _between(since: datetime, until: datetime) -> ColumnElement[bool]:
    moment = articles.c.published_at
    return IS_PUBLISHED & (moment >= seconds(since)) & (moment < seconds(until))
