"""A broadcast's card: where it is, how fast it goes, what it met, and what can be done with it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.broadcast_callbacks import OnBroadcast, ShowBroadcasts
from bot.i18n import Translator
from bot.views.markup import bold, line
from bot.views.reasons import reason_words
from bot.views.view import Button, View, button, rows
from digests.broadcasts import Fate, Kind, Pause, Phase, Progress
from digests.lateness import WINDOW

BAR = 14  # cells
FULL, EMPTY = "█", "░"
GLYPHS = {
    Phase.HELD: "⏳",
    Phase.RUNNING: "📣",
    Phase.PAUSED: "⏸",
    Phase.PARKED: "⚠",
    Phase.STOPPED: "⏹",
    Phase.RECALLING: "↩",
    Phase.RECALLED: "↩",
    Phase.FINISHED: "✅",
}
REPORTED = (Phase.FINISHED, Phase.STOPPED, Phase.RECALLING, Phase.RECALLED)
BAD = 0.05  # share of readers that a message failed for
STALLED = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A broadcast with all that its card tells; `now` is local to whoever looks."""

    progress: Progress
    now: datetime
    rate: float  # messages a second: measured, or else what is possible at present
    flood_until: datetime | None = None
    worker: str = ""  # the other instance that sends; empty when it is this one
    idle: timedelta = timedelta(0)  # since anything was sent
    reasons: dict[tuple[str, str], int] = field(default_factory=dict)
    fates: dict[Fate, int] = field(default_factory=dict)

    @property
    def phase(self) -> Phase:
        """Where the broadcast is."""
        return self.progress.phase(self.now)


def card(t: Translator, watched: Watched) -> View:
    """Return the card."""
    phase, progress = watched.phase, watched.progress
    name = bold(line(title(t, progress, watched.now)))
    head = f"{glyph(progress, watched.now)} {name} · {state(t, progress, watched.now)}"
    if phase is Phase.HELD:
        lines = _hold(t, watched)
    elif phase in REPORTED:
        lines = [_counts(t, watched), *_report(t, watched)]
    else:
        lines = [_bar(t, progress), _counts(t, watched), *_pace(t, watched)]
    return View(text="\n".join(filter(None, [head, *lines])), keyboard=_keyboard(t, watched))


def glyph(progress: Progress, now: datetime) -> str:
    """Return the sign of where a broadcast is; one that ended badly does not look well."""
    phase = progress.phase(now)
    is_bad = phase is Phase.FINISHED and progress.counts.get("failed", 0) > progress.total * BAD
    return GLYPHS[Phase.PARKED if is_bad else phase]


def title(t: Translator, progress: Progress, now: datetime) -> str:
    """Return what a broadcast is called."""
    local = progress.starts_at.astimezone(now.tzinfo)
    if progress.kind is Kind.DIGEST:
        return t("Digest of {date}, {time}", date=t.day(local.date(), now.date()), time=t.clock(local.time()))
    return progress.title or t("Announcement No. {id}", id=progress.id)


def state(t: Translator, progress: Progress, now: datetime) -> str:
    """Return where a broadcast is, in a word or two."""
    match progress.phase(now):
        case Phase.HELD:
            return t("about to start")
        case Phase.RUNNING:
            return t("under way")
        case Phase.PAUSED:
            return t("paused")
        case Phase.PARKED:
            return t("stands still")
        case Phase.STOPPED:
            return t("stopped")
        case Phase.RECALLING:
            return t("being taken back")
        case Phase.RECALLED:
            return t("taken back")
        case Phase.FINISHED:
            return _finished(t, progress)


def sure_to_recall(t: Translator, watched: Watched) -> View:
    """Asks before messages are taken back."""
    progress = watched.progress
    lines = [
        t("Take back “{title}”?", title=bold(line(title(t, progress, watched.now)))),
        t.many(
            "{n} reader has it: the message will be deleted from the chat.",
            "{n} readers have it: the messages will be deleted from the chats.",
            progress.delivered,
        ),
        t("Messages older than 48 hours cannot be deleted; their text is replaced. Nobody else gets it any more."),
        t("This cannot be undone."),
    ]
    yes = button(t.short("Yes, take back"), _on(progress, "recall", sure=True))
    return View(text="\n".join(lines), keyboard=((yes,), (button(t.short("No"), _on(progress, "show")),)))


def sure_to_resend(t: Translator, watched: Watched) -> View:
    """Asks before messages go out again that may have arrived."""
    progress = watched.progress
    lines = [
        t.many(
            "{n} message left, and Telegram's answer was lost. It may have arrived or not: nobody can know.",
            "{n} messages left, and Telegram's answers were lost. They may have arrived or not: nobody can know.",
            progress.counts.get("unknown", 0),
        ),
        t("Sent again, those who did get it see it twice. Left as it is, those who did not go without it."),
    ]
    yes = button(t.short("Send again"), _on(progress, "resend", sure=True))
    return View(text="\n".join(lines), keyboard=((yes,), (button(t.short("Leave as it is"), _on(progress, "show")),)))


def sure_to_retry(t: Translator, watched: Watched) -> View:
    """Says what failed and why, and asks before it is tried again."""
    failed = watched.progress.counts.get("failed", 0)
    lines = [
        t.many("{n} message did not get through.", "{n} messages did not get through.", failed),
        *(
            f"· {reason_words(t, status, reason)}: {t.number(count)}"
            for (status, reason), count in sorted(watched.reasons.items(), key=lambda item: (-item[1], item[0]))
            if status == "failed"
        ),
        t("Sent again, they go only to those who did not get one. Once the cause is mended, that is worth a try."),
    ]
    yes = button(t.short("Send again"), _on(watched.progress, "retry", sure=True))
    keyboard = ((yes,), (button(t.short("Leave as it is"), _on(watched.progress, "show")),))
    return View(text="\n".join(lines), keyboard=keyboard)


def duration(t: Translator, span: timedelta) -> str:
    """Return a span of time, in two units at most."""
    whole = max(0, round(span.total_seconds()))
    minutes, seconds = divmod(whole, 60)
    if not minutes:
        return t("{n} s", n=seconds)
    if minutes < 60:
        return t("{m} min {s} s", m=minutes, s=seconds) if seconds else t("{m} min", m=minutes)
    return t("{h} h {m} min", h=minutes // 60, m=minutes % 60)


def _finished(t: Translator, progress: Progress) -> str:
    if progress.last_at is None:
        return t("finished")
    took = progress.last_at - max(progress.starts_at, progress.created_at)
    return t("finished in {time}", time=duration(t, took))


def _hold(t: Translator, watched: Watched) -> list[str]:
    progress = watched.progress
    left = progress.starts_at - watched.now
    return [
        t("Sending starts in {time}.", time=duration(t, left)),
        t("Readers: {n}", n=t.number(progress.total)) + ("…" if progress.entering else ""),
    ]


def _bar(t: Translator, progress: Progress) -> str:
    total = max(progress.total, 1)
    full = BAR * progress.done // total
    counted = t("{done} of {total}", done=t.number(progress.done), total=t.number(progress.total))
    return f"{FULL * full}{EMPTY * (BAR - full)}  {counted} · {100 * progress.done // total} %"


def _counts(t: Translator, watched: Watched) -> str:
    counts = watched.progress.counts
    parts = [t("Delivered {n}", n=t.number(watched.progress.delivered))]
    if gone := counts.get("gone"):
        parts.append(t("unreachable {n}", n=t.number(gone)))
    if failed := counts.get("failed"):
        parts.append(t("failed {n}", n=t.number(failed)))
    if unknown := counts.get("unknown"):
        parts.append(t("unclear {n}", n=t.number(unknown)))
    return " · ".join(parts)


def _pace(t: Translator, watched: Watched) -> list[str]:
    progress = watched.progress
    match watched.phase:
        case Phase.PAUSED:
            return [t("Paused by an editor: {n} are waiting.", n=t.number(progress.open))]
        case Phase.PARKED:
            return [_parked(t, progress), t("Nothing is sent until you press “{resume}”.", resume=t.short("Resume"))]
    left = timedelta(seconds=progress.open / watched.rate) if watched.rate else timedelta(0)
    speed = t("Speed {n}/s", n=t.number(round(watched.rate, 1 if watched.rate < 10 else None)))
    return [
        speed + " · " + t("about {time} left", time=duration(t, left)),
        _after_window(t, progress, watched.now + left),
        _flood(t, watched),
        _worker(t, watched),
    ]


def _after_window(t: Translator, progress: Progress, end: datetime) -> str:
    if progress.kind is not Kind.DIGEST or end <= progress.starts_at + WINDOW:
        return ""
    return "⚠ " + t("The last get it at about {time}, after the promised window.", time=f"{end:%H:%M}")


def _flood(t: Translator, watched: Watched) -> str:
    until = watched.flood_until
    if until is None or until <= watched.now:
        return t("Telegram's limit: none")
    local = until.astimezone(watched.now.tzinfo)
    return t("Telegram wants a pause until {time}; we go on by ourselves.", time=f"{local:%H:%M:%S}")


def _worker(t: Translator, watched: Watched) -> str:
    if watched.worker:
        return t("Another instance is sending ({name}).", name=line(watched.worker))
    if watched.idle >= STALLED and not (watched.flood_until and watched.flood_until > watched.now):
        return "⚠ " + t("Nothing has been sent for {time}.", time=duration(t, watched.idle))
    return ""


def _parked(t: Translator, progress: Progress) -> str:
    if progress.paused is Pause.REFUSALS:
        return t("Stands still: Telegram refused one message after another. Please check.")
    return t("Stands still: {n} % of a minute's messages failed. Please check.", n=progress.share or 0)


def _report(t: Translator, watched: Watched) -> list[str]:
    lines = []
    if watched.phase in (Phase.RECALLING, Phase.RECALLED):
        told = [
            (Fate.DELETED, t("deleted {n}", n=t.number(watched.fates.get(Fate.DELETED, 0)))),
            (Fate.EDITED, t("replaced by a line {n}", n=t.number(watched.fates.get(Fate.EDITED, 0)))),
            (Fate.KEPT, t("could not be taken back {n}", n=t.number(watched.fates.get(Fate.KEPT, 0)))),
        ]
        lines.append(" · ".join(words for fate, words in told if watched.fates.get(fate) or fate is Fate.DELETED))
        lines.append(t("Still to do: {n}", n=t.number(watched.progress.counts.get("sent", 0))))
    for (status, reason), count in sorted(watched.reasons.items(), key=lambda item: (-item[1], item[0])):
        if status in ("gone", "failed", "unknown", "skipped"):
            lines.append(f"· {reason_words(t, status, reason)}: {t.number(count)}")
    return lines


def _keyboard(t: Translator, watched: Watched) -> tuple[tuple[Button, ...], ...]:
    progress, phase = watched.progress, watched.phase
    pause = button(t.short("Pause"), _on(progress, "pause"))
    resume = button(t.short("Resume"), _on(progress, "resume"))
    stop = button(t.short("Stop"), _on(progress, "stop"))
    match phase:
        case Phase.HELD:
            first = [stop]
        case Phase.RUNNING:
            first = [pause, stop]
        case Phase.PAUSED | Phase.PARKED:
            first = [resume, stop]
        case Phase.STOPPED:
            first = [resume]
        case _:
            first = []
    foot = [
        button(t.short("Refresh"), _on(progress, "show")),
        button(t.short("All broadcasts"), ShowBroadcasts(digests=progress.kind is Kind.DIGEST)),
    ]
    return tuple(row for row in (tuple(first), *_aftermath(t, watched), tuple(foot)) if row)


def _aftermath(t: Translator, watched: Watched) -> tuple[tuple[Button, ...], ...]:
    progress = watched.progress
    unknown: tuple[tuple[Button, ...], ...] = ()
    if progress.counts.get("unknown"):
        unknown = ((button(t.short("Check and resend"), _on(progress, "resend")),),)
    found = []
    if watched.phase in REPORTED:
        if failed := progress.counts.get("failed"):
            found.append(button(t.short("{n} failed", n=t.number(failed)), _on(progress, "retry")))
        found.append(button("CSV", _on(progress, "report")))
        is_recallable = progress.kind is Kind.ANNOUNCEMENT and not progress.recalled and progress.delivered
        if is_recallable:
            found.append(button(t.short("Take back"), _on(progress, "recall")))
    return (*unknown, *rows(found, 2))


def _on(progress: Progress, how: str, *, sure: bool = False) -> OnBroadcast:
    return OnBroadcast.model_validate({"broadcast": progress.id, "how": how, "sure": sure})
