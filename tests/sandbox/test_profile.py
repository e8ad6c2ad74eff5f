"""Commands by scope and language, names, descriptions and menu buttons."""

import pytest
from aiogram import Bot
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatMember,
    MenuButtonCommands,
    MenuButtonWebApp,
    WebAppInfo,
)

from sandbox import Chat, Player, Sandbox
from tests.sandbox.conftest import Call


def commands(*names: str) -> list[BotCommand]:
    return [BotCommand(command=name, description=f"О команде {name}") for name in names]


def seen(sandbox: Sandbox, player: Player, chat: Chat | None = None) -> list[str]:
    return [command["command"] for command in sandbox.profile.commands_for(player.user, chat or player.chat)]


async def test_the_narrowest_scope_wins_and_then_the_language(sandbox: Sandbox, bot: Bot, anna: Player) -> None:
    john = sandbox.player("John", "en")
    assert seen(sandbox, anna) == []
    await bot.set_my_commands(commands("help"))
    assert seen(sandbox, anna) == ["help"]
    await bot.set_my_commands(commands("private"), scope=BotCommandScopeAllPrivateChats())
    await bot.set_my_commands(commands("private_ru"), scope=BotCommandScopeAllPrivateChats(), language_code="ru")
    assert (seen(sandbox, anna), seen(sandbox, john)) == (["private_ru"], ["private"])
    await bot.set_my_commands(commands("add"), scope=BotCommandScopeChat(chat_id=anna.id))
    assert (seen(sandbox, anna), seen(sandbox, john)) == (["add"], ["private"])
    await bot.delete_my_commands(scope=BotCommandScopeChat(chat_id=anna.id))
    assert seen(sandbox, anna) == ["private_ru"]
    assert [command.command for command in await bot.get_my_commands()] == ["help"]
    assert await bot.get_my_commands(language_code="ru") == []


async def test_groups_have_their_own_commands(sandbox: Sandbox, bot: Bot, anna: Player) -> None:
    group = sandbox.telegram.add_chat("supergroup", "Читатели", [anna.user])
    await bot.set_my_commands(commands("group"), scope=BotCommandScopeAllGroupChats())
    assert (seen(sandbox, anna, group), seen(sandbox, anna)) == (["group"], [])
    await bot.set_my_commands(commands("anna"), scope=BotCommandScopeChatMember(chat_id=group.id, user_id=anna.id))
    assert seen(sandbox, anna, group) == ["anna"]


@pytest.mark.parametrize(
    ("params", "problem"),
    [
        ({"commands": '[{"command":"Start","description":"а"}]'}, "BOT_COMMAND_INVALID"),
        ({"commands": '[{"command":"привет","description":"а"}]'}, "BOT_COMMAND_INVALID"),
        ({"commands": '[{"command":"a","description":" "}]'}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": '[{"command":"a","description":"' + "а" * 257 + '"}]'}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": str([{"command": "a", "description": "b"}] * 101).replace("'", '"')}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": "[]", "language_code": "rus"}, "invalid language code specified"),
        ({"commands": "[]", "scope": '{"type":"chat","chat_id":5}'}, "chat not found"),
        ({"commands": "[]", "scope": '{"type":"planet"}'}, "can't parse BotCommandScope: unsupported type specified"),
        ({}, 'parameter "commands" is required by setMyCommands'),
    ],
)
async def test_bad_commands_are_refused(call: Call, params: dict[str, str], problem: str) -> None:
    assert (await call("setMyCommands", **params))["description"] == f"Bad Request: {problem}"


async def test_names_and_descriptions_fall_back_to_the_general_ones(bot: Bot, call: Call) -> None:
    assert (await bot.get_my_name()).name == "Svodka"
    await bot.set_my_name("Сводка", language_code="ru")
    await bot.set_my_description("About")
    await bot.set_my_short_description("Short")
    assert (await bot.get_my_name("ru")).name == "Сводка"
    assert (await bot.get_my_name("en")).name == "Svodka"
    assert (await bot.get_my_description("ru")).description == "About"
    assert (await bot.get_my_short_description()).short_description == "Short"
    await bot.set_my_description("")
    assert (await bot.get_my_description()).description == ""
    assert not (await call("setMyName", name="я" * 65))["ok"]


async def test_a_menu_button_is_set_for_all_or_for_one(bot: Bot, call: Call, anna: Player) -> None:
    app = MenuButtonWebApp(text="Открыть", web_app=WebAppInfo(url="https://ya.ru"))
    await bot.set_chat_menu_button(anna.id, app)
    assert (await bot.get_chat_menu_button(anna.id)).type == "web_app"
    assert (await bot.get_chat_menu_button()).type == "commands"
    await bot.set_chat_menu_button(anna.id, MenuButtonCommands())
    assert (await bot.get_chat_menu_button(anna.id)).type == "commands"
    assert not (await call("setChatMenuButton", menu_button='{"type":"round"}'))["ok"]
