"""Why two articles are related: the words that they share, in a form that is pleasant to read."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from digests import reason_words as endings
from digests.naming import named_stems
from digests.terms import key_of
from digests.words import STOP_WORDS, WEAK_STEMS, stemmed, tokens

MOST = 3  # words
SEPARATOR = ", "

_LOOKED_AT = 10  # shared stems, the heaviest
_SHORTEST = 3  # letters, but for abbreviations
_LONGEST = 30
_TEXT_READ = 20_000  # characters; what articles share is said well before
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_BEFORE_NAME = re.compile(r"\b([A-Z\u0410-\u042f\u0401]\w+) (?=[A-Z\u0410-\u042f\u0401]\w*[a-z\u0430-\u044f])")
_WORST = 9


class Word(NamedTuple):
    """A word that may be a reason, in the forms in which an article has it."""

    stem: str
    forms: Counter[str]
    is_name: bool
    titles: int  # that have it

    def joined(self, other: "Word | None") -> "Word":
        """Return the word as two articles have it, or their titles."""
        if other is None:
            return self
        is_name = self.is_name or other.is_name
        return Word(self.stem, self.forms + other.forms, is_name, self.titles + other.titles)

    @property
    def shown(self) -> str:
        """The most dictionary-like of its forms."""
        lowered = Counter[str]()
        for form, count in self.forms.items():
            lowered[form.lower()] += count
        behind = {form: form[len(self.stem) :] for form in lowered}
        best = min(lowered, key=lambda form: (_rank(behind[form], set(behind.values())), -lowered[form], form))
        if (self.is_name or best.isascii()) and not any(form.islower() for form in self.forms):
            as_written = sorted(self.forms, key=lambda form: (form.isupper(), form))
            return next(form for form in as_written if form.lower() == best)
        return best

    @property
    def is_poor(self) -> bool:
        """Whether it seems to be a verb or an adjective."""
        kinds = (endings.VERBAL, endings.ADJECTIVAL, endings.ADVERBIAL)
        return any(form.lower().endswith(tuple(kind)) for form in self.forms for kind in kinds)


Words = Mapping[int, Word]  # by the keys of their stems


def words_of(title: str, text: str = "") -> dict[int, Word]:
    """Return the words of an article that may be a reason; numbers and very short words are none."""
    told = f"{title}. {text[:_TEXT_READ]}"
    names = {*named_stems(told), *stemmed(tokens(" ".join(_BEFORE_NAME.findall(told))))}
    titles = set(stemmed(tokens(title)))
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    stem_of: dict[str, str] = {}
    for word in _WORD.findall(told):
        if word not in stem_of:
            stem_of[word] = _stem(word)
        if stem_of[word]:
            seen[stem_of[word]][word] += 1
    return {key_of(stem): Word(stem, forms, stem in names, stem in titles) for stem, forms in seen.items()}


def reason(shared: Iterable[int], words: Words, other: Words) -> str:
    """Return the words that say why two articles are related, empty if there are none.

    `shared` are the keys that they share, heaviest first; `other` may be the words of the title alone. Words of titles
    come first, verbs and adjectives last; each is in the most dictionary-like of the forms that the two have.
    """
    known = [words[key].joined(other.get(key)) for key in [*shared][:_LOOKED_AT] if key in words]
    found: list[str] = []
    for word in sorted(known, key=lambda word: (word.is_poor, -word.titles)):
        if len(found) < MOST and not any(_alike(word.shown, one) for one in found):
            found.append(word.shown)
    return SEPARATOR.join(found)


def _alike(one: str, other: str) -> bool:
    """Return whether two words are likely forms of one that the stemmer took for two."""
    root = max(4, min(len(one), len(other)) - 3)
    return one[:root].lower() == other[:root].lower()


def _stem(word: str) -> str:
    """Return the stem of a word that may be a reason, else nothing; a hyphenated one is as it is stemmed last."""
    lowered = tokens(word)
    is_short = len(word) < _SHORTEST and not (word.isupper() and len(word) > 1)
    if len(lowered) != 1 or is_short or len(word) > _LONGEST or word[0].isdigit() or lowered[0] in STOP_WORDS:
        return ""
    stem = stemmed(lowered)[0]
    return "" if stem in WEAK_STEMS else stem


def _rank(ending: str, all_of_them: set[str]) -> int:
    """Return how far an ending is from that of a dictionary form, given which endings the word has in the text."""
    is_feminine = bool(all_of_them & endings.FEMININE_SIGNS) and not all_of_them & endings.MASCULINE_SIGNS
    is_neuter = bool(all_of_them & endings.NEUTER_SIGNS)
    if not ending:
        return 2 if is_feminine else 0
    ranks: Sequence[tuple[frozenset[str], int]] = (
        (endings.NEUTER_SIGNS, 1),
        (endings.BARE, 2 if is_neuter else 1),
        (endings.FEMININE, 1 if is_feminine else 3),
        (endings.PLURAL, 4),
        (endings.NEUTER, 5),
    )
    return next((rank for group, rank in ranks if ending in group), _WORST)
