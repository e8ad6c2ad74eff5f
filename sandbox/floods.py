"""Flood limits: how fast the bot may send before it gets a 429."""

import math
from collections import deque
from dataclasses import dataclass, fields
from typing import Protocol

from digests.clock import Clock
from sandbox.chats import Chat
from sandbox.errors import too_many

PAID_PER_SECOND = 1000.0
GROUPS = ("group", "supergroup", "channel")
MODES = ("off", "bucket", "window")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the bot may do; `penalty_s` is how long every call fails once a limit was hit."""

    mode: str = "off"
    per_second: float = 30
    per_chat_per_second: float = 1
    per_chat_burst: int = 3
    group_per_minute: int = 20
    penalty_s: float = 0

    def __post_init__(self) -> None:
        if self.mode not in MODES:
            raise ValueError(f"mode must be one of {', '.join(MODES)}")
        for one in fields(self):
            value = getattr(self, one.name)
            if one.name != "mode" and (isinstance(value, bool) or not isinstance(value, int | float) or value < 0):
                raise ValueError(f"{one.name} must be a number not below 0")
        if min(self.per_second, self.per_chat_per_second, self.per_chat_burst, self.group_per_minute) <= 0:
            raise ValueError("rates and bursts must be above 0")


class Gauge(Protocol):
    """Counts events against one limit."""

    def wait_s(self, now: float) -> float:
        """Return the seconds until one more event fits, 0 when it does now."""
        ...

    def count(self, now: float) -> None:
        """Take one event."""
        ...


class Bucket:
    """A bucket that refills evenly: bursts are allowed once, then the rate holds."""

    __slots__ = ("_burst", "_level", "_rate", "_seen")

    def __init__(self, rate: float, burst: float) -> None:
        self._rate = rate
        self._burst = burst
        self._level = burst
        self._seen = -math.inf

    def wait_s(self, now: float) -> float:
        """Return the seconds until there is a whole token."""
        if self._seen > -math.inf:
            self._level = min(self._burst, self._level + (now - self._seen) * self._rate)
        self._seen = now
        return 0.0 if self._level >= 1 - 1e-9 else (1 - self._level) / self._rate

    def count(self, now: float) -> None:
        """Take a token."""
        self.wait_s(now)
        self._level -= 1


class Window:
    """At most so many events within any stretch of so many seconds."""

    __slots__ = ("_length_s", "_most", "_times")

    def __init__(self, most: int, length_s: float) -> None:
        self._most = most
        self._length_s = length_s
        self._times: deque[float] = deque()

    def wait_s(self, now: float) -> float:
        """Return the seconds until the oldest of a full window leaves it."""
        while self._times and self._times[0] + self._length_s <= now:
            self._times.popleft()
        return 0.0 if len(self._times) < self._most else self._times[0] + self._length_s - now

    def count(self, now: float) -> None:
        """Note one event."""
        self._times.append(now)


class Floods:
    """Charges every message against the limits of the bot, of the chat and of groups."""

    def __init__(self, clock: Clock, limits: Limits) -> None:
        self._clock = clock
        self.limits = limits
        self.refused = 0
        self.set(limits)

    def set(self, limits: Limits) -> None:
        """Change the limits; counting starts afresh."""
        self.limits = limits
        self._all = self._gauge(limits.per_second, limits.per_second)
        self._paid = self._gauge(PAID_PER_SECOND, PAID_PER_SECOND)
        self._chats: dict[int, Gauge] = {}
        self._groups: dict[int, Gauge] = {}
        self._penalty_until = -math.inf

    def check_penalty(self) -> None:
        """Refuse any call while the penalty of an earlier flood lasts."""
        left = self._penalty_until - self._clock.monotonic()
        if left > 0:
            self.refused += 1
            raise too_many(math.ceil(left))

    def charge(self, chat: Chat, *, is_paid: bool = False) -> None:
        """Count one message to the chat; raises ApiError 429 when a limit is hit, and then nothing is counted."""
        if self.limits.mode == "off":
            return
        now = self._clock.monotonic()
        gauges = self._gauges_of(chat, is_paid=is_paid)
        wait_s = max(gauge.wait_s(now) for gauge in gauges)
        if wait_s > 0:
            self.refused += 1
            if self.limits.penalty_s:
                wait_s = max(wait_s, self.limits.penalty_s)
                self._penalty_until = now + self.limits.penalty_s
            raise too_many(max(1, math.ceil(wait_s)))
        for gauge in gauges:
            gauge.count(now)

    def _gauges_of(self, chat: Chat, *, is_paid: bool) -> list[Gauge]:
        limits = self.limits
        gauges = [self._paid if is_paid else self._all]
        if chat.id not in self._chats:
            self._chats[chat.id] = self._gauge(limits.per_chat_per_second, limits.per_chat_burst)
        gauges.append(self._chats[chat.id])
        if chat.type in GROUPS:
            if chat.id not in self._groups:
                # Groups are counted by the minute in both modes.
                self._groups[chat.id] = Window(limits.group_per_minute, 60.0)
            gauges.append(self._groups[chat.id])
        return gauges

    def _gauge(self, rate: float, burst: float) -> Gauge:
        if self.limits.mode == "window":
            return Window(max(1, int(burst)), max(1, int(burst)) / rate)
        return Bucket(rate, max(1.0, burst))
