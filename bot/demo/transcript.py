"""What is said in the chats, printed as it happens: texts, keyboards, presses, edits."""

import os
import sys
from collections.abc import Callable
from datetime import datetime

from sandbox import Chat, Message

WIDTH = 100
TYPED_LIMIT = 240  # characters shown of what a person typed; the bot's own words are always shown whole


class Transcript:
    """Prints the chats. Put `seen` in the local Telegram's `observe` to have every message pass through."""

    def __init__(self, write: Callable[[str], None], bot_name: str) -> None:
        self._write = write
        self._bot = bot_name

    def heading(self, text: str) -> None:
        """Begin a step."""
        self._write(f"\n━━ {text} {'━' * max(3, WIDTH - len(text) - 4)}\n")

    def time(self, now: datetime) -> None:
        """Tell that the clock was moved on."""
        self._write(f"        · {now:%A %d %B, %H:%M:%S} ({now.tzinfo}) ·\n")

    def note(self, text: str) -> None:
        """Tell something that no chat shows."""
        self._write(f"        · {text} ·\n")

    def act(self, who: str, deed: str) -> None:
        """Tell what a person did without a word."""
        self._write(f"{who} {deed}\n")

    def toast(self, text: str, *, is_alert: bool) -> None:
        """Tell what popped up over the chat."""
        self._write(f"    {'(!)' if is_alert else '( )'} {text}\n")

    def seen(self, kind: str, payload: object) -> None:
        """Print an event of the local Telegram if it is one that people see in a chat."""
        if kind in ("message", "edit") and isinstance(payload, Message):
            self._message(payload, is_edit=kind == "edit")

    def _message(self, message: Message, *, is_edit: bool) -> None:
        who = owner(message.chat)
        if not message.from_bot:
            origin = " forwards" if message.origin else ""
            self._write(f"{who}{origin}:\n{indented(shortened(message.render()))}\n")
            return
        again = " (the same message)" if is_edit else ""
        self._write(f"{self._bot} → {who}{again}\n{indented(message.render())}\n")


def owner(chat: Chat) -> str:
    """Return whose private chat it is."""
    return chat.user.first_name if chat.user else chat.title or str(chat.id)


def shortened(text: str) -> str:
    """Return what a person typed, without the most of a long paste."""
    if len(text) <= TYPED_LIMIT:
        return text
    return f"{text[:TYPED_LIMIT].rstrip()}…\n({len(text):,} characters in this message)"


def indented(text: str) -> str:
    """Return the text with a bar at the left of each line."""
    return "\n".join(f"  │ {line}".rstrip() for line in text.splitlines())


def to_stdout(text: str) -> None:
    """Print a line; when nobody reads any more (`| head`), go on in silence."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # Python's own way out: the interpreter flushes stdout once more at its end, and must not fail then.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
