"""Sources that are polled, in the database: their rows, their leases, what editors are to be told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, insert, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.articles import UserId
from digests.feeds import Notice, Recognised, Source, SourceId, SourceKind, SourceState
from digests.origins import site_of, url_key
from digests.rubrics import RubricId
from digests.storage.instants import instant, instant_or_none, seconds
from digests.storage.schema_sources import sources

Values = Mapping[str, Any]  # Any: what a statement takes

COLUMNS = tuple(column for column in sources.c if column.name not in ("url_key", "leased_until", "notice"))
# Written out: a partial index serves only a query that repeats its condition without parameters.
IS_ON = sources.c.state == text("'on'")
IS_HERE = sources.c.state != text("'deleted'")
IS_UNTOLD = sources.c.notice.is_not(None)


async def add(connection: AsyncConnection, found: Recognised, by: UserId, now: datetime) -> SourceId:
    """Insert a source that is due at once."""
    moment = seconds(now)
    values = {
        "kind": found.kind.value,
        "url": found.url,
        "url_key": url_key(found.url),
        "title": found.title,
        "site": site_of(found.url),
        "state": SourceState.ON.value,
        "next_poll_at": moment,
        "added_by": by,
        "added_at": moment,
    }
    result = await connection.execute(insert(sources).values(values).returning(sources.c.id))
    return SourceId(result.scalar_one())


async def find(connection: AsyncConnection, source: SourceId) -> Source | None:
    """Return a source that was not deleted."""
    row = (await connection.execute(select(*COLUMNS).where(sources.c.id == source, IS_HERE))).one_or_none()
    return None if row is None else _source(row)


async def find_url(connection: AsyncConnection, url: str) -> tuple[SourceId, SourceState] | None:
    """Return the source of an address, deleted or not."""
    columns = (sources.c.id, sources.c.state)
    row = (await connection.execute(select(*columns).where(sources.c.url_key == url_key(url)))).one_or_none()
    return None if row is None else (SourceId(row.id), SourceState(row.state))


async def listed(connection: AsyncConnection, offset: int, limit: int) -> tuple[list[Source], int]:
    """Return sources in the order in which they were added, and how many there are."""
    statement = select(*COLUMNS).where(IS_HERE).order_by(sources.c.id).offset(offset).limit(limit)
    rows = await connection.execute(statement)
    total = await connection.execute(select(func.count()).select_from(sources).where(IS_HERE))
    return [_source(row) for row in rows], total.scalar_one()


async def change(connection: AsyncConnection, source: SourceId, values: Values) -> bool:
    """Write the values into a source that was not deleted; return whether there was one."""
    result = await connection.execute(update(sources).where(sources.c.id == source, IS_HERE).values(values))
    return result.rowcount == 1


async def revive(connection: AsyncConnection, source: SourceId, values: Values) -> None:
    """Write the values into a source whatever its state."""
    await connection.execute(update(sources).where(sources.c.id == source).values(values))


async def due(connection: AsyncConnection, now: datetime, limit: int) -> list[SourceId]:
    """Return the sources that wait longest to be polled and that nobody is at."""
    statement = select(sources.c.id).where(IS_ON, sources.c.next_poll_at <= seconds(now), _is_free(now))
    rows = await connection.execute(statement.order_by(sources.c.next_poll_at, sources.c.id).limit(limit))
    return [SourceId(number) for number in rows.scalars()]


async def lease(connection: AsyncConnection, source: SourceId, now: datetime, until: datetime) -> Source | None:
    """Take a due source until then; None if somebody else was faster."""
    result = await connection.execute(
        update(sources)
        .where(sources.c.id == source, IS_ON, sources.c.next_poll_at <= seconds(now), _is_free(now))
        .values(leased_until=seconds(until))
    )
    return await find(connection, source) if result.rowcount == 1 else None


async def holds(connection: AsyncConnection, source: SourceId, until: datetime) -> bool:
    """Return whether the lease is still the caller's and the source on; lock the row until the transaction ends."""
    result = await connection.execute(
        update(sources)
        .where(sources.c.id == source, IS_ON, sources.c.leased_until == seconds(until))
        .values(leased_until=seconds(until))
    )
    return result.rowcount == 1


async def finish(connection: AsyncConnection, source: SourceId, until: datetime, values: Values) -> bool:
    """End the caller's lease with the values; return whether it was still the caller's."""
    result = await connection.execute(
        update(sources)
        .where(sources.c.id == source, sources.c.leased_until == seconds(until))
        .values({**values, "leased_until": None})
    )
    return result.rowcount == 1


async def note(connection: AsyncConnection, source: SourceId, notice: Notice) -> None:
    """Add to what editors are to be told of a source."""
    if not notice:
        return
    before = (await connection.execute(select(sources.c.notice).where(sources.c.id == source))).scalar_one_or_none()
    whole = notice if before is None else Notice.load(before) + notice
    await connection.execute(update(sources).where(sources.c.id == source).values(notice=whole.dump()))


async def untold(connection: AsyncConnection, now: datetime, limit: int) -> list[SourceId]:
    """Return sources of which there is something to tell and which nobody is polling at this moment."""
    statement = select(sources.c.id).where(IS_UNTOLD, _is_free(now)).order_by(sources.c.id).limit(limit)
    rows = await connection.execute(statement)
    return [SourceId(number) for number in rows.scalars()]


async def take_notice(connection: AsyncConnection, source: SourceId) -> Notice | None:
    """Return what is to be told and forget it; None if somebody else was faster, or the source was deleted."""
    row = (await connection.execute(select(sources.c.notice).where(sources.c.id == source))).one_or_none()
    if row is None or row.notice is None:
        return None
    result = await connection.execute(
        update(sources).where(sources.c.id == source, sources.c.notice == row.notice).values(notice=None)
    )
    return Notice.load(row.notice) if result.rowcount == 1 else None


def _is_free(now: datetime) -> ColumnElement[bool]:
    return or_(sources.c.leased_until.is_(None), sources.c.leased_until <= seconds(now))


def _source(row: Row[*tuple[Any, ...]]) -> Source:  # Any: a row is as loosely typed as the library gives it
    return Source(
        id=SourceId(row.id),
        kind=SourceKind(row.kind),
        url=row.url,
        title=row.title,
        site=row.site,
        state=SourceState(row.state),
        off_reason=row.off_reason,
        is_trusted=bool(row.trusted),
        rubric_id=None if row.rubric_id is None else RubricId(row.rubric_id),
        etag=row.etag,
        last_modified=row.last_modified,
        modified_after=instant_or_none(row.modified_after),
        polled_at=instant_or_none(row.polled_at),
        next_poll_at=instant(row.next_poll_at),
        failures=row.failures,
        failure=row.failure,
        added_by=UserId(row.added_by),
        added_at=instant(row.added_at),
    )
