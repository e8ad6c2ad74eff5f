"""Spelling: what else a word may have been meant to be, and which stems are forms of one word."""

import re
from collections import defaultdict

from digests import query_words
from digests.words import STOP_WORDS, stem_each, tokens

_FIRST_LETTER, _SWAP = 4.0, 2.0
SHORTEST = 4  # letters of a word in which a slip is looked for; a shorter one is near too many others


def slips(word: str) -> set[str]:
    """Return everything that one slip of the finger away gives the word: a letter left out, put in, changed, swapped.

    Letters are those of the word's own alphabet (P. Norvig, How to Write a Spelling Corrector).
    """
    alphabet = _alphabet(word)
    if len(word) < SHORTEST or not alphabet:
        return set()
    parts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    without = {head + tail[1:] for head, tail in parts if tail}
    swapped = {head + tail[1] + tail[0] + tail[2:] for head, tail in parts if len(tail) > 1}
    changed = {head + letter + tail[1:] for head, tail in parts if tail for letter in alphabet}
    added = {head + letter + tail for head, tail in parts for letter in alphabet}
    return (without | swapped | changed | added) - {word}


def other_layout(text: str) -> list[str]:
    """Return the words that the same keys give in the other layout; none for a text in both scripts."""
    lowered = text.lower()
    keys = (query_words.LATIN_KEYS, query_words.CYRILLIC_KEYS)
    for here, there in (keys, keys[::-1]):
        table = str.maketrans(here, there)
        if all(sign in here or sign.isspace() for sign in lowered) and any(map(str.isalpha, lowered)):
            return tokens(lowered.translate(table))
    return []


def kindred(word: str, stem: str) -> set[str]:
    """Return stems that may be of other forms of the word: irregular ones, and those that the stemmer parts.

    Only those that really occur are of use; the caller knows.
    """
    found = set(_FORMS.get(stem, ()))
    for of_word, of_stem, replacements in _KINDRED:
        if of_word.search(word):
            found.update(of_stem.sub(replacement, stem) for replacement in replacements)
    return found - {stem}


def ease(word: str, meant: str) -> float:
    """Return how easily fingers make one word of the other, as the logarithm of odds: the first letter is rarely wrong,
    and letters are swapped more often than hit amiss.
    """
    return _FIRST_LETTER * (word[:1] == meant[:1]) + _SWAP * (sorted(word) == sorted(meant))


def likeness(one: str, other: str) -> float:
    """Return how much of their pairs of letters two words share, from 0 to 1 (Dice)."""
    mine, theirs = _pairs(one), _pairs(other)
    return 2 * len(mine & theirs) / (len(mine) + len(theirs))


def is_within(one: str, other: str, most: int) -> bool:
    """Return whether at most so many slips make one word of the other (F. Damerau, optimal string alignment)."""
    if abs(len(one) - len(other)) > most:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, sign in enumerate(one, 1):
        earlier, before, row = before, row, [place]
        for at, letter in enumerate(other, 1):
            cost = min(before[at] + 1, row[at - 1] + 1, before[at - 1] + (sign != letter))
            if place > 1 and at > 1 and sign == other[at - 2] and letter == one[place - 2]:
                cost = min(cost, earlier[at - 2] + 1)
            row.append(cost)
    return row[-1] <= most


def _pairs(word: str) -> set[str]:
    padded = f" {word} "
    return {padded[at : at + 2] for at in range(len(padded) - 1)}


def _alphabet(word: str) -> str:
    return next((letters for letters in query_words.ALPHABETS if all(sign in letters for sign in word)), "")


def _forms() -> dict[str, frozenset[str]]:
    idle = set(stem_each(sorted(STOP_WORDS)))
    found: dict[str, set[str]] = defaultdict(set)
    for group in query_words.FORMS.split(";"):
        stems = set(stem_each(tokens(group))) - idle
        for stem in stems:
            found[stem] |= stems - {stem}
    return {stem: frozenset(others) for stem, others in found.items() if others}


_FORMS = _forms()
_KINDRED = tuple(
    (re.compile(f"(?:{word})$"), re.compile(f"(?:{stem})$"), replacements)
    for word, stem, replacements in query_words.KINDRED
)
