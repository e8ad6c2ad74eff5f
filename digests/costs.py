"""What blocks cost of a Telegram message: its length, its bytes with markup, its entities; always rather too much.

Costs are counted for the richest markup that a view may write: a tag for each style, link, quotation, heading and piece
of code, `&`, `<`, `>` and quotes escaped. Entities that Telegram finds by itself (addresses, mentions, tags, commands,
telephone numbers) are guessed from above, because they take up the same hundred.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from digests.blocks import Block, Kind, Span, Style


@dataclass(frozen=True, slots=True)
class Cost:
    """A share of a message: length after parsing in UTF-16 units, bytes before parsing, entities."""

    utf16: int = 0
    markup_bytes: int = 0
    entities: int = 0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(
            self.utf16 + other.utf16,
            self.markup_bytes + other.markup_bytes,
            self.entities + other.entities,
        )


@dataclass(frozen=True, slots=True)
class Budget:
    """What the blocks of one page may cost.

    Telegram takes 4096 characters after parsing, 32768 bytes before it and keeps 100 entities (Bot API, sendMessage).
    What is left of each is for the head of the page: title, rubric, date, position.
    """

    utf16: int = 3000  # also about what a telephone shows on three or four screens
    markup_bytes: int = 26_000
    entities: int = 88

    def holds(self, cost: Cost, share: float = 1.0) -> bool:
        """Tell whether the cost is within the budget, or within a share of it."""
        return (
            cost.utf16 <= self.utf16 * share
            and cost.markup_bytes <= self.markup_bytes * share
            and cost.entities <= self.entities * share
        )

    def share(self, cost: Cost) -> float:
        """Return which share of the budget the cost takes up, by what is scarcest."""
        return max(
            cost.utf16 / self.utf16,
            cost.markup_bytes / self.markup_bytes,
            cost.entities / self.entities,
        )


NOTHING = Cost()
PARAGRAPH_GAP = Cost(utf16=2, markup_bytes=2)  # a blank line
ITEM_GAP = Cost(utf16=1, markup_bytes=1)  # a line break

_STYLE_TAGS = {
    Style.BOLD: len("<b></b>"),
    Style.ITALIC: len("<i></i>"),
    Style.UNDERLINE: len("<u></u>"),
    Style.STRIKE: len("<s></s>"),
    Style.SPOILER: len("<tg-spoiler></tg-spoiler>"),
    Style.CODE: len("<code></code>"),
}
_LINK_TAG = len('<a href=""></a>')
_WRAPPERS = {
    Kind.PARAGRAPH: NOTHING,
    Kind.LIST_ITEM: NOTHING,
    Kind.CAPTION: NOTHING,
    Kind.HEADING: Cost(markup_bytes=len("<b></b>"), entities=1),
    Kind.QUOTE: Cost(markup_bytes=len("<blockquote expandable></blockquote>"), entities=1),
    Kind.PREFORMATTED: Cost(markup_bytes=len("<pre><code></code></pre>"), entities=1),
}
_AUTOMATIC = re.compile(
    r"""://                        # an address with its protocol
      | (?<=\w)\.(?=[^\W\d_]{2})   # a domain
      | [@\#](?=\w)                # a mention, a tag
      | \$(?=[A-Z])                # a cashtag
      | /(?=[A-Za-z0-9_])          # a command
      | \+?\d[\d\s().-]{5,}\d      # a telephone, bank card
    """,
    re.VERBOSE,
)


def gap(above: Block, block: Block) -> Cost:
    """Return what parts two blocks on a page."""
    is_list = above.kind is Kind.LIST_ITEM and block.kind is Kind.LIST_ITEM
    return ITEM_GAP if is_list else PARAGRAPH_GAP


def of_page(blocks: Sequence[Block]) -> Cost:
    """Return what the blocks cost on one page."""
    total = NOTHING
    for i, block in enumerate(blocks):
        total += of_block(block) + (gap(blocks[i - 1], block) if i else NOTHING)
    return total


def of_block(block: Block) -> Cost:
    """Return what the block costs by itself."""
    tags = sum((of_tags(span) for span in block.spans), of_wrapper(block))
    return of_text(block.text) + tags + Cost(entities=sum(1 for _ in automatic(block)))


def of_wrapper(block: Block) -> Cost:
    """Return what the markup around the block costs."""
    return _WRAPPERS[block.kind]


def of_text(text: str) -> Cost:
    """Return what the bare text costs."""
    return Cost(
        utf16=len(text.encode("utf-16-le", "surrogatepass")) // 2,
        markup_bytes=len(escape(text).encode("utf-8", "surrogatepass")),
    )


def of_tags(span: Span) -> Cost:
    """Return what the markup of the span costs."""
    size = sum(_STYLE_TAGS[style] for style in span.styles)
    if span.href is None:
        return Cost(markup_bytes=size, entities=len(span.styles))
    address = len(escape(span.href).encode("utf-8", "surrogatepass"))
    return Cost(markup_bytes=size + _LINK_TAG + address, entities=len(span.styles) + 1)


def automatic(block: Block) -> Iterator[tuple[int, int]]:
    """Yield where Telegram may find entities by itself: outside links and code."""
    if block.kind is Kind.PREFORMATTED:
        return
    text = "".join(
        span.text if span.href is None and Style.CODE not in span.styles else "\0" * len(span.text)
        for span in block.spans
    )
    for match in _AUTOMATIC.finditer(text):
        yield match.span()
