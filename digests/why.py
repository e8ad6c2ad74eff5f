"""Why a reader has or has not got today's digest: the truth, from the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from digests import schedule as times
from digests.deliveries import Delivery, DeliveryState, Skip
from digests.readers import Reader, ReaderState
from digests.zones import zone


class WhyReason(StrEnum):
    """What became of today's digest."""

    SENT = "sent"
    WAITING = "waiting"  # today's slot is still to come
    ON_ITS_WAY = "on_its_way"  # planned and not sent yet
    NO_NEWS = "no_news"
    LATE = "late"  # the program was down for too long after the slot
    PAUSED = "paused"
    STOPPED = "stopped"
    NOT_TODAY = "not_today"  # not a day of the week that the reader chose
    JOINED_LATER = "joined_later"  # the reader came after today's slot
    CHANGED_LATER = "changed_later"  # came back, or chose this time, zone or day, after today's slot
    UNREACHABLE = "unreachable"
    FAILED = "failed"  # refused by the messenger
    CANCELLED = "cancelled"  # an editor stopped it
    MISSED = "missed"  # should have been planned and was not


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The answer: the slot it is about, when that was done with, and what comes next."""

    reason: WhyReason
    slot_at: datetime | None = None
    done_at: datetime | None = None
    next_due: datetime | None = None
    paused_until: datetime | None = None


def explained(reader: Reader, history: Sequence[Delivery], now: datetime) -> Why:
    """Return what became of the reader's digest of today, in their own zone; `history` begins with the newest."""
    match reader.state:
        case ReaderState.PAUSED:
            return Why(reason=WhyReason.PAUSED, next_due=reader.next_due, paused_until=reader.paused_until)
        case ReaderState.STOPPED:
            return Why(reason=WhyReason.STOPPED)
        case ReaderState.PARKED:
            return Why(reason=WhyReason.UNREACHABLE)
        case ReaderState.NEW | ReaderState.ACTIVE:
            return _of_today(reader, history, now)
        case _:
            assert_never(reader.state)


def _of_today(reader: Reader, history: Sequence[Delivery], now: datetime) -> Why:
    schedule = times.sound(reader.preferences.schedule)
    today = now.astimezone(zone(schedule.zone)).date()
    slot = times.slot_on(schedule, today)
    told = next((delivery for delivery in history if delivery.local_date == today), None)
    if slot and slot.at > now and reader.next_due == slot.at:
        return Why(reason=WhyReason.WAITING, slot_at=slot.at, next_due=reader.next_due)
    if told:
        reason = _told(told)
        return Why(reason=reason, slot_at=told.slot_at, done_at=told.done_at, next_due=reader.next_due)
    if slot is None:
        return Why(reason=WhyReason.NOT_TODAY, next_due=reader.next_due)
    return Why(reason=_untold(reader, slot.at, now), slot_at=slot.at, next_due=reader.next_due)


def _told(delivery: Delivery) -> WhyReason:
    match delivery.state:
        case DeliveryState.SENT | DeliveryState.UNKNOWN:  # of the latter we cannot know better
            return WhyReason.SENT
        case DeliveryState.RECALLED:
            return WhyReason.CANCELLED
        case DeliveryState.PENDING | DeliveryState.SENDING:
            return WhyReason.ON_ITS_WAY
        case DeliveryState.GONE:
            return WhyReason.UNREACHABLE
        case DeliveryState.FAILED:
            return WhyReason.FAILED
        case DeliveryState.SKIPPED:
            return _skipped(Skip(delivery.reason or Skip.LATE))
        case _:
            assert_never(delivery.state)


def _skipped(reason: Skip) -> WhyReason:
    match reason:
        case Skip.NO_NEWS:
            return WhyReason.NO_NEWS
        case Skip.LATE:
            return WhyReason.LATE
        case Skip.STOPPED | Skip.PAUSED | Skip.UNREACHABLE:  # and served again since
            return WhyReason.CHANGED_LATER
        case Skip.CANCELLED | Skip.WITHDRAWN:
            return WhyReason.CANCELLED
        case _:
            assert_never(reason)


def _untold(reader: Reader, slot_at: datetime, now: datetime) -> WhyReason:
    if reader.next_due is None:
        return WhyReason.MISSED
    if reader.next_due <= now:
        return WhyReason.ON_ITS_WAY
    return WhyReason.JOINED_LATER if reader.joined_at >= slot_at else WhyReason.CHANGED_LATER
