"""A reader's settings: the main screen, rubrics, time, zone, days, language and pause."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time

from babel import Locale

from bot import zones
from bot.callbacks import (
    ChooseDays,
    ChooseLanguage,
    ChooseRubric,
    ChooseTime,
    ChooseZone,
    Leave,
    MakeDigest,
    ShowSettings,
    ShowStep,
    TakePause,
)
from bot.i18n import Translator
from bot.views import lists
from bot.views.digest import LABEL, label, packed
from bot.views.lists import Row
from bot.views.markup import bold, capitalised, escaped, line
from bot.views.upcoming import upcoming
from bot.views.view import Button, View, button, rows
from digests.readers import EVERY_DAY, Reader, ReaderState
from digests.rubrics import Rubric

OFFERED_TIMES = (time(7), time(7, 30), time(8), time(9), time(12), time(19))
WORKING_DAYS = 0b0011111
WEEKEND = 0b1100000
RUBRIC_BUTTONS = 18  # a page of toggles
NAMES_SHOWN = 10
IN_SETTINGS, IN_START = "settings", "start"  # the `back` of the buttons that both places have


def main(t: Translator, reader: Reader, rubrics: Sequence[Rubric], now: datetime) -> View:
    """Return all settings at a glance."""
    schedule = reader.preferences.schedule
    facts = [
        t("Rubrics: {names}", names=chosen_names(t, reader, rubrics)),
        t("Time: {time} · {place}", time=t.clock(schedule.time), place=place(t, reader, now)),
        t("Days: {days}", days=days_named(t, schedule.days)),
        t("Language: {language}", language=language_name(t.language)),
    ]
    text = _screen(t("⚙ Settings"), "\n".join(facts), upcoming(t, reader, now))
    keyboard = (
        (_to(t.short("Rubrics"), "rubrics"), _to(t.short("Time"), "time")),
        (_to(t.short("City and zone"), "zone"), _to(t.short("Days"), "days")),
        (_to(t.short("Language"), "language"), _to(t.short("Pause"), "pause")),
        (button(t.short("Show an example"), MakeDigest()),),
        (_farewell_or_return(t, reader),),
    )
    return View(text=text, keyboard=keyboard)


def _farewell_or_return(t: Translator, reader: Reader) -> Button:
    if reader.state is ReaderState.STOPPED:
        return button(t.short("Subscribe again"), TakePause(days=-1))
    return button(t.short("Unsubscribe"), Leave(how="ask"))


def rubrics(t: Translator, reader: Reader, known: Sequence[Rubric], page: int, now: datetime) -> View:
    """Return the toggles of rubrics."""
    if not known:
        text = t("There are no rubrics yet. You will get everything that comes out.")
    else:
        text = t("Press a rubric to take it into your digest or out of it.")
    keyboard = (*rubric_toggles(t, reader, known, page, IN_SETTINGS), _back(t))
    return View(text=_screen(t("Rubrics"), text, upcoming(t, reader, now)), keyboard=keyboard)


def rubric_toggles(t: Translator, reader: Reader, known: Sequence[Rubric], page: int, back: str) -> tuple[Row, ...]:
    """Return a page of rubrics to take or leave, each marked with its state, and one button for all of them."""
    choice = reader.preferences.rubrics
    page = lists.clamped(page, len(known), RUBRIC_BUTTONS)
    toggles = []
    for rubric in known[page * RUBRIC_BUTTONS : (page + 1) * RUBRIC_BUTTONS]:
        wanted = choice.wants(rubric.id)
        target = ChooseRubric(rubric=rubric.id, on=not wanted, back=back, page=page)
        name = label(rubric, room=LABEL - 2)
        toggles.append(button(f"✓ {name}" if wanted else name, target))
    everything = ChooseRubric(rubric=0, on=not choice.is_all, back=back, page=page)
    pages = lists.pages_of(len(known), RUBRIC_BUTTONS)

    def turned(to: int) -> ShowSettings:
        return ShowSettings(screen="rubrics" if back == IN_SETTINGS else "start", page=to)

    all_of_them = (button(t.short("✓ All rubrics") if choice.is_all else t.short("All rubrics"), everything),)
    return (*packed(toggles), *((all_of_them,) if known else ()), *lists.turning(t, page, pages, turned))


def time_of_day(t: Translator, reader: Reader, now: datetime) -> View:
    """Return the choice of the digest's time."""
    text = t("The digest comes at {time}.", time=t.clock(reader.preferences.schedule.time))
    keyboard = (*time_buttons(t, reader, IN_SETTINGS), _back(t))
    return View(text=_screen(t("Time"), text, upcoming(t, reader, now)), keyboard=keyboard)


def time_buttons(t: Translator, reader: Reader, back: str) -> tuple[Row, ...]:
    """Return the usual times, the present one marked, and a button for any other."""
    present = reader.preferences.schedule.time
    offered = [
        button(
            f"✓ {t.clock(each)}" if each == present else t.clock(each),
            ChooseTime(minutes=each.hour * 60 + each.minute, back=back),
        )
        for each in OFFERED_TIMES
    ]
    return (*rows(offered, 3), (button(t.short("Another time"), ChooseTime(minutes=-1, back=back)),))


def zone(t: Translator, reader: Reader, now: datetime) -> View:
    """Return the choice of the time zone."""
    text = t("{place}. Your time now is {time}.", place=place(t, reader, now), time=t.clock(now, now.tzinfo))
    present = reader.preferences.schedule.zone
    keyboard = (*zone_buttons(t, zones.OFFERED, IN_SETTINGS, present), (_other_city(t, IN_SETTINGS),), _back(t))
    return View(text=_screen(t("City and zone"), text, upcoming(t, reader, now)), keyboard=keyboard)


def zone_buttons(t: Translator, offered: Sequence[str], back: str, present: str = "") -> tuple[Row, ...]:
    """Return zones as buttons named by their cities, the present one marked."""
    buttons = []
    for each in offered:
        name = zones.city(each, t.language)
        buttons.append(button(f"✓ {name}" if each == present else name, ChooseZone(zone=each, back=back)))
    return rows(buttons, 2)


def days(t: Translator, reader: Reader, now: datetime) -> View:
    """Return the toggles of the days of the week."""
    present = reader.preferences.schedule.days
    toggles = []
    for number, name in enumerate(t.day_names(EVERY_DAY)):
        mark = "✓ " if present >> number & 1 else ""
        toggles.append(button(mark + name, ChooseDays(days=present ^ (1 << number))))
    keyboard = (
        *rows(toggles, 4),
        (button(t.short("Every day"), ChooseDays(days=EVERY_DAY)),),
        (
            button(t.short("Working days"), ChooseDays(days=WORKING_DAYS)),
            button(t.short("Weekends"), ChooseDays(days=WEEKEND)),
        ),
        _back(t),
    )
    text = t("The digest comes: {days}.", days=days_named(t, present))
    return View(text=_screen(t("Days"), text, upcoming(t, reader, now)), keyboard=keyboard)


def language(t: Translator, reader: Reader, languages: Sequence[str], now: datetime) -> View:
    """Return the choice of the language."""
    buttons = []
    for code in languages:
        name = capitalised(language_name(code))
        buttons.append(button(f"✓ {name}" if code == t.language else name, ChooseLanguage(language=code)))
    text = t("I speak this language: {language}. Articles stay in their own.", language=language_name(t.language))
    keyboard = (*rows(buttons, 2), _back(t))
    return View(text=_screen(t("Language"), text, upcoming(t, reader, now)), keyboard=keyboard)


def pause(t: Translator, reader: Reader, now: datetime) -> View:
    """Return the choice of a pause, or its end."""
    keyboard = (
        (
            button(t.short("3 days"), TakePause(days=3)),
            button(t.short("A week"), TakePause(days=7)),
        ),
        (button(t.short("Until I say"), TakePause(days=0)),),
        *(((button(t.short("Resume"), TakePause(days=-1)),),) if reader.state is ReaderState.PAUSED else ()),
        _back(t),
    )
    text = t("During a pause nothing is sent. The settings stay as they are, and /digest works.")
    return View(text=_screen(t("Pause"), text, upcoming(t, reader, now)), keyboard=keyboard)


def ask_time(t: Translator, back: str) -> View:
    """Return the question about a time to be typed."""
    return View(text=t("Type the time of the digest, for example 7:45."), keyboard=(_cancel(t, back, "time"),))


def ask_zone(t: Translator, back: str) -> View:
    """Return the question about a city to be typed."""
    text = t("Type your city or the offset from UTC, for example: London, Tbilisi, +3.")
    return View(text=text, keyboard=(_cancel(t, back, "zone"),))


def unknown_zone(t: Translator, sentence: str, suggested: Mapping[str, str], back: str) -> View:
    """Return the answer to a city that is not known; the question stays open. `suggested` are zones by city."""
    buttons = [button(city, ChooseZone(zone=zone, back=back)) for city, zone in suggested.items()]
    return View(text=escaped(sentence), keyboard=(*rows(buttons, 1), _cancel(t, back, "zone")))


def bad_time(t: Translator, sentence: str, back: str) -> View:
    """Return the answer to what is not a time; the question stays open."""
    return View(text=escaped(sentence), keyboard=(_cancel(t, back, "time"),))


def chosen_names(t: Translator, reader: Reader, known: Sequence[Rubric]) -> str:
    """Return the chosen rubrics in words, escaped."""
    choice = reader.preferences.rubrics
    if choice.is_all:
        return t("all")
    names = [line(rubric.name) for rubric in known if choice.wants(rubric.id)]
    if not names:
        return t("none")
    if len(names) > NAMES_SHOWN:
        rest = t.many("{n} more", "{n} more", len(names) - NAMES_SHOWN)
        return ", ".join([*names[:NAMES_SHOWN], rest])
    return ", ".join(names)


def days_named(t: Translator, mask: int) -> str:
    """Return days of the week in words."""
    match mask:
        case 0b1111111:
            return t("every day")
        case 0b0011111:
            return t("on working days")
        case 0b1100000:
            return t("at weekends")
    return ", ".join(t.day_names(mask))


def place(t: Translator, reader: Reader, now: datetime) -> str:
    """Return the reader's zone with its present offset: "Moscow (UTC+3)"; a fixed offset as it is."""
    name = zones.city(reader.preferences.schedule.zone, t.language)
    return escaped(name) if name.startswith("UTC") else escaped(f"{name} ({zones.offset(now)})")


def language_name(code: str) -> str:
    """Return a language's name in itself, as it stands within a sentence."""
    return Locale.parse(code).get_display_name() or code


def _screen(heading: str, *blocks: str) -> str:
    return "\n\n".join([bold(escaped(heading)), *blocks])


def _to(text: str, screen: str) -> Button:
    return button(text, ShowSettings(screen=screen))


def _back(t: Translator) -> Row:
    return (_to(t.short("◀ Settings"), "main"),)


def _other_city(t: Translator, back: str) -> Button:
    return button(t.short("Another city"), ChooseZone(zone="", back=back))


def _cancel(t: Translator, back: str, screen: str) -> Row:
    return (button(t.short("Cancel"), ShowSettings(screen=screen) if back == IN_SETTINGS else ShowStep(step=2)),)
