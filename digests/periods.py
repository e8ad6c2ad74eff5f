"""Periods by which a search is narrowed, as the reader's own calendar has them."""

from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum


class Period(StrEnum):
    """How far back to look; the value is its name in buttons and in stored searches."""

    ALL = "all"
    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


_DAYS = {Period.TODAY: 0, Period.WEEK: 6, Period.MONTH: 30, Period.YEAR: 365}


def first_day(period: Period, today: date) -> date | None:
    """Return the first day of a period that ends today; None for all time."""
    return None if period is Period.ALL else today - timedelta(days=_DAYS[period])


def beginning(day: date | None, zone: tzinfo | None) -> datetime | None:
    """Return the instant at which a day begins in a zone, if there is one."""
    return None if day is None else instant_of(day, zone)


def instant_of(day: date, zone: tzinfo | None) -> datetime:
    """Return the instant at which a day begins in a zone."""
    return datetime.combine(day, time(), zone)
