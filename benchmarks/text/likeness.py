"""How well a threshold on likeness tells that two texts are of the same story, chosen by cross-validation."""

import random
from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean

from benchmarks.text.corpora import Folder, halves
from benchmarks.text.measures import Mean, Tally, f1_margin, f1_of
from benchmarks.text.plain import Cosine
from benchmarks.text.ranking import indexed
from benchmarks.text.rows import Row
from digests.articles import ArticleId

_FOLDS, _SHUFFLES, _SEED = 10, 20, 5


def same_story_pairs(folder: Folder) -> Row:
    """Measure F1 of the pairs called the same story; ten folds, and the mean of twenty ways to make them."""
    lines = folder.lines("tg_pairs_human")
    documents = folder.pairs().documents
    places = {document: number for number, document in enumerate(documents)}
    index, cosine = indexed(documents), Cosine(documents)
    numbers = [tuple(places[half] for half in halves(line)) for line in lines]
    truths = [line["label"] == "OK" for line in lines]
    ours = [index.likeness(ArticleId(one), ArticleId(other)) for one, other in numbers]
    theirs = [cosine.likeness(one, other) for one, other in numbers]
    mine, plain, margins = [], [], []
    for shuffle in range(_SHUFFLES):
        one, other = (_tallies(scores, truths, shuffle) for scores in (ours, theirs))
        mine.append(f1_of(one))
        plain.append(f1_of(other))
        margins.append(f1_margin(one, other))
    return Row(
        task="same-story pairs",
        data="tg_pairs_human",
        measure="F1 × 100",
        baseline="threshold on TF-IDF cosine",
        plain=_mean(plain),
        ours=_mean(mine),
        margin=_mean(margins),
        goal=2.5,
        items=len(lines),
    )


def best_threshold(scores: Sequence[float], truths: Sequence[bool]) -> float:
    """Return the middle of the gap between scores where F1 is highest; the lowest such."""
    known = sorted(set(scores))
    middles = [known[0], *((one + other) / 2 for one, other in pairwise(known))]
    return max(middles, key=lambda middle: (_tally(scores, truths, middle).f1, -middle))


def _tallies(scores: Sequence[float], truths: Sequence[bool], shuffle: int) -> list[Tally]:
    """Return what the threshold of the other nine tenths makes of each pair."""
    order = list(range(len(scores)))
    random.Random(_SEED + shuffle).shuffle(order)
    tallies = [Tally()] * len(scores)
    for fold in range(_FOLDS):
        held_out = set(order[fold::_FOLDS])
        rest = [number for number in order if number not in held_out]
        threshold = best_threshold([scores[one] for one in rest], [truths[one] for one in rest])
        for one in held_out:
            tallies[one] = _tally([scores[one]], [truths[one]], threshold)
    return tallies


def _tally(scores: Sequence[float], truths: Sequence[bool], threshold: float) -> Tally:
    said = [score >= threshold for score in scores]
    right = sum(one and other for one, other in zip(said, truths, strict=True))
    return Tally(right, sum(said) - right, sum(truths) - right)


def _mean(values: Sequence[Mean]) -> Mean:
    """Return hundred times the mean of figures on the same pairs: their errors do not shrink by it."""
    errors = [one.error for one in values if one.error is not None]
    return Mean(100 * fmean(one.value for one in values), 100 * fmean(errors) if errors else None)
