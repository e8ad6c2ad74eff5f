"""What a screen is: text in Telegram's HTML, and buttons."""

from dataclasses import dataclass

from aiogram.filters.callback_data import CallbackData

from bot.callbacks import DATA_LIMIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """An inline button: either callback data or a link."""

    label: str
    data: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A message as it should look: HTML text (Bot API, HTML style) and rows of buttons."""

    text: str
    keyboard: tuple[tuple[Button, ...], ...] = ()


def button(label: str, target: CallbackData) -> Button:
    """Return a button that leads to a target. Raises ValueError if the target does not fit Telegram's 64 bytes."""
    data = target.pack()
    if len(data.encode()) > DATA_LIMIT:
        raise ValueError(f"callback data is too long: {data}")
    return Button(label=label, data=data)


def rows(buttons: list[Button], width: int) -> tuple[tuple[Button, ...], ...]:
    """Return the buttons in rows of at most `width`."""
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))
