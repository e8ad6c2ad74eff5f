"""Stories in editions, in the database: which article stands for which others, in what words, and who inherits."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Table, Update, delete, exists, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.articles import ArticleId
from digests.clipping import clipped
from digests.composing import STORY_LIMIT
from digests.editions import Edition, EditionId
from digests.storage.articles import IS_PUBLISHED
from digests.storage.schema import articles, edition_articles, editions
from digests.storage.schema_stories import edition_continuations as continuations
from digests.storage.schema_stories import edition_lines as lines
from digests.storage.schema_stories import edition_members as members

_member = articles.alias("member")
_composed = (
    select(editions.c.composed_at)
    .where(editions.c.id == edition_articles.c.edition_id)
    .correlate(edition_articles)
    .scalar_subquery()
)
# Of a row of an edition's articles: whether it continues a story of earlier days.
CONTINUES = (
    exists(select(continuations.c.article_id))
    .where(continuations.c.edition_id == edition_articles.c.edition_id)
    .where(continuations.c.article_id == edition_articles.c.article_id)
    .correlate(edition_articles)
)
# Of the same: whether an article that it stands for, or itself, was changed since, so that its line may not be so.
IS_STALE = or_(
    articles.c.updated_at > _composed,
    exists(
        select(members.c.member_id)
        .join(_member, _member.c.id == members.c.member_id)
        .join(editions, editions.c.id == members.c.edition_id)
        .where(members.c.edition_id == edition_articles.c.edition_id)
        .where(members.c.article_id == edition_articles.c.article_id)
        .where(_member.c.updated_at > editions.c.composed_at)
        .correlate(edition_articles)
    ),
)


async def add(connection: AsyncConnection, made: EditionId, edition: Edition) -> None:
    """Store which articles of a new edition stand for others, in what words, and which continue a story."""
    headlines = [headline for part in edition.parts for headline in part.headlines]
    rows = [{"edition_id": made, "article_id": one.id} for one in headlines if one.continues]
    if rows:
        await connection.execute(insert(continuations), rows)
    first = [one for one in headlines if one.id in edition.behind]
    if first:
        told = [
            {"edition_id": made, "article_id": one.id, "sentence": one.summary, "brief": one.brief} for one in first
        ]
        await connection.execute(insert(lines), told)
        behind = [
            {"edition_id": made, "article_id": one.id, "position": position, "member_id": member}
            for one in first
            for position, member in enumerate(edition.behind[one.id])
        ]
        await connection.execute(insert(members), behind)


async def inherit(connection: AsyncConnection, article: ArticleId) -> None:
    """Let the next article of its story stand in editions where a withdrawn one stood for it, in its own words."""
    statement = (
        select(members.c.edition_id, members.c.member_id)
        .join(articles, articles.c.id == members.c.member_id)
        .where(members.c.article_id == article, IS_PUBLISHED)
        .order_by(members.c.edition_id, members.c.position)
    )
    heirs: dict[int, int] = {}
    for row in await connection.execute(statement):
        heirs.setdefault(row.edition_id, row.member_id)
    if not heirs:
        return
    by_heir: dict[int, list[int]] = defaultdict(list)
    for edition, heir in heirs.items():
        by_heir[heir].append(edition)
    for heir, those in by_heir.items():
        await connection.execute(delete(members).where(members.c.edition_id.in_(those), members.c.member_id == heir))
        for table in (edition_articles, members, continuations):
            await connection.execute(_renamed(table, article, heir, those))
    await connection.execute(delete(lines).where(lines.c.edition_id.in_(heirs), lines.c.article_id == article))
    await _retell(connection, article, heirs)


def _renamed(table: Table, article: ArticleId, heir: int, those: Sequence[int]) -> Update:
    where = table.c.edition_id.in_(those), table.c.article_id == article
    return update(table).where(*where).values(article_id=heir)


async def _retell(connection: AsyncConnection, article: ArticleId, heirs: Mapping[int, int]) -> None:
    """Let the heirs tell the main stories of editions, too."""
    names = select(articles.c.id, articles.c.summary, articles.c.title).where(articles.c.id.in_(set(heirs.values())))
    said = {row.id: clipped(row.summary or row.title, STORY_LIMIT) for row in await connection.execute(names)}
    for row in await connection.execute(select(editions.c.id, editions.c.stories).where(editions.c.id.in_(heirs))):
        told = json.loads(row.stories)
        heir = heirs[row.id]
        changed = [[heir, said[heir]] if number == article else [number, sentence] for number, sentence in told]
        if changed != told:
            values = {"stories": json.dumps(changed, ensure_ascii=False)}
            await connection.execute(update(editions).where(editions.c.id == row.id).values(values))
