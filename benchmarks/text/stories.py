"""`python -m benchmarks.text.stories --data DIR [--write]`: how well articles are gathered into stories.

Fits the weights of digests/same_story.py on pairs of tg_news_clusters (clusters of up to ten; the larger are loose),
prints what a threshold makes of pairs and of stories that the weights were not fitted on, and chooses the threshold:
the lowest of those by which the mean article finds PRECISION of its story's others to be of its cluster (B-cubed).
Clusters are silver: many of the "wrong" pairs are one story that the labels cut in two, so true precision is higher.
"""

import json
import re
import sys
from argparse import ArgumentParser
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zlib import crc32

import numpy as np

from benchmarks.text.corpora import Folder, Line, halves
from benchmarks.text.ranking import indexed
from digests.articles import ArticleId
from digests.gathering import Piece, gathered
from digests.same_story import SHIPPED, Profile, Rule, Signs, profile, signs

PRECISION = 0.92
CORE = 0.35
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
FOLDS, NEAREST, LARGEST, RIDGE, STEPS = 5, 24, 10, 1.0, 20
_WHEN = re.compile(r"(\d+) \w+ (\d+):(\d+)")

Pair = tuple[int, int]


@dataclass(frozen=True)
class Corpus:
    """The news, their profiles, and the pairs of near ones."""

    lines: Sequence[Line]
    profiles: Sequence[Profile]
    sizes: Mapping[object, int]
    pairs: Mapping[Pair, Signs]

    def is_same(self, pair: Pair) -> bool:
        """Return whether both are of one cluster."""
        one, other = pair
        return bool(self.lines[one]["cluster"] == self.lines[other]["cluster"])

    def fold(self, pair: Pair) -> int:
        """Return which part of the clusters a pair belongs to."""
        return min(_part(self.lines[one]) for one in pair)


def corpus(folder: Folder) -> Corpus:
    """Read the news whose clusters are not too large."""
    every = folder.lines("tg_news_clusters")
    sizes = Counter(line["cluster"] for line in every)
    kept = [number for number, line in enumerate(every) if sizes[line["cluster"]] <= LARGEST]
    place = {number: position for position, number in enumerate(kept)}
    index = indexed(folder.same_story().documents)
    near = {
        (min(number, other), max(number, other))
        for number in kept
        for other, _ in index.nearest(ArticleId(number), NEAREST)
        if other in place
    }
    profiles = [profile(every[number]["title"], every[number]["text"]) for number in kept]
    pairs = {
        (place[one], place[other]): signs(profiles[place[one]], profiles[place[other]]) for one, other in sorted(near)
    }
    return Corpus([every[number] for number in kept], profiles, sizes, pairs)


def fitted(news: Corpus, without: int | None = None) -> tuple[float, ...]:
    """Return the weights of a logistic model by Newton's method; `without` leaves a part of the clusters out."""
    chosen = [pair for pair in news.pairs if without is None or news.fold(pair) != without]
    values = np.array([[*news.pairs[pair], 1.0] for pair in chosen])
    truths = np.array([float(news.is_same(pair)) for pair in chosen])
    penalty = np.array([RIDGE] * (values.shape[1] - 1) + [0.0])
    weights = np.zeros(values.shape[1])
    for _ in range(STEPS):
        chances = 1 / (1 + np.exp(-values @ weights))
        slope = values.T @ (truths - chances) - penalty * weights
        bend = (values * (chances * (1 - chances))[:, None]).T @ values + np.diag(penalty)
        weights = weights + np.linalg.solve(bend, slope)
    return tuple(round(float(weight), 2) for weight in weights)


def measured(news: Corpus, rules: Sequence[tuple[float, ...]], nearest: float) -> dict[str, float]:
    """Return precision and recall of pairs, and B-cubed ones of stories, each with the weights of the other parts."""
    chances = {
        pair: Rule(weights=rules[news.fold(pair)], nearest=0, core=0).chance(*(news.profiles[one] for one in pair))
        for pair in news.pairs
    }
    said = [pair for pair, chance in chances.items() if chance >= nearest]
    right = sum(map(news.is_same, said))
    total = sum(size * (size - 1) // 2 for size in news.sizes.values() if size <= LARGEST)
    precision, recall = _gathered(news, chances, nearest)
    return {
        "pairs: precision": right / max(1, len(said)),
        "pairs: recall": right / total,
        "stories: precision": precision,
        "stories: recall": recall,
    }


def _gathered(news: Corpus, chances: Mapping[Pair, float], nearest: float) -> tuple[float, float]:
    """Return B-cubed precision and recall of the stories that the news make in the order in which they came."""

    def chance(one: ArticleId, other: ArticleId) -> float:
        return chances.get((min(one, other), max(one, other)), 0.0)

    pieces = [Piece(ArticleId(number), _came(line)) for number, line in enumerate(news.lines)]
    rule = Rule(weights=(), nearest=nearest, core=CORE)
    stories = gathered(pieces, {}, chance, rule)
    members: dict[int, list[int]] = defaultdict(list)
    for number, story in stories.items():
        members[story].append(number)
    cluster = [line["cluster"] for line in news.lines]
    same = [sum(cluster[other] == cluster[number] for other in members[story]) for number, story in stories.items()]
    precision = sum(count / len(members[story]) for count, story in zip(same, stories.values(), strict=True))
    recall = sum(count / news.sizes[cluster[number]] for count, number in zip(same, stories, strict=True))
    return precision / len(stories), recall / len(stories)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table of thresholds, and put the rule where the program takes it from if so told."""
    parser = ArgumentParser(prog="python -m benchmarks.text.stories", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the test texts")
    parser.add_argument("--json", action="store_true", help="print one JSON object a threshold instead of a table")
    parser.add_argument("--write", action="store_true", help="replace the rule that is shipped")
    chosen = parser.parse_args(arguments)
    folder = Folder(chosen.data)
    news = corpus(folder)
    rules = [fitted(news, part) for part in range(FOLDS)]
    weights = fitted(news)
    figures = {nearest: measured(news, rules, nearest) | _human(folder, weights, nearest) for nearest in THRESHOLDS}
    for nearest, row in figures.items():
        shown = {name: round(value, 3) for name, value in row.items()}
        print(json.dumps({"nearest": nearest, **shown}) if chosen.json else _line(nearest, row))
    nearest = next((one for one, row in figures.items() if row["stories: precision"] >= PRECISION), THRESHOLDS[-1])
    if chosen.write:
        SHIPPED.write_text(_shipped(weights, nearest, figures[nearest]), encoding="utf-8")
    return 0


def _human(folder: Folder, weights: tuple[float, ...], nearest: float) -> dict[str, float]:
    """Return precision and recall on pairs that people judged, which the weights never saw."""
    rule = Rule(weights=weights, nearest=nearest, core=CORE)
    judged = []
    for line in folder.lines("tg_pairs_human"):
        one, other = halves(line)
        said = rule.chance(profile(one.title, one.text), profile(other.title, other.text)) >= nearest
        judged.append((said, line["label"] == "OK"))
    right = sum(said and true for said, true in judged)
    return {
        "judged pairs: precision": right / max(1, sum(said for said, _ in judged)),
        "judged pairs: recall": right / max(1, sum(true for _, true in judged)),
    }


def _line(nearest: float, row: Mapping[str, float]) -> str:
    return f"from {nearest}: " + ", ".join(f"{name} {value:.3f}" for name, value in row.items())


def _shipped(weights: Sequence[float], nearest: float, row: Mapping[str, float]) -> str:
    shipped = {
        "weights": dict(zip((*Signs._fields, "bias"), weights, strict=True)),
        "nearest": nearest,
        "core": CORE,
        "provenance": {
            "command": "python -m benchmarks.text.stories --data ../shared/data --write",
            "method": "docs/decisions/0016-stories.md",
            "on stories held out": {name: round(value, 3) for name, value in row.items()},
        },
    }
    return json.dumps(shipped, indent=2, ensure_ascii=False) + "\n"


def _came(line: Line) -> datetime:
    """Return when an article came, within a month of no matter which year."""
    day, hour, minute = map(int, _WHEN.match(line["when"]).groups())  # type: ignore[union-attr]  # as the file is made
    return datetime(2020, 5, 1, hour, minute, tzinfo=UTC) + timedelta(days=day - 1)


def _part(line: Line) -> int:
    return crc32(str(line["cluster"]).encode()) % FOLDS


if __name__ == "__main__":
    sys.exit(main())
