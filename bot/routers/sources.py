"""/sources: the feeds and sites that articles come from, for editors; who is trusted, owners say."""

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot import source_callbacks as to
from bot.filters import Answering, IsEditor, IsOwner
from bot.i18n import Translator
from bot.middlewares import TOASTS, Toast
from bot.show import send, show
from bot.sourcing import Sourcing
from bot.views import sources as view
from bot.views.view import View
from digests.articles import UserId
from digests.feeds import SourceId
from digests.following import Following
from digests.newsroom import Newsroom
from digests.questions import QuestionBook
from digests.readers import ChatId
from digests.rubrics import RubricId
from digests.scouting import Scout

SOURCE = "source"
ADDRESS_LIMIT = 2000  # characters; what is longer is an article


def router() -> Router:
    """Return the router of sources; it stands before the one that takes any message for an article."""
    made = Router(name="sources")
    made.message.filter(IsEditor())
    made.callback_query.filter(IsEditor())
    made.message.register(sources, Command("sources", ignore_case=True))
    made.message.register(add, Answering(SOURCE, limit=ADDRESS_LIMIT))
    made.callback_query.register(page, to.ShowSources.filter())
    made.callback_query.register(ask, to.AskSource.filter())
    made.callback_query.register(card, to.OnSource.filter(F.how == "show"))
    made.callback_query.register(poll, to.OnSource.filter(F.how == "poll"), flags=TOASTS)
    made.callback_query.register(switch, to.OnSource.filter(F.how.in_({"on", "off"})))
    made.callback_query.register(trust, to.OnSource.filter(F.how.in_({"trust", "doubt"})), IsOwner())
    made.callback_query.register(delete, to.OnSource.filter(F.how == "delete"))
    made.callback_query.register(rubrics, to.ShowSourceRubrics.filter())
    made.callback_query.register(file, to.FileSource.filter())
    return made


async def sources(
    message: Message, command: CommandObject, t: Translator, now: datetime, following: Following, scout: Scout,
    sourcing: Sourcing,
) -> None:  # fmt: skip
    """/sources: the list; with an address, a new source."""
    if command.args:
        await _added(message, command.args, t, now, scout, sourcing)
    else:
        await show(message, await _listed(t, now, following, 0))


async def add(
    message: Message, t: Translator, now: datetime, scout: Scout, sourcing: Sourcing, questions: QuestionBook
) -> None:
    """An address, as asked for; the question stays open until there is a source."""
    await _added(message, message.text or "", t, now, scout, sourcing)
    await questions.drop(ChatId(message.chat.id))


async def page(
    query: CallbackQuery, callback_data: to.ShowSources, t: Translator, now: datetime, following: Following
) -> None:
    """Another page of the list."""
    await show(query, await _listed(t, now, following, callback_data.page))


async def ask(query: CallbackQuery, t: Translator, questions: QuestionBook) -> None:
    """Ask for an address."""
    await questions.ask(ChatId(query.from_user.id), SOURCE)
    await show(query, view.asking(t))


async def card(
    query: CallbackQuery, callback_data: to.OnSource, t: Translator, now: datetime, sourcing: Sourcing
) -> None:
    """A source."""
    await show(query, await sourcing.card(t, SourceId(callback_data.source), now, UserId(query.from_user.id)))


async def poll(
    query: CallbackQuery, callback_data: to.OnSource, t: Translator, now: datetime, following: Following,
    sourcing: Sourcing,
) -> Toast:  # fmt: skip
    """Look at a source now."""
    source = await following.hasten(SourceId(callback_data.source))
    sourcing.wake.set()
    shown = await sourcing.card(t, source.id, now, UserId(query.from_user.id))
    return Toast(t("It is being looked at. What is new comes as a message."), view=shown)


async def switch(
    query: CallbackQuery, callback_data: to.OnSource, t: Translator, now: datetime, following: Following,
    sourcing: Sourcing,
) -> None:  # fmt: skip
    """Poll a source, or leave it alone."""
    source = await following.switch(SourceId(callback_data.source), callback_data.how == "on")
    sourcing.wake.set()
    await show(query, await sourcing.card(t, source.id, now, UserId(query.from_user.id)))


async def trust(
    query: CallbackQuery, callback_data: to.OnSource, t: Translator, now: datetime, following: Following,
    sourcing: Sourcing,
) -> None:  # fmt: skip
    """Let what a source brings go straight to readers, or not."""
    source = await following.trust(SourceId(callback_data.source), callback_data.how == "trust")
    await show(query, await sourcing.card(t, source.id, now, UserId(query.from_user.id)))


async def delete(
    query: CallbackQuery, callback_data: to.OnSource, t: Translator, now: datetime, following: Following
) -> None:
    """Delete a source; ask first."""
    number = SourceId(callback_data.source)
    if callback_data.sure:
        await following.delete(number)
        await show(query, await _listed(t, now, following, 0))
    else:
        await show(query, view.deleting(t, await following.source(number)))


async def rubrics(
    query: CallbackQuery, callback_data: to.ShowSourceRubrics, t: Translator, following: Following, newsroom: Newsroom
) -> None:
    """Where to file what a source brings."""
    source = await following.source(SourceId(callback_data.source))
    await show(query, view.rubric_choice(t, source, await newsroom.rubrics(), callback_data.page))


async def file(
    query: CallbackQuery, callback_data: to.FileSource, t: Translator, now: datetime, following: Following,
    sourcing: Sourcing,
) -> None:  # fmt: skip
    """File what a source brings under a rubric."""
    source = await following.file_under(SourceId(callback_data.source), RubricId(callback_data.rubric))
    await show(query, await sourcing.card(t, source.id, now, UserId(query.from_user.id)))


async def _added(
    message: Message, address: str, t: Translator, now: datetime, scout: Scout, sourcing: Sourcing
) -> None:
    await show(message, view.looking(t))
    await send(message, await sourcing.add(t, await scout.find(address), now, UserId(message.chat.id)))


async def _listed(t: Translator, now: datetime, following: Following, number: int) -> View:
    found, total = await following.listed(offset=number * view.PAGE, limit=view.PAGE)
    return view.listed(t, found, page=number, total=total, now=now)
