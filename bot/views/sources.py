"""The screens of sources: the list, a source's card, adding one; and what a poll brought."""

from collections.abc import Sequence
from datetime import datetime

from bot.callbacks import DropQuestion, ShowDraft, ShowDrafts
from bot.i18n import Translator
from bot.source_callbacks import AskSource, FileSource, OnSource, ShowSourceRubrics, ShowSources
from bot.views.lists import clamped, numbers, pages_of, turning
from bot.views.markup import bold, capitalised, clipped, escaped, line
from bot.views.source_reasons import held, refused, trouble
from bot.views.view import Button, View, button, rows
from digests.feeds import Notice, Source, SourceKind, SourceState
from digests.rubrics import Rubric

PAGE = 8  # sources of a screen
RUBRICS = 12  # of a screen
TITLE_UTF16 = 60
CHANGED = 5  # articles that a message names

Row = tuple[Button, ...]


def listed(t: Translator, found: Sequence[Source], *, page: int, total: int, now: datetime) -> View:
    """The sources, each with its state."""
    new = (button(t.short("Add a source"), AskSource()),)
    if not found:
        text = t("No sources yet. The bot can fetch articles from RSS feeds and WordPress sites by itself.")
        return View(text=f"{bold(t('Sources'))}\n\n{text}", keyboard=(new,))
    first = page * PAGE + 1
    lines = [f"{number}. {bold(name(one))} — {_brief(t, one, now)}" for number, one in enumerate(found, first)]
    targets = [OnSource(source=one.id, how="show") for one in found]
    walk = turning(t, page, pages_of(total, PAGE), lambda target: ShowSources(page=target))
    return View(text="\n".join([bold(t("Sources")), *lines]), keyboard=(*numbers(targets, first, width=4), *walk, new))


def card(t: Translator, source: Source, rubric: Rubric | None, now: datetime, *, owner: bool) -> View:
    """A source: where it is, how it goes, what becomes of what it brings."""
    kind = "WordPress" if source.kind is SourceKind.WORDPRESS else "RSS"
    lines = [
        f"{bold(name(source))} · {kind}",
        escaped(source.url),
        "",
        *_state(t, source, now),
        t("What is new: goes to readers at once.") if source.is_trusted else t("What is new: becomes drafts."),
        t("Rubric: {name}", name=line(rubric.name)) if rubric else t("Rubric: by the article's category"),
    ]
    return View(text="\n".join(lines), keyboard=_keyboard(t, source, owner=owner))


def _state(t: Translator, source: Source, now: datetime) -> list[str]:
    lines = [t("Last looked at: {when}", when=_when(t, source.polled_at, now)) if source.polled_at else ""]
    if source.failures or source.off_reason:
        why = capitalised(trouble(t, source.off_reason or source.failure))
        lines.append(t.many("⚠ {why}. Failed {n} time.", "⚠ {why}. Failed {n} times.", source.failures, why=why))
    if source.state is SourceState.OFF:
        lines.append(t("Switched off by itself.") if source.off_reason else t("Switched off."))
    else:
        lines.append(t("Next look: {when}", when=_when(t, max(source.next_poll_at, now), now)))
    return [each for each in lines if each]


def _keyboard(t: Translator, source: Source, *, owner: bool) -> tuple[Row, ...]:
    number = source.id
    is_on = source.state is SourceState.ON
    switch = (
        button(t.short("Switch off"), OnSource(source=number, how="off"))
        if is_on
        else button(t.short("Switch on"), OnSource(source=number, how="on"))
    )
    trust = (
        button(t.short("To drafts"), OnSource(source=number, how="doubt"))
        if source.is_trusted
        else button(t.short("To readers at once"), OnSource(source=number, how="trust"))
    )
    look = (button(t.short("Look now"), OnSource(source=number, how="poll")),) if is_on else ()
    return (
        (*look, switch),
        (button(t.short("Rubric"), ShowSourceRubrics(source=number)), *((trust,) if owner else ())),
        (button(t.short("Delete source"), OnSource(source=number, how="delete")),),
        (button(t.short("◀ To the list"), ShowSources()),),
    )


def rubric_choice(t: Translator, source: Source, found: Sequence[Rubric], page: int) -> View:
    """Where to file what a source brings when its own categories say nothing."""
    number = clamped(page, len(found), RUBRICS)
    shown = found[number * RUBRICS : (number + 1) * RUBRICS]
    labels = [
        button(
            ("✓ " if one.id == source.rubric_id else "") + f"{one.emoji} {one.name}".strip(),
            FileSource(source=source.id, rubric=one.id),
        )
        for one in shown
    ]
    text = t("An article goes to the rubric that is called like its category. And if there is none such?")
    if not found:
        text = t("There are no rubrics yet. The first one appears with the first article.")
    walk = turning(
        t, number, pages_of(len(found), RUBRICS), lambda target: ShowSourceRubrics(source=source.id, page=target)
    )
    back = (button(t.short("◀ To the source"), OnSource(source=source.id, how="show")),)
    return View(text=f"{bold(name(source))}\n{text}", keyboard=(*rows(labels, 2), *walk, back))


def asking(t: Translator) -> View:
    """The question for an address."""
    text = t("Send the address of an RSS feed or of a site. On a site the bot looks for the feed itself.")
    return View(text=text, keyboard=((button(t.short("Cancel"), DropQuestion()),),))


def looking(t: Translator) -> View:
    """While it is looked at."""
    return View(text=t("Looking at what is there…"))


def added(t: Translator, shown: View, *, is_new: bool) -> View:
    """The card of a source that was just added, or was here before."""
    head = t("Added. The newest articles come in a moment.") if is_new else t("This source is here already.")
    return View(text=f"{head}\n\n{shown.text}", keyboard=shown.keyboard)


def deleting(t: Translator, source: Source) -> View:
    """The question whether a source is to be deleted."""
    text = t("Delete the source “{title}”? Its articles stay.", title=name(source))
    sure = button(t.short("Yes, delete"), OnSource(source=source.id, how="delete", sure=True))
    return View(text=text, keyboard=((sure, button(t.short("Cancel"), OnSource(source=source.id, how="show"))),))


def brought(t: Translator, source: Source, notice: Notice) -> View:
    """What came of polls, in one message."""
    lines = [each for each in (*_came(t, source, notice), *_stayed(t, notice), *_beside(t, source, notice)) if each]
    keyboard: list[Row] = [
        (button(t.short("No. {id}", id=number), ShowDraft(article=number)),) for number in notice.changed[:CHANGED]
    ]
    if notice.drafts:
        keyboard.append((button(t.short("Drafts"), ShowDrafts()),))
    if notice.off:
        keyboard.append((button(t.short("The source"), OnSource(source=source.id, how="show")),))
    return View(text="\n".join(lines), keyboard=tuple(keyboard))


def _came(t: Translator, source: Source, notice: Notice) -> list[str]:
    title = name(source)
    return [
        t.many("{n} new draft from “{title}”.", "{n} new drafts from “{title}”.", notice.drafts, title=title)
        if notice.drafts
        else "",
        t.many("{n} article published from “{title}”.", "{n} articles published from “{title}”.", notice.published,
               title=title)
        if notice.published
        else "",
        t.many("“{title}”: {n} article that was there before is not taken.",
               "“{title}”: {n} articles that were there before are not taken.", notice.older, title=title)
        if notice.older
        else "",
    ]  # fmt: skip


def _stayed(t: Translator, notice: Notice) -> list[str]:
    """Say why what came did not go as far as it might."""
    waiting = [(held(t, reason), count) for reason, count in notice.held.items()]
    left = [(refused(t, reason), count) for reason, count in notice.refused.items()]
    return [
        *(t.many("{n} waits for an editor: {why}.", "{n} wait for an editor: {why}.", count, why=why)
          for why, count in waiting),
        *(t.many("{n} was not taken: {why}.", "{n} were not taken: {why}.", count, why=why) for why, count in left),
    ]  # fmt: skip


def _beside(t: Translator, source: Source, notice: Notice) -> list[str]:
    changed, off = "", ""
    if notice.changed:
        changed = t.many(
            "“{title}” changed {n} article after it was worked on here. Here it stays as it is.",
            "“{title}” changed {n} articles after they were worked on here. Here they stay as they are.",
            len(notice.changed),
            title=name(source),
        )
    if notice.off:
        why = trouble(t, notice.off)
        off = "⚠ " + t("The source “{title}” is switched off: {why}.", title=name(source), why=why)
    return [changed, off]


def name(source: Source) -> str:
    """Return what a source is called, escaped."""
    return line(clipped(source.title or source.site, TITLE_UTF16))


def _brief(t: Translator, source: Source, now: datetime) -> str:
    if source.state is SourceState.OFF:
        return t("off: {why}", why=trouble(t, source.off_reason)) if source.off_reason else t("off")
    if source.failures:
        return t("⚠ {why}", why=trouble(t, source.failure))
    return _when(t, source.polled_at, now) if source.polled_at else t("not looked at yet")


def _when(t: Translator, moment: datetime, now: datetime) -> str:
    return f"{t.age(moment, now)}, {t.clock(moment, now.tzinfo)}"
