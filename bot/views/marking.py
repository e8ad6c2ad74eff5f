"""The editors' screens of how a text was cut: its lines, what each was taken for and why, and how to correct it."""

from collections.abc import Sequence

from bot.callbacks import ShowDraft
from bot.i18n import Translator
from bot.marking_callbacks import ALL, DOUBTFUL, HEADINGS, REMOVED, MarkLine, ShowLine, ShowMarks, ShowRules
from bot.views.marking_words import done, now, said, site_name, why
from bot.views.markup import bold, clipped, italic, line
from bot.views.view import Button, View, button, rows
from digests.articles import Article, ArticleState
from digests.labelling import Learnt, Noted, Sheet
from digests.labels import Basis, Doubt, Label, Mark, told
from digests.marking import can_be

LINES = 6  # of a screen
HEADING_LENGTH = 100  # characters of a line of text that is more likely a sub-heading than to be removed
LINE_UTF16 = 220  # of a line in a list
WHOLE_UTF16 = 2500  # of a line on a screen of its own

Numbered = tuple[int, Mark]


def notes(t: Translator, noted: Noted) -> list[str]:
    """What a card says of the lines."""
    result = []
    if noted.doubtful:
        result.append("❓ " + t("Doubtful: {n}. Look at them under “Markup”.", n=t.number(noted.doubtful)))
    if noted.ruled and noted.site:
        result.append("📎 " + t("By the rules of {site}: {n}", site=site_name(t, noted.site), n=t.number(noted.ruled)))
    elif noted.ruled:
        result.append("📎 " + t("As you marked it before: {n}", n=t.number(noted.ruled)))
    if noted.repeated:
        result.append("♻ " + t("Repeated in the articles of this source, removed: {n}", n=t.number(noted.repeated)))
    return result


def entry(t: Translator, article: Article, which: str = "") -> list[Button]:
    """The button of a card that leads here, to one of the lists."""
    if article.state is ArticleState.WITHDRAWN:
        return []
    return [button(t.short("Markup"), ShowMarks(article=article.id, which=which))]


def listed(t: Translator, sheet: Sheet, which: str, page: int) -> View:
    """A page of the lines: the doubtful ones, those that are more than text, or all."""
    numbered = list(enumerate(sheet.marks, 1))
    chosen = which or next((kind for kind in (DOUBTFUL, REMOVED) if _count(sheet, kind)), HEADINGS)
    shown = [one for one in numbered if _belongs(one[1], chosen)]
    last = max(0, (len(shown) - 1) // LINES)
    number = min(max(page, 0), last)
    here = shown[number * LINES : (number + 1) * LINES]
    head = _head(t, sheet, chosen, number, last)
    body = [_entry(t, n, mark) for n, mark in here] or [_nothing(t, chosen)]
    keyboard = [_row(t, sheet, one, chosen, number) for one in here]
    return View(
        text="\n\n".join([head, *body]),
        keyboard=tuple(row for row in (*keyboard, *_foot(t, sheet, chosen, number, last)) if row),
    )


def line_screen(t: Translator, sheet: Sheet, mark: Mark, which: str, page: int) -> View:
    """A line in full, and a button for each thing that it may be."""
    key = sheet.article.id
    text = line(clipped(mark.block.text, WHOLE_UTF16))
    told = f"{bold(now(t, mark.label))}. {why(t, mark, sheet.source.site)}".strip()
    choices = [
        button(said(t, label, mark), MarkLine(article=key, line=mark.line, label=label.value, which=which, page=page))
        for label in (Label.HEADING, Label.TEXT, Label.CAPTION, Label.FURNITURE, Label.TITLE)
        if can_be(mark.block, label) and not _is_already(mark, label)
    ]
    if mark.doubt:
        choices.insert(0, _confirm(t.short("✓ It is right"), key, mark, (which, page)))
    foot = t("A tap changes this line only; it can be taken back the same way.")
    back = (button(t.short("◀ To the lines"), ShowMarks(article=key, which=which, page=page)),)
    return View(text="\n\n".join([text, told, italic(foot)]), keyboard=(*rows(choices, 2), back))


def corrected(t: Translator, sheet: Sheet, line: str, learnt: Learnt) -> str:
    """The answer to a tap that corrected a line."""
    mark = told(sheet.marks, line)
    if learnt is Learnt.NOTHING or mark is None:
        return t("It was so already.")
    first = done(t, mark)
    if learnt is Learnt.HERE:
        return first
    site = sheet.source.site
    kept = (
        t("Remembered for {site}.", site=site_name(t, site))
        if site
        else t("Remembered for equal lines that you paste.")
    )
    return f"{first} {kept}"


def _belongs(mark: Mark, which: str) -> bool:
    match which:
        case "d":
            return mark.doubt is not None
        case "r":
            return not mark.label.is_kept
        case "h":
            is_told = mark.basis is not Basis.LOOKS and mark.label in (Label.TEXT, Label.CAPTION)
            return mark.label in (Label.TITLE, Label.HEADING) or is_told
    return True


def _count(sheet: Sheet, which: str) -> int:
    return sum(_belongs(mark, which) for mark in sheet.marks)


def _head(t: Translator, sheet: Sheet, which: str, page: int, last: int) -> str:
    match which:
        case "d":
            name = t("Doubtful lines of No. {id}", id=sheet.article.id)
        case "r":
            name = t("Removed from the text of No. {id}", id=sheet.article.id)
        case "h":
            name = t("Headings of No. {id}", id=sheet.article.id)
        case _:
            name = t("All lines of No. {id}", id=sheet.article.id)
    place = f" · {page + 1}/{last + 1}" if last else ""
    if which == DOUBTFUL:
        how = t("The left button changes its line at once, the right one leaves it and asks no more.")
    else:
        how = t("The left button changes its line at once; “…” shows the line in full and what else it may be.")
    return f"{bold(name)}{place}\n{how}"


def _nothing(t: Translator, which: str) -> str:
    match which:
        case "d":
            return t("No line is doubtful.")
        case "r":
            return t("Nothing was removed.")
    return t("There are no headings.")


def _entry(t: Translator, number: int, mark: Mark) -> str:
    reason = why(t, mark, "")
    first = f"{number}. {now(t, mark.label)}" + (f" · {italic(reason)}" if reason else "")
    return f"{first}\n{line(clipped(mark.block.text, LINE_UTF16))}"


def _row(t: Translator, sheet: Sheet, one: Numbered, which: str, page: int) -> tuple[Button, ...]:
    number, mark = one
    key = sheet.article.id
    label = _likely(mark)
    change = button(
        f"{number} {said(t, label, mark, is_short=True)}",
        MarkLine(article=key, line=mark.line, label=label.value, which=which, page=page),
    )
    if which == DOUBTFUL:
        return (change, _confirm(t.short("{n} ✓ right", n=number), key, mark, (which, page)))
    return (change, button(f"{number} …", ShowLine(article=key, line=mark.line, which=which, page=page)))


def _confirm(label: str, article: int, mark: Mark, place: tuple[str, int]) -> Button:
    wire = mark.label.value if mark.label is not Label.RELATED else Label.FURNITURE.value
    which, page = place
    return button(label, MarkLine(article=article, line=mark.line, label=wire, which=which, page=page))


def _likely(mark: Mark) -> Label:
    """Return what a line most likely is if it is not what it was taken for."""
    if mark.label is not Label.TEXT:
        return Label.TEXT
    if mark.doubt is Doubt.REPEATED or len(mark.block.text) > HEADING_LENGTH:
        return Label.FURNITURE
    return Label.HEADING


def _is_already(mark: Mark, label: Label) -> bool:
    return mark.label is label or (label is Label.FURNITURE and not mark.label.is_kept)


def _foot(t: Translator, sheet: Sheet, which: str, page: int, last: int) -> Sequence[tuple[Button, ...]]:
    key = sheet.article.id
    steps = [("«", 0), ("◀", page - 1), ("▶", page + 1), ("»", last)]
    walk = [
        button(label, ShowMarks(article=key, which=which, page=target))
        for label, target in steps
        if 0 <= target <= last and target != page and (label in "◀▶" or abs(target - page) > 1)
    ]
    names = [
        (DOUBTFUL, t.short("Doubtful: {n}", n=t.number(_count(sheet, DOUBTFUL)))),
        (REMOVED, t.short("Removed: {n}", n=t.number(_count(sheet, REMOVED)))),
        (HEADINGS, t.short("Headings: {n}", n=t.number(_count(sheet, HEADINGS)))),
        (ALL, t.short("All lines")),
    ]
    lists = [
        button(name, ShowMarks(article=key, which=kind))
        for kind, name in names
        if kind != which and _count(sheet, kind)
    ]
    rules = button(t.short("Rules"), ShowRules(article=key))
    return (tuple(walk), *rows(lists, 2), (rules, button(t.short("◀ To the draft"), ShowDraft(article=key))))
