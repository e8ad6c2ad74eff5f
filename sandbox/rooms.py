"""The control API for groups, channels and what befalls chats: kicks, upgrades, deleted accounts."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from aiohttp import web

from sandbox.bodies import Wrong, array, optional_text, read_object, text_of, truth, whole, whole_of
from sandbox.chats import Chat, User
from sandbox.wire import Json

if TYPE_CHECKING:
    from sandbox.server import Sandbox

Reply = Callable[[web.Request], Awaitable[object]]

KINDS = ("group", "supergroup", "channel")
STATUSES = ("member", "administrator", "left", "kicked")


class Rooms:
    """The handlers about chats of several people."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox

    def table(self) -> list[tuple[str, str, Reply]]:
        """Return the routes: verb, path and handler."""
        return [
            ("POST", "/control/chats", self.add),
            ("POST", "/control/membership", self.membership),
            ("POST", "/control/upgrade", self.upgrade),
            ("POST", "/control/deactivate", self.deactivate),
        ]

    async def add(self, request: web.Request) -> Json:
        """Make a group, supergroup or channel that the bot is in."""
        body = await read_object(request, ("type", "title", "username", "members"))
        kind = text_of(body, "type")
        if kind not in KINDS:
            raise Wrong(f"A chat of several people is one of: {', '.join(KINDS)}.")
        members = [self.user(whole_of(member, "members")) for member in array(body, "members")]
        username = optional_text(body, "username")
        return self._sandbox.telegram.add_chat(kind, text_of(body, "title"), members, username).shape()

    async def membership(self, request: web.Request) -> Json:
        """Let a user change what the bot is in a chat."""
        body = await read_object(request, ("from", "chat_id", "status"))
        chat, status = self.chat(whole(body, "chat_id")), text_of(body, "status")
        if status not in STATUSES:
            raise Wrong(f"The bot's status is one of: {', '.join(STATUSES)}.")
        self._sandbox.people.set_bot_status(self.user(whole(body, "from")), chat, status)
        return {"chat_id": chat.id, "status": chat.bot_status}

    async def upgrade(self, request: web.Request) -> Json:
        """Make a supergroup of a group; calls with the old id are told the new one."""
        body = await read_object(request, ("chat_id",))
        chat = self.chat(whole(body, "chat_id"))
        if chat.type != "group" or chat.migrated_to is not None:
            raise Wrong("Only a group can become a supergroup, and only once.", 409)
        return self._sandbox.telegram.upgrade(chat).shape()

    async def deactivate(self, request: web.Request) -> Json:
        """Delete a user's account, or bring it back."""
        body = await read_object(request, ("user_id", "deactivated"))
        user = self.user(whole(body, "user_id"))
        user.is_deactivated = truth(body, "deactivated")
        return {"user_id": user.id, "deactivated": user.is_deactivated}

    def chat(self, given: object) -> Chat:
        """Return the chat of an id; raises Wrong when there is none."""
        chat = self._sandbox.telegram.chats.get(whole_of(given, "chat_id"))
        if chat is None:
            raise Wrong("There is no such chat.", 404)
        return chat

    def user(self, user_id: int) -> User:
        """Return the user of an id; raises Wrong when there is none."""
        user = self._sandbox.telegram.users.get(user_id)
        if user is None:
            raise Wrong("There is no such user.", 404)
        return user
