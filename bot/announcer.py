"""What goes on around broadcasts by itself: rows that follow, cards that tell, alarms, messages taken back."""

import asyncio
import logging
import math
from dataclasses import dataclass, field

from bot.keeping import CardKeeper
from bot.recalling import Recaller
from digests.clock import Clock
from digests.delivery import Courier
from digests.errors import DatabaseUnusable
from digests.pulse import Pulse
from digests.settling import Settler

log = logging.getLogger(__name__)

STEP_S = 1.0
STUCK_S = 60.0  # between looks for rows that were left behind
BEAT_S = 5.0


@dataclass(slots=True, kw_only=True)
class Announcer:
    """Works in steps, each of which may be the last before a crash: what it is about is in the database."""

    settler: Settler
    recaller: Recaller
    keeper: CardKeeper
    courier: Courier
    pulse: Pulse
    clock: Clock
    wake: asyncio.Event
    _looked: float = field(default=-math.inf, init=False)
    _beaten: float = field(default=-math.inf, init=False)
    _recorded: int = field(default=0, init=False)

    async def run(self) -> None:
        """Make a step a second until cancelled, which may be at any instant."""
        while True:
            try:
                await self.step()
            except DatabaseUnusable as error:
                log.warning("broadcasts wait for the database: %s", error.why)
            except Exception:  # a boundary: the next step finds the same rows
                log.exception("broadcasts stumbled")
            await self.clock.sleep(STEP_S)

    async def step(self) -> None:
        """Do what is to be done now."""
        await self._look_around()
        for number in await self.settler.unsettled():
            if await self.settler.untold(number):
                await self.keeper.alarm(number)
            await self.settler.settle(number)
            self.wake.set()
            await self.recaller.take_back(number)
        await self.keeper.refresh()

    async def _look_around(self) -> None:
        now = self.clock.monotonic()
        if now - self._looked >= STUCK_S:
            self._looked = now
            await self.settler.look_for_stuck()
        if now - self._beaten >= BEAT_S and self.courier.recorded != self._recorded:
            self._beaten, self._recorded = now, self.courier.recorded
            await self.pulse.beat()
