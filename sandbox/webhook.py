"""Delivery of updates to the bot's webhook: in order within a chat, tried again with growing delays."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from digests.clock import Clock
from sandbox.background import Background
from sandbox.requests import read_client_response
from sandbox.updates import Delivery, Updates
from sandbox.wire import Json, dumps

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
ANSWER_TIMEOUT_S = 60.0
LONGEST_DELAY_S = 3600.0


@dataclass(slots=True, eq=False)
class Target:
    """Where updates go and how that went."""

    url: str
    secret: str = ""
    max_connections: int = 40
    queues: dict[int, deque[Delivery]] = field(default_factory=dict)
    slots: asyncio.Semaphore = field(init=False)
    last_error_date: int | None = None
    last_error_message: str = ""

    def __post_init__(self) -> None:
        self.slots = asyncio.Semaphore(self.max_connections)


class Webhook:
    """The webhook, when one is set."""

    def __init__(self, clock: Clock, updates: Updates, background: Background) -> None:
        self._clock = clock
        self._updates = updates
        self._background = background
        self._session: aiohttp.ClientSession | None = None
        self.target: Target | None = None
        self.call: Callable[[str, Json], Awaitable[Any]] | None = None

    def set(self, target: Target) -> None:
        """Send what waits and what comes to the target from now on."""
        self.target = target
        self._updates.pushed = self._push
        for delivery in list(self._updates.pending.values()):
            self._push(delivery)

    def remove(self) -> None:
        """Go back to polling; what waits is kept."""
        self.target = None
        self._updates.pushed = None

    async def close(self) -> None:
        """Close the connections to the bot."""
        if self._session is not None:
            await self._session.close()

    def shape(self) -> Json:
        """Return the Bot API's WebhookInfo."""
        target = self.target
        info: Json = {
            "url": target.url if target else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates.pending),
        }
        if target is not None:
            info["max_connections"] = target.max_connections
            info["ip_address"] = "127.0.0.1"
            if target.last_error_date is not None:
                info["last_error_date"] = target.last_error_date
                info["last_error_message"] = target.last_error_message
        if self._updates.allowed is not None:
            info["allowed_updates"] = sorted(self._updates.allowed)
        return info

    def _push(self, delivery: Delivery) -> None:
        target = self.target
        if target is None:
            return
        queue = target.queues.get(delivery.chat_id)
        if queue is not None:
            queue.append(delivery)
            return
        target.queues[delivery.chat_id] = deque([delivery])
        self._background.start(self._drain(target, delivery.chat_id))

    async def _drain(self, target: Target, chat_id: int) -> None:
        queue = target.queues[chat_id]
        while queue and self.target is target:
            delivery = queue[0]
            await self._deliver(target, delivery)
            if self.target is target:
                self._updates.pending.pop(delivery.id, None)
                delivery.finish()
            queue.popleft()
        target.queues.pop(chat_id, None)

    async def _deliver(self, target: Target, delivery: Delivery) -> None:
        """Post the update until the bot takes it, its life is over or the webhook is another."""
        delay_s = 1.0
        while self.target is target and self._clock.monotonic() < delivery.expires_at:
            async with target.slots:
                problem = await self._post(target, delivery.update)
            if not problem:
                return
            target.last_error_date = int(self._clock.now().timestamp())
            target.last_error_message = problem
            log.warning("webhook failed update_id=%s problem=%s", delivery.id, problem)
            await self._clock.sleep(delay_s)
            delay_s = min(delay_s * 2, LONGEST_DELAY_S)

    async def _post(self, target: Target, update: Json) -> str:
        """Post once and return the problem, empty when the bot took the update."""
        headers = {"Content-Type": "application/json"}
        if target.secret:
            headers[SECRET_HEADER] = target.secret
        try:
            body = dumps(update).encode()
            async with self._client().post(target.url, data=body, headers=headers, allow_redirects=False) as response:
                if not 200 <= response.status < 300:
                    return f"Wrong response from the webhook: {response.status} {response.reason or ''}".rstrip()
                method, params = await read_client_response(response)
        except TimeoutError:
            return "Read timeout expired"
        except aiohttp.ClientConnectorError:
            return "Connection refused"
        except aiohttp.ClientError as error:
            return f"SSL error or broken connection: {type(error).__name__}"
        if method and self.call is not None:
            await self.call(method, params)
        return ""

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ANSWER_TIMEOUT_S))
        return self._session
