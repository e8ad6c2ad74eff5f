"""Editions: what one slot delivers to readers of one language and one set of rubrics."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import NewType

from digests.articles import ArticleId, Headline
from digests.rubrics import Rubric

EditionId = NewType("EditionId", int)
CorrectionId = NewType("CorrectionId", int)


@dataclass(frozen=True, slots=True, kw_only=True)
class RubricPart:
    """A rubric's part of an edition, articles in reading order."""

    rubric: Rubric
    headlines: tuple[Headline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A main story of the day: one sentence from one article, intelligible alone."""

    article_id: ArticleId
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What was wrong in an article, for those who were sent it in the edition of a date."""

    id: CorrectionId
    article_id: ArticleId
    title: str
    text: str
    local_date: date


class Delay(StrEnum):
    """What made a digest late."""

    DOWN = "down"  # the program was not running
    FLOOD = "flood"  # the messenger took nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """Why an edition comes after its window: from when to when nothing could be sent, in the reader's time."""

    delay: Delay
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """An edition as stored: its articles and their order never change; titles follow corrections."""

    id: EditionId
    language: str
    local_date: date
    slot: time | None  # None for one made on demand
    until: datetime  # articles published up to this instant were considered
    stories: tuple[Story, ...]
    parts: tuple[RubricPart, ...]
    corrections: tuple[Correction, ...] = ()
    # The articles that one stands for in its story; only as it is composed.
    behind: Mapping[ArticleId, tuple[ArticleId, ...]] = field(default_factory=dict)
    late: Late | None = None  # only as it is delivered; nothing of it is stored

    @property
    def articles(self) -> tuple[ArticleId, ...]:
        """All articles in reading order."""
        return tuple(headline.id for part in self.parts for headline in part.headlines)

    @property
    def minutes(self) -> int:
        """Reading time in minutes."""
        return sum(headline.minutes for part in self.parts for headline in part.headlines)

    def after(self, article: ArticleId) -> ArticleId | None:
        """Return the article to read next; None after the last one or for one that is not in the edition."""
        order = self.articles
        if article not in order:
            return None
        position = order.index(article) + 1
        return order[position] if position < len(order) else None
