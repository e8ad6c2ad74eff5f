"""Sub-headings of a text: told by markup where there is any, else by shape, place and what the lines around speak of.

A line is scored by a dozen signs with small whole weights. They were chosen on news of many outlets (headings,
captions, inserted links and standfirsts labelled by hand) so that dropping or doubling any one of them changes little.
The reasoning behind the signs about topics: a sub-heading brings words that the paragraphs below go on with, a caption
repeats words of the paragraph above, and an inserted link brings words that never come back.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from digests import numbered
from digests.articles import HEADING_LIMIT
from digests.blocks import Block, Kind
from digests.cutting_words import CONNECTIVE, FINITE, QUESTION
from digests.labels import Doubt
from digests.shapes import (
    TITLE_WORDS,
    WORD,
    bare,
    has_word,
    is_bold,
    is_caption_like,
    is_item,
    is_prose,
    is_sentence_end,
    looks_like_heading,
    topics,
)

_SENTENCE_INSIDE = re.compile(r"[.!]\s")
_QUOTES = '«»„“”"'
_SHORT, _LONG = 5, 10  # words: up to, from
_HEAD_WORDS = 6  # of a line right below the title; a longer one is a standfirst
_ALIKE = 3  # words of difference between lines that vouch for each other
_CLOSE = 1.0  # of a score: what is nearer to zero is doubtful
_ITEMS = 3  # lines that make a list
_SEVERAL = 2  # sub-headings that vouch for each other
_FOREIGN, _SECTION = 2, 8  # more lines that look like titles of other articles, so many blocks apart, are sub-headings
_TELLING = 400  # characters of a text in which a word that is nowhere else tells anything
_LOST, _LOST_ASKING, _CONTINUED = 0.6, 0.8, 0.34  # shares of topics
_SECTION_REACH = 5  # paragraphs below a line in which its topics are looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class _Signs:
    """What is known of a line that may be a sub-heading. Shares are of its topics, 0 to 1."""

    words: int
    is_names_only: bool
    asks: bool  # begins or ends as a question
    is_question: bool  # ends as one
    has_sentences: bool
    is_alone_at_head: bool  # right below the title, and long or unlike the others
    has_colon: bool
    goes_on: bool  # the line begins as the continuation of what is above it
    next_goes_on: bool  # the paragraph below begins so
    stands_out: bool  # twice as long as its like in the text
    place: int  # paragraphs above
    density: float  # candidates among all blocks
    known: float  # share that was spoken of anywhere above
    continued: float  # share that the section below takes up and the paragraphs just above did not have
    lost: float  # share that is nowhere else
    turn: float  # share in the paragraph below less share in the paragraph above


@dataclass(frozen=True, slots=True)
class Headings:
    """The positions of sub-headings and of titles of other articles put between paragraphs, and what is doubtful."""

    positions: set[int]
    inserted: set[int]
    doubts: dict[int, Doubt]


def find(title: str, blocks: Sequence[Block]) -> Headings:
    """Return the sub-headings among the blocks that follow the title."""
    marked = _marked(blocks)
    if len(marked) >= 2:
        return Headings(marked, set(), {})
    by_shape = _recognised(title, blocks)
    sure = marked | numbered.find(blocks)
    doubts = {i: why for i, why in by_shape.doubts.items() if i not in sure}
    return Headings(sure | by_shape.positions, by_shape.inserted - sure, doubts)


def _marked(blocks: Sequence[Block]) -> set[int]:
    """Return the headings by markup: of their kind, or lines wholly bold where bold is the exception."""
    headings = {
        i for i, block in enumerate(blocks) if block.kind is Kind.HEADING and len(block.text.strip()) <= HEADING_LIMIT
    }
    bold = [i for i, block in enumerate(blocks) if block.kind is Kind.PARAGRAPH and is_bold(block)]
    if len(bold) * 2 > len(blocks) + 1:
        return headings
    return headings | {i for i in bold if _is_bold_heading(i, blocks[i].text.strip())}


def _is_bold_heading(position: int, text: str) -> bool:
    is_standfirst = position == 0 and not looks_like_heading(text)
    return has_word(text) and len(text) <= HEADING_LIMIT and not is_standfirst and not is_caption_like(text)


def _recognised(title: str, blocks: Sequence[Block]) -> Headings:
    """Return the sub-headings recognised without markup."""
    items = _items(blocks)
    lines = [
        block.kind is Kind.PARAGRAPH and looks_like_heading(block.text) and i not in items
        for i, block in enumerate(blocks)
    ]
    candidates = [
        i for i in range(len(blocks) - 1) if lines[i] and (i + 1 in items or _stands_over_prose(blocks, lines, i))
    ]
    signs = _signs(title, blocks, candidates)
    own = {i: _score(signs[i]) for i in candidates}
    by_words: list[list[float]] = [[] for _ in range(TITLE_WORDS + 1)]
    for i in candidates:
        by_words[signs[i].words].append(own[i])
    totals = [(sum(scores), len(scores)) for scores in by_words]
    scores = {i: own[i] + _vouched(own[i], signs[i].words, totals) for i in candidates}
    found = {i for i, score in scores.items() if score > 0}
    is_enough = sum(len(block.text) for block in blocks) >= _TELLING
    foreign = {i for i in candidates if is_enough and _is_foreign(signs[i]) and _is_between(blocks, i)}
    own_heads = found - foreign
    is_cut = len(own_heads) >= _SEVERAL and not all(_is_lonely(signs[i]) for i in own_heads)
    if is_cut or _FOREIGN < len(foreign) <= len(blocks) / _SECTION:
        doubts = {i: Doubt.CLOSE for i, score in scores.items() if abs(score) < _CLOSE}
        return Headings(found | {i - 1 for i in found if _is_above(blocks, lines, i)}, set(), doubts)
    found = {i for i in own_heads if not _is_lonely(signs[i])}
    if foreign:
        foreign |= {i for i in candidates if i not in found and _is_like_foreign(signs[i])}
    doubts = {i: Doubt.HEAD if i == 0 else Doubt.CLOSE for i in candidates if i or signs[i].words <= _HEAD_WORDS}
    doubts |= dict.fromkeys(foreign, Doubt.UNMARKED)
    return Headings(found | {i - 1 for i in found if _is_above(blocks, lines, i)}, foreign, doubts)


def _is_foreign(signs: _Signs) -> bool:
    """Tell whether a long line speaks of what is nowhere else in the text, as the title of another article does."""
    is_long = signs.words > (_LONG if signs.is_question else _SHORT)
    lost = _LOST_ASKING if signs.asks else _LOST
    return is_long and signs.place > 1 and signs.lost >= lost and not signs.goes_on


def _is_between(blocks: Sequence[Block], i: int) -> bool:
    """Tell whether the line follows a finished sentence and is worded as a headline, no quotation itself."""
    text = blocks[i].text.strip()
    is_quotation = text[0] in _QUOTES and text[-1] in _QUOTES
    is_headline = ":" in text or bool(_SENTENCE_INSIDE.search(text) or FINITE.search(text))
    return is_headline and not is_quotation and is_sentence_end(blocks[i - 1].text)


def _is_like_foreign(signs: _Signs) -> bool:
    """Tell whether a line beside such titles is one too, though it shares a name or two with the text."""
    is_told = signs.continued > _CONTINUED or signs.known > _LOST or signs.goes_on or signs.asks
    return signs.words > _SHORT and signs.place > 1 and not is_told


def _is_lonely(signs: _Signs) -> bool:
    """Tell whether a line that no sub-heading vouches for is a caption or a link: long, and not gone on with below."""
    return signs.words >= _SHORT and not signs.asks and signs.continued <= _CONTINUED


def _items(blocks: Sequence[Block]) -> set[int]:
    """Return the positions of lines that are a list without markers, such as of what goes into a dish."""
    found: set[int] = set()
    run: list[int] = []
    for i, block in enumerate(blocks):
        run = [*run, i] if block.kind is Kind.PARAGRAPH and is_item(block.text) else []
        if len(run) >= _ITEMS:
            found.update(run)
    return found


def _stands_over_prose(blocks: Sequence[Block], lines: Sequence[bool], i: int) -> bool:
    is_in_run = i >= 2 and lines[i - 1] and lines[i - 2]
    return not lines[i + 1] and is_prose(blocks[i + 1]) and not is_caption_like(blocks[i + 1].text) and not is_in_run


def _is_above(blocks: Sequence[Block], lines: Sequence[bool], i: int) -> bool:
    """Tell whether the line above a sub-heading is its own head: «By the way», then the question."""
    if i < 2 or not lines[i - 1] or lines[i - 2]:
        return False
    text = blocks[i - 1].text.strip()
    return len(WORD.findall(text)) < _SHORT and not text.endswith("!") and not _is_names_only(text)


def _vouched(own: float, words: int, totals: Sequence[tuple[float, int]]) -> float:
    """Return what lines of about the same length say of this one: the headings of an article look alike.

    `totals` are the sum and the number of the scores of all candidates, by their words.
    """
    alike = totals[max(0, words - _ALIKE) : words + _ALIKE + 1]
    count = sum(count for _, count in alike) - 1
    if not count:
        return 0.0
    return max(-4.0, min(4.0, (sum(total for total, _ in alike) - own) / count)) / 2


def _score(signs: _Signs) -> float:
    """Weigh the signs; above zero speaks for a sub-heading."""
    is_short = signs.words <= _SHORT
    return (
        -1
        + 2 * min(signs.place, 6) / 6
        + 7 * min(signs.density, 0.5)
        + is_short
        - (signs.words >= _LONG)
        + signs.asks
        + signs.has_colon
        + signs.turn
        - signs.known
        + (2 * signs.lost if is_short else 2 * signs.continued - signs.lost)
        - 4 * signs.is_names_only
        - 3 * signs.has_sentences
        - 3 * signs.is_alone_at_head
        - 3 * signs.stands_out
        - 3 * signs.goes_on
        - signs.next_goes_on
    )


def _is_names_only(text: str) -> bool:
    words = WORD.findall(text)
    return len(words) > 1 and all(word[0].isupper() or len(word) == 1 for word in words) and not text.isupper()


def _is_mostly_names(text: str) -> bool:
    words = WORD.findall(text)
    return len(words) > 2 and sum(word[0].isupper() for word in words[1:]) * 2 >= len(words) and not text.isupper()


def _has_like(sizes: dict[int, int], i: int) -> bool:
    return any(abs(sizes[j] - sizes[i]) <= 2 for j in sizes if j != i)


def _signs(title: str, blocks: Sequence[Block], candidates: Sequence[int]) -> dict[int, _Signs]:
    """Collect the signs of all candidates in one pass over the text."""
    if not candidates:
        return {}
    own = {i: topics(blocks[i].text) for i in candidates}
    wanted = set().union(*own.values())
    around = [topics(block.text) & wanted for block in blocks]
    sizes = {i: len(WORD.findall(blocks[i].text)) for i in candidates}
    usual = median(sizes.values())
    known = topics(title) & wanted
    result: dict[int, _Signs] = {}
    position = 0
    for n, i in enumerate(candidates):
        known.update(*around[position:i])
        position = i
        end = min(candidates[n + 1] if n + 1 < len(candidates) else len(blocks), i + _SECTION_REACH)
        below = set().union(*around[i + 1 : end])
        above = around[i - 1] if i else set()
        just_above = above | (around[i - 2] if i > 1 else set())
        share = 1 / max(1, len(own[i]))
        text = blocks[i].text.strip()
        asks = bool(QUESTION.match(bare(text))) or text.endswith("?")
        result[i] = _Signs(
            words=sizes[i],
            is_names_only=_is_names_only(text) or (own[i] <= known and _is_mostly_names(text)),
            asks=asks,
            is_question=text.endswith("?"),
            has_sentences=bool(_SENTENCE_INSIDE.search(text)),
            has_colon=": " in text,
            is_alone_at_head=i == 0 and (sizes[0] > _HEAD_WORDS or not _has_like(sizes, 0)),
            goes_on=not asks and bool(CONNECTIVE.match(bare(text))),
            next_goes_on=bool(CONNECTIVE.match(bare(blocks[i + 1].text[:80]))),
            stands_out=len(sizes) > 2 and not asks and sizes[i] > _SHORT and sizes[i] >= 2 * usual,
            place=i,
            density=len(candidates) / len(blocks),
            known=share * len(own[i] & known),
            continued=share * len((own[i] & below) - just_above),
            lost=share * len(own[i] - below - known),
            turn=share * (len(own[i] & around[i + 1]) - len(own[i] & above)),
        )
    return result
