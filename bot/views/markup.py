"""Telegram's HTML: the one place where anything is escaped, and where blocks become tags.

Source: Bot API, "HTML style"; what may not be nested in what: Bot API, "Formatting options".
"""

import unicodedata
from collections.abc import Iterable, Sequence
from html import escape

from digests.blocks import Block, Kind, Span, Style, utf16_length

TAGS = {
    Style.BOLD: "<b>",
    Style.ITALIC: "<i>",
    Style.UNDERLINE: "<u>",
    Style.STRIKE: "<s>",
    Style.SPOILER: "<tg-spoiler>",
    Style.CODE: "<code>",
}
# Telegram makes "http://mailto:…" of a mailto link; an address in the text becomes a link without our help.
SCHEMES = ("http://", "https://", "tg://")
BLANK_LINE = "\n\n"
RIGHT_TO_LEFT = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI"})


def escaped(text: str) -> str:
    """Return the text so that Telegram shows it as it is."""
    return escape(text, quote=False)


def line(text: str) -> str:
    """Return foreign text, escaped, for a place within a line of ours: without line breaks, and unable to turn
    what surrounds it right to left (Unicode UAX 9, isolates)."""
    flat = " ".join(text.split())
    if any(unicodedata.bidirectional(char) in RIGHT_TO_LEFT for char in flat):
        flat = f"\u2068{flat}\u2069"
    return escaped(flat)


def bold(markup: str) -> str:
    """Return markup in bold."""
    return f"<b>{markup}</b>"


def italic(markup: str) -> str:
    """Return markup in italics."""
    return f"<i>{markup}</i>"


def struck(markup: str) -> str:
    """Return markup struck out."""
    return f"<s>{markup}</s>"


def link(markup: str, href: str) -> str:
    """Return markup as a link; unlinked when the address is none that Telegram opens."""
    tag = _anchor(href)
    return f"{tag}{markup}</a>" if tag else markup


def capitalised(text: str) -> str:
    """Return the text with its first letter as at the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def clipped(text: str, limit_utf16: int) -> str:
    """Return the text, cut between words and ended with an ellipsis where it is longer than the limit."""
    flat = " ".join(text.split())
    if utf16_length(flat) <= limit_utf16:
        return flat
    head = flat[:limit_utf16]
    while utf16_length(head) > limit_utf16 - 1:
        head = head[:-1]
    words = head.rpartition(" ")[0]
    return (words if len(words) > len(head) // 2 else head).rstrip(" ,;:.–—-") + "…"


def html(blocks: Iterable[Block]) -> str:
    """Return the blocks as Telegram's HTML: paragraphs a blank line apart, list items on lines of their own.

    Quotes that follow one another become one quotation, because Telegram's quotations cannot nest or touch.
    """
    pieces: list[str] = []
    before: Kind | None = None
    for block in blocks:
        piece = _block(block)
        if not piece:
            continue
        if block.kind is before is Kind.QUOTE:
            pieces[-1] = pieces[-1].removesuffix("</blockquote>")
            piece = piece.removeprefix("<blockquote>")
        if before is not None:
            pieces.append("\n" if block.kind is before is Kind.LIST_ITEM else BLANK_LINE)
        pieces.append(piece)
        before = block.kind
    return "".join(pieces)


def _block(block: Block) -> str:
    if not block.text.strip():
        return ""
    match block.kind:
        case Kind.HEADING:
            return _inline(block.spans, always=TAGS[Style.BOLD])
        case Kind.QUOTE:
            return f"<blockquote>{_inline(block.spans)}</blockquote>"
        case Kind.PREFORMATTED:
            return f"<pre>{escaped(block.text)}</pre>"
        case Kind.PARAGRAPH | Kind.LIST_ITEM | Kind.CAPTION:
            return _inline(block.spans)


def _inline(spans: Sequence[Span], always: str = "") -> str:
    """Return the spans with as few tags as nesting allows: a tag stays open as long as the spans want it."""
    marks = [_marks(span, always) for span in spans]
    pieces: list[str] = []
    stack: list[str] = []
    for position, span in enumerate(spans):
        while not marks[position].issuperset(stack):
            pieces.append(_closing(stack.pop()))
        for tag in sorted(marks[position].difference(stack), key=lambda tag: (-_run(marks, position, tag), tag)):
            pieces.append(tag)
            stack.append(tag)
        pieces.append(escaped(span.text))
    pieces.extend(_closing(tag) for tag in reversed(stack))
    return "".join(pieces)


def _marks(span: Span, always: str) -> frozenset[str]:
    """Return the opening tags a span wants. Code admits no other style inside or around it, only a link."""
    anchor = frozenset(filter(None, [_anchor(span.href or "")]))
    if Style.CODE in span.styles:
        return anchor | {TAGS[Style.CODE]}
    return anchor | {TAGS[style] for style in span.styles} | frozenset(filter(None, [always]))


def _run(marks: Sequence[frozenset[str]], start: int, tag: str) -> int:
    """Return for how many spans from `start` on the tag is wanted."""
    end = start
    while end < len(marks) and tag in marks[end]:
        end += 1
    return end - start


def _anchor(href: str) -> str:
    address = href.strip()
    if not address.lower().startswith(SCHEMES):
        return ""
    return f'<a href="{escape(address)}">'


def _closing(tag: str) -> str:
    return f"</{tag.strip('<>').split()[0]}>"
