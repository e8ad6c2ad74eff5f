"""What owners are told after an incident."""

from datetime import datetime

from bot.i18n import Translator
from bot.views.markup import bold, escaped
from bot.views.view import View
from digests.heartbeat import Incident


def incident(t: Translator, what: Incident, now: datetime) -> View:
    """Return what happened and what came of it; `now` is local to the owner."""
    since, until = _moment(t, what.began, now), _moment(t, what.ended, now)
    if what.is_slow:
        head = t("⚠ Planning the digests took from {since} to {until}.", since=since, until=until)
    else:
        head = t("⚠ The bot was not working from {since} to {until}.", since=since, until=until)
    lines = [bold(escaped(head))]
    if what.planned:
        lines.append(t.many("{n} digest is going out now.", "{n} digests are going out now.", what.planned))
    if what.missed:
        lines.append(
            t.many(
                "{n} digest is skipped: it would have come too late.",
                "{n} digests are skipped: they would have come too late.",
                what.missed,
            )
        )
    if not what.planned and not what.missed:
        lines.append(t("No digest was due then."))
    return View(text="\n".join(lines))


def _moment(t: Translator, moment: datetime, now: datetime) -> str:
    local = moment.astimezone(now.tzinfo)
    clock = t.clock(local, now.tzinfo)
    return clock if local.date() == now.date() else f"{t.day(local.date(), now.date())}, {clock}"
