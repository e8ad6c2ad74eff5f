"""Stories for readers: what else was published on the story of an article."""

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from bot import story_callbacks as to
from bot.i18n import Translator
from bot.show import show
from bot.views import lists
from bot.views.story import story as view
from digests.articles import ArticleId
from digests.library import Library


def router() -> Router:
    """Return the router of stories."""
    stories = Router(name="stories")
    stories.callback_query.register(story, to.ShowStory.filter())
    return stories


async def story(
    query: CallbackQuery, callback_data: to.ShowStory, library: Library, t: Translator, now: datetime
) -> None:
    """The other articles on a story."""
    page = await library.page(ArticleId(callback_data.article), callback_data.section, callback_data.page)
    found = await library.story(page.article_id, offset=callback_data.turn * lists.PAGE, limit=lists.PAGE)
    if not found[0] and found[1]:  # the list has grown shorter since the button was made
        turn = lists.clamped(callback_data.turn, found[1], lists.PAGE)
        found = await library.story(page.article_id, offset=turn * lists.PAGE, limit=lists.PAGE)
    await show(query, view(t, page, found, callback_data, now))
