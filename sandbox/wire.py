"""What goes over the wire: JSON objects and the lengths Telegram counts."""

import json
from dataclasses import dataclass
from typing import Any

# A JSON object of the Bot API: its shape is the schema's business, not the type checker's.
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came inside a multipart request."""

    name: str
    mime: str
    data: bytes


_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def dumps(value: object) -> str:
    """Return compact JSON that keeps letters as they are."""
    return _encoder.encode(value)


def utf16_length(text: str) -> int:
    """Return the length in UTF-16 units, the unit of entity offsets (Bot API, MessageEntity)."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
