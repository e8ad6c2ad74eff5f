"""Due times: what a local time of day on chosen weekdays means as instants, across gaps and folds of local clocks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from digests import zones
from digests.errors import BadTime, NoDays, UnknownZone
from digests.readers import EVERY_DAY, Schedule
from digests.schedule_words import AFTER_NOON, AROUND, BEFORE_NOON

DAY = timedelta(days=1)
# Twice a week and a little: a slot a week away may fall on a date that its zone skipped, as Samoa did 2011-12-30.
HORIZON_DAYS = 16

_GLUED = re.compile(r"(?<=\d)(?=[^\W\d])|(?<=[^\W\d])(?=\d)")  # between a number and a word, as in "8am"
_TIME = re.compile(r"(\d{1,2})(?:[:.\- ](\d{2}))?|(\d{2})(\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """One occurrence of a schedule: the local date it belongs to and its instant.

    The instant's own local date may be a day later: where clocks jump over midnight, the last slot of a date is the
    first minute of the next one.
    """

    local_date: date
    at: datetime


def parse_time(text: str) -> time:
    """Return the time of day in a text: "8", "8:00", "08.30", "8 30", "0830", with words for "at", "hours", "a.m.".

    Raises BadTime.
    """
    words = _GLUED.sub(" ", text.lower()).split()
    digits = " ".join(word for word in words if word not in AROUND | BEFORE_NOON | AFTER_NOON)
    match = _TIME.fullmatch(digits)
    if not match:
        raise BadTime(text)
    hours, minutes = int(match[1] or match[3]), int(match[2] or match[4] or 0)
    if AFTER_NOON.intersection(words) and hours < 12:
        hours += 12
    elif BEFORE_NOON.intersection(words) and hours == 12:
        hours = 0
    if hours > 23 or minutes > 59:
        raise BadTime(text)
    return time(hours, minutes)


def minutes_of(local: time) -> int:
    """Return a time of day as minutes after midnight, as it is stored."""
    return local.hour * 60 + local.minute


def time_of(minutes: int) -> time:
    """Return the time of day that is so many minutes after midnight."""
    return time(*divmod(minutes, 60))


def next_due(schedule: Schedule, after: datetime) -> datetime:
    """Return the first instant strictly after another at which the schedule's digest is due, in UTC.

    A local time that the clocks jump over is due at the first minute after the jump; one that comes twice is due the
    first time only; a date that the zone skipped has no digest. Raises NoDays and UnknownZone.
    """
    return next(upcoming(schedule, after)).at


def upcoming(schedule: Schedule, after: datetime) -> Iterator[Slot]:
    """Yield the slots strictly after an instant, in order, without end. Raises NoDays and UnknownZone."""
    zone = _checked(schedule)
    local_date = after.astimezone(zone).date() - DAY
    while True:
        slot = _slot(schedule, zone, local_date)
        if slot and slot.at > after:
            yield slot
        local_date += DAY


def latest(schedule: Schedule, at: datetime) -> Slot | None:
    """Return the last slot at or before an instant; None when there was none in two weeks. Raises as `next_due`."""
    zone = _checked(schedule)
    today = at.astimezone(zone).date()
    dates = (today + DAY * back for back in range(1, -HORIZON_DAYS, -1))
    slots = (_slot(schedule, zone, local_date) for local_date in dates)
    return next((slot for slot in slots if slot and slot.at <= at), None)


def news_until(at: datetime) -> datetime:
    """Return the last second whose articles belong to a slot's digest; later ones are tomorrow's.

    It is the second before the slot's own, in which more articles may still come after the digest was composed.
    """
    return at - timedelta(seconds=1)


def slot_on(schedule: Schedule, local_date: date) -> Slot | None:
    """Return the slot of a local date; None on other days of the week. Raises as `next_due`."""
    return _slot(schedule, _checked(schedule), local_date)


def local_date_of(schedule: Schedule, at: datetime) -> date:
    """Return the local date whose slot an instant is; its own local date when it is no slot (any more)."""
    found = latest(schedule, at)
    return found.local_date if found and found.at == at else at.astimezone(zones.zone(schedule.zone)).date()


def sound(schedule: Schedule) -> Schedule:
    """Return the schedule, or where it means nothing (any more) the same time in UTC on all days.

    A zone may leave the database of zones; its readers shall still get their digests.
    """
    try:
        _checked(schedule)
    except (NoDays, UnknownZone):
        return replace(schedule, zone="UTC", days=EVERY_DAY)
    return schedule


def _checked(schedule: Schedule) -> tzinfo:
    if not schedule.days & EVERY_DAY:
        raise NoDays
    return zones.zone(schedule.zone)


def _slot(schedule: Schedule, zone: tzinfo, local_date: date) -> Slot | None:
    if not schedule.days >> local_date.weekday() & 1:
        return None
    # fold=0 means the first of two equal local times, and in a gap the offset before it (PEP 495).
    wall = datetime.combine(local_date, schedule.time.replace(second=0, microsecond=0), zone)
    at = wall.astimezone(UTC)
    if at.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return Slot(local_date, at)
    jump = _jump(zone, wall.replace(fold=1).astimezone(UTC), at)
    if (jump - timedelta(seconds=1)).astimezone(zone).date() < local_date < jump.astimezone(zone).date():
        return None  # the whole date was skipped
    return Slot(local_date, jump)


def _jump(zone: tzinfo, before: datetime, after: datetime) -> datetime:
    """Return the first instant of the new offset between one of the old offset and one of the new."""
    old = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // timedelta(seconds=2) * timedelta(seconds=1)
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after
