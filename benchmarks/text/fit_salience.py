"""Fitting which words tell a story: logistic regression by Newton's method, with cross-validation by story."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from statistics import fmean
from zlib import crc32

from benchmarks.text import telling
from benchmarks.text.corpora import Folder, Line
from digests import salience
from digests.salience import Weights
from digests.summaries import running_text
from digests.words import tokens

FOLDS = 5
_RIDGE, _STEPS = 1.0, 8

Margins = dict[str, float]


def fitted(folder: Folder) -> tuple[Weights, Margins]:
    """Return the weights, and the margins in ROUGE-1 on stories that the weights for them were not fitted on."""
    lines = folder.lines("sum_multiref")
    held_out: dict[str, list[float]] = defaultdict(list)
    for part in range(FOLDS):
        weights = regression([line for line in lines if _part(line) != part])
        for name, measured in telling.TASKS.items():
            asked = [line for line in folder.lines(measured.data) if _part(line) == part]
            held_out[name] += telling.margins(asked, measured, weights)
    return regression(lines), {name: round(fmean(values), 2) for name, values in held_out.items()}


def regression(lines: Iterable[Line]) -> Weights:
    """Return the weights under which words of the articles are found in the leads of others as often as they are."""
    seen: dict[salience.Signs, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for line in lines:
        references = [set(tokens(text)) for text in line["refs"]]
        article = telling.told(line)
        for word, signs in salience.signs(article.title, running_text(article)).items():
            counted = seen[signs]
            counted[0] += fmean(word in reference for reference in references)
            counted[1] += 1
    rows = [((*signs, 1.0), found, times) for signs, (found, times) in seen.items()]
    weights = [0.0] * (len(salience.SIGNS) + 1)
    for _ in range(_STEPS):
        weights = [old + step for old, step in zip(weights, _step(rows, weights), strict=True)]
    return tuple(round(weight, 2) for weight in weights)


def _step(rows: Sequence[tuple[Sequence[float], float, float]], weights: Sequence[float]) -> list[float]:
    """Return a step of Newton's method on the penalised likelihood; the bias is not penalised."""
    size = len(weights)
    penalty = [_RIDGE] * (size - 1) + [0.0]
    slope = [-cost * weight for cost, weight in zip(penalty, weights, strict=True)]
    bend = [[penalty[i] * (i == j) for j in range(size)] for i in range(size)]
    for values, found, times in rows:
        chance = 1 / (1 + math.exp(-sum(map(float.__mul__, weights, values))))
        miss, spread = found - times * chance, times * chance * (1 - chance)
        for i, value in enumerate(values):
            if value:
                slope[i] += value * miss
                row = bend[i]
                for j, other in enumerate(values):
                    row[j] += spread * value * other
    return _solved(bend, slope)


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Return the solution of a symmetric positive definite system, by Gauss and Jordan."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for i, pivot in enumerate(rows):
        pivot[:] = [value / pivot[i] for value in pivot]
        for j, row in enumerate(rows):
            if i != j and row[i]:
                factor = row[i]
                row[:] = [value - factor * own for value, own in zip(row, pivot, strict=True)]
    return [row[-1] for row in rows]


def _part(line: Line) -> int:
    return crc32(str(line["cluster"]).encode()) % FOLDS
