"""The buttons of the desk: looking at a draft, filing, retitling, publishing, withdrawing."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot import callbacks as to
from bot.desk import Cards, Desk
from bot.filters import IsEditor
from bot.i18n import Translator
from bot.show import show
from bot.views import desk as view
from bot.views import desk_lists as lists
from bot.views.view import View
from digests.articles import ArticleId, ArticleState
from digests.clock import Clock
from digests.newsroom import Newsroom
from digests.rubrics import RubricId
from digests.schedule import zone_of_reader


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
        (to.Publish, publish),
        (to.Discard, discard),
        (to.Withdraw, withdraw),
    ):
        cards.callback_query.register(handler, target.filter())
    return cards
