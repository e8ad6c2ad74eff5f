"""Published articles in the index: kept in step with them, and asked for."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import delete, func, insert, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.articles import Article, ArticleId
from digests.entries import MARK, VERSION, Entry
from digests.storage import search_engines, vocabulary
from digests.storage.articles import IS_PUBLISHED
from digests.storage.engine import alone
from digests.storage.instants import seconds
from digests.storage.schema import articles
from digests.storage.schema_search import search_articles, search_stems
from digests.wanted import Part, Wanted

FOREVER = 2**40  # seconds
ABOVE_ALL = 2**62  # an id that no article has
MANY = 5_000  # articles of a time that are worth bounding by their ids
READ = 3_000  # characters of a body's stems that count for the order of what is found

Values = dict[str, Any]  # Any: the values of a statement are of all sorts


class Candidate(NamedTuple):
    """A found article by its stems; the body is cut to READ characters. A tuple, for there are hundreds of them."""

    article: ArticleId
    published_at: int  # seconds
    is_long: int
    title: str
    lead: str
    body: str


async def turn(connection: AsyncConnection) -> None:
    """Wait until no other transaction changes the index; what is read from here on is what they made of it."""
    await alone(connection, "search")


async def put(connection: AsyncConnection, entries: Sequence[tuple[Article, Entry]]) -> None:
    """Put published articles into the index, in the place of what it had of them."""
    if not entries:
        return
    await turn(connection)
    await drop(connection, [article.id for article, _ in entries])
    await connection.execute(insert(search_articles), [_values(article, entry) for article, entry in entries])
    if connection.dialect.name == "postgresql":
        statement = text(
            "insert into search_index (article_id, vector) values (:article, cast(cast(:vector as text) as tsvector))"
        )
        await connection.execute(statement, await asyncio.to_thread(_vectors, entries))
    stems = Counter(stem for _, entry in entries for stem in entry.stems)
    words = {word: stem for _, entry in entries for word, stem in entry.words.items()}
    await vocabulary.take_in(connection, stems, words)


async def drop(connection: AsyncConnection, ids: Sequence[ArticleId]) -> None:
    """Take articles out of the index, those that are there."""
    if not ids:
        return
    await turn(connection)
    columns = (search_articles.c.title, search_articles.c.lead, search_articles.c.body)
    statement = delete(search_articles).where(search_articles.c.article_id.in_(ids)).returning(*columns)
    rows = (await connection.execute(statement)).all()
    if rows:
        held = ({MARK, *f"{row.title} {row.lead} {row.body}".split()} for row in rows)
        await vocabulary.let_go(connection, Counter(stem for stems in held for stem in stems))


async def missing(connection: AsyncConnection, below: int, limit: int) -> list[ArticleId]:
    """Return published articles that the index does not hold as they are now, from an id downwards."""
    held = search_articles.c
    statement = (
        select(articles.c.id)
        .outerjoin(search_articles, held.article_id == articles.c.id)
        .where(
            IS_PUBLISHED,
            articles.c.id < below,
            or_(held.article_id.is_(None), held.revision != articles.c.revision, held.version != VERSION),
        )
        .order_by(articles.c.id.desc())
        .limit(limit)
    )
    return [ArticleId(number) for number in (await connection.execute(statement)).scalars()]


async def superfluous(connection: AsyncConnection, limit: int) -> list[ArticleId]:
    """Return articles in the index that are not published any more."""
    held = search_articles.c.article_id
    statement = (
        select(held).outerjoin(articles, articles.c.id == held).where(articles.c.state != "published").limit(limit)
    )
    return [ArticleId(number) for number in (await connection.execute(statement)).scalars()]


async def candidates(connection: AsyncConnection, wanted: Wanted, most: int) -> list[Candidate]:
    """Return the newest articles that answer, at most so many, and as many again of those that do by their titles."""
    dialect = connection.dialect.name
    dated = wanted.since is not None or wanted.until is not None
    values: Values = {
        "anywhere": search_engines.matching(dialect, wanted, in_title=False),
        "title": search_engines.matching(dialect, wanted, in_title=True),
        "low": max(await _lowest(connection, wanted), await _lowest_of_newest(connection, wanted)),
        "most": most,
        "read": READ,
    }
    if dated:
        values["since"] = seconds(wanted.since) if wanted.since else 0
        values["until"] = seconds(wanted.until) if wanted.until else FOREVER
    queries = " union ".join(search_engines.newest(dialect, name, dated=dated) for name in ("anywhere", "title"))
    statement = text(
        "select article_id, published_at, is_long, title, lead, substr(body, 1, :read) as body"  # noqa: S608  our own
        f" from search_articles where article_id in ({queries})"
    )
    found = [Candidate(*row) for row in (await connection.execute(statement, values)).all()]
    unsure = [one.article for one in found if one.is_long] if dialect != "sqlite" else []
    wrong = await _misread(connection, wanted, unsure)
    return [one for one in found if one.article not in wrong] if wrong else found


async def newest(connection: AsyncConnection, wanted: Wanted, most: int) -> list[ArticleId]:
    """Return the newest articles of the wanted rubric and time."""
    newest_first = articles.c.published_at.desc(), articles.c.id.desc()
    statement = select(articles.c.id).where(IS_PUBLISHED).order_by(*newest_first).limit(most)
    if wanted.rubric is not None:
        statement = statement.where(articles.c.rubric_id == wanted.rubric)
    if wanted.since is not None:
        statement = statement.where(articles.c.published_at >= seconds(wanted.since))
    if wanted.until is not None:
        statement = statement.where(articles.c.published_at < seconds(wanted.until))
    return [ArticleId(number) for number in (await connection.execute(statement)).scalars()]


async def _lowest(connection: AsyncConnection, wanted: Wanted) -> int:
    """Return an id below which nothing was published in the wanted time: what lies before is not even looked at.

    0 for a time of many articles, among which those wanted are soon met.
    """
    if wanted.since is None:
        return 0
    # The limit keeps both planners from looking for the lowest id among all articles, the oldest first.
    recent = (
        select(articles.c.id)
        .where(IS_PUBLISHED, articles.c.published_at >= seconds(wanted.since))
        .order_by(articles.c.published_at)
        .limit(MANY + 1)
        .subquery()
    )
    count, lowest = (await connection.execute(select(func.count(), func.min(recent.c.id)))).one()
    if not count:
        return ABOVE_ALL
    return 0 if count > MANY else int(lowest)


async def _lowest_of_newest(connection: AsyncConnection, wanted: Wanted) -> int:
    """Return an id from which on there are so many articles as are to be looked at, if ids are missed evenly."""
    if wanted.newest is None:
        return 0
    held = search_articles.c.article_id
    # Subqueries: of one query for both SQLite would read every row.
    ends = select(select(func.min(held)).scalar_subquery(), select(func.max(held)).scalar_subquery())
    count = select(search_stems.c.articles).where(search_stems.c.stem == MARK).scalar_subquery()
    lowest, highest, articles_held = (await connection.execute(ends.add_columns(count))).one()
    if not articles_held:
        return 0
    return int(highest - wanted.newest * (highest - lowest + 1) // articles_held) + 1


async def _misread(connection: AsyncConnection, wanted: Wanted, unsure: Sequence[ArticleId]) -> set[ArticleId]:
    """Return which of the long articles have the words of a phrase elsewhere, or an unwanted phrase after all."""
    unwanted = [part for part in wanted.unwanted if part.is_phrase]
    if not unsure or not (wanted.phrases or unwanted):
        return set()
    columns = (search_articles.c.article_id, search_articles.c.title, search_articles.c.lead, search_articles.c.body)
    wrong = set()
    for row in await connection.execute(select(*columns).where(search_articles.c.article_id.in_(unsure))):
        texts = [f" {row.title} ", f" {row.lead} ", f" {row.body} "]
        has_all = all(_occurs(phrase, texts) for phrase in wanted.phrases)
        if not has_all or any(_occurs(phrase, texts) for phrase in unwanted):
            wrong.add(ArticleId(row.article_id))
    return wrong


def _occurs(phrase: Part, texts: Sequence[str]) -> bool:
    return any(f" {' '.join(spelling)} " in text for spelling in phrase.spellings for text in texts)


def _values(article: Article, entry: Entry) -> Values:
    if article.published_at is None:
        raise ValueError("only published articles are searched for")
    return {
        "article_id": article.id,
        "revision": article.revision,
        "version": VERSION,
        "rubric_id": article.rubric_id,
        "published_at": seconds(article.published_at),
        "is_long": int(entry.is_long),
        "filed": search_engines.filed(entry, article.rubric_id),
        "title": entry.title,
        "lead": entry.lead,
        "body": entry.body,
    }


def _vectors(entries: Sequence[tuple[Article, Entry]]) -> list[Values]:
    return [
        {"article": article.id, "vector": search_engines.vector(entry, article.rubric_id)} for article, entry in entries
    ]
