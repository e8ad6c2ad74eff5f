"""Comparing an article with many at once: the signs that speak for two of them being related."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digests.likeness import Signs, Weights
from digests.postings import Postings
from digests.terms import LETTER_BITS, Floats, Keys, Terms

Numbers = NDArray[np.int64]

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


class _Part:
    """One part of the terms of many articles, laid end to end, with what each key is worth, of length 1 an article.

    Keys are numbered anew, from 0, so that a vector can be spread over an array that has a place for each.
    """

    def __init__(self, keys: Numbers, values: Floats, lengths: Sequence[int]) -> None:
        self._keys = keys
        self._owners = np.repeat(np.arange(len(lengths)), lengths)
        norms = np.sqrt(np.bincount(self._owners, values * values, minlength=len(lengths)))
        norms[norms == 0] = 1.0
        self._values = values / norms[self._owners]
        self._starts = np.concatenate(([0], np.cumsum(lengths)))

    def spread(self, number: int, size: int) -> Floats:
        """Return the vector of an article with a place for each of `size` keys."""
        vector = np.zeros(size)
        part = slice(self._starts[number], self._starts[number + 1])
        vector[self._keys[part]] = self._values[part]
        return vector

    def products(self, vector: Floats) -> Floats:
        """Return the product of the vector of each article with another, spread one."""
        products = np.bincount(self._owners, vector[self._keys] * self._values, minlength=len(self._starts) - 1)
        return products.astype(np.float64, copy=False)


class Batch:
    """Articles laid side by side, each to be compared with all."""

    def __init__(self, held: Sequence[Terms], postings: Postings, letters: TitleLetters) -> None:
        keys = np.concatenate([one.keys for one in held] + [one.title for one in held])
        distinct, numbers = np.unique(keys, return_inverse=True)
        rarity = postings.rarity(distinct)[numbers]
        self._count, self._size = len(held), len(distinct)
        lengths = [len(one.stems) for one in held]
        weights, texts = np.concatenate([one.weights for one in held]), sum(lengths)
        self._texts = _Part(numbers[:texts], weights * rarity[:texts], lengths)
        self._titles = _Part(numbers[texts:], rarity[texts:], [len(one.title) for one in held])
        grams, numbers = np.unique(np.concatenate([one.letters for one in held]), return_inverse=True)
        self._grams = len(grams)
        self._letters = _Part(numbers, letters.rarity(grams)[numbers], [len(one.letters) for one in held])

    def words(self, number: int) -> Floats:
        """Return the cosine of the text of each article with that of one of them."""
        return _cosines(self._texts.products(self._texts.spread(number, self._size)))

    def signs(self, number: int) -> list[Signs]:
        """Return what speaks for each article being related to one of them."""
        return [Signs(*row) for row in zip(*(column.tolist() for column in self._columns(number)), strict=True)]

    def likeness(self, number: int, weights: Weights) -> tuple[Floats, Floats]:
        """Return how like one of them each article is, all at once as `Weights.likeness` has it, and the cosines."""
        words, titles, letters = self._columns(number)
        unlike = (1 - words) * np.power(1 - titles, weights.titles) * np.power(1 - words * letters, weights.letters)
        return (1 - unlike).round(DECIMALS), words

    def pairs(self, weights: Weights) -> tuple[Floats, Floats]:
        """Return what `likeness` does, of all with all: a row an article.

        Row by row, for the threads of a product of matrices would keep all cores spinning.
        """
        rows = [self.likeness(number, weights) for number in range(self._count)]
        return np.array([scores for scores, _ in rows]), np.array([words for _, words in rows])

    def _columns(self, number: int) -> tuple[Floats, Floats, Floats]:
        text, title = self._texts.spread(number, self._size), self._titles.spread(number, self._size)
        titles = (self._texts.products(title) + self._titles.products(text)) / 2
        letters = self._letters.products(self._letters.spread(number, self._grams))
        return _cosines(self._texts.products(text)), np.minimum(1.0, titles), np.minimum(1.0, letters)


def _cosines(products: Floats) -> Floats:
    return np.minimum(1.0, products.round(DECIMALS))
