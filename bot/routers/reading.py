"""Reading: an edition's screens, articles and what is related to them, the latest and the saved ones."""

from datetime import datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot import callbacks as to
from bot.filters import met
from bot.i18n import Translator
from bot.middlewares import TOASTS, Toast
from bot.show import show
from bot.views import article as article_view
from bot.views import digest as view
from bot.views import lists
from bot.views.places import Place
from bot.views.related import related as related_view
from digests.articles import ArticleId, UserId
from digests.editions import EditionId
from digests.library import Library, SectionPage
from digests.readers import Reader
from digests.rubrics import Choice
from digests.team import Team


def router() -> Router:
    """Return the router of reading; its taps are the most frequent, so it stands first."""
    reading = Router(name="reading")
    reading.callback_query.register(section, to.ShowSection.filter())
    reading.callback_query.register(rubric, to.ShowRubric.filter())
    reading.callback_query.register(contents, to.ShowContents.filter())
    reading.callback_query.register(cover, to.ShowCover.filter())
    reading.callback_query.register(related, to.ShowRelated.filter())
    reading.callback_query.register(keep, to.KeepArticle.filter(), flags=TOASTS)
    reading.callback_query.register(finish, to.FinishReading.filter())
    reading.callback_query.register(latest, to.ShowLatest.filter())
    reading.callback_query.register(saved, to.ShowSaved.filter())
    reading.callback_query.register(nothing, to.Nothing.filter())
    reading.message.register(latest, Command("latest", ignore_case=True))
    reading.message.register(saved, Command("saved", ignore_case=True))
    return reading


async def section(
    query: CallbackQuery, callback_data: to.ShowSection, library: Library, team: Team, reader: Reader | None,
    t: Translator, now: datetime,
) -> None:  # fmt: skip
    """A page of an article."""
    place = Place(edition=callback_data.edition, trail=callback_data.trail)
    page = await _page(callback_data, library, reader, await _sees_drafts(query, place, team))
    await show(query, article_view.page(t, page, place, now))


async def related(
    query: CallbackQuery, callback_data: to.ShowRelated, library: Library, team: Team, t: Translator, now: datetime
) -> None:
    """The articles related to one."""
    place = Place(edition=callback_data.edition, trail=callback_data.trail)
    drafts = await _sees_drafts(query, place, team)
    page = await _page(callback_data, library, None, drafts)
    found = await library.related(page.article_id, drafts=drafts)
    await show(query, related_view(t, page, found, place, now))


async def keep(
    query: CallbackQuery, callback_data: to.KeepArticle, library: Library, reader: Reader | None, t: Translator,
    now: datetime,
) -> Toast:  # fmt: skip
    """Save an article or let it go."""
    place = Place(edition=callback_data.edition, trail=callback_data.trail)
    await library.keep(met(reader).id, ArticleId(callback_data.article), callback_data.on)
    page = await _page(callback_data, library, reader, False)
    words = t("Saved. All your saved articles: /saved") if callback_data.on else t("Not saved any more.")
    return Toast(words, view=article_view.page(t, page, place, now))


async def cover(query: CallbackQuery, callback_data: to.ShowCover, library: Library, t: Translator) -> None:
    """The head of an edition."""
    await show(query, view.cover(t, await library.edition(EditionId(callback_data.edition))))


async def contents(query: CallbackQuery, callback_data: to.ShowContents, library: Library, t: Translator) -> None:
    """All headlines of an edition."""
    edition = await library.edition(EditionId(callback_data.edition))
    await show(query, view.contents(t, edition, callback_data.page))


async def rubric(query: CallbackQuery, callback_data: to.ShowRubric, library: Library, t: Translator) -> None:
    """A rubric's headlines in an edition."""
    edition = await library.edition(EditionId(callback_data.edition))
    await show(query, view.rubric(t, edition, callback_data.rubric, callback_data.page))


async def finish(
    query: CallbackQuery, callback_data: to.FinishReading, library: Library, reader: Reader | None, t: Translator,
    now: datetime,
) -> None:  # fmt: skip
    """The end of an edition."""
    edition = await library.edition(EditionId(callback_data.edition))
    await show(query, view.finish(t, edition, reader, now))


async def latest(
    event: Message | CallbackQuery, library: Library, reader: Reader | None, t: Translator, now: datetime,
    callback_data: to.ShowLatest | None = None,
) -> None:  # fmt: skip
    """The newest articles of the reader's rubrics."""
    choice = reader.preferences.rubrics if reader else Choice()
    page = callback_data.page if callback_data else 0
    found = await library.latest(choice, offset=page * lists.PAGE, limit=lists.PAGE)
    if not found[0] and found[1]:  # the list has grown shorter since the button was made
        page = lists.clamped(page, found[1], lists.PAGE)
        found = await library.latest(choice, offset=page * lists.PAGE, limit=lists.PAGE)
    await show(event, lists.latest(t, found, page, now))


async def saved(
    event: Message | CallbackQuery, library: Library, reader: Reader | None, t: Translator, now: datetime,
    callback_data: to.ShowSaved | None = None,
) -> None:  # fmt: skip
    """The reader's saved articles."""
    owner = met(reader).id
    page = callback_data.page if callback_data else 0
    found = await library.saved(owner, offset=page * lists.PAGE, limit=lists.PAGE)
    if not found[0] and found[1]:  # the list has grown shorter since the button was made
        page = lists.clamped(page, found[1], lists.PAGE)
        found = await library.saved(owner, offset=page * lists.PAGE, limit=lists.PAGE)
    await show(event, lists.saved(t, found, page, now))


async def nothing(_: CallbackQuery) -> None:
    """A label was pressed; the answer alone stops its spinner."""


async def _page(
    at: to.ShowSection | to.ShowRelated | to.KeepArticle, library: Library, reader: Reader | None, drafts: bool
) -> SectionPage:
    return await library.page(
        ArticleId(at.article),
        at.section,
        at.page,
        edition=EditionId(at.edition) if at.edition else None,
        reader=reader.id if reader else None,
        drafts=drafts,
    )


async def _sees_drafts(query: CallbackQuery, place: Place, team: Team) -> bool:
    return place.is_desk and await team.role(UserId(query.from_user.id)) is not None
