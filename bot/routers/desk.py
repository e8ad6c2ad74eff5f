"""How articles come in: /add, the parts of a paste, forwards and files, /done; and the editors' lists."""

from aiogram import Bot, F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from bot import incoming
from bot.desk import Cards, Desk
from bot.filters import IsEditor
from bot.i18n import Translator
from bot.show import show
from bot.turns import Turns
from bot.views import desk as view
from bot.views import desk_lists as lists
from bot.views.view import View
from digests.articles import UserId
from digests.blocks import Block, utf16_length
from digests.errors import TextTooLong
from digests.newsroom import Arrival, Newsroom
from digests.questions import QuestionBook
from digests.readers import ChatId
from digests.sources.paste import NEARLY_FULL
from digests.sources.worker import Worker

DRAFT_FROM = 200  # characters; a shorter text out of the blue is a question or a slip, not an article


def router() -> Router:
    """Return the router of what editors send."""
    desk = Router(name="desk")
    desk.message.filter(IsEditor())
    desk.message.register(add, Command("add", ignore_case=True))
    desk.message.register(done, Command("done", ignore_case=True))
    desk.message.register(drafts, Command("drafts", ignore_case=True))
    desk.message.register(part, F.forward_origin | F.document | F.text | F.caption)
    return desk


async def add(
    message: Message, command: CommandObject, bot: Bot, t: Translator, newsroom: Newsroom, desk: Desk, cards: Cards,
    questions: QuestionBook, worker: Worker,
) -> None:  # fmt: skip
    """/add: with a text, a file or in answer to a message makes a draft of it; alone, begins to collect one."""
    await questions.drop(ChatId(message.chat.id))
    author = UserId(message.chat.id)
    blocks = await _added(message, command, bot, worker)
    if blocks:
        article = await newsroom.submit(author, message.message_id, blocks, Arrival.COMMAND)
        await cards.replace(message, article.id, await desk.submitted(t, article))
    else:
        article = await newsroom.begin(author)
        await cards.replace(message, article.id, [view.collecting(t, article)])


async def done(message: Message, t: Translator, newsroom: Newsroom, desk: Desk, cards: Cards) -> None:
    """/done: the paste is complete, show the draft."""
    article = await newsroom.finish(UserId(message.chat.id))
    if article is None:
        await show(message, View(text=t("Nothing is being collected. /add begins an article.")))
        return
    await cards.replace(message, article.id, await desk.submitted(t, article))


async def drafts(message: Message, t: Translator, newsroom: Newsroom) -> None:
    """/drafts: the list."""
    found, total = await newsroom.drafts(offset=0, limit=lists.PAGE)
    await show(message, lists.drafts(t, found, page=0, total=total))


async def part(
    message: Message, bot: Bot, t: Translator, newsroom: Newsroom, desk: Desk, cards: Cards, turns: Turns,
    worker: Worker,
) -> None:  # fmt: skip
    """A part of a paste, a forwarded post or a file; a short text that belongs to no draft is left to others."""
    author, arrival = UserId(message.chat.id), _arrival(message)
    if not await _is_part(message, arrival, newsroom):
        raise SkipHandler
    blocks = await incoming.document(bot, message.document, worker) if message.document else incoming.blocks(message)
    try:
        article = await newsroom.submit(author, message.message_id, blocks, arrival, incoming.origin(message))
    except TextTooLong:
        if turns.more_wait(message.chat.id):
            return  # the next one will be refused too, and the last one says so
        raise
    is_long = utf16_length(message.text or "") >= NEARLY_FULL
    if turns.more_wait(message.chat.id) and (desk.is_open(article) or is_long):
        return  # a card for every message of a paste would come slower than the messages
    await cards.replace(message, article.id, await desk.submitted(t, article))


async def _is_part(message: Message, arrival: Arrival, newsroom: Newsroom) -> bool:
    text = message.text or message.caption or ""
    if (message.text or "").startswith("/"):
        return False
    is_short = arrival is Arrival.TEXT and len(text) < DRAFT_FROM
    return not is_short or await newsroom.collecting(UserId(message.chat.id)) is not None


def _arrival(message: Message) -> Arrival:
    if message.document:
        return Arrival.FILE
    return Arrival.FORWARD if message.forward_origin else Arrival.TEXT


async def _added(message: Message, command: CommandObject, bot: Bot, worker: Worker) -> tuple[Block, ...]:
    source = message.reply_to_message
    if message.document:
        return await incoming.document(bot, message.document, worker)
    if command.args:
        return incoming.after_command(message)
    if source and source.document:
        return await incoming.document(bot, source.document, worker)
    return incoming.blocks(source) if source else ()
