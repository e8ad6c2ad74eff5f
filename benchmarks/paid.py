"""`python -m benchmarks.paid`: the paid rate, 1000/s, held on one core, and the courier's ceiling without a pace.

The ceiling is the whole way of a message, claim → render → send → record, against bare `bot.send_message` under
`asyncio.gather` with no ledger at all, in turn on one core; the server has the other one.
"""

import os
import time
from argparse import Namespace
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass

from aiogram.types import InlineKeyboardMarkup
from sqlalchemy import select, update

from benchmarks.bare import bare_bot, bare_program, gathered
from benchmarks.cheap import Cheap, cheap_telegram
from benchmarks.counting import Counting, Manners
from benchmarks.figures import Figure, compared, costing, main, note, options, show
from benchmarks.postgres import cluster, found
from benchmarks.world import MORNING, UNLIMITED, Standing, program, subscribe
from bot.app import App
from bot.rendering import rendered
from bot.running import freeze
from bot.views.keyboards import keyboard
from digests.editions import EditionId
from digests.storage.schema import deliveries, readers

PAID = 1000.0
GOAL_HELD = 0.98
GOAL_CEILING = 2.5
OURS, THEIRS = 0, 1  # cores


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The courier against bare aiogram: in a program of its own as anyone writes it, and in our process.

    There aiogram has our event loop and our frozen garbage collector too.
    """

    usual: Figure
    helped: Figure


async def ceiling(server: Cheap, *, database: str | None, number: int, rounds: int = 5, core: int = OURS) -> Ceiling:
    """Return what a message costs, from the ledger's row to its record, against sending alone."""
    async with _planned(server, database=database, number=number) as app, bare_bot(server.url) as bot:
        text, buttons = await _cover(app)

        async def ours() -> int:
            await _again(app, number)
            return await app.courier.drain()

        async def helped() -> int:
            return await gathered(bot, text, buttons, number)

        keyboard = buttons.model_dump_json() if buttons else None
        with bare_program(server.url, text, keyboard, number, core) as usual:
            return Ceiling(
                usual=await compared("a delivered message", costing(ours), usual, rounds),
                helped=await compared("a delivered message", costing(ours), costing(helped), rounds),
            )


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


async def _again(app: App, number: int) -> None:
    """Owe everybody their digest once more, in other chats: in one chat messages have a pace of their own."""
    async with app.database.write() as connection:
        await connection.execute(update(readers).values(chat_id=readers.c.chat_id + number))
        await connection.execute(update(deliveries).values(state="pending"))


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
            usual, helped = figure.usual, figure.helped
            ratio = 1 / usual.wall_ratio
            met = met and ratio >= GOAL_CEILING and kept["share"] >= GOAL_HELD
            rows.append(
                {
                    "ledger": name,
                    "ours/s": 1000 / usual.ours_wall_ms,
                    "bare/s": 1000 / usual.bare_wall_ms,
                    "ratio": ratio,
                    "by CPU": 1 / usual.ratio,
                    "bare with our loop and GC/s": 1000 / helped.bare_wall_ms,
                    "its ratio": 1 / helped.wall_ratio,
                    "share of 1000/s": kept["share"],
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
