"""Deliveries: the states a row of the ledger goes through, and the reasons it keeps."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from digests.editions import EditionId
from digests.readers import ReaderId

DeliveryId = NewType("DeliveryId", int)
BroadcastId = NewType("BroadcastId", int)

# Added to `not_before`, in seconds, while a broadcast is held or paused: its rows stay in their order, and the query
# that claims never sees them.
HELD = 100_000_000_000


class DeliveryState(StrEnum):
    """Where a delivery is; it goes from the first two to one of the rest, and a claim that ran out goes back."""

    PENDING = "pending"
    SENDING = "sending"  # claimed by a courier until its lease runs out
    SENT = "sent"
    GONE = "gone"  # the reader cannot be reached, and is parked
    FAILED = "failed"  # refused for another reason, or tried too often
    SKIPPED = "skipped"  # never tried; the reason says why
    UNKNOWN = "unknown"  # it left and no answer came; an editor decides whether it is sent again
    RECALLED = "recalled"  # sent, and taken back since; the reason says how far


class Skip(StrEnum):
    """Why a delivery was never tried."""

    NO_NEWS = "no_news"  # no new article in the reader's rubrics
    LATE = "late"  # the program was down for too long, or the next digest came first
    STOPPED = "stopped"  # the reader unsubscribed between planning and sending
    PAUSED = "paused"
    UNREACHABLE = "unreachable"  # the reader was parked meanwhile
    CANCELLED = "cancelled"  # an editor stopped the broadcast
    WITHDRAWN = "withdrawn"  # the article was withdrawn before its turn came


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A row of the ledger as its reader may see it."""

    local_date: date
    slot: str  # HH:MM of a digest
    slot_at: datetime
    state: DeliveryState
    reason: str | None
    done_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A delivery to be entered: owed (`skip` is None), or accounted for without being tried."""

    broadcast: BroadcastId
    reader: ReaderId
    local_date: date
    slot: str
    not_before: int  # seconds since 1970; see HELD
    edition: EditionId | None = None
    skip: Skip | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A delivery that a courier holds until its lease runs out (seconds since 1970)."""

    id: DeliveryId
    broadcast: BroadcastId
    reader: ReaderId
    edition: EditionId | None  # None: the broadcast is an announcement
    attempts: int  # before this one
    lease_until: int
    covers: int  # the last second whose articles the reader knows once it is sent; 0 for an announcement


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of a claimed delivery. PENDING means: again, not before that second."""

    claim: Claim
    state: DeliveryState
    reason: str | None = None
    attempts: int = 1  # how many this one counts for
    message_id: int | None = None
    not_before: int | None = None
