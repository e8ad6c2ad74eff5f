"""`python -m benchmarks.tap`: a tap on `Next section`, update → dispatcher → page → answer and edit.

Without options: its cost against bare aiogram's answer and edit of the same page. With `--under-load`: how long it
takes while a broadcast goes out at the full rate, against the same taps without one. The server answers at once, so
all of that time is ours.
"""

import asyncio
import gc
import logging
import random
import time
from argparse import Namespace
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import timedelta
from itertools import cycle
from statistics import quantiles
from typing import Any

from benchmarks.bare import bare_bot, bare_dispatcher
from benchmarks.cheap import cheap_telegram
from benchmarks.figures import Figure, Row, compared, costing, main, note, options, show
from benchmarks.world import MORNING, Standing, program, subscribe
from bot.app import App
from bot.callbacks import ShowSection
from bot.running import freeze
from bot.views.article import page as article_page
from bot.views.keyboards import keyboard
from bot.views.places import Place
from digests.articles import ArticleId

TAPS = 400
TAPPERS = 1_000  # different readers
FIRST_TAPPER = 9_000_000_001
PER_SECOND = 20  # taps, at random instants
RATES = (30.0, 1000.0)  # free and paid
GOAL = 2.0  # p99 under load to p99 without


async def tap(url: str) -> Figure:
    """Return what a tap costs, ours against bare aiogram's answer and edit of the same page."""
    async with program(url, Standing()) as app, bare_bot(url) as bot:
        await subscribe(app.database, TAPPERS, first=FIRST_TAPPER)
        article, sections = await _longest(app)
        reader = cycle(range(FIRST_TAPPER, FIRST_TAPPER + TAPPERS))  # in one chat edits have a pace of their own
        view = article_page(
            app.catalogs.translator("ru"), await app.library.page(article, 1, 0), Place(trail="l"), app.clock.now()
        )
        bare = bare_dispatcher(view.text, keyboard(view))
        gc.collect()
        gc.freeze()

        async def ours() -> int:
            for number in range(TAPS):
                await _tapped(app, next(reader), article, number % sections)
            return TAPS

        async def theirs() -> int:
            for number in range(TAPS):
                await bare.feed_raw_update(bot, _update(FIRST_TAPPER, number, "any"))
            return TAPS

        try:
            return await compared("a tap", costing(ours), costing(theirs))
        finally:
            gc.unfreeze()


async def under_load(seconds: float) -> list[Row]:
    """Return how long taps take without a broadcast and during one at each rate."""
    rows: list[Row] = []
    before = 0.0
    for rate in (0.0, *RATES):
        with cheap_telegram() as server:
            async with _busy(server.url, rate, seconds) as app:
                p50, p99, served = await _taps(app, seconds)
            sent = server.report().messages
        before = before or p99
        rows.append(
            {
                "broadcast": f"{rate:.0f}/s" if rate else "none",
                "taps": served,
                "p50, ms": p50,
                "p99, ms": p99,
                "p99 to p99 without": p99 / before,
                "messages meanwhile": sent,
            }
        )
    return rows


@asynccontextmanager
async def _busy(url: str, rate: float, seconds: float) -> AsyncIterator[App]:
    """Yield the program while it delivers to as many readers as the rate allows in that time, and some more."""
    clock = Standing()
    async with program(url, clock, per_second=rate or RATES[0]) as app:
        await subscribe(app.database, TAPPERS, first=FIRST_TAPPER, due=MORNING + timedelta(days=30))
        await subscribe(app.database, int(rate * (seconds + 5)) or 1)
        await _warm(app)
        if not rate:
            freeze()
            yield app
            return
        clock.moment = MORNING
        await app.tick()
        freeze()
        async with asyncio.TaskGroup() as tasks:
            courier = tasks.create_task(app.courier.run(app.wake))
            yield app
            courier.cancel()


async def _warm(app: App) -> None:
    article, sections = await _longest(app)
    for number in range(20):
        await _tapped(app, FIRST_TAPPER, article, number % sections)


async def _taps(app: App, seconds: float) -> tuple[float, float, int]:
    """Let readers tap at random; return p50 and p99 in milliseconds, and how many there were."""
    article, sections = await _longest(app)
    took: list[float] = []

    async def one(number: int) -> None:
        began = time.perf_counter()
        await _tapped(app, FIRST_TAPPER + number % TAPPERS, article, number % sections)
        took.append((time.perf_counter() - began) * 1000)

    pause = random.Random(1)
    until = time.monotonic() + seconds
    async with asyncio.TaskGroup() as tasks:
        for number in range(int(seconds * PER_SECOND * 2)):
            if time.monotonic() > until:
                break
            tasks.create_task(one(number))
            await asyncio.sleep(pause.expovariate(PER_SECOND))
    cuts = quantiles(took, n=100)
    return cuts[49], cuts[98], len(took)


async def _tapped(app: App, reader: int, article: ArticleId, section: int) -> None:
    target = ShowSection(edition=0, article=article, section=section, trail="l")
    await app.dispatcher.feed_raw_update(app.bot, _update(reader, section, target.pack()))


async def _longest(app: App) -> tuple[ArticleId, int]:
    found, _ = await app.newsroom.published(offset=0, limit=50)
    article = max(found, key=lambda one: len(one.sections))
    return article.id, len(article.sections)


# Any: the update is JSON as Telegram sends it.
def _update(reader: int, number: int, data: str) -> dict[str, Any]:
    person = {"id": reader, "is_bot": False, "first_name": "A", "language_code": "ru"}
    chat = {"id": reader, "type": "private", "first_name": "A"}
    bot = {"id": 1000, "is_bot": True, "first_name": "B", "username": "svodka_bot"}
    message = {"message_id": 5, "date": 1_790_000_000, "chat": chat, "from": bot, "text": "before"}
    query = {"id": str(number), "from": person, "chat_instance": "1", "message": message, "data": data}
    return {"update_id": number + 1, "callback_query": query}


async def measure(chosen: Namespace) -> bool:
    """Print what was asked for; return whether the goal is met."""
    logging.disable(logging.WARNING)
    if not chosen.under_load:
        with cheap_telegram() as server:
            figure = await tap(server.url)
        if chosen.json:
            show([asdict(figure)], as_json=True, title="a tap")
        note(str(figure), as_json=chosen.json)
        return True
    rows = await under_load(chosen.seconds)
    show(
        rows, as_json=chosen.json, title=f"Taps during a broadcast; goal: p99 at most {GOAL:.0f} times that without one"
    )
    return all(isinstance(ratio := row["p99 to p99 without"], float) and ratio <= GOAL for row in rows)


if __name__ == "__main__":
    parser = options(__doc__)
    parser.add_argument("--under-load", action="store_true", help="measure taps during a broadcast")
    parser.add_argument("--seconds", type=float, default=30, help="of each broadcast (default: %(default)s)")
    main(parser, measure)
