"""Turns: one person's updates are handled one after another, in their order, and one can see that more wait."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TypeVar

from aiogram.fsm.storage.base import BaseEventIsolation, StorageKey

_Place = TypeVar("_Place")


class Turns(BaseEventIsolation):
    """The queue of each person in each chat, kept while anybody stands in it."""

    def __init__(self) -> None:
        self._locks: dict[StorageKey, asyncio.Lock] = {}
        self._queued: Counter[StorageKey] = Counter()
        self._in_chat: Counter[int] = Counter()

    def more_wait(self, chat: int) -> bool:
        """Return whether other updates of the chat wait for the one that is handled now."""
        return self._in_chat[chat] > 1

    @asynccontextmanager
    async def lock(self, key: StorageKey) -> AsyncGenerator[None, None]:
        """Wait for one's turn and keep it."""
        lock = self._locks.setdefault(key, asyncio.Lock())
        self._queued[key] += 1
        self._in_chat[key.chat_id] += 1
        try:
            async with lock:
                yield
        finally:
            _leave(self._in_chat, key.chat_id)
            _leave(self._queued, key)
            if key not in self._queued:
                del self._locks[key]

    async def close(self) -> None:
        """Nothing is held open."""


def _leave(queue: Counter[_Place], place: _Place) -> None:
    queue[place] -= 1
    if not queue[place]:
        del queue[place]
