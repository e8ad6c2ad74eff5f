"""Cutting a text into title, lead, titled sections and what does not belong to it; nothing vanishes unseen."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from digests.articles import Draft, RemovalReason, Removed, Section, TitleOrigin
from digests.blocks import Block, Kind, Span, Style
from digests.errors import EmptyText, NoLetters, TextTooLong
from digests.labels import Basis, Guide, Label, Mark
from digests.marking import Marking, marked
from digests.shapes import has_word, is_bold, one_line

ARTICLE_LIMIT = 250_000  # characters; a long book chapter
LEAD_LIMIT = 600  # characters; what is longer is no standfirst but the beginning of the text
_DERIVED_TITLE_LENGTH = 90  # characters
_LINE_BREAK = re.compile(r"[^\S\n]*\n\s*")
_NOTHING_KNOWN = Guide()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A text that was cut, and what each of its lines was taken for."""

    draft: Draft
    marks: tuple[Mark, ...]


def cut(blocks: Sequence[Block]) -> Draft:
    """Return the draft that the blocks of a text make, as `cut_by` does when nothing is known but the text."""
    return cut_by(blocks, _NOTHING_KNOWN).draft


def cut_by(blocks: Sequence[Block], guide: Guide) -> Cut:
    """Cut a text of blocks, a paragraph each (see `sources.paste.paragraphs`), by all that is known of its lines.

    Every block is in the draft exactly once and in its order, as the title, in the lead, as a sub-heading, in a section
    or among the removed; only white space may differ. A title that an editor chose stands above what precedes it.
    Raises EmptyText if there is no text at all, NoLetters if it has not one letter or digit, TextTooLong over
    ARTICLE_LIMIT characters.
    """
    whole = filled(blocks)
    _check(whole)
    marking = marked(whole, guide)
    return Cut(draft=_assembled(marking), marks=tuple(marking.marks))


def filled(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks that hold any text: those that are cut."""
    return [block for block in blocks if block.text.strip()]


def _check(blocks: Sequence[Block]) -> None:
    if not blocks:
        raise EmptyText
    if not any(has_word(block.text) for block in blocks):
        raise NoLetters
    characters = sum(len(block.text) for block in blocks)
    if characters > ARTICLE_LIMIT:
        raise TextTooLong(characters, ARTICLE_LIMIT)


def _assembled(marking: Marking) -> Draft:
    """Put the lines where their labels say."""
    kept = [mark for mark in marking.marks if mark.label.is_kept]
    removed = [mark for mark in marking.marks if not mark.label.is_kept]
    title = next((mark for mark in kept if mark.label is Label.TITLE), None)
    marks = [mark for mark in kept if mark is not title]
    body = [_as_said(mark) for mark in marks]
    positions = {i for i, mark in enumerate(marks) if mark.label is Label.HEADING}
    said = {i for i in positions if marks[i].basis is Basis.EDITOR}
    first = min(positions, default=len(body))
    lead = _lead_length(body[:first], is_all=not positions)
    related = [i for i, mark in enumerate(marking.marks) if mark.label is Label.RELATED and i in marking.links]
    return Draft(
        title=one_line(title.block.text) if title else _derived_title(body),
        title_origin=TitleOrigin.TEXT if title else TitleOrigin.DERIVED,
        lead=tuple(body[:lead]),
        sections=_sections(body, positions, lead, said),
        removed=tuple(Removed(block=mark.block, reason=_reason(mark)) for mark in removed),
        source_links=tuple(marking.links[i] for i in related),
    )


def _as_said(mark: Mark) -> Block:
    """Return the block of a kept line: captions in italics, and what is something else by markup but called text."""
    if mark.label is Label.CAPTION:
        slanted = (replace(span, styles=span.styles | {Style.ITALIC}) for span in mark.block.spans)
        return replace(mark.block, kind=Kind.CAPTION, spans=tuple(slanted))
    is_text = mark.label is Label.TEXT and mark.basis in (Basis.EDITOR, Basis.RULE)
    is_other = mark.block.kind in (Kind.HEADING, Kind.CAPTION)
    return replace(mark.block, kind=Kind.PARAGRAPH) if is_text and is_other else mark.block


def _reason(mark: Mark) -> RemovalReason:
    if mark.label is Label.RELATED:
        return RemovalReason.RELATED
    match mark.basis:
        case Basis.REPEATED:
            return RemovalReason.REPEATED
        case Basis.EDITOR:
            return RemovalReason.EDITOR
    return RemovalReason.FURNITURE


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

    The rest of them make an untitled section, so some text is always left when there is no sub-heading. Captions of
    pictures above the lead belong to it, for the order stays.
    """
    captions = len(list(takewhile(lambda block: block.kind is Kind.CAPTION, before)))
    if captions:
        length = _lead_length(before[captions:], is_all=is_all)
        return captions + length if length else 0
    if not before or before[0].kind is not Kind.PARAGRAPH or len(before[0].text) > LEAD_LIMIT:
        return 0
    if is_all:
        return 1 if len(before) > 1 else 0
    is_short = sum(len(block.text) for block in before) <= LEAD_LIMIT
    is_plain = all(block.kind in (Kind.PARAGRAPH, Kind.CAPTION) for block in before)
    return len(before) if is_short and is_plain else 1


def _sections(body: Sequence[Block], positions: set[int], start: int, said: set[int]) -> tuple[Section, ...]:
    """Return the sections of the body from `start` on.

    A heading directly below another stays a heading inside the section; one with nothing below it is text of the last,
    but one that an editor `said` stays a heading there.
    """
    last = len(body) - 1
    bare = set()
    while last in positions:
        bare.add(last)
        last -= 1
    inside = {i for i in positions - bare if i - 1 in positions and i > start} | (bare & said)
    sections: list[tuple[tuple[Span, ...], list[Block]]] = []
    for i in range(start, len(body)):
        if i in inside:
            if not sections:
                sections.append(((), []))
            sections[-1][1].append(replace(body[i], kind=Kind.HEADING, spans=_heading(body[i])))
        elif i in positions - bare:
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
