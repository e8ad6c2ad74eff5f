"""Which short lines the articles of a source have, so that a line that comes again is known for what it is."""

import hashlib
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digests.blocks import Block, Kind, squeezed
from digests.labels import line_key
from digests.repetition import ARTICLES
from digests.shapes import has_word

ARTICLES_OF_SITE = 60  # the newest of a source whose lines are remembered
SIGHTED = 150  # short lines at the head of an article, and as many at its foot, that are remembered of its source


@dataclass(frozen=True, slots=True)
class Sight:
    """The lines of one article by their exact keys; `text_key` is equal for two articles of one text."""

    text_key: str
    keys: frozenset[str]


def sight_of(blocks: Sequence[Block]) -> Sight:
    """Return what is remembered of an article's lines."""
    can_repeat = [block for block in blocks if block.kind in (Kind.PARAGRAPH, Kind.HEADING) and has_word(block.text)]
    found = [key for block in can_repeat if (key := line_key(block.text, is_exact=True))]
    return Sight(text_key_of(blocks), frozenset([*found[:SIGHTED], *found[-SIGHTED:]]))


def text_key_of(blocks: Sequence[Block]) -> str:
    """Return what is equal for two articles of one text, though a few of its lines were changed: its longest block."""
    longest = max((squeezed(block.text) for block in blocks), key=len, default="")
    return hashlib.sha256(longest.encode("utf-8", "surrogatepass")).hexdigest()[:16]


class Sightings:
    """The lines of a source's newest articles, to which one article after another is added."""

    def __init__(self, sights: Iterable[Sight] = ()) -> None:
        self._sights: deque[Sight] = deque()
        self._texts: dict[str, list[str]] = {}  # the text keys of the articles that have a line
        self._often: set[str] = set()  # lines of enough articles, be they of one text
        for sight in sights:
            self.add(sight)

    def add(self, sight: Sight) -> None:
        """Take in the newest article and forget the oldest; one without lines is none."""
        if not sight.keys:
            return
        self._sights.append(sight)
        for key in sight.keys:
            texts = self._texts.setdefault(key, [])
            texts.append(sight.text_key)
            if len(texts) == ARTICLES - 1:
                self._often.add(key)
        if len(self._sights) > ARTICLES_OF_SITE:
            oldest = self._sights.popleft()
            for key in oldest.keys:
                texts = self._texts[key]
                texts.remove(oldest.text_key)
                if len(texts) == ARTICLES - 2:
                    self._often.remove(key)

    def repeated(self, text_key: str) -> frozenset[str]:
        """Return the lines that stand in enough articles of other texts."""
        return frozenset(key for key in self._often if len({*self._texts[key]} - {text_key}) >= ARTICLES - 1)
