"""Broadcasts: what an editor may send to readers at once, who is to get it, and how far it has come."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from digests.articles import ArticleId, UserId
from digests.deliveries import BroadcastId
from digests.readers import ChatId
from digests.rubrics import RubricId

HOLD = timedelta(seconds=60)  # between the editor's word and the first message
DELETABLE = timedelta(hours=48)  # Bot API, deleteMessage
TITLE_LIMIT = 120  # characters


class Kind(StrEnum):
    """What a broadcast consists of."""

    DIGEST = "digest"
    ANNOUNCEMENT = "announcement"


class Pause(StrEnum):
    """Why a broadcast rests."""

    EDITOR = "editor"
    REFUSALS = "refusals"  # one message after another was refused
    ERRORS = "errors"  # too large a share of a minute's messages was


class Fate(StrEnum):
    """What became of a message that was taken back."""

    DELETED = "deleted"
    EDITED = "edited"  # too old to be deleted: a line says that it was taken back
    KEPT = "kept"  # neither was possible


class Phase(StrEnum):
    """Where a broadcast is. It follows from its rows and what editors said; only that is stored."""

    HELD = "held"  # an announcement before its time
    RUNNING = "running"
    PAUSED = "paused"  # by an editor
    PARKED = "parked"  # by itself, because too much was refused
    STOPPED = "stopped"
    RECALLING = "recalling"
    RECALLED = "recalled"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Copied:
    """A message that readers get a copy of."""

    chat: ChatId
    message: int
    is_paid: bool = False  # as it is delivered: faster, for Telegram Stars


@dataclass(frozen=True, slots=True)
class Told:
    """A published article that readers get the first page of."""

    article: ArticleId


Content = Copied | Told


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is to get an announcement: the readers of a rubric (None: all), without those who got it before."""

    rubric: RubricId | None = None
    served_by: tuple["Earlier", ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """A broadcast of the same article; its rows are found by their key."""

    local_date: str
    slot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How many readers an announcement goes to, and how many it does not, by the reason."""

    readers: int
    paused: int = 0
    stopped: int = 0
    parked: int = 0
    other_rubrics: int = 0
    served: int = 0  # have got this article already, or are about to


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What an editor sends: its content, and whose readers get it."""

    content: Content
    title: str
    author: UserId
    rubric: RubricId | None = None  # None: all; an article's own rubric is put in when it is begun
    is_paid: bool = False  # an editor has agreed to pay Telegram Stars for its being sent faster


@dataclass(frozen=True, slots=True)
class Card:
    """A message of an editor's chat that shows a broadcast."""

    broadcast: BroadcastId
    chat: ChatId
    message: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A broadcast as its rows show it."""

    id: BroadcastId
    kind: Kind
    title: str  # empty for a digest
    author: UserId | None
    starts_at: datetime
    created_at: datetime
    paused: Pause | None
    share: int | None  # percent that failed when it was parked
    stopped: bool
    recalled: bool
    entering: bool  # readers are still being entered
    counts: dict[str, int] = field(default_factory=dict)  # rows by state
    last_at: datetime | None = None  # when the last row was done with

    @property
    def open(self) -> int:
        """How many rows are still to be sent."""
        return self.counts.get("pending", 0) + self.counts.get("sending", 0)

    @property
    def delivered(self) -> int:
        """How many messages went out, those taken back included."""
        return self.counts.get("sent", 0) + self.counts.get("recalled", 0)

    @property
    def total(self) -> int:
        """How many readers it is for; those accounted for without a try are not among them."""
        return sum(self.counts.values()) - self.counts.get("skipped", 0)

    @property
    def done(self) -> int:
        """How many of them are through, one way or another."""
        return self.total - self.open

    def phase(self, now: datetime) -> Phase:
        """Return where it is."""
        if self.recalled:
            is_over = not self.open and not self.counts.get("sent", 0)
            return Phase.RECALLED if is_over else Phase.RECALLING
        if self.stopped:
            return Phase.STOPPED
        if not self.open and not self.entering:
            return Phase.FINISHED
        if self.paused:
            return Phase.PAUSED if self.paused is Pause.EDITOR else Phase.PARKED
        return Phase.HELD if self.kind is Kind.ANNOUNCEMENT and now < self.starts_at else Phase.RUNNING
