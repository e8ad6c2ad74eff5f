"""`python -m benchmarks.text.fit --data DIR [--write]`: finds the weights of likeness, with cross-validation by story.

Tried are all settings of a grid. A setting is worth the sum, over the four ranking rows, of its margin over plain
TF-IDF cosine as a share of the goal, what is above 1.25 goals not counted: no row is bought with another. Stories are
dealt into five parts; for each part the setting is chosen on the four others, and the margins on the parts held out are
what the weights are reported to be worth. The weights themselves are chosen on all, by the same rule.
"""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from statistics import fmean
from zlib import crc32

from benchmarks.text.corpora import Folder, Gains, Retrieval
from benchmarks.text.measures import reciprocal_rank
from benchmarks.text.plain import Cosine
from benchmarks.text.ranking import TASKS, indexed
from digests import likeness
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


def margins(table: Table) -> tuple[dict[str, float], dict[str, float], Weights]:
    """Return the margins on what was held out, those on all, and the weights chosen on all."""
    held_out: dict[str, list[float]] = {task: [] for task in TASKS}
    for part in range(FOLDS):
        chosen = table[best(table, [one for one in range(FOLDS) if one != part])]
        for task, scores in chosen.items():
            held_out[task] += scores.parts[part]
    weights = best(table, range(FOLDS))
    on_all = {task: round(scores.margin(range(FOLDS)), 2) for task, scores in table[weights].items()}
    return {task: round(fmean(values), 2) for task, values in held_out.items()}, on_all, weights


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


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the weights with their provenance, or put them where the program takes them from."""
    parser = ArgumentParser(prog="python -m benchmarks.text.fit", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the test texts")
    parser.add_argument("--write", action="store_true", help="replace the weights that are shipped")
    chosen = parser.parse_args(arguments)
    held_out, on_all, weights = margins(tried(Folder(chosen.data)))
    provenance = {
        "command": "python -m benchmarks.text.fit --data ../shared/data --write",
        "method": f"grid; {FOLDS} parts by story; see docs/decisions/0010-text-measures.md",
        "margins on parts held out": held_out,
        "margins on all": on_all,
    }
    text = json.dumps({"weights": asdict(weights), "provenance": provenance}, indent=2, ensure_ascii=False) + "\n"
    if chosen.write:
        likeness.SHIPPED.write_text(text, encoding="utf-8")
    print(text, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
