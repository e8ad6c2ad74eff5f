"""The control API: what the chat page and tests do to the local Telegram over HTTP."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from aiohttp import web
from aiohttp.multipart import BodyPartReader

from sandbox.bodies import Wrong, array, optional_text, read_object, text_of, truth, whole, whole_of
from sandbox.chats import Chat, Message, User
from sandbox.checks import Mismatch
from sandbox.errors import ApiError
from sandbox.guard import HEADERS
from sandbox.knobs import Knobs
from sandbox.markup import TEXT_LIMIT_UTF16
from sandbox.people import NotPossible
from sandbox.requests import read_part
from sandbox.rooms import Rooms
from sandbox.schema import Schema
from sandbox.stream import add_stream
from sandbox.wire import Json, dumps, utf16_length

if TYPE_CHECKING:
    from sandbox.server import Sandbox

Reply = Callable[[web.Request], Awaitable[object]]

ROLES = ("reader", "editor", "owner")


class Control:
    """The handlers under /control/."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self._schema = Schema.load()
        self._rooms = Rooms(sandbox)

    def add_to(self, app: web.Application) -> None:
        """Add the routes to the application."""
        table: list[tuple[str, str, Reply]] = [
            ("GET", "/control/state", self.state),
            ("GET", "/control/chats/{chat_id}/messages", self.messages),
            ("POST", "/control/users", self.add_user),
            ("POST", "/control/chats/{chat_id}/messages", self.write),
            ("POST", "/control/chats/{chat_id}/files", self.send_file),
            ("POST", "/control/taps", self.tap),
            ("POST", "/control/block", self.block),
            ("GET", "/control/commands", self.commands),
        ]
        for verb, path, reply in [*table, *self._rooms.table(), *Knobs(self._sandbox).table()]:
            app.router.add_route(verb, path, answered(reply))
        app.router.add_get("/control/files/{file_id}", self.file)
        add_stream(app, self._sandbox.events)

    async def state(self, _request: web.Request) -> Json:
        """Tell who and what there is."""
        telegram = self._sandbox.telegram
        return {
            "bot": telegram.bot.shape(),
            "users": [{**user.shape(), "role": user.role} for user in telegram.users.values()],
            "chats": [chat_shape(chat) for chat in telegram.chats.values()],
            "now": self._sandbox.clock.now().isoformat(),
            "seq": self._sandbox.events.last,
            "commands": {
                str(user.id): self._sandbox.profile.commands_for(user, telegram.chats[user.id])
                for user in telegram.users.values()
            },
        }

    async def messages(self, request: web.Request) -> Json:
        """Tell a chat's messages."""
        chat = self._rooms.chat(request.match_info["chat_id"])
        return {"messages": [message.shape() for message in chat.messages.values()]}

    async def add_user(self, request: web.Request) -> Json:
        """Make a user and the private chat with the bot."""
        body = await read_object(request, ("first_name", "username", "language_code", "role"))
        first_name = text_of(body, "first_name").strip()
        if not 1 <= len(first_name) <= 64:
            raise Wrong("A first name has 1 to 64 characters.")
        role = text_of(body, "role", "reader")
        if role not in ROLES:
            raise Wrong(f"A role is one of: {', '.join(ROLES)}.")
        user = User(
            first_name=first_name,
            username=optional_text(body, "username"),
            language_code=optional_text(body, "language_code"),
            role=role,
        )
        self._sandbox.telegram.add_user(user)
        return {**user.shape(), "role": user.role}

    async def write(self, request: web.Request) -> Json:
        """Write as a user."""
        chat = self._rooms.chat(request.match_info["chat_id"])
        body = await read_object(request, ("from", "text", "entities", "forward_origin"))
        user = self._rooms.user(whole(body, "from"))
        text = text_of(body, "text")
        if utf16_length(text) > TEXT_LIMIT_UTF16:
            raise Wrong(f"A message holds {TEXT_LIMIT_UTF16} characters: split the text as a client does.")
        entities = array(body, "entities")
        self._held_to("Array of MessageEntity", entities, "entities")
        origin = body.get("forward_origin")
        if isinstance(origin, str):
            origin = self._sandbox.people.channel_origin(origin)
        if origin is not None:
            self._held_to("MessageOrigin", origin, "forward_origin")
        message, _ = self._sandbox.people.write(user, chat, text, entities, origin)
        return message.shape()

    async def send_file(self, request: web.Request) -> Json:
        """Send a file as a user."""
        chat = self._rooms.chat(request.match_info["chat_id"])
        if request.content_type != "multipart/form-data":
            raise Wrong("A file comes as multipart/form-data with the fields from, caption and file.", 415)
        fields: dict[str, str] = {}
        upload: tuple[str, bytes] | None = None
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader):
                continue
            data = await read_part(part)
            if part.filename is not None:
                upload = (part.filename, data)
            else:
                fields[part.name or ""] = data.decode("utf-8", "replace")
        if upload is None:
            raise Wrong('The part "file" is missing.')
        user = self._rooms.user(whole_of(fields.get("from", ""), "from"))
        people = self._sandbox.people
        message, _ = people.send_file(user, chat, people.upload(*upload), fields.get("caption", ""))
        return message.shape()

    async def tap(self, request: web.Request) -> Json:
        """Press a button as a user."""
        body = await read_object(request, ("from", "chat_id", "message_id", "data"))
        chat = self._rooms.chat(whole(body, "chat_id"))
        message = chat.messages.get(whole(body, "message_id"))
        if message is None:
            raise Wrong("There is no such message in this chat.", 404)
        query, _ = self._sandbox.people.press(self._rooms.user(whole(body, "from")), message, text_of(body, "data"))
        return {"callback_query_id": query.id}

    async def block(self, request: web.Request) -> Json:
        """Block the bot as a user, or let it in again."""
        body = await read_object(request, ("user_id", "blocked"))
        user = self._rooms.user(whole(body, "user_id"))
        self._sandbox.people.block(user, blocked=truth(body, "blocked"))
        return {"user_id": user.id, "blocked": self._sandbox.telegram.chats[user.id].is_blocked}

    async def commands(self, request: web.Request) -> Json:
        """Tell the commands that a user sees in a chat (by default in the private one)."""
        user = self._rooms.user(whole_of(request.query.get("user_id", ""), "user_id"))
        chat = self._rooms.chat(request.query.get("chat_id", user.id))
        return {"commands": self._sandbox.profile.commands_for(user, chat)}

    async def file(self, request: web.Request) -> web.Response:
        """Return a file of a message for download; pictures may be shown."""
        file = self._sandbox.telegram.files.get(request.match_info["file_id"])
        if file is None:
            return web.json_response({"error": "There is no such file."}, status=404, headers=HEADERS)
        if file.picture is not None and file.mime in ("image/png", "image/gif", "image/jpeg"):
            return web.Response(body=file.data, content_type=file.mime, headers=HEADERS)
        headers = {**HEADERS, "Content-Disposition": "attachment"}
        return web.Response(body=file.data, content_type="application/octet-stream", headers=headers)

    def _held_to(self, type_name: str, value: object, field: str) -> None:
        try:
            self._schema.check_of(type_name)(value)
        except Mismatch as mismatch:
            where = mismatch.inside(field)
            raise Wrong(f'The field "{where.path}" is wrong: {where.expected} expected.') from None


def answered(reply: Reply) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Return the handler that answers with JSON, and with a sentence when something is wrong."""

    async def handler(request: web.Request) -> web.Response:
        try:
            return written(await reply(request))
        except Wrong as wrong:
            return written({"error": wrong.sentence}, wrong.status)
        except NotPossible as problem:
            return written({"error": f"{problem}."}, 409)
        except ApiError as error:
            return written({"error": f"A client would not send this ({error.description})."}, 400)

    return handler


def written(value: object, status: int = 200) -> web.Response:
    """Return a JSON response."""
    return web.Response(text=dumps(value), status=status, content_type="application/json", headers=HEADERS)


def chat_shape(chat: Chat) -> Json:
    """Return a chat as the page's list shows it."""
    last: Message | None = next(reversed(chat.messages.values()), None)
    return {
        "id": chat.id,
        "type": chat.type,
        "title": chat.title or (chat.user.first_name if chat.user else ""),
        "user_id": chat.user.id if chat.user else None,
        "blocked": chat.is_blocked,
        "last": None
        if last is None
        else {"text": last.text or (last.file.name if last.file else ""), "date": last.date, "from_bot": last.from_bot},
    }
