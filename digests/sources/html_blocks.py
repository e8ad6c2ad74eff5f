"""HTML's elements turned into blocks, in one walk without recursion, whatever the depth."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from digests.blocks import Block, Kind, Span, Style, merged
from digests.sources.html_lists import Lists
from digests.sources.html_tables import is_data
from digests.sources.html_tags import BLOCKS, CODE, HEADINGS
from digests.sources.html_tree import Element, is_silent, link_of

_STYLES = {
    "b": Style.BOLD, "strong": Style.BOLD,
    "i": Style.ITALIC, "em": Style.ITALIC, "cite": Style.ITALIC, "dfn": Style.ITALIC, "var": Style.ITALIC,
    "u": Style.UNDERLINE, "ins": Style.UNDERLINE,
    "s": Style.STRIKE, "strike": Style.STRIKE, "del": Style.STRIKE,
    "code": Style.CODE, "kbd": Style.CODE, "samp": Style.CODE, "tt": Style.CODE,
    "tg-spoiler": Style.SPOILER,
}  # fmt: skip
_CSS = (
    (re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE), Style.BOLD),
    (re.compile(r"font-style\s*:\s*italic", re.IGNORECASE), Style.ITALIC),
    (re.compile(r"text-decoration[a-z-]*\s*:[^;]*underline", re.IGNORECASE), Style.UNDERLINE),
    (re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through", re.IGNORECASE), Style.STRIKE),
)
_NOT_BOLD = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.IGNORECASE)
_NOTHING: frozenset[Style] = frozenset()

_SPACES = re.compile(r"[^\S\n\u00a0]+|\s*[\n]\s*|\s{2,}")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_CAPTIONED = "wp-caption-text"  # WordPress, before it wrote HTML 5
CELL = " | "  # between the cells of a row
_LINE = "\n"


@dataclass(frozen=True, slots=True)
class Placed:
    """A block and the element in which its text began."""

    block: Block
    element: Element


@dataclass(slots=True)
class _Look:
    """What an open element changes for the text inside it."""

    styles: frozenset[Style]
    href: str | None


def placed(root: Element, base: str = "", *, drops: Callable[[Element], bool] = is_silent) -> list[Placed]:
    """Return the blocks of a tree with where they stand; `drops` says which elements are left out."""
    writer = _Writer(base)
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if element is not root and drops(element):
                writer.skipped = element
                walk.skip_subtree()
            else:
                writer.open(element)
            continue
        if writer.skipped is not None and element is writer.skipped:
            writer.skipped = None
            if element.tag in BLOCKS:
                writer.flush()
        else:
            writer.close(element)
        if element is not root:
            writer.write(element.tail, element.getparent())
    writer.flush()
    return writer.placed


@dataclass(slots=True)
class _Writer:
    base: str
    placed: list[Placed] = field(default_factory=list)
    skipped: Element | None = None
    _spans: list[Span] = field(default_factory=list)
    _place: Element | None = None
    _looks: list[_Look] = field(default_factory=lambda: [_Look(_NOTHING, None)])
    _lists: Lists = field(default_factory=Lists)
    _cells: int = 0
    _table: Element | None = None
    _caption: Element | None = None
    _heading: int = 0
    _quote: int = 0
    _code: int = 0

    def open(self, element: Element) -> None:
        """Begin an element."""
        tag = element.tag
        if tag in BLOCKS:
            self._border(element)
        self._looks.append(self._look(element))
        self._count(tag, 1)
        if tag == "br":
            self._break()
        elif tag == "q":
            self.write("\u00ab", element)
        elif self._table is None:
            self._lists.open(element)
            if tag == "table" and is_data(element):
                self._table = element
        if self._caption is None and (tag == "figcaption" or _CAPTIONED in (element.get("class") or "")):
            self._caption = element
        self.write(element.text, element)

    def close(self, element: Element) -> None:
        """End an element."""
        tag = element.tag
        if tag == "q":
            self.write("\u00bb", element)
        if tag in BLOCKS and self._table is None:
            self.flush()
        elif tag in ("tr", "caption", "table"):
            self._end_row()
        self._looks.pop()
        self._count(tag, -1)
        if element is self._caption:
            self._caption = None
        if element is self._table:
            self._table = None
        elif self._table is None:
            self._lists.close(element)

    def write(self, text: str | None, place: Element) -> None:
        """Add text; white space as browsers show it."""
        if not text:
            return
        text = _INVISIBLE.sub("", text)
        if not self._code:
            text = _SPACES.sub(" ", text)
            if not self._spans or self._spans[-1].text[-1].isspace():
                text = text.lstrip()
        if text:
            if self._place is None and text.strip():
                self._place = place
            look = self._looks[-1]
            self._spans.append(Span(text=text, styles=look.styles, href=look.href))

    def flush(self) -> None:
        """End the block that is being written, if there is anything in it."""
        spans = _trimmed(self._spans, keeps_indent=bool(self._code))
        place, self._spans, self._place = self._place, [], None
        if not spans or place is None:
            return
        if self._table is not None:
            kind = Kind.LIST_ITEM
        elif self._code:
            kind = Kind.PREFORMATTED
        elif self._heading:
            kind = Kind.HEADING
        elif self._lists.is_open:
            kind = Kind.LIST_ITEM
        elif self._caption is not None:
            kind = Kind.CAPTION
        else:
            kind = Kind.QUOTE if self._quote else Kind.PARAGRAPH
        marker = self._lists.take_marker(is_heading=kind is Kind.HEADING) if self._table is None else ""
        head = (Span(text=marker),) if marker else ()
        self.placed.append(Placed(Block(kind=kind, spans=merged((*head, *spans))), place))

    def _border(self, element: Element) -> None:
        """Begin a block-level element: a new block, or a new cell of a row."""
        if self._table is None:
            if self._code and element.tag not in CODE:
                self._break()
            else:
                self.flush()
        elif element.tag in ("tr", "caption"):
            self._end_row()
        elif element.tag in ("td", "th"):
            if self._cells:
                is_spaced = bool(self._spans) and self._spans[-1].text[-1].isspace()
                self._spans.append(Span(text=CELL.lstrip() if is_spaced else CELL))
            self._cells += 1
        else:
            self.write(" ", element)

    def _end_row(self) -> None:
        self._cells = 0
        self.flush()

    def _break(self) -> None:
        """A line ends; an empty line ends the paragraph."""
        if self._code:
            self._spans.append(Span(text=_LINE))
        elif self._heading or self._table is not None:
            self._spans.append(Span(text=" "))
        elif self._spans and self._spans[-1].text.endswith(_LINE):
            self.flush()
        elif self._spans:
            self._spans.append(Span(text=_LINE))

    def _count(self, tag: str, step: int) -> None:
        if tag in HEADINGS:
            self._heading += step
        elif tag == "blockquote":
            self._quote += step
        elif tag in CODE:
            self._code += step

    def _look(self, element: Element) -> _Look:
        above = self._looks[-1]
        styles, href = above.styles, above.href
        css = element.get("style")
        own = _STYLES.get(element.tag)
        if own and not (own is Style.BOLD and css and _NOT_BOLD.search(css)) and not self._code:
            styles |= {own}
        if element.tag == "th" or "tg-spoiler" in (element.get("class") or ""):
            styles |= {Style.BOLD if element.tag == "th" else Style.SPOILER}
        if css and not self._code:
            styles |= {style for pattern, style in _CSS if pattern.search(css)}
        if element.tag == "a":
            href = link_of(element.get("href"), self.base)
        return above if (styles, href) == (above.styles, above.href) else _Look(styles, href)


def _trimmed(spans: list[Span], *, keeps_indent: bool) -> list[Span]:
    """Return the spans without white space at their ends; of code, without blank lines there."""
    whole = merged(spans)
    text = "".join(span.text for span in whole)
    start = len(text) - len(text.lstrip())
    if keeps_indent:
        start = text.rfind(_LINE, 0, start) + 1
    end = len(text.rstrip())
    result: list[Span] = []
    position = 0
    for span in whole:
        piece = span.text[max(0, start - position) : max(0, end - position)]
        position += len(span.text)
        if piece:
            result.append(Span(text=piece, styles=span.styles, href=span.href))
    return result
