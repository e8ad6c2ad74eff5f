"""/start and its three steps; blocking the bot and letting it in again."""

from aiogram import Bot, Router
from aiogram.enums import ChatMemberStatus
from aiogram.filters import CommandStart
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from bot import commands
from bot.callbacks import ShowStep
from bot.filters import met
from bot.i18n import Catalogs
from bot.screens import STEPS, Screens
from bot.show import show
from bot.views import start as view
from digests.articles import UserId
from digests.questions import QuestionBook
from digests.readers import ChatId, Reader, ReaderState
from digests.subscriptions import Subscriptions, Welcome
from digests.team import Team

LAST_STEP = max(STEPS)


def router() -> Router:
    """Return the router of coming and going."""
    start = Router(name="start")
    start.message.register(arrive, CommandStart(ignore_case=True))
    start.callback_query.register(step, ShowStep.filter())
    start.my_chat_member.register(presence)
    return start


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
