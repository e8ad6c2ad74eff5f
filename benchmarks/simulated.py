"""A Telegram without a network and the pacer before it, in virtual time: minutes of sending in a second."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from benchmarks.counting import Limit, Manners
from benchmarks.virtual import START, VirtualClock
from digests.pacing import Lane, Pacer

HANDS = 64  # as many as the courier has
FOREVER_S = 1e9


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """How a sending went."""

    share: float  # of the allowed rate
    refusals: int
    lost: int = 0


class Refused(Exception):
    """A 429."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"retry after {retry_after}")
        self.retry_after = retry_after


class Telegram:
    """Counts a message after its way there, and answers after its way back, with the second it was counted in."""

    def __init__(self, manners: Manners, *, seed: int, phase: float = 0.0, back: bool = False) -> None:
        self._manners = manners
        self._limit = Limit(manners)
        self._random = random.Random(seed)
        self._phase = phase  # of its clock against ours
        self._back = back  # whether it is the way back that takes time
        self._penalty_until = 0.0
        self._times: list[float] = []
        self.refusals = 0

    async def take(self) -> int:
        """Take a message. Raises Refused."""
        low, high = self._manners.latency_ms
        way = self._random.uniform(low, high) / 1000
        await asyncio.sleep(0 if self._back else way)
        now = START.timestamp() + self._phase + asyncio.get_running_loop().time()
        taken = now >= self._penalty_until and self._limit.admits(now)
        await asyncio.sleep(way if self._back else 0)
        if not taken:
            self.refusals += 1
            if now >= self._penalty_until:
                self._penalty_until = now + self._manners.penalty_s
            raise Refused(self._penalty_until - now)
        self._times.append(now)
        return int(now)

    @property
    def share(self) -> float:
        """The share of its limit that was used between the first message and the last."""
        return (len(self._times) - 1) / (self._times[-1] - self._times[0]) / self._manners.per_second


async def paced(telegram: Telegram, manners: Manners, number: int, hands: int = HANDS) -> Sending:
    """Send through the pacer as the gateway does."""
    pacer = Pacer(VirtualClock(), manners.per_second)

    async def send() -> None:
        while await pacer.turn(Lane.DIGEST, FOREVER_S) == 0:
            leaving = pacer.sent()
            try:
                second = await telegram.take()
            except Refused as refusal:
                pacer.failed(leaving)
                pacer.refused(refusal.retry_after + 0.1)
            else:
                pacer.answered(leaving, second)
                return

    await shared_out(number, hands, send)
    return Sending(share=telegram.share, refusals=telegram.refusals)


async def shared_out(number: int, hands: int, send: Callable[[], Awaitable[None]]) -> None:
    """Do something so many times, so many at once."""
    left = number

    async def work() -> None:
        nonlocal left
        while left > 0:
            left -= 1
            await send()

    async with asyncio.TaskGroup() as tasks:
        for _ in range(hands):
            tasks.create_task(work())
