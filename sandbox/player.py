"""A person at a Telegram client, for tests and tours: writes, presses buttons and waits until the bot is done."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sandbox.chats import CallbackQuery, Chat, Message, Toast, User
from sandbox.keyboards import Button
from sandbox.pasting import pieces
from sandbox.people import NotPossible
from sandbox.updates import Delivery
from sandbox.wire import Json

if TYPE_CHECKING:
    from sandbox.server import Sandbox

PATIENCE_S = 15.0
QUIET_S = 0.15


class Player:
    """One person and the private chat with the bot. Every action returns when the bot has handled it."""

    def __init__(self, sandbox: "Sandbox", user: User) -> None:
        self._sandbox = sandbox
        self.user = user
        self.quiet_s = QUIET_S  # less is enough for a bot that confirms an update only when its handler is through
        self.chat: Chat = sandbox.telegram.chats[user.id]

    @property
    def id(self) -> int:
        """The user's id, which is also the id of the private chat."""
        return self.user.id

    @property
    def messages(self) -> list[Message]:
        """The messages of the chat in order, without deleted ones."""
        return list(self.chat.messages.values())

    @property
    def last(self) -> Message:
        """The newest message of the bot; raises AssertionError when it has said nothing."""
        for message in reversed(self.chat.messages.values()):
            if message.from_bot:
                return message
        raise AssertionError(f"the bot has not written to {self.user.first_name}")

    @property
    def toasts(self) -> list[Toast]:
        """The visible answers to taps (with a text or an address), newest last."""
        return self.user.toasts

    async def send(self, text: str, entities: Sequence[Json] = ()) -> Message:
        """Write a text; one longer than a message is cut as a client cuts it. Return the last message."""
        return await self._send(text, entities, None)

    async def forward(self, text: str, entities: Sequence[Json] = (), origin: str = "") -> Message:
        """Forward a post of a channel with the title `origin`."""
        return await self._send(text, entities, self._sandbox.people.channel_origin(origin or "Channel"))

    async def send_file(self, name: str, data: bytes, caption: str = "") -> Message:
        """Send a file."""
        people = self._sandbox.people
        message, delivery = people.send_file(self.user, self.chat, people.upload(name, data), caption)
        await self._handled(delivery)
        return message

    async def tap(self, label: str) -> Toast | None:
        """Press the newest button with that label, or failing that one that starts so; return the bot's answer."""
        message, button = self.find(label)
        if button.data is None:
            raise AssertionError(f"the button {button.text!r} has no callback data")
        return await self._press(message, button.data)

    async def tap_data(self, data: str, message_id: int | None = None) -> Toast | None:
        """Press a button of one's own making on a message (the bot's newest by default)."""
        message = self.last if message_id is None else self.chat.messages[message_id]
        return await self._press(message, data)

    def find(self, label: str) -> tuple[Message, Button]:
        """Return the message and button that `tap` would press; raises AssertionError naming what is there."""
        shown = [(m, b) for m in reversed(self.chat.messages.values()) for b in m.buttons()]
        for message, button in shown:
            if button.text == label:
                return message, button
        for message, button in shown:
            if button.text.startswith(label):
                return message, button
        visible = ", ".join(f"«{button.text}»" for _, button in shown) or "none"
        raise AssertionError(f"no button «{label}» in the chat of {self.user.first_name}; there are: {visible}")

    async def ask_inline(self, text: str, offset: str = "") -> Json:
        """Type after the bot's name in another chat; return the bot's answer; raises AssertionError without."""
        query, delivery = self._sandbox.people.ask_inline(self.user, text, offset)
        await self._handled(delivery)
        if query.answer is None:
            raise AssertionError(f"the inline query «{text}» was not answered")
        return query.answer

    async def block(self) -> None:
        """Block the bot."""
        await self._handled(self._sandbox.people.block(self.user, blocked=True))

    async def unblock(self) -> None:
        """Let the bot in again."""
        await self._handled(self._sandbox.people.block(self.user, blocked=False))

    async def _send(self, text: str, entities: Sequence[Json], origin: Json | None) -> Message:
        message: Message | None = None
        for piece, own in pieces(text, entities):
            if message is not None and not piece.strip():
                continue  # a client sends no blank rest
            message, delivery = self._sandbox.people.write(self.user, self.chat, piece, own, origin)
            await self._handled(delivery)
        if message is None:
            raise NotPossible("there is nothing to send")
        return message

    async def _press(self, message: Message, data: str) -> Toast | None:
        query, delivery = self._sandbox.people.press(self.user, message, data)
        await self._handled(delivery, query)
        return query.answer

    async def _handled(self, delivery: Delivery | None, query: CallbackQuery | None = None) -> None:
        """Wait until the bot is done; raises what its handler raised, TimeoutError after 15 s."""
        if delivery is None:
            return
        try:
            async with asyncio.timeout(PATIENCE_S):
                await delivery.handled.wait()
                if self._sandbox.is_polled:
                    if query is not None:
                        await query.answered.wait()
                    await self._sandbox.calls.quiet(self.quiet_s)
        except TimeoutError:
            raise TimeoutError(f"the bot did not handle update {delivery.id} within {PATIENCE_S:g} s") from None
        if delivery.error is not None:
            raise delivery.error
