"""Service: messages of editors become drafts, part by part, whatever order and however often they come."""

import asyncio
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncConnection

from digests import guiding, sameness
from digests.articles import Article, ArticleId, ArticleState, Draft, TitleOrigin, UserId
from digests.clock import Clock
from digests.collecting import Arrival, Part, open_until, rest_until, takes
from digests.errors import ArticleMissing, DraftChanged, EmptyText
from digests.origins import Origin
from digests.rules import Source, named_origin, source_of
from digests.sections import Cut
from digests.storage import articles, marks, origins, parts
from digests.storage.engine import Database, alone
from digests.storage.instants import seconds_or_none

ATTEMPTS = 20  # times that another program may change the author's drafts between our look and our write
NOTHING = Draft(title="", title_origin=TitleOrigin.DERIVED, lead=(), sections=(), removed=(), source_links=())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """What an author's desk holds at the moment when a part comes."""

    known: ArticleId | None  # the article that has this very message already
    left_open: tuple[ArticleId, int] | None  # the draft that was not closed, and its revision
    draft: Article | None  # the same draft if it takes the part
    parts: tuple[Part, ...] = ()
    origin: Origin | None = None  # where that draft is from


@dataclass(frozen=True, slots=True)
class _Text:
    """What came, how it is cut with what was there before, and where it is from."""

    part: Part
    content: Cut
    source: Source
    origin: Origin | None


class Intake:
    """Drafts while they are being pasted. Nothing about them is kept in memory."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._turn = asyncio.Lock()  # parts of one paste come all at once; each is to be cut with those before it

    async def begin(self, author: UserId) -> Article:
        """Open an empty draft that collects everything until it is finished; an open empty one is reused."""
        async with self._database.write() as connection:
            await alone(connection, _matter(author))
            draft = await articles.find_open(connection, author)
            if draft is None or not draft.collects_all or not is_empty(draft):
                await articles.close_others(connection, author)
                values = {**articles.content_values(NOTHING), "collecting_all": 1}
                number = await articles.add(connection, author, self._clock.now(), values)
                draft = await articles.find(connection, number)
            return _there(draft)

    async def collecting(self, author: UserId, arrival: Arrival = Arrival.TEXT) -> Article | None:
        """Return the draft that the author's next plain text, or what arrives otherwise, would be added to."""
        async with self._database.read() as connection:
            draft = await articles.find_open(connection, author)
            have = await parts.parts_of(connection, draft.id) if draft else []
        return draft if draft and takes(draft, have, arrival, self._clock.now()) else None

    async def submit(self, author: UserId, part: Part, origin: Origin | None = None) -> Article:
        """Add the part to the draft that takes it, or open a new draft; all of the draft is cut anew.

        A draft keeps where it was first taken from; a text may name that itself. A message that an article has
        already changes nothing. Raises EmptyText, NoLetters or TextTooLong, and then nothing is stored.
        """
        origin = origin or named_origin(part.blocks)
        async with self._turn:
            for _ in range(ATTEMPTS):
                async with self._database.read() as connection:
                    desk = await self._look(connection, author, part)
                    if desk.known is not None:
                        return _there(await articles.find(connection, desk.known))
                guiding.check_length([*desk.parts, part])
                source = source_of(desk.origin or origin, author)
                known = desk.draft.id if desk.draft else None
                content = await guiding.cut(self._database, [*desk.parts, part], source, known)
                stored = await self._store(author, desk, _Text(part, content, source, origin))
                if stored is not None:
                    return stored
        raise DraftChanged

    async def finish(self, author: UserId) -> Article | None:
        """Close the author's open draft; None if there is none. Raises EmptyText for an empty one, which stays open."""
        async with self._database.read() as connection:
            left_open = await articles.open_revision(connection, author)
        return None if left_open is None else await self.close(left_open[0])

    async def close(self, article: ArticleId) -> Article:
        """Let a draft take no further parts; closing it again changes nothing. Raises ArticleMissing or EmptyText."""
        async with self._database.write() as connection:
            draft = _there(await articles.find(connection, article))
            if is_empty(draft):
                raise EmptyText
            await articles.close(connection, article)
            return _there(await articles.find(connection, article))

    async def await_rest(self, article: Article, part: Part, editor: UserId) -> Article:
        """Let a draft whose text an editor just replaced take the rest, if the messenger may have cut the text.

        It is theirs then: their messages are what is waited for.
        """
        until = rest_until(part)
        if article.state is not ArticleState.DRAFT or until is None:
            return article
        async with self._database.write() as connection:
            await alone(connection, _matter(editor))
            await articles.close_others(connection, editor, article.id)
            await articles.keep_open(connection, article.id, editor, until)
            return _there(await articles.find(connection, article.id))

    async def _look(self, connection: AsyncConnection, author: UserId, part: Part) -> _Desk:
        known = await parts.article_with(connection, author, part.message_id)
        draft = await articles.find_open(connection, author)
        left_open = (draft.id, draft.revision) if draft else None
        have = await parts.parts_of(connection, draft.id) if draft else []
        if draft is None or not takes(draft, have, part.arrival, part.received_at):
            return _Desk(known=known, left_open=left_open, draft=None)
        origin = await origins.find(connection, draft.id)
        return _Desk(known=known, left_open=left_open, draft=draft, parts=tuple(have), origin=origin)

    async def _store(self, author: UserId, desk: _Desk, text: _Text) -> Article | None:
        """Write what was made of the desk as it was seen; None if it changed meanwhile."""
        part, content = text.part, text.content.draft
        whole = content if desk.draft is None else recut(desk.draft, content)
        values = await asyncio.to_thread(articles.content_values, whole)
        told = await asyncio.to_thread(lambda: sameness.marks(sameness.words_of(whole)))
        async with self._database.write() as connection:
            await alone(connection, _matter(author))
            known = await parts.article_with(connection, author, part.message_id)
            if known is not None or await articles.open_revision(connection, author) != desk.left_open:
                return None
            now, until = self._clock.now(), {"collecting_until": seconds_or_none(open_until(part))}
            if desk.draft is None:
                await articles.close_others(connection, author)
                number = await articles.add(connection, author, now, values | until)
            else:
                number = desk.draft.id
                await articles.change(
                    connection, desk.draft, now, values if desk.draft.collects_all else values | until
                )
            if text.origin is not None and desk.origin is None:
                await origins.add(connection, {number: text.origin})
            await parts.add(connection, number, part)
            await guiding.keep(connection, number, text.source, text.content)
            await marks.put(connection, number, told)
            return await articles.find(connection, number)


def recut(article: Article, content: Draft) -> Article:
    """Return the article with another text; a title of the editor's own stays."""
    keeps_title = article.title_origin is TitleOrigin.EDITOR
    return replace(
        article,
        title=article.title if keeps_title else content.title,
        title_origin=article.title_origin if keeps_title else content.title_origin,
        lead=content.lead,
        sections=content.sections,
        removed=content.removed,
        source_links=content.source_links,
    )


def is_empty(article: Article) -> bool:
    """Return whether nothing was put into a draft yet."""
    return not (article.title or article.characters or article.removed)


def _there(article: Article | None) -> Article:
    if article is None:
        raise ArticleMissing
    return article


def _matter(author: UserId) -> str:
    return f"drafts of {author}"
