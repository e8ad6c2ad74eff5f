"""The people of the demo: they write and press in their chats, and what they do is printed."""

from collections.abc import Callable

from bot.demo.transcript import Transcript
from bot.i18n import Translator
from sandbox import Button, Message, Player, Sandbox, Toast

Observer = Callable[[str, object], None]


class Person:
    """Someone in a private chat with the bot. Every action returns when the bot has dealt with it."""

    def __init__(self, player: Player, t: Translator, transcript: Transcript) -> None:
        self.player = player
        self.t = t
        self.presses = 0
        self._transcript = transcript

    @property
    def name(self) -> str:
        """What the person is called."""
        return self.player.user.first_name

    @property
    def received(self) -> list[Message]:
        """All messages of the bot that the chat still has."""
        return [message for message in self.player.messages if message.from_bot]

    @property
    def screen(self) -> Message:
        """The bot's newest message."""
        return self.player.last

    async def say(self, text: str) -> None:
        """Write a text; one longer than a message is cut as a client cuts it."""
        await self.player.send(text)

    async def forward(self, text: str, origin: str) -> None:
        """Forward a post of a channel."""
        await self.player.forward(text, origin=origin)

    async def send_file(self, name: str, data: bytes) -> None:
        """Send a file."""
        await self.player.send_file(name, data)

    async def press(self, label: str) -> Toast | None:
        """Press the newest button that has this label or begins with it; raises AssertionError when there is none."""
        return await self.press_on(*self.player.find(label))

    async def press_on(self, message: Message, button: Button) -> Toast | None:
        """Press this very button of this very message."""
        self.presses += 1
        self._transcript.act(self.name, f"presses [ {button.text} ]")
        toast = await self.player.tap_data(button.data or "", message.message_id)
        self._tell(toast)
        return toast

    async def block(self) -> None:
        """Block the bot."""
        self._transcript.act(self.name, "blocks the bot")
        await self.player.block()

    async def unblock(self) -> None:
        """Let the bot in again."""
        self._transcript.act(self.name, "lets the bot in again")
        await self.player.unblock()

    def _tell(self, toast: Toast | None) -> None:
        if toast and toast.text:
            self._transcript.toast(toast.text, is_alert=toast.show_alert)


def watch(sandbox: Sandbox, observer: Observer) -> None:
    """Have everything that happens in the local Telegram told to one more observer."""
    before = sandbox.telegram.observe

    def both(kind: str, payload: object) -> None:
        observer(kind, payload)
        before(kind, payload)

    sandbox.telegram.observe = both
