"""How well a plain text is cut: sub-headings and what does not belong to the article, against gold labels."""

from collections.abc import Callable, Sequence

from benchmarks.text import plain
from benchmarks.text.corpora import Folder, Line
from benchmarks.text.measures import Mean, Tally, f1_margin, f1_of
from benchmarks.text.rows import Row
from digests.articles import Draft
from digests.blocks import Kind, paragraph
from digests.labels import Guide, Label, Mark
from digests.sections import cut, cut_by

_DATA = "sections_gold"


def headings(folder: Folder) -> Row:
    """Measure exact paragraphs labelled as headings."""
    return _row(folder, "H", "headings in plain text", 0.95, (_headings, plain.short_lines, "short-line rule"))


def furniture(folder: Folder) -> Row:
    """Measure exact paragraphs labelled as related links or furniture."""
    return _row(folder, "R", "related links and furniture", 0.85, (_removed, plain.key_words, "key words"))


def doubtful(folder: Folder) -> Row:
    """Measure which share of the wrong lines is shown as doubtful, against the share of all lines that is."""
    counts = [_doubts(line) for line in folder.lines(_DATA)]
    lines, shown, wrong, caught = (sum(values) for values in zip(*counts, strict=True))
    ours, plain = Mean(100 * caught / max(1, wrong), None), Mean(100 * shown / max(1, lines), None)
    return Row(
        task="wrong lines among the doubtful",
        data=_DATA,
        measure="share",
        baseline="as many lines by chance",
        plain=plain,
        ours=ours,
        margin=Mean(ours.value - plain.value, None),
        goal=None,
        items=len(counts),
        note=f"{caught} of {wrong} wrong, {shown} of {lines} lines doubtful",
    )


def _doubts(line: Line) -> tuple[int, int, int, int]:
    """Return how many lines there are, are doubtful, are wrong, and are both."""
    labelled = [(text, label) for text, label in zip(line["paras"], line["labels"], strict=True) if text.strip()]
    head = [paragraph(line["title"])] if line["title"] else []
    marks = cut_by([*head, *(paragraph(text) for text, _ in labelled)], Guide()).marks[len(head) :]
    wrong = [_told(mark) != (label if label in "HR" else "") for mark, (_, label) in zip(marks, labelled, strict=True)]
    shown = [mark.doubt is not None for mark in marks]
    return len(marks), sum(shown), sum(wrong), sum(a and b for a, b in zip(wrong, shown, strict=True))


def _told(mark: Mark) -> str:
    if mark.label is Label.HEADING:
        return "H"
    return "" if mark.label.is_kept else "R"


_Methods = tuple[Callable[[Draft], list[str]], Callable[[Sequence[str]], list[str]], str]


def _row(folder: Folder, label: str, task: str, goal: float, methods: _Methods) -> Row:
    ours, theirs, name = methods
    lines = folder.lines(_DATA)
    true = [
        [text for text, given in zip(line["paras"], line["labels"], strict=True) if given == label] for line in lines
    ]
    mine = [Tally.of(ours(_draft(line)), gold) for line, gold in zip(lines, true, strict=True)]
    other = [Tally.of(theirs(line["paras"]), gold) for line, gold in zip(lines, true, strict=True)]
    return Row(
        task=task,
        data=_DATA,
        measure="F1",
        baseline=name,
        plain=f1_of(other),
        ours=f1_of(mine),
        margin=f1_margin(mine, other),
        goal=goal,
        is_margin=False,
        items=len(lines),
    )


def _draft(line: Line) -> Draft:
    return cut([paragraph(text) for text in (line["title"], *line["paras"]) if text])


def _headings(draft: Draft) -> list[str]:
    inside = [block.text for section in draft.sections for block in section.blocks if block.kind is Kind.HEADING]
    return [section.title for section in draft.sections if section.heading] + inside


def _removed(draft: Draft) -> list[str]:
    return [piece.block.text for piece in draft.removed]
