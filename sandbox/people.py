"""What people do: write, forward, send files, press buttons, block; each becomes an update for the bot."""

import mimetypes
from collections.abc import Sequence

from sandbox.chats import Bot, CallbackQuery, Chat, Message, StoredFile, User
from sandbox.inline import LIFE_S, InlineQuery
from sandbox.markup import CAPTION_LIMIT_UTF16, TEXT_LIMIT_UTF16, Content, explicit, finished, known_mentions, non_empty
from sandbox.methods.lookups import member_shape
from sandbox.state import CALLBACK_LIFE_S, FIRST_SUPERGROUP_ID, Telegram
from sandbox.updates import Delivery, Updates
from sandbox.wire import Json

# Posts forwarded from channels that this Telegram does not otherwise know.
FIRST_ORIGIN_ID = FIRST_SUPERGROUP_ID - 500_000_000


class NotPossible(Exception):
    """Something that a Telegram client would not let a person do; the text says why."""


class People:
    """Acts for the users of the local Telegram."""

    def __init__(self, telegram: Telegram, updates: Updates) -> None:
        self._telegram = telegram
        self._updates = updates
        self._origins: dict[str, int] = {}

    def write(
        self, user: User, chat: Chat, text: str, entities: Sequence[Json] = (), origin: Json | None = None
    ) -> tuple[Message, Delivery | None]:
        """Post a user's text; raises NotPossible or ApiError when a client would not send it."""
        content = non_empty(finished(text, explicit(entities), TEXT_LIMIT_UTF16))
        return self._post(user, chat, content, None, origin)

    def send_file(self, user: User, chat: Chat, file: StoredFile, caption: str = "") -> tuple[Message, Delivery | None]:
        """Post a user's file."""
        return self._post(user, chat, finished(caption, [], CAPTION_LIMIT_UTF16), file, None)

    def upload(self, name: str, data: bytes) -> StoredFile:
        """Keep a file that a user picked; its type is guessed from its name."""
        mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return self._telegram.store_file(name, mime, data)

    def channel_origin(self, title: str) -> Json:
        """Return where a post came from that is forwarded out of a channel of that title."""
        number = self._origins.setdefault(title, len(self._origins) + 1)
        channel = {"id": FIRST_ORIGIN_ID - number, "type": "channel", "title": title}
        return {"type": "channel", "date": self._telegram.date() - 600, "chat": channel, "message_id": 100 + number}

    def press(self, user: User, message: Message, data: str) -> tuple[CallbackQuery, Delivery | None]:
        """Press a button with that callback data, of the message or forged."""
        self._may_write(user, message.chat)
        query = self._telegram.add_query(user, message, data)
        return query, self._updates.push("callback_query", query.shape(), message.chat.id, CALLBACK_LIFE_S)

    def ask_inline(self, user: User, text: str, offset: str) -> tuple[InlineQuery, Delivery | None]:
        """Type after the bot's name in some chat; the offset is empty at first."""
        query = self._telegram.inline.ask(user, text, offset)
        return query, self._updates.push("inline_query", query.shape(), user.id, LIFE_S)

    def block(self, user: User, *, blocked: bool) -> Delivery | None:
        """Block the bot or let it in again; None when nothing changes."""
        chat = self._telegram.chats[user.id]
        old, new = chat.bot_status, "kicked" if blocked else "member"
        if (old == "kicked") == blocked:
            return None
        chat.bot_status = new
        self._telegram.observe("blocked", {"user_id": user.id, "chat_id": chat.id, "blocked": blocked})
        return self._updates.push("my_chat_member", self._bot_changed(user, chat, old, new), chat.id)

    def set_bot_status(self, user: User, chat: Chat, status: str) -> Delivery | None:
        """Add the bot to a group or channel, remove it, or make it an administrator, as the user."""
        old, chat.bot_status = chat.bot_status, status
        return self._updates.push("my_chat_member", self._bot_changed(user, chat, old, status), chat.id)

    def _bot_changed(self, user: User, chat: Chat, old: str, new: str) -> Json:
        bot = self._telegram.bot.shape()
        return {
            "chat": chat.shape(),
            "from": user.shape(),
            "date": self._telegram.date(),
            "old_chat_member": member_shape(bot, "member" if old == "new" else old),
            "new_chat_member": member_shape(bot, new),
        }

    def _may_write(self, user: User, chat: Chat) -> None:
        if user.is_deactivated:
            raise NotPossible(f"{user.first_name} has deleted the account")
        if chat.is_blocked:
            raise NotPossible(f"{user.first_name} has blocked the bot: unblock it first")
        if chat.type == "private" and chat.id != user.id:
            raise NotPossible(f"{user.first_name} is not in this chat")

    def _post(
        self, user: User, chat: Chat, content: Content, file: StoredFile | None, origin: Json | None
    ) -> tuple[Message, Delivery | None]:
        self._may_write(user, chat)
        if chat.type == "private" and chat.bot_status == "new":
            chat.bot_status = "member"
        if content.names_users:
            content = known_mentions(content, self._telegram.user_shapes())
        sender: User | Chat | Bot = chat if chat.type == "channel" else user
        message = self._telegram.message_in(chat, sender, content)
        message.file, message.origin = file, origin
        self._telegram.post(message)
        kind = "channel_post" if chat.type == "channel" else "message"
        if not self._bot_sees(message):
            return message, None
        return message, self._updates.push(kind, message.shape(), chat.id)

    def _bot_sees(self, message: Message) -> bool:
        """Tell whether the message reaches the bot: in a group it sees commands only, unless it is an administrator."""
        chat = message.chat
        if chat.type in ("private", "channel") or chat.bot_status == "administrator":
            return chat.bot_status not in ("left", "kicked")
        return chat.bot_status == "member" and message.text.startswith("/")
