"""A line of the table: what was measured, ours and the plain method's figure, and what the issue asks for."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from benchmarks.text.measures import Mean

SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A figure with its baseline. `goal` is on the figure itself, or on the margin where `is_margin`."""

    task: str
    data: str
    measure: str
    baseline: str
    plain: Mean
    ours: Mean
    margin: Mean
    goal: float | None
    is_margin: bool = True
    is_ceiling: bool = False  # the figure itself is not to exceed the goal
    is_within: bool = True  # the limits that go with the goal
    items: int
    note: str = ""

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is reached within its limits; None where there is no goal."""
        if self.goal is None:
            return None
        if self.is_ceiling:
            return self.is_within and self.ours.value <= self.goal
        return self.is_within and (self.margin.value if self.is_margin else self.ours.value) >= self.goal

    def as_json(self) -> str:
        """Return the row as one JSON object."""
        return json.dumps({**asdict(self), "met": self.is_met}, ensure_ascii=False)

    def cells(self) -> list[str]:
        """Return the row as people read it."""
        digits = {"F1": 3, "share": 4}.get(self.measure, 2)
        met = self.is_met
        return [
            self.task,
            self.measure,
            f"{self.plain.value:.{digits}f}",
            f"{self.ours.value:.{digits}f}{_error(self.ours, digits)}",
            f"{self.margin.value:+.{digits}f}{_error(self.margin, digits)}",
            "" if self.goal is None else f"{'+' if self.is_margin else '≤' if self.is_ceiling else '≥'} {self.goal:g}",
            "" if met is None else "yes" if met else "no",
            str(self.items),
            self.note,
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A figure that could not be taken, and why."""

    task: str
    reason: str

    def as_json(self) -> str:
        """Return the row as one JSON object."""
        return json.dumps({"task": self.task, SKIPPED: self.reason}, ensure_ascii=False)

    def cells(self) -> list[str]:
        """Return the row as people read it."""
        return [self.task, SKIPPED, "", "", "", "", "", "", self.reason]


HEAD = ["task", "measure", "baseline", "ours ± error", "margin ± error", "goal", "met", "items", "note"]


def table(rows: Sequence[Row | Skipped]) -> str:
    """Return the rows in columns."""
    lines = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def _error(mean: Mean, digits: int) -> str:
    return "" if mean.error is None else f" ± {mean.error:.{digits}f}"


def compared(ours: Sequence[float], plain: Sequence[float]) -> tuple[Mean, Mean, Mean]:
    """Return the means of the plain method and of ours, and of what ours is better by, item by item."""
    margins = [one - other for one, other in zip(ours, plain, strict=True)]
    return Mean.of(plain), Mean.of(ours), Mean.of(margins)
