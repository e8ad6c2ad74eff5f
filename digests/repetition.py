"""Lines that a source repeats from article to article: furniture by evidence, whatever they say.

A sub-heading («What next») comes again too, so the place decides: at the head, at the foot or between paragraphs
without anything to stand over, a repeated line is of the page; where a sub-heading may stand it is only suspected.
"""

from collections.abc import Sequence

from digests.blocks import Block, Kind
from digests.cutting_words import ORDER, OURS, SUBSCRIBE
from digests.labels import KEY_LENGTH
from digests.shapes import WORD, has_word, is_prose, is_sentence_end, is_title_like, looks_like_heading, topics

ARTICLES = 3  # different articles of a source in which a line stands when it counts as repeated, the new one too
_TITLE_WORDS = 3  # of the line below a repeated one at the very head, which is then the title
_LIST_WORDS = 4  # a line of fewer above the foot is an item of a list, such as of what goes into a dish
_INSERTED_WORDS = 5  # of a line that looks like a sub-heading and is none


def find(blocks: Sequence[Block], is_repeated: Sequence[bool], page: set[int]) -> tuple[set[int], set[int]]:
    """Return the positions of repeated lines that are furniture, and of those that may be.

    `is_repeated` says of each block whether it stands in enough other articles, `page` what is furniture anyhow.
    """
    lines = [flag and _may_be_page(block) for block, flag in zip(blocks, is_repeated, strict=True)]
    if not any(lines):
        return set(), set()
    found = _head(blocks, lines) | _foot(blocks, lines, page)
    between = {i for i in range(1, len(blocks) - 1) if lines[i] and i not in found | page}
    between = {i for i in between if is_prose(blocks[i - 1]) and is_prose(blocks[i + 1])}
    found |= {i for i in between if _is_inserted(blocks, i)}
    statements = {i for i in found if _states(blocks[i])}
    return found - statements, statements | {i for i in between - found if looks_like_heading(blocks[i].text)}


def _states(block: Block) -> bool:
    """Tell whether the line is a sentence that asks its reader for nothing: news may end so more than once."""
    text = block.text
    is_call = any(words.search(text) for words in (ORDER, OURS, SUBSCRIBE)) or any(span.href for span in block.spans)
    return is_sentence_end(text) and text.rstrip()[-1] != "!" and not is_call


def _may_be_page(block: Block) -> bool:
    """Tell whether the block may be of the page: a short line, no item of a list, no turn of a conversation."""
    text = block.text.strip()
    is_kind = block.kind in (Kind.PARAGRAPH, Kind.HEADING)
    return is_kind and 0 < len(text) <= KEY_LENGTH and has_word(text) and text[0] not in "-–—" and text[-1] != ":"


def _head(blocks: Sequence[Block], lines: Sequence[bool]) -> set[int]:
    """Return the repeated lines above the title, if a title is left below them, and those right below it."""
    above = 0
    while above < len(lines) and lines[above]:
        above += 1
    below = above + 1
    if above and (above >= len(blocks) or not _is_title(blocks[above])):
        above, below = 0, 1
    while below < len(lines) and lines[below] and not _stands_over_prose(blocks, below):
        below += 1
    return {*range(above), *range(above + 1, below)}


def _is_title(block: Block) -> bool:
    text = block.text.strip()
    is_line = block.kind is Kind.HEADING or is_title_like(text)
    return is_line and len(WORD.findall(text)) >= _TITLE_WORDS


def _stands_over_prose(blocks: Sequence[Block], i: int) -> bool:
    return looks_like_heading(blocks[i].text) and i + 1 < len(blocks) and is_prose(blocks[i + 1])


def _foot(blocks: Sequence[Block], lines: Sequence[bool], page: set[int]) -> set[int]:
    """Return the repeated lines below which there is nothing else, unless they end a list of short lines."""
    i = len(blocks)
    while i > 1 and (lines[i - 1] or i - 1 in page):
        i -= 1
    above = blocks[i - 1]
    is_below_list = above.kind is Kind.LIST_ITEM or 0 < len(WORD.findall(above.text)) < _LIST_WORDS
    return set() if is_below_list and i > 1 else {j for j in range(i, len(blocks)) if lines[j]}


def _is_inserted(blocks: Sequence[Block], i: int) -> bool:
    """Tell whether the line, which stands between paragraphs, is no sub-heading: by its look, or by its words.

    A sub-heading that fits many articles has few words; a long line that comes again word for word and speaks of
    nothing in the text was put there by the page.
    """
    text = blocks[i].text
    if not looks_like_heading(text):
        return len(WORD.findall(text)) >= _TITLE_WORDS
    if len(WORD.findall(text)) < _INSERTED_WORDS:
        return False
    own = topics(text)
    return bool(own) and not any(own & topics(block.text) for j, block in enumerate(blocks) if j != i)
