"""`python -m benchmarks.text --data DIR [--json]`: every figure of the texts, its baseline and its standard error."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from benchmarks.text import cutting, headlines, likeness, pages, ranking, telling
from benchmarks.text.corpora import Folder, Missing
from benchmarks.text.rows import Row, Skipped, table

FIGURES: dict[str, Callable[[Folder], Row]] = {
    "headings in plain text": cutting.headings,
    "related links and furniture": cutting.furniture,
    "wrong lines among the doubtful": cutting.doubtful,
    "same story, MRR": ranking.same_story,
    "same story, hit@1": ranking.pairs,
    "editors' related": ranking.editors,
    "topical related": ranking.topical,
    "same-story pairs": likeness.same_story_pairs,
    "headline search": headlines.search,
    "HTML: headings kept": pages.headings,
    "HTML: furniture leaked": pages.furniture,
    "HTML: paragraphs lost": pages.paragraphs,
    **{name: partial(telling.figure, name=name) for name in telling.TASKS},
}


def figures(folder: Folder) -> list[Row | Skipped]:
    """Take every figure that the files of the folder allow."""
    return [_taken(task, measure, folder) for task, measure in FIGURES.items()]


def _taken(task: str, measure: Callable[[Folder], Row], folder: Folder) -> Row | Skipped:
    try:
        return measure(folder)
    except Missing as missing:
        return Skipped(task=task, reason=str(missing))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table, or one JSON object a row; return 1 if a goal was missed."""
    parser = ArgumentParser(prog="python -m benchmarks.text", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the test texts")
    parser.add_argument("--json", action="store_true", help="print one JSON object a row instead of a table")
    chosen = parser.parse_args(arguments)
    if not chosen.data.is_dir():
        parser.error(f"no such folder: {chosen.data}")
    rows = figures(Folder(chosen.data))
    print("\n".join(row.as_json() for row in rows) if chosen.json else table(rows))
    return int(any(isinstance(row, Row) and row.is_met is False for row in rows))


if __name__ == "__main__":
    sys.exit(main())
