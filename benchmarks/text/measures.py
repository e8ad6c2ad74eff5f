"""The measures: what is counted, the mean of it and its standard error. All are in hundredths but F1."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from benchmarks.text.corpora import Gains

DEPTH = 10  # places of a list that nDCG looks at
_WORD = re.compile("[\u0430-\u044f\u0451a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean and its standard error, None of a single item."""

    value: float
    error: float | None

    @classmethod
    def of(cls, values: Sequence[float]) -> "Mean":
        error = stdev(values) / math.sqrt(len(values)) if len(values) > 1 else None
        return cls(fmean(values), error)


@dataclass(frozen=True, slots=True)
class Tally:
    """Of what was found: how much was right, how much wrong; and how much was missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @classmethod
    def of(cls, found: Sequence[str], true: Sequence[str]) -> "Tally":
        right = (Counter(found) & Counter(true)).total()
        return cls(right, len(found) - right, len(true) - right)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    def __sub__(self, other: "Tally") -> "Tally":
        return Tally(self.right - other.right, self.wrong - other.wrong, self.missed - other.missed)

    @property
    def f1(self) -> float:
        """Twice the right over found and true; 0 when there is neither."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def f1_of(tallies: Sequence[Tally]) -> Mean:
    """Return F1 over all documents and its standard error, by leaving one document out at a time (jackknife)."""
    return _left_out(tallies, [Tally()] * len(tallies))[0]


def f1_margin(ours: Sequence[Tally], plain: Sequence[Tally]) -> Mean:
    """Return by how much F1 differs, and the standard error of that, by the same jackknife."""
    return _left_out(ours, plain)[1]


def _left_out(ours: Sequence[Tally], plain: Sequence[Tally]) -> tuple[Mean, Mean]:
    all_ours, all_plain = sum(ours, Tally()), sum(plain, Tally())
    without = [((all_ours - one).f1, (all_plain - other).f1) for one, other in zip(ours, plain, strict=True)]
    own = Mean(all_ours.f1, _jackknife([one for one, _ in without]))
    return own, Mean(all_ours.f1 - all_plain.f1, _jackknife([one - other for one, other in without]))


def _jackknife(values: Sequence[float]) -> float | None:
    if len(values) < 2:
        return None
    count, mean = len(values), fmean(values)
    return math.sqrt((count - 1) / count * sum((value - mean) ** 2 for value in values))


def reciprocal_rank(ranked: Sequence[int], gains: Gains) -> float:
    """Return 100 over the place of the first relevant one; 0 if none is listed."""
    return next((100 / place for place, one in enumerate(ranked, 1) if one in gains), 0.0)


def hit(ranked: Sequence[int], gains: Gains) -> float:
    """Return 100 if the first one is relevant."""
    return 100.0 * (bool(ranked) and ranked[0] in gains)


def ndcg(ranked: Sequence[int], gains: Gains) -> float:
    """Return the discounted gain of the first ten as a share of the best possible, times 100."""
    best = _discounted(sorted(gains.values(), reverse=True))
    return 100 * _discounted([gains.get(one, 0.0) for one in ranked]) / best


def _discounted(values: Sequence[float]) -> float:
    return sum(value / math.log2(place + 2) for place, value in enumerate(values[:DEPTH]))


def rouge_1(text: str, references: Sequence[str]) -> float:
    """Return F1 of words, counts clipped, times 100: the mean over the references. No stemming; yo is ye."""
    return fmean(_overlap(_words(text), _words(reference)) for reference in references)


def _overlap(one: Counter[str], other: Counter[str]) -> float:
    return 200 * (one & other).total() / max(1, one.total() + other.total())


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.lower().replace("\u0451", "\u0435")))
