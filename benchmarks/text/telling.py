"""How well one sentence tells what the leads of other outlets tell, against the first sentence."""

from collections.abc import Callable, Sequence
from statistics import fmean

from benchmarks.text.corpora import Folder, Line
from benchmarks.text.measures import rouge_1
from benchmarks.text.plain import first_sentences
from benchmarks.text.rows import Row, compared
from digests import summaries
from digests.blocks import paragraph


def one_sentence(folder: Folder) -> Row:
    """Measure the sentence of a headline list."""
    return _row(folder, _ours, 1, ("one-sentence summary", 140, 3.5))


def _row(folder: Folder, ours: Callable[[Line], str], count: int, names: tuple[str, int, float]) -> Row:
    task, limit, goal = names
    lines = folder.lines("sum_multiref")
    texts = [ours(line) for line in lines]
    mine = [rouge_1(text, line["refs"]) for text, line in zip(texts, lines, strict=True)]
    theirs = [rouge_1(first_sentences(line["text"], count), line["refs"]) for line in lines]
    before, after, margin = compared(mine, theirs)
    return Row(
        task=task,
        data="sum_multiref",
        measure="ROUGE-1",
        baseline=f"Lead-{count}",
        plain=before,
        ours=after,
        margin=margin,
        goal=goal,
        items=len(lines),
        note=_length(texts, limit),
    )


def _ours(line: Line) -> str:
    return summaries.sentence(line["title"], [paragraph(text) for text in line["text"].split("\n")], [])


def _length(texts: Sequence[str], limit: int) -> str:
    return f"{fmean(map(len, texts)):.0f} of ≤ {limit} characters"
