"""Lists of related articles in a copied page: their markers, their titles, and where the titles lead."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from digests.articles import SourceLink
from digests.blocks import Block, Kind
from digests.cutting_words import DATE_LINE, MONTH, RELATED_INLINE, RELATED_MARKER
from digests.furniture import LINE_LENGTH, line_of
from digests.labels import Doubt
from digests.shapes import (
    WORD,
    bare,
    begins_small,
    heads_text,
    is_caption_like,
    is_title_like,
    looks_like_heading,
    section_below,
    whole_link,
)

_TITLE_LENGTH = 200  # characters
_UNMARKED_RUN = 3  # titles in a row at the foot that need no marker to be a list
_SURE_RUN = 5  # titles in such a row that leave no doubt
_SENTENCE_LENGTH = 100  # characters of such a sentence
_SENTENCES = 5  # lines below a marker that may all be sentences with a full stop
_TITLE_WORDS = 4  # words that make a line of such a run a title and not a signature

_SENTENCE_INSIDE = re.compile(r"[.!?…]\s")
_DAY = re.compile(r"\d{1,2}\s\w+")
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}\b")
_LIST_MARKER = re.compile(r"^(?:[•◦▪‣·*–—-]|\d{1,3}[.)])\s+")


@dataclass(slots=True)
class Lists:
    """What the lists take up: positions of all their lines, and the titles by position."""

    positions: set[int] = field(default_factory=set)
    links: dict[int, SourceLink] = field(default_factory=dict)
    doubts: dict[int, Doubt] = field(default_factory=dict)

    def take(self, position: int, block: Block) -> None:
        """Add a line that is a title."""
        self.positions.add(position)
        href = next((span.href for span in block.spans if span.href), None)
        self.links[position] = SourceLink(title=_LIST_MARKER.sub("", line_of(block)), href=href)


def find(blocks: Sequence[Block], furniture: set[int]) -> Lists:
    """Return the lists of related articles in the text, the page's furniture aside. The first line is never taken."""
    lists = Lists()
    short = [i for i, block in enumerate(blocks) if i and i not in furniture and len(block.text) <= 2 * _TITLE_LENGTH]
    last_prose = _last_prose(blocks, furniture)
    for i in short:
        if i not in lists.positions:
            _take_marked(blocks, i, furniture, lists, is_foot=i > last_prose)
    _take_foot(blocks, furniture, lists)
    titles = {link.title for link in lists.links.values()}
    repeated = (i for i in short if titles and _is_title(blocks[i]) and line_of(blocks[i]) in titles)
    lists.positions.update(repeated)
    return lists


def _last_prose(blocks: Sequence[Block], furniture: set[int]) -> int:
    """Return the position of the last block that can be no title of a list."""
    for i in range(len(blocks) - 1, 0, -1):
        if i not in furniture and not _is_short(blocks[i]):
            return i
    return 0


def _take_marked(blocks: Sequence[Block], i: int, furniture: set[int], lists: Lists, *, is_foot: bool) -> None:
    """Take a line that announces related articles, and the titles below it or in it.

    `is_foot` says that no prose follows, so all that follows belongs to the list.
    """
    line = line_of(blocks[i])
    inline = RELATED_INLINE.match(line)
    if _is_marker(blocks[i]):
        if _heads_section(blocks, i):
            return
        titles = _titles_below(blocks, i, furniture, is_foot=is_foot)
        if titles or not _stands_over_prose(blocks, i):
            lists.positions.add(i)
            for j in titles:
                lists.take(j, blocks[j])
    elif inline and len(line) <= (_TITLE_LENGTH if is_title_like(line) else LINE_LENGTH):
        lists.take(i, blocks[i])
        lists.links[i] = SourceLink(title=line[inline.end() :], href=lists.links[i].href)


def _titles_below(blocks: Sequence[Block], marker: int, furniture: set[int], *, is_foot: bool) -> list[int]:
    """Return the positions of the titles that a marker announces."""
    below = list(takewhile(lambda j: not _is_marker(blocks[j]), _beyond(blocks, marker, furniture, is_foot=is_foot)))
    closed = sum(not _is_title(blocks[j]) for j in below)
    if is_foot and (closed * 2 < len(below) or closed == len(below) <= _SENTENCES):
        return below
    titles = list(takewhile(lambda j: _is_title(blocks[j]), below))
    if titles and titles[-1] + 1 < len(blocks) and _begins_section(blocks, titles):
        titles.pop()
    return titles


def _beyond(blocks: Sequence[Block], marker: int, furniture: set[int], *, is_foot: bool) -> Iterator[int]:
    """Yield the positions below a marker that may hold titles: up to the first prose, or to the end at the foot."""
    for j in range(marker + 1, len(blocks)):
        if j in furniture:
            continue
        if not is_foot and not _is_title(blocks[j]):
            return
        yield j


def _is_marker(block: Block) -> bool:
    return bool(RELATED_MARKER.fullmatch(bare(line_of(block))))


def _is_short(block: Block) -> bool:
    """Tell whether the block may be a title at the foot of a page, where one may be a sentence with its full stop."""
    line = line_of(block)
    return bool(line) and (_is_title(block) or (len(line) <= _SENTENCE_LENGTH and not _SENTENCE_INSIDE.search(line)))


def _is_title(block: Block) -> bool:
    line = _LIST_MARKER.sub("", line_of(block))
    return is_title_like(line, _TITLE_LENGTH) and block.kind in (Kind.PARAGRAPH, Kind.LIST_ITEM)


def _begins_section(blocks: Sequence[Block], titles: Sequence[int]) -> bool:
    """Tell whether the last line below a marker is rather the sub-heading of the prose that follows."""
    last = blocks[titles[-1]]
    if whole_link(last) or last.kind is Kind.LIST_ITEM or not looks_like_heading(last.text):
        return False
    others = [len(WORD.findall(blocks[j].text)) for j in titles[:-1]]
    is_linked = any(whole_link(blocks[j]) for j in titles[:-1])
    return is_linked or (bool(others) and len(WORD.findall(last.text)) * 2 <= min(others))


def _heads_section(blocks: Sequence[Block], i: int) -> bool:
    """Tell whether a marker is a heading by markup over a text of its own; several lines like titles are none."""
    if not heads_text(blocks, i):
        return False
    below = section_below(blocks, i)
    return len(below) == 1 or not all(map(_is_short, below))


def _stands_over_prose(blocks: Sequence[Block], i: int) -> bool:
    """Tell whether a marker without titles is the sub-heading of a section."""
    below = blocks[i + 1 : i + 3]
    return len(below) == 2 and all(len(block.text) > _TITLE_LENGTH for block in below)


def _take_foot(blocks: Sequence[Block], furniture: set[int], lists: Lists) -> None:
    """Take the titles at the very foot that no marker announces: three in a row, or lines that are links."""
    run: list[int] = []
    dates: list[int] = []
    for i in range(len(blocks) - 1, 0, -1):
        if i in furniture or i in lists.positions:
            continue
        if _is_date(line_of(blocks[i])):
            dates.append(i)
            continue
        if blocks[i].kind is not Kind.PARAGRAPH or not _is_foot_title(line_of(blocks[i])):
            break
        run.append(i)
    links = 0
    while links < len(run) and whole_link(blocks[run[links]]):
        links += 1
    taken = run if len(run) >= _UNMARKED_RUN else run[:links]
    is_text_left = len(taken) + len(furniture) + len(lists.positions) < len(blocks) - 1
    if not taken or not is_text_left:
        lists.doubts |= dict.fromkeys(run, Doubt.FOOT)
        return
    for i in taken:
        lists.take(i, blocks[i])
        if not whole_link(blocks[i]) and len(taken) < _SURE_RUN:
            lists.doubts[i] = Doubt.UNMARKED
    above = min(taken) - 1
    lists.positions.update(i for i in dates if i >= above)


def _is_date(line: str) -> bool:
    return bool(DATE_LINE.fullmatch(line) or (_DAY.fullmatch(line) and MONTH.search(line.lower())))


def _is_foot_title(line: str) -> bool:
    words = WORD.findall(line)
    is_title = is_title_like(line, LINE_LENGTH) and len(words) >= _TITLE_WORDS
    is_list_of_names = sum(word[0].isupper() for word in words) * 3 > len(words) * 2
    is_other = begins_small(line) or is_caption_like(line) or _CLOCK.match(line)
    return is_title and not is_list_of_names and not is_other
