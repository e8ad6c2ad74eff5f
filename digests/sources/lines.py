"""Lines of a plain text: which of them make a paragraph together, which are items of a list, which were wrapped."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from digests.blocks import Kind
from digests.cutting_words import BUTTON, RELATED_MARKER
from digests.shapes import bare, begins_small, is_sentence_end, looks_like_heading

_LONG_LINE = 100  # characters; such a line is a paragraph, whatever stands around it
_SENTENCE_LINE = 60  # characters of a sentence over which a short first line is a heading
_ITEM_LENGTH = 300  # characters; what is longer is no item of a list
_WRAP_WIDTHS = range(40, 101)  # characters at which files are wrapped by hand or program
_WRAPPED_SHARE, _SMALL_SHARE = 0.6, 0.3  # of lines that are full, and that begin in mid-sentence, in a wrapped file

_NUMBER = re.compile(r"\d+")
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
_MARKERS = (
    ("bullet", re.compile(r"[•◦▪▫‣·∙●○■□]\s?(?=\S)")),
    ("dash", re.compile(r"[-–*+]\s+(?=\S)")),
    ("number", re.compile(r"(\d{1,3})[.)]\s+(?=\S)")),
    ("letter", re.compile(r"[^\W\d_]\)\s+(?=\S)")),
)


@dataclass(slots=True)
class Line:
    """A line of a text by the positions of its first character and past its last, white space around it aside."""

    text: str
    start: int
    end: int
    indent: int  # characters of white space before it
    tail: list[tuple[int, int]] = field(default_factory=list)  # invisible signs from blank lines below

    @property
    def is_blank(self) -> bool:
        """Whether nothing of the line can be seen."""
        return not self.text.strip(_INVISIBLE)


@dataclass(slots=True)
class Paragraph:
    """A paragraph as pieces of the text: what to put before the piece, where it begins and ends."""

    kind: Kind
    pieces: list[tuple[str, int, int]]

    def add(self, separator: str, line: Line) -> None:
        """Append a line."""
        self.pieces.append((separator, line.start, line.end))
        self.pieces.extend(("", start, end) for start, end in line.tail)


def lines_of(text: str) -> list[Line]:
    """Return the lines of the text, blank ones too."""
    result: list[Line] = []
    position = 0
    for raw in text.splitlines(keepends=True):
        body = raw.strip()
        indent = len(raw) - len(raw.lstrip()) if body else 0
        result.append(Line(text=body, start=position + indent, end=position + indent + len(body), indent=indent))
        position += len(raw)
    return result


def has_blank_lines(text: str) -> bool:
    """Tell whether a blank line stands between others."""
    blank = [line.is_blank for line in lines_of(text.strip())]
    return any(blank)


def marker(line: str) -> str | None:
    """Return which kind of list the line would be an item of by its head, if any."""
    if len(line) > _ITEM_LENGTH:
        return None
    return next((name for name, pattern in _MARKERS if pattern.match(line)), None)


def paragraphs_of(text: str, *, is_airy: bool) -> list[Paragraph]:
    """Return the paragraphs of the text; `is_airy` says that blank lines part them."""
    chunks = _chunks(lines_of(text))
    layout = _Layout(items=_items(chunks), width=_wrap_width(chunks), is_airy=is_airy)
    result: list[Paragraph] = []
    for chunk in chunks:
        for n, line in enumerate(chunk):
            joint = _joint(chunk, n, layout, result[-1].kind) if n else None
            if joint is None:
                kind = Kind.LIST_ITEM if id(line) in layout.items else Kind.PARAGRAPH
                result.append(Paragraph(kind=kind, pieces=[]))
            result[-1].add(joint or "", line)
    if not chunks and text.strip():  # nothing but invisible signs
        result.append(Paragraph(kind=Kind.PARAGRAPH, pieces=[("", 0, len(text))]))
    return result


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a whole text is laid out: ids of the lines that are items, width of wrapped lines, blank lines between."""

    items: set[int]
    width: int
    is_airy: bool


def _chunks(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines between blank ones; invisible signs of a blank line go to the line above it, or below."""
    chunks: list[list[Line]] = []
    is_new, orphans = True, []
    for line in lines:
        if line.is_blank:
            is_new = True
            if line.text and chunks:
                chunks[-1][-1].tail.append((line.start, line.end))
            elif line.text:
                orphans.append(line)
            continue
        if orphans:
            line.start, orphans = orphans[0].start, []
        if is_new:
            chunks.append([])
            is_new = False
        chunks[-1].append(line)
    return chunks


def _items(chunks: Sequence[Sequence[Line]]) -> set[int]:
    """Return the ids of the lines that are items: bullets always, other markers in company of their like."""
    marked = [[(line, marker(line.text)) for line in chunk] for chunk in chunks]
    flat = [(line, kind) for chunk in marked for line, kind in chunk if kind or not begins_small(line.text)]
    found = {id(line) for line, kind in flat if kind == "bullet"}
    for (line, kind), (below, kind_below) in pairwise(flat):
        if kind in ("number", "letter") and kind == kind_below and _follows(line.text, below.text):
            found |= {id(line), id(below)}
    for chunk in marked:
        for (line, kind), (below, kind_below) in pairwise(chunk):
            if kind == "dash" and kind_below == "dash":
                found |= {id(line), id(below)}
    return found


def _follows(text: str, below: str) -> bool:
    """Tell whether the marker below is the next one."""
    first, second = _NUMBER.match(text), _NUMBER.match(below)
    if first and second:
        return int(second[0]) == int(first[0]) + 1
    return ord(below[0].lower()) == ord(text[0].lower()) + 1


def _joint(chunk: Sequence[Line], n: int, layout: _Layout, kind: Kind) -> str | None:
    """Return what joins a line to the one above it, which is in a paragraph of a kind; None if it begins a new one."""
    above, line = chunk[n - 1], chunk[n]
    is_lines_only = not layout.is_airy and not layout.width and kind is not Kind.LIST_ITEM
    if is_lines_only or id(line) in layout.items or any(_is_apart(other) for other in (line, above, chunk[0])):
        return None
    if layout.width:
        return _wrapped_joint(above, line, layout.width)
    if kind is Kind.LIST_ITEM:
        return "\n" if begins_small(line.text) or line.indent > above.indent else None
    if begins_small(line.text):
        return "\n"
    is_heading = n == 1 and looks_like_heading(above.text) and is_sentence_end(line.text)
    if is_heading and len(line.text) >= max(_SENTENCE_LINE, len(above.text)):
        return None
    return None if max(len(above.text), len(line.text)) >= _LONG_LINE else "\n"


def _is_apart(line: Line) -> bool:
    """Tell whether the line is a button of a page or announces related articles: no part of any paragraph."""
    if len(line.text) >= _LONG_LINE:
        return False
    words = bare(line.text)
    return bool(RELATED_MARKER.fullmatch(words) or BUTTON.fullmatch(words))


def _wrap_width(chunks: Sequence[Sequence[Line]]) -> int:
    """Return the width at which the text was wrapped, 0 if it was not.

    Greedy wrapping shows: a line ends where the first word of the next would not have fitted.
    """
    pairs = [(line.text, below.text) for chunk in chunks for line, below in pairwise(chunk)]
    width = max((len(line.text) for chunk in chunks for line in chunk), default=0)
    if len(pairs) < 3 or width not in _WRAP_WIDTHS:
        return 0
    full = sum(_is_full(line, below, width) for line, below in pairs)
    small = sum(begins_small(below) for _, below in pairs)
    return width if full >= _WRAPPED_SHARE * len(pairs) and small >= _SMALL_SHARE * len(pairs) else 0


def _is_full(line: str, below: str, width: int) -> bool:
    return len(line) + 1 + len(below.split(maxsplit=1)[0]) > width


def _wrapped_joint(above: Line, line: Line, width: int) -> str | None:
    """The same as `_joint` in a text wrapped at a width."""
    is_indented = line.indent > above.indent
    if (is_indented or not _is_full(above.text, line.text, width)) and not begins_small(line.text):
        return None
    is_hyphenated = above.text.endswith("-") and above.text[-2:-1].isalpha() and begins_small(line.text)
    return "" if is_hyphenated else " "
