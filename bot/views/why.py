"""Why a digest came or did not: the ledger's truth in a sentence."""

from collections.abc import Callable
from datetime import datetime

from bot.i18n import Translator
from bot.views.help import doors
from bot.views.markup import bold
from bot.views.upcoming import upcoming
from bot.views.view import View
from digests.readers import Reader
from digests.subscriptions import Why, WhyReason

# Each takes the slot's time and the time when it was done with, both in words.
SENTENCES: dict[WhyReason, Callable[[Translator, str, str], str]] = {
    WhyReason.SENT: lambda t, _slot, done: t("Today's digest was sent at {done}.", done=done),
    WhyReason.WAITING: lambda t, slot, _done: t("Today's digest is still to come: it is due at {slot}.", slot=slot),
    WhyReason.ON_ITS_WAY: lambda t, slot, _done: t("Today's digest, due at {slot}, is on its way.", slot=slot),
    WhyReason.NO_NEWS: lambda t, slot, _done: t(
        "At {slot} there was nothing new in your rubrics, so nothing was sent.", slot=slot
    ),
    WhyReason.LATE: lambda t, slot, _done: t(
        "The bot was down at {slot} and came back too late to send the digest. The articles are here: /latest",
        slot=slot,
    ),
    WhyReason.PAUSED: lambda t, _slot, _done: t("You are on a pause."),
    WhyReason.STOPPED: lambda t, _slot, _done: t("You unsubscribed, so nothing is sent."),
    WhyReason.NOT_TODAY: lambda t, _slot, _done: t("Today is not one of the days you chose."),
    WhyReason.JOINED_LATER: lambda t, slot, _done: t("You came after today's digest time, {slot}.", slot=slot),
    WhyReason.CHANGED_LATER: lambda t, slot, _done: t(
        "Your settings changed after today's digest time, {slot}, and count from the next digest on.", slot=slot
    ),
    WhyReason.UNREACHABLE: lambda t, _slot, _done: t("The bot was blocked in this chat, so nothing could be sent."),
    WhyReason.FAILED: lambda t, slot, _done: t(
        "Telegram did not take the digest of {slot}. The articles are here: /latest", slot=slot
    ),
    WhyReason.CANCELLED: lambda t, slot, _done: t(
        "The editors stopped the digest of {slot}. The articles are here: /latest", slot=slot
    ),
    WhyReason.MISSED: lambda t, slot, _done: t(
        "The digest of {slot} should have come and did not. That is our fault. The articles are here: /latest",
        slot=slot,
    ),
}


def why(t: Translator, reader: Reader, truth: Why, now: datetime) -> View:
    """Return what became of today's digest; `now` is local to the reader."""
    slot = t.clock(truth.slot_at, now.tzinfo) if truth.slot_at else t.clock(reader.preferences.schedule.time)
    done = t.clock(truth.done_at, now.tzinfo) if truth.done_at else slot
    heading = t("Today, {date}", date=t.weekday(now.date()))
    sentence = SENTENCES[truth.reason](t, slot, done)
    return View(text="\n\n".join([bold(heading), sentence, upcoming(t, reader, now)]), keyboard=doors(t))
