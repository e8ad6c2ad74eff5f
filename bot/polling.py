"""Long polling that confirms an update only when it was handled.

aiogram's own loop confirms a batch before its handlers have run, so a crash loses what was in hand, and it retries a
revoked token and a second poller for ever without a word to the operator. See docs/decisions/0004-polling.md.
"""

import asyncio
import logging
from collections.abc import Sequence

from aiogram import Bot, Dispatcher
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramConflictError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import GetUpdates
from aiogram.types import Update

from bot import updates
from digests.clock import Clock

log = logging.getLogger(__name__)

POLL_S = 30
BATCH_S = 2.0  # a slower handler no longer holds up the others; only its own update can then be lost by a crash
# The older copy polls again a second after it was refused, and Telegram may hold a refusal for three: a copy that meets
# another one this soon after its start is the second one.
STOP_S, CONFIRM_S = 7.0, 2  # a stop is over within ten seconds
CONFLICT_GRACE_S = 10.0
BACKOFF_S = (1.0, 2.0, 5.0, 10.0, 30.0)


class SecondCopy(Exception):
    """Another copy of the bot polls with the same token, and it was there first."""


class TokenRefused(Exception):
    """Telegram does not know the token (any more)."""


class Polling:
    """Fetches updates, hands them to the dispatcher and confirms them."""

    def __init__(self, bot: Bot, dispatcher: Dispatcher, clock: Clock) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._clock = clock
        self._offset: int | None = None
        self._failures = 0
        self._running: set[asyncio.Task[None]] = set()

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until stopped, then finish what is in hand and confirm it.

        Raises SecondCopy when another copy was there first, TokenRefused when the token is not valid any more.
        """
        allowed = self._dispatcher.resolve_used_update_types()
        started = self._clock.monotonic()
        problem: SecondCopy | TokenRefused | None = None
        async with asyncio.TaskGroup() as tasks:
            stopping = tasks.create_task(stop.wait())
            while not stop.is_set():
                fetch = tasks.create_task(self._fetch(allowed, started))
                await asyncio.wait({fetch, stopping}, return_when=asyncio.FIRST_COMPLETED)
                if not fetch.done():
                    fetch.cancel()
                    break
                fetched = fetch.result()
                if isinstance(fetched, SecondCopy | TokenRefused):
                    problem = fetched
                    break
                await self._handle(tasks, fetched)
            if self._running:
                await asyncio.wait(self._running, timeout=STOP_S)
            stopping.cancel()
        if problem:
            raise problem
        await self._confirm()

    async def _fetch(self, allowed: list[str], started: float) -> Sequence[Update] | SecondCopy | TokenRefused:
        method = GetUpdates(offset=self._offset, timeout=POLL_S, allowed_updates=allowed)
        try:
            fetched = await self._bot(method, request_timeout=POLL_S + 10)
        except (TelegramUnauthorizedError, TelegramNotFound):
            return TokenRefused()
        except TelegramConflictError:
            if self._clock.monotonic() - started < CONFLICT_GRACE_S:
                return SecondCopy()
            log.warning("another copy of the bot is polling with this token; this one, the older, goes on")
            await self._back_off()
            return ()
        except (AiogramError, OSError, TimeoutError) as error:
            fetched = updates.salvaged(error, self._bot) if isinstance(error, ClientDecodeError) else []
            if not fetched:
                log.warning("updates cannot be fetched, trying again: %s", type(error).__name__)
                await self._back_off(error.retry_after if isinstance(error, TelegramRetryAfter) else 0)
                return ()
        self._failures = 0
        return fetched

    async def _handle(self, tasks: asyncio.TaskGroup, fetched: Sequence[Update]) -> None:
        if not fetched:
            return
        batch = {tasks.create_task(updates.feed(self._dispatcher, self._bot, update)) for update in fetched}
        self._running |= batch
        for task in batch:
            task.add_done_callback(self._running.discard)
        await asyncio.wait(batch, timeout=BATCH_S)
        self._offset = fetched[-1].update_id + 1

    async def _back_off(self, at_least: float = 0) -> None:
        delay = max(BACKOFF_S[min(self._failures, len(BACKOFF_S) - 1)], at_least)
        self._failures += 1
        await self._clock.sleep(delay)

    async def _confirm(self) -> None:
        if self._offset is None:
            return
        try:
            await self._bot(GetUpdates(offset=self._offset, limit=1, timeout=0), request_timeout=CONFIRM_S)
        except (AiogramError, OSError, TimeoutError) as error:
            log.info("the last updates stay unconfirmed and will come again: %s", type(error).__name__)
