"""Lines of a page's paragraphs: pages made with line breaks keep dates, titles, buttons and links in one paragraph."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from digests.blocks import Block, Kind, Span
from digests.cutting_words import BUTTON, RELATED_MARKER
from digests.shapes import bare, is_bold, is_prose, is_sentence_end, is_time, looks_like_heading, whole_link
from digests.slices import slices
from digests.sources import page_words as words
from digests.sources.html_blocks import Placed

_LINK_WORDS = 3  # of a line that is a link and may be a title
_CLOCK = re.compile(r"\d{1,2}:\d{2}")
_KEY = 120  # letters and digits by which a line is known again


def key_of(text: str) -> str:
    """Return what is equal for one line in two renderings."""
    return "".join(filter(str.isalnum, text)).casefold()[:_KEY]


def apart(one: Placed, title: str) -> Iterator[Placed]:
    """Yield a paragraph without the lines that are no part of it, and each of those by itself, in their order.

    Such lines are the title, a sub-heading in bold, a date, a button, a word over a list of links, and the links when
    most lines are links.
    """
    lines = list(_lines(one.block))
    if one.block.kind is not Kind.PARAGRAPH or len(lines) == 1:
        yield one
        return
    links = [i for i, line in enumerate(lines) if whole_link(line) and len(line.text.split()) >= _LINK_WORDS]
    alone = set(links) if 2 * len(links) >= len(lines) else set()
    alone |= {i for i, line in enumerate(lines) if _is_apart(line.text, title) or _is_heading(lines, i)}
    for _, run in groupby(range(len(lines)), key=lambda i: i if i in alone else -1):
        numbers = list(run)
        spans = [lines[numbers[0]].spans, *((Span(text="\n"), *lines[i].spans) for i in numbers[1:])]
        yield Placed(Block(kind=one.block.kind, spans=tuple(span for piece in spans for span in piece)), one.element)


def timed(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks of a live text with each time below the heading that it stood above, where its section is."""
    result = list(blocks)
    for i, (block, below) in enumerate(pairwise(blocks)):
        if below.kind is Kind.HEADING and _CLOCK.fullmatch(block.text.strip()):
            result[i], result[i + 1] = below, block
    return result


def _is_apart(line: str, title: str) -> bool:
    word = bare(line)
    is_title = bool(title) and key_of(line) == title
    is_button = any(pattern.fullmatch(word) for pattern in (BUTTON, RELATED_MARKER, words.PAGE_DATA))
    return is_title or is_button or is_time(line.strip())


def _is_heading(lines: Sequence[Block], i: int) -> bool:
    """Tell whether a line is a sub-heading in bold over the paragraph that goes on after one line break."""
    if i + 1 == len(lines) or not is_bold(lines[i]) or not looks_like_heading(lines[i].text):
        return False
    below = lines[i + 1]
    return not is_bold(below) and is_prose(below) and is_sentence_end(below.text)


def _lines(block: Block) -> Iterator[Block]:
    """Yield the lines of a block that hold anything."""
    ranges, start = [], 0
    for line in block.text.split("\n"):
        if line.strip():
            ranges.append((start, start + len(line)))
        start += len(line) + 1
    for spans in slices(block.spans, ranges):
        yield Block(kind=block.kind, spans=tuple(spans))
