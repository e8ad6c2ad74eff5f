"""`python -m benchmarks.paid`: the paid rate, 1000/s, held on one core, and the courier's ceiling without a pace.

The ceiling is the whole way of a message, claim → render → send → record, against bare `bot.send_message` under
`asyncio.gather` with no ledger at all, in turn on one core; the server has the other one.
"""

import asyncio
import os
import time
from argparse import Namespace
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager

from aiogram.types import InlineKeyboardMarkup
from sqlalchemy import select, update

from benchmarks.bare import bare_bot
from benchmarks.cheap import Cheap, cheap_telegram
from benchmarks.counting import Counting, Manners
from benchmarks.figures import Figure, compared, main, note, options, show
from benchmarks.postgres import cluster, found
from benchmarks.world import MORNING, UNLIMITED, Standing, program, subscribe
from bot.app import App
from bot.rendering import rendered
from bot.running import freeze
from bot.views.keyboards import keyboard
from digests.editions import EditionId
from digests.storage.schema import deliveries

PAID = 1000.0
GOAL_HELD = 0.98
GOAL_CEILING = 2.5
OURS, THEIRS = 0, 1  # cores


async def ceiling(server: Cheap, *, database: str | None, number: int, rounds: int = 5) -> Figure:
    """Return what a message costs, from the ledger's row to its record, against sending alone."""
    async with _planned(server, database=database, number=number) as app, bare_bot(server.url) as bot:
        text, buttons = await _cover(app)

        async def ours() -> int:
            async with app.database.write() as connection:
                await connection.execute(update(deliveries).values(state="pending"))
            return await app.courier.drain()

        async def theirs() -> int:
            await asyncio.gather(*(bot.send_message(chat, text, reply_markup=buttons) for chat in range(1, number + 1)))
            return number

        return await compared("a delivered message", ours, theirs, rounds)


async def held(server: Cheap, *, database: str | None, number: int) -> dict[str, float]:
    """Deliver to so many readers at the paid rate; return the share of it, and of a core, that this took."""
    async with _planned(server, database=database, number=number, per_second=PAID) as app:
        server.forget()
        cpu, wall = time.process_time(), time.perf_counter()
        await app.courier.drain()
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        seen = server.report()
    assert seen.messages == seen.chats == number, seen
    return {
        "share": (number - 1) / (seen.last_at - seen.first_at) / PAID,
        "core": cpu / wall,
        "refusals": seen.refusals,
    }


@asynccontextmanager
async def _planned(
    server: Cheap, *, database: str | None, number: int, per_second: float = UNLIMITED
) -> AsyncIterator[App]:
    clock = Standing()
    async with program(server.url, clock, database=database, per_second=per_second) as app:
        await subscribe(app.database, number)
        clock.moment = MORNING
        await app.tick()
        await app.bot.get_me()
        freeze()
        yield app


async def _cover(app: App) -> tuple[str, InlineKeyboardMarkup | None]:
    async with app.database.read() as connection:
        edition = await connection.scalar(select(deliveries.c.edition_id).limit(1))
    view = rendered(app.catalogs, await app.library.edition(EditionId(edition or 0)))
    return view.text, keyboard(view)


async def measure(chosen: Namespace) -> bool:
    """Print both figures on every database there is; return whether the goals are met."""
    rows: list[dict[str, object]] = []
    met = True
    with ExitStack() as stack:
        bases: dict[str, list[str | None]] = {"SQLite": [None, None]}
        if found():
            postgres = stack.enter_context(cluster())
            bases["PostgreSQL"] = [postgres.fresh("ceiling"), postgres.fresh("held")]
        else:
            note("no PostgreSQL on this machine: SQLite only", as_json=chosen.json)
        os.sched_setaffinity(0, {OURS})  # now, so that PostgreSQL has both
        for name, (first, second) in bases.items():
            with cheap_telegram(core=THEIRS) as server:
                figure = await ceiling(server, database=first, number=chosen.ceiling, rounds=chosen.rounds)
            with cheap_telegram(Manners(counting=Counting.BUCKET, per_second=PAID), core=THEIRS) as server:
                kept = await held(server, database=second, number=chosen.number)
            ratio = 1 / figure.wall_ratio
            met = met and ratio >= GOAL_CEILING and kept["share"] >= GOAL_HELD
            rows.append(
                {
                    "ledger": name,
                    "ours, messages/s": 1000 / figure.ours_wall_ms,
                    "bare aiogram/s": 1000 / figure.bare_wall_ms,
                    "ceiling ratio": ratio,
                    "by CPU": 1 / figure.ratio,
                    "share of 1000/s held": kept["share"],
                    "of a core": kept["core"],
                    "429": int(kept["refusals"]),
                }
            )
    show(
        rows,
        as_json=chosen.json,
        title=f"Paid rate: N = {chosen.number}; goals: ratio ≥ {GOAL_CEILING}, share ≥ {GOAL_HELD}",
    )
    return met


if __name__ == "__main__":
    parser = options(__doc__)
    parser.add_argument("--number", type=int, default=20_000, help="messages at the paid rate (default: %(default)s)")
    parser.add_argument(
        "--ceiling", type=int, default=3_000, help="messages a run without a pace (default: %(default)s)"
    )
    parser.add_argument("--rounds", type=int, default=5, help="pairs of runs (default: %(default)s)")
    main(parser, measure)
