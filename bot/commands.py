"""The command menus: one for readers, one for each member of the team, in every language."""

import logging

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat

from bot.i18n import Catalogs, Translator
from bot.views import help as view
from digests.team import Role, Team

log = logging.getLogger(__name__)


async def announce(bot: Bot, catalogs: Catalogs, team: Team) -> None:
    """Set the menus: for everybody in each language, the default one for languages we do not speak; for the team."""
    for language in catalogs.languages:
        menu = _menu(catalogs.translator(language), None)
        await bot.set_my_commands(menu, BotCommandScopeAllPrivateChats(), language)
    default = catalogs.translator(None)
    await bot.set_my_commands(_menu(default, None), BotCommandScopeAllPrivateChats())
    members = dict.fromkeys((user for user, _ in await team.editors()), Role.EDITOR)
    members.update(dict.fromkeys(team.owners, Role.OWNER))
    for user, role in members.items():
        await offer(bot, user, default, role)


async def offer(bot: Bot, chat: int, t: Translator, role: Role | None) -> None:
    """Set the menu of one chat; one that the bot cannot see yet gets it at /start."""
    try:
        await bot.set_my_commands(_menu(t, role), BotCommandScopeChat(chat_id=chat))
    except TelegramAPIError as error:
        log.info("no command menu chat=%s: %s", chat, error)


def _menu(t: Translator, role: Role | None) -> list[BotCommand]:
    return [BotCommand(command=name, description=meaning) for name, meaning in view.commands(t, role).items()]
