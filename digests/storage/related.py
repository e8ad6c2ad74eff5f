"""Which articles go with which, in the database: the editor's choice, similar texts, and titles of sources' tails."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    FromClause,
    Select,
    Text,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal,
    select,
    text,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.articles import ArticleId, RelatedKind
from digests.storage.articles import IS_PUBLISHED
from digests.storage.instants import instant
from digests.storage.schema import articles, related
from digests.storage.schema_stories import story_members
from digests.storage.upsert import insert_into

Similar = Sequence[tuple[ArticleId, float]]  # articles with their cosines, best first

Reasons = Mapping[tuple[ArticleId, ArticleId], str]  # by whose list, and whom it names


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A published article that another one leads to."""

    kind: RelatedKind
    article_id: ArticleId
    title: str
    title_key: str
    published_at: datetime
    reasons: str = ""


async def targets(connection: AsyncConnection, article: ArticleId, title_keys: Iterable[str]) -> list[Target]:
    """Return the published articles that go with the given one, those of each kind in their order.

    `title_keys` are the titles of the source's tail: they are matched when asked, so that an article published or
    renamed later is found by the older ones that name it. An article can come under several kinds.
    """
    columns = (articles.c.id, articles.c.title, articles.c.title_key, articles.c.published_at)
    kind = case((tells_the_same(related), literal(RelatedKind.STORY.value)), else_=related.c.kind)
    chosen = (
        select(kind.label("kind"), related.c.position, related.c.reasons, *columns)
        .join(articles, articles.c.id == related.c.target_id)
        .where(related.c.article_id == article, IS_PUBLISHED)
    )
    keys = bindparam("title_keys", sorted(title_keys), type_=Text(), expanding=True)
    source = literal(RelatedKind.SOURCE.value)
    by_title = select(source, literal(0), literal(""), *columns).where(articles.c.id.in_(named(article, keys)))
    rows = await connection.execute(union_all(chosen, by_title).order_by("kind", "position"))
    return [
        Target(
            kind=RelatedKind(row.kind),
            article_id=ArticleId(row.id),
            title=row.title,
            title_key=row.title_key,
            published_at=instant(row.published_at),
            reasons=row.reasons,
        )
        for row in rows
    ]


def named(article: ArticleId | BindParameter[int], keys: BindParameter[str]) -> Select[int]:
    """Return a query for the published articles that bear the titles, the newest of each; never the article itself."""
    bearer = articles.alias()
    return (
        select(func.max(bearer.c.id))
        .where(bearer.c.title_key.in_(keys), bearer.c.id != article, bearer.c.state == text("'published'"))
        .group_by(bearer.c.title_key)
    )


def tells_the_same(row: FromClause) -> ColumnElement[bool]:
    """Return whether a row of related is of a similar article that tells the same story."""
    own, other = story_members.alias(), story_members.alias()
    both = select(own.c.article_id).join(other, other.c.story_id == own.c.story_id)
    both = both.where(own.c.article_id == row.c.article_id, other.c.article_id == row.c.target_id)
    return (row.c.kind == text("'similar'")) & both.exists()


async def reasons(connection: AsyncConnection, ids: Iterable[ArticleId]) -> Reasons:
    """Return the stored reasons of the similar articles of the given ones."""
    rows = await connection.execute(
        select(related.c.article_id, related.c.target_id, related.c.reasons).where(
            related.c.article_id.in_(ids), related.c.kind == RelatedKind.SIMILAR.value, related.c.reasons != ""
        )
    )
    return {(ArticleId(row.article_id), ArticleId(row.target_id)): row.reasons for row in rows}


async def store_similar(
    connection: AsyncConnection, lists: Mapping[ArticleId, Similar], why: Reasons | None = None
) -> None:
    """Replace the similar articles of each given article; those that were deleted meanwhile are left out."""
    similar = RelatedKind.SIMILAR.value
    await connection.execute(delete(related).where(related.c.article_id.in_(lists), related.c.kind == similar))
    ids = {*lists, *(target for found in lists.values() for target, _ in found)}
    there = set((await connection.execute(select(articles.c.id).where(articles.c.id.in_(ids)))).scalars())
    rows = [
        {
            "article_id": article,
            "kind": similar,
            "position": position,
            "target_id": target,
            "score": round(score * 1000),
            "reasons": (why or {}).get((article, target), ""),
        }
        for article, found in lists.items()
        for position, (target, score) in enumerate(found)
        if article in there and target in there
    ]
    if rows:
        await connection.execute(insert(related), rows)


async def chosen_by_editor(connection: AsyncConnection, article: ArticleId) -> list[ArticleId]:
    """Return the articles that an editor chose, in the order of choosing, whatever their state."""
    statement = select(related.c.target_id).where(_is_choice_of(article)).order_by(related.c.position)
    return [ArticleId(target) for target in (await connection.execute(statement)).scalars()]


async def choose(connection: AsyncConnection, article: ArticleId, target: ArticleId) -> None:
    """Add an editor's choice at the end; one that is there already stays where it is."""
    last = select(func.coalesce(func.max(related.c.position), 0) + 1).where(_is_choice_of(article)).scalar_subquery()
    values = {"article_id": article, "kind": RelatedKind.EDITOR.value, "position": last, "target_id": target}
    await connection.execute(insert_into(connection, related).values(values).on_conflict_do_nothing())


async def unchoose(connection: AsyncConnection, article: ArticleId, target: ArticleId) -> None:
    """Take an editor's choice back."""
    await connection.execute(delete(related).where(_is_choice_of(article), related.c.target_id == target))


def _is_choice_of(article: ArticleId) -> ColumnElement[bool]:
    return (related.c.article_id == article) & (related.c.kind == RelatedKind.EDITOR.value)
