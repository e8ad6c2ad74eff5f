"""Logging: one line an event, as text or JSON, never with a token or a reader's words in it."""

import json
import logging
import re
import sys
from datetime import UTC, datetime

TOKEN = re.compile(r"\b\d{3,}:[A-Za-z0-9_-]{20,}|(?<=/bot)\d+:[^/\s]+|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)")
HIDDEN = "***"


def hidden(text: str) -> str:
    """Return the text with bot tokens and passwords in addresses blotted out."""
    return TOKEN.sub(HIDDEN, text)


class TextLines(logging.Formatter):
    """`2026-11-24 08:00:00Z INFO bot.app message`."""

    def __init__(self) -> None:
        super().__init__("%(asctime)sZ %(levelname)s %(name)s %(message)s", "%Y-%m-%d %H:%M:%S")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 - logging's name
        """Return the record's time in UTC."""
        return datetime.fromtimestamp(record.created, UTC).strftime(datefmt or "%Y-%m-%d %H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        """Return the line without secrets."""
        return hidden(super().format(record))


class JsonLines(logging.Formatter):
    """An object a line, for log collectors."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line without secrets."""
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": hidden(record.getMessage()),
        }
        if record.exc_info:
            entry["exception"] = hidden(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False)


def set_up(level: str, style: str) -> None:
    """Send all logs to stderr in the chosen style."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if style == "json" else TextLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # These tell of every update and job at INFO; what matters of them we log ourselves.
    for name in ("aiogram.event", "apscheduler", "alembic"):
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelNamesMapping()[level]))
