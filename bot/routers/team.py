"""/team: owners see and change who may push articles."""

from aiogram import Bot, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from bot.commands import offer
from bot.filters import IsOwner
from bot.i18n import Translator
from bot.show import show
from bot.views import desk_lists as lists
from bot.views.view import View
from digests.articles import UserId
from digests.team import Team

ID_DIGITS = 16  # Telegram ids have at most 52 significant bits (Bot API, User)


def router() -> Router:
    """Return the router of the team."""
    owners = Router(name="team")
    owners.message.filter(IsOwner())
    owners.message.register(change, Command("team", ignore_case=True))
    return owners


async def change(message: Message, command: CommandObject, bot: Bot, t: Translator, team: Team) -> None:
    """/team, /team add ID name, /team remove ID."""
    action, user, name = _parsed(command.args or "")
    if action == "add" and user:
        await team.add(user, name, UserId(message.chat.id))
        await offer(bot, user, t, await team.role(user))
    elif action == "remove" and user:
        await team.remove(user)
        await offer(bot, user, t, await team.role(user))
    elif action:
        await show(
            message, View(text=t("That was not understood. /team add ID name or /team remove ID, ID is a number."))
        )
        return
    await show(message, lists.team(t, sorted(team.owners), await team.editors()))


def _parsed(arguments: str) -> tuple[str, UserId | None, str]:
    action, _, rest = arguments.strip().partition(" ")
    number, _, name = rest.strip().partition(" ")
    user = UserId(int(number)) if number.isdecimal() and len(number) <= ID_DIGITS else None
    return action.lower(), user, name.strip()
