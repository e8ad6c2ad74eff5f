"""The demo: a local Telegram, the newspaper of an invented town and the bot itself, for a look without a token."""
