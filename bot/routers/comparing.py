"""Repeated texts and stories on the desk: two articles side by side, and what is one story."""

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from bot import story_callbacks as to
from bot.filters import IsEditor
from bot.i18n import Translator
from bot.middlewares import TOASTS, Toast
from bot.show import show
from bot.views import comparing as view
from bot.views import plot as plot_view
from bot.views.view import View
from digests.articles import ArticleId, UserId
from digests.newsroom import Newsroom


def router() -> Router:
    """Return the router of comparisons and of editors' decisions on stories."""
    comparing = Router(name="comparing")
    comparing.callback_query.filter(IsEditor())
    comparing.callback_query.register(compare, to.CompareArticles.filter())
    comparing.callback_query.register(plot, to.ShowPlot.filter())
    comparing.callback_query.register(say, to.SayStory.filter(), flags=TOASTS)
    return comparing


async def compare(
    query: CallbackQuery, callback_data: to.CompareArticles, t: Translator, newsroom: Newsroom, now: datetime
) -> None:
    """What two articles have in common and where they differ."""
    found = await newsroom.compare(ArticleId(callback_data.article), ArticleId(callback_data.other))
    await show(query, view.comparison(t, found, callback_data.page, now))


async def plot(
    query: CallbackQuery, callback_data: to.ShowPlot, t: Translator, newsroom: Newsroom, now: datetime
) -> None:
    """What tells an article's story."""
    await show(query, await _plot(t, newsroom, ArticleId(callback_data.article), now))


async def say(
    query: CallbackQuery, callback_data: to.SayStory, t: Translator, newsroom: Newsroom, now: datetime
) -> Toast:
    """An editor says that two articles are one story, or are not."""
    article, other = ArticleId(callback_data.article), ArticleId(callback_data.other)
    who = UserId(query.from_user.id)
    if callback_data.same:
        await newsroom.stories.join(article, other, who)
    elif other:
        await newsroom.stories.tell_apart(article, other, who)
    else:
        await newsroom.stories.part(article, who)
    said = t("Noted: the same story") if callback_data.same else t("Noted: another story")
    if callback_data.compared:
        return Toast(said, view=view.comparison(t, await newsroom.compare(article, other), 0, now))
    return Toast(said, view=await _plot(t, newsroom, article, now))


async def _plot(t: Translator, newsroom: Newsroom, number: ArticleId, now: datetime) -> View:
    article = await newsroom.article(number)
    found = await newsroom.stories.others(number, plot_view.SHOWN)
    similar = [headline for headline, _ in await newsroom.candidates(number)]
    return plot_view.plot(t, article, found, similar, now)
