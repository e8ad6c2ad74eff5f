"""The archive: months as their days, and the articles of a day."""

from datetime import date, datetime

from bot import trails
from bot.archive_callbacks import ShowDay, ShowEditionOf, ShowMonth
from bot.callbacks import ShowLatest, ShowSection
from bot.i18n import Translator
from bot.search_callbacks import AskSearch
from bot.views import lists
from bot.views.lists import Row
from bot.views.markup import bold, capitalised, escaped
from bot.views.view import View, button, rows
from digests.archive import Day, Month

DAYS_IN_ROW = 7


def month(t: Translator, shown: Month) -> View:
    """Return a month: how many articles each of its days has."""
    if not shown.days:
        return View(text=t("No articles yet. The first ones will come with the digest."))
    head = bold(escaped(t("Archive: {month}", month=t.month(shown.first))))
    items = [f"{t.weekday_short(day)} — {t.many('{n} article', '{n} articles', count)}" for day, count in shown.days]
    days = [button(str(day.day), ShowDay(day=number_of(day))) for day, _ in shown.days]
    keyboard = (*rows(days, DAYS_IN_ROW), *_months(t, shown), (button(t.short("Search"), AskSearch()),))
    return View(text="\n\n".join([head, t("Choose a day."), "\n".join(items)]), keyboard=keyboard)


def day(t: Translator, shown: Day, page: int, now: datetime) -> View:
    """Return a page of a day's articles."""
    back = button(t.short("◀ To the month"), ShowMonth(month=number_of(shown.day) // 100))
    heading = bold(escaped(capitalised(t.weekday(shown.day))))
    if shown.day.year != now.year:
        heading = bold(escaped(t.day(shown.day, now.date())))
    if not shown.total:
        latest = button(t.short("Latest articles"), ShowLatest())
        return View(text="\n\n".join([heading, t("No articles on this day.")]), keyboard=((back, latest),))
    count = t.many("{n} article", "{n} articles", shown.total)
    items = [
        f"{number}. {lists.title(headline)} — {t.clock(headline.published_at, now.tzinfo)}"
        for number, headline in enumerate(shown.headlines, page * lists.PAGE + 1)
    ]
    way_back = trails.push("", trails.Day(number_of(shown.day), page))
    targets = [ShowSection(edition=0, article=headline.id, trail=way_back) for headline in shown.headlines]
    keyboard = (
        *lists.numbers(targets, page * lists.PAGE + 1),
        *lists.turning(
            t, page, lists.pages_of(shown.total, lists.PAGE), lambda to: ShowDay(day=number_of(shown.day), page=to)
        ),
        *_edition(t, shown),
        (back,),
    )
    return View(text="\n\n".join([f"{heading} · {count}", "\n".join(items)]), keyboard=keyboard)


def number_of(day: date) -> int:
    """Return a day as buttons carry it."""
    return day.year * 10_000 + day.month * 100 + day.day


def _edition(t: Translator, shown: Day) -> tuple[Row, ...]:
    if shown.edition is None:
        return ()
    return ((button(t.short("The day's digest"), ShowEditionOf(day=number_of(shown.day))),),)


def _months(t: Translator, shown: Month) -> tuple[Row, ...]:
    row = []
    if shown.earlier:
        row.append(button(f"◀ {t.month(shown.earlier)}", ShowMonth(month=number_of(shown.earlier) // 100)))
    if shown.later:
        row.append(button(f"{t.month(shown.later)} ▶", ShowMonth(month=number_of(shown.later) // 100)))
    return (tuple(row),) if row else ()
