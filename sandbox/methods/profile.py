"""The bot's name, descriptions and menu button."""

from collections.abc import Callable, Mapping

from sandbox.api import Api, Play
from sandbox.errors import bad_request
from sandbox.methods.commands import language_of
from sandbox.wire import Json

LENGTHS = {"name": 64, "description": 512, "short_description": 120}


def setter(kind: str) -> Callable[[Api, Json], bool]:
    """Return the method that sets one of the texts; an empty one deletes it."""

    def play(api: Api, params: Json) -> bool:
        language = language_of(params)
        text = params.get(kind, "").strip()
        if len(text) > LENGTHS[kind]:
            raise bad_request(f"BOT_{kind.upper()}_TOO_LONG")
        if text:
            api.profile.texts[(kind, language)] = text
        else:
            api.profile.texts.pop((kind, language), None)
        if kind == "name" and text and not language:
            api.telegram.bot.name = text
        return True

    return play


def getter(kind: str) -> Callable[[Api, Json], Json]:
    """Return the method that tells one of the texts."""

    def play(api: Api, params: Json) -> Json:
        text = api.profile.text(kind, language_of(params))
        return {kind: text or (api.telegram.bot.name if kind == "name" else "")}

    return play


def set_chat_menu_button(api: Api, params: Json) -> bool:
    """Play setChatMenuButton."""
    chat_id = private_chat_id(api, params)
    button = params.get("menu_button") or {"type": "default"}
    if button["type"] == "default":
        api.profile.menu_buttons.pop(chat_id, None)
    elif button["type"] in ("commands", "web_app"):
        api.profile.menu_buttons[chat_id] = button
    else:
        raise bad_request("can't parse menu button: unsupported type specified")
    return True


def get_chat_menu_button(api: Api, params: Json) -> Json:
    """Play getChatMenuButton."""
    return api.profile.menu_button(private_chat_id(api, params))


def private_chat_id(api: Api, params: Json) -> int:
    """Return the private chat of a call, 0 for all; raises ApiError when it is another kind of chat."""
    chat_id: int = params.get("chat_id", 0)
    if chat_id and api.telegram.find_chat(chat_id).type != "private":
        raise bad_request("private chat not found")
    return chat_id


METHODS: Mapping[str, Play] = {
    "setMyName": setter("name"),
    "getMyName": getter("name"),
    "setMyDescription": setter("description"),
    "getMyDescription": getter("description"),
    "setMyShortDescription": setter("short_description"),
    "getMyShortDescription": getter("short_description"),
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
