"""Tables of HTML: which hold data, a row a line, and which only lay a page out."""

from digests.sources.html_tags import HEADINGS
from digests.sources.html_tree import Element

_LAYOUT = HEADINGS | frozenset(("table", "ul", "ol", "blockquote", "pre", "form", "article"))
_CELL_PARAGRAPHS = 3  # more in one cell are an article
_CELL_LENGTH = 1000  # characters; the same


def is_data(table: Element) -> bool:
    """Tell whether the table's cells are facts to be read side by side."""
    if table.get("role") in ("presentation", "none") or any(
        element.tag in _LAYOUT for element in table.iterdescendants()
    ):
        return False
    widest = 0
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        widest = max(widest, len(cells))
        if any(_is_text(cell) for cell in cells):
            return False
    return widest > 1


def _is_text(cell: Element) -> bool:
    paragraphs = len(cell.findall(".//p")) + sum(map(_ends_paragraph, cell.iter("br")))
    return paragraphs > _CELL_PARAGRAPHS or len("".join(cell.itertext())) > _CELL_LENGTH


def _ends_paragraph(line_break: Element) -> bool:
    """Tell whether another break follows right away, as old pages part their paragraphs."""
    below = line_break.getnext()
    return below is not None and below.tag == "br" and not (line_break.tail or "").strip()
