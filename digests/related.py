"""The index of similar articles: TF-IDF cosine over stems, in memory, kept up to date article by article."""

import math
import sys
from array import array
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from heapq import nsmallest

from digests.articles import ArticleId
from digests.words import topical_stems

LIST_LENGTH = 5
THRESHOLD = 0.1  # below it two news items share words rather than a topic (read pair by pair, 12 to 600 articles)
DUPLICATE = 0.8  # reprints of one text; two outlets' own texts on one story are mostly below 0.7
CAPACITY = 100_000  # articles

_TITLE_WEIGHT, _LEAD_WEIGHT, _LEAD_CHARACTERS = 3, 1, 200
_STEMS_AN_ARTICLE = 400  # the heaviest; a news item has about 150, only very long texts lose any
_COMMON_SHARE, _LARGE = 0.2, 200  # stems in more than this share of a large index tell nothing and cost most
_POSTINGS_READ = 10_000  # the bound on the work of a query; half of it found the same five in 3,370 articles
_CANDIDATES = 48
_DECIMALS = 4  # sums of floats differ in the last bits by the order of their terms; equal texts must tie


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """An indexed article: its stems and the square roots of their weighted counts."""

    id: ArticleId
    published_at: datetime
    stems: tuple[str, ...]
    weights: "array[float]"


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

    The weight of a stem is sqrt(3 title + lead + text occurrences) * ln(1 + N/df), vectors are normalised to length 1
    (the square root did better than 1 + ln, on news and on handbook articles). Answers depend on the articles held,
    not on the order in which they came. Memory: 16 bytes a distinct stem of an article and 0.4 KB a distinct stem of
    the index, measured as 4.5 KB an article of news; beyond `capacity` the oldest are dropped, one per cent at a time.
    Not to be used by two threads at once.
    """

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
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
        counts = _counts(title, text)
        entry = _Entry(
            id=article,
            published_at=published_at,
            stems=tuple(map(sys.intern, counts)),
            weights=array("f", map(math.sqrt, counts.values())),
        )
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
        """Return up to `limit` similar articles with their cosines, best first, newer first among equals.

        Nothing below THRESHOLD is called similar; of texts that repeat one another only the best is listed. Empty for
        an article that is not held.
        """
        listed: list[tuple[ArticleId, float]] = []
        vectors: list[dict[str, float]] = []
        for entry, score in self._ranked(article):
            if len(listed) == limit or score < THRESHOLD:
                break
            if all(self._cosine(vector, entry) < DUPLICATE for vector in vectors):
                listed.append((entry.id, score))
                vectors.append(self._vector(entry))
        return listed

    def nearest(self, article: ArticleId, limit: int) -> list[tuple[ArticleId, float]]:
        """Return up to `limit` (at most 48) articles by cosine, without threshold or collapsing: for measurement."""
        return [(entry.id, score) for entry, score in self._ranked(article)[:limit]]

    def likeness(self, one: ArticleId, other: ArticleId) -> float:
        """Return how alike two held articles are, as `similar` scores them; 0 if either is not held."""
        first, second = self._entry(one), self._entry(other)
        return self._cosine(self._vector(first), second) if first and second else 0.0

    def neighbours(self, article: ArticleId) -> list[ArticleId]:
        """Return the articles whose own list of five has this one, nearest first.

        After `add` these are the older ones to be refreshed; before `remove` or a replacement, those that will lose it.
        Looks at the 48 nearest, so it takes as long as that many calls of `similar` at most.
        """
        near = [entry.id for entry, score in self._ranked(article) if score >= THRESHOLD]
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

    def _ranked(self, article: ArticleId) -> list[tuple[_Entry, float]]:
        """Return the candidates with their exact cosines, best first."""
        entry = self._entry(article)
        if entry is None:
            return []
        vector = self._vector(entry)
        scored = [(other, self._cosine(vector, other)) for other in self._candidates(entry, vector)]
        return sorted(scored, key=lambda pair: (pair[1], pair[0].published_at, pair[0].id), reverse=True)

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


def _counts(title: str, text: str) -> dict[str, float]:
    """Return the weighted counts of the heaviest stems."""
    counts: Counter[str] = Counter()
    for weight, part in ((_TITLE_WEIGHT, title), (_LEAD_WEIGHT, text[:_LEAD_CHARACTERS]), (1, text)):
        for stem, count in Counter(topical_stems(part)).items():
            counts[stem] += weight * count
    heaviest = nsmallest(_STEMS_AN_ARTICLE, counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return dict(heaviest)
