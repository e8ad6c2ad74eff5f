"""Cutting a text into title, lead, titled sections and what does not belong to it; nothing vanishes unseen."""

import re
from collections.abc import Sequence
from dataclasses import replace

from digests import furniture, headings, related_lists
from digests.articles import TITLE_LIMIT, Draft, RemovalReason, Removed, Section, SourceLink, TitleOrigin
from digests.blocks import Block, Kind, Span, Style
from digests.errors import EmptyText, NoLetters, TextTooLong
from digests.shapes import has_word, is_bold, is_open, one_line

ARTICLE_LIMIT = 250_000  # characters; a long book chapter
LEAD_LIMIT = 600  # characters; what is longer is no standfirst but the beginning of the text
_SENTENCE_TITLE_LIMIT = 120  # characters of a title that ends with a full stop, or is all there is
_DERIVED_TITLE_LENGTH = 90  # characters
_SENTENCE_INSIDE = re.compile(r"[.!?…]\s")
_LINE_BREAK = re.compile(r"[^\S\n]*\n\s*")


def cut(blocks: Sequence[Block]) -> Draft:
    """Return the draft that the blocks of a text make, a paragraph each (see `sources.paste.paragraphs`).

    Every block is in the draft exactly once and in its order, as the title, in the lead, as a sub-heading, in a section
    or among the removed; only white space may differ. Raises EmptyText if there is no text at all, NoLetters if it has
    not one letter or digit, TextTooLong over ARTICLE_LIMIT characters.
    """
    filled = [block for block in blocks if block.text.strip()]
    _check(filled)
    reasons, links = _removals(filled)
    kept = [block for i, block in enumerate(filled) if i not in reasons]
    title, origin, body = _titled(kept)
    positions = headings.find(title, body)
    first = min(positions, default=len(body))
    lead = _lead_length(body[:first], is_all=not positions)
    return Draft(
        title=title,
        title_origin=origin,
        lead=tuple(body[:lead]),
        sections=_sections(body, positions, lead),
        removed=tuple(Removed(block=filled[i], reason=reasons[i]) for i in sorted(reasons)),
        source_links=links,
    )


def _check(blocks: Sequence[Block]) -> None:
    if not blocks:
        raise EmptyText
    if not any(has_word(block.text) for block in blocks):
        raise NoLetters
    characters = sum(len(block.text) for block in blocks)
    if characters > ARTICLE_LIMIT:
        raise TextTooLong(characters, ARTICLE_LIMIT)


def _removals(blocks: Sequence[Block]) -> tuple[dict[int, RemovalReason], tuple[SourceLink, ...]]:
    """Return why which blocks are removed, and the titles of related articles; never all blocks."""
    page = furniture.find(blocks)
    lists = related_lists.find(blocks, page)
    if len(page) + len(lists.positions) >= len(blocks):
        return {}, ()
    reasons = dict.fromkeys(page, RemovalReason.FURNITURE) | dict.fromkeys(lists.positions, RemovalReason.RELATED)
    return reasons, tuple(lists.links[i] for i in sorted(lists.links))


def _titled(blocks: Sequence[Block]) -> tuple[str, TitleOrigin, list[Block]]:
    """Return the title, where it came from and the blocks of the body."""
    first, rest = blocks[0], blocks[1:]
    if _can_be_title(first, is_alone=not rest):
        return one_line(first.text), TitleOrigin.TEXT, list(rest)
    return _derived_title(blocks), TitleOrigin.DERIVED, list(blocks)


def _can_be_title(block: Block, *, is_alone: bool) -> bool:
    text = one_line(block.text)
    if len(text) > TITLE_LIMIT or not has_word(text) or block.kind not in (Kind.PARAGRAPH, Kind.HEADING):
        return False
    if block.kind is Kind.HEADING or (is_bold(block) and not is_alone):
        return True
    if is_open(text) and not is_alone:
        return True
    return len(text) <= _SENTENCE_TITLE_LIMIT and (is_open(text) or not _SENTENCE_INSIDE.search(text))


def _derived_title(blocks: Sequence[Block]) -> str:
    """Return the first words of the text, with an ellipsis if there are more."""
    text = one_line(next((block.text for block in blocks if has_word(block.text)), blocks[0].text))
    if len(text) <= _DERIVED_TITLE_LENGTH:
        return text
    head = text[: _DERIVED_TITLE_LENGTH + 1]
    words = head.rsplit(" ", 1)[0] if " " in head else head[:_DERIVED_TITLE_LENGTH]
    return f"{words.rstrip(' ,;:.—–-')}…"


def _lead_length(before: Sequence[Block], *, is_all: bool) -> int:
    """Return how many blocks before the first sub-heading are the lead; `is_all` says that there is no sub-heading.

    The rest of them make an untitled section, so some text is always left when there is no sub-heading.
    """
    if not before or before[0].kind is not Kind.PARAGRAPH or len(before[0].text) > LEAD_LIMIT:
        return 0
    if is_all:
        return 1 if len(before) > 1 else 0
    is_short = sum(len(block.text) for block in before) <= LEAD_LIMIT
    return len(before) if is_short and all(block.kind is Kind.PARAGRAPH for block in before) else 1


def _sections(body: Sequence[Block], positions: set[int], start: int) -> tuple[Section, ...]:
    """Return the sections of the body from `start` on.

    A heading directly below another stays a heading inside the section; one with nothing below it is text of the last.
    """
    last = len(body) - 1
    while last in positions:
        positions = positions - {last}
        last -= 1
    sections: list[tuple[tuple[Span, ...], list[Block]]] = []
    for i in range(start, len(body)):
        if i in positions and i - 1 in positions and i > start:
            sections[-1][1].append(replace(body[i], kind=Kind.HEADING, spans=_heading(body[i])))
        elif i in positions:
            sections.append((_heading(body[i]), []))
        elif sections:
            sections[-1][1].append(body[i])
        else:
            sections.append(((), [body[i]]))
    return tuple(Section(heading=heading, blocks=tuple(blocks)) for heading, blocks in sections)


def _heading(block: Block) -> tuple[Span, ...]:
    """Return the spans of a sub-heading, on one line; a line wholly bold is so because it is a heading."""
    bold = frozenset({Style.BOLD}) if is_bold(block) else frozenset()
    return tuple(replace(span, styles=span.styles - bold, text=_LINE_BREAK.sub(" ", span.text)) for span in block.spans)
