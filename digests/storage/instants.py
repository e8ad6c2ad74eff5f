"""Instants as the tables keep them: whole seconds since 1970, UTC."""

from datetime import UTC, datetime


def seconds(moment: datetime) -> int:
    """Return the second that an aware instant falls into."""
    return int(moment.timestamp() // 1)


def instant(value: int) -> datetime:
    """Return the aware instant, in UTC."""
    return datetime.fromtimestamp(value, UTC)


def seconds_or_none(moment: datetime | None) -> int | None:
    """Return `seconds` of an instant that may be absent."""
    return None if moment is None else seconds(moment)


def instant_or_none(value: int | None) -> datetime | None:
    """Return `instant` of a value that may be null."""
    return None if value is None else instant(value)
