"""What the index is asked for: words, most of which must be there, phrases, and what must not be there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from math import comb

from digests.rubrics import RubricId

MOST_WORDS = 8
_MOST_CHOICES = 60  # ways to leave words out that one question to the index may spell


@dataclass(frozen=True, slots=True)
class Part:
    """A word or a phrase: any of its spellings will do, the first one best. A spelling is stems side by side."""

    spellings: tuple[tuple[str, ...], ...]

    @classmethod
    def word(cls, stems: Iterable[str]) -> "Part":
        """Return a word that may have any of the stems."""
        return cls(tuple((stem,) for stem in stems))

    @property
    def is_phrase(self) -> bool:
        """Whether its stems must stand side by side."""
        return len(self.spellings[0]) > 1

    @property
    def stems(self) -> tuple[str, ...]:
        """All stems of all spellings."""
        return tuple(dict.fromkeys(stem for spelling in self.spellings for stem in spelling))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Articles with at least `least` of the words, all of the phrases and nothing of what is unwanted.

    `since` and `until` bound the publication, the latter exclusively. With `newest` only so many of all articles, the
    newest ones, are looked at.
    """

    words: tuple[Part, ...] = ()
    phrases: tuple[Part, ...] = ()
    unwanted: tuple[Part, ...] = ()
    least: int = 0
    rubric: RubricId | None = None
    since: datetime | None = None
    until: datetime | None = None
    newest: int | None = None

    @property
    def is_anything(self) -> bool:
        """Whether no word is asked for, only a rubric or a time."""
        return not self.words and not self.phrases

    def choices(self) -> list[tuple[Part, ...]]:
        """Return the sets of words of which one must be there whole."""
        return list(combinations(self.words, self.least))


def levels(words: int) -> list[int]:
    """Return how many of so many words to ask for, the strictest first; too many choices are passed over."""
    return [least for least in range(words, 0, -1) if comb(words, least) <= _MOST_CHOICES]
