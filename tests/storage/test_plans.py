"""The queries behind every tap and every paste find their rows by an index, on both engines."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import event, insert, text
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.articles import ArticleId, UserId
from digests.broadcasts import Announcement, Audience, Copied, Earlier, Kind
from digests.deliveries import BroadcastId, DeliveryState
from digests.editions import EditionId
from digests.feeds import Sighting, SourceId
from digests.readers import ChatId, ReaderId
from digests.rubrics import Choice, RubricId
from digests.storage import (
    announcements,
    articles,
    broadcasts,
    cards,
    deliveries,
    editors,
    marks,
    parts,
    questions,
    recalls,
    related,
    rubrics,
    saved,
    schema,
    source_items,
    sources,
    stories,
)
from digests.storage.engine import Database
from digests.storage.instants import seconds
from digests.storage.reading import Looking, glance
from tests import factories

COUNT = 300
LOOKING = Looking(reader=ReaderId(1), edition=EditionId(1))
Query = Callable[[AsyncConnection], Awaitable[Any]]

HOT: dict[str, Query] = {
    "an article": lambda connection: articles.find(connection, ArticleId(7)),
    "a tap": lambda connection: glance(connection, ArticleId(7), LOOKING, ["a", "b"]),
    "related articles": lambda connection: related.targets(connection, ArticleId(7), ["a", "b"]),
    "the latest articles": lambda connection: articles.latest(connection, Choice(), 20, 10),
    "the latest of a rubric": lambda connection: articles.latest(connection, Choice.of([RubricId(1)]), 0, 10),
    "published articles": lambda connection: articles.list_published(connection, 0, 10),
    "headlines": lambda connection: articles.headlines(connection, [ArticleId(1), ArticleId(2)]),
    "bookmarks": lambda connection: saved.kept(connection, ReaderId(1), 0, 10),
    "the open draft": lambda connection: articles.find_open(connection, UserId(100)),
    "drafts": lambda connection: articles.list_drafts(connection, 0, 10),
    "the article of a message": lambda connection: parts.article_with(connection, UserId(100), 5),
    "the parts of an article": lambda connection: parts.parts_of(connection, ArticleId(7)),
    "the story of an article": lambda connection: stories.chain(connection, ArticleId(7), 0, 10),
    "repeated drafts": lambda connection: marks.sharing(connection, ArticleId(7), [1, 2, 3], 8),
    "a rubric": lambda connection: rubrics.find(connection, RubricId(1)),
    "an editor": lambda connection: editors.is_editor(connection, UserId(1)),
    "sources that are due": lambda connection: sources.due(connection, factories.NOW, 60),
    "news of sources": lambda connection: sources.untold(connection, factories.NOW, 20),
    "a source by its address": lambda connection: sources.find_url(connection, "https://example.ru/rss"),
    "items seen before": lambda connection: source_items.known(
        connection, SourceId(1), [Sighting(key="a", link_key="b")]
    ),
    "items seen before, without addresses": lambda connection: source_items.known(
        connection, SourceId(1), [Sighting(key="a", link_key="")]
    ),
    "items to publish": lambda connection: source_items.unpublished(connection, SourceId(1)),
    "a question": lambda connection: questions.find(connection, 1),  # type: ignore[arg-type]  # any number will do
}
AUDIENCE = Audience(RubricId(1), (Earlier("2026-11-23", "#1"),))
OfBroadcast = Callable[[AsyncConnection, BroadcastId], Awaitable[Any]]
LEDGER: dict[str, OfBroadcast] = {
    "a claim": lambda connection, number: deliveries.claim(connection, factories.NOW, 0, 64),
    "what is to be settled": lambda connection, number: broadcasts.unsettled(connection),
    "rows to hold back": lambda connection, number: broadcasts.hold_back(connection, number, 10),
    "rows to let go": lambda connection, number: broadcasts.let_go(connection, number, 10),
    "rows to cancel": lambda connection, number: broadcasts.cancel(connection, number, factories.NOW, 10),
    "rows to reopen": lambda connection, number: broadcasts.reopen(connection, number, 10),
    "rows to resend": lambda connection, number: broadcasts.resend(connection, number, DeliveryState.FAILED, 10),
    "messages to take back": lambda connection, number: recalls.some(connection, number, 10),
    "the progress of a broadcast": lambda connection, number: broadcasts.find(connection, number),
    "announcements": lambda connection, number: broadcasts.newest(connection, Kind.ANNOUNCEMENT, 0, 8),
    "cards to show": lambda connection, number: cards.take_due(connection, factories.NOW, factories.NOW),
    "readers to enter": lambda connection, number: announcements.enter(connection, number, AUDIENCE, factories.NOW, 10),
}
SORTED_BY_INDEX = {"the latest articles", "published articles"}


@pytest.fixture
async def full(database: Database) -> Database:
    """A database with so many articles that reading all of them would be the worse plan."""
    rubric = await factories.rubric(database)
    content = articles.content_values(factories.cut_text())
    rows = [
        {
            **content,
            "title_key": f"title {number}",
            "state": "draft" if number % 10 == 0 else "published",
            "rubric_id": rubric.id,
            "author_id": 100,
            "created_at": seconds(factories.NOW),
            "updated_at": seconds(factories.NOW) + number,
            "published_at": seconds(factories.NOW) + number,
        }
        for number in range(COUNT)
    ]
    async with database.write() as connection:
        await connection.execute(insert(schema.articles), rows)
        await connection.execute(text("analyze"))
    return database


async def plans(database: Database, query: Query, *, writing: bool = False) -> list[str]:
    """What the engine says about each statement that the query runs."""
    async with database.write() if writing else database.read() as connection:
        ran: list[tuple[str, Any]] = []

        def note(_c: object, _cursor: object, statement: str, parameters: Any, *_rest: object) -> None:
            ran.append((statement, parameters))

        event.listen(connection.sync_connection, "before_cursor_execute", note)
        await query(connection)
        event.remove(connection.sync_connection, "before_cursor_execute", note)
        if database.dialect == "sqlite":
            explain = "EXPLAIN QUERY PLAN "
        else:
            explain = "EXPLAIN "
            await connection.execute(text("set enable_seqscan = off"))
        try:
            return [await _explained(connection, explain + statement, parameters) for statement, parameters in ran]
        finally:
            if database.dialect != "sqlite":
                await connection.execute(text("reset enable_seqscan"))


async def _explained(connection: AsyncConnection, statement: str, parameters: Any) -> str:
    rows = (await connection.exec_driver_sql(statement, parameters)).all()
    return "\n".join(str(row[-1]) for row in rows)


@pytest.mark.parametrize("name", HOT)
async def test_no_table_is_read_from_end_to_end(full: Database, name: str) -> None:
    for plan in await plans(full, HOT[name]):
        assert not re.search(r"^SCAN (?!CONSTANT|\(|subquery|anon)\S+$", plan, re.MULTILINE), plan
        assert "Seq Scan" not in plan, plan


@pytest.fixture
async def number(database: Database) -> BroadcastId:
    """A broadcast of which every reader has a row."""
    for chat in range(1, 6):
        await factories.reader(database, chat)
    async with database.write() as connection:
        words = Announcement(content=Copied(ChatId(1), 1), title="", author=UserId(1))
        number, _ = await announcements.add(connection, "key", words, factories.NOW, factories.NOW)
        while await announcements.enter(connection, number, Audience(), factories.NOW, 2):
            pass
    return number


@pytest.mark.parametrize("name", LEDGER)
async def test_the_ledger_is_not_read_from_end_to_end(database: Database, number: BroadcastId, name: str) -> None:
    for plan in await plans(database, lambda connection: LEDGER[name](connection, number), writing=True):
        assert not re.search(r"^SCAN (?!CONSTANT|\(|subquery|anon|picked)\S+$", plan, re.MULTILINE), plan
        assert "Seq Scan" not in plan, plan


@pytest.mark.parametrize("name", sorted(SORTED_BY_INDEX))
async def test_lists_come_in_the_order_of_their_index(full: Database, name: str) -> None:
    listing, _total = await plans(full, HOT[name])
    assert "ix_articles_published" in listing
    assert "TEMP B-TREE" not in listing
    assert "Sort" not in listing
