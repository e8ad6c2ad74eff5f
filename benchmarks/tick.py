"""`python -m benchmarks.tick`: the tick that plans for everybody who is due, and the whole program delivering to them.

Time and memory at 10,000, 100,000 and 1,000,000 due readers in 40 zones, on both databases: linear in readers, and not
held in memory. Each size is planned by a process of its own, so that its peak is its own. Delivering is measured on
SQLite against the cheap server, to 200,000 readers or, with `--full`, to 1,000,000.
"""

import asyncio
import multiprocessing
import resource
import sys
import time
from argparse import Namespace
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import available_timezones

from benchmarks.cheap import cheap_telegram
from benchmarks.figures import Row, main, note, options, show
from benchmarks.postgres import cluster, found
from benchmarks.world import MORNING, UNLIMITED, Standing, publish, settings, subscribe
from bot.app import opened
from bot.running import freeze
from digests.storage.engine import Database

SIZES = (10_000, 100_000, 1_000_000)
ZONES = 40
GOAL_MIB = 250
GOAL_LINEAR = 2.0  # the largest size's time a reader to the smallest's
MIB = 1024 * 1024
NOBODY = "http://127.0.0.1:9"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a process needed."""

    seconds: float
    before_mib: float  # resident, when all was built and nothing done yet
    peak_mib: float
    done: int


def zones() -> tuple[str, ...]:
    """Return forty zones of the world, evenly out of all."""
    known = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix/")))
    return tuple(islice(known, 0, None, len(known) // ZONES))[:ZONES]


async def prepared(url: str, number: int) -> None:
    """Publish something and enter readers who are all due at one instant."""
    await publish(url, MORNING.replace(hour=6))
    async with Database.opened(url) as database:
        await subscribe(database, number, zones())


def planned(url: str, number: int) -> Cost:
    """Plan for everybody in a process of its own."""
    return _elsewhere(_plan, url, NOBODY, number)


def delivered(url: str, telegram: str, number: int) -> Cost:
    """Plan for everybody and deliver, with all that the program has, in a process of its own."""
    return _elsewhere(_deliver, url, telegram, number)


async def _plan(url: str, telegram: str, number: int) -> Cost:
    clock = Standing()
    clock.moment = MORNING
    async with opened(settings(telegram, url, UNLIMITED), clock=clock) as app:
        freeze()
        before, began = resident_mib(), time.perf_counter()
        report = await app.planner.tick()
        assert report.planned == number, report
        return Cost(seconds=time.perf_counter() - began, before_mib=before, peak_mib=peak_mib(), done=report.planned)


async def _deliver(url: str, telegram: str, number: int) -> Cost:
    clock = Standing()
    clock.moment = MORNING
    async with opened(settings(telegram, url, UNLIMITED), clock=clock) as app:
        await app.bot.get_me()
        freeze()
        before = resident_mib()
        await app.tick()
        began = time.perf_counter()
        sent = await app.courier.drain()
        assert sent == number, sent
        return Cost(seconds=time.perf_counter() - began, before_mib=before, peak_mib=peak_mib(), done=sent)


def _elsewhere(work: object, url: str, telegram: str, number: int) -> Cost:
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_run, args=(theirs, work, url, telegram, number))
    process.start()
    theirs.close()
    try:
        cost: Cost = ours.recv()
        return cost
    finally:
        process.join()


def _run(pipe: Connection, work: object, url: str, telegram: str, number: int) -> None:
    assert callable(work)
    try:
        import uvloop
    except ModuleNotFoundError:
        pipe.send(asyncio.run(work(url, telegram, number)))
    else:
        pipe.send(uvloop.run(work(url, telegram, number)))


def peak_mib() -> float:
    """Return the most memory that this process ever had resident."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / MIB if sys.platform == "darwin" else peak / 1024


def resident_mib() -> float:
    """Return the memory that this process has resident now; its peak where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return peak_mib()
    return pages * resource.getpagesize() / MIB


def row(what: str, ledger: str, cost: Cost) -> Row:
    """Return a line of the table."""
    return {
        "work": what,
        "ledger": ledger,
        "readers": cost.done,
        "seconds": cost.seconds,
        "µs a reader": cost.seconds * 1e6 / cost.done,
        "RSS before, MiB": round(cost.before_mib),
        "RSS at most, MiB": round(cost.peak_mib),
    }


async def measure(chosen: Namespace) -> bool:
    """Print all of it; return whether the goals are met."""
    sizes = [size for size in SIZES if size <= chosen.most]
    rows: list[Row] = []
    met = True
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        server = stack.enter_context(cluster()) if found() else None
        for ledger in ("SQLite", "PostgreSQL") if server else ("SQLite",):
            costs = []
            for size in sizes:
                sqlite = f"sqlite+aiosqlite:///{folder / f'{size}.db'}"
                url = server.fresh(f"tick_{size}") if server and ledger == "PostgreSQL" else sqlite
                await prepared(url, size)
                costs.append(await asyncio.to_thread(planned, url, size))
                rows.append(row("plan", ledger, costs[-1]))
                note(f"planned {size} on {ledger}", as_json=chosen.json)
            first, last = costs[0], costs[-1]
            met = met and last.seconds / last.done <= GOAL_LINEAR * first.seconds / first.done
            met = met and last.peak_mib <= GOAL_MIB
        number = 1_000_000 if chosen.full else min(200_000, chosen.most)
        url = f"sqlite+aiosqlite:///{folder / 'deliver.db'}"
        await prepared(url, number)
        telegram = stack.enter_context(cheap_telegram())
        cost = await asyncio.to_thread(delivered, url, telegram.url, number)
        rows.append(row("deliver", "SQLite", cost))
        met = met and cost.peak_mib <= GOAL_MIB
    show(
        rows, as_json=chosen.json, title=f"Planning and delivering; goal: at most {GOAL_MIB} MiB resident, linear time"
    )
    return met


if __name__ == "__main__":
    parser = options(__doc__)
    parser.add_argument(
        "--most", type=int, default=SIZES[-1], help="readers planned for at most (default: %(default)s)"
    )
    parser.add_argument("--full", action="store_true", help="deliver to 1,000,000 readers: some minutes")
    main(parser, measure)
