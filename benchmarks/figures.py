"""Pairs of runs in turn, A B A B …, and the ratio of their costs: what holds when the machine's speed drifts."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from statistics import median

Run = Callable[[], Awaitable[int]]  # does its work and returns how many units it did


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """CPU milliseconds a unit of the client process alone: ours, the bare library's, and the median of the ratios."""

    name: str
    ours_ms: float
    bare_ms: float
    ratio: float
    low: float
    high: float

    def __str__(self) -> str:
        return (
            f"{self.name:<28} ours {self.ours_ms:6.3f} ms   bare aiogram {self.bare_ms:6.3f} ms   "
            f"ratio {self.ratio:5.2f} ({self.low:.2f} to {self.high:.2f})"
        )


async def compared(name: str, ours: Run, bare: Run, rounds: int = 7) -> Figure:
    """Run both once to warm up, then in turn, and return the figure."""
    await ours()
    await bare()
    pairs = [(await _cost_ms(ours), await _cost_ms(bare)) for _ in range(rounds)]
    ratios = sorted(one / other for one, other in pairs)
    return Figure(
        name=name,
        ours_ms=median(one for one, _ in pairs),
        bare_ms=median(other for _, other in pairs),
        ratio=median(ratios),
        low=ratios[0],
        high=ratios[-1],
    )


async def _cost_ms(run: Run) -> float:
    before = time.process_time()
    units = await run()
    return (time.process_time() - before) * 1000 / units
