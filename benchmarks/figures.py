"""Figures: pairs of runs in turn, A B A B …, whose ratios hold when the machine's speed drifts; tables and JSON."""

import json
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

Run = Callable[[], Awaitable[int]]  # does its work and returns how many units it did
Row = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Milliseconds a unit, of this process alone: ours, the bare library's, and the medians of the ratios.

    `cpu` is processor time; `wall` is what the clock says, which is the rate when one core does nothing else.
    """

    name: str
    ours_ms: float
    bare_ms: float
    ratio: float
    low: float
    high: float
    ours_wall_ms: float
    bare_wall_ms: float
    wall_ratio: float

    def __str__(self) -> str:
        return (
            f"{self.name:<28} ours {self.ours_ms:6.3f} ms   bare aiogram {self.bare_ms:6.3f} ms   "
            f"ratio {self.ratio:5.2f} ({self.low:.2f} to {self.high:.2f})"
        )


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds a unit: of the processor, and by the clock."""

    cpu_ms: float
    wall_ms: float

    @classmethod
    def since(cls, cpu_s: float, wall_s: float, units: int) -> "Cost":
        """Return the cost of so many units since two readings of this process's clocks."""
        cpu, wall = time.process_time() - cpu_s, time.perf_counter() - wall_s
        return cls(cpu * 1000 / units, wall * 1000 / units)


Costing = Callable[[], Awaitable[Cost]]


def costing(run: Run) -> Costing:
    """Return what runs something in this process and says what it cost."""

    async def cost() -> Cost:
        cpu, wall = time.process_time(), time.perf_counter()
        return Cost.since(cpu, wall, await run())

    return cost


async def compared(name: str, ours: Costing, bare: Costing, rounds: int = 7) -> Figure:
    """Run both once to warm up, then in turn, and return the figure."""
    await ours()
    await bare()
    pairs = [(await ours(), await bare()) for _ in range(rounds)]
    ratios = sorted(one.cpu_ms / other.cpu_ms for one, other in pairs)
    return Figure(
        name=name,
        ours_ms=median(one.cpu_ms for one, _ in pairs),
        bare_ms=median(other.cpu_ms for _, other in pairs),
        ratio=median(ratios),
        low=ratios[0],
        high=ratios[-1],
        ours_wall_ms=median(one.wall_ms for one, _ in pairs),
        bare_wall_ms=median(other.wall_ms for _, other in pairs),
        wall_ratio=median(one.wall_ms / other.wall_ms for one, other in pairs),
    )


def options(description: str | None) -> ArgumentParser:
    """Return a parser that knows what all measurements can do."""
    parser = ArgumentParser(description=description)
    parser.add_argument("--json", action="store_true", help="print the rows as JSON instead of a table")
    return parser


def show(rows: Sequence[Row], *, as_json: bool, title: str = "") -> None:
    """Print rows of the same columns for people, or one JSON object a row."""
    if as_json:
        for row in rows:
            print(json.dumps({"figure": title, **row}, ensure_ascii=False), flush=True)
        return
    if title:
        print(f"\n{title}")
    columns = list(rows[0])
    lines = [columns, *([_shown(row[name]) for name in columns] for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(columns))]
    for line in lines:
        cells = (
            cell.ljust(width) if not at else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        print("  ".join(cells).rstrip(), flush=True)


def note(words: str, *, as_json: bool) -> None:
    """Print a remark for people."""
    if not as_json:
        print(words, flush=True)


def _shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3f}" if abs(value) < 10 else f"{value:.0f}"
    return str(value)


# Any: what the coroutine returns is of no interest.
def main(parser: ArgumentParser, measure: Callable[[Namespace], Coroutine[Any, Any, bool]]) -> None:
    """Run a measurement on the loop that the program runs on; exit 1 when it says that a goal was missed."""
    chosen = parser.parse_args()
    try:
        import uvloop
    except ModuleNotFoundError:
        import asyncio

        met = asyncio.run(measure(chosen))
    else:
        met = uvloop.run(measure(chosen))
    sys.exit(0 if met else 1)
