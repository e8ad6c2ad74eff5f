"""`python -m benchmarks`: what a tap and a delivered message cost, as ratios to bare aiogram in the same minutes."""

import asyncio
import logging

from benchmarks.cheap import cheap_telegram
from benchmarks.delivery import delivered
from benchmarks.tap import tap


async def main() -> None:
    """Print a line for each figure."""
    logging.disable(logging.WARNING)
    with cheap_telegram() as url:
        for measure in (tap, delivered):
            print(await measure(url), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
