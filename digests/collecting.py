"""Which messages belong to one draft: long texts come in parts, and the parts look like any other message."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from digests.articles import Article
from digests.blocks import Block, plain, utf16_length
from digests.sources.paste import NEARLY_FULL

PATIENCE = timedelta(minutes=10)  # how long a draft opened with a text waits for the rest of it
CUT_PATIENCE = timedelta(seconds=60)  # the rest of a cut paste follows at once


class Arrival(StrEnum):
    """How a part of an article came to us."""

    COMMAND = "command"
    TEXT = "text"
    FORWARD = "forward"
    FILE = "file"
    SOURCE = "source"  # a page, a feed, an import: whole from the start


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A message that a draft was pasted from."""

    message_id: int
    arrival: Arrival
    received_at: datetime
    blocks: tuple[Block, ...]

    @property
    def looks_cut(self) -> bool:
        """Whether the text is so long that the messenger may have cut it; a file and a page come whole."""
        return self.arrival not in (Arrival.FILE, Arrival.SOURCE) and utf16_length(plain(self.blocks)) >= NEARLY_FULL


def takes(draft: Article, parts: Sequence[Part], arrival: Arrival, now: datetime) -> bool:
    """Return whether an open draft takes a message that comes now; `parts` are those it has, in their order."""
    if arrival in (Arrival.COMMAND, Arrival.SOURCE):
        return False
    if draft.collects_all:
        return True
    if draft.collecting_until is None or now > draft.collecting_until:
        return False
    return arrival is Arrival.TEXT or (arrival is Arrival.FORWARD and _awaits_rest(parts, now))


def open_until(part: Part) -> datetime | None:
    """Return until when a draft that this part begins or goes on waits for more; None if it is whole."""
    if part.arrival in (Arrival.COMMAND, Arrival.TEXT):
        return part.received_at + PATIENCE
    return rest_until(part)


def rest_until(part: Part) -> datetime | None:
    """Return until when the rest of a text that the messenger may have cut can come; None if it is whole."""
    return part.received_at + CUT_PATIENCE if part.looks_cut else None


def joined_order(parts: Sequence[Part]) -> list[Part]:
    """Return the parts in the order in which they were sent, which their ids tell, and once each."""
    return [part for _, part in sorted({part.message_id: part for part in parts}.items())]


def _awaits_rest(parts: Sequence[Part], now: datetime) -> bool:
    return bool(parts) and parts[-1].looks_cut and now - parts[-1].received_at < CUT_PATIENCE
