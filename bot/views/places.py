"""Where a page of an article was opened, and the buttons that carry that place along or lead back to it."""

from collections.abc import Callable
from dataclasses import dataclass

from aiogram.filters.callback_data import CallbackData

from bot import trails
from bot.archive_callbacks import ShowDay
from bot.callbacks import DATA_LIMIT, ShowContents, ShowDraft, ShowLatest, ShowRubric, ShowSaved, ShowSection
from bot.i18n import Translator
from bot.search_callbacks import ShowFound
from bot.story_callbacks import ShowStory
from bot.views.digest import to_cover
from bot.views.view import Button, button


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a page was opened: the edition (0: outside of one) and the trail back (bot.trails)."""

    edition: int = 0
    trail: str = ""

    @property
    def origin(self) -> trails.Frame | None:
        """What Back leads to."""
        return trails.pop(self.trail)[0]

    @property
    def is_in_order(self) -> bool:
        """Whether the article is read in the order of its edition, and not as an aside from another article."""
        return bool(self.edition) and not isinstance(self.origin, trails.Page)

    @property
    def is_contents(self) -> bool:
        """Whether Back leads to the contents."""
        frame = self.origin
        return frame == trails.CONTENTS or (isinstance(frame, trails.Turned) and frame.place == trails.CONTENTS)

    @property
    def is_desk(self) -> bool:
        """Whether an editor began at a draft's card."""
        return self.trail.split("_")[0] == trails.DRAFT

    def aside(self, page: trails.Page) -> "Place":
        """Return the place of an article opened from a page of another."""
        return Place(edition=self.edition, trail=trails.push(self.trail, page))


def opening(article: int, place: Place, section: int = 0, page: int = 0) -> ShowSection:
    """Return the target that opens a page of an article."""

    def made(trail: str) -> ShowSection:
        return ShowSection(edition=place.edition, article=article, section=section, page=page, trail=trail)

    return made(carried(made, place))


def telling(at: trails.Page, place: Place, *, listed: bool = False, turn: int = 0) -> ShowStory:
    """Return the target that shows what else was published on an article's story."""

    def made(trail: str) -> ShowStory:
        return ShowStory(
            edition=place.edition,
            article=at.article,
            section=at.section,
            page=at.page,
            listed=listed,
            turn=turn,
            trail=trail,
        )

    return made(carried(made, place))


def carried(made: Callable[[str], CallbackData], place: Place) -> str:
    """Return as much of the place's trail as the target that is made with it can carry."""
    return trails.fitted(place.trail, DATA_LIMIT - len(made("").pack().encode()))


def way_back(t: Translator, article: int, place: Place) -> Button:
    """Return the button that leads from an article to where it was opened."""
    frame, rest = trails.pop(place.trail)
    match frame:
        case trails.Page(before, section, page):
            target = opening(before, Place(edition=place.edition, trail=rest), section, page)
            return button(t.short("◀ To the article"), target)
        case trails.Rubric(rubric, page) if place.edition:
            return button(t.short("◀ To the rubric"), ShowRubric(edition=place.edition, rubric=rubric, page=page))
        case trails.Day(day, page):
            return button(t.short("◀ To the day"), ShowDay(day=day, page=page))
        case trails.Found(query, page):
            return button(t.short("◀ To the results"), ShowFound(query=query, page=page))
        case trails.DRAFT:
            return button(t.short("◀ To the draft"), ShowDraft(article=article))
        case trails.Turned(name, page):
            return _to_list(t, name, page, place)
        case str():
            return _to_list(t, frame, 0, place)
    return _to_list(t, trails.COVER, 0, place)


def _to_list(t: Translator, name: str, page: int, place: Place) -> Button:
    if name == trails.SAVED:
        return button(t.short("◀ Saved"), ShowSaved(page=page))
    if name == trails.LATEST or not place.edition:
        return button(t.short("◀ To the list"), ShowLatest(page=page))
    if name == trails.CONTENTS:
        return button(t.short("◀ Contents"), ShowContents(edition=place.edition, page=page))
    return to_cover(t, place.edition)
