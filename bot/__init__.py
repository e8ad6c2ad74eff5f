"""The Telegram side: adapts the domain to chats and buttons, holds no rules of its own."""

from bot.lean import lighten

lighten()  # before any module of ours imports aiogram
