"""Editions in the database: what was composed, and the articles that it may be composed of."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from itertools import groupby
from typing import Any

from sqlalchemy import Row, Select, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.articles import ArticleId, Headline
from digests.clipping import clipped
from digests.composing import STORY_LIMIT
from digests.editions import Edition, EditionId, RubricPart, Story
from digests.rubrics import Choice, Rubric, RubricId
from digests.schedule import minutes_of, time_of
from digests.storage import corrections, standing, stories
from digests.storage.articles import HEADLINE_COLUMNS, IS_PUBLISHED, headline_of
from digests.storage.corrections import Owed
from digests.storage.instants import instant, seconds
from digests.storage.schema import articles, edition_articles, editions, rubrics
from digests.storage.schema_stories import edition_lines
from digests.storage.upsert import insert_into


async def fresh(connection: AsyncConnection, choice: Choice, until: datetime, limit: int) -> list[Headline]:
    """Return the newest articles of the chosen rubrics that were published up to an instant, the newest first."""
    statement = (
        select(*HEADLINE_COLUMNS)
        .where(IS_PUBLISHED, articles.c.published_at <= seconds(until))
        .order_by(articles.c.published_at.desc(), articles.c.id.desc())
        .limit(limit)
    )
    if not choice.is_all:
        statement = statement.where(articles.c.rubric_id.in_(sorted(choice.ids)))
    return [headline_of(row) for row in await connection.execute(statement)]


async def find_key(connection: AsyncConnection, key: str) -> EditionId | None:
    """Return the edition that was stored under a key."""
    found = (await connection.execute(select(editions.c.id).where(editions.c.key == key))).scalar_one_or_none()
    return None if found is None else EditionId(found)


async def add(connection: AsyncConnection, key: str, edition: Edition, now: datetime, told: Owed = ()) -> EditionId:
    """Store an edition under a key and an id of the database's choice; one that is there already stays as it is.

    `told` are the corrections that it announces; which articles continue a story is said by their headlines.
    """
    values = {
        "key": key,
        "language": edition.language,
        "local_date": edition.local_date.isoformat(),
        "slot": None if edition.slot is None else minutes_of(edition.slot),
        "until": seconds(edition.until),
        "stories": json.dumps([[story.article_id, story.sentence] for story in edition.stories], ensure_ascii=False),
        "composed_at": seconds(now),
    }
    statement = insert_into(connection, editions).values(values).on_conflict_do_nothing(index_elements=["key"])
    made = (await connection.execute(statement.returning(editions.c.id))).scalar_one_or_none()
    if made is None:
        return EditionId((await connection.execute(select(editions.c.id).where(editions.c.key == key))).scalar_one())
    await corrections.attach(connection, EditionId(made), told)
    rows = [
        {"edition_id": made, "position": position, "article_id": article, "rubric_id": rubric}
        for position, (article, rubric) in enumerate(_articles(edition.parts))
    ]
    if rows:
        await connection.execute(insert(edition_articles), rows)
    await standing.add(connection, EditionId(made), edition)
    return EditionId(made)


async def find(connection: AsyncConnection, number: EditionId) -> Edition | None:
    """Return an edition as it is to be shown now: headlines and stories follow corrections, withdrawn ones are out."""
    columns = [column for column in editions.c if column.name != "key"]
    row = (await connection.execute(select(*columns).where(editions.c.id == number))).first()
    if row is None:
        return None
    entries = (await connection.execute(_ENTRIES.where(edition_articles.c.edition_id == number))).all()
    return Edition(
        id=number,
        language=row.language,
        local_date=date.fromisoformat(row.local_date),
        slot=_slot(row.slot),
        until=instant(row.until),
        stories=tuple(_stories(row, entries)),
        parts=tuple(_parts(entries)),
        corrections=tuple(await corrections.of_edition(connection, number)),
    )


_ENTRIES: Select[Any] = (
    select(
        *HEADLINE_COLUMNS[:2],
        edition_articles.c.rubric_id,  # where it was filed when the edition was made
        *HEADLINE_COLUMNS[3:],
        articles.c.updated_at,
        stories.OTHERS.label("others"),
        standing.CONTINUES.label("continues"),
        standing.IS_STALE.label("is_stale"),
        edition_lines.c.sentence.label("line"),
        edition_lines.c.brief.label("line_brief"),
        rubrics.c.name,
        rubrics.c.emoji,
    )
    .join(articles, articles.c.id == edition_articles.c.article_id)
    .join(rubrics, rubrics.c.id == edition_articles.c.rubric_id)
    .outerjoin(
        edition_lines,
        (edition_lines.c.edition_id == edition_articles.c.edition_id)
        & (edition_lines.c.article_id == edition_articles.c.article_id),
    )
    .where(IS_PUBLISHED)
    .order_by(edition_articles.c.position)
)


def _articles(parts: Sequence[RubricPart]) -> Iterator[tuple[ArticleId, RubricId]]:
    for part in parts:
        yield from ((headline.id, part.rubric.id) for headline in part.headlines)


# Any, below: rows are as loosely typed as the library gives them.
def _slot(minutes: int | None) -> time | None:
    return None if minutes is None else time_of(minutes)


def _stories(row: Row[Any], entries: Sequence[Row[Any]]) -> Iterator[Story]:
    known = {entry.id: entry for entry in entries}
    for article, sentence in json.loads(row.stories):
        if entry := known.get(article):
            corrected = entry.updated_at > row.composed_at or entry.is_stale
            told = clipped(entry.summary or entry.title, STORY_LIMIT) if corrected else sentence
            yield Story(article_id=ArticleId(article), sentence=told)


def _parts(entries: Sequence[Row[Any]]) -> Iterator[RubricPart]:
    for (number, name, emoji), rows in groupby(entries, lambda entry: (entry.rubric_id, entry.name, entry.emoji)):
        rubric = Rubric(id=RubricId(number), name=name, emoji=emoji)
        yield RubricPart(rubric=rubric, headlines=tuple(map(_headline, rows)))


def _headline(row: Row[Any]) -> Headline:
    headline = replace(headline_of(row), others=row.others, continues=bool(row.continues))
    return headline if row.line is None or row.is_stale else replace(headline, summary=row.line, brief=row.line_brief)
