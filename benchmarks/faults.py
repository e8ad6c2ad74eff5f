"""`python -m benchmarks.faults`: broadcasts that meet every fault there is, and what the ledger says afterwards.

The program runs as a process of its own against the strict local Telegram in this one. After each broadcast every row
is held against the messages in its chat. `--kills 200` is the soak; `--only NAME` runs what bears that name.
"""

import asyncio
import random
import tempfile
import time
from argparse import Namespace
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks.accelerated import floods
from benchmarks.broadcast import Audit, Broadcast, broadcast, stopped
from benchmarks.figures import Row, main, note, options, show
from benchmarks.postgres import cluster, found
from benchmarks.trouble import file_limit, full_disk, locked, small_disk
from digests.delivery import hands
from sandbox import Fault

RATE = 250.0  # messages a second: as many in hand as at the free rate
START_UP_S = 4.0
GRACE_S = 10.0  # within which a stop must be done


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How a broadcast ended, and how many repeats its faults may have caused at most."""

    audit: Audit
    allowed: int
    remark: str = ""

    @property
    def is_met(self) -> bool:
        """Whether nothing was lost, no more repeated than allowed, and the ledger tells the truth."""
        a = self.audit
        return not (a.lost or a.disagree or a.still_open) and a.repeats <= self.allowed


Scenario = Callable[[Namespace], Awaitable[Verdict]]


async def kills(chosen: Namespace) -> Verdict:
    """Kill the program at random instants, while it starts, plans and sends, and start it again."""
    async with broadcast(chosen.number, per_second=RATE) as sent:
        at_risk = [await _life(sent, chosen.number // (chosen.kills + 1)) for _ in range(chosen.kills)]
        await sent.start()
        await sent.finished()
        audit = await sent.audit()
    most = max(at_risk, default=0)
    assert most <= hands(RATE), at_risk
    return Verdict(
        audit=audit,
        allowed=sum(at_risk),
        remark=f"{chosen.kills} kills: at most {most} unrecorded at one, of {hands(RATE)} in hand",
    )


async def _life(sent: Broadcast, share: int) -> int:
    """Run the program until some instant and kill it; return how many messages the ledger does not know of."""
    process = await sent.start()
    if random.random() < 0.15:
        await asyncio.sleep(random.uniform(0, START_UP_S))
    else:
        target = min(sent.taken + random.randint(1, max(1, 2 * share)), sent.number)
        await sent.until_taken(target)
        await asyncio.sleep(random.uniform(0, 0.05))
    process.kill()
    await process.wait()
    return await sent.unrecorded()


def fault(kind: str, share: float) -> Scenario:
    """Return the scenario of a fault that befalls a share of the messages."""

    async def scenario(chosen: Namespace) -> Verdict:
        async with broadcast(chosen.number, per_second=RATE) as sent:
            sent.sandbox.faults.set([Fault(kind=kind, method="sendMessage", probability=share)])
            await sent.start()
            await sent.finished()
            audit = await sent.audit()
            counts = sent.sandbox.calls.counts
        lost_answers = counts["sendMessage", 200] - audit.sent
        calls = sum(number for (method, _), number in counts.items() if method == "sendMessage")
        return Verdict(audit=audit, allowed=lost_answers, remark=f"{calls} calls")

    return scenario


async def held(chosen: Namespace) -> Verdict:
    """Lose 1 % of the answers with ON_UNKNOWN=hold: nothing may be repeated, and an editor decides."""
    async with broadcast(chosen.number, per_second=RATE) as sent:
        sent.sandbox.faults.set([Fault(kind="lost_answer", method="sendMessage", probability=0.01)])
        await sent.start(ON_UNKNOWN="hold")
        await sent.finished()
        audit = await sent.audit()
    return Verdict(audit=audit, allowed=0, remark=f"{audit.unknown} wait for an editor")


async def blocked(chosen: Namespace) -> Verdict:
    """Let 5 % of the readers have blocked the bot."""
    async with broadcast(chosen.number, per_second=RATE, blocked=0.05) as sent:
        await sent.start()
        await sent.finished()
        audit = await sent.audit()
    return Verdict(audit=audit, allowed=0, remark=f"{audit.gone} unreachable, their settings kept")


async def database_locked(chosen: Namespace) -> Verdict:
    """Let another program take SQLite's write lock, for a while and for longer than anybody waits."""
    async with broadcast(chosen.number, per_second=RATE) as sent:
        await sent.start()
        for share, seconds in ((0.2, 2.0), (0.5, 12.0)):
            await sent.until_taken(int(chosen.number * share))
            await asyncio.to_thread(locked, sent.folder / "svodka.db", seconds)
        await sent.finished()
        audit = await sent.audit()
    return Verdict(audit=audit, allowed=0, remark="locked for 2 s and for 12 s")


async def disk_full(chosen: Namespace) -> Verdict:
    """Fill the disk under SQLite in the middle, then make room again."""
    with ExitStack() as stack:
        folder = stack.enter_context(small_disk()) or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        async with broadcast(chosen.number, per_second=RATE, folder=folder) as sent:
            process = await sent.start()
            await sent.until_taken(chosen.number // 3)
            before = sent.taken
            with full_disk(folder / "svodka.db") if folder.is_mount() else file_limit(process.pid, folder):
                await asyncio.sleep(6)
                during = sent.taken - before
            await sent.finished()
            audit = await sent.audit()
    return Verdict(audit=audit, allowed=0, remark=f"full for 6 s; {during} went out meanwhile")


async def postgres_restarted(chosen: Namespace) -> Verdict:
    """Let PostgreSQL crash in the middle and come back after two seconds."""
    with cluster() as server:
        async with broadcast(chosen.number, per_second=RATE, url=server.fresh("faults")) as sent:
            await sent.start()
            await sent.until_taken(chosen.number // 3)
            await asyncio.to_thread(server.stop)
            await asyncio.sleep(2)
            await asyncio.to_thread(server.start)
            await sent.finished()
            audit = await sent.audit()
    return Verdict(audit=audit, allowed=0, remark="down for 2 s")


def two(*, postgres: bool, stop: bool) -> Scenario:
    """Return the scenario of two instances on one database, one of which may be told to stop mid-way."""

    async def scenario(chosen: Namespace) -> Verdict:
        with ExitStack() as stack:
            url = stack.enter_context(cluster()).fresh("faults") if postgres else None
            async with broadcast(chosen.number, per_second=RATE, url=url) as sent:
                first, _ = await asyncio.gather(sent.start(), sent.start())
                remark = "started together"
                if stop:
                    await sent.until_taken(chosen.number // 3)
                    status, took = await stopped(first)
                    assert status == 0, status
                    assert took < GRACE_S + 1, took
                    remark = f"one stopped in {took:.1f} s with status {status}"
                await sent.finished()
                return Verdict(audit=await sent.audit(), allowed=0, remark=remark)

    return scenario


async def flooded(chosen: Namespace) -> Verdict:
    """Meet 429s with retry_after from 5 to 600 s, on a clock that runs sixty times as fast."""
    audit, inside, asked = await floods(min(chosen.number, 2_000))
    assert not inside, f"{inside} calls inside a flood window"
    return Verdict(audit=audit, allowed=0, remark=f"{asked} windows of 5–600 s, no call inside one")


def scenarios() -> dict[str, Scenario]:
    """Return everything that can be run on this machine."""
    known: dict[str, Scenario] = {
        "kill -9": kills,
        "answers lost, 1 %": fault("lost_answer", 0.01),
        "answers lost, 1 %, ON_UNKNOWN=hold": held,
        "resets before, 1 %": fault("reset_before", 0.01),
        "502 pages, 1 %": fault("502_html", 0.01),
        "429, retry_after 5–600 s": flooded,
        "5 % blocked": blocked,
        "database locked": database_locked,
        "disk full": disk_full,
        "two instances": two(postgres=False, stop=False),
        "two instances, one stopped": two(postgres=False, stop=True),
    }
    if found():
        known |= {
            "PostgreSQL restarted": postgres_restarted,
            "PostgreSQL, two instances, one stopped": two(postgres=True, stop=True),
        }
    return known


def row(name: str, number: int, verdict: Verdict, took_s: float) -> Row:
    """Return a line of the table."""
    audit = verdict.audit
    return {
        "fault": name,
        "readers": number,
        "sent": audit.sent,
        "lost": audit.lost,
        "repeats": audit.repeats,
        "allowed": verdict.allowed,
        "ledger wrong": audit.disagree + audit.still_open,
        "seconds": round(took_s),
        "remark": verdict.remark,
    }


async def measure(chosen: Namespace) -> bool:
    """Run the scenarios one after another and print a line for each; return whether all ended as they must."""
    met, rows = True, []
    for name, scenario in scenarios().items():
        if chosen.only and chosen.only not in name:
            continue
        began = time.monotonic()
        verdict = await scenario(chosen)
        met = met and verdict.is_met
        sent = verdict.audit.sent + verdict.audit.gone + verdict.audit.unknown + verdict.audit.failed
        rows.append(row(name, sent, verdict, time.monotonic() - began))
        note(f"{'ok ' if verdict.is_met else 'BAD'} {name}", as_json=chosen.json)
    show(rows, as_json=chosen.json, title="Faults")
    return met


if __name__ == "__main__":
    parser = options(__doc__)
    parser.add_argument("--number", type=int, default=10_000, help="readers (default: %(default)s)")
    parser.add_argument("--kills", type=int, default=20, help="instants to kill at (default: %(default)s)")
    parser.add_argument("--only", default="", help="part of the name of what to run")
    main(parser, measure)
