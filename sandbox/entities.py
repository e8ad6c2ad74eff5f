"""What Telegram does to text and entities on sending: cleaning, trimming, splitting, merging (tdlib, MessageEntity)."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from sandbox.errors import bad_request
from sandbox.wire import Json

SPLITTABLE = ("bold", "italic", "underline", "strikethrough", "spoiler")
QUOTES = ("blockquote", "expandable_blockquote")
CODES = ("pre", "code")
PRIORITY = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 11,
    "code": 20,
    "text_link": 49,
    "text_mention": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}
KEPT_ENTITIES = 100

BLANKED = dict.fromkeys((*range(10), *range(11, 13), *range(14, 33)), " ")
# Directional overrides and the combining lines that break other people's screens.
REMOVED = dict.fromkeys((0x0D, *range(0x2028, 0x202F), 0x0333, 0x033F, 0x030A))
CLEANING: dict[int, str | None] = {**BLANKED, **REMOVED}
DIRTY = frozenset(map(chr, CLEANING)) - {" "}


@dataclass(slots=True)
class Span:
    """A piece of text with a meaning; offset and length are in UTF-16 units."""

    offset: int
    length: int
    kind: str
    extra: Json = field(default_factory=dict)

    @property
    def end(self) -> int:
        """Where it ends, in UTF-16 units."""
        return self.offset + self.length

    def shape(self) -> Json:
        """Return the Bot API's MessageEntity."""
        return {"offset": self.offset, "length": self.length, "type": self.kind, **self.extra}


def ordered(spans: Iterable[Span]) -> list[Span]:
    """Return the spans by start, then the longer, then the outer kind."""
    return sorted(spans, key=lambda span: (span.offset, -span.length, PRIORITY.get(span.kind, 50)))


def cleaned(text: str, spans: list[Span]) -> tuple[str, list[Span]]:
    """Return the text without control characters, and the spans moved with it."""
    if DIRTY.isdisjoint(text):
        return text, spans
    if not spans:
        return text.translate(CLEANING), spans
    moved = [0]
    for letter in text:
        width = 2 if ord(letter) > 0xFFFF else 1
        kept = 0 if CLEANING.get(ord(letter), "") is None else width
        moved.extend([moved[-1] + kept] * width)
    shifted = [replace(span, offset=moved[span.offset], length=moved[span.end] - moved[span.offset]) for span in spans]
    return text.translate(CLEANING), shifted


def checked(text: str, spans: Iterable[Span], size: int) -> list[Span]:
    """Return the non-empty spans; raises ApiError when one lies outside the text or cuts a character."""
    inner: set[int] = set()
    if not text.isascii():
        position = 0
        for letter in text:
            position += 1
            if ord(letter) > 0xFFFF:
                inner.add(position)
                position += 1
    result = []
    for span in spans:
        if span.offset < 0 or span.length < 0:
            raise bad_request(f"receive an entity with incorrect offset {span.offset}")
        if span.length == 0:
            continue
        if span.offset >= size:
            raise bad_request(f"entity begins after the end of the text at UTF-16 offset {span.offset}")
        if span.end > size:
            raise bad_request(
                f"entity beginning at UTF-16 offset {span.offset} ends after the end of the text "
                f"at UTF-16 offset {span.end}"
            )
        if span.offset in inner or span.end in inner:
            raise bad_request(f"entity beginning at UTF-16 offset {span.offset} ends in a middle of a UTF-16 symbol")
        result.append(span)
    return result


def without_crossings(spans: Sequence[Span]) -> list[Span]:
    """Return spans in which links, codes and quotes nest, and letter styles are cut at their borders."""
    styles = [span for span in spans if span.kind in SPLITTABLE]
    quotes = apart([span for span in spans if span.kind in QUOTES])
    solid = apart([span for span in spans if span.kind not in SPLITTABLE and span.kind not in QUOTES])
    solid = [span for span in solid if not any(crosses(span, quote) for quote in quotes)]
    fixed = ordered([*solid, *quotes])
    return ordered([*fixed, *split_styles(styles, fixed)])


def apart(spans: list[Span]) -> list[Span]:
    """Return the spans that do not overlap an earlier one; an emoji may lie inside a link."""
    result: list[Span] = []
    end = 0
    for span in ordered(spans):
        if span.offset >= end:
            result.append(span)
            end = span.end
        elif span.kind == "custom_emoji" and result[-1].kind not in CODES and span.end <= end:
            result.append(span)
    return result


def crosses(span: Span, quote: Span) -> bool:
    """Tell whether the span sticks out of the quote or swallows it."""
    overlap = span.offset < quote.end and quote.offset < span.end
    return overlap and not (quote.offset <= span.offset and span.end <= quote.end)


def split_styles(styles: Sequence[Span], borders: Sequence[Span]) -> list[Span]:
    """Return the styles with touching ones of a kind joined, cut where another begins and where a border crosses."""
    joined = [span for kind in SPLITTABLE for span in join(kind, styles)]
    starts = sorted({span.offset for span in joined})
    result = []
    for span in joined:
        cuts = starts[bisect_right(starts, span.offset) : bisect_left(starts, span.end)]
        crossing = [border for border in borders if border.offset < span.end and span.offset < border.end]
        edges = sorted({span.offset, *cuts, *inner_edges(span, crossing), span.end})
        codes = [border for border in crossing if border.kind in CODES]
        for start, end in pairwise(edges):
            if not any(code.offset <= start and end <= code.end for code in codes):
                result.append(Span(start, end - start, span.kind))
    return result


def inner_edges(span: Span, borders: Sequence[Span]) -> list[int]:
    """Return where the span must be cut so that it and each border nest; a code always cuts."""
    edges: list[int] = []
    for border in borders:
        nested = span.offset <= border.offset and border.end <= span.end and border.kind not in CODES
        inside = border.offset <= span.offset and span.end <= border.end
        if not nested and not inside:
            edges.extend(edge for edge in (border.offset, border.end) if span.offset < edge < span.end)
    return edges


def join(kind: str, spans: Sequence[Span]) -> list[Span]:
    """Return the spans of one kind with overlapping and touching ones made one."""
    result: list[Span] = []
    for span in ordered(span for span in spans if span.kind == kind):
        if result and span.offset <= result[-1].end:
            result[-1] = replace(result[-1], length=max(result[-1].end, span.end) - result[-1].offset)
        else:
            result.append(replace(span))
    return result


def capped(spans: Sequence[Span]) -> list[Span]:
    """Return at most 100 spans: letter styles are the first to go (server-side limit, tdlib)."""
    styles = split_styles([span for span in spans if span.kind in SPLITTABLE], ())
    solid = [span for span in spans if span.kind not in SPLITTABLE]
    emoji = [span for span in solid if span.kind == "custom_emoji"]
    others = [span for span in solid if span.kind != "custom_emoji"][:KEPT_ENTITIES]
    return ordered([*others, *emoji, *styles[: KEPT_ENTITIES - len(others)]])


def trimmed(text: str, spans: list[Span]) -> tuple[str, list[Span]]:
    """Return the text without outer white space and the spans without leading white space, the blank ones gone."""
    stripped = text.rstrip(" \n")
    if not spans:
        return stripped.lstrip(" \n"), spans
    units = text.encode("utf-16-le")
    blank = [units[i : i + 2] in (b" \0", b"\n\0") for i in range(0, len(units), 2)]
    end = len(stripped.encode("utf-16-le")) // 2
    kept = []
    for span in spans:
        start, stop = span.offset, min(span.end, end)
        while start < stop and blank[start] and span.kind != "text_link":
            start += 1
        if start < stop:
            kept.append(replace(span, offset=start, length=stop - start))
    kept = ordered(kept)
    limit = kept[0].offset if kept else end
    lead = 0
    while lead < limit and blank[lead]:
        lead += 1
    # Only spaces and line ends are cut off in front, so units and letters are the same here.
    return stripped[lead:], [replace(span, offset=span.offset - lead) for span in kept]
