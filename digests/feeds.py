"""Sources that are polled: what is known of each, what one showed, and what editors are to be told."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from digests.articles import ArticleId, UserId
from digests.origins import Sourced
from digests.rubrics import RubricId

SourceId = NewType("SourceId", int)

TITLE_LIMIT = 80  # characters of a source's name that are kept
RECENT = timedelta(days=3)  # what a new source published before that is no news


class SourceKind(StrEnum):
    """How a source is read."""

    FEED = "feed"  # RSS or Atom
    WORDPRESS = "wordpress"  # the site's REST API


class SourceState(StrEnum):
    """Whether a source is polled. A deleted one is remembered, so that adding it again brings nothing twice."""

    ON = "on"
    OFF = "off"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source as stored. `etag` and `last_modified` are what it said of its last answer, to be sent back to it."""

    id: SourceId
    kind: SourceKind
    url: str
    title: str
    site: str
    state: SourceState
    off_reason: str
    is_trusted: bool
    rubric_id: RubricId | None
    etag: str
    last_modified: str
    modified_after: datetime | None
    polled_at: datetime | None
    next_poll_at: datetime
    failures: int
    failure: str
    added_by: UserId
    added_at: datetime

    @property
    def is_new(self) -> bool:
        """Whether it never answered yet."""
        return self.polled_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An article as a source shows it.

    `key` is the source's own name for it. A teaser is only the beginning of a text whose whole is at its address.
    `content_hash` differs when the words do.
    """

    key: str
    link_key: str
    sourced: Sourced
    content_hash: str
    is_teaser: bool = False
    modified_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """An item of which only the name is looked at: older than what is read in full."""

    key: str
    link_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a source showed at once: the newest items, newest first, and the names of the others.

    `pause` is how long the source itself wants to be left alone.
    """

    title: str
    items: tuple[Item, ...]
    others: tuple[Sighting, ...] = ()
    pause: timedelta = timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """A source found at an address."""

    kind: SourceKind
    url: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What came of polls since editors were told last.

    `held` and `refused` count by reason what a trusted source did not get published, and what became no draft.
    """

    drafts: int = 0
    published: int = 0
    older: int = 0  # seen at the first look, not taken
    held: Mapping[str, int] = field(default_factory=dict)
    refused: Mapping[str, int] = field(default_factory=dict)
    changed: tuple[ArticleId, ...] = ()  # the source changed them after somebody here did
    off: str = ""  # why it was switched off

    def __bool__(self) -> bool:
        """Return whether there is anything to tell."""
        return self != Notice()

    def __add__(self, other: "Notice") -> "Notice":
        """Return both in one."""
        return Notice(
            drafts=self.drafts + other.drafts,
            published=self.published + other.published,
            older=self.older + other.older,
            held=_sum(self.held, other.held),
            refused=_sum(self.refused, other.refused),
            changed=tuple(dict.fromkeys((*self.changed, *other.changed))),
            off=other.off or self.off,
        )

    def dump(self) -> str:
        """Return the notice as JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def load(cls, text: str) -> "Notice":
        """Return the notice that `dump` wrote."""
        values = json.loads(text)
        return cls(**{**values, "changed": tuple(ArticleId(number) for number in values["changed"])})


def _sum(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {reason: one.get(reason, 0) + other.get(reason, 0) for reason in {**one, **other}}
