"""/start and its three steps; blocking the bot and letting it in again."""

from datetime import datetime

from aiogram import Bot, Router
from aiogram.enums import ChatMemberStatus
from aiogram.filters import CommandStart
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from bot import commands
from bot.callbacks import ShowStep
from bot.errors import describe
from bot.filters import Linked, met
from bot.i18n import Catalogs, Translator
from bot.screens import STEPS, Screens
from bot.show import show
from bot.views import article as article_view
from bot.views import notices
from bot.views import start as view
from bot.views.places import Place
from digests.articles import ArticleId, UserId
from digests.errors import ArticleMissing
from digests.library import Library
from digests.questions import QuestionBook
from digests.readers import ChatId, Reader, ReaderState
from digests.subscriptions import Subscriptions, Welcome
from digests.team import Team

LAST_STEP = max(STEPS)


def router() -> Router:
    """Return the router of coming and going."""
    start = Router(name="start")
    start.message.register(follow, CommandStart(deep_link=True, ignore_case=True), Linked())
    start.message.register(arrive, CommandStart(ignore_case=True))
    start.callback_query.register(step, ShowStep.filter())
    start.my_chat_member.register(presence)
    return start


async def follow(
    message: Message, article: ArticleId, library: Library, reader: Reader | None, t: Translator, now: datetime,
    subscriptions: Subscriptions, catalogs: Catalogs, screens: Screens, bot: Bot, team: Team,
) -> None:  # fmt: skip
    """A link to an article: first the article, then, to somebody new, the steps."""
    try:
        page = await library.page(article, 0, 0, reader=reader.id if reader else None)
        await show(message, article_view.page(t, page, Place(), now))
    except ArticleMissing as missing:
        await show(message, notices.gone(t, describe(missing, t), 0))
    if reader is None:
        await arrive(message, bot, subscriptions, catalogs, screens, team)


async def arrive(
    message: Message, bot: Bot, subscriptions: Subscriptions, catalogs: Catalogs, screens: Screens, team: Team
) -> None:
    """/start: the three steps for a new reader, a welcome for the others."""
    language = catalogs.closest(message.from_user.language_code if message.from_user else None)
    reader, welcome = await subscriptions.arrive(ChatId(message.chat.id), language)
    t, now = screens.translator(reader), screens.now(reader)
    match welcome:
        case Welcome.BACK:
            await show(message, view.welcome_back(t, reader, now))
        case Welcome.KNOWN if reader.state is not ReaderState.NEW:
            await show(message, view.welcome(t, reader, now))
        case _:
            await show(message, await screens.of(reader, STEPS[1]))
    if role := await team.role(UserId(message.chat.id)):
        await commands.offer(bot, reader.chat_id, t, role)


async def step(
    query: CallbackQuery, callback_data: ShowStep, reader: Reader | None, subscriptions: Subscriptions,
    screens: Screens, questions: QuestionBook,
) -> None:  # fmt: skip
    """A step of the first start; the last one settles the reader."""
    person = met(reader)
    if await questions.pending(person.chat_id):
        await questions.drop(person.chat_id)
    if callback_data.step == LAST_STEP:
        person = await subscriptions.settle(person.id)
    await show(query, await screens.of(person, STEPS[callback_data.step]))


async def presence(event: ChatMemberUpdated, subscriptions: Subscriptions) -> None:
    """The bot was blocked, or let in again."""
    chat = ChatId(event.chat.id)
    if event.new_chat_member.status == ChatMemberStatus.KICKED:
        await subscriptions.park(chat)
    else:
        await subscriptions.welcome_back(chat)
