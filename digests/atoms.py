"""Atoms: the pieces that a page is filled with, and how good a place for a page's end is between two of them."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate, pairwise

from razdel import sentenize

from digests import costs
from digests.blocks import Block, Kind
from digests.costs import NOTHING, Budget, Cost

_WHOLE = 0.4  # of the budget: a block up to this is not divided
_SENTENCE = 0.7  # of the budget: the same for a sentence or a word, so that a heading has room above it
_HEADING = 0.25  # of the budget: what is larger is a heading in name only
_RUN = 0.1  # of the budget: words, or letters of an endless word, that are taken together
_LINE = 60  # characters of words that are taken together
_WINDOW = 5_000  # characters in which sentences are looked for at once; the search is not linear
_CLUSTER_LIMIT = 100  # characters that are kept together as one sign, however many marks follow a letter

_JOINER = "\u200d"
_SPACE = re.compile(r"\s+")


class Border(IntEnum):
    """What a page that ends here ends with; a smaller one is better."""

    PARAGRAPH = 0
    ITEM = 1
    SENTENCE = 2
    WORD = 3
    LETTER = 4
    STUCK = 5  # below a heading


_Piece = tuple[int, int, Border]  # where it begins and ends, and what ends before it
_Level = tuple[
    float, Callable[[str, int, int], Iterator[int]], Border
]  # share of the budget, how to divide what is more


@dataclass(frozen=True, slots=True, kw_only=True)
class Atom:
    """A piece of a block, what it costs and how good the border before it is."""

    block: int
    start: int
    end: int
    border: Border
    cost: Cost
    at_head: Cost  # tags that are open when it begins, to be opened anew
    after_block: Cost  # the gap to the block above, when that is on the page


def split(blocks: Sequence[Block], budget: Budget) -> list[Atom]:
    """Return the atoms of the blocks, in order; each fits a page, and a heading with what follows it too."""
    atoms: list[Atom] = []
    for i, block in enumerate(blocks):
        above = blocks[i - 1] if i else None
        border = _border(above, block, budget) if above else Border.PARAGRAPH
        atoms.extend(_atoms(i, block, border, costs.gap(above, block) if above else NOTHING, budget))
    return atoms


def _border(above: Block, block: Block, budget: Budget) -> Border:
    """Return how good a page's end between two blocks is."""
    if above.kind is Kind.HEADING and budget.holds(costs.of_block(above), _HEADING):
        return Border.STUCK
    if block.kind is Kind.LIST_ITEM:
        is_introduction = above.text.rstrip().endswith(":")
        return Border.WORD if is_introduction else Border.ITEM
    return Border.PARAGRAPH


def _atoms(index: int, block: Block, border: Border, gap: Cost, budget: Budget) -> Iterator[Atom]:
    ruler = _Ruler(block)
    divider = _code if block.kind is Kind.PREFORMATTED else _sentences
    levels = (
        (_WHOLE, divider, Border.SENTENCE),
        (_SENTENCE, _lines, Border.WORD),
        (_RUN, _words, Border.WORD),
    )
    for start, end, before in _divided(ruler, (0, len(block.text), border), levels, budget):
        yield Atom(
            block=index,
            start=start,
            end=end,
            border=before,
            cost=ruler.cost(start, end),
            at_head=ruler.at_head(start),
            after_block=NOTHING if start else gap,
        )


def _divided(ruler: "_Ruler", piece: _Piece, levels: Sequence[_Level], budget: Budget) -> Iterator[_Piece]:
    """Yield the piece, or its parts by the first level if it costs too much, theirs by the next if they do."""
    start, end, border = piece
    share, divide, inner = levels[0] if levels else (_RUN, _halves, Border.LETTER)
    if end - start <= 1 or budget.holds(ruler.cost(start, end) + ruler.at_head(start), share):
        yield piece
        return
    starts = [start, *divide(ruler.text, start, end), end]
    if len(starts) == 2 and not levels:
        yield piece
        return
    for first, last in pairwise(starts):
        before = border if first == start else inner
        yield from _divided(ruler, (first, last, before), levels[1:], budget)


class _Ruler:
    """Measures the pieces of one block in any order, each in logarithmic time beside its own length."""

    def __init__(self, block: Block) -> None:
        self.text = block.text
        self._wrapper = costs.of_wrapper(block)
        self._tags = [costs.of_tags(span) for span in block.spans]
        self._starts = list(accumulate((len(span.text) for span in block.spans), initial=0))
        self._bytes = list(accumulate((tag.markup_bytes for tag in self._tags), initial=0))
        self._entities = list(accumulate((tag.entities for tag in self._tags), initial=0))
        found = list(costs.automatic(block))
        self._found_starts = [start for start, _ in found]
        self._found_ends = [end for _, end in found]

    def cost(self, start: int, end: int) -> Cost:
        """Return what a piece costs below the one before it: its text, and the tags that open in it."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        last = min(last, len(self._tags))
        found = bisect_left(self._found_starts, end) - bisect_left(self._found_starts, start)
        tags = Cost(
            markup_bytes=self._bytes[last] - self._bytes[min(first, last)],
            entities=self._entities[last] - self._entities[min(first, last)] + found,
        )
        return costs.of_text(self.text[start:end]) + tags + (self._wrapper if start == 0 else NOTHING)

    def at_head(self, start: int) -> Cost:
        """Return what more a piece costs at the head of a page: what was open is opened anew."""
        if start == 0:
            return NOTHING
        span = bisect_right(self._starts, start) - 1
        open_tag = self._tags[span] if span < len(self._tags) and self._starts[span] < start else NOTHING
        before = bisect_left(self._found_starts, start) - 1
        is_in_address = before >= 0 and self._found_ends[before] > start
        return self._wrapper + open_tag + Cost(entities=int(is_in_address))


def _code(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where the lines of code begin, the first aside."""
    position = text.find("\n", start, end) + 1
    while 0 < position < end:
        yield position
        position = text.find("\n", position, end) + 1


def _sentences(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where sentences begin, the first aside."""
    while start < end:
        stop = end
        if end - start > _WINDOW:
            space = _SPACE.search(text, start + _WINDOW, end)
            stop = space.end() if space else end
        found = sentenize(text[start:stop])
        next(found, None)
        for sentence in found:
            yield start + sentence.start
        start = stop


def _lines(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where groups of words begin, each about a line long, the first aside."""
    line = start
    for word in _words(text, start, end):
        if word - line >= _LINE:
            yield word
            line = word


def _words(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where words begin, the first aside."""
    for space in _SPACE.finditer(text, start, end):
        if start < space.end() < end:
            yield space.end()


def _halves(text: str, start: int, end: int) -> Iterator[int]:
    """Yield a place near the middle where no sign is cut in two, if there is one."""
    middle = (start + end) // 2
    for distance in range(min(_CLUSTER_LIMIT, (end - start) // 2 + 1)):
        for place in (middle - distance, middle + distance):
            if start < place < end and _is_between_signs(text, place):
                yield place
                return
    if end - start > 2 * _CLUSTER_LIMIT:
        yield middle


def _is_between_signs(text: str, place: int) -> bool:
    """Tell whether no sign that is seen as one is cut: marks stay with letters, emoji sequences and flags together."""
    before, after = text[place - 1], text[place]
    if _JOINER in (before, after) or unicodedata.category(after) in ("Mn", "Mc", "Me") or _is_modifier(after):
        return False
    if not (_is_regional(before) and _is_regional(after)):
        return (before, after) != ("\r", "\n")
    first = place
    while first and _is_regional(text[first - 1]):
        first -= 1
    return (place - first) % 2 == 0


def _is_modifier(char: str) -> bool:
    """Tell whether the character changes the one before: skin tones, tags of flags, inner parts of Korean letters."""
    return "\U0001f3fb" <= char <= "\U0001f3ff" or "\U000e0020" <= char <= "\U000e007f" or "\u1160" <= char <= "\u11ff"


def _is_regional(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"
