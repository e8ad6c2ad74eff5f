"""The buttons of the desk: looking at a draft, filing, retitling, publishing, withdrawing."""

from datetime import UTC

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot import callbacks as to
from bot.desk import Cards, Desk
from bot.errors import describe
from bot.filters import IsEditor
from bot.i18n import Translator
from bot.middlewares import TOASTS, Toast
from bot.show import send, show
from bot.views import desk as view
from bot.views import desk_lists as lists
from bot.views.view import View
from digests import zones
from digests.articles import ArticleId
from digests.clock import Clock
from digests.errors import RubricNotChosen
from digests.newsroom import Newsroom
from digests.readers import Reader
from digests.rubrics import RubricId


def router() -> Router:
    """Return the router of the desk's buttons and of /articles."""
    cards = Router(name="desk_cards")
    cards.message.filter(IsEditor())
    cards.callback_query.filter(IsEditor())
    cards.message.register(articles, Command("articles", ignore_case=True))
    for target, handler in (
        (to.FinishPaste, finish),
        (to.ShowDraft, card),
        (to.ShowDrafts, drafts_page),
        (to.ShowArticles, articles_page),
        (to.ShowRemoved, removed),
        (to.ShowRubricChoice, rubric_choice),
        (to.FileUnder, file_under),
        (to.ShowRelatedChoice, related_choice),
        (to.ChooseRelated, choose_related),
        (to.Discard, discard),
        (to.Withdraw, withdraw),
    ):
        cards.callback_query.register(handler, target.filter())
    cards.callback_query.register(publish, to.Publish.filter(), flags=TOASTS)
    return cards


async def articles(message: Message, t: Translator, newsroom: Newsroom, clock: Clock, reader: Reader | None) -> None:
    """/articles: the published ones."""
    await show(message, await _articles(t, newsroom, clock, reader, 0))


async def articles_page(
    query: CallbackQuery, callback_data: to.ShowArticles, t: Translator, newsroom: Newsroom, clock: Clock,
    reader: Reader | None,
) -> None:  # fmt: skip
    """Another page of the published articles."""
    await show(query, await _articles(t, newsroom, clock, reader, callback_data.page))


async def drafts_page(query: CallbackQuery, callback_data: to.ShowDrafts, t: Translator, newsroom: Newsroom) -> None:
    """Another page of the drafts."""
    page = max(callback_data.page, 0)
    found, total = await newsroom.drafts(offset=page * lists.PAGE, limit=lists.PAGE)
    await show(query, lists.drafts(t, found, page=page, total=total))


async def finish(
    query: CallbackQuery, callback_data: to.FinishPaste, t: Translator, newsroom: Newsroom, desk: Desk, cards: Cards
) -> None:
    """No more parts will come."""
    article = await newsroom.close(ArticleId(callback_data.article))
    cards.settle(query.from_user.id)
    await show(query, await desk.preview(t, article))
    await send(query, await desk.card(t, article))


async def card(
    query: CallbackQuery, callback_data: to.ShowDraft, t: Translator, newsroom: Newsroom, desk: Desk
) -> None:
    """The card of a draft or an article."""
    article = await newsroom.article(ArticleId(callback_data.article))
    await show(query, await desk.card(t, article))


async def removed(query: CallbackQuery, callback_data: to.ShowRemoved, t: Translator, newsroom: Newsroom) -> None:
    """What was taken out of the text."""
    article = await newsroom.article(ArticleId(callback_data.article))
    await show(query, view.removed(t, article, callback_data.page))


async def rubric_choice(
    query: CallbackQuery, callback_data: to.ShowRubricChoice, t: Translator, newsroom: Newsroom
) -> None:
    """Where to file an article."""
    article = await newsroom.article(ArticleId(callback_data.article))
    await show(query, view.rubric_choice(t, article, await newsroom.rubrics(), callback_data.page))


async def file_under(
    query: CallbackQuery, callback_data: to.FileUnder, t: Translator, newsroom: Newsroom, desk: Desk
) -> None:
    """File an article under a rubric."""
    article = await newsroom.file_under(ArticleId(callback_data.article), RubricId(callback_data.rubric))
    await show(query, await desk.card(t, article))


async def related_choice(
    query: CallbackQuery, callback_data: to.ShowRelatedChoice, t: Translator, newsroom: Newsroom
) -> None:
    """Candidates for the editor's own choice of related articles."""
    article = await newsroom.article(ArticleId(callback_data.article))
    await show(query, view.related_choice(t, article, await newsroom.candidates(article.id)))


async def choose_related(
    query: CallbackQuery, callback_data: to.ChooseRelated, t: Translator, newsroom: Newsroom
) -> None:
    """Take an article into the editor's choice or out of it."""
    article = await newsroom.article(ArticleId(callback_data.article))
    await newsroom.choose_related(article.id, ArticleId(callback_data.target), callback_data.on)
    await show(query, view.related_choice(t, article, await newsroom.candidates(article.id)))


async def publish(
    query: CallbackQuery, callback_data: to.Publish, t: Translator, newsroom: Newsroom, desk: Desk, cards: Cards
) -> Toast:
    """Publish a draft as it was when the button was made; without a rubric ask for one first."""
    try:
        article, now = await newsroom.publish(ArticleId(callback_data.article), callback_data.revision)
    except RubricNotChosen as error:
        article = await newsroom.article(ArticleId(callback_data.article))
        return Toast(describe(error, t), alert=True, view=view.rubric_choice(t, article, await newsroom.rubrics(), 0))
    cards.settle(query.from_user.id)
    text = t("Published") if now else t("It was published already.")
    return Toast(text, view=view.published(t, article, await desk.rubric(article), now=now))


async def discard(query: CallbackQuery, callback_data: to.Discard, t: Translator, newsroom: Newsroom) -> None:
    """Delete a draft, once the editor is sure."""
    if callback_data.sure:
        await newsroom.discard(ArticleId(callback_data.article))
        await show(query, View(text=t("The draft is deleted. /add begins another.")))
        return
    await show(query, view.sure_to_discard(t, await newsroom.article(ArticleId(callback_data.article))))


async def withdraw(
    query: CallbackQuery, callback_data: to.Withdraw, t: Translator, newsroom: Newsroom, desk: Desk
) -> None:
    """Withdraw a published article, once the editor is sure."""
    if callback_data.sure:
        article, _ = await newsroom.withdraw(ArticleId(callback_data.article))
        await show(query, await desk.card(t, article))
        return
    await show(query, view.sure_to_withdraw(t, await newsroom.article(ArticleId(callback_data.article))))


async def _articles(t: Translator, newsroom: Newsroom, clock: Clock, reader: Reader | None, page: int) -> View:
    number = max(page, 0)
    found, total = await newsroom.published(offset=number * lists.PAGE, limit=lists.PAGE)
    zone = zones.zone(reader.preferences.schedule.zone) if reader else UTC
    return lists.articles(t, found, page=number, total=total, now=clock.now(), zone=zone)
