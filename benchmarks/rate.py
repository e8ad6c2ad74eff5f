"""`python -m benchmarks.rate`: the free rate, 30/s, against servers that count in different ways and tell nobody which.

First the whole courier over HTTP in real time, then the same pacer in virtual time, where 10,000 messages take a
second; the usual code beside it. A 429 costs five seconds during which every call fails. `--usual` sends with the
usual code over HTTP too, which takes minutes.
"""

import asyncio
from argparse import Namespace
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from aiogram import Bot
from aiogram.exceptions import TelegramRetryAfter

from benchmarks.bare import bare_bot
from benchmarks.cheap import Cheap, Report, cheap_telegram
from benchmarks.counting import Counting, Manners
from benchmarks.figures import Row, main, note, options, show
from benchmarks.simulated import Refused, Sending, Telegram, paced
from benchmarks.usual import USUAL, Sender
from benchmarks.virtual import run
from benchmarks.world import MORNING, Standing, program, subscribe
from bot.app import App

FREE = Manners(per_second=30, latency_ms=(30, 80))
TOLD = (Counting.BUCKET, Counting.SECONDS)
GOAL, GOAL_PROVEN = 0.94, 0.98
OURS = "Svodka"


async def delivered(counting: Counting, number: int) -> Row:
    """Deliver to so many readers over HTTP, through the ledger, the gateway and all."""
    with cheap_telegram(replace(FREE, counting=counting)) as server:
        async with _planned(server, number) as app:
            server.forget()
            await _drained(app, server, number)
            return _row(OURS, counting, number, _sending(server.report(), number))


async def bare(name: str, sender: Sender, counting: Counting, number: int) -> Row:
    """Send to so many chats over HTTP with the usual code."""
    with cheap_telegram(replace(FREE, counting=counting)) as server:
        async with bare_bot(server.url) as bot:
            await sender(lambda chat: _sent(bot, chat + 1), number)
        return _row(name, counting, number, _sending(server.report(), number))


def simulated(counting: Counting, number: int) -> list[Row]:
    """Do the same in virtual time: our pacer, and the usual code."""
    manners = replace(FREE, counting=counting)
    rows = [_row(OURS, counting, number, run(paced(Telegram(manners, seed=1), manners, number)))]
    if counting in TOLD:
        rows += [_row(name, counting, number, run(_usual(sender, manners, number))) for name, sender in USUAL.items()]
    return rows


def _both(number: int, countings: Sequence[Counting] = TOLD) -> list[Row]:
    return [row for counting in countings for row in simulated(counting, number)]


async def _usual(sender: Sender, manners: Manners, number: int) -> Sending:
    telegram = Telegram(manners, seed=1)
    lost = await sender(lambda _chat: telegram.take(), number)
    return Sending(share=telegram.share, refusals=telegram.refusals, lost=lost)


@asynccontextmanager
async def _planned(server: Cheap, number: int) -> AsyncIterator[App]:
    clock = Standing()
    async with program(server.url, clock, per_second=FREE.per_second) as app:
        await subscribe(app.database, number)
        clock.moment = MORNING
        await app.tick()
        yield app


async def _drained(app: App, server: Cheap, number: int) -> None:
    """Deliver until all is delivered: what a 429 puts off is taken up again when its time has come."""
    while server.report().chats < number:
        await app.courier.drain()
        await asyncio.sleep(0.2)


async def _sent(bot: Bot, chat: int) -> None:
    try:
        await bot.send_message(chat, "text " * 40)
    except TelegramRetryAfter as error:
        raise Refused(error.retry_after) from error


def _sending(seen: Report, number: int) -> Sending:
    share = (seen.messages - 1) / (seen.last_at - seen.first_at) / FREE.per_second
    assert not seen.repeats, seen
    return Sending(share=share, refusals=seen.refusals, lost=number - seen.chats)


def _row(name: str, counting: Counting, number: int, sent: Sending) -> Row:
    return {
        "sender": name,
        "the server counts": counting.value,
        "messages": number,
        "share of 30/s": sent.share,
        "429": sent.refusals,
        "lost": sent.lost,
    }


def _is_met(row: Row, goal: float) -> bool:
    share = row["share of 30/s"]
    return isinstance(share, float) and share >= goal and row["429"] == row["lost"] == 0


async def measure(chosen: Namespace) -> bool:
    """Print all of it; return whether the goals are met."""
    note(f"{chosen.number} messages in real time take {chosen.number / 28:.0f} s", as_json=chosen.json)
    work = [delivered(counting, chosen.number) for counting in TOLD]
    if chosen.usual:
        work += [bare(name, sender, counting, chosen.number) for counting in TOLD for name, sender in USUAL.items()]
    real = await asyncio.gather(*work)
    show(real, as_json=chosen.json, title="Free rate over HTTP, real time, the whole courier")
    # In a thread of their own: a loop cannot run inside another.
    few = await asyncio.to_thread(_both, 1_800)
    many = await asyncio.to_thread(_both, 10_000)
    show([*few, *many], as_json=chosen.json, title="Free rate in virtual time, the same pacer")
    unknown = await asyncio.to_thread(_both, 10_000, (Counting.OTHER_SECONDS, Counting.STRETCH))
    show(unknown, as_json=chosen.json, title="Beyond the promise: seconds that no answer tells of, and sliding ones")
    ours = [row for row in (*real, *few, *many) if row["sender"] == OURS]
    proven = [row for row in many if row["sender"] == OURS and row["the server counts"] == Counting.BUCKET.value]
    return all(_is_met(row, GOAL) for row in ours) and all(_is_met(row, GOAL_PROVEN) for row in proven)


if __name__ == "__main__":
    parser = options(__doc__)
    parser.add_argument("--number", type=int, default=1_800, help="messages in real time (default: %(default)s)")
    parser.add_argument("--usual", action="store_true", help="the usual code over HTTP too: some minutes")
    main(parser, measure)
