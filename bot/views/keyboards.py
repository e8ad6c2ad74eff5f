"""Rows of buttons as Telegram wants them."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.views.view import Button, View


def keyboard(view: View) -> InlineKeyboardMarkup | None:
    """Return the buttons of a view; None for a view without any, which takes a former keyboard away on an edit."""
    if not view.keyboard:
        return None
    return InlineKeyboardMarkup(inline_keyboard=[[_button(button) for button in row] for row in view.keyboard])


def _button(button: Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=button.label, callback_data=button.data or None, url=button.url or None)
