"""Sub-headings by their series: numbers one after another, paragraphs between them, and the times of a chronicle."""

import re
from collections.abc import Sequence

from digests.articles import HEADING_LIMIT
from digests.blocks import Block, Kind
from digests.shapes import WORD, is_open, is_prose, one_line

_NUMBERED = re.compile(r"(\d{1,3})[.)]\s?(?=\D)")
_TIME = re.compile(r"\d{1,2}[:.]\d{2}")
_SENTENCE_WORDS = 8  # of a numbered line that ends with a full stop and is a sub-heading nevertheless
_TIMES = 3  # lines that are nothing but a time, which make a chronicle


def find(blocks: Sequence[Block]) -> set[int]:
    """Return the positions of numbered lines and of times that stand over prose."""
    found: set[int] = set()
    run: list[tuple[int, int]] = []
    for i, block in enumerate(blocks):
        match = _NUMBERED.match(block.text.strip())
        if not match or not _may_be_numbered(blocks, i):
            continue
        if run and int(match[1]) != run[-1][1] + 1:
            run = []
        run.append((i, int(match[1])))
        if len(run) >= 2:
            found.update(position for position, _ in run)
    return found | times(blocks)


def times(blocks: Sequence[Block]) -> set[int]:
    """Return the positions of the times of a chronicle, each alone on its line and over prose."""
    found = {i for i, block in enumerate(blocks[:-1]) if _is_time(block) and is_prose(blocks[i + 1])}
    return found if len(found) >= _TIMES else set()


def _is_time(block: Block) -> bool:
    return block.kind is Kind.PARAGRAPH and bool(_TIME.fullmatch(block.text.strip()))


def _may_be_numbered(blocks: Sequence[Block], i: int) -> bool:
    text = one_line(blocks[i].text)
    is_line = blocks[i].kind in (Kind.PARAGRAPH, Kind.LIST_ITEM) and len(text) <= HEADING_LIMIT
    below = blocks[i + 1] if i + 1 < len(blocks) else None
    if not is_line or below is None or below.kind is Kind.LIST_ITEM or _NUMBERED.match(below.text):
        return False
    is_short = len(WORD.findall(text)) <= _SENTENCE_WORDS and len(below.text) > 2 * len(text)
    return is_open(text) or (is_short and text.endswith(".") and text.count(". ") <= 1)
