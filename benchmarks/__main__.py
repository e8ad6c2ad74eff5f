"""`python -m benchmarks`: what a tap and a delivered message cost, as ratios to bare aiogram in the same minutes.

The other measurements take minutes, each by itself: `python -m benchmarks.rate`, `paid`, `tick`, `tap` and `faults`.
"""

import logging
from argparse import Namespace
from dataclasses import asdict

from benchmarks.cheap import cheap_telegram
from benchmarks.figures import main, note, options, show
from benchmarks.paid import ceiling
from benchmarks.tap import tap

MESSAGES = 1_500


async def measure(chosen: Namespace) -> bool:
    """Print a line for each figure."""
    logging.disable(logging.WARNING)
    with cheap_telegram() as server:
        figures = [await tap(server.url), (await ceiling(server, database=None, number=MESSAGES)).usual]
    if chosen.json:
        show([asdict(figure) for figure in figures], as_json=True, title="costs")
    for figure in figures:
        note(str(figure), as_json=chosen.json)
    return True


if __name__ == "__main__":
    main(options(__doc__), measure)
