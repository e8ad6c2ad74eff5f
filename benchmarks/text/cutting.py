"""How well a plain text is cut: sub-headings and what does not belong to the article, against gold labels."""

from collections.abc import Callable, Sequence

from benchmarks.text import plain
from benchmarks.text.corpora import Folder, Line
from benchmarks.text.measures import Tally, f1_margin, f1_of
from benchmarks.text.rows import Row
from digests.articles import Draft
from digests.blocks import Kind, paragraph
from digests.sections import cut

_DATA = "sections_gold"


def headings(folder: Folder) -> Row:
    """Measure exact paragraphs labelled as headings."""
    return _row(folder, "H", "headings in plain text", 0.95, (_headings, plain.short_lines, "short-line rule"))


def furniture(folder: Folder) -> Row:
    """Measure exact paragraphs labelled as related links or furniture."""
    return _row(folder, "R", "related links and furniture", 0.85, (_removed, plain.key_words, "key words"))


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
