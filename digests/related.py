"""The index of similar articles: TF-IDF over stems finds candidates, more signs re-rank them; in memory."""

import math
import sys
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import nsmallest

from digests.articles import ArticleId
from digests.letters import Grams, Letters, trigrams
from digests.likeness import Signs, Weights, shipped
from digests.naming import named_stems
from digests.words import topical_stems

LIST_LENGTH = 5
THRESHOLD = 0.1  # below it two news items share words rather than a topic (read pair by pair, 12 to 600 articles)
DUPLICATE = 0.8  # reprints of one text; two outlets' own texts on one story are mostly below 0.7
CAPACITY = 100_000  # articles

_STEMS_AN_ARTICLE = 400  # the heaviest; a news item has about 150, only very long texts lose any
_COMMON_SHARE, _LARGE = 0.2, 200  # stems in more than this share of a large index tell nothing and cost most
_POSTINGS_READ = 10_000  # the bound on the work of a query; half of it found the same five in 3,370 articles
_CANDIDATES = 48
_DECIMALS = 4  # sums of floats differ in the last bits by the order of their terms; equal texts must tie


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """An indexed article: its stems, the square roots of their weighted counts, and of its title stems and letters."""

    id: ArticleId
    published_at: datetime
    stems: tuple[str, ...]
    weights: "array[float]"
    title: tuple[str, ...]
    letters: Grams


@dataclass(frozen=True, slots=True)
class _Query:
    """An article that others are compared with: normalised weights of its stems, and of those of its title alone."""

    entry: _Entry
    vector: dict[str, float]
    title: dict[str, float]


class _Rarity(dict[str, float]):
    """Inverse document frequency of stems, computed when asked for; to be cleared when the articles change."""

    def __init__(self, index: "RelatedIndex") -> None:
        super().__init__()
        self._index = index

    def __missing__(self, stem: str) -> float:
        value = self[stem] = self._index.rarity(stem)
        return value


class RelatedIndex:
    """Articles by their stems; answers which are similar to a given one.

    The weight of a stem is sqrt(occurrences, more for titles and names) * ln(1 + N/df), vectors are normalised to
    length 1 (the square root did better than 1 + ln, on news and on handbook articles). The nearest by cosine are
    candidates, ranked by `Weights.likeness`. Answers depend on the articles held, not on the order in which they came.
    Memory: 16 bytes a distinct stem of an article and 0.4 KB a distinct stem of the index, measured as 5 KB an
    article of news; beyond `capacity` the oldest are dropped, one per cent at a time. Not to be used by two threads at
    once.
    """

    def __init__(self, capacity: int = CAPACITY, weights: Weights | None = None) -> None:
        self._capacity = capacity
        self._weights = weights or shipped()
        self._letters = Letters()
        self._slots: dict[ArticleId, int] = {}
        self._entries: list[_Entry | None] = []
        self._free: list[int] = []
        # Slots and weights; the latter over the length of the entry's weights, which stands in for the true length
        # (that changes with every article added) when candidates are looked for.
        self._postings: dict[str, tuple[array[int], array[float]]] = {}
        self._rarity = _Rarity(self)

    def __len__(self) -> int:
        return len(self._slots)

    def __contains__(self, article: object) -> bool:
        return article in self._slots

    def add(self, article: ArticleId, title: str, text: str, published_at: datetime) -> None:
        """Add a published article, or replace what was added under its id. `text` begins with the lead."""
        self.remove(article)
        entry = self._made(article, title, text, published_at)
        self._letters.add(entry.letters)
        slot, length = self._place(entry), math.hypot(*entry.weights)
        for stem, weight in zip(entry.stems, entry.weights, strict=True):
            slots, weights = self._postings.setdefault(stem, (array("I"), array("f")))
            slots.append(slot)
            weights.append(weight / length)
        self._rarity.clear()
        if len(self) > self._capacity:
            self._drop_oldest()

    def remove(self, article: ArticleId) -> None:
        """Forget an article; one that is not held changes nothing."""
        entry = self._entry(article)
        if entry is None:
            return
        self._letters.remove(entry.letters)
        slot = self._slots.pop(article)
        for stem in entry.stems:
            slots, weights = self._postings[stem]
            position, last_slot, last_weight = slots.index(slot), slots.pop(), weights.pop()
            if position < len(slots):
                slots[position], weights[position] = last_slot, last_weight
            if not slots:
                del self._postings[stem]
        self._entries[slot] = None
        self._free.append(slot)
        self._rarity.clear()

    def similar(self, article: ArticleId, limit: int = LIST_LENGTH) -> list[tuple[ArticleId, float]]:
        """Return up to `limit` similar articles with their likeness, best first, newer first among equals.

        Nothing with a cosine below THRESHOLD is called similar; of texts that repeat one another only the best is
        listed. Empty for an article that is not held.
        """
        listed: list[tuple[ArticleId, float]] = []
        vectors: list[dict[str, float]] = []
        for entry, score in self._ranked(article, THRESHOLD):
            if len(listed) == limit:
                break
            if all(self._cosine(vector, entry) < DUPLICATE for vector in vectors):
                listed.append((entry.id, score))
                vectors.append(self._vector(entry))
        return listed

    def nearest(self, article: ArticleId, limit: int) -> list[tuple[ArticleId, float]]:
        """Return up to `limit` (at most 48) articles, without threshold or collapsing: for measurement."""
        return [(entry.id, score) for entry, score in self._ranked(article)[:limit]]

    def likeness(self, one: ArticleId, other: ArticleId) -> float:
        """Return how alike two held articles are, as `similar` scores them; 0 if either is not held."""
        first, second = self._entry(one), self._entry(other)
        if first is None or second is None:
            return 0.0
        return self._weights.likeness(self._compared(self._query(first), [second])[0])

    def candidates(self, article: ArticleId) -> list[tuple[ArticleId, Signs]]:
        """Return the articles that are ranked and what speaks for each: what weights are fitted on."""
        entry = self._entry(article)
        if entry is None:
            return []
        query = self._query(entry)
        others = self._candidates(entry, query.vector)
        return [(other.id, signs) for other, signs in zip(others, self._compared(query, others), strict=True)]

    def neighbours(self, article: ArticleId) -> list[ArticleId]:
        """Return the articles whose own list of five has this one, nearest first.

        After `add` these are the older ones to be refreshed; before `remove` or a replacement, those that will lose it.
        Looks at the 48 nearest, so it takes as long as that many calls of `similar` at most.
        """
        near = [entry.id for entry, _ in self._ranked(article, THRESHOLD)]
        return [other for other in near if any(found == article for found, _ in self.similar(other))]

    def rarity(self, stem: str) -> float:
        """Return the inverse document frequency; 0 for a stem that too many articles have."""
        total, holding = len(self._slots), len(self._postings[stem][0])
        return 0.0 if total >= _LARGE and holding > _COMMON_SHARE * total else math.log(1 + total / holding)

    def _entry(self, article: ArticleId) -> _Entry | None:
        slot = self._slots.get(article)
        return None if slot is None else self._entries[slot]

    def _place(self, entry: _Entry) -> int:
        if self._free:
            slot = self._free.pop()
            self._entries[slot] = entry
        else:
            slot = len(self._entries)
            self._entries.append(entry)
        self._slots[entry.id] = slot
        return slot

    def _drop_oldest(self) -> None:
        held = [entry for entry in self._entries if entry is not None]
        for entry in nsmallest(self._capacity // 100 + 1, held, key=lambda entry: (entry.published_at, entry.id)):
            self.remove(entry.id)

    def _made(self, article: ArticleId, title: str, text: str, published_at: datetime) -> _Entry:
        head = topical_stems(title)
        counts = Counter(topical_stems(text))
        for stem, count in Counter(head).items():
            counts[stem] += count
        values = {stem: float(count) for stem, count in counts.items()}
        names = set(named_stems(f"{title}. {text}"))
        for more, stems in ((self._weights.title, head), (self._weights.named, names)):
            for stem in stems:
                if stem in values:
                    values[stem] += more
        heaviest = dict(nsmallest(_STEMS_AN_ARTICLE, values.items(), key=lambda pair: (-pair[1], pair[0])))
        return _Entry(
            id=article,
            published_at=published_at,
            stems=tuple(map(sys.intern, heaviest)),
            weights=array("f", map(math.sqrt, heaviest.values())),
            title=tuple(sys.intern(stem) for stem in dict.fromkeys(head) if stem in heaviest),
            letters=trigrams(title),
        )

    def _ranked(self, article: ArticleId, threshold: float = 0.0) -> list[tuple[_Entry, float]]:
        """Return the candidates with a cosine of `threshold` at least and their likeness, best first."""
        entry = self._entry(article)
        if entry is None:
            return []
        query = self._query(entry)
        others = self._candidates(entry, query.vector)
        scored = [
            (other, round(self._weights.likeness(signs), _DECIMALS))
            for other, signs in zip(others, self._compared(query, others), strict=True)
            if signs.words >= threshold
        ]
        return sorted(scored, key=lambda pair: (pair[1], pair[0].published_at, pair[0].id), reverse=True)

    def _query(self, entry: _Entry) -> _Query:
        rarities = {stem: self._rarity[stem] for stem in entry.title}
        length = math.hypot(*rarities.values()) or 1.0
        return _Query(entry, self._vector(entry), {stem: value / length for stem, value in rarities.items()})

    def _compared(self, query: _Query, others: Sequence[_Entry]) -> list[Signs]:
        letters = self._letters.likeness(query.entry.letters, [other.letters for other in others])
        return [self._signs(query, other, alike) for other, alike in zip(others, letters, strict=True)]

    def _signs(self, query: _Query, other: _Entry, letters: float) -> Signs:
        rarity, vector = self._rarity, query.vector
        values = [weight * rarity[stem] for stem, weight in zip(other.stems, other.weights, strict=True)]
        shared = {stem: value for stem, value in zip(other.stems, values, strict=True) if stem in vector}
        if not shared:
            return Signs(0.0, 0.0, letters)
        length = math.hypot(*values)
        words = math.fsum(vector[stem] * value for stem, value in shared.items()) / length
        to_text = math.fsum(value * shared[stem] for stem, value in query.title.items() if stem in shared) / length
        head = [(stem, rarity[stem]) for stem in other.title]
        from_text = math.fsum(vector[stem] * value for stem, value in head if stem in vector)
        from_text /= math.hypot(*(value for _, value in head)) or 1.0
        return Signs(min(1.0, round(words, _DECIMALS)), min(1.0, (to_text + from_text) / 2), letters)

    def _candidates(self, entry: _Entry, vector: dict[str, float]) -> list[_Entry]:
        """Return the entries that share most with the heaviest stems of the query, by a rough cosine."""
        sums: dict[int, float] = {}
        read, get = 0, sums.get
        for stem in sorted(vector, key=lambda stem: (-vector[stem], stem)):
            slots, weights = self._postings[stem]
            read += len(slots)
            if read > _POSTINGS_READ and sums:
                break
            share = vector[stem] * self._rarity[stem]
            for slot, weight in zip(slots, weights, strict=True):
                sums[slot] = get(slot, 0.0) + share * weight
        least = min(sorted(sums.values())[-_CANDIDATES - 1 :], default=0.0)  # cheaper than to compare all the entries
        near = [(score, slot) for slot, score in sums.items() if score >= least]
        held = [(score, other) for score, slot in near if (other := self._entries[slot]) and other.id != entry.id]
        held.sort(key=lambda pair: (pair[0], pair[1].id), reverse=True)
        return [other for _, other in held[:_CANDIDATES]]

    def _vector(self, entry: _Entry) -> dict[str, float]:
        """Return the entry's weights normalised to length 1, common stems left out."""
        rarity = self._rarity
        values = [weight * rarity[stem] for stem, weight in zip(entry.stems, entry.weights, strict=True)]
        length = math.hypot(*values)
        return {stem: value / length for stem, value in zip(entry.stems, values, strict=True) if value}

    def _cosine(self, vector: dict[str, float], entry: _Entry) -> float:
        rarity = self._rarity
        values = [weight * rarity[stem] for stem, weight in zip(entry.stems, entry.weights, strict=True)]
        products = [vector[stem] * value for stem, value in zip(entry.stems, values, strict=True) if stem in vector]
        return round(math.fsum(products) / math.hypot(*values), _DECIMALS) if products else 0.0
