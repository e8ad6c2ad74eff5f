"""Lines in the database: what they were taken for in an article, and which ones a source repeats."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.articles import ArticleId, UserId
from digests.labels import Basis, Doubt, Label, Mark, Note
from digests.sightings import ARTICLES_OF_SITE, Sight
from digests.storage.instants import seconds
from digests.storage.schema_cutting import line_marks as marks
from digests.storage.schema_cutting import site_lines as sightings
from digests.storage.upsert import insert_into


async def corrections(connection: AsyncConnection, article: ArticleId) -> dict[str, Label]:
    """Return what editors said of single lines of an article."""
    where = (marks.c.article_id == article) & (marks.c.basis == Basis.EDITOR.value)
    rows = await connection.execute(select(marks.c.line, marks.c.label).where(where))
    return {row.line: Label(row.label) for row in rows}


async def correct(
    connection: AsyncConnection, article: ArticleId, line: str, label: Label, by: UserId, now: datetime
) -> None:
    """Let a line be what an editor says; there is one title, so one that was chosen before is text."""
    if label is Label.TITLE:
        where = (marks.c.article_id == article) & (marks.c.basis == Basis.EDITOR.value)
        await connection.execute(delete(marks).where(where, marks.c.label == Label.TITLE.value))
    values = {"label": label.value, "basis": Basis.EDITOR.value, "doubt": "", "made_by": by, "made_at": seconds(now)}
    statement = insert_into(connection, marks).values(article_id=article, line=line, **values)
    await connection.execute(statement.on_conflict_do_update(index_elements=["article_id", "line"], set_=values))


async def noted(connection: AsyncConnection, article: ArticleId) -> list[Note]:
    """Return the marks of an article besides its corrections."""
    columns = (marks.c.line, marks.c.label, marks.c.basis, marks.c.doubt)
    where = (marks.c.article_id == article) & (marks.c.basis != Basis.EDITOR.value)
    return [
        Note(
            line=row.line,
            label=Label(row.label),
            basis=Basis(row.basis),
            doubt=Doubt(row.doubt) if row.doubt else None,
        )
        for row in await connection.execute(select(*columns).where(where))
    ]


async def note(connection: AsyncConnection, article: ArticleId, found: Sequence[Mark]) -> None:
    """Let these be the marks of an article besides its corrections."""
    where = (marks.c.article_id == article) & (marks.c.basis != Basis.EDITOR.value)
    await connection.execute(delete(marks).where(where))
    await note_new(connection, {article: found})


async def note_new(connection: AsyncConnection, found: Mapping[ArticleId, Sequence[Mark]]) -> None:
    """Insert marks of articles beside their corrections."""
    rows = [
        {
            "article_id": article,
            "line": mark.line,
            "label": mark.label.value,
            "basis": mark.basis.value,
            "doubt": mark.doubt.value if mark.doubt else "",
        }
        for article, each in found.items()
        for mark in each
    ]
    if rows:
        statement = insert_into(connection, marks)
        await connection.execute(statement.on_conflict_do_nothing(), rows)


async def count(connection: AsyncConnection, article: ArticleId) -> dict[tuple[Basis, bool], int]:
    """Return how many lines of an article have which basis and are doubtful or not."""
    is_doubtful = marks.c.doubt != ""
    statement = select(marks.c.basis, is_doubtful.label("is_doubtful"), func.count().label("lines"))
    rows = await connection.execute(statement.where(marks.c.article_id == article).group_by(marks.c.basis, is_doubtful))
    return {(Basis(row.basis), bool(row.is_doubtful)): row.lines for row in rows}


async def sights(
    connection: AsyncConnection, sites: Collection[str], besides: ArticleId | None = None
) -> dict[str, list[Sight]]:
    """Return what is remembered of the articles of some sources, older ones first, of all `besides` one."""
    found: dict[tuple[str, ArticleId, str], set[str]] = {}
    order = (sightings.c.site, sightings.c.article_id)
    rows = select(*order, sightings.c.text_key, sightings.c.line_key).where(sightings.c.site.in_(sorted(sites)))
    if besides is not None:
        rows = rows.where(sightings.c.article_id != besides)
    for row in await connection.execute(rows.order_by(*order)):
        found.setdefault((row.site, row.article_id, row.text_key), set()).add(row.line_key)
    result: dict[str, list[Sight]] = {site: [] for site in sites}
    for (site, _, text_key), keys in found.items():
        result[site].append(Sight(text_key, frozenset(keys)))
    return result


async def sight(connection: AsyncConnection, site: str, article: ArticleId, sight: Sight) -> None:
    """Let these be the lines of an article; what the oldest articles of the source had is forgotten."""
    await connection.execute(delete(sightings).where(sightings.c.article_id == article))
    await sight_new(connection, site, {article: sight})


async def sight_new(connection: AsyncConnection, site: str, found: Mapping[ArticleId, Sight]) -> None:
    """Insert the lines of new articles of a source; what its oldest articles had is forgotten."""
    newest = [(article, sight) for article, sight in found.items() if sight.keys][-ARTICLES_OF_SITE:]
    rows = [
        {"article_id": article, "site": site, "text_key": sight.text_key, "line_key": key}
        for article, sight in newest
        for key in sorted(sight.keys)
    ]
    if rows:
        await connection.execute(insert(sightings), rows)
    of_site = sightings.c.site == site
    kept = select(sightings.c.article_id).where(of_site).group_by(sightings.c.article_id)
    border = kept.order_by(sightings.c.article_id.desc()).offset(ARTICLES_OF_SITE - 1).limit(1)
    oldest = (await connection.execute(border)).scalar_one_or_none()
    if oldest is not None:
        await connection.execute(delete(sightings).where(of_site, sightings.c.article_id < oldest))
