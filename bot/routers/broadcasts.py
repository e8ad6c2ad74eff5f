"""Broadcasts for editors: proposing one, confirming it, and the lists."""

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot import broadcast_callbacks as to
from bot import incoming
from bot.filters import Answering, IsEditor
from bot.i18n import Translator
from bot.middlewares import TOASTS, Toast
from bot.proposing import Proposing
from bot.show import send, show
from bot.views import announcing as view
from bot.views.view import View
from bot.watching import Watching
from digests.articles import ArticleId, UserId
from digests.broadcasting import Broadcasts
from digests.broadcasts import Card, Kind
from digests.delivery import Sent
from digests.newsroom import Newsroom
from digests.questions import Question, QuestionBook
from digests.readers import ChatId

ANNOUNCEMENT = "announcement"


def router() -> Router:
    """Return the router of proposals and lists; it stands before the one that takes any message for an article."""
    made = Router(name="broadcasts")
    made.message.filter(IsEditor())
    made.callback_query.filter(IsEditor())
    made.message.register(announce, Command("announce", ignore_case=True))
    made.message.register(sending, Command("send", ignore_case=True))
    made.message.register(listing, Command("broadcasts", ignore_case=True))
    made.message.register(announced, Answering(ANNOUNCEMENT))
    made.callback_query.register(sendable_page, to.ShowSendable.filter())
    made.callback_query.register(ask_send, to.AskSend.filter())
    made.callback_query.register(listing_page, to.ShowBroadcasts.filter())
    made.callback_query.register(test, to.Proposal.filter(F.how == "test"), flags=TOASTS)
    made.callback_query.register(confirmed, to.Proposal.filter(F.how.in_({"send", "paid"})))
    made.callback_query.register(dropped, to.Proposal.filter(F.how == "drop"))
    return made


async def announce(
    message: Message, command: CommandObject, t: Translator, proposing: Proposing, questions: QuestionBook
) -> None:
    """/announce: a text or a picture with it, or the message that it answers, is proposed; alone, it asks for one."""
    if message.reply_to_message:
        await show(message, await proposing.message(t, message.reply_to_message))
    elif message.caption:
        await show(message, await proposing.message(t, message, incoming.after_command(message)))
    elif command.args:
        await show(message, await proposing.text(t, ChatId(message.chat.id), incoming.after_command(message)))
    else:
        await questions.ask(ChatId(message.chat.id), ANNOUNCEMENT)
        await show(message, view.asking(t))


async def announced(
    message: Message, question: Question, t: Translator, proposing: Proposing, questions: QuestionBook
) -> None:
    """The message to announce is here; of an album that cannot be one, only the first part is answered."""
    album = message.media_group_id
    if album is None:
        await questions.drop(ChatId(message.chat.id))
        await show(message, await proposing.message(t, message))
    elif question.argument != album:
        await questions.ask(ChatId(message.chat.id), ANNOUNCEMENT, album)
        await show(message, view.no_album(t))


async def sending(message: Message, t: Translator, newsroom: Newsroom) -> None:
    """/send: which published article?"""
    await show(message, await _sendable(t, newsroom, 0))


async def sendable_page(
    query: CallbackQuery, callback_data: to.ShowSendable, t: Translator, newsroom: Newsroom
) -> None:
    """Another page of the articles that can be sent."""
    await show(query, await _sendable(t, newsroom, callback_data.page))


async def ask_send(query: CallbackQuery, callback_data: to.AskSend, t: Translator, proposing: Proposing) -> None:
    """An article was chosen: to how many, and is it meant? In a message of its own, for the article's card stays."""
    await send(query, await proposing.article(t, ArticleId(callback_data.article)))


async def test(query: CallbackQuery, callback_data: to.Proposal, t: Translator, proposing: Proposing) -> Toast:
    """Send it to the editor alone."""
    outcome = await proposing.test(t, callback_data, ChatId(query.from_user.id))
    if isinstance(outcome, Sent):
        return Toast(t("Sent to you alone. That is how readers will get it."))
    return Toast(t("It could not be sent, so readers would not get it either."), alert=True)


async def confirmed(
    query: CallbackQuery, callback_data: to.Proposal, t: Translator, now: datetime, proposing: Proposing,
    watching: Watching, broadcasts: Broadcasts,
) -> None:  # fmt: skip
    """It is meant: hold it for a minute; the question becomes the broadcast's card."""
    if not isinstance(query.message, Message):  # too old for Telegram to show: it would not be known what was asked
        await send(query, view.dropped(t))
        return
    number = await proposing.send(callback_data, query.message, UserId(query.from_user.id))
    shown, _ = await watching.card(t, number, now)
    sent = await show(query, shown) or query.message
    await broadcasts.show_on(Card(number, ChatId(sent.chat.id), sent.message_id))


async def dropped(query: CallbackQuery, t: Translator) -> None:
    """It is not meant."""
    await show(query, view.dropped(t))


async def listing(message: Message, t: Translator, now: datetime, broadcasts: Broadcasts) -> None:
    """/broadcasts: the announcements, newest first."""
    await show(message, await _listed(t, now, broadcasts, to.ShowBroadcasts(digests=False)))


async def listing_page(
    query: CallbackQuery, callback_data: to.ShowBroadcasts, t: Translator, now: datetime, broadcasts: Broadcasts
) -> None:
    """Another page of the list, or the other list."""
    await show(query, await _listed(t, now, broadcasts, callback_data))


async def _sendable(t: Translator, newsroom: Newsroom, page: int) -> View:
    found, total = await newsroom.published(offset=page * view.PAGE, limit=view.PAGE)
    return view.sendable(t, found, page=page, total=total)


async def _listed(t: Translator, now: datetime, broadcasts: Broadcasts, wanted: to.ShowBroadcasts) -> View:
    kind = Kind.DIGEST if wanted.digests else Kind.ANNOUNCEMENT
    found, total = await broadcasts.newest(kind, offset=wanted.page * view.PAGE, limit=view.PAGE)
    return view.broadcasts(t, found, now, digests=wanted.digests, page=wanted.page, total=total)
