"""The index of similar articles: TF-IDF over stems finds candidates, more signs re-rank them."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import nsmallest

import numpy as np

from digests import terms
from digests.articles import ArticleId
from digests.comparing import DECIMALS, Batch, TitleLetters
from digests.likeness import Signs, Weights, shipped
from digests.postings import Postings
from digests.records import Records
from digests.terms import Floats, Terms

LIST_LENGTH = 5
THRESHOLD = 0.1  # below it two news items share words rather than a topic (read pair by pair, 12 to 600 articles)
DUPLICATE = 0.8  # reprints of one text; two outlets' own texts on one story are mostly below 0.7
CAPACITY = 1_000_000  # articles

_CANDIDATES = 48
_FADING, _HALF_FADED_S = 0.1, 30 * 24 * 3600  # how much of its likeness age takes at most; when, half of that
_DEAD = 4_096  # forgotten articles that are left where they were, if they are fewer than those held

Found = list[tuple[ArticleId, float]]


@dataclass(frozen=True, slots=True)
class _Near:
    """An article and its candidates: their places, its own first (-1: none), and what they are compared by."""

    places: Sequence[int]
    batch: Batch


class RelatedIndex:
    """Articles by their stems; answers which are similar to a given one.

    The weight of a stem is sqrt(occurrences, more for titles and names) * ln(1 + N/df), vectors are normalised to
    length 1 (the square root did better than 1 + ln, on news and on handbook articles). The nearest by cosine are
    candidates, ranked by `Weights.likeness`. Answers depend on the articles held, not on the order in which they came.
    Memory: 3 bytes a distinct stem of an article and some 250 bytes an article, measured in benchmarks/text/speed.py;
    beyond `capacity` the oldest are dropped, one per cent at a time. Not to be used by two threads at once.
    """

    def __init__(self, capacity: int = CAPACITY, weights: Weights | None = None) -> None:
        self._capacity = capacity
        self._weights = weights or shipped()
        self._empty()

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, article: object) -> bool:
        return article in self._places

    def made(self, title: str, text: str) -> bytes:
        """Return what the index keeps of an article, for `put`; `text` begins with the lead."""
        return terms.packed(terms.made(title, text, self._weights), self._weights)

    def is_sound(self, record: bytes) -> bool:
        """Return whether a record is whole and made as this index makes them."""
        return terms.is_sound(record, self._weights)

    def add(self, article: ArticleId, title: str, text: str, published_at: datetime) -> None:
        """Add a published article, or replace what was added under its id. `text` begins with the lead."""
        self.put(article, self.made(title, text), published_at)

    def put(self, article: ArticleId, record: bytes, published_at: datetime) -> None:
        """Add an article, or replace it, by its record; it must be sound."""
        self.remove(article)
        self._put(article, record, int(published_at.timestamp()))
        if len(self) > self._capacity:
            self._drop_oldest()

    def remove(self, article: ArticleId) -> None:
        """Forget an article; one that is not held changes nothing."""
        place = self._places.pop(article, None)
        if place is None:
            return
        held = self._terms(place)
        self._letters.count(held, -1)
        self._postings.forget(place, held)
        if self._postings.places - len(self) > max(_DEAD, len(self)):
            self._rebuild()

    def similar(self, article: ArticleId, limit: int = LIST_LENGTH) -> Found:
        """Return up to `limit` similar articles with their likeness, best first, newer first among near equals.

        Nothing with a cosine below THRESHOLD is called similar; of texts that repeat one another only the best is
        listed. Empty for an article that is not held.
        """
        near = self._near(article)
        return self._listed(near, limit) if near else []

    def similar_to(self, title: str, text: str, limit: int = LIST_LENGTH) -> Found:
        """Return what would be similar to an article that is not held."""
        near = self._near_to(terms.made(title, text, self._weights))
        return self._listed(near, limit) if near else []

    def neighbours(self, article: ArticleId) -> list[ArticleId]:
        """Return the articles whose own list of five has this one, nearest first.

        After `add` these are the older ones to be refreshed; before `remove` or a replacement, those that will lose it.
        """
        return list(self.lists_with(article))

    def lists_with(self, article: ArticleId) -> dict[ArticleId, Found]:
        """Return the lists that have the article, by whose they are, nearest first.

        The 48 nearest are looked at. Where five of those alone would keep the article out of a list, that is not made.
        """
        near = self._near(article)
        if near is None:
            return {}
        lists: dict[ArticleId, Found] = {}
        scores, words = near.batch.pairs(self._weights)
        seconds = np.array([self._seconds[place] for place in near.places])
        faded = scores * _freshness(seconds.max() - seconds)
        for number, _ in self._ranked(near, THRESHOLD):
            if _is_listed(number, faded, words):
                other = self._id(near, number)
                listed = self.similar(other)
                if any(found == article for found, _ in listed):
                    lists[other] = listed
        return lists

    def nearest(self, article: ArticleId, limit: int) -> Found:
        """Return up to `limit` (at most 48) articles, without threshold or collapsing: for measurement."""
        near = self._near(article)
        return [(self._id(near, number), score) for number, score in self._ranked(near)[:limit]] if near else []

    def candidates(self, article: ArticleId) -> list[tuple[ArticleId, Signs]]:
        """Return the articles that are ranked and what speaks for each: what weights are fitted on."""
        near = self._near(article)
        return [(self._id(near, at), sign) for at, sign in enumerate(near.batch.signs(0)) if at] if near else []

    def likeness(self, one: ArticleId, other: ArticleId) -> float:
        """Return how alike two held articles are, as `similar` scores them; 0 if either is not held."""
        if one not in self._places or other not in self._places:
            return 0.0
        held = [self._terms(self._places[article]) for article in (one, other)]
        both = Batch(held, self._postings, self._letters)
        return self._weights.likeness(both.signs(0)[1])

    def shared(self, one: ArticleId, other: ArticleId) -> list[int]:
        """Return the keys (`terms.key_of`) of the stems that two held articles share, what they share most first."""
        mine, theirs = self._terms(self._places[one]), self._terms(self._places[other])
        keys, here, there = np.intersect1d(mine.keys, theirs.keys, assume_unique=True, return_indices=True)
        worth = (mine.weights[here] * theirs.weights[there] * self._postings.rarity(keys) ** 2).round(DECIMALS)
        return [int(key) for key in keys[np.lexsort((keys, -worth))]]

    def _empty(self) -> None:
        self._postings = Postings()
        self._letters = TitleLetters()
        self._records = Records()
        self._places: dict[ArticleId, int] = {}
        self._ids = array("q")  # these by place
        self._seconds = array("q")
        self._starts = array("q")
        self._lengths = array("I")

    def _put(self, article: ArticleId, record: bytes, seconds: int) -> None:
        held = terms.unpacked(record)
        self._letters.count(held, 1)
        self._places[article] = self._postings.add(held)
        self._ids.append(article)
        self._seconds.append(seconds)
        self._starts.append(self._records.put(record))
        self._lengths.append(len(record))

    def _terms(self, place: int) -> Terms:
        return terms.unpacked(self._records.read(self._starts[place], self._lengths[place]))

    def _id(self, near: _Near, number: int) -> ArticleId:
        return ArticleId(self._ids[near.places[number]])

    def _near(self, article: ArticleId) -> _Near | None:
        """Return the candidates of an article; None if it is not held or shares no stem with any other."""
        place = self._places.get(article)
        return None if place is None else self._near_to(self._terms(place), place)

    def _near_to(self, held: Terms, place: int = -1) -> _Near | None:
        found, scores = self._postings.nearest(held, _CANDIDATES + 1)
        ids = np.array([self._ids[one] for one in found], np.int64)
        order = np.lexsort((-ids, -scores))
        places = [one for one in found[order].tolist() if one != place][:_CANDIDATES]
        if not places:
            return None
        others = [self._terms(one) for one in places]
        return _Near([place, *places], Batch([held, *others], self._postings, self._letters))

    def _ranked(self, near: _Near, threshold: float = 0.0, of: int = 0) -> list[tuple[int, float]]:
        """Return the articles near one of them with a cosine of `threshold` at least, by number, and their likeness.

        Best first; age takes up to a tenth of the likeness off, as far as the order goes.
        """
        scores, words = near.batch.likeness(of, self._weights)
        seconds = np.array([self._seconds[place] if place >= 0 else 0 for place in near.places])
        faded = (scores * _freshness(seconds.max() - seconds)).round(DECIMALS)
        chosen = [number for number in np.flatnonzero(words >= threshold).tolist() if number != of]
        ids = [self._ids[place] for place in near.places]
        chosen.sort(key=lambda number: (faded[number], seconds[number], ids[number]), reverse=True)
        return [(number, float(scores[number])) for number in chosen]

    def _listed(self, near: _Near, limit: int, of: int = 0) -> Found:
        listed: Found = []
        repeated = np.zeros(len(near.places))
        for number, score in self._ranked(near, THRESHOLD, of):
            if len(listed) == limit:
                break
            if repeated[number] < DUPLICATE:
                listed.append((self._id(near, number), score))
                repeated = np.maximum(repeated, near.batch.words(number))
        return listed

    def _drop_oldest(self) -> None:
        ids = nsmallest(
            self._capacity // 100 + 1, self._places, key=lambda one: (self._seconds[self._places[one]], one)
        )
        for article in ids:
            self.remove(article)

    def _rebuild(self) -> None:
        """Lay the articles held out anew, without the room of those that were forgotten."""
        records, starts, lengths, seconds, places = (
            self._records,
            self._starts,
            self._lengths,
            self._seconds,
            self._places,
        )
        self._empty()
        for article, place in places.items():
            self._put(article, records.read(starts[place], lengths[place]), seconds[place])


def _is_listed(by: int, faded: Floats, words: Floats) -> bool:
    """Return whether the first of some articles would be on the list of another of them if there were no others."""
    order = np.argsort(-faded[by], kind="stable")
    before = order[: int(np.flatnonzero(order == 0)[0])]
    ahead = [number for number in before[words[by][before] >= THRESHOLD].tolist() if number != by]
    listed: list[int] = []
    for number in ahead:
        if len(listed) < LIST_LENGTH and all(words[number][one] < DUPLICATE for one in listed):
            listed.append(number)
    return len(listed) < LIST_LENGTH and all(words[0][one] < DUPLICATE for one in listed)


def _freshness(age_s: Floats) -> Floats:
    """Return what age leaves of a likeness, as far as the order goes."""
    return 1 - _FADING * (1 - np.power(0.5, age_s / _HALF_FADED_S))
