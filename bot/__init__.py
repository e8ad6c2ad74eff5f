"""The Telegram side: adapts the domain to chats and buttons, holds no rules of its own."""
