"""The editors' lists: drafts, published articles, the team."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from bot.callbacks import ShowArticles, ShowDraft, ShowDrafts
from bot.i18n import Translator
from bot.views.markup import bold, clipped, line
from bot.views.view import Button, View, button, rows
from digests.articles import Article, UserId

PAGE = 8  # entries of a screen
TITLE_LIMIT = 120  # characters of a title in a list


def drafts(t: Translator, articles: Sequence[Article], *, page: int, total: int) -> View:
    """The drafts, newest first."""
    if not articles:
        return View(text=t("There are no drafts. /add begins one."))
    lines = [bold(t("Drafts")), *_numbered(articles, page)]
    walk = [button(label, ShowDrafts(page=target)) for label, target in _neighbours(page, total)]
    return View(text="\n".join(lines), keyboard=_keyboard(articles, page, walk))


def articles(t: Translator, found: Sequence[Article], *, page: int, total: int, now: datetime, zone: tzinfo) -> View:
    """The published articles, newest first, each with its age."""
    if not found:
        return View(text=t("Nothing is published yet. /add begins an article."))
    ages = [t.age(article.published_at, now, zone) if article.published_at else "" for article in found]
    lines = [bold(t("Published articles")), *_numbered(found, page, ages)]
    walk = [button(label, ShowArticles(page=target)) for label, target in _neighbours(page, total)]
    return View(text="\n".join(lines), keyboard=_keyboard(found, page, walk))


def team(t: Translator, owners: Sequence[UserId], editors: Sequence[tuple[UserId, str]]) -> View:
    """Who may push articles, and how to change that."""
    lines = [bold(t("Team"))]
    lines += [t("Owner: {id}", id=owner) for owner in owners]
    lines += [t("Editor: {name}, {id}", name=line(name or "?"), id=user) for user, name in editors]
    lines += [
        "",
        t("To add an editor: /team add ID name. To remove: /team remove ID. /help shows each person their ID."),
    ]
    return View(text="\n".join(lines))


def _numbered(found: Sequence[Article], page: int, ages: Sequence[str] = ()) -> list[str]:
    first = page * PAGE + 1
    tails = [f" — {age}" for age in ages] or [""] * len(found)
    return [
        f"{number}. {line(clipped(article.title, TITLE_LIMIT) or '…')}{tail}"
        for number, (article, tail) in enumerate(zip(found, tails, strict=True), first)
    ]


def _neighbours(page: int, total: int) -> list[tuple[str, int]]:
    last = max(0, (total - 1) // PAGE)
    return [(label, target) for label, target in (("◀", page - 1), ("▶", page + 1)) if 0 <= target <= last]


def _keyboard(found: Sequence[Article], page: int, walk: list[Button]) -> tuple[tuple[Button, ...], ...]:
    first = page * PAGE + 1
    numbers = [button(str(number), ShowDraft(article=article.id)) for number, article in enumerate(found, first)]
    return tuple(row for row in (*rows(numbers, 4), tuple(walk)) if row)
