"""What follows in the index of similar articles from a change of one: its terms, lists of similar ones, reasons."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncConnection

from digests.articles import Article, ArticleId
from digests.blocks import plain
from digests.storage import related, terms

Found = list[tuple[ArticleId, float]]  # similar articles with their likeness, best first


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """What is to be stored with a change of an article, in one transaction."""

    lists: Mapping[ArticleId, Found] = field(default_factory=dict)
    reasons: related.Reasons = field(default_factory=dict)
    record: bytes | None = None  # the article's terms; None when readers see it no more
    is_listed: bool = True  # whether the lists were made
    near: frozenset[ArticleId] = frozenset()  # whose lists have the article, and those in its own


async def store(connection: AsyncConnection, article: ArticleId, revision: int, following: Following) -> None:
    """Store what follows from the change that brought an article to a revision."""
    if following.record is None:
        await terms.drop(connection, article)
    else:
        made = {article: (revision, following.record)}
        await terms.put_all(connection, made, is_listed=following.is_listed)
    if following.lists:
        await related.store_similar(connection, following.lists, following.reasons)


def text_of(article: Article) -> str:
    """Return all that readers read below the title, the lead first."""
    parts = [plain(article.lead)]
    for section in article.sections:
        parts += [section.title, plain(section.blocks)]
    return "\n".join(part for part in parts if part)
