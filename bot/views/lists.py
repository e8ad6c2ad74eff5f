"""Lists of headlines: numbered lines, numbered buttons, and turning over; the latest and the saved articles."""

from collections.abc import Callable, Sequence
from datetime import datetime

from aiogram.filters.callback_data import CallbackData

from bot import trails
from bot.callbacks import MakeDigest, ShowLatest, ShowSaved, ShowSection
from bot.i18n import Translator
from bot.views.markup import bold, clipped, escaped, line
from bot.views.view import Button, View, button, rows
from digests.articles import Headline

PAGE = 10  # headlines in a message
NUMBERS_IN_ROW = 5
TITLE_UTF16 = 200  # a list shows no more of a title: ten of them leave room for the rest

Row = tuple[Button, ...]


def pages_of(total: int, size: int) -> int:
    """Return how many pages so many items make, at least 1."""
    return max(1, -(-total // size))


def clamped(page: int, total: int, size: int) -> int:
    """Return the page, or the nearest one that exists."""
    return min(max(page, 0), pages_of(total, size) - 1)


def turning(t: Translator, page: int, pages: int, target: Callable[[int], CallbackData]) -> tuple[Row, ...]:
    """Return the row that turns over a list, or no row when there is one page."""
    row = []
    if page > 0:
        row.append(button(t.short("◀ Previous"), target(page - 1)))
    if page < pages - 1:
        row.append(button(t.short("More ▶"), target(page + 1)))
    return (tuple(row),) if row else ()


def numbers(targets: Sequence[CallbackData], first: int = 1, width: int = NUMBERS_IN_ROW) -> tuple[Row, ...]:
    """Return numbered buttons, one for each target."""
    return rows([button(str(number), target) for number, target in enumerate(targets, first)], width)


def title(headline: Headline) -> str:
    """Return a headline's title as lists show it, escaped and in bold."""
    return bold(line(clipped(headline.title, TITLE_UTF16)))


def minutes(t: Translator, count: int) -> str:
    """Return a reading time, short."""
    return t("{n} min", n=t.number(count))


def plot(t: Translator, headline: Headline) -> list[str]:
    """Return what lists of an edition say of a headline's story."""
    more = [t("more on this: {n}", n=t.number(headline.others))] if headline.others else []
    return [*([t("continued")] if headline.continues else []), *more]


def latest(t: Translator, found: tuple[Sequence[Headline], int], page: int, now: datetime) -> View:
    """Return a page of the newest articles; `found` is the page's headlines and how many there are in all."""
    headlines, total = found
    if not total:
        return View(text=t("No articles yet. The first ones will come with the digest."))
    keyboard = _openers(headlines, page, trails.LATEST) + turning(t, page, pages_of(total, PAGE), _latest_page)
    return View(text=_listing(t, t("Latest articles"), found, page, now), keyboard=keyboard)


def saved(t: Translator, found: tuple[Sequence[Headline], int], page: int, now: datetime) -> View:
    """Return a page of the saved articles; `found` is the page's headlines and how many there are in all."""
    headlines, total = found
    if not total:
        return View(
            text=t("Nothing saved yet. Press “{label}” below an article, and it will be here.", label=t.short("Save")),
            keyboard=((button(t.short("Fresh digest"), MakeDigest()),),),
        )
    keyboard = _openers(headlines, page, trails.SAVED) + turning(t, page, pages_of(total, PAGE), _saved_page)
    return View(text=_listing(t, t("Saved articles"), found, page, now), keyboard=keyboard)


def _latest_page(page: int) -> ShowLatest:
    return ShowLatest(page=page)


def _saved_page(page: int) -> ShowSaved:
    return ShowSaved(page=page)


def _openers(headlines: Sequence[Headline], page: int, place: str) -> tuple[Row, ...]:
    way_back = trails.push("", trails.Turned(place, page))
    targets = [ShowSection(edition=0, article=headline.id, trail=way_back) for headline in headlines]
    return numbers(targets, page * PAGE + 1)


def _listing(t: Translator, heading: str, found: tuple[Sequence[Headline], int], page: int, now: datetime) -> str:
    headlines, total = found
    count = t.many("{n} article", "{n} articles", total)
    head = f"{bold(escaped(heading))} · {count}"
    items = [
        f"{number}. {title(headline)} — {t.age(headline.published_at, now)}, {minutes(t, headline.minutes)}"
        for number, headline in enumerate(headlines, page * PAGE + 1)
    ]
    return "\n\n".join([head, "\n".join(items)])
