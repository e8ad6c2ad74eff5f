"""Searching: /search with its words or without, pages of what was found, and what narrows it."""

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message

from bot import links
from bot import search_callbacks as to
from bot.filters import Answering
from bot.finding import Finding
from bot.i18n import Translator
from bot.show import show
from bot.views import search as view
from digests.questions import QuestionBook
from digests.readers import ChatId

SEARCH = "search"


def router() -> Router:
    """Return the router of searches."""
    searches = Router(name="searches")
    searches.callback_query.register(found, to.ShowFound.filter())
    searches.callback_query.register(filters, to.ShowFilter.filter())
    searches.callback_query.register(in_rubric, to.NarrowRubric.filter())
    searches.callback_query.register(in_period, to.NarrowPeriod.filter())
    searches.callback_query.register(widen, to.Widen.filter())
    searches.callback_query.register(word, to.TryWord.filter())
    searches.callback_query.register(ask, to.AskSearch.filter())
    searches.message.register(command, Command("search", ignore_case=True))
    searches.message.register(linked, CommandStart(deep_link=True, ignore_case=True, magic=F.args == links.SEARCH))
    searches.message.register(answer, Answering(SEARCH))
    return searches


async def command(
    message: Message, command: CommandObject, finding: Finding, questions: QuestionBook, t: Translator, now: datetime
) -> None:
    """/search: with words what they find, else the question for them."""
    if command.args and command.args.strip():
        await show(message, await finding.asked(t, command.args, now))
        return
    await questions.ask(ChatId(message.chat.id), SEARCH)
    await show(message, view.ask(t))


async def linked(message: Message, questions: QuestionBook, t: Translator) -> None:
    """The link of an inline query that found nothing."""
    await questions.ask(ChatId(message.chat.id), SEARCH)
    await show(message, view.ask(t))


async def ask(query: CallbackQuery, questions: QuestionBook, t: Translator) -> None:
    """The question what to search for."""
    await questions.ask(ChatId(query.from_user.id), SEARCH)
    await show(query, view.ask(t))


async def answer(message: Message, finding: Finding, questions: QuestionBook, t: Translator, now: datetime) -> None:
    """The words are here; ones that cannot be searched for leave the question open."""
    screen = await finding.asked(t, message.text or message.caption or "", now)
    await questions.drop(ChatId(message.chat.id))
    await show(message, screen)


async def found(
    query: CallbackQuery, callback_data: to.ShowFound, finding: Finding, t: Translator, now: datetime
) -> None:
    """A page of what was found."""
    await show(query, await finding.found(t, callback_data.query, callback_data.page, now))


async def filters(query: CallbackQuery, callback_data: to.ShowFilter, finding: Finding, t: Translator) -> None:
    """What narrows a search."""
    await show(query, await finding.filters(t, callback_data.query, callback_data.which, callback_data.page))


async def in_rubric(
    query: CallbackQuery, callback_data: to.NarrowRubric, finding: Finding, t: Translator, now: datetime
) -> None:
    """The same search in a rubric."""
    await show(query, await finding.in_rubric(t, callback_data.query, callback_data.rubric, now))


async def in_period(
    query: CallbackQuery, callback_data: to.NarrowPeriod, finding: Finding, t: Translator, now: datetime
) -> None:
    """The same search in a period."""
    await show(query, await finding.in_period(t, callback_data.query, callback_data.period, now))


async def widen(query: CallbackQuery, callback_data: to.Widen, finding: Finding, t: Translator, now: datetime) -> None:
    """The same search with less asked of it."""
    wider = finding.everywhere if callback_data.how == "everywhere" else finding.loose
    await show(query, await wider(t, callback_data.query, now))


async def word(query: CallbackQuery, callback_data: to.TryWord, finding: Finding, t: Translator, now: datetime) -> None:
    """A word that was offered."""
    await show(query, await finding.asked(t, callback_data.word, now))
