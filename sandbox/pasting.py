"""How a Telegram client cuts a text that is longer than a message."""

from collections.abc import Iterator, Sequence

from sandbox.markup import TEXT_LIMIT_UTF16
from sandbox.wire import Json

UNIT = 2  # bytes of a UTF-16 unit
HIGH_SURROGATES = range(0xD8, 0xDC)


def pieces(
    text: str, entities: Sequence[Json] = (), limit_utf16: int = TEXT_LIMIT_UTF16
) -> Iterator[tuple[str, list[Json]]]:
    """Yield the messages a client would send: cut at a line end, else at a space, else anywhere but in a character."""
    units = text.encode("utf-16-le")
    start, total = 0, len(units) // UNIT
    while total - start > limit_utf16:
        end = cut(units, start, start + limit_utf16)
        yield piece(units, start, end, entities)
        start = end
    yield piece(units, start, total, entities)


def cut(units: bytes, start: int, end: int) -> int:
    """Return where to cut, in UTF-16 units, at `end` or before; never at `start`."""
    # The last unit may be half of a pair; then the pair goes to the next message.
    if units[UNIT * end - 1] in HIGH_SURROGATES:
        end -= 1
    window = units[UNIT * start : UNIT * end].decode("utf-16-le")
    for mark in ("\n", " "):
        position = window.rfind(mark, len(window) // 2)
        if position > 0:
            return start + len(window[: position + 1].encode("utf-16-le")) // UNIT
    return end


def piece(units: bytes, start: int, end: int, entities: Sequence[Json]) -> tuple[str, list[Json]]:
    """Return the text between two offsets and the entities that lie in it, cut to it."""
    own = []
    for entity in entities:
        first = max(entity["offset"], start)
        last = min(entity["offset"] + entity["length"], end)
        if first < last:
            own.append({**entity, "offset": first - start, "length": last - first})
    return units[UNIT * start : UNIT * end].decode("utf-16-le"), own
