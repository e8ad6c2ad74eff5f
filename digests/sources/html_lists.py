"""Lists of HTML: which items are open, and the marker that each begins with."""

from dataclasses import dataclass, field

from digests.sources.html_tree import Element

_BULLETS = ("•", "◦", "▪")
_LISTS = frozenset(("ul", "ol", "menu", "dir"))


@dataclass(slots=True)
class _List:
    element: Element
    number: int  # of the next item; 0 where items have bullets
    label: str = ""  # of the open item, when it has a number
    item: Element | None = None


@dataclass(slots=True)
class Lists:
    """The lists that are open around a place in the page."""

    _open: list[_List] = field(default_factory=list)
    _marker: str = ""
    _is_number: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the place is inside an item."""
        return any(one.item is not None for one in self._open)

    def open(self, element: Element) -> None:
        """An element begins."""
        if element.tag in _LISTS:
            start = _whole(element.get("start"), 1) if element.tag == "ol" else 0
            self._open.append(_List(element, start))
        elif element.tag == "li":
            if not self._open:  # an item that no list holds
                self._open.append(_List(element, 0))
            self._begin(self._open[-1], element)

    def close(self, element: Element) -> None:
        """An element ends."""
        if self._open and element is self._open[-1].item:
            self._open[-1].item, self._marker = None, ""
        if self._open and element is self._open[-1].element:
            self._open.pop()

    def take_marker(self, *, is_heading: bool) -> str:
        """Return the marker for the block that ends, once for each item; a heading has numbers only."""
        marker, self._marker = self._marker, ""
        return "" if is_heading and not self._is_number else marker

    def _begin(self, one: _List, item: Element) -> None:
        one.item = item
        self._is_number = one.element.tag == "ol"
        if not self._is_number:
            depth = sum(above.element.tag != "ol" for above in self._open)
            self._marker = f"{_BULLETS[min(depth, len(_BULLETS)) - 1]} "
            return
        number = _whole(item.get("value"), one.number)
        one.number = number + 1
        above = next((outer.label for outer in reversed(self._open[:-1]) if outer.label), "")
        one.label = f"{above}{number}."
        self._marker = f"{one.label} "


def _whole(text: str | None, otherwise: int) -> int:
    stripped = (text or "").strip()
    return int(stripped) if stripped.isascii() and stripped.isdigit() and len(stripped) <= 4 else otherwise
