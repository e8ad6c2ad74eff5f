"""Reply markup: what Telegram takes as a keyboard under a message and what it refuses."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sandbox.checks import Mismatch
from sandbox.errors import bad_request
from sandbox.markup import link
from sandbox.schema import Schema
from sandbox.wire import Json, dumps

BUTTONS_PER_ROW = 8
BUTTONS_IN_ALL = 100
CALLBACK_DATA_BYTES = 64
COPY_TEXT_LENGTH = 256
STYLES = ("danger", "success", "primary")
ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
    "disabled",
)
OTHER_MARKUP = {
    "keyboard": "ReplyKeyboardMarkup",
    "remove_keyboard": "ReplyKeyboardRemove",
    "force_reply": "ForceReply",
}
UNPARSED = "can't parse inline keyboard button: "


@dataclass(frozen=True, slots=True)
class Button:
    """A button as a person sees it: the label and what a press does."""

    text: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Markup:
    """A keyboard as Telegram keeps it; `inline` is the shape that messages carry back, None for the other kinds."""

    rows: tuple[tuple[Button, ...], ...] = ()
    inline: Json | None = None
    is_other: bool = False
    has_web_app: bool = False

    def has_data(self, data: str) -> bool:
        """Tell whether a button carries that callback data."""
        return any(button.data == data for row in self.rows for button in row)


NOTHING = Markup()


class Keyboards:
    """Reads reply_markup; what was read is remembered by its source, as bots send the same keyboards over and over."""

    def __init__(self, schema: Schema) -> None:
        self._check = schema.check_of
        self._read: Callable[[str], Markup] = lru_cache(maxsize=2048)(self._parse)

    def read(self, raw: Any) -> Markup:
        """Return the markup of a request's parameter; raises ApiError as Telegram refuses it."""
        if raw is None or raw == "":
            return NOTHING
        return self._read(raw if isinstance(raw, str) else dumps(raw))

    def read_inline(self, raw: Any) -> Markup:
        """Return the inline keyboard of an edit; raises ApiError when it is of another kind."""
        markup = self.read(raw)
        if markup.is_other:
            raise bad_request("inline keyboard expected")
        return markup

    def _parse(self, raw: str) -> Markup:
        try:
            value = json.loads(raw)
        except ValueError:
            raise bad_request("can't parse reply keyboard markup JSON object") from None
        if not isinstance(value, dict):
            raise bad_request("object expected as reply markup")
        if "inline_keyboard" in value:
            return self._inline(value)
        for key, type_name in OTHER_MARKUP.items():
            if key in value:
                self._held_to(type_name, value)
                return Markup(is_other=True)
        if value:
            raise bad_request("can't parse reply keyboard markup JSON object")
        return NOTHING

    def _held_to(self, type_name: str, value: Json) -> None:
        try:
            self._check(type_name)(value)
        except Mismatch as mismatch:
            raise bad_request(f"can't parse {type_name}: {mismatch.path}: {mismatch.expected} expected") from None

    def _inline(self, value: Json) -> Markup:
        rows = value["inline_keyboard"]
        if not isinstance(rows, list):
            raise bad_request('field "inline_keyboard" must be of type Array')
        if not all(isinstance(row, list) for row in rows):
            raise bad_request('field "inline_keyboard" must be an Array of Arrays')
        shapes = [[self._button(button) for button in row] for row in rows if row]
        if sum(map(len, shapes)) > BUTTONS_IN_ALL or any(len(row) > BUTTONS_PER_ROW for row in shapes):
            raise bad_request("reply markup is too long")
        self._held_to("InlineKeyboardMarkup", value)
        if not shapes:
            return NOTHING
        return Markup(
            rows=tuple(tuple(seen(button) for button in row) for row in shapes),
            inline={"inline_keyboard": shapes},
            has_web_app=any("web_app" in button for row in shapes for button in row),
        )

    def _button(self, button: Any) -> Json:
        if not isinstance(button, dict):
            raise bad_request(UNPARSED + "expected an Object")
        if not isinstance(button.get("text"), str):
            raise bad_request(UNPARSED + 'can\'t find field "text"')
        if not button["text"].strip():
            raise bad_request(UNPARSED + "button text must be non-empty")
        actions = [action for action in ACTIONS if action in button]
        if not actions:
            raise bad_request(UNPARSED + "Text buttons are unallowed in the inline keyboard")
        if len(actions) > 1:
            raise bad_request(UNPARSED + f"exactly one action is allowed, got {' and '.join(actions)}")
        if button.get("style") not in (None, *STYLES):
            raise bad_request(UNPARSED + "invalid button style specified")
        check = CHECKS.get(actions[0])
        kept: Json = button
        return kept if check is None else check(kept)


def with_data(button: Json) -> Json:
    """Return the button; raises ApiError unless its callback data has 1 to 64 bytes."""
    data = button["callback_data"]
    if not isinstance(data, str) or not 1 <= len(data.encode("utf-8", "replace")) <= CALLBACK_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    return button


def with_url(button: Json) -> Json:
    """Return the button with its address as Telegram keeps it; raises ApiError for a bad one."""
    url = button["url"]
    kept = link(url) if isinstance(url, str) else None
    if kept is None:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return {**button, "url": kept}


def with_web_app(button: Json) -> Json:
    """Return the button; raises ApiError unless its web app has an https address."""
    app = button["web_app"]
    url = app.get("url") if isinstance(app, dict) else None
    if not isinstance(url, str) or not url.startswith("https://") or link(url) is None:
        raise bad_request(f"inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed")
    return button


def with_copy_text(button: Json) -> Json:
    """Return the button; raises ApiError unless the text to copy has 1 to 256 characters."""
    copied = button["copy_text"]
    text = copied.get("text") if isinstance(copied, dict) else None
    if not isinstance(text, str) or not 1 <= len(text) <= COPY_TEXT_LENGTH:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return button


def of_another_message(_button: Json) -> Json:
    """Refuse a button that belongs under a game or an invoice."""
    raise bad_request("BUTTON_TYPE_INVALID")


CHECKS: dict[str, Callable[[Json], Json]] = {
    "callback_data": with_data,
    "url": with_url,
    "web_app": with_web_app,
    "copy_text": with_copy_text,
    "callback_game": of_another_message,
    "pay": of_another_message,
}


def seen(button: Json) -> Button:
    """Return the button as a person sees it."""
    return Button(button["text"], button.get("callback_data"), button.get("url"))
