"""Copies of articles cut into pages, kept in memory: the text of a revision never changes."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass

from digests.articles import Article, ArticleId, SourceLink
from digests.errors import ArticleMissing
from digests.pages import Page, pages
from digests.storage import articles
from digests.storage.engine import Database
from digests.summaries import reading_minutes
from digests.words import normalized_title

MOST = 500  # articles
MOST_CHARACTERS = 4_000_000  # of all copies; one takes about 15 bytes a character


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """An article at one revision, ready to be read."""

    revision: int
    title: str
    section_titles: tuple[str, ...]
    pages: tuple[tuple[Page, ...], ...]  # by section
    links: dict[str, SourceLink]  # the titles of the source's tail by their keys, once each, never the article's own
    characters: int
    minutes: int


class Copies:
    """The copies used last, within the bounds; a copy is made once however many readers wait for it."""

    def __init__(self, database: Database, most: int = MOST, most_characters: int = MOST_CHARACTERS) -> None:
        self._database = database
        self._most = most
        self._most_characters = most_characters
        self._kept: OrderedDict[ArticleId, Copy] = OrderedDict()
        self._characters = 0
        self._turn = asyncio.Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def known(self, article: ArticleId) -> Copy | None:
        """Return the copy that is kept, of whatever revision."""
        copy = self._kept.get(article)
        if copy is not None:
            self._kept.move_to_end(article)
        return copy

    async def fetched(self, article: ArticleId, revision: int) -> Copy:
        """Return a copy at the revision or a later one, from the database if need be. Raises ArticleMissing."""
        async with self._turn:
            kept = self._kept.get(article)
            if kept is not None and kept.revision >= revision:
                return kept
            async with self._database.read() as connection:
                found = await articles.find(connection, article)
            if found is None:
                raise ArticleMissing
            copy = await asyncio.to_thread(copy_of, found)
            self._put(article, copy)
            return copy

    def _put(self, article: ArticleId, copy: Copy) -> None:
        self._drop(article)
        while self._kept and (len(self) >= self._most or self._characters + copy.characters > self._most_characters):
            self._drop(next(iter(self._kept)))
        self._kept[article] = copy
        self._characters += copy.characters

    def _drop(self, article: ArticleId) -> None:
        dropped = self._kept.pop(article, None)
        if dropped is not None:
            self._characters -= dropped.characters


def copy_of(article: Article) -> Copy:
    """Return an article cut into pages."""
    links: dict[str, SourceLink] = {}
    for link in article.source_links:
        links.setdefault(normalized_title(link.title), link)
    for key in ("", normalized_title(article.title)):
        links.pop(key, None)
    return Copy(
        revision=article.revision,
        title=article.title,
        section_titles=tuple(section.title for section in article.sections) or ("",),
        pages=pages(article),
        links=links,
        characters=article.characters,
        minutes=reading_minutes(article.characters),
    )
