"""The in-memory Telegram: users, chats, messages, files and queries; pure state, no HTTP."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from digests.clock import Clock
from sandbox.chats import Bot, CallbackQuery, Chat, Message, StoredFile, Toast, User
from sandbox.errors import QUERY_TOO_OLD, bad_request
from sandbox.inline import InlineQueries
from sandbox.markup import Content
from sandbox.wire import Json

CALLBACK_LIFE_S = 150.0
# Ids above 32 bits, as new accounts have, so that a column or a format too narrow for them shows up.
FIRST_USER_ID = 7_000_000_001
FIRST_SUPERGROUP_ID = -1_002_000_000_001
FIRST_GROUP_ID = -4_000_000_001
FIRST_QUERY_ID = 4_611_686_018_427_387_904


@dataclass(slots=True)
class Telegram:
    """Everything the local Telegram remembers. `keep_last` bounds the messages kept of each chat."""

    clock: Clock
    bot: Bot
    keep_last: int | None = None
    observe: Callable[[str, object], None] = lambda _kind, _payload: None
    users: dict[int, User] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    queries: dict[str, CallbackQuery] = field(default_factory=dict)
    inline: InlineQueries = field(init=False)
    _made: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.inline = InlineQueries(self.clock)

    def number(self, kind: str, step: int = 1) -> int:
        """Return the next number of that kind, from 0."""
        value = self._made.get(kind, 0)
        self._made[kind] = value + step
        return value

    def date(self) -> int:
        """Return the present second, as messages carry it."""
        return int(self.clock.now().timestamp())

    def add_user(self, user: User) -> Chat:
        """Take in a user (id 0 gets the next free one) and return the private chat with the bot."""
        while user.id == 0 or user.id in self.users:
            user.id = FIRST_USER_ID + self.number("user")
        self.users[user.id] = user
        chat = Chat(id=user.id, type="private", user=user)
        return self._added(chat)

    def add_chat(self, kind: str, title: str, members: Iterable[User] = (), username: str | None = None) -> Chat:
        """Make a group, supergroup or channel with the bot in it (in a channel as an administrator)."""
        if kind == "group":
            chat_id = FIRST_GROUP_ID - self.number("group")
        else:
            chat_id = FIRST_SUPERGROUP_ID - self.number("supergroup")
        chat = Chat(id=chat_id, type=kind, title=title, username=username)
        chat.bot_status = "administrator" if kind == "channel" else "member"
        chat.members = {user.id: "member" for user in members}
        return self._added(chat)

    def upgrade(self, group: Chat) -> Chat:
        """Turn a group into a supergroup and return it; the group's id only leads there from now on."""
        members = [self.users[user_id] for user_id in group.members]
        supergroup = self.add_chat("supergroup", group.title or "", members)
        supergroup.bot_status = group.bot_status
        supergroup.members = dict(group.members)
        group.migrated_to = supergroup.id
        return supergroup

    def _added(self, chat: Chat) -> Chat:
        self.chats[chat.id] = chat
        self.observe("chat", chat)
        return chat

    def find_chat(self, chat_id: int | str) -> Chat:
        """Return the chat of an id or @username; raises ApiError when there is none."""
        if isinstance(chat_id, int):
            chat = self.chats.get(chat_id)
        else:
            name = chat_id.removeprefix("@").lower()
            chat = next((c for c in self.chats.values() if name and (c.username or "").lower() == name), None)
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def post(self, message: Message) -> Message:
        """Put a new message into its chat."""
        chat = message.chat
        chat.messages[message.message_id] = message
        if self.keep_last is not None and len(chat.messages) > self.keep_last:
            chat.forget_oldest()
        self.observe("message", message)
        return message

    def edited(self, message: Message) -> Message:
        """Mark the message as edited now."""
        message.edit_date = self.date()
        self.observe("edit", message)
        return message

    def remove(self, message: Message) -> None:
        """Delete the message for everyone."""
        message.deleted = True
        message.chat.messages.pop(message.message_id, None)
        self.observe("delete", message)

    def add_query(self, user: User, message: Message, data: str) -> CallbackQuery:
        """Record that the user pressed a button."""
        now = self.clock.monotonic()
        while self.queries:
            oldest = next(iter(self.queries.values()))
            if oldest.made_at + CALLBACK_LIFE_S > now:
                break
            del self.queries[oldest.id]
        query_id = str(FIRST_QUERY_ID + self.number("query", 7))
        query = CallbackQuery(id=query_id, user=user, message=message, data=data, made_at=now)
        self.queries[query_id] = query
        return query

    def answer_query(self, query_id: str, toast: Toast) -> CallbackQuery:
        """Answer a press once; raises ApiError when it is unknown, too old or answered already."""
        query = self.queries.get(query_id)
        if query is None or query.answer is not None:
            raise bad_request(QUERY_TOO_OLD)
        if query.made_at + CALLBACK_LIFE_S <= self.clock.monotonic():
            raise bad_request(QUERY_TOO_OLD)
        query.answer = toast
        if toast.text or toast.url:
            query.user.toasts.append(toast)
        query.answered.set()
        self.observe("callback_answer", query)
        return query

    def store_file(self, name: str, mime: str, data: bytes, picture: tuple[int, int] | None = None) -> StoredFile:
        """Keep a file and return what Telegram calls it."""
        number = self.number("file") + 1
        suffix = "." + name.rsplit(".", 1)[-1] if "." in name else ""
        folder = "documents" if picture is None else "photos"
        stored = StoredFile(
            file_id=f"BQACAgIAAxk{number:08d}",
            unique_id=f"AgAD{number:08d}",
            path=f"{folder}/file_{number}{suffix}",
            name=name,
            mime=mime,
            data=data,
            picture=picture,
        )
        self.files[stored.file_id] = stored
        return stored

    def user_shapes(self) -> dict[int, Json]:
        """Return the users a mention may name."""
        return {user.id: user.shape() for user in self.users.values()}

    def message_in(self, chat: Chat, sender: User | Chat | Bot, content: Content) -> Message:
        """Return a new message of the chat, not yet posted."""
        return Message(chat=chat, message_id=chat.next_id(), date=self.date(), sender=sender, content=content)
