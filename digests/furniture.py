"""Page furniture: buttons, notices, counters and calls to subscribe, which are no part of a copied article.

A line is taken for it by three things together: its words (`cutting_words`), its shape (short, alone, no prose) and
its place (the head of the page, the foot, beside other furniture). Prose is never taken.
"""

import re
from collections.abc import Sequence

from digests.blocks import Block, Kind
from digests.cutting_words import (
    BUTTON,
    CHANNEL,
    MISPRINT,
    ORDER,
    OURS,
    RUBRIC,
    SOURCE,
    SUBSCRIBE,
    SUBSCRIBE_LINK,
    WEAK_BUTTON,
)
from digests.numbered import times
from digests.shapes import (
    TEASER_ENDS,
    WORD,
    bare,
    begins_small,
    has_word,
    heads_text,
    is_caption_like,
    is_prose,
    is_sentence_end,
    is_time,
    is_title_like,
    one_line,
    whole_link,
)

LINE_LENGTH = 160  # characters; what is longer is prose, wherever it stands
_FOOT_CALL_LENGTH = 200  # the same for a call to subscribe at the foot of the page
_HEAD_LINES = 3  # lines at the head where dates and counters of the page stand
_FOOT_LINES = 3  # the same at the foot
_TEASER_WORDS = 12
_LINK_WORDS = 5  # that make a link a title

_COUNTERS = re.compile(r"[\W\d_]*\d[\W\d_]*")
_HASHTAGS = re.compile(r"(?:#\w+[\s,]*)+")
_HANDLE = re.compile(r"[^\w@]*@\w{4,32}")
_COPYRIGHT = re.compile(r"(?:©|\(c\))\s?.{0,100}", re.IGNORECASE)
_CRUMBS = re.compile(r"[^.!?]{1,40}(?:\s[>»/|→]\s[^.!?]{1,40})+")
_MESSENGER_LINK = re.compile(r"https?://(?:t\.me|telegram\.me|vk\.com|max\.ru|dzen\.ru|wa\.me)/", re.IGNORECASE)


def find(blocks: Sequence[Block]) -> set[int]:
    """Return the positions of the page's furniture."""
    lines = [line_of(block) for block in blocks]
    found = {i for i, line in enumerate(lines) if line and _is_anywhere(lines, i)}
    chronicle = times(blocks)
    found |= {i for i in range(min(_HEAD_LINES, len(lines))) if _is_page_data(lines[i]) and i not in chronicle}
    found |= {i for i in range(min(2, len(lines))) if _CRUMBS.fullmatch(lines[i]) and not is_caption_like(lines[i])}
    is_over_list = {i - 1 for i, block in enumerate(blocks) if block.kind is Kind.LIST_ITEM}
    rubrics = [i for i, line in enumerate(lines) if RUBRIC.fullmatch(line) and i not in is_over_list]
    found |= {i for i in rubrics if i < 2 and len(rubrics) == 1}
    prose = [i for i, block in enumerate(blocks) if is_prose(block) and is_sentence_end(block.text)]
    found |= {i for i in range(prose[-1] + 1 if prose else len(blocks), len(blocks)) if _is_row_of_links(blocks[i])}
    found |= _foot(blocks, lines, found)
    return found | _weak_buttons(blocks, lines, found)


def line_of(block: Block) -> str:
    """Return the text of a block that may be one line of a page; empty for prose and code."""
    if block.kind is Kind.PREFORMATTED:
        return ""
    text = block.text
    return one_line(text) if len(text) <= 2 * LINE_LENGTH else ""


def _is_anywhere(lines: Sequence[str], i: int) -> bool:
    """Tell whether the line is furniture wherever it stands. The first line may be the title: it needs more."""
    line = lines[i]
    if len(line) > LINE_LENGTH:
        return False
    if BUTTON.fullmatch(bare(line)):
        return True
    if i == 0:
        return False
    is_teaser = line.endswith(TEASER_ENDS) and len(WORD.findall(line)) <= _TEASER_WORDS
    is_repeated_title = i == 1 and line.casefold() == lines[0].casefold()
    is_notice = bool(MISPRINT.search(line) or _COPYRIGHT.fullmatch(line))
    return is_teaser or is_repeated_title or is_notice or _is_call(line, is_foot=i >= len(lines) - _FOOT_LINES)


def _is_call(line: str, *, is_foot: bool) -> bool:
    """Tell whether the line calls its reader to subscribe somewhere."""
    if begins_small(line) or not CHANNEL.search(line):
        return False
    return bool(SUBSCRIBE.search(line) or (ORDER.search(line) and (is_foot or OURS.search(line))))


def _is_linked_call(block: Block) -> bool:
    """Tell whether the words that call to subscribe lead to a messenger themselves."""
    linked = (span for span in block.spans if span.href and _MESSENGER_LINK.match(span.href))
    return any(SUBSCRIBE.search(span.text) for span in linked)


def _is_row_of_links(block: Block) -> bool:
    """Tell whether the block is nothing but several short links: tags, a version to print, a way to the forum."""
    links = [span for span in block.spans if span.href and has_word(span.text)]
    loose = any(has_word(span.text) for span in block.spans if not span.href)
    is_short = all(len(WORD.findall(span.text)) < _LINK_WORDS for span in links)
    return block.kind is Kind.PARAGRAPH and len({span.href for span in links}) > 1 and is_short and not loose


def _is_page_data(line: str) -> bool:
    """Tell whether the line is a date with its time, a counter or tags: furniture at the head and foot of a page."""
    if not line or len(line) > LINE_LENGTH:
        return False
    is_counter = len(line) <= 20 and bool(_COUNTERS.fullmatch(line))
    return is_time(line) or is_counter or bool(_HASHTAGS.fullmatch(line))


def _foot(blocks: Sequence[Block], lines: Sequence[str], found: set[int]) -> set[int]:
    """Return the lines that are furniture because nothing of the article follows them, or nothing but titles."""
    foot: set[int] = set()
    is_last = True
    for i in range(len(lines) - 1, 0, -1):
        line = lines[i]
        if i in found:
            continue
        is_call = 0 < len(line) <= _FOOT_CALL_LENGTH and (_is_call(line, is_foot=True) or _is_linked_call(blocks[i]))
        if is_call or (is_last and _is_foot_line(blocks[i], line)):
            foot.add(i)
            continue
        is_last = False
        if not is_title_like(line):
            break
    return foot


def _is_foot_line(block: Block, line: str) -> bool:
    if not line or len(line) > LINE_LENGTH:
        return False
    word = bare(line)
    is_word = bool(WEAK_BUTTON.fullmatch(word) or SUBSCRIBE_LINK.match(word) or _HANDLE.fullmatch(line))
    return is_word or _is_page_data(line) or bool(SOURCE.fullmatch(line)) or _is_channel_link(block, line)


def _is_channel_link(block: Block, line: str) -> bool:
    """Tell whether the line is nothing but a link to a channel, the signature of a forwarded post."""
    href = whole_link(block)
    return href is not None and bool(_MESSENGER_LINK.match(href)) and len(WORD.findall(line)) <= _TEASER_WORDS


def _weak_buttons(blocks: Sequence[Block], lines: Sequence[str], found: set[int]) -> set[int]:
    """Return the words that may be sub-headings too but are buttons: beside furniture, or about nothing in the text.

    What is a heading by markup and stands over a text is one.
    """
    weak = {
        i: word
        for i, line in enumerate(lines)
        if i not in found
        and len(line) <= LINE_LENGTH
        and WEAK_BUTTON.fullmatch(word := bare(line))
        and not (heads_text(blocks, i) and i + 1 not in found)
    }
    if not weak:
        return set()
    others = "\n".join(line for i, line in enumerate(lines) if i not in weak and i not in found).lower()
    is_foreign = {word: word.lower()[:6] not in others for word in set(weak.values())}
    return {i for i, word in weak.items() if i - 1 in found or i + 1 in found or (i and is_foreign[word])}
