"""Pasted text: messages joined into what was copied, and cut into blocks, a paragraph each."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from digests.blocks import Block, Kind, Span, merged, utf16_length
from digests.shapes import begins_small, is_sentence_end, looks_like_heading
from digests.slices import slices
from digests.sources.lines import Paragraph, has_blank_lines, lines_of, marker, paragraphs_of

MESSAGE_LIMIT = 4096  # UTF-16 units; Telegram clients cut a longer paste into messages of at most so many
_COMMAND = "/add"  # takes up room in the first message and is cut off before it comes here
_WORD_REACH = 60  # characters in which a word is looked for at the end of a message
_TRIMMED = 3  # units of white space that Telegram may have trimmed off a full message
NEARLY_FULL = 3500  # UTF-16 units from which a message may be cut off rather than finished

_WORD = re.compile(r"\w+(?:[-\u2011]\w+)*")
_TAIL = re.compile(r"\w[\w\u2011-]*$")


def from_text(text: str) -> tuple[Block, ...]:
    """Return a plain text as one raw block, for `paragraphs`."""
    return (Block(spans=(Span(text=text),)),) if text.strip() else ()


def paragraphs(raw: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks of a text, one a paragraph, from raw blocks whose text may hold many.

    Blank lines part paragraphs; without any, each line is one. Single line breaks stay inside a paragraph, except
    before the items of a list, around long lines and in a file wrapped at a width, which is unwrapped. Nothing but
    white space is lost or added, and styles and links stay with their characters.
    """
    is_airy = any(has_blank_lines(block.text) for block in raw if block.kind is Kind.PARAGRAPH)
    result: list[Block] = []
    for block in raw:
        if block.kind is Kind.PARAGRAPH:
            result.extend(_split(block, is_airy=is_airy))
        elif block.text.strip():
            result.append(_trimmed(block))
    return tuple(result)


def join(parts: Sequence[Sequence[Block]]) -> tuple[Block, ...]:
    """Return the raw blocks of one paste from the successive chat messages into which it was cut.

    A message near the limit whose last line is not finished goes on in the next: with a space between, or with nothing
    if it is full to the last unit and the cut went through a word. All others begin a new paragraph.
    """
    result: list[Block] = []
    words: Counter[str] | None = None
    for number, part in enumerate(parts):
        blocks = list(part)
        if result and blocks and number and _goes_on(parts[number - 1], blocks[0]):
            left, right = result.pop(), blocks.pop(0)
            if words is None:
                words = Counter(word for block in _all(parts) for word in _WORD.findall(block.text.lower()))
            missing = _missing(parts[number - 1], is_first=number == 1)
            result.append(_joined(left, right, "" if _is_inside_word(left, right, words, missing) else " "))
        result.extend(blocks)
    return tuple(result)


def _all(parts: Sequence[Sequence[Block]]) -> Iterator[Block]:
    for part in parts:
        yield from part


def _goes_on(part: Sequence[Block], following: Block) -> bool:
    """Tell whether the last block of a message is continued by the first of the next."""
    last = part[-1] if part else None
    if last is None or last.kind is not following.kind or last.kind in (Kind.HEADING, Kind.LIST_ITEM):
        return False
    size = sum(utf16_length(block.text) for block in part)
    text, head = last.text.rstrip(), following.text.lstrip()
    if size < NEARLY_FULL or not text or not head or is_sentence_end(text):
        return False
    line = text.splitlines()[-1].strip()
    is_heading = line != text and looks_like_heading(line) and not begins_small(head)
    return not is_heading and not marker(head.splitlines()[0])


def _missing(part: Sequence[Block], *, is_first: bool) -> int:
    """Return how many units a message lacks to the limit; the first, if it begins with space, had a command above."""
    size = sum(utf16_length(block.text) for block in part)
    is_below_command = is_first and part[0].text[:1].isspace()
    return MESSAGE_LIMIT - size - (len(_COMMAND) if is_below_command else 0)


def _is_inside_word(left: Block, right: Block, words: Counter[str], missing: int) -> bool:
    """Tell whether the border of two blocks goes through a word; `words` are those of the whole paste.

    A message full to the last unit was cut anywhere, though a client that cuts at spaces may fill one by chance: two
    words known from elsewhere stay two. Of one that lacks a few, trimmed at its head, the word must be known.
    """
    if missing > _TRIMMED:
        return False
    tail, head = _TAIL.search(left.text[-_WORD_REACH:]), _WORD.match(right.text)
    if not tail or not head or (head[0][0].isupper() and not tail[0][-1].isupper()):
        return False
    first, second = tail[0].lower(), head[0].lower()
    whole = words[first + second]
    apart = max(0, min(words[first], words[second]) - 1)  # at the border they are counted themselves
    return whole > apart or (whole == apart == 0 and not missing)


def _joined(left: Block, right: Block, separator: str) -> Block:
    spans = (*_stripped(left.spans, is_end=True), Span(text=separator), *_stripped(right.spans, is_end=False))
    return replace(left, spans=merged(spans))


def _stripped(spans: Sequence[Span], *, is_end: bool) -> Iterable[Span]:
    """Return the spans without white space at their end or at their beginning."""
    rest = list(spans)
    while rest:
        index = -1 if is_end else 0
        text = rest[index].text.rstrip() if is_end else rest[index].text.lstrip()
        if text:
            rest[index] = replace(rest[index], text=text)
            break
        rest.pop(index)
    return rest


def _trimmed(block: Block) -> Block:
    """Return a block without blank lines around it; the indentation of code stays."""
    if block.kind is not Kind.PREFORMATTED:
        return replace(block, spans=tuple(_stripped(tuple(_stripped(block.spans, is_end=True)), is_end=False)))
    lines = [line for line in lines_of(block.text) if line.text]
    whole = Paragraph(kind=block.kind, pieces=[("", lines[0].start - lines[0].indent, lines[-1].end)])
    return _assembled(block, [whole])[0]


def _split(block: Block, *, is_airy: bool) -> list[Block]:
    return _assembled(block, paragraphs_of(block.text, is_airy=is_airy))


def _assembled(block: Block, parts: Sequence[Paragraph]) -> list[Block]:
    """Return the parts of a block as blocks; one pass over its spans, however many there are."""
    result: list[Block] = []
    pieces = slices(block.spans, [(start, end) for part in parts for _, start, end in part.pieces])
    for part in parts:
        spans: list[Span] = []
        for separator, _, _ in part.pieces:
            piece = next(pieces)
            if separator and spans and piece:
                is_same = spans[-1].styles == piece[0].styles and spans[-1].href == piece[0].href
                spans.append(replace(spans[-1], text=separator) if is_same else Span(text=separator))
            spans.extend(piece)
        result.append(replace(block, kind=part.kind, spans=merged(spans)))
    return result
