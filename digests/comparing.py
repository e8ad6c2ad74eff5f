"""Comparing an article with many at once: the signs that speak for two of them being related."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digests.likeness import Signs
from digests.postings import Postings
from digests.terms import LETTER_BITS, Floats, Keys, Terms

DECIMALS = 4  # sums of floats differ in the last bits by the order of their terms; equal texts must tie


class TitleLetters:
    """How many of the articles held have which trigrams in their titles, and so how much a common one tells."""

    def __init__(self) -> None:
        self._total = 0
        self._holding = np.zeros(1 << LETTER_BITS, np.uint32)

    def count(self, terms: Terms, change: int) -> None:
        """Count an article (1), or count it no more (-1)."""
        self._total += change
        self._holding[terms.letters] += np.uint32(change % (1 << 32))

    def rarity(self, keys: Keys) -> Floats:
        """Return ln(1 + N/df)."""
        return np.log1p(self._total / np.maximum(self._holding[keys], 1))


@dataclass(frozen=True, slots=True)
class Query:
    """An article that others are compared with: keys in ascending order and what each is worth, of length 1."""

    keys: Keys
    words: Floats
    title: Floats  # by the same keys, 0 for one that is not in the title
    letter_keys: Keys
    letters: Floats


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of the terms of many articles, laid end to end, with what each key is worth, of length 1 an article."""

    keys: Keys
    owners: NDArray[np.int64]
    values: Floats
    ends: NDArray[np.int64]

    @classmethod
    def of(cls, keys: Keys, values: Floats, lengths: Sequence[int]) -> "_Part":
        owners = np.repeat(np.arange(len(lengths)), lengths)
        norms = np.sqrt(np.bincount(owners, values * values, minlength=len(lengths)))
        norms[norms == 0] = 1.0
        return cls(keys, owners, values / norms[owners], np.cumsum(lengths))

    def slice(self, number: int) -> slice:
        return slice(self.ends[number - 1] if number else 0, self.ends[number])

    def products(self, keys: Keys, values: Floats) -> Floats:
        """Return the product of each article's vector with another, whose keys are in ascending order."""
        if not len(keys):
            return np.zeros(len(self.ends))
        at = np.minimum(np.searchsorted(keys, self.keys), len(keys) - 1)
        shared = np.where(keys[at] == self.keys, values[at], 0.0) * self.values
        return np.bincount(self.owners, shared, minlength=len(self.ends)).astype(np.float64, copy=False)


class Batch:
    """Articles laid side by side, to be compared with others all at once."""

    def __init__(self, stems: _Part, titles: _Part, letters: _Part) -> None:
        self._stems = stems
        self._titles = titles
        self._letters = letters

    @classmethod
    def of(cls, held: Sequence[Terms], postings: Postings, letters: TitleLetters) -> "Batch":
        """Return articles as they compare now."""
        title = np.concatenate([one.title for one in held])
        grams = np.concatenate([one.letters for one in held])
        keys = np.concatenate([one.keys for one in held])
        weights = np.concatenate([one.weights for one in held]) * postings.rarity(keys)
        return cls(
            _Part.of(keys, weights, [len(one.stems) for one in held]),
            _Part.of(title, postings.rarity(title), [len(one.title) for one in held]),
            _Part.of(grams, letters.rarity(grams), [len(one.letters) for one in held]),
        )

    def query(self, number: int = 0) -> Query:
        """Return one of the articles as others are compared with it."""
        stems, title, grams = self._stems, self._titles.slice(number), self._letters.slice(number)
        keys, words = stems.keys[stems.slice(number)], stems.values[stems.slice(number)]
        of_title = np.zeros(len(keys))
        of_title[np.searchsorted(keys, self._titles.keys[title])] = self._titles.values[title]
        return Query(keys, words, of_title, self._letters.keys[grams], self._letters.values[grams])

    def words(self, query: Query) -> Floats:
        """Return the cosine of each article's text with the query's."""
        return np.minimum(1.0, self._stems.products(query.keys, query.words).round(DECIMALS))

    def signs(self, query: Query) -> list[Signs]:
        """Return what speaks for each article being related to the query."""
        to_text = self._stems.products(query.keys, query.title)
        from_text = self._titles.products(query.keys, query.words)
        letters = self._letters.products(query.letter_keys, query.letters)
        titles = np.minimum(1.0, (to_text + from_text) / 2)
        rows = zip(self.words(query).tolist(), titles.tolist(), np.minimum(1.0, letters).tolist(), strict=True)
        return [Signs(*row) for row in rows]
