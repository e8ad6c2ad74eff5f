"""What the bot says of itself: commands by scope and language, name, descriptions, menu buttons."""

from dataclasses import dataclass, field

from sandbox.chats import Chat, User
from sandbox.wire import Json

# A scope's identity: its type, its chat (0: none) and its user (0: none).
Scope = tuple[str, int, int]

DEFAULT: Scope = ("default", 0, 0)


@dataclass(slots=True)
class Profile:
    """Texts by language code ("" is for everybody else)."""

    commands: dict[tuple[Scope, str], list[Json]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)

    def text(self, kind: str, language: str) -> str:
        """Return the name, description or short description of a language, else the general one."""
        return self.texts.get((kind, language)) or self.texts.get((kind, ""), "")

    def menu_button(self, chat_id: int) -> Json:
        """Return the menu button of a private chat (0: of all)."""
        general = self.menu_buttons.get(0, {"type": "commands"})
        return self.menu_buttons.get(chat_id, general)

    def commands_for(self, user: User, chat: Chat) -> list[Json]:
        """Return the commands that a user sees in a chat (Bot API, "Determining list of commands")."""
        language = user.language_code or ""
        for scope in scopes_of(user, chat):
            for code in dict.fromkeys((language, "")):
                found = self.commands.get((scope, code))
                if found:
                    return found
        return []


def scopes_of(user: User, chat: Chat) -> list[Scope]:
    """Return the scopes that apply to a user in a chat, the narrowest first."""
    here: Scope = ("chat", chat.id, 0)
    if chat.type == "private":
        return [here, ("all_private_chats", 0, 0), DEFAULT]
    scopes: list[Scope] = [("chat_member", chat.id, user.id)]
    if chat.members.get(user.id) in ("administrator", "creator"):
        scopes += [("chat_administrators", chat.id, 0), here, ("all_chat_administrators", 0, 0)]
    else:
        scopes.append(here)
    return [*scopes, ("all_group_chats", 0, 0), DEFAULT]
