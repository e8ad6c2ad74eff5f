"""A page of an article."""

from datetime import datetime

from bot import trails
from bot.callbacks import FinishReading, KeepArticle, ShowContents, ShowRelated
from bot.i18n import Translator
from bot.views import lists
from bot.views.digest import named
from bot.views.lists import Row
from bot.views.markup import bold, html, italic, line
from bot.views.places import Place, carried, opening, telling, way_back
from bot.views.view import View, button
from digests.articles import ArticleState
from digests.library import SectionPage


def page(t: Translator, shown: SectionPage, place: Place, now: datetime | None) -> View:
    """Return a page of an article; `now` is local to the reader (None: leave out the dates)."""
    head = [bold(line(shown.title)), _facts(t, shown, now), _position(t, shown), _heading(shown)]
    blocks = [_mark(t, shown), "\n".join(filter(None, head)), _text(t, shown)]
    keyboard = [_walk(t, shown, place), _story(t, shown, place), _aside(t, shown, place), _back(t, shown, place)]
    return View(text="\n\n".join(filter(None, blocks)), keyboard=tuple(filter(None, keyboard)))


def preview(t: Translator, shown: SectionPage) -> View:
    """Return a page of a draft as readers will see it."""
    return page(t, shown, Place(trail=trails.DRAFT), None)


def _mark(t: Translator, shown: SectionPage) -> str:
    match shown.state:
        case ArticleState.DRAFT:
            return bold(t("PREVIEW — not published"))
        case ArticleState.WITHDRAWN if shown.blocks:  # only the desk gets them
            return bold(t("WITHDRAWN — readers do not see this text"))
    return ""


def _facts(t: Translator, shown: SectionPage, now: datetime | None) -> str:
    facts = [line(named(shown.rubric))] if shown.rubric else []
    if now and shown.published_at:
        facts.append(_moment(t, shown.published_at, now))
    if now and shown.corrected_at:
        facts.append(_corrected(t, shown.corrected_at, shown.published_at, now))
    if (shown.section, shown.page) == (0, 0) and shown.state is not ArticleState.WITHDRAWN:
        facts.append(lists.minutes(t, shown.minutes))
    return italic(" · ".join(facts)) if facts else ""


def _moment(t: Translator, moment: datetime, now: datetime) -> str:
    local = moment.astimezone(now.tzinfo)
    return t("{date}, {time}", date=t.day(local.date(), now.date()), time=t.clock(local.time()))


def _corrected(t: Translator, corrected: datetime, published: datetime | None, now: datetime) -> str:
    local = corrected.astimezone(now.tzinfo)
    if published and published.astimezone(now.tzinfo).date() == local.date():
        return t("updated {moment}", moment=t.clock(local.time()))
    if local.date() == now.date():
        return t("updated today, {time}", time=t.clock(local.time()))
    return t("updated {moment}", moment=_moment(t, corrected, now))


def _position(t: Translator, shown: SectionPage) -> str:
    facts = []
    if shown.sections > 1:
        facts.append(t("section {number} of {total}", number=shown.section + 1, total=shown.sections))
    if shown.pages > 1:
        facts.append(t("page {number} of {total}", number=shown.page + 1, total=shown.pages))
    return " · ".join(facts)


def _heading(shown: SectionPage) -> str:
    """Return the section's title again on its further pages; the first one has it among its blocks, below the lead."""
    return bold(line(shown.section_title)) if shown.section_title and shown.page else ""


def _text(t: Translator, shown: SectionPage) -> str:
    if shown.state is ArticleState.WITHDRAWN and not shown.blocks:
        return t("This article was withdrawn by the editors.")
    return html(shown.blocks)


def _walk(t: Translator, shown: SectionPage, place: Place) -> Row:
    """Return the row that reads on, always in the same place: pages, sections, the next article, the end."""
    row = []
    if shown.previous:
        row.append(button(t.short("◀ Previous section"), opening(shown.article_id, place, *shown.previous)))
    if shown.next:
        row.append(button(t.short("Next section ▶"), opening(shown.article_id, place, *shown.next)))
    elif place.is_in_order and shown.next_article is not None:
        row.append(button(t.short("Next article ▶"), opening(shown.next_article, place)))
    elif place.is_in_order:
        row.append(button(t.short("✔ All for today"), FinishReading(edition=place.edition)))
    return tuple(row)


def _story(t: Translator, shown: SectionPage, place: Place) -> Row:
    if not shown.others or shown.state is not ArticleState.PUBLISHED:
        return ()
    at = trails.Page(shown.article_id, shown.section, shown.page)
    return (button(t.short("More on this: {n}", n=shown.others), telling(at, place)),)


def _aside(t: Translator, shown: SectionPage, place: Place) -> Row:
    row = []
    if shown.related_count:
        label = t.short("Related articles")
        row.append(button(f"{label} {shown.related_count}", _related(shown, place)))
    if shown.state is ArticleState.PUBLISHED or shown.saved:
        label = t.short("✓ Saved") if shown.saved else t.short("Save")
        row.append(button(label, _keeping(shown, place)))
    return tuple(row)


def _back(t: Translator, shown: SectionPage, place: Place) -> Row:
    back = way_back(t, shown.article_id, place)
    if place.edition and not place.is_contents:
        return (back, button(t.short("Contents"), ShowContents(edition=place.edition)))
    return (back,)


def _related(shown: SectionPage, place: Place) -> ShowRelated:
    def made(trail: str) -> ShowRelated:
        return ShowRelated(
            edition=place.edition, article=shown.article_id, section=shown.section, page=shown.page, trail=trail
        )

    return made(carried(made, place))


def _keeping(shown: SectionPage, place: Place) -> KeepArticle:
    def made(trail: str) -> KeepArticle:
        return KeepArticle(
            on=not shown.saved,
            edition=place.edition,
            article=shown.article_id,
            section=shown.section,
            page=shown.page,
            trail=trail,
        )

    return made(carried(made, place))
