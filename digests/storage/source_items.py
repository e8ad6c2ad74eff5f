"""What sources showed, in the database: a row an item, for ever."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.articles import ArticleId
from digests.feeds import Item, Sighting, SourceId
from digests.storage.instants import seconds, seconds_or_none
from digests.storage.schema_sources import source_items as items
from digests.storage.upsert import insert_into

CHUNK = 100  # items in one statement, whose making takes the event loop a few milliseconds


@dataclass(frozen=True, slots=True)
class Known:
    """An item that was seen before. `article` is None if it became none, or its draft was deleted."""

    key: str
    link_key: str
    article: ArticleId | None
    content_hash: str
    written: str

    def is_as(self, item: Item) -> bool:
        """Return whether the source says of it now what it said then, under the same name."""
        return (self.key, self.content_hash) == (item.key, item.content_hash)


async def known(connection: AsyncConnection, source: SourceId, seen: Sequence[Item | Sighting]) -> dict[str, Known]:
    """Return the items seen before by their keys, and by their addresses where those tell."""
    columns = (items.c.item_key, items.c.link_key, items.c.article_id, items.c.content_hash, items.c.written)
    found: dict[str, Known] = {}
    by_link: dict[str, Known] = {}
    for start in range(0, len(seen), CHUNK):
        some = seen[start : start + CHUNK]
        links = [one.link_key for one in some if one.link_key]
        is_one = or_(items.c.item_key.in_([one.key for one in some]), items.c.link_key.in_(links))
        for row in await connection.execute(select(*columns).where(items.c.source_id == source, is_one)):
            one = Known(row.item_key, row.link_key, row.article_id, row.content_hash, row.written)
            found[one.key] = one
            if one.link_key:
                by_link[one.link_key] = one
    named = {one.key: found.get(one.key) or by_link.get(one.link_key) for one in seen}
    return {key: one for key, one in named.items() if one is not None}


async def add(
    connection: AsyncConnection,
    source: SourceId,
    item: Item,
    now: datetime,
    *,
    article: ArticleId | None = None,
    publish: bool = False,
) -> bool:
    """Insert an item; return False if it is there already."""
    values = {
        "source_id": source,
        "item_key": item.key,
        "link_key": item.link_key,
        "article_id": article,
        "content_hash": item.content_hash,
        "modified_at": seconds_or_none(item.modified_at),
        "publish": int(publish),
        "seen_at": seconds(now),
    }
    result = await connection.execute(insert_into(connection, items).values(values).on_conflict_do_nothing())
    return result.rowcount == 1


async def pass_over(
    connection: AsyncConnection, source: SourceId, seen: Sequence[Item | Sighting], now: datetime
) -> None:
    """Insert items that become no articles."""
    rows = [
        {
            "source_id": source,
            "item_key": one.key,
            "link_key": one.link_key,
            "content_hash": one.content_hash if isinstance(one, Item) else "",
            "seen_at": seconds(now),
        }
        for one in seen
    ]
    for start in range(0, len(rows), CHUNK):
        await connection.execute(insert_into(connection, items).on_conflict_do_nothing(), rows[start : start + CHUNK])


async def look_again(connection: AsyncConnection, source: SourceId, key: str, item: Item) -> None:
    """Note what the source says of a known item now."""
    values = {"content_hash": item.content_hash, "modified_at": seconds_or_none(item.modified_at)}
    await connection.execute(update(items).where(items.c.source_id == source, items.c.item_key == key).values(values))


async def write(connection: AsyncConnection, article: ArticleId, written: str) -> None:
    """Note how we left an article, for every source that shows it."""
    await connection.execute(update(items).where(items.c.article_id == article).values(written=written))


async def written(connection: AsyncConnection, article: ArticleId) -> str:
    """Return how we left an article; nothing if no source brought it."""
    statement = select(items.c.written).where(items.c.article_id == article).limit(1)
    return (await connection.execute(statement)).scalar_one_or_none() or ""


async def unpublished(connection: AsyncConnection, source: SourceId) -> list[tuple[str, ArticleId]]:
    """Return the keys and articles of items that are still to be published."""
    statement = select(items.c.item_key, items.c.article_id).where(
        items.c.source_id == source, items.c.publish == text("1"), items.c.article_id.is_not(None)
    )
    rows = await connection.execute(statement.order_by(items.c.article_id))
    return [(row.item_key, ArticleId(row.article_id)) for row in rows]


async def settle(connection: AsyncConnection, source: SourceId, key: str) -> bool:
    """Note that an item need not be published any more; return whether it was to be."""
    result = await connection.execute(
        update(items)
        .where(items.c.source_id == source, items.c.item_key == key, items.c.publish == text("1"))
        .values(publish=0)
    )
    return result.rowcount == 1
