"""setMyCommands, getMyCommands and deleteMyCommands."""

import re
from collections.abc import Mapping

from sandbox.api import Api, Play
from sandbox.errors import bad_request
from sandbox.profile import DEFAULT, Scope
from sandbox.wire import Json

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
DESCRIPTION_LENGTH = 256
MOST_COMMANDS = 100
LANGUAGE = re.compile(r"([a-z]{2})?")
SCOPES = frozenset(
    [
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
        "chat",
        "chat_administrators",
        "chat_member",
    ]
)


def set_my_commands(api: Api, params: Json) -> bool:
    """Play setMyCommands; an empty list deletes."""
    key = place(api, params)
    commands = [checked(command) for command in params["commands"]]
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    if commands:
        api.profile.commands[key] = commands
    else:
        api.profile.commands.pop(key, None)
    api.telegram.observe("commands", {})
    return True


def get_my_commands(api: Api, params: Json) -> list[Json]:
    """Play getMyCommands: of exactly that scope and language."""
    return api.profile.commands.get(place(api, params), [])


def delete_my_commands(api: Api, params: Json) -> bool:
    """Play deleteMyCommands."""
    api.profile.commands.pop(place(api, params), None)
    api.telegram.observe("commands", {})
    return True


def checked(command: Json) -> Json:
    """Return the command; raises ApiError when its name or description is not allowed."""
    if not COMMAND.fullmatch(command["command"]):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(command["description"].strip()) <= DESCRIPTION_LENGTH:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return command


def place(api: Api, params: Json) -> tuple[Scope, str]:
    """Return the scope and language of a call; raises ApiError when there is no such scope or chat."""
    return scope_of(api, params.get("scope")), language_of(params)


def language_of(params: Json) -> str:
    """Return the language code of a call; raises ApiError unless it has two letters or none."""
    code: str = params.get("language_code", "")
    if not LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code


def scope_of(api: Api, scope: Json | None) -> Scope:
    """Return the identity of a BotCommandScope."""
    if scope is None:
        return DEFAULT
    kind = scope["type"]
    if kind not in SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    if not kind.startswith("chat"):
        return (kind, 0, 0)
    if "chat_id" not in scope:
        raise bad_request("can't parse BotCommandScope: can't find field \"chat_id\"")
    chat = api.telegram.find_chat(scope["chat_id"])
    if kind != "chat" and chat.type == "private":
        raise bad_request("can't change commands of members in a private chat")
    if kind != "chat_member":
        return (kind, chat.id, 0)
    if "user_id" not in scope:
        raise bad_request("can't parse BotCommandScope: can't find field \"user_id\"")
    if scope["user_id"] not in api.telegram.users:
        raise bad_request("user not found")
    return (kind, chat.id, scope["user_id"])


METHODS: Mapping[str, Play] = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
}
