"""Likeness of short texts by the threes of letters in their words."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from digests.words import tokens

_LENGTH = 3


def trigrams(text: str) -> Counter[str]:
    """Return the threes of letters of the words, their borders counted as a letter."""
    found: Counter[str] = Counter()
    for word in tokens(text):
        padded = f" {word} "
        found.update(padded[at : at + _LENGTH] for at in range(len(padded) - _LENGTH + 1))
    return found


class Trigrams:
    """TF-IDF cosine of trigrams: sqrt(tf) · ln(1 + N/df)."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = [trigrams(text) for text in texts]
        holding = Counter(gram for count in counts for gram in count)
        rarity = {gram: math.log(1 + len(texts) / count) for gram, count in holding.items()}
        self._vectors: list[dict[str, float]] = []
        for count in counts:
            raw = {gram: math.sqrt(times) * rarity[gram] for gram, times in count.items()}
            length = math.hypot(*raw.values())
            self._vectors.append({gram: value / length for gram, value in raw.items()})

    def near(self, number: int, others: Iterable[int]) -> dict[int, float]:
        """Return the cosines of a text with others."""
        mine = self._vectors[number]
        return {
            other: sum(value * mine[gram] for gram, value in self._vectors[other].items() if gram in mine)
            for other in others
        }
