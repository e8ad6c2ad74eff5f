"""A reader's settings: their screens and the choices made on them."""

from dataclasses import replace
from datetime import timedelta

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot import callbacks as to
from bot import commands
from bot.filters import met
from bot.i18n import Catalogs
from bot.middlewares import TOASTS, Toast
from bot.screens import STEPS, Screens
from bot.show import show
from bot.views.settings import IN_START
from digests.articles import UserId
from digests.clock import Clock
from digests.library import Library
from digests.questions import QuestionBook
from digests.readers import Reader
from digests.rubrics import Choice, RubricId
from digests.subscriptions import Subscriptions
from digests.team import Team


def router() -> Router:
    """Return the router of the settings."""
    settings = Router(name="settings")
    settings.message.register(main, Command("settings", ignore_case=True))
    settings.message.register(rubrics, Command("rubrics", ignore_case=True))
    settings.message.register(pause, Command("pause", ignore_case=True))
    settings.callback_query.register(screen, to.ShowSettings.filter())
    settings.callback_query.register(choose_rubric, to.ChooseRubric.filter())
    settings.callback_query.register(choose_days, to.ChooseDays.filter(), flags=TOASTS)
    settings.callback_query.register(choose_language, to.ChooseLanguage.filter())
    settings.callback_query.register(take_pause, to.TakePause.filter())
    return settings


async def main(message: Message, reader: Reader | None, screens: Screens) -> None:
    """/settings: all at a glance."""
    await show(message, await screens.of(met(reader), "main"))


async def rubrics(message: Message, reader: Reader | None, screens: Screens) -> None:
    """/rubrics: what to read."""
    await show(message, await screens.of(met(reader), "rubrics"))


async def pause(message: Message, reader: Reader | None, screens: Screens) -> None:
    """/pause: for how long."""
    await show(message, await screens.of(met(reader), "pause"))


async def screen(
    query: CallbackQuery, callback_data: to.ShowSettings, reader: Reader | None, screens: Screens,
    questions: QuestionBook,
) -> None:  # fmt: skip
    """A screen; the question that was open on it needs no answer any more."""
    person = met(reader)
    if await questions.pending(person.chat_id):
        await questions.drop(person.chat_id)
    await show(query, await screens.of(person, callback_data.screen, callback_data.page))


async def choose_rubric(
    query: CallbackQuery, callback_data: to.ChooseRubric, reader: Reader | None, subscriptions: Subscriptions,
    library: Library, screens: Screens,
) -> None:  # fmt: skip
    """A rubric, or all of them, into the digest or out of it."""
    person = met(reader)
    known = [rubric.id for rubric in await library.rubrics()]
    chosen = _chosen(person.preferences.rubrics, callback_data, known)
    person = await subscriptions.change(person.id, rubrics=chosen)
    place = STEPS[1] if callback_data.back == IN_START else "rubrics"
    await show(query, await screens.of(person, place, callback_data.page))


async def choose_days(
    query: CallbackQuery, callback_data: to.ChooseDays, reader: Reader | None, subscriptions: Subscriptions,
    screens: Screens,
) -> Toast:  # fmt: skip
    """The days of the week."""
    person = met(reader)
    schedule = replace(person.preferences.schedule, days=callback_data.days)
    person = await subscriptions.change(person.id, schedule=schedule)
    return Toast("", view=await screens.of(person, "days"))


async def choose_language(
    query: CallbackQuery, callback_data: to.ChooseLanguage, bot: Bot, reader: Reader | None,
    subscriptions: Subscriptions, screens: Screens, team: Team, catalogs: Catalogs,
) -> None:  # fmt: skip
    """The language, of the command menu too; one that we do not speak changes nothing."""
    person = met(reader)
    if callback_data.language in catalogs.languages:
        person = await subscriptions.change(person.id, language=callback_data.language)
    await show(query, await screens.of(person, "language"))
    role = await team.role(UserId(query.from_user.id))
    await commands.offer(bot, person.chat_id, screens.translator(person), role)


async def take_pause(
    query: CallbackQuery, callback_data: to.TakePause, reader: Reader | None, subscriptions: Subscriptions,
    screens: Screens, clock: Clock,
) -> None:  # fmt: skip
    """A pause, or its end."""
    person = met(reader)
    if callback_data.days < 0:
        person = await subscriptions.resume(person.id)
    else:
        until = clock.now() + timedelta(days=callback_data.days) if callback_data.days else None
        person = await subscriptions.pause(person.id, until)
    await show(query, await screens.of(person, "pause"))


def _chosen(before: Choice, wish: to.ChooseRubric, known: list[RubricId]) -> Choice:
    if wish.rubric == 0:
        return Choice() if wish.on else Choice.of(())
    return before.changed(RubricId(wish.rubric), wish.on, known)
