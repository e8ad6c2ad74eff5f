"""Readers and what they chose."""

from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum
from typing import NewType

from digests.rubrics import Choice

ReaderId = NewType("ReaderId", int)
ChatId = NewType("ChatId", int)

EVERY_DAY = 0b1111111  # bit 0 is Monday


class ReaderState(StrEnum):
    """Whether digests go out to a reader, and if not, why."""

    NEW = "new"  # pressed /start, has not finished the three steps; gets digests with the defaults
    ACTIVE = "active"
    PAUSED = "paused"  # until `paused_until`, or until they say so when that is None
    STOPPED = "stopped"  # said /stop
    PARKED = "parked"  # blocked the bot or cannot be reached; settings are kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When a reader wants the digest, in their own local time."""

    zone: str  # an IANA name, or a fixed offset as "UTC+05:30"
    time: time
    days: int = EVERY_DAY  # bit 0 is Monday


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """All that a reader can choose."""

    language: str
    schedule: Schedule
    rubrics: Choice = field(default_factory=Choice)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A subscriber: a private chat."""

    id: ReaderId
    chat_id: ChatId
    state: ReaderState
    preferences: Preferences
    paused_until: datetime | None
    covered_until: datetime  # articles published after this instant are news to the reader
    next_due: datetime | None  # None while nothing is to be sent
    joined_at: datetime
