"""The code that broadcasts are usually sent with, over HTTP or in virtual time: what ours is measured against."""

import asyncio
from collections.abc import Awaitable, Callable

from benchmarks.simulated import Refused

Send = Callable[[int], Awaitable[object]]  # to the chat of a number; raises Refused for a 429
Sender = Callable[[Send, int], Awaitable[int]]  # sends to so many chats and returns how many it gave up

AT_ONCE = 30


async def loop(send: Send, number: int) -> int:
    """Send one after another with a pause of 0.05 s, as most handbooks do; a 429 is waited out once."""
    lost = 0
    for chat in range(number):
        try:
            await send(chat)
        except Refused as refusal:
            await asyncio.sleep(refusal.retry_after)
            try:
                await send(chat)
            except Refused:
                lost += 1
        await asyncio.sleep(0.05)
    return lost


async def gather(send: Send, number: int) -> int:
    """Send thirty at a time and try again whatever got a 429, after the time that it names."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def insist(chat: int) -> None:
        async with gate:
            while True:
                try:
                    await send(chat)
                except Refused as refusal:
                    await asyncio.sleep(refusal.retry_after)
                else:
                    return

    await asyncio.gather(*(insist(chat) for chat in range(number)))
    return 0


async def chunks(send: Send, number: int) -> int:
    """Send thirty at once, then rest for a second; what gets a 429 is given up."""
    lost = 0
    for start in range(0, number, AT_ONCE):
        chats = range(start, min(start + AT_ONCE, number))
        results = await asyncio.gather(*(send(chat) for chat in chats), return_exceptions=True)
        lost += sum(isinstance(result, BaseException) for result in results)
        await asyncio.sleep(1)
    return lost


USUAL: dict[str, Sender] = {
    "loop with sleep(0.05)": loop,
    "gather, 30 at a time, with retry": gather,
    "30 at once, then sleep(1)": chunks,
}
