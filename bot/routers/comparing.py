"""Repeated texts on the desk: two articles side by side."""

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from bot import story_callbacks as to
from bot.filters import IsEditor
from bot.i18n import Translator
from bot.show import show
from bot.views import comparing as view
from digests.articles import ArticleId
from digests.newsroom import Newsroom


def router() -> Router:
    """Return the router of comparisons."""
    comparing = Router(name="comparing")
    comparing.callback_query.filter(IsEditor())
    comparing.callback_query.register(compare, to.CompareArticles.filter())
    return comparing


async def compare(
    query: CallbackQuery, callback_data: to.CompareArticles, t: Translator, newsroom: Newsroom, now: datetime
) -> None:
    """What two articles have in common and where they differ."""
    one, other = ArticleId(callback_data.article), ArticleId(callback_data.other)
    here, there, found = await newsroom.compare(one, other)
    await show(query, view.comparison(t, (here, there), found, callback_data.page, now))
