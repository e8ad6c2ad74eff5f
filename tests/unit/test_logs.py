"""No log line gives away a secret."""

import logging

from bot.logs import JsonLines, TextLines

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"


def record(message: str) -> logging.LogRecord:
    return logging.LogRecord("bot", logging.INFO, __file__, 1, message, (), None)


def test_tokens_are_hidden_wherever_they_stand() -> None:
    for line in (
        f"token {TOKEN}",
        f"https://api.telegram.org/bot{TOKEN}/getMe",
        "http://127.0.0.1:1/bot1000:demo/getMe",
    ):
        for formatter in (TextLines(), JsonLines()):
            shown = formatter.format(record(line))
            assert TOKEN not in shown
            assert "1000:demo" not in shown
            assert "***" in shown


def test_database_passwords_are_hidden() -> None:
    shown = TextLines().format(record("cannot open postgresql+asyncpg://svodka:s3cret@db/svodka"))
    assert "s3cret" not in shown
    assert "@db/svodka" in shown
