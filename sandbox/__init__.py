"""A local Telegram: a strict Bot API server, a control API and a chat page, on this machine only."""

from sandbox.chats import Bot, Chat, Message, Toast, User
from sandbox.faults import Fault
from sandbox.floods import Limits
from sandbox.keyboards import Button
from sandbox.people import NotPossible
from sandbox.player import Player
from sandbox.server import Sandbox

__all__ = ["Bot", "Button", "Chat", "Fault", "Limits", "Message", "NotPossible", "Player", "Sandbox", "Toast", "User"]
