"""Updates on their way to the bot: kept up to a day, polled for, or fed to a handler in this process."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from digests.clock import Clock
from sandbox.background import Background
from sandbox.errors import TERMINATED_BY_POLLER, WEBHOOK_IS_SET, ApiError, conflict
from sandbox.wire import Json

log = logging.getLogger(__name__)

Handler = Callable[[Json], Awaitable[object]]

UPDATE_LIFE_S = 86_400.0
MAX_BATCH = 100
MAX_WAIT_S = 50
CONFLICT_HOLD_S = 3.0
FIRST_UPDATE_ID = 812_000_001
BY_REQUEST_ONLY = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(slots=True, eq=False)
class Delivery:
    """One update and what became of it; `handled` is set once the bot is done with it."""

    update: Json
    chat_id: int
    expires_at: float
    handled: asyncio.Event = field(default_factory=asyncio.Event)
    error: Exception | None = None

    @property
    def id(self) -> int:
        """The update_id."""
        update_id: int = self.update["update_id"]
        return update_id

    def finish(self, error: Exception | None = None) -> None:
        """Note that the bot is done with the update."""
        self.error = error
        self.handled.set()


class Updates:
    """The queue of updates and the one long poll that may wait on it."""

    def __init__(self, clock: Clock, background: Background) -> None:
        self._clock = clock
        self._background = background
        self.pending: dict[int, Delivery] = {}
        self.allowed: frozenset[str] | None = None
        self.handler: Handler | None = None
        self.pushed: Callable[[Delivery], None] | None = None  # set while a webhook is
        self._poll: asyncio.Future[None] | None = None
        self._next_id = FIRST_UPDATE_ID
        self._next_conflict_at = 0.0
        self.is_closed = False

    @property
    def is_waiting(self) -> bool:
        """Whether a long poll waits for an update."""
        return self._poll is not None

    def push(self, kind: str, payload: Json, chat_id: int, life_s: float = UPDATE_LIFE_S) -> Delivery | None:
        """Queue an update for the bot and return it, or None when the bot did not ask for that kind."""
        if not self._wants(kind):
            return None
        delivery = Delivery(
            update={"update_id": self._next_id, kind: payload},
            chat_id=chat_id,
            expires_at=self._clock.monotonic() + life_s,
        )
        self._next_id += 1
        if self.handler is not None:
            self._background.start(self._feed(self.handler, delivery))
            return delivery
        self.pending[delivery.id] = delivery
        if self.pushed is not None:
            self.pushed(delivery)
        elif self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
        return delivery

    def allow(self, kinds: Sequence[str] | None) -> None:
        """Remember which kinds the bot wants; an empty list means the default, None leaves all as it was."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    def confirm(self, offset: int) -> None:
        """Forget the updates before the offset; a negative one keeps that many from the end."""
        if offset < 0:
            done = list(self.pending)[:offset]
        else:
            done = [update_id for update_id in self.pending if update_id < offset]
        for update_id in done:
            self.pending.pop(update_id).finish()

    def drop_expired(self) -> None:
        """Forget the updates whose life is over."""
        now = self._clock.monotonic()
        for delivery in [d for d in self.pending.values() if d.expires_at <= now]:
            del self.pending[delivery.id]
            delivery.finish()

    def drop_all(self) -> None:
        """Forget everything that waits (drop_pending_updates)."""
        self.confirm(self._next_id)

    async def poll(self, offset: int, limit: int, timeout_s: int) -> list[Json]:
        """Return the next updates, waiting for the first; raises ApiError when another poll or a webhook wins."""
        if self.pushed is not None:
            raise conflict(WEBHOOK_IS_SET)
        self.abort_poll(TERMINATED_BY_POLLER)
        if offset:
            self.confirm(offset)
        self.drop_expired()
        if not self.pending and timeout_s > 0 and not self.is_closed:
            await self._wait(min(timeout_s, MAX_WAIT_S))
            self.drop_expired()
        batch = list(self.pending.values())[: min(max(limit, 1), MAX_BATCH)]
        return [delivery.update for delivery in batch]

    def abort_poll(self, why: str) -> None:
        """Fail the poll that waits, if any, with a conflict."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(conflict(why))

    def close(self) -> None:
        """Let the poll that waits return empty-handed."""
        self.is_closed = True
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    def _wants(self, kind: str) -> bool:
        return kind not in BY_REQUEST_ONLY if self.allowed is None else kind in self.allowed

    async def _wait(self, seconds: float) -> None:
        # The wait is the network's own, so it is measured by the event loop and not by the sandbox's clock.
        waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poll = waiting
        try:
            async with asyncio.timeout(seconds):
                await waiting
        except TimeoutError:
            return
        except ApiError:
            await self._hold()
            raise
        finally:
            if self._poll is waiting:
                self._poll = None

    async def _hold(self) -> None:
        """Answer a conflict at once, but not more often than every three seconds (telegram-bot-api, Client.cpp)."""
        now = self._clock.monotonic()
        if now < self._next_conflict_at:
            await self._clock.sleep(CONFLICT_HOLD_S)
        else:
            self._next_conflict_at = now + CONFLICT_HOLD_S

    async def _feed(self, handler: Handler, delivery: Delivery) -> None:
        try:
            await handler(delivery.update)
        except Exception as error:
            log.exception("update failed update_id=%s", delivery.id)
            delivery.finish(error)
        else:
            delivery.finish()
