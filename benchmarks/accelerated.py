"""Flood windows of minutes, on a clock that runs sixty times as fast, through the whole program in this process."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

from benchmarks.broadcast import TOKEN, Audit, Broadcast, broadcast
from bot.app import App, opened
from bot.settings import Settings
from sandbox import Fault

SPEED = 60.0
WINDOWS_S = (5, 600, 30, 120, 5)
CALL_S = 0.5  # of the machine's time: how long a call may have been on its way when a window began


class Fast:
    """digests.clock.Clock at a multiple of the machine's speed."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._start = datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds of this clock."""
        return (time.monotonic() - self._began) * SPEED

    def now(self) -> datetime:
        """Return the present instant of this clock."""
        return self._start + timedelta(seconds=self.monotonic())

    async def sleep(self, seconds: float) -> None:
        """Wait for so many seconds of this clock."""
        await asyncio.sleep(seconds / SPEED)


async def floods(number: int) -> tuple[Audit, int, int]:
    """Deliver while Telegram asks for quiet again and again.

    Returns the audit, how many calls were made inside a window (0), and how many windows there were.
    """
    clock = Fast()
    async with broadcast(number, clock=clock) as sent:
        settings = Settings.model_validate(
            {
                "bot_token": TOKEN,
                "telegram_api_url": sent.sandbox.url,
                "database_url": sent.url,
                "messages_per_second": 30,
                "http_port": 0,
            }
        )
        async with opened(settings, clock=clock) as app:
            await app.tick()
            await _deliver(app, sent, clock)
            return await sent.audit(), *_inside(sent)


async def _deliver(app: App, sent: Broadcast, clock: Fast) -> None:
    """Deliver to everyone; one window after another begins as the broadcast goes on."""
    async with asyncio.TaskGroup() as tasks:
        trouble = tasks.create_task(_trouble(sent))
        while await sent.open_rows():
            await app.courier.drain()
            await clock.sleep(2)
        trouble.cancel()


async def _trouble(sent: Broadcast) -> None:
    for number, seconds in enumerate(WINDOWS_S, start=1):
        await sent.until_taken(sent.number * number // (len(WINDOWS_S) + 1))
        flood = Fault(kind="429", method="sendMessage", retry_after=seconds, times=1)
        sent.sandbox.faults.set([flood])


def _inside(sent: Broadcast) -> tuple[int, int]:
    """Return how many calls were made while Telegram wanted none, and how many times it said so."""
    calls = [call for call in sent.sandbox.calls.of() if call.method == "sendMessage"]
    floods = [call for call in calls if call.status == 429]
    on_its_way = timedelta(seconds=CALL_S * SPEED)
    inside = 0
    for flood in floods:
        told = int((flood.description or "").rsplit(" ", 1)[-1])
        end = flood.time + timedelta(seconds=told)
        inside += sum(flood.time + on_its_way < call.time < end for call in calls)
    return inside, len(floods)
