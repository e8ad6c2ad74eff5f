"""The postings of the index of similar articles: who holds a stem, and who shares most with the heaviest of a query."""

import math
from array import array
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from digests.memory import give_back
from digests.runs import BLOCK, Places, Run
from digests.terms import KEY_BITS, Floats, Keys, Terms

_YOUNG, _YOUNG_ASKED = 4_096, 256  # articles that are gathered before they make a run; the latter once a query comes
_LARGE_RUN = 8_192  # places
_COMMON_SHARE, _LARGE = 0.2, 200  # stems in more than this share of a large index tell nothing and cost most
_READ_LEAST, _READ_SHARE = 20_000, 0.25  # postings that a query reads: at least so many, and so many an article


class Postings:
    """Articles at places counted from 0, found by their stems. A place is never used again.

    What is found depends on the articles held alone: not on the order in which they came, nor on what was forgotten.
    """

    def __init__(self) -> None:
        self.total = 0  # articles held
        self._holding = np.zeros(1 << KEY_BITS, np.uint32)  # articles that hold a key; the system lends it page by page
        self._scale = array("f")  # by place: 1 / the length of the article's weights, 0 when it was forgotten
        self._runs: list[Run] = []
        self._young: list[Keys] = []  # the stems of the last places, which are in no run yet
        self._young_run: Run | None = None

    @property
    def places(self) -> int:
        """How many places were ever given."""
        return len(self._scale)

    def add(self, terms: Terms) -> int:
        """Take an article in and return its place."""
        place = len(self._scale)
        self._scale.append(1.0 / (math.sqrt(np.sum(terms.weights**2)) or 1.0))
        self.total += 1
        self._holding[terms.keys] += 1
        self._young.append(terms.stems)
        self._young_run = None
        if len(self._young) == _YOUNG or (place + 1) % BLOCK == 0:
            self._settle()
        return place

    def forget(self, place: int, terms: Terms) -> None:
        """Let go of the article at a place."""
        self.total -= 1
        self._holding[terms.keys] -= 1
        self._scale[place] = 0.0

    def rarity(self, keys: Keys) -> Floats:
        """Return ln(1 + N/df) of held keys; 0 for one that too many articles of a large index hold."""
        holding = np.maximum(self._holding[keys], 1).astype(np.float64)
        rarity = np.log1p(self.total / holding)
        if self.total >= _LARGE:
            rarity[holding > _COMMON_SHARE * self.total] = 0.0
        return rarity

    def nearest(self, terms: Terms, count: int) -> tuple[Places, NDArray[np.float32]]:
        """Return the `count` places that are roughly nearest, and all that tie with the last, with their scores.

        The heaviest stems are read as far as the bound on postings goes, and the lengths of the articles leave rarity
        out, which changes with every article that comes.
        """
        used, shares = self._used(terms)
        found, scores = np.empty(0, np.int64), np.empty(0, np.float32)
        least = np.finfo(np.float32).tiny
        scales = np.frombuffer(self._scale, np.float32)
        for run in self._all_runs():
            sums = run.sums(used, shares).astype(np.float32)
            sums *= scales[run.base : run.base + run.size]
            near = np.flatnonzero(sums >= least)
            found, scores = np.append(found, near + run.base), np.append(scores, sums[near])
            if len(scores) > count:
                least = np.partition(scores, -count)[-count]
                best = scores >= least
                found, scores = found[best], scores[best]
        return found, scores

    def _used(self, terms: Terms) -> tuple[Keys, Floats]:
        """Return the keys that are looked up, heaviest first, and what a unit of each is worth."""
        keys, rarity = terms.keys, self.rarity(terms.keys)
        weights = terms.weights * rarity
        order = np.lexsort((keys, -weights))
        read = np.cumsum(self._holding[keys[order]], dtype=np.int64)
        bound = max(_READ_LEAST, int(_READ_SHARE * self.total))
        used = order[: max(1, int(np.searchsorted(read, bound, side="right")))]
        used = used[weights[used] > 0]
        return keys[used], weights[used] * rarity[used]

    def _all_runs(self) -> Iterator[Run]:
        if len(self._young) >= _YOUNG_ASKED:
            self._settle()
        yield from self._runs
        if self._young:
            self._young_run = self._young_run or Run.of(self.places - len(self._young), self._young)
            yield self._young_run

    def _settle(self) -> None:
        """Make a run of the young, together with those before it that are no larger than all that follow them."""
        runs, self._young, self._young_run = [Run.of(self.places - len(self._young), self._young)], [], None
        size = runs[0].size
        while (
            self._runs
            and self._runs[-1].size <= size
            and self._runs[-1].base % BLOCK + self._runs[-1].size + size <= BLOCK
        ):
            runs.insert(0, self._runs.pop())
            size += runs[0].size
        if len(runs) > 1:
            scales = np.frombuffer(self._scale, np.float32)
            runs = [Run.merged(runs, scales[runs[0].base : runs[0].base + size] > 0)]
        self._runs += runs
        if size >= _LARGE_RUN:
            give_back()
