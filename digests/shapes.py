"""What a line looks like: the cheap signs by which titles, sub-headings, captions and prose are told apart."""

import re
from collections.abc import Sequence
from itertools import takewhile

from digests.blocks import Block, Kind, Style
from digests.cutting_words import CREDIT, DATE_LINE, SPEAKER

WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")  # letters, with hyphens inside
_TOPIC = re.compile(r"\b[^\W\d_]{4}[^\W\d_]?")  # the head of a word of four letters or more
_EDGE = re.compile(r"[^\W_]")
_ADDRESS = re.compile(r"https?:|www\.|^\S+\.[a-z]{2,4}$|\S@\S", re.IGNORECASE)
_TIME_OR_YEAR = re.compile(r"\d{4}|\d:\d")
_ITEM = re.compile(r"\w\s?[—–:-]\s(?:\D{0,12}\s)?\d")
_BAD_HEADS = "-–—•*#@('/\\|<>"
_CLOSING = ".,;:…"
_QUOTES = "»”\"“')]"
TEASER_ENDS = ("→", ">>", "»»", "➡", "›", "⟶")

TITLE_WORDS = 14  # of a sub-heading, at most
TITLE_LENGTH = 120  # characters of a sub-heading recognised by its shape, at most
LABEL_LENGTH = 60  # characters of a line that only introduces the next
_SENTENCE_WORDS = 5  # of a paragraph that is a sentence and no signature
PROSE_LENGTH = 20  # characters; what is shorter is no paragraph for a heading to stand over


def one_line(text: str) -> str:
    """Return the text with every run of white space made one space."""
    return " ".join(text.split())


def bare(text: str) -> str:
    """Return the line without the signs, arrows and emoji around its words."""
    first = _EDGE.search(text)
    last = _EDGE.search(text[::-1])
    return one_line(text[first.start() : len(text) - last.start()]) if first and last else ""


def topics(text: str) -> set[str]:
    """Return the first five letters of each longer word: enough to see whether two lines speak of the same things."""
    return set(_TOPIC.findall(text.lower().replace("\u0451", "\u0435")))


def has_word(text: str) -> bool:
    """Tell whether there is a letter or a digit at all."""
    return any(char.isalnum() for char in text)


def is_bold(block: Block) -> bool:
    """Tell whether everything but white space is bold."""
    spans = [span for span in block.spans if span.text.strip()]
    return bool(spans) and all(Style.BOLD in span.styles for span in spans)


def whole_link(block: Block) -> str | None:
    """Return the address that the whole line leads to, if it is one link."""
    spans = [span for span in block.spans if has_word(span.text)]
    hrefs = {span.href for span in spans}
    return spans[0].href if len(hrefs) == 1 else None


def is_open(text: str) -> bool:
    """Tell whether the line ends as titles do: without a closing full stop, comma or colon (quotes do not count)."""
    line = text.rstrip()
    return bool(line) and line[-1] not in _CLOSING and line.rstrip(_QUOTES)[-1:] not in _CLOSING[:-1]


def is_sentence_end(text: str) -> bool:
    """Tell whether the text ends as a finished sentence does."""
    return text.rstrip().rstrip(_QUOTES)[-1:] in ".!?…"


def begins_small(text: str) -> bool:
    """Tell whether the first letter, signs aside, is a small one: the line goes on from the one before."""
    for char in text:
        if char.isalnum():
            return char.islower()
    return False


def is_title_like(text: str, length: int = 200) -> bool:
    """Tell whether the line may be a title in a list of titles."""
    line = text.strip()
    return (
        bool(line) and len(line) <= length and is_open(line) and line[0] not in "-–—(" and len(WORD.findall(line)) >= 2
    )


def looks_like_heading(text: str) -> bool:
    """Tell whether the line, taken alone, may be a sub-heading: short, open at its end, with a capital at its head."""
    line = text.strip()
    if not line or len(line) > TITLE_LENGTH or line[0] in _BAD_HEADS or not is_open(line) or begins_small(line):
        return False
    if line.endswith(TEASER_ENDS) or is_caption_like(line) or SPEAKER.match(line) or is_time(line):
        return False
    return 0 < len(WORD.findall(line)) <= TITLE_WORDS


def is_time(text: str) -> bool:
    """Tell whether the line is a date with its year or a time of day: such as a page has, and no heading."""
    return bool(DATE_LINE.fullmatch(text) and _TIME_OR_YEAR.search(text))


def is_item(text: str) -> bool:
    """Tell whether the line is a name with a number, such as a list of goods is made of."""
    line = text.strip()
    return len(line) <= LABEL_LENGTH and not is_sentence_end(line.rstrip(".")) and bool(_ITEM.search(line))


def is_credit(block: Block) -> bool:
    """Tell whether the block is a caption that says whose the picture is."""
    text = block.text.strip()
    return block.kind is Kind.PARAGRAPH and len(text) <= 2 * TITLE_LENGTH and bool(CREDIT.match(text))


def is_caption_like(text: str) -> bool:
    """Tell whether the line is a credit or an address such as stands under a picture."""
    line = text.strip()
    return len(line) <= TITLE_LENGTH and bool(CREDIT.match(line) or _ADDRESS.search(line))


def is_prose(block: Block) -> bool:
    """Tell whether a heading can stand over the block."""
    if block.kind is not Kind.PARAGRAPH:
        return block.kind is not Kind.HEADING
    text = block.text.strip()
    is_label = len(text) < LABEL_LENGTH and text.endswith(":")
    return len(text) >= PROSE_LENGTH and not (is_label or looks_like_heading(text) or begins_small(text))


def heads_text(blocks: Sequence[Block], position: int) -> bool:
    """Tell whether a block is a heading by markup with a text below, and not with links or titles."""
    if blocks[position].kind is not Kind.HEADING:
        return False
    below = section_below(blocks, position)
    links = sum(whole_link(block) is not None for block in below)
    return bool(below) and links * 2 <= len(below) and _is_text(below[0])


def section_below(blocks: Sequence[Block], position: int) -> list[Block]:
    """Return the blocks between a heading by markup and the next one."""
    return list(takewhile(lambda block: block.kind is not Kind.HEADING, blocks[position + 1 :]))


def _is_text(block: Block) -> bool:
    if block.kind in (Kind.QUOTE, Kind.PREFORMATTED):
        return True
    is_sentence = is_sentence_end(block.text) and len(WORD.findall(block.text)) >= _SENTENCE_WORDS
    return is_sentence and whole_link(block) is None
