"""When the next digest comes, in words: the line that ends every screen of the settings."""

from datetime import datetime, timedelta

from bot import zones
from bot.i18n import Translator
from digests.readers import Reader, ReaderState

# Within it a slot's digests go out even to a large audience; a promise people can check.
WINDOW = timedelta(minutes=10)


def upcoming(t: Translator, reader: Reader, now: datetime) -> str:
    """Return the sentence about the next digest; `now` is local to the reader."""
    match reader.state:
        case ReaderState.PAUSED if reader.paused_until:
            return t("Paused until {date}; then the digest goes on by itself.", date=_day(t, reader.paused_until, now))
        case ReaderState.PAUSED:
            return t("Paused until you say otherwise.")
        case ReaderState.STOPPED:
            return t("You are unsubscribed. /start brings the digest back.")
    if not reader.preferences.rubrics.is_all and not reader.preferences.rubrics.ids:
        return t("No rubric is chosen, so there is nothing to send.")
    if reader.next_due is None:
        return t("No digest is planned.")
    return t(
        "Next digest: {day}, between {start} and {end} ({city}).",
        day=_day(t, reader.next_due, now),
        start=t.clock(reader.next_due, now.tzinfo),
        end=t.clock(reader.next_due + WINDOW, now.tzinfo),
        city=zones.city(reader.preferences.schedule.zone, t.language),
    )


def _day(t: Translator, moment: datetime, now: datetime) -> str:
    day = moment.astimezone(now.tzinfo).date()
    date = t.weekday_short(day)
    match (day - now.date()).days:
        case 0:
            return t("today, {date}", date=date)
        case 1:
            return t("tomorrow, {date}", date=date)
        case _:
            return date
