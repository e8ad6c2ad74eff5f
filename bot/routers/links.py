"""Links of editors: after /add, alone in a message, amid an article; and pages that are there already."""

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot import link_callbacks as to
from bot.filters import IsEditor, OnlyLinks
from bot.i18n import Translator
from bot.linking import Linking
from bot.show import send, show
from bot.views import notices
from digests.articles import ArticleId
from digests.questions import QuestionBook
from digests.readers import ChatId


def router() -> Router:
    """Return the router of links; it stands before the desk's, which takes them for text."""
    links = Router(name="links")
    links.message.filter(IsEditor())
    links.callback_query.filter(IsEditor())
    links.message.register(add, Command("add", ignore_case=True), OnlyLinks(after_command=True))
    links.message.register(alone, OnlyLinks())
    links.callback_query.register(into_text, to.OnLink.filter(F.how == "text"))
    links.callback_query.register(as_page, to.OnLink.filter(F.how == "page"))
    links.callback_query.register(anew, to.TakeAnew.filter())
    return links


async def add(
    message: Message, links: tuple[str, ...], t: Translator, linking: Linking, questions: QuestionBook
) -> None:
    """/add with a link, or in answer to one."""
    await questions.drop(ChatId(message.chat.id))
    await linking.commanded(message, t, links)


async def alone(message: Message, links: tuple[str, ...], t: Translator, linking: Linking) -> None:
    """A message that is nothing but a link."""
    if not await linking.sent(message, t, links):
        raise SkipHandler


async def into_text(query: CallbackQuery, callback_data: to.OnLink, t: Translator, linking: Linking) -> None:
    """The link belongs to the text."""
    await show(query, await linking.into_text(query, t, callback_data.message) or notices.stale(t))


async def as_page(query: CallbackQuery, callback_data: to.OnLink, t: Translator, linking: Linking) -> None:
    """The link is an article of its own."""
    if not await linking.as_page(query, t, callback_data.message):
        await send(query, notices.stale(t))


async def anew(query: CallbackQuery, callback_data: to.TakeAnew, t: Translator, linking: Linking) -> None:
    """The page may have changed: read it once more."""
    await linking.anew(query, t, ArticleId(callback_data.article))
