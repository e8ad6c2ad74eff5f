"""The screens of a search: what was found, what to try when it was nothing, and what narrows it."""

from collections.abc import Sequence
from datetime import datetime

from bot import trails
from bot.callbacks import ShowLatest, ShowSection
from bot.i18n import Translator
from bot.search_callbacks import AskSearch, NarrowPeriod, NarrowRubric, ShowFilter, ShowFound, TryWord, Widen
from bot.views import lists
from bot.views.digest import label, packed
from bot.views.lists import Row
from bot.views.markup import bold, clipped, line
from bot.views.view import View, button, rows
from digests.passages import Passage
from digests.periods import Period
from digests.rubrics import Rubric
from digests.searching import ALL_RUBRICS, Kept, Page, Result

PAGE = 5  # articles with their passages in a message
QUOTED_UTF16 = 100  # of the query
LABEL = 18  # characters on a button; two such fit a row of a narrow phone
RUBRICS = 20  # buttons on a page
MARKS = '\u00ab\u00bb\u201e\u201c\u201d"'


def ask(t: Translator) -> View:
    """Return the question what to search for."""
    blocks = [
        t("What to search for? Send a word or several: mortgage rates."),
        t(
            "“In quotation marks” the words stand side by side. A minus leaves out: bridge -repairs. A rubric and a "
            "time can be named too: rubric:City, this week, since November 1."
        ),
    ]
    return View(text="\n\n".join(blocks), keyboard=((button(t.short("Latest articles"), ShowLatest()),),))


def results(t: Translator, number: int, kept: Kept, found: Page, page: int, now: datetime) -> View:
    """Return a page of what was found for a kept search."""
    if not found.total:
        return _nothing(t, number, kept, found)
    items = [_item(t, result, place, now) for place, result in enumerate(found.results, page * PAGE + 1)]
    way_back = trails.push("", trails.Found(number, page))
    targets = [
        ShowSection(
            edition=0,
            article=result.headline.id,
            section=result.passage.section,
            page=result.passage.page,
            trail=way_back,
        )
        for result in found.results
    ]
    keyboard = (
        *lists.numbers(targets, page * PAGE + 1),
        *lists.turning(t, page, last_page(found) + 1, lambda to: ShowFound(query=number, page=to)),
        _filters(t, number, found),
    )
    return View(text="\n\n".join(filter(None, [_head(t, kept, found), _meant(t, found), *items])), keyboard=keyboard)


def last_page(found: Page) -> int:
    """Return the number of the last page, from 0."""
    return lists.pages_of(found.total, PAGE) - 1


def rubrics(t: Translator, number: int, kept: Kept, known: Sequence[Rubric], page: int) -> View:
    """Return the choice of a rubric for a search."""
    page = lists.clamped(page, len(known), RUBRICS)
    shown = known[page * RUBRICS : (page + 1) * RUBRICS]
    everywhere = button(t.short("All rubrics"), NarrowRubric(query=number, rubric=ALL_RUBRICS))
    keyboard = (
        (everywhere,),
        *packed([button(label(rubric), NarrowRubric(query=number, rubric=rubric.id)) for rubric in shown]),
        *lists.turning(
            t, page, lists.pages_of(len(known), RUBRICS), lambda to: ShowFilter(query=number, which="rubric", page=to)
        ),
        (button(t.short("◀ To the results"), ShowFound(query=number)),),
    )
    return View(text=t("“{query}”: in which rubric?", query=_quoted(kept.text)), keyboard=keyboard)


def periods(t: Translator, number: int, kept: Kept) -> View:
    """Return the choice of a period for a search."""
    choices = [button(_period(t, period), NarrowPeriod(query=number, period=period)) for period in _PERIODS]
    keyboard = (
        *rows(choices, 2),
        (button(t.short("◀ To the results"), ShowFound(query=number)),),
    )
    return View(text=t("“{query}”: how far back?", query=_quoted(kept.text)), keyboard=keyboard)


def passage(shown: Passage) -> str:
    """Return a passage with its found words in bold."""
    return "".join(bold(line_part(text)) if is_found else line_part(text) for text, is_found in shown.pieces)


def line_part(text: str) -> str:
    """Return a stretch of a line, escaped, its spaces at the ends kept."""
    inner = line(text)
    head = " " if text[:1].isspace() else ""
    tail = " " if text[-1:].isspace() and inner else ""
    return head + inner + tail


def unquoted(text: str) -> str:
    """Return a query without its quotation marks."""
    return text.translate({ord(mark): " " for mark in MARKS})


_PERIODS = (Period.TODAY, Period.WEEK, Period.MONTH, Period.YEAR, Period.ALL)


def _head(t: Translator, kept: Kept, found: Page) -> str:
    query = bold(t("“{query}”", query=_quoted(kept.text)))
    if found.is_more:
        return t("🔎 {query} — more than {n} found", query=query, n=t.number(found.total))
    return "🔎 " + t.many("{query} — {n} found", "{query} — {n} found", found.total, query=query)


def _meant(t: Translator, found: Page) -> str:
    if found.meant:
        words = ", ".join(t("“{query}”", query=line(word)) for word in found.meant.values())
        return t("Shown for {words}.", words=words)
    if found.unknown:
        words = ", ".join(t("“{query}”", query=line(word)) for word in found.unknown)
        return t("Not in any article: {words}.", words=words)
    if found.newest:
        return t("Very common words, so only the newest {n} articles were looked at.", n=t.number(found.newest))
    return ""


def _item(t: Translator, result: Result, number: int, now: datetime) -> str:
    head = f"{number}. {lists.title(result.headline)} — {t.age(result.headline.published_at, now)}"
    return "\n".join(filter(None, [head, passage(result.passage)]))


def _filters(t: Translator, number: int, found: Page) -> Row:
    rubric = found.query.rubric
    of_rubric = t.short("Rubric: {name} ▾", name=rubric.name) if rubric else t.short("Rubric: all ▾")
    if rubric and len(of_rubric) > LABEL:
        of_rubric = label(rubric, "▾", LABEL)
    return (
        button(of_rubric, ShowFilter(query=number, which="rubric")),
        button(_of_period(t, found), ShowFilter(query=number, which="period")),
    )


def _of_period(t: Translator, found: Page) -> str:
    if found.query.period is None and (found.query.since or found.query.until):
        return t.short("Period: as said ▾")
    names = {
        Period.TODAY: t.short("Period: today ▾"),
        Period.WEEK: t.short("Period: week ▾"),
        Period.MONTH: t.short("Period: month ▾"),
        Period.YEAR: t.short("Period: year ▾"),
        Period.ALL: t.short("Period: all ▾"),
    }
    return names[found.query.period or Period.ALL]


def _period(t: Translator, period: Period) -> str:
    names = {
        Period.TODAY: t.short("Today"),
        Period.WEEK: t.short("Week"),
        Period.MONTH: t.short("Month"),
        Period.YEAR: t.short("Year"),
        Period.ALL: t.short("All time"),
    }
    return names[period]


def _nothing(t: Translator, number: int, kept: Kept, found: Page) -> View:
    query = bold(t("“{query}”", query=_quoted(kept.text)))
    again = (button(t.short("Search again"), AskSearch()), button(t.short("Latest articles"), ShowLatest()))
    if found.elsewhere:
        text = t.many(
            "🔎 {query}: nothing here. Everywhere and at any time: {n} article.",
            "🔎 {query}: nothing here. Everywhere and at any time: {n} articles.",
            found.elsewhere,
            query=query,
        )
        everywhere = button(t.short("Search everywhere"), Widen(query=number, how="everywhere"))
        return View(text=text, keyboard=((everywhere,), _filters(t, number, found)))
    if found.has_words:
        text = t("🔎 {query}: these words never stand side by side. They do occur apart.", query=query)
        if found.newest:
            number_of = t.number(found.newest)
            text = t("🔎 {query}: not side by side in the newest {n} articles, only apart.", query=query, n=number_of)
        return View(
            text=text, keyboard=((button(t.short("Without the marks"), Widen(query=number, how="loose")),), again)
        )
    if found.nearest:
        text = t("🔎 {query}: nothing found. Try: {words}.", query=query, words=", ".join(map(line, found.nearest)))
        words = [button(clipped(word, LABEL), TryWord(word=word)) for word in found.nearest]
        return View(text=text, keyboard=(*rows(words, 3), again))
    return View(text=t("🔎 {query}: nothing found. Try other words.", query=query), keyboard=(again,))


def _quoted(text: str) -> str:
    return line(clipped(unquoted(text) if _is_wrapped(text) else text, QUOTED_UTF16))


def _is_wrapped(text: str) -> bool:
    """Return whether a query is one phrase, whose own marks would double ours."""
    bare = text.strip()
    return len(bare) > 1 and bare[0] in MARKS and bare[-1] in MARKS and not any(mark in bare[1:-1] for mark in MARKS)
