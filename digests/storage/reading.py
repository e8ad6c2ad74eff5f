"""What a tap on a page needs to know besides the page's text, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ScalarSelect, Select, Text, bindparam, exists, func, null, select, text, union
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.articles import ArticleId, ArticleState
from digests.editions import EditionId
from digests.readers import ReaderId
from digests.rubrics import Rubric, RubricId
from digests.storage.instants import instant, instant_or_none
from digests.storage.related import named
from digests.storage.schema import articles, edition_articles, related, rubrics, saved
from digests.storage.stories import OTHERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """An article's outside at this moment."""

    state: ArticleState
    revision: int
    title: str
    rubric: Rubric | None
    published_at: datetime | None
    updated_at: datetime
    is_saved: bool  # by the reader who looks
    next_article: ArticleId | None  # in the edition they read, withdrawn ones left out
    targets: int  # published articles that are related in any way
    others: int  # published articles that tell the same story
    linked: int  # of the titles asked about, those that a published article bears


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """Who looks at an article, and where."""

    reader: ReaderId | None = None
    edition: EditionId | None = None


async def glance(
    connection: AsyncConnection, article: ArticleId, looking: Looking, title_keys: Sequence[str]
) -> Glance | None:
    """Return the outside of an article in any state; `title_keys` are the titles in its source's tail."""
    parameters = {
        "article": article,
        "reader": looking.reader,
        "edition": looking.edition,
        "title_keys": sorted(title_keys),
    }
    row = (await connection.execute(_GLANCE, parameters)).one_or_none()
    if row is None:
        return None
    rubric = None if row.rubric_id is None else Rubric(id=RubricId(row.rubric_id), name=row.name, emoji=row.emoji)
    return Glance(
        state=ArticleState(row.state),
        revision=row.revision,
        title=row.title,
        rubric=rubric,
        published_at=instant_or_none(row.published_at),
        updated_at=instant(row.updated_at),
        is_saved=bool(row.is_saved),
        next_article=None if row.next_article is None else ArticleId(row.next_article),
        targets=row.targets,
        others=row.others,
        linked=row.linked,
    )


_ARTICLE = bindparam("article", type_=BigInteger)
_EDITION = bindparam("edition", type_=BigInteger)
_READER = bindparam("reader", type_=BigInteger)
_TITLE_KEYS = bindparam("title_keys", type_=Text(), expanding=True)


def _next_article() -> ScalarSelect[Any]:
    here, there = edition_articles.alias("here"), edition_articles.alias("there")
    position = (
        select(func.min(here.c.position))
        .where(here.c.edition_id == _EDITION, here.c.article_id == _ARTICLE)
        .scalar_subquery()
    )
    following = articles.alias("following")
    return (
        select(there.c.article_id)
        .join(following, following.c.id == there.c.article_id)
        .where(there.c.edition_id == _EDITION, there.c.position > position)
        .where(following.c.state == text("'published'"))
        .order_by(there.c.position)
        .limit(1)
        .scalar_subquery()
    )


def _targets() -> ScalarSelect[Any]:
    target = articles.alias("target")
    chosen = (
        select(target.c.id)
        .join(related, related.c.target_id == target.c.id)
        .where(related.c.article_id == _ARTICLE, target.c.state == text("'published'"))
    )
    both = union(chosen, named(_ARTICLE, _TITLE_KEYS)).subquery()
    return select(func.count()).select_from(both).scalar_subquery()


def _statement() -> Select[Any]:
    is_saved = exists(select(null()).where(saved.c.reader_id == _READER, saved.c.article_id == _ARTICLE))
    linked = select(func.count()).select_from(named(_ARTICLE, _TITLE_KEYS).subquery()).scalar_subquery()
    columns = (articles.c.state, articles.c.revision, articles.c.title, articles.c.published_at, articles.c.updated_at)
    return (
        select(
            *columns,
            articles.c.rubric_id,
            rubrics.c.name,
            rubrics.c.emoji,
            is_saved.label("is_saved"),
            _next_article().label("next_article"),
            _targets().label("targets"),
            OTHERS.label("others"),
            linked.label("linked"),
        )
        .outerjoin(rubrics, rubrics.c.id == articles.c.rubric_id)
        .where(articles.c.id == _ARTICLE)
    )


_GLANCE = _statement()
