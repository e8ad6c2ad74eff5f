"""Showing a view: a message is answered, a tapped message is edited where Telegram allows it."""

from aiogram import Bot
from aiogram.enums import ParseMode
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, InputFile, LinkPreviewOptions, Message

from bot.views.keyboards import keyboard
from bot.views.view import View

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
UNCHANGED = "message is not modified"
# The message is gone, is no text, or is too old for its kind; a new one takes its place.
NOT_EDITABLE = ("message to edit not found", "message can't be edited", "there is no text in the message to edit",
                "message_id_invalid")  # fmt: skip


async def show(event: Message | CallbackQuery, view: View) -> Message | None:
    """Answer a message with the view, or turn the tapped message into it; None when nothing had to change."""
    if isinstance(event, Message):
        return await send(event, view)
    if not isinstance(event.message, Message):
        return await send(event, view)
    return await turn(event.message, view)


async def turn(message: Message, view: View) -> Message | None:
    """Turn a message of the bot's into the view, or send it anew; None when nothing had to change."""
    try:
        edited = await message.edit_text(
            view.text,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=keyboard(view),
        )
    except TelegramBadRequest as refusal:
        reason = refusal.message.lower()
        if UNCHANGED in reason:
            return None
        if not any(known in reason for known in NOT_EDITABLE):
            raise
        return await send(message, view)
    return edited if isinstance(edited, Message) else None


async def send(event: Message | CallbackQuery, view: View) -> Message:
    """Send the view as a new message to the chat where the event happened."""
    return await _bot(event).send_message(
        _chat(event),
        view.text,
        parse_mode=ParseMode.HTML,
        link_preview_options=NO_PREVIEW,
        reply_markup=keyboard(view),
    )


async def send_file(event: Message | CallbackQuery, file: InputFile, caption: str) -> Message:
    """Send a file with a plain caption to the chat where the event happened."""
    return await _bot(event).send_document(_chat(event), file, caption=caption, parse_mode=None)


def _bot(event: Message | CallbackQuery) -> Bot:
    if event.bot is None:
        raise RuntimeError("the event belongs to no bot")
    return event.bot


def _chat(event: Message | CallbackQuery) -> int:
    if isinstance(event, Message):
        return event.chat.id
    return event.message.chat.id if event.message else event.from_user.id
