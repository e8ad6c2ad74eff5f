"""When digests come: the time and the zone, chosen by button or typed."""

from dataclasses import replace

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot import callbacks as to
from bot.errors import describe
from bot.filters import Answering, met
from bot.i18n import Translator
from bot.screens import STEPS, Screens
from bot.show import show
from bot.views import settings as view
from digests import zones
from digests.errors import BadTime, UnknownZone
from digests.questions import Question, QuestionBook
from digests.readers import Reader
from digests.schedule import parse_time, time_of
from digests.subscriptions import Subscriptions

TIME, ZONE = "time", "zone"  # kinds of questions, and the screens they belong to
ANSWER_LIMIT = 64  # characters; a longer text is no city and no time, whatever was asked


def router() -> Router:
    """Return the router of time and zone."""
    timing = Router(name="timing")
    timing.callback_query.register(choose_time, to.ChooseTime.filter())
    timing.callback_query.register(choose_zone, to.ChooseZone.filter())
    timing.message.register(typed_time, Answering(TIME, ANSWER_LIMIT))
    timing.message.register(typed_zone, Answering(ZONE, ANSWER_LIMIT))
    return timing


async def choose_time(
    query: CallbackQuery, callback_data: to.ChooseTime, reader: Reader | None, subscriptions: Subscriptions,
    screens: Screens, questions: QuestionBook, t: Translator,
) -> None:  # fmt: skip
    """A time by button; -1 asks for one to be typed."""
    person = met(reader)
    if callback_data.minutes < 0:
        await questions.ask(person.chat_id, TIME, callback_data.back)
        await show(query, view.ask_time(t, callback_data.back))
        return
    schedule = replace(person.preferences.schedule, time=time_of(callback_data.minutes))
    person = await subscriptions.change(person.id, schedule=schedule)
    await show(query, await screens.of(person, _screen(TIME, callback_data.back)))


async def choose_zone(
    query: CallbackQuery, callback_data: to.ChooseZone, reader: Reader | None, subscriptions: Subscriptions,
    screens: Screens, questions: QuestionBook, t: Translator,
) -> None:  # fmt: skip
    """A zone by button; an empty one asks for a city to be typed."""
    person = met(reader)
    if not callback_data.zone:
        await questions.ask(person.chat_id, ZONE, callback_data.back)
        await show(query, view.ask_zone(t, callback_data.back))
        return
    await questions.drop(person.chat_id)
    schedule = replace(person.preferences.schedule, zone=callback_data.zone)
    person = await subscriptions.change(person.id, schedule=schedule)
    await show(query, await screens.of(person, _screen(ZONE, callback_data.back)))


async def typed_time(
    message: Message, question: Question, reader: Reader | None, subscriptions: Subscriptions, screens: Screens,
    questions: QuestionBook, t: Translator,
) -> None:  # fmt: skip
    """A typed time; what is none leaves the question open."""
    person = met(reader)
    try:
        schedule = replace(person.preferences.schedule, time=parse_time(message.text or ""))
    except BadTime as error:
        await show(message, view.bad_time(t, describe(error, t), question.argument))
        return
    await questions.drop(person.chat_id)
    person = await subscriptions.change(person.id, schedule=schedule)
    await show(message, await screens.of(person, _screen(TIME, question.argument)))


async def typed_zone(
    message: Message, question: Question, reader: Reader | None, subscriptions: Subscriptions, screens: Screens,
    questions: QuestionBook, t: Translator,
) -> None:  # fmt: skip
    """A typed city or offset; what is none leaves the question open, with suggestions as buttons."""
    person = met(reader)
    try:
        schedule = replace(person.preferences.schedule, zone=zones.find(message.text or ""))
    except UnknownZone as error:
        suggested = {city: zones.find(city) for city in error.suggestions}
        await show(message, view.unknown_zone(t, describe(error, t), suggested, question.argument))
        return
    await questions.drop(person.chat_id)
    person = await subscriptions.change(person.id, schedule=schedule)
    await show(message, await screens.of(person, _screen(ZONE, question.argument)))


def _screen(of: str, back: str) -> str:
    return STEPS[2] if back == view.IN_START else of
