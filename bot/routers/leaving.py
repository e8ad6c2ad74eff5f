"""Going away: less often or not at all; why nothing came; what is kept about one, a copy of it, and its end."""

import json
from dataclasses import replace
from datetime import datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot import callbacks as to
from bot.filters import met
from bot.i18n import Translator
from bot.screens import Screens
from bot.show import send_file, show
from bot.views import leaving as view
from bot.views.why import why as why_view
from digests.readers import Reader, ReaderState
from digests.subscriptions import Subscriptions

SATURDAY = 0b0100000


def router() -> Router:
    """Return the router of leaving."""
    leaving = Router(name="leaving")
    leaving.message.register(stop, Command("stop", ignore_case=True))
    leaving.message.register(why, Command("why", ignore_case=True))
    leaving.message.register(privacy, Command("privacy", ignore_case=True))
    leaving.message.register(my_data, Command("mydata", ignore_case=True))
    leaving.message.register(forget, Command("forget", ignore_case=True))
    leaving.callback_query.register(leave, to.Leave.filter())
    leaving.callback_query.register(my_data, to.TakeData.filter())
    leaving.callback_query.register(erase, to.Forget.filter())
    return leaving


async def stop(message: Message, reader: Reader | None, t: Translator) -> None:
    """/stop: perhaps less often?"""
    met(reader)
    await show(message, view.offer(t))


async def leave(
    query: CallbackQuery, callback_data: to.Leave, reader: Reader | None, subscriptions: Subscriptions,
    screens: Screens, t: Translator,
) -> None:  # fmt: skip
    """What was decided."""
    person = met(reader)
    match callback_data.how:
        case "weekly":
            person = await _weekly(person, subscriptions)
            await show(query, view.weekly(t, person, screens.now(person)))
        case "stop":
            await subscriptions.stop(person.id)
            await show(query, view.stopped(t))
        case "stay":
            await show(query, view.stayed(t, person, screens.now(person)))
        case _:
            await show(query, view.offer(t))


async def why(
    message: Message, reader: Reader | None, subscriptions: Subscriptions, t: Translator, now: datetime
) -> None:
    """/why: the truth about today's digest."""
    person = met(reader)
    await show(message, why_view(t, person, await subscriptions.why(person.id), now))


async def privacy(message: Message, t: Translator) -> None:
    """/privacy: what is kept."""
    await show(message, view.privacy(t))


async def my_data(
    event: Message | CallbackQuery, reader: Reader | None, subscriptions: Subscriptions, t: Translator
) -> None:
    """/mydata: a file with all that is kept."""
    kept = await subscriptions.export(met(reader).id)
    data = json.dumps(kept, ensure_ascii=False, indent=2).encode()
    await send_file(event, BufferedInputFile(data, "svodka.json"), view.data_caption(t))


async def forget(message: Message, reader: Reader | None, t: Translator) -> None:
    """/forget: really?"""
    met(reader)
    await show(message, view.ask_forget(t))


async def erase(
    query: CallbackQuery, callback_data: to.Forget, reader: Reader | None, subscriptions: Subscriptions, t: Translator
) -> None:
    """The answer to /forget; erasing what is erased already is fine."""
    match callback_data.how:
        case "yes":
            if reader:
                await subscriptions.erase(reader.id)
            await show(query, view.forgotten(t))
        case "no":
            await show(query, view.kept(t))
        case _:
            await show(query, view.ask_forget(t))


async def _weekly(reader: Reader, subscriptions: Subscriptions) -> Reader:
    changed = await subscriptions.change(reader.id, schedule=replace(reader.preferences.schedule, days=SATURDAY))
    if changed.state in (ReaderState.NEW, ReaderState.ACTIVE):
        return changed
    return await subscriptions.resume(reader.id)
