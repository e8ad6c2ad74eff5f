"""How likely two articles tell one story, by themselves alone: no other article changes the answer."""

import json
import math
from collections import Counter
from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from digests.letters import trigrams
from digests.naming import named_stems
from digests.words import tokens, topical_stems

SHIPPED = Path(__file__).with_name("same_story.json")

_SERIES = 0.5  # likeness of titles from which one pattern is suspected: a forecast for each town, a course for each day
_TEXT_READ = 6_000  # characters; what a story is about is said before, and a long article is no other story
_UNNAMED = 0.7  # of names or numbers found in the other text, for a title that has none


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What of an article is compared. The vector has the square roots of counted stems, normalised to length 1."""

    vector: dict[str, float]
    title: frozenset[str]
    letters: frozenset[str]
    names: frozenset[str]
    title_names: frozenset[str]
    numbers: frozenset[str]
    title_numbers: frozenset[str]


class Signs(NamedTuple):
    """What speaks for two articles telling one story, each from 0 to 1 and the same both ways."""

    words: float  # cosine of the texts; names and the title's words count once more
    titles: float  # cosine of the stems of the titles
    letters: float  # cosine of the trigrams of the titles
    told: float  # stems of the title that the other text has; the lesser of both
    names: float  # cosine of the names
    title_names: float  # names of the title that the other text has; the lesser of both
    numbers: float  # cosine of the numbers
    title_numbers: float  # numbers of the title that the other text has; the lesser of both


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A logistic model of the signs, and how likely it must find two articles; `benchmarks.text.stories` fits it."""

    weights: tuple[float, ...]  # of the signs, and last what speaks without any
    nearest: float  # for an article and the story's nearest one
    core: float  # for an article and the story's first one, so that a story does not drift into another

    def chance(self, one: Profile, other: Profile) -> float:
        """Return the probability that two articles tell one story; 0 for two pieces of a series."""
        found = signs(one, other)
        return 0.0 if found.titles >= _SERIES and _tells(one, other) and _tells(other, one) else self.of(found)

    def of(self, found: Signs) -> float:
        """Return the probability that goes with the signs, rounded so that equal texts tie."""
        return round(1 / (1 + math.exp(-sum(map(float.__mul__, self.weights, found)) - self.weights[-1])), 4)


def shipped() -> Rule:
    """Return the rule that comes with the program."""
    read = json.loads(SHIPPED.read_text(encoding="utf-8"))
    weights = tuple(float(read["weights"][name]) for name in (*Signs._fields, "bias"))
    return Rule(weights=weights, nearest=read["nearest"], core=read["core"])


def profile(title: str, text: str) -> Profile:
    """Return what of an article is compared."""
    whole = f"{title}\n{text[:_TEXT_READ]}"
    head, names = topical_stems(title), frozenset(named_stems(whole))
    counts = Counter(topical_stems(whole))
    values = {stem: math.sqrt(count + (stem in names) + (stem in head)) for stem, count in counts.items()}
    length = math.hypot(*values.values())
    words, title_words = tokens(whole), tokens(title)
    return Profile(
        vector={stem: value / length for stem, value in values.items()},
        title=frozenset(head),
        letters=frozenset(trigrams(title)),
        names=names,
        title_names=frozenset(named_stems(title)),
        numbers=frozenset(filter(str.isdigit, words)),
        title_numbers=frozenset(filter(str.isdigit, title_words)),
    )


def signs(one: Profile, other: Profile) -> Signs:
    """Return what speaks for two articles telling one story; the order does not matter."""
    small, large = sorted((one.vector, other.vector), key=len)
    return Signs(
        words=min(1.0, math.fsum(value * large[stem] for stem, value in small.items() if stem in large)),
        titles=_cosine(one.title, other.title),
        letters=_cosine(one.letters, other.letters),
        told=min(_held(one.title, other.vector.keys()), _held(other.title, one.vector.keys())),
        names=_cosine(one.names, other.names),
        title_names=min(
            _held(one.title_names, other.vector.keys(), _UNNAMED), _held(other.title_names, one.vector.keys(), _UNNAMED)
        ),
        numbers=_cosine(one.numbers, other.numbers),
        title_numbers=min(
            _held(one.title_numbers, other.numbers, _UNNAMED), _held(other.title_numbers, one.numbers, _UNNAMED)
        ),
    )


def _tells(one: Profile, other: Profile) -> bool:
    """Return whether a name or a number in the title of the one is nowhere in the other."""
    stems = {stem for stem in one.title - other.vector.keys() if stem in one.names}
    return bool(stems or one.title_numbers - other.numbers)


def _cosine(one: Set[str], other: Set[str]) -> float:
    return len(one & other) / math.sqrt(len(one) * len(other)) if one and other else 0.0


def _held(wanted: Set[str], held: Set[str], none: float = 0.5) -> float:
    return len(wanted & held) / len(wanted) if wanted else none
