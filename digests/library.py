"""Service: what readers see, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from digests.articles import ArticleId, ArticleState, Headline, Related, RelatedKind, SourceLink
from digests.blocks import Block
from digests.briefing import briefed
from digests.clock import Clock
from digests.copies import Copies, Copy
from digests.editions import Edition, EditionId
from digests.errors import ArticleMissing, EditionMissing
from digests.pages import locate
from digests.readers import ReaderId
from digests.rubrics import Choice, Rubric
from digests.storage import articles, editions, related, rubrics, saved, stories
from digests.storage.engine import Database
from digests.storage.reading import Glance, Looking, glance
from digests.storage.stories import Telling

RELATED_LIMIT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPage:
    """A page of a section of an article, and where one can go from it. Sections and pages are counted from 0."""

    article_id: ArticleId
    state: ArticleState
    title: str
    rubric: Rubric | None
    published_at: datetime | None
    corrected_at: datetime | None  # the last change after the publication
    section: int
    sections: int
    page: int
    pages: int
    section_title: str
    blocks: tuple[Block, ...]
    next: tuple[int, int] | None  # section and page
    previous: tuple[int, int] | None
    next_article: ArticleId | None  # in the edition
    related_count: int
    saved: bool
    minutes: int
    others: int = 0  # published articles that tell the same story


class Library:
    """Published articles for reading, and drafts for those who may see them."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._copies = Copies(database)

    async def page(
        self,
        article: ArticleId,
        section: int,
        page: int,
        *,
        edition: EditionId | None = None,
        reader: ReaderId | None = None,
        drafts: bool = False,
    ) -> SectionPage:
        """Return a page of an article; a section or page that does not exist gives the nearest that does.

        A withdrawn article has no text, but leads on. Raises ArticleMissing, for a draft too unless `drafts`.
        """
        seen, copy = await self._look(article, Looking(reader=reader, edition=edition), drafts=drafts)
        if copy is None:
            return _withdrawn(article, seen)
        return _page(article, copy, seen, (section, page))

    async def related(
        self, article: ArticleId, limit: int = RELATED_LIMIT, *, drafts: bool = False
    ) -> tuple[Related, ...]:
        """Return what goes with an article: the editor's choice, its source's titles, similar texts, its own story.

        Only published articles are linked, none twice and never the article itself; a title that no published article
        bears comes without a link to one. Raises ArticleMissing, for a draft too unless `drafts`.
        """
        _, copy = await self._look(article, Looking(), drafts=drafts)
        if copy is None:
            return ()
        async with self._database.read() as connection:
            found = await related.targets(connection, article, copy.links)
        return _merged(copy, found)[:limit]

    async def story(self, article: ArticleId, *, offset: int, limit: int) -> tuple[list[Telling], int]:
        """Return the other published articles on an article's story, newest first, and how many there are."""
        async with self._database.read() as connection:
            return await stories.chain(connection, article, offset, limit)

    async def edition(self, edition: EditionId) -> Edition:
        """Return an edition; its headlines follow corrections, withdrawn ones are left out. Raises EditionMissing."""
        async with self._database.read() as connection:
            found = await editions.find(connection, edition)
        if found is None:
            raise EditionMissing
        return await briefed(self._database, found)

    async def latest(self, choice: Choice, *, offset: int, limit: int) -> tuple[list[Headline], int]:
        """Return published articles of the chosen rubrics, newest first, and how many there are."""
        async with self._database.read() as connection:
            return await articles.latest(connection, choice, offset, limit)

    async def saved(self, reader: ReaderId, *, offset: int, limit: int) -> tuple[list[Headline], int]:
        """Return what the reader keeps, last kept first, and how many there are; withdrawn ones are left out."""
        async with self._database.read() as connection:
            return await saved.kept(connection, reader, offset, limit)

    async def keep(self, reader: ReaderId, article: ArticleId, on: bool) -> None:
        """Keep an article for the reader or let it go; repeating it changes nothing.

        Raises ArticleMissing when one is to be kept that is not published.
        """
        async with self._database.write() as connection:
            if not on:
                await saved.drop(connection, reader, article)
            elif await articles.headlines(connection, [article]):
                await saved.keep(connection, reader, article, self._clock.now())
            else:
                raise ArticleMissing

    async def rubrics(self) -> tuple[Rubric, ...]:
        """Return all rubrics in their order."""
        async with self._database.read() as connection:
            return await rubrics.all_rubrics(connection)

    async def _look(self, article: ArticleId, looking: Looking, *, drafts: bool) -> tuple[Glance, Copy | None]:
        """Return the article's outside and its text at the same revision; without the text of a withdrawn one."""
        copy = self._copies.known(article)
        seen = await self._glance(article, looking, copy, drafts=drafts)
        while copy is None or copy.revision != seen.revision:
            if seen.state is ArticleState.WITHDRAWN and not drafts:
                return seen, None
            copy = await self._copies.fetched(article, seen.revision)
            seen = await self._glance(article, looking, copy, drafts=drafts)
        return seen, None if seen.state is ArticleState.WITHDRAWN and not drafts else copy

    async def _glance(self, article: ArticleId, looking: Looking, copy: Copy | None, *, drafts: bool) -> Glance:
        async with self._database.read() as connection:
            seen = await glance(connection, article, looking, tuple(copy.links) if copy else ())
        if seen is None or (seen.state is ArticleState.DRAFT and not drafts):
            raise ArticleMissing
        return seen


def _page(article: ArticleId, copy: Copy, seen: Glance, wanted: tuple[int, int]) -> SectionPage:
    section, page = locate(copy.pages, *wanted)
    here = copy.pages[section]
    following = (section, page + 1) if page + 1 < len(here) else (section + 1, 0)
    preceding = (section, page - 1) if page else (section - 1, len(copy.pages[section - 1]) - 1)
    return SectionPage(
        article_id=article,
        state=seen.state,
        title=copy.title,
        rubric=seen.rubric,
        published_at=seen.published_at,
        corrected_at=_corrected_at(seen),
        section=section,
        sections=len(copy.pages),
        page=page,
        pages=len(here),
        section_title=copy.section_titles[section],
        blocks=here[page],
        next=following if following[0] < len(copy.pages) else None,
        previous=preceding if preceding[0] >= 0 else None,
        next_article=seen.next_article,
        related_count=min(RELATED_LIMIT, seen.targets + len(copy.links) - seen.linked),
        others=seen.others,
        saved=seen.is_saved,
        minutes=copy.minutes,
    )


def _withdrawn(article: ArticleId, seen: Glance) -> SectionPage:
    return SectionPage(
        article_id=article,
        state=seen.state,
        title=seen.title,
        rubric=seen.rubric,
        published_at=seen.published_at,
        corrected_at=None,
        section=0,
        sections=1,
        page=0,
        pages=1,
        section_title="",
        blocks=(),
        next=None,
        previous=None,
        next_article=seen.next_article,
        related_count=0,
        saved=seen.is_saved,
        minutes=1,
    )


def _corrected_at(seen: Glance) -> datetime | None:
    is_corrected = seen.published_at is not None and seen.updated_at > seen.published_at
    return seen.updated_at if is_corrected and seen.state is ArticleState.PUBLISHED else None


def _merged(copy: Copy, found: Sequence[related.Target]) -> tuple[Related, ...]:
    """Return each target once, under the first kind that it comes under, and the titles that lead nowhere."""
    by_title = {target.title_key: target for target in found if target.kind is RelatedKind.SOURCE}
    tail: list[related.Target | SourceLink] = [by_title.get(key, link) for key, link in copy.links.items()]
    editor = [target for target in found if target.kind is RelatedKind.EDITOR]
    similar = [target for target in found if target.kind is RelatedKind.SIMILAR]
    same = [target for target in found if target.kind is RelatedKind.STORY]  # last: they have a list of their own
    entries: list[Related] = []
    listed: set[ArticleId] = set()
    for entry in (*editor, *tail, *similar, *same):
        if isinstance(entry, SourceLink):
            entries.append(Related(kind=RelatedKind.SOURCE, title=entry.title, href=entry.href))
        elif entry.article_id not in listed:
            listed.add(entry.article_id)
            entries.append(_linked(entry))
    return tuple(entries)


def _linked(target: related.Target) -> Related:
    return Related(
        kind=target.kind,
        title=target.title,
        article_id=target.article_id,
        published_at=target.published_at,
        reasons=target.reasons,
    )
