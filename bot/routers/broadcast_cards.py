"""The buttons on a broadcast's card. Every press is checked anew, and a second one changes nothing."""

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot import broadcast_callbacks as to
from bot.filters import IsEditor
from bot.i18n import Translator
from bot.middlewares import TOASTS, Toast
from bot.reporting import report
from bot.show import send_file, show
from bot.views import broadcasts as view
from bot.watching import Watching
from digests.broadcasting import Broadcasts
from digests.broadcasts import Card
from digests.deliveries import BroadcastId, DeliveryState
from digests.readers import ChatId


def router() -> Router:
    """Return the router of the cards."""
    cards = Router(name="broadcast_cards")
    cards.callback_query.filter(IsEditor())
    cards.callback_query.register(look, to.OnBroadcast.filter(F.how == "show"))
    cards.callback_query.register(pause, to.OnBroadcast.filter(F.how == "pause"), flags=TOASTS)
    cards.callback_query.register(resume, to.OnBroadcast.filter(F.how == "resume"), flags=TOASTS)
    cards.callback_query.register(stop, to.OnBroadcast.filter(F.how == "stop"), flags=TOASTS)
    cards.callback_query.register(recall, to.OnBroadcast.filter(F.how == "recall"))
    cards.callback_query.register(resend, to.OnBroadcast.filter(F.how == "resend"))
    cards.callback_query.register(retry, to.OnBroadcast.filter(F.how == "retry"))
    cards.callback_query.register(take_report, to.OnBroadcast.filter(F.how == "report"))
    return cards


async def look(
    query: CallbackQuery, callback_data: to.OnBroadcast, t: Translator, now: datetime, watching: Watching,
    broadcasts: Broadcasts,
) -> None:  # fmt: skip
    """Show the card as it is now; from now on this message follows what happens."""
    number = BroadcastId(callback_data.broadcast)
    shown, _ = await watching.card(t, number, now)
    sent = await show(query, shown) or query.message
    if isinstance(sent, Message):
        await broadcasts.show_on(Card(number, ChatId(sent.chat.id), sent.message_id))


async def pause(
    query: CallbackQuery, callback_data: to.OnBroadcast, t: Translator, now: datetime, watching: Watching,
    broadcasts: Broadcasts,
) -> Toast:  # fmt: skip
    """Let it rest."""
    done = await broadcasts.pause(BroadcastId(callback_data.broadcast))
    await look(query, callback_data, t, now, watching, broadcasts)
    return Toast(t("Paused. What is in flight arrives.") if done else t("It is not under way now."))


async def resume(
    query: CallbackQuery, callback_data: to.OnBroadcast, t: Translator, now: datetime, watching: Watching,
    broadcasts: Broadcasts,
) -> Toast:  # fmt: skip
    """Let it go on."""
    done = await broadcasts.resume(BroadcastId(callback_data.broadcast))
    await look(query, callback_data, t, now, watching, broadcasts)
    return Toast(t("It goes on.") if done else t("It is not paused now."))


async def stop(
    query: CallbackQuery, callback_data: to.OnBroadcast, t: Translator, now: datetime, watching: Watching,
    broadcasts: Broadcasts,
) -> Toast:  # fmt: skip
    """Send to nobody any more."""
    done = await broadcasts.stop(BroadcastId(callback_data.broadcast))
    await look(query, callback_data, t, now, watching, broadcasts)
    return Toast(t("Stopped. Nobody else gets it.") if done else t("There is nothing to stop any more."))


async def recall(
    query: CallbackQuery, callback_data: to.OnBroadcast, t: Translator, now: datetime, watching: Watching,
    broadcasts: Broadcasts,
) -> None:  # fmt: skip
    """Take messages back, once the editor is sure."""
    number = BroadcastId(callback_data.broadcast)
    if callback_data.sure:
        await broadcasts.recall(number)
        await look(query, callback_data, t, now, watching, broadcasts)
    else:
        await broadcasts.let_card_rest(number, ChatId(query.from_user.id))
        await show(query, view.sure_to_recall(t, await watching.watched(number, now)))


async def resend(
    query: CallbackQuery, callback_data: to.OnBroadcast, t: Translator, now: datetime, watching: Watching,
    broadcasts: Broadcasts,
) -> None:  # fmt: skip
    """Send again what nobody knows the end of, once the editor is sure."""
    number = BroadcastId(callback_data.broadcast)
    if callback_data.sure:
        await broadcasts.resend(number)
        await look(query, callback_data, t, now, watching, broadcasts)
    else:
        await broadcasts.let_card_rest(number, ChatId(query.from_user.id))
        await show(query, view.sure_to_resend(t, await watching.watched(number, now)))


async def retry(
    query: CallbackQuery, callback_data: to.OnBroadcast, t: Translator, now: datetime, watching: Watching,
    broadcasts: Broadcasts,
) -> None:  # fmt: skip
    """Try again what failed, once the editor has seen why it did."""
    number = BroadcastId(callback_data.broadcast)
    if callback_data.sure:
        await broadcasts.resend(number, DeliveryState.FAILED)
        await look(query, callback_data, t, now, watching, broadcasts)
    else:
        await broadcasts.let_card_rest(number, ChatId(query.from_user.id))
        await show(query, view.sure_to_retry(t, await watching.watched(number, now)))


async def take_report(
    query: CallbackQuery, callback_data: to.OnBroadcast, t: Translator, broadcasts: Broadcasts
) -> None:
    """A file with what became of each reader's delivery."""
    number = BroadcastId(callback_data.broadcast)
    async with report(broadcasts, number) as file:
        await send_file(query, file, t("What became of each reader's message"))
