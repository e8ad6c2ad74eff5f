"""Pacing: when the next message may go out, evenly spaced, the most urgent first."""

import asyncio
import math
from dataclasses import dataclass, field
from enum import IntEnum
from heapq import heapify, heappop, heappush
from itertools import count

from digests.clock import Clock
from digests.counting import Tally

SHARE = 0.97  # of the limit, until it is proven that Telegram takes more
FULL = 0.995  # afterwards; the rest is for clocks that do not agree
PROVEN = 1_000  # answers without a refusal that prove the first step: the full share, guarded as strictly as before
PROVEN_SECONDS = 2_000  # and the second: Telegram's own seconds are filled
CAUTION_S = 86_400.0  # for how long after a refusal at the second step it is not tried again
FLOOR = 0.2  # the least share of the limit that refusals bring the rate down to
LOWERED = 0.7  # what a refusal leaves of the rate
CLIMB_S = 120.0  # how long the way from nothing back to the full share takes
# Waking up late, or waiting for the end of a second, must not lower the rate, so up to this much lost time is made good
# at once: sixty messages at a thousand a second, one or two at thirty. After a rest there is nothing to make good.
CATCH_UP_S = 0.06


class Lane(IntEnum):
    """Who waits for a message; the smaller goes first."""

    TAP = 0  # a reader or an editor who has just pressed something
    EDITOR = 1  # reports to editors
    BREAKING = 2  # what editors send to readers at once
    DIGEST = 3
    HOUSEKEEPING = 4  # what nobody waits for


class Rate:
    """Messages a second: a share of the limit that refusals lower and time restores."""

    def __init__(self, limit: float, share: float = SHARE) -> None:
        self._limit = limit
        self.ceiling = share
        self._base = share
        self._since = 0.0

    def at(self, now: float) -> float:
        """Return the rate at an instant."""
        return self._limit * self._share(now)

    def lower(self, now: float, until: float) -> None:
        """Take a refusal into account: less from now on, climbing again from `until`.

        Refusals of messages that were on their way together count as one.
        """
        if now >= self._since:
            self._base = max(FLOOR, self._share(now) * LOWERED)
        self._since = max(self._since, until)

    def _share(self, now: float) -> float:
        return min(self.ceiling, self._base + max(0.0, now - self._since) * self.ceiling / CLIMB_S)


@dataclass(order=True)
class _Waiter:
    lane: Lane
    number: int
    event: asyncio.Event = field(default_factory=asyncio.Event, compare=False)


class Pacer:
    """Lets messages pass one by one at the rate, without bursts (GCRA), and none at all while it is held.

    Whoever has passed says when the message leaves (`sent`) and what came of it (`answered`, `failed`). By that the
    pacer keeps any one second below the limit however late messages are counted, and comes to trust: first in the
    full share, then in Telegram's counting by its own seconds. A refusal ends that, the second step for a day.

    A tap need not wait for a broadcast: it goes ahead of whatever waits and may borrow the next slot, which the
    broadcast then does without.
    """

    def __init__(self, clock: Clock, messages_per_second: float) -> None:
        self._clock = clock
        self._limit = messages_per_second
        self._rate = Rate(messages_per_second)
        self._tally = Tally(max(1, int(messages_per_second)))
        self._proof = 0  # answers since the last refusal
        self._cautious_until = -math.inf
        self._next = 0.0  # when the next slot is
        self._held = 0.0
        self._queue: list[_Waiter] = []
        self._numbers = count()

    @property
    def held_s(self) -> float:
        """For how many seconds nothing may pass; 0 when it may."""
        return max(0.0, self._held - self._clock.monotonic())

    @property
    def rate(self) -> float:
        """How many messages a second may pass at present."""
        return self._rate.at(self._clock.monotonic())

    def hold(self, seconds: float) -> None:
        """Let nothing pass for so long; an end already set further ahead stays."""
        self._held = max(self._held, self._clock.monotonic() + seconds)
        for waiter in self._queue:
            waiter.event.set()  # some have no patience for so long

    def refused(self, seconds: float) -> None:
        """Hold because the messenger asked for it, and be slower afterwards."""
        now = self._clock.monotonic()
        if self._proof >= PROVEN_SECONDS:
            self.be_cautious(CAUTION_S)  # what came before was taken, so that is where to return to
        elif not self.held_s:  # one of the same burst says nothing new
            self._rate.lower(now, now + seconds)
        self._proof = 0
        self._rate.ceiling = SHARE
        self.hold(seconds)

    @property
    def cautious_s(self) -> float:
        """For how many seconds Telegram's seconds will not be filled."""
        return max(0.0, self._cautious_until - self._clock.monotonic())

    def be_cautious(self, seconds: float) -> None:
        """Do not fill Telegram's seconds for so long."""
        self._cautious_until = self._clock.monotonic() + seconds

    def sent(self) -> int:
        """Note that a message leaves now; return the number that its end is told by."""
        return self._tally.sent(self._clock.monotonic())

    def answered(self, number: int, second: int | None = None) -> None:
        """Note that a message was taken, in that second of Telegram's if it is told."""
        now = self._clock.monotonic()
        self._tally.answered(number, now, second)
        if self._proof < PROVEN_SECONDS - 1 or now >= self._cautious_until:
            self._proof += 1
        if self._proof >= PROVEN:
            self._rate.ceiling = FULL

    def failed(self, number: int) -> None:
        """Note that nobody knows what became of a message, or that it was refused."""
        self._tally.failed(number, self._clock.monotonic())

    async def clear(self, patience_s: float) -> float:
        """Wait until nothing is held, taking no slot; return how long it would take when that is over the patience."""
        while held := self.held_s:
            if held > patience_s:
                return held
            await self._clock.sleep(held)
        return 0.0

    async def turn(self, lane: Lane, patience_s: float) -> float:
        """Wait for a slot and take it; or take none and return how long a hold will last, if over the patience."""
        if not self._queue and self._wait_s(lane) <= 0:
            self._take(waited=False)
            return 0.0
        waiter = _Waiter(lane, next(self._numbers))
        heappush(self._queue, waiter)
        waited = False
        try:
            while (held := self.held_s) <= patience_s:
                wait = self._wait(waiter)
                if wait is None:
                    waiter.event.clear()
                    await waiter.event.wait()
                elif wait > 0:
                    await self._clock.sleep(wait)
                else:
                    self._take(waited=waited)
                    return 0.0
                waited = True
            return held
        finally:
            self._leave(waiter)

    def _wait(self, waiter: _Waiter) -> float | None:
        """Return the seconds until the first in line may go; None for all others."""
        return self._wait_s(waiter.lane) if self._queue[0] is waiter else None

    def _wait_s(self, lane: Lane) -> float:
        now = self._clock.monotonic()
        ahead = 1 / self._rate.at(now) if lane is Lane.TAP else 0.0
        at = max(self._held, self._next - ahead)
        if at <= now:
            at = self._tally.free_at(now, by_seconds=self._proof >= PROVEN_SECONDS)
        return at - now

    def _take(self, *, waited: bool) -> None:
        now = self._clock.monotonic()
        begin = max(self._next, self._held, now - CATCH_UP_S if waited else now)
        self._next = begin + 1 / self._rate.at(now)

    def _leave(self, waiter: _Waiter) -> None:
        if self._queue[0] is waiter:
            heappop(self._queue)
        else:
            self._queue.remove(waiter)
            heapify(self._queue)
        if self._queue:
            self._queue[0].event.set()
