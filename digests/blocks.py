"""Our small rich text: spans in blocks, whatever messenger or file they came from or go to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any


class Style(StrEnum):
    """How a run of text looks; the value is its wire name in stored articles."""

    BOLD = "b"
    ITALIC = "i"
    UNDERLINE = "u"
    STRIKE = "s"
    SPOILER = "sp"
    CODE = "c"


class Kind(StrEnum):
    """What a block is; the value is its wire name in stored articles."""

    PARAGRAPH = "p"
    HEADING = "h"
    QUOTE = "q"
    LIST_ITEM = "l"
    PREFORMATTED = "pre"
    CAPTION = "cap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of text in one style, perhaps a link."""

    text: str
    styles: frozenset[Style] = field(default_factory=frozenset)
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, heading, quotation, list item, preformatted piece or caption of a picture.

    A list item keeps its own marker (a bullet, a number) as the head of its text. `continues` says that the block
    goes on from the page before (a paragraph too long for one page), so that nothing is indented or numbered anew.
    """

    kind: Kind = Kind.PARAGRAPH
    spans: tuple[Span, ...]
    continues: bool = False

    @property
    def text(self) -> str:
        """The text without its styles."""
        spans = self.spans
        return spans[0].text if len(spans) == 1 else "".join([span.text for span in spans])


def paragraph(text: str, *styles: Style) -> Block:
    """Return a paragraph in one style."""
    return Block(spans=(Span(text=text, styles=frozenset(styles)),))


def plain(blocks: Iterable[Block]) -> str:
    """Return the text of the blocks, a block a line."""
    return "\n".join(block.text for block in blocks)


def utf16_length(text: str) -> int:
    """Return the length in UTF-16 code units, which is how Telegram counts offsets (Bot API, MessageEntity)."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def squeezed(text: str) -> str:
    """Return the text without any white space: what must be equal before and after cutting."""
    return "".join(text.split())


def sliced(block: Block, start: int, end: int) -> Block:
    """Return the part of a block between two character positions, styles and links kept.

    `continues` is set when the part does not begin at the block's own beginning.
    """
    spans: list[Span] = []
    position = 0
    for span in block.spans:
        left, right = max(start - position, 0), min(end - position, len(span.text))
        if left < right:
            spans.append(replace(span, text=span.text[left:right]))
        position += len(span.text)
    return replace(block, spans=tuple(spans), continues=block.continues or start > 0)


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans with neighbours of equal looks joined and empty ones dropped."""
    result: list[Span] = []
    for span in spans:
        if not span.text:
            continue
        last = result[-1] if result else None
        if last and last.styles == span.styles and last.href == span.href:
            result[-1] = replace(last, text=last.text + span.text)
        else:
            result.append(span)
    return tuple(result)


def dump(blocks: Sequence[Block]) -> list[Any]:
    """Return the blocks as plain lists, ready for JSON: `[kind, [[text, styles, href], …]]` each.

    Any: the shape is JSON's own.
    """
    return [
        [block.kind.value, [[span.text, " ".join(sorted(span.styles)), span.href] for span in block.spans]]
        for block in blocks
    ]


def load(data: Sequence[Any]) -> tuple[Block, ...]:
    """Return the blocks that `dump` wrote. Any: the shape is JSON's own."""
    return tuple(
        Block(
            kind=Kind(kind),
            spans=tuple(
                Span(text=text, styles=frozenset(Style(name) for name in styles.split()), href=href)
                for text, styles, href in spans
            ),
        )
        for kind, spans in data
    )
