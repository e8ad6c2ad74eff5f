"""Articles: what a draft, a published and a withdrawn article consist of."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from digests.blocks import Block, Span
from digests.rubrics import RubricId

ArticleId = NewType("ArticleId", int)
UserId = NewType("UserId", int)

NOBODY = UserId(0)  # the author of what was imported before there was an owner; Telegram has no such user

TITLE_LIMIT = 256  # characters; leaves a page of any section room for its text
HEADING_LIMIT = 160  # characters; what is longer is a paragraph


class ArticleState(StrEnum):
    """Where an article is in its life."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class TitleOrigin(StrEnum):
    """Where a title came from."""

    TEXT = "text"  # a line of the input, which is then no part of the body
    DERIVED = "derived"  # the first words of a text that has no title line; they stay in the body too
    EDITOR = "editor"  # typed by an editor


class RemovalReason(StrEnum):
    """Why a piece of the input is not shown to readers."""

    FURNITURE = "furniture"  # buttons and notices of the page it was copied from
    RELATED = "related"  # the tail of related articles, kept as source links
    REPEATED = "repeated"  # stands in other articles of the same source too
    EDITOR = "editor"  # an editor took it away


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A titled part of an article. An untitled one (`heading` empty) holds text that precedes any sub-heading."""

    heading: tuple[Span, ...] = ()
    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        """The sub-heading without its styles; empty when there is none."""
        return "".join(span.text for span in self.heading)


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """A piece of the input that readers will not see, shown to the editor."""

    block: Block
    reason: RemovalReason


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLink:
    """A title in the source's own tail of related articles."""

    title: str
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An input cut into its parts.

    title (unless derived) + lead + sections + removed equals the input, character for character but for white space
    and, of a list in HTML or Markdown, its markers.
    """

    title: str
    title_origin: TitleOrigin
    lead: tuple[Block, ...]
    sections: tuple[Section, ...]
    removed: tuple[Removed, ...]
    source_links: tuple[SourceLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article as stored. `revision` grows with every change that readers or editors can see."""

    id: ArticleId
    state: ArticleState
    revision: int
    rubric_id: RubricId | None
    title: str
    title_origin: TitleOrigin
    lead: tuple[Block, ...]
    sections: tuple[Section, ...]
    removed: tuple[Removed, ...]
    source_links: tuple[SourceLink, ...]
    summary: str
    author_id: UserId
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None
    collecting_until: datetime | None  # a draft takes further parts of a paste until then
    collects_all: bool = False  # every message belongs to the draft until its author says that it is done

    @property
    def characters(self) -> int:
        """The length of lead and sections, in characters."""
        blocks = [*self.lead, *(block for section in self.sections for block in section.blocks)]
        return sum(len(block.text) for block in blocks)

    @property
    def received(self) -> int:
        """The length of all that came, what was removed too, in characters without blank lines."""
        title = self.title if self.title_origin is TitleOrigin.TEXT else ""
        headings = sum(len(section.title) for section in self.sections)
        return len(title) + self.characters + headings + sum(len(removed.block.text) for removed in self.removed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """What lists show of an article, without its text."""

    id: ArticleId
    title: str
    rubric_id: RubricId
    summary: str  # one sentence
    minutes: int  # of reading, at least 1
    published_at: datetime
    brief: str = ""  # two sentences; empty until they are made
    others: int = 0  # published articles that tell the same story; only editions say so
    continues: bool = False  # the story was told on earlier days; only editions say so


class RelatedKind(StrEnum):
    """Who says that an article is related."""

    EDITOR = "editor"
    SOURCE = "source"
    SIMILAR = "similar"
    STORY = "story"  # a similar one that tells the same story; never stored, for stories change


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """An entry of the related list. `article_id` is None for a title of the source's tail that we do not have."""

    kind: RelatedKind
    title: str
    article_id: ArticleId | None = None
    href: str | None = None
    published_at: datetime | None = None
    reasons: str = ""  # words that two similar articles share
