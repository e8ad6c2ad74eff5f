"""The articles related to one, by who says so."""

from collections.abc import Sequence
from datetime import datetime

from bot import trails
from bot.i18n import Translator
from bot.views import lists
from bot.views.markup import bold, clipped, escaped, italic, line, link
from bot.views.places import Place, opening
from bot.views.view import View, button
from digests.articles import Related, RelatedKind
from digests.library import SectionPage

TITLE_UTF16 = 250  # five of them and the article's own title leave a message half empty


def related(t: Translator, shown: SectionPage, found: Sequence[Related], place: Place, now: datetime) -> View:
    """Return the articles related to the one whose page is shown; `now` is local to the reader."""
    aside = place.aside(trails.Page(shown.article_id, shown.section, shown.page))
    targets = [opening(entry.article_id, aside) for entry in found if entry.article_id is not None]
    heading = t("Related to “{title}”", title=clipped(shown.title, TITLE_UTF16))
    groups = [_group(t, kind, found, now) for kind in RelatedKind]
    empty = "" if found else t("Nothing related yet.")
    back = opening(shown.article_id, place, shown.section, shown.page)
    return View(
        text="\n\n".join(filter(None, [bold(line(heading)), *groups, empty])),
        keyboard=(*lists.numbers(targets), (button(t.short("◀ To the article"), back),)),
    )


def _group(t: Translator, kind: RelatedKind, found: Sequence[Related], now: datetime) -> str:
    """Return the entries of one kind under its name; the numbers are those of the buttons."""
    names = {
        RelatedKind.EDITOR: t("The editors' choice"),
        RelatedKind.SOURCE: t("From the source"),
        RelatedKind.SIMILAR: t("Similar"),
        RelatedKind.STORY: t("More on the same"),
    }
    lines = []
    number = 0
    for entry in found:
        number += entry.article_id is not None
        if entry.kind is kind:
            lines.append(_entry(t, entry, number, now))
    return "\n".join([italic(escaped(names[kind])), *lines]) if lines else ""


def _entry(t: Translator, entry: Related, number: int, now: datetime) -> str:
    title = line(clipped(entry.title, TITLE_UTF16))
    if entry.article_id is None:
        return f"• {link(title, entry.href or '')}"
    age = f" — {t.age(entry.published_at, now)}" if entry.published_at else ""
    why = t("same topic: {words}", words=entry.reasons) if entry.reasons else ""
    return "\n".join(filter(None, [f"{number}. {title}{age}", why and italic(line(why))]))
