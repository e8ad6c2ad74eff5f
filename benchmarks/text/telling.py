"""How well one or two sentences tell what the leads of other outlets tell, against first sentences."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean

from benchmarks.text.corpora import Folder, Line
from benchmarks.text.measures import rouge_1
from benchmarks.text.plain import first_sentences
from benchmarks.text.rows import Row, compared
from digests import salience, summaries
from digests.blocks import paragraph
from digests.salience import Weights
from digests.summaries import LONGEST, LONGEST_BRIEF, Told

_SENTENCES = 12  # that the free choice looks at, as ours does


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be told in how many sentences, on average not longer than a limit, and the margin that is wanted."""

    data: str
    inputs: Callable[[Line], Sequence[Line]]
    sentences: int
    limit: int | None  # characters
    baseline: str
    goal: float


def _itself(line: Line) -> Sequence[Line]:
    return [line]


def _members(line: Line) -> Sequence[Line]:
    members: Sequence[Line] = line["inputs"]
    return members


TASKS = {
    "one-sentence summary": Task(
        data="sum_multiref", inputs=_itself, sentences=1, limit=140, baseline="Lead-1", goal=3.5
    ),
    "two sentences": Task(data="sum_multiref", inputs=_itself, sentences=2, limit=280, baseline="Lead-2", goal=0.8),
    "a story in one sentence": Task(
        data="sum_multidoc", inputs=_members, sentences=1, limit=None, baseline="Lead-1 of a random member", goal=6.0
    ),
    "a story in two": Task(
        data="sum_multidoc", inputs=_members, sentences=2, limit=None, baseline="Lead-2 of a random member", goal=3.5
    ),
}


def figure(folder: Folder, name: str) -> Row:
    """Measure a task with the weights that are shipped; the note tells lengths, and the figure without strictness."""
    task, weights = TASKS[name], salience.shipped()
    lines = folder.lines(task.data)
    texts = [ours(line, task, weights) for line in lines]
    mine = [rouge_1(text, line["refs"]) for text, line in zip(texts, lines, strict=True)]
    theirs = [_plain(line, task) for line in lines]
    before, after, margin = compared(mine, theirs)
    length = fmean(map(len, texts))
    free = fmean(rouge_1(_free(line, task, weights), line["refs"]) for line in lines)
    return Row(
        task=name,
        data=task.data,
        measure="ROUGE-1",
        baseline=task.baseline,
        plain=before,
        ours=after,
        margin=margin,
        goal=task.goal,
        is_within=task.limit is None or length <= task.limit,
        items=len(lines),
        note=f"{length:.0f} characters{f' of ≤ {task.limit}' if task.limit else ''}; not strict {free:.2f}",
    )


def margins(lines: Sequence[Line], task: Task, weights: Weights) -> list[float]:
    """Return by how much each line is told better than by the plain method."""
    return [rouge_1(ours(line, task, weights), line["refs"]) - _plain(line, task) for line in lines]


def ours(line: Line, task: Task, weights: Weights) -> str:
    """Return what the program says."""
    return summaries.best([told(one) for one in task.inputs(line)], task.sentences, weights)


def told(line: Line) -> Told:
    """Return an article as summaries take it."""
    return Told(line["title"], [paragraph(text) for text in line["text"].split("\n")], [])


def _plain(line: Line, task: Task) -> float:
    """Return the mean over the members: what one taken at random scores on average."""
    scores = [rouge_1(first_sentences(one["text"], task.sentences), line["refs"]) for one in task.inputs(line)]
    return fmean(scores)


def _free(line: Line, task: Task, weights: Weights) -> str:
    """Return what the same model says when a sentence need not stand alone."""
    articles = [told(one) for one in task.inputs(line)]
    running = [summaries.running_text(one) for one in articles]
    expectations = salience.pooled(
        salience.expected(article.title, text, weights) for article, text in zip(articles, running, strict=True)
    )
    options = [one for text in running for one in text[:_SENTENCES] if len(one) <= LONGEST]
    if task.sentences > 1:
        pairs = (
            f"{one} {other}"
            for text in running
            for place, one in enumerate(text[:_SENTENCES])
            for other in text[place + 1 : _SENTENCES]
        )
        options += [pair for pair in pairs if len(pair) <= LONGEST_BRIEF]
    return max(options, key=lambda option: salience.told(expectations, option), default=line.get("title", ""))
