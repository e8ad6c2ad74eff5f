"""Fitting what makes two articles alike: a grid of weights, with cross-validation by story.

A setting is worth the sum, over the four ranking rows, of its margin over plain TF-IDF cosine as a share of the goal;
what is above 1.25 goals is not counted, so that no row is bought with another. Stories are dealt into five parts; for
each part the setting is chosen on the four others, and the margins on the parts held out are what the weights are
reported to be worth. The weights themselves are chosen on all, by the same rule.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from statistics import fmean
from zlib import crc32

from benchmarks.text.corpora import Folder, Gains, Retrieval
from benchmarks.text.measures import reciprocal_rank
from benchmarks.text.plain import Cosine
from benchmarks.text.ranking import TASKS, indexed
from digests.articles import ArticleId
from digests.likeness import Signs, Weights

FOLDS = 5
ENOUGH = 1.25  # goals
TITLE, NAMED = (0.0, 1.0), (0.5, 1.0, 1.5)
TITLES, LETTERS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5), (0.0, 0.5, 1.0, 1.5, 2.0)
SMOOTH = {"pairs": reciprocal_rank}  # a hundred queries that are hit or missed would decide by chance

Listed = Sequence[tuple[int, Signs]]


@dataclass(frozen=True, slots=True)
class Scores:
    """What a setting makes of a task: the margins of the queries over the plain method, by part of the stories."""

    parts: Sequence[Sequence[float]]

    def margin(self, parts: Sequence[int]) -> float:
        """Return the mean margin in some of the parts."""
        return fmean(value for part in parts for value in self.parts[part])


Table = Mapping[Weights, Mapping[str, Scores]]


def tried(folder: Folder) -> Table:
    """Return the scores of every setting on every task."""
    result: dict[Weights, dict[str, Scores]] = {}
    for name, (read, measured, _) in TASKS.items():
        corpus, measure = read(folder), SMOOTH.get(name, measured)
        cosine = Cosine(corpus.documents)
        plain = {number: measure(cosine.ranked(number), gains) for number, gains in corpus.gains.items()}
        for title, named in product(TITLE, NAMED):
            listed = _candidates(corpus, Weights(title=title, named=named, titles=0.0, letters=0.0))
            for titles, letters in product(TITLES, LETTERS):
                weights = Weights(title=title, named=named, titles=titles, letters=letters)
                result.setdefault(weights, {})[name] = _scores(corpus, listed, weights, measure, plain)
    return result


def best(table: Table, parts: Sequence[int]) -> Weights:
    """Return the setting that is worth most on some parts of the stories."""
    return max(table, key=lambda weights: sum(_worth(task, table[weights][task], parts) for task in TASKS))


def fitted(folder: Folder) -> tuple[Weights, dict[str, float]]:
    """Return the weights chosen on all, and the margins of those chosen for parts on the parts held out."""
    table = tried(folder)
    held_out: dict[str, list[float]] = {task: [] for task in TASKS}
    for part in range(FOLDS):
        chosen = table[best(table, [one for one in range(FOLDS) if one != part])]
        for task, scores in chosen.items():
            held_out[task] += scores.parts[part]
    margins = {_named(task): round(fmean(values), 2) for task, values in held_out.items()}
    return best(table, range(FOLDS)), margins


def _named(task: str) -> str:
    return f"{task}, MRR" if task in SMOOTH else task


def _candidates(corpus: Retrieval, weights: Weights) -> dict[int, Listed]:
    index = indexed(corpus.documents, weights)
    return {number: index.candidates(ArticleId(number)) for number in corpus.gains}


def _scores(
    corpus: Retrieval,
    listed: Mapping[int, Listed],
    weights: Weights,
    measure: Callable[[Sequence[int], Gains], float],
    plain: Mapping[int, float],
) -> Scores:
    parts: list[list[float]] = [[] for _ in range(FOLDS)]
    for number, gains in corpus.gains.items():
        ranked = sorted(listed[number], key=lambda pair: (-weights.likeness(pair[1]), -pair[0]))
        part = crc32(corpus.groups[number].encode()) % FOLDS
        parts[part].append(measure([one for one, _ in ranked], gains) - plain[number])
    return Scores(parts)


def _worth(task: str, scores: Scores, parts: Sequence[int]) -> float:
    return min(ENOUGH, scores.margin(parts) / TASKS[task][2])
