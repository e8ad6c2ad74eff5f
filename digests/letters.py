"""Likeness of short texts by the threes of letters in their words, which endings, derivations and slips leave alike."""

import math
import sys
from collections import Counter
from collections.abc import Sequence

from digests.words import tokens

_LENGTH = 3
_TEXT_READ = 300  # characters; titles are shorter

Grams = tuple[str, ...]


def trigrams(text: str) -> Grams:
    """Return the distinct threes of letters of the words, in order; a border of a word counts as a letter."""
    found: set[str] = set()
    for word in tokens(text[:_TEXT_READ]):
        padded = f" {word} "
        found.update(padded[at : at + _LENGTH] for at in range(len(padded) - _LENGTH + 1))
    return tuple(map(sys.intern, sorted(found)))


class Letters:
    """How many of the texts held have which trigrams, and so how much a common one tells: ln(1 + N/df)."""

    def __init__(self) -> None:
        self._texts = 0
        self._holding: Counter[str] = Counter()
        self._rarity: dict[str, float] = {}

    def add(self, grams: Grams) -> None:
        """Count a text."""
        self._texts += 1
        self._holding.update(grams)
        self._rarity.clear()

    def remove(self, grams: Grams) -> None:
        """Count a text no more that was added."""
        self._texts -= 1
        for gram in grams:
            self._holding[gram] -= 1
            if not self._holding[gram]:
                del self._holding[gram]
        self._rarity.clear()

    def likeness(self, one: Grams, others: Sequence[Grams]) -> list[float]:
        """Return the cosines of a text with others, from 0 to 1. All of them must be held."""
        mine = {gram: self._squared(gram) for gram in one}
        length = math.sqrt(math.fsum(mine.values()))
        return [self._cosine(mine, length, other) if other and one else 0.0 for other in others]

    def _cosine(self, mine: dict[str, float], length: float, other: Grams) -> float:
        shared = math.fsum(mine[gram] for gram in other if gram in mine)
        return min(1.0, shared / (length * math.sqrt(math.fsum(map(self._squared, other))))) if shared else 0.0

    def _squared(self, gram: str) -> float:
        value = self._rarity.get(gram)
        if value is None:
            value = self._rarity[gram] = math.log(1 + self._texts / self._holding[gram]) ** 2
        return value
