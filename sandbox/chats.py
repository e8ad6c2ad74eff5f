"""The nouns of the local Telegram and the shapes the Bot API gives them."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field

from sandbox.keyboards import NOTHING, Button, Markup
from sandbox.markup import Content
from sandbox.wire import Json


@dataclass(slots=True)
class Toast:
    """An answer to a tap."""

    text: str = ""
    show_alert: bool = False
    url: str | None = None


@dataclass(slots=True, eq=False)
class User:
    """A person; `role` is only a label for the chat page."""

    first_name: str
    id: int = 0
    username: str | None = None
    language_code: str | None = None
    role: str = "reader"
    is_deactivated: bool = False
    toasts: list[Toast] = field(default_factory=list)

    def shape(self) -> Json:
        """Return the Bot API's User."""
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.first_name,
            **({"username": self.username} if self.username else {}),
            **({"language_code": self.language_code} if self.language_code else {}),
        }


@dataclass(slots=True, eq=False)
class Bot:
    """The one bot of this Telegram."""

    token: str
    username: str
    name: str
    is_logged_out: bool = False

    @property
    def id(self) -> int:
        """The number in front of the token's colon."""
        return int(self.token.split(":", 1)[0])

    def shape(self) -> Json:
        """Return the Bot API's User of the bot."""
        return {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}


@dataclass(slots=True, eq=False, repr=False)
class Chat:
    """A chat. `bot_status` is the bot's ChatMember status; "new" in a private chat that the user never started."""

    id: int
    type: str
    title: str | None = None
    username: str | None = None
    user: User | None = None
    bot_status: str = "new"
    members: dict[int, str] = field(default_factory=dict)
    topics: dict[int, str] = field(default_factory=dict)
    migrated_to: int | None = None
    is_deleted: bool = False
    can_write: bool = True
    messages: dict[int, "Message"] = field(default_factory=dict)
    last_id: int = 0

    def __repr__(self) -> str:
        return f"Chat({self.id}, {self.type}, {self.bot_status})"

    def next_id(self) -> int:
        """Return the next message id of the chat; ids of different chats coincide, as in supergroups."""
        self.last_id += 1
        return self.last_id

    def forget_oldest(self) -> None:
        """Drop the oldest message kept."""
        del self.messages[next(iter(self.messages))]

    @property
    def is_blocked(self) -> bool:
        """Whether the user blocked the bot."""
        return self.type == "private" and self.bot_status == "kicked"

    def shape(self) -> Json:
        """Return the Bot API's Chat."""
        if self.user is not None:
            name: Json = {"first_name": self.user.first_name}
            username = self.user.username
        else:
            name = {"title": self.title}
            username = self.username
        return {
            "id": self.id,
            "type": self.type,
            **name,
            **({"username": username} if username else {}),
            **({"is_forum": True} if self.topics else {}),
        }


@dataclass(slots=True, eq=False)
class StoredFile:
    """A file that Telegram keeps; `picture` is its width and height when it was sent as a photo."""

    file_id: str
    unique_id: str
    path: str
    name: str
    mime: str
    data: bytes
    picture: tuple[int, int] | None = None

    def shape(self) -> Json:
        """Return the Bot API's Document."""
        return {
            "file_name": self.name,
            "mime_type": self.mime,
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.data),
        }

    def photo_shape(self) -> list[Json]:
        """Return the Bot API's sizes of a photo: one, as it came."""
        width, height = self.picture or (0, 0)
        size = {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": len(self.data)}
        return [{**size, "width": width, "height": height}]


@dataclass(slots=True, eq=False, repr=False)
class Message:
    """A message of a chat. With a file, `content` is its caption."""

    chat: Chat
    message_id: int
    date: int
    sender: User | Chat | Bot
    content: Content
    markup: Markup = NOTHING
    file: StoredFile | None = None
    edit_date: int | None = None
    origin: Json | None = None
    reply_to: "Message | None" = None
    thread_id: int | None = None
    preview: Json | None = None
    is_protected: bool = False
    deleted: bool = False

    def __repr__(self) -> str:
        author = "bot" if self.from_bot else "user"
        return f"Message({self.message_id} of {author} in {self.chat.id}: {self.render()!r})"

    @property
    def text(self) -> str:
        """The text, or the caption of a file."""
        return self.content.text

    @property
    def entities(self) -> tuple[Json, ...]:
        """The entities of the text, in the Bot API's shape."""
        return self.content.entities

    @property
    def from_bot(self) -> bool:
        """Whether the bot sent it."""
        return isinstance(self.sender, Bot)

    @property
    def edited(self) -> bool:
        """Whether it was edited since it was sent."""
        return self.edit_date is not None

    @property
    def keyboard(self) -> tuple[tuple[Button, ...], ...]:
        """The inline buttons in rows."""
        return self.markup.rows

    def buttons(self) -> Iterator[Button]:
        """Yield the inline buttons, row by row."""
        for row in self.markup.rows:
            yield from row

    @property
    def labels(self) -> list[str]:
        """The texts of all inline buttons."""
        return [button.text for button in self.buttons()]

    def render(self) -> str:
        """Return the message as plain text with the keyboard as rows of [ Label ]."""
        parts = [f"[{self.file.name}]"] if self.file else []
        if self.text:
            parts.append(self.text)
        parts.extend(" ".join(f"[ {button.text} ]" for button in row) for row in self.keyboard)
        return "\n".join(parts)

    def shape(self, *, with_reply: bool = True) -> Json:
        """Return the Bot API's Message."""
        sender = self.sender
        if isinstance(sender, Chat):
            author: Json = {"sender_chat": sender.shape()}
        elif self.chat.type == "channel":
            author = {"sender_chat": self.chat.shape()}
        else:
            author = {"from": sender.shape()}
        result: Json = {"message_id": self.message_id, **author, "chat": self.chat.shape(), "date": self.date}
        if self.edit_date is not None:
            result["edit_date"] = self.edit_date
        if self.origin is not None:
            result["forward_origin"] = self.origin
        if with_reply and self.reply_to is not None:
            result["reply_to_message"] = self.reply_to.shape(with_reply=False)
        self._add_place(result)
        self._add_content(result)
        return result

    def _add_place(self, result: Json) -> None:
        if self.thread_id is not None:
            result.update(message_thread_id=self.thread_id, is_topic_message=True)
        if self.is_protected:
            result["has_protected_content"] = True

    def _add_content(self, result: Json) -> None:
        text, entities = ("text", "entities") if self.file is None else ("caption", "caption_entities")
        if self.file is not None and self.file.picture is not None:
            result["photo"] = self.file.photo_shape()
        elif self.file is not None:
            result["document"] = self.file.shape()
        if self.text:
            result[text] = self.text
        if self.entities:
            result[entities] = list(self.entities)
        if self.preview is not None:
            result["link_preview_options"] = self.preview
        if self.markup.inline is not None:
            result["reply_markup"] = self.markup.inline


@dataclass(slots=True, eq=False)
class CallbackQuery:
    """A press of a button, waiting for its answer."""

    id: str
    user: User
    message: Message
    data: str
    made_at: float
    answer: Toast | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    def shape(self) -> Json:
        """Return the Bot API's CallbackQuery; a message deleted meanwhile is an inaccessible one."""
        message = self.message
        if message.deleted:
            shown: Json = {"chat": message.chat.shape(), "message_id": message.message_id, "date": 0}
        else:
            shown = message.shape()
        return {
            "id": self.id,
            "from": self.user.shape(),
            "message": shown,
            "chat_instance": str(message.chat.id * 31),
            "data": self.data,
        }
