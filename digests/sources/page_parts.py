"""The parts of a page by its markup: which of them are furniture, and which lead to other articles."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from itertools import islice

from lxml import etree

from digests.cutting_words import RELATED_MARKER
from digests.shapes import bare
from digests.sources import page_words as words
from digests.sources.html_tags import HEADINGS, INLINE
from digests.sources.html_tree import Element, is_silent
from digests.sources.page_names import Mark, marks_of

_ROLES = frozenset(("navigation", "complementary", "banner", "contentinfo", "search", "dialog", "alertdialog", "menu",
                    "menubar", "toolbar", "alert", "tablist"))  # fmt: skip
_AMP = frozenset(("amp-ad", "amp-social-share", "amp-sidebar", "amp-user-notification", "amp-consent", "amp-list",
                  "amp-auto-ads", "amp-sticky-ad", "amp-next-page", "amp-embed", "amp-lightbox"))  # fmt: skip
_MAIN_SHARE = 0.4  # of the page's text: a part that holds so much is the article, whatever it is called
_ASIDE_SHARE = 0.12  # the same for names that articles have too
_ASIDE_LENGTH = 300  # characters of such a part, whatever its share of a short page
_STRONG_SHARE = 0.75  # the same for names that only furniture has
_CARD_LENGTH, _CARD_PROSE, _CARD_LINKED = (
    600,
    60,
    0.7,
)  # characters, characters, share of a box that is a link elsewhere
_HEADING_LENGTH = 80  # characters of a box's first words
_CALL_LENGTH = 250  # characters of a box with a button
_SECTIONS, _SECTION_PROSE = 3, 80  # such boxes, of so many characters each, are the sections of an article
_CLOCK = re.compile(r"\d{1,2}:\d{2}")
_ENTRY_LEVELS = 2  # from the time of an entry to the entry
_ENTRY_PROSE = 40  # characters of an entry of a live text, at least
_TITLE_WORDS = 3  # of a link that may be the title of an article
_BOXES = frozenset(("div", "section", "aside", "form", "article", "center"))
_LINKED_SHARE = 0.3  # of a part's text in links: such a part leads elsewhere


class Part(Enum):
    """What a part of a page is when it is not the article."""

    FURNITURE = auto()
    RELATED = auto()


@dataclass(slots=True)
class _Load:
    """What an element holds: characters in all and in links, its first words, something to press."""

    letters: int = 0
    linked: int = 0
    first: str = ""
    has_button: bool = False

    def add(self, text: str | None) -> None:
        """Add text of its own."""
        stripped = (text or "").strip()
        self.letters += len(stripped)
        self.first = self.first or stripped

    def hold(self, other: "_Load") -> None:
        """Add an element inside."""
        self.letters += other.letters
        self.linked += other.linked
        self.first = self.first or other.first
        self.has_button = self.has_button or other.has_button


_NOTHING = _Load()


class Parts:
    """The parts of one page."""

    def __init__(self, root: Element, heading: Element | None) -> None:
        self._several: dict[tuple[object, ...], bool] = {}
        self._loads: dict[Element, _Load] = {}
        self._weigh(root)
        self._whole = max(1, self.prose(root))
        self._safe = _ancestors(heading)
        for body in root.xpath("//*[@itemprop='articleBody']"):
            if self.prose(body) >= _MAIN_SHARE * self._whole:
                self._safe |= _ancestors(body)

    def prose(self, element: Element) -> int:
        """Return how many characters of text outside of links the element holds."""
        load = self._loads.get(element, _NOTHING)
        return load.letters - load.linked

    def linked_share(self, element: Element) -> float:
        """Return which share of the element's text is in links."""
        load = self._loads.get(element, _NOTHING)
        return load.linked / max(1, load.letters)

    def part(self, element: Element) -> Part | None:
        """Return which part of the page the element is; None if it may belong to the article."""
        if element in self._safe or element.tag in HEADINGS or element.tag in ("html", "body") or is_content(element):
            return None
        share, marks = self.prose(element) / self._whole, marks_of(element)
        if element.tag in INLINE:
            is_card = element.tag == "a" and any(child.tag in _BOXES for child in element) and share < _MAIN_SHARE
            return (
                Part.FURNITURE
                if element.tag == "a" and Mark.BUTTON in marks
                else self._box(element)
                if is_card
                else None
            )
        return self._named(element, share, marks) or (
            self._box(element) if element.tag in _BOXES and share < _MAIN_SHARE else None
        )

    def _named(self, element: Element, share: float, marks: frozenset[Mark]) -> Part | None:
        """Return what a part is by its kind and its names."""
        if marks & {Mark.RELATED, Mark.OTHERS} and self._leads_elsewhere(element, share):
            return Part.RELATED if Mark.RELATED in marks else Part.FURNITURE
        if share < _STRONG_SHARE and (_is_furniture(element) or Mark.STRONG in marks):
            return Part.FURNITURE
        if _CLOCK.fullmatch(self._loads.get(element, _NOTHING).first) and self._is_of_entry(element):
            return None
        is_weak = Mark.WEAK in marks and element.tag != "table" and not _is_quoted(element)
        return Part.FURNITURE if is_weak and self._is_small(element, share) else None

    def _box(self, element: Element) -> Part | None:
        """Return what a part without a telling name is, by what it holds."""
        load = self._loads.get(element, _NOTHING)
        first = bare(load.first) if len(load.first) <= _HEADING_LENGTH else ""
        if RELATED_MARKER.fullmatch(first) and element.find(".//a") is not None:
            return Part.RELATED
        if words.BOX_HEADING.fullmatch(first) and not self._is_section(element):
            return Part.FURNITURE
        is_card = load.letters <= _CARD_LENGTH and load.letters - load.linked < _CARD_PROSE
        if is_card and self.linked_share(element) >= _CARD_LINKED:
            return Part.RELATED if _has_titles(element) else Part.FURNITURE
        is_call = load.letters <= _CALL_LENGTH and load.has_button and not self._is_entry(element)
        return Part.FURNITURE if is_call else None

    def _is_section(self, element: Element) -> bool:
        """Tell whether the element is made like several around it that each have a heading of its level and a text."""
        heading = _first_heading(element)
        if heading is None or self.linked_share(element) > _LINKED_SHARE:
            return False

        def is_told(other: Element) -> bool:
            return self.prose(other) >= _SECTION_PROSE and _first_heading(other) == heading

        return is_told(element) and self._are_several(element, heading, is_told)

    def _is_entry(self, element: Element) -> bool:
        """Tell whether the element is an entry of a live text, each of which has its own button to share it."""
        return self._is_told(element) and self._are_several(element, "", self._is_told)

    def _are_several(self, element: Element, kind: str, is_told: Callable[[Element], bool]) -> bool:
        """Tell whether several elements beside this one, and made like it, are told; found once for all of them."""
        parent = element.getparent()
        key = (parent, element.tag, element.get("class"), kind)
        if parent is not None and key not in self._several:
            like = (other for other in parent if (other.tag, other.get("class")) == key[1:3])
            self._several[key] = len(list(islice(filter(is_told, like), _SECTIONS))) == _SECTIONS
        return self._several.get(key, False)

    def _is_of_entry(self, element: Element) -> bool:
        return any(self._is_entry(above) for above in islice(element.iterancestors(), _ENTRY_LEVELS))

    def _is_told(self, element: Element) -> bool:
        """Tell whether an element holds a sentence and no link but in its sentences."""
        return self.prose(element) >= _ENTRY_PROSE and not any(map(_is_teaser, element.iter("a")))

    def _leads_elsewhere(self, element: Element, share: float) -> bool:
        is_linked = self.linked_share(element) > _LINKED_SHARE
        return share < _MAIN_SHARE and (is_linked or self._is_small(element, share))

    def _is_small(self, element: Element, share: float) -> bool:
        return share < _ASIDE_SHARE or (share < _MAIN_SHARE and self.prose(element) < _ASIDE_LENGTH)

    def _weigh(self, root: Element) -> None:
        """Take down what each element holds, in one walk."""
        walk = etree.iterwalk(root, events=("start", "end"))
        stack: list[_Load] = []
        skipped: Element | None = None
        for event, element in walk:
            if event == "start" and element is not root and is_silent(element):
                skipped = element
                walk.skip_subtree()
            elif event == "start":
                stack.append(_Load())
                stack[-1].add(element.text)
            else:
                is_skipped = skipped is not None and element is skipped
                load = _Load() if is_skipped else stack.pop()
                load.has_button = _is_button(element) or load.has_button
                if element.tag == "a":
                    load.linked = load.letters
                if is_skipped:
                    skipped = None
                else:
                    self._loads[element] = load
                if stack:
                    stack[-1].hold(load)
                    stack[-1].add(element.tail)


def is_content(element: Element) -> bool:
    """Tell whether the element holds the text of an article by its name."""
    return element.get("itemprop") == "articleBody" or Mark.CONTENT in marks_of(element)


def _is_furniture(element: Element) -> bool:
    """Tell whether the element is furniture by its kind."""
    if element.tag in ("nav", "dialog", "search", "address") or element.tag in _AMP:
        return True
    if element.tag == "footer":
        return not _is_quoted(element)
    return element.get("role") in _ROLES


def _is_teaser(link: Element) -> bool:
    """Tell whether a link is the title of another article and no words of a sentence."""
    return link.getparent().tag in (*HEADINGS, "div") and len("".join(link.itertext()).split()) >= _TITLE_WORDS


def _first_heading(element: Element) -> str | None:
    """Return the level of the heading that an element begins with."""
    first = next((child for child in element.iter() if child.tag in HEADINGS or (child.text or "").strip()), None)
    return first.tag if first is not None and first.tag in HEADINGS else None


def _is_quoted(element: Element) -> bool:
    """Tell whether the element belongs to a quotation or a picture, whose authors are part of the text."""
    return any(above.tag in ("blockquote", "figure", "table", "p", "li") for above in element.iterancestors())


def _is_button(element: Element) -> bool:
    """Tell whether the element is there to be pressed or filled in."""
    return element.tag in ("button", "input") or (element.tag == "a" and Mark.BUTTON in marks_of(element))


def _has_titles(element: Element) -> bool:
    return any(len("".join(link.itertext()).split()) >= _TITLE_WORDS for link in element.iter("a"))


def _ancestors(element: Element | None) -> set[Element]:
    return set() if element is None else {element, *element.iterancestors()}
