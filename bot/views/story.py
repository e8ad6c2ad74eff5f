"""What else was published on an article's story: later, the same day, and before."""

from collections.abc import Sequence
from datetime import datetime

from bot import trails
from bot.i18n import Translator
from bot.story_callbacks import ShowStory
from bot.views import lists
from bot.views.markup import bold, clipped, escaped, italic, line
from bot.views.places import Place, opening, telling, way_back
from bot.views.view import View, button
from digests.library import SectionPage
from digests.storage.stories import Telling

TITLE_UTF16 = 200
SITE_UTF16 = 40


def story(
    t: Translator,
    shown: SectionPage,
    found: tuple[Sequence[Telling], int],
    asked: ShowStory,
    now: datetime,
) -> View:
    """Return a page of the other articles on a story, newest first; `now` is local to the reader."""
    tellings, total = found
    place, turn = Place(edition=asked.edition, trail=asked.trail), lists.clamped(asked.turn, total, lists.PAGE)
    at = trails.Page(shown.article_id, shown.section, shown.page)
    aside = place.aside(at)
    pages = lists.pages_of(total, lists.PAGE)
    heading = t("More on “{title}”", title=clipped(shown.title, TITLE_UTF16))
    groups = _groups(t, shown, tellings, turn * lists.PAGE + 1, now)
    empty = "" if tellings else t("Nothing else was published on this.")
    back = opening(shown.article_id, place, shown.section, shown.page)
    return View(
        text="\n\n".join(filter(None, [bold(line(heading)), *groups, empty])),
        keyboard=(
            *lists.numbers([opening(one.id, aside) for one in tellings], turn * lists.PAGE + 1),
            *lists.turning(t, turn, pages, lambda to: telling(at, place, listed=asked.listed, turn=to)),
            (way_back(t, shown.article_id, place) if asked.listed else button(t.short("◀ To the article"), back),),
        ),
    )


def _groups(t: Translator, shown: SectionPage, tellings: Sequence[Telling], first: int, now: datetime) -> list[str]:
    """Return the articles under what they are to the one that is shown, by its day in the reader's zone."""
    day = (shown.published_at or now).astimezone(now.tzinfo).date()
    later, same, before = t("What came next"), t("The same day"), t("How it began")
    groups: dict[str, list[str]] = {}
    for number, one in enumerate(tellings, first):
        local = one.published_at.astimezone(now.tzinfo)
        heading = same if local.date() == day else later if local.date() > day else before
        groups.setdefault(heading, []).append(_entry(t, one, number, local, now))
    return ["\n".join([italic(escaped(heading)), *entries]) for heading, entries in groups.items()]


def _entry(t: Translator, one: Telling, number: int, local: datetime, now: datetime) -> str:
    moment = t("{date}, {time}", date=t.age(one.published_at, now), time=t.clock(local.time()))
    facts = " · ".join(filter(None, [line(clipped(one.site, SITE_UTF16)), moment]))
    return f"{number}. {line(clipped(one.title, TITLE_UTF16))} — {facts}"
