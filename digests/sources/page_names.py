"""What the names of an element (its classes, its id) say of its part of the page."""

import re
from collections.abc import Iterator
from enum import Enum, auto
from functools import lru_cache

from digests.sources import page_words as words
from digests.sources.html_tree import Element

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_FILED = re.compile(r"(?:tag|category|term)-(?!links?$|list$|cloud$)")  # WordPress: what an article is filed under
_SIGNS = re.compile(r"[^a-z0-9]+")
_NAMING = ("class", "id", "data-testid", "data-component")  # sites whose classes are hashes name parts for their tests
_NAMES, _NAME_LENGTH = 20, 80  # that are looked at


class Mark(Enum):
    """A part of a page, by its names."""

    RELATED = auto()
    OTHERS = auto()
    STRONG = auto()  # furniture whatever it holds
    WEAK = auto()  # furniture unless it holds much
    BUTTON = auto()
    LEAD = auto()
    CONTENT = auto()


_PATTERNS = {
    Mark.RELATED: (words.RELATED,),
    Mark.OTHERS: (words.OTHERS,),
    Mark.STRONG: (words.SHARE, words.SUBSCRIBE, words.COMMENTS, words.COOKIES, words.NAVIGATION, words.UNSEEN),
    Mark.WEAK: (words.ADVERTISING, words.SIDEBAR, words.WIDGET, words.DATA, words.FOOTER),
    Mark.BUTTON: (words.BUTTON,),
    Mark.LEAD: (words.LEAD,),
    Mark.CONTENT: (words.CONTENT,),
}


def marks_of(element: Element) -> frozenset[Mark]:
    """Return what the names of an element say."""
    return _marks(" ".join(element.get(name) or "" for name in _NAMING))


@lru_cache(maxsize=4096)  # elements of a page share their names
def _marks(given: str) -> frozenset[Mark]:
    names = list(_tidy(given))
    return frozenset(
        mark for mark, patterns in _PATTERNS.items() if any(one.search(name) for one in patterns for name in names)
    )


def _tidy(names: str) -> Iterator[str]:
    """Yield the names, their words in small letters joined by hyphens."""
    for name in names.split()[:_NAMES]:
        tidy = _SIGNS.sub("-", _CAMEL.sub("-", name[:_NAME_LENGTH]).lower()).strip("-")
        if not _FILED.match(tidy):
            yield tidy
