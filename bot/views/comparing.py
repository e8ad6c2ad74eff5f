"""Repeated texts, for editors: the card's note, and two articles side by side."""

from collections.abc import Sequence
from datetime import datetime

from bot.callbacks import ShowDraft
from bot.i18n import Translator
from bot.story_callbacks import CompareArticles, SayStory
from bot.views import lists
from bot.views.markup import bold, clipped, escaped, italic, line, struck
from bot.views.view import Button, View, button
from digests.articles import Article, ArticleState
from digests.blocks import utf16_length
from digests.sameness import Change, Difference, Overlap
from digests.twins import Compared, Side, Twin

SCREEN_UTF16 = 2400  # of differences on a screen; titles, dates and tags need the rest of 4096
PIECE_UTF16 = 1100  # of one paragraph
TITLE_UTF16 = 150
KIN_UTF16 = 60
ALL, MOST = 0.97, 0.9  # of a text that is in the other; below the second the other is clearly longer


def notes(t: Translator, twins: Sequence[Twin]) -> list[str]:
    """Return what a draft's card says of the articles that it repeats."""
    return [_note(t, twin) for twin in twins]


def buttons(t: Translator, article: Article, twins: Sequence[Twin]) -> list[Button]:
    """Return the buttons that show what a draft has in common with those it repeats."""
    if len(twins) == 1:
        return [button(t.short("Compare"), CompareArticles(article=article.id, other=twins[0].id))]
    return [
        button(t.short("Compare with {id}", id=twin.id), CompareArticles(article=article.id, other=twin.id))
        for twin in twins
    ]


def comparison(t: Translator, found: Compared, page: int, now: datetime) -> View:
    """Return a page of the differences of two articles, below what they have in common; `now` is the editor's."""
    sides, compared = (found.here, found.there), found.comparison
    here, there = sides
    one, other = here.article, there.article
    screens = _screens(t, compared.differences, (one.id, other.id))
    number = lists.clamped(page, len(screens), 1)
    text = "\n".join(
        [
            bold(t("No. {one} and No. {other}", one=one.id, other=other.id)),
            t("{n} % of the words are the same and stand together in both texts.", n=compared.overlap.percent),
            "",
            *_titles(t, one, other),
            _facts(t, here, now),
            _facts(t, there, now),
        ]
    )
    turning = lists.turning(
        t, number, len(screens), lambda to: CompareArticles(article=one.id, other=other.id, page=to)
    )
    back = (
        button(t.short("◀ To No. {id}", id=one.id), ShowDraft(article=one.id)),
        button(t.short("Open No. {id}", id=other.id), ShowDraft(article=other.id)),
    )
    said = SayStory(article=one.id, other=other.id, same=not found.are_one, compared=True)
    label = t.short("Another story") if found.are_one else t.short("The same story")
    return View(text="\n\n".join([text, *screens[number]]), keyboard=(*turning, (button(label, said),), back))


def _note(t: Translator, twin: Twin) -> str:
    if twin.is_exact:
        match twin.state:
            case ArticleState.DRAFT:
                return "⛔ " + t("An exact repeat of draft No. {id}", id=twin.id)
            case ArticleState.PUBLISHED:
                return "⛔ " + t("An exact repeat of No. {id}, which is published", id=twin.id)
            case ArticleState.WITHDRAWN:
                return "⛔ " + t("An exact repeat of No. {id}, which was withdrawn", id=twin.id)
    if twin.is_kin:
        title = line(clipped(twin.title, KIN_UTF16))
        return "ℹ " + t("The same story as No. {id}, “{title}”: a digest shows it once", id=twin.id, title=title)
    return "⚠ " + _alike(t, twin.id, twin.overlap)


def _alike(t: Translator, number: int, overlap: Overlap) -> str:
    if overlap.here >= ALL and overlap.there < MOST:
        return t("Looks like No. {id} ({n} %): all of this text is in it", id=number, n=overlap.percent)
    if overlap.there >= ALL and overlap.here < MOST:
        return t("Looks like No. {id} ({n} %): all of it is in this text", id=number, n=overlap.percent)
    return t("Looks like No. {id} ({n} %)", id=number, n=overlap.percent)


def _titles(t: Translator, one: Article, other: Article) -> list[str]:
    own, foreign = (line(clipped(each.title, TITLE_UTF16)) for each in (one, other))
    if one.title == other.title:
        return [t("Both titles: “{title}”", title=own)]
    return [
        t("Title of No. {id}: “{title}”", id=each.id, title=title) for each, title in ((one, own), (other, foreign))
    ]


def _facts(t: Translator, side: Side, now: datetime) -> str:
    article = side.article
    moment = article.published_at or article.created_at
    local = moment.astimezone(now.tzinfo)
    date = t("{date}, {time}", date=t.day(local.date(), now.date()), time=t.clock(local.time()))
    state = t("published {date}", date=date) if article.published_at else t("came {date}", date=date)
    facts = [state, t.many("{n} character", "{n} characters", article.characters)]
    if side.origin and side.origin.site:
        facts.append(line(clipped(side.origin.site, TITLE_UTF16)))
    return t("No. {id}: {facts}", id=article.id, facts=" · ".join(facts))


def _screens(t: Translator, differences: Sequence[Difference], ids: tuple[int, int]) -> list[list[str]]:
    if not differences:
        return [[t("No paragraph differs; at most their order does.")]]
    screens: list[list[str]] = [[]]
    length, before = 0, None
    for difference in differences:
        piece = _piece(difference)
        if length and length + utf16_length(piece) > SCREEN_UTF16:
            screens.append([])
            length, before = 0, None
        head = "" if difference.change is before else italic(escaped(_heading(t, difference.change, ids))) + "\n"
        screens[-1].append(head + piece)
        length += utf16_length(piece)
        before = difference.change
    return screens


def _heading(t: Translator, change: Change, ids: tuple[int, int]) -> str:
    match change:
        case Change.HERE:
            return t("Only in No. {id}", id=ids[0])
        case Change.THERE:
            return t("Only in No. {id}", id=ids[1])
        case Change.CHANGED:
            return t("Changed: bold is in No. {one}, struck out in No. {other}", one=ids[0], other=ids[1])


def _piece(difference: Difference) -> str:
    """Return a paragraph; of a long one that was changed only so much that it fits."""
    if difference.change is not Change.CHANGED:
        return line(clipped(difference.runs[0][1], PIECE_UTF16))
    left, pieces = PIECE_UTF16, []
    for change, text in difference.runs:
        if left <= 0:
            pieces.append("…")
            break
        shown = line(clipped(text, left))
        left -= utf16_length(text)
        pieces.append({Change.HERE: bold, Change.THERE: struck}.get(change, str)(shown) if change else shown)
    return " ".join(pieces)
