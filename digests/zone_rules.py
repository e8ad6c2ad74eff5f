"""Zone rules: when the database of time zones has changed, readers are due by the new rules."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import TZPATH

from digests import schedule as times
from digests.clock import Clock
from digests.readers import Schedule
from digests.storage import facts, timings
from digests.storage.engine import Database
from digests.storage.instants import instant, seconds
from digests.storage.timings import Timing

log = logging.getLogger(__name__)

FACT = "zone_rules"  # the release by which the readers' next digests were computed last
NEAR = timedelta(days=2)  # rules never moved a slot further


def release() -> str:
    """Return which release of the zone database is in use: the system's, and ours for what the system has not."""
    headings = (_heading(Path(folder) / "tzdata.zi") for folder in TZPATH)
    return " ".join(filter(None, [next(filter(None, headings), ""), _packaged()]))


def _heading(path: Path) -> str:
    try:
        with path.open(encoding="ascii", errors="replace") as file:
            return file.readline().removeprefix("# version").strip()
    except OSError:
        return ""


def _packaged() -> str:
    try:
        return version("tzdata")
    except PackageNotFoundError:
        return ""


async def follow(database: Database, clock: Clock, current: str) -> int:
    """Move what is still to come to where the rules in use put it, if they are others than the last time.

    Returns how many readers were moved. A digest keeps its local date, which the ledger enters once, so that nobody
    gets it twice; one whose new time has just passed is due at once.
    """
    async with database.read() as connection:
        if await facts.find(connection, FACT) == current:
            return 0
        known = await timings.after(connection, clock.now())
    moved = 0
    for timing, at in _moves(known):
        async with database.write() as connection:
            moved += await timings.move(connection, timing, at)
    async with database.write() as connection:
        await facts.put(connection, FACT, current)
    if moved:
        log.warning("time zones have changed release=%s readers=%s", current, moved)
    return moved


def _moves(known: list[Timing]) -> Iterator[tuple[Timing, int]]:
    for timing in known:
        due = instant(timing.next_due)
        wanted = Schedule(zone=timing.zone, time=times.time_of(timing.digest_time), days=timing.days)
        nearest = _nearest(times.sound(wanted), due)
        if nearest is not None and nearest != due:
            yield timing, seconds(nearest)


def _nearest(schedule: Schedule, due: datetime) -> datetime | None:
    """Return the slot that the rules of today have closest to an instant of other rules."""
    near = [slot.at for slot in _around(schedule, due)]
    return min(near, key=lambda at: abs(at - due), default=None)


def _around(schedule: Schedule, due: datetime) -> Iterator[times.Slot]:
    for slot in times.upcoming(schedule, due - NEAR):
        if slot.at > due + NEAR:
            return
        yield slot
