"""What happens in the local Telegram, told to the chat page as it happens."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator

from sandbox.chats import CallbackQuery, Chat, Message
from sandbox.wire import Json

KEPT = 2000


class Events:
    """A numbered log of the last events and a way to wait for more; shapes are made only when somebody reads."""

    def __init__(self) -> None:
        self._kept: deque[tuple[int, str, object]] = deque(maxlen=KEPT)
        self._last = 0
        self._waiting: list[asyncio.Future[None]] = []
        self.is_closed = False

    @property
    def last(self) -> int:
        """The number of the newest event."""
        return self._last

    def emit(self, kind: str, payload: object) -> None:
        """Record an event and wake the readers."""
        self._last += 1
        self._kept.append((self._last, kind, payload))
        if self._waiting:
            self._wake()

    def close(self) -> None:
        """End every stream."""
        self.is_closed = True
        self._wake()

    def since(self, after: int) -> list[tuple[int, Json]]:
        """Return the kept events after that number with their shapes."""
        if after >= self._last:
            return []
        return [(n, shape(kind, payload)) for n, kind, payload in self._kept if n > after]

    async def stream(self, after: int, idle_s: float = 15.0) -> AsyncIterator[tuple[int, Json] | None]:
        """Yield events after that number as they come, and None when nothing came for so many seconds."""
        while not self.is_closed:
            for number, event in self.since(after):
                after = number
                yield number, event
            if after >= self._last and not await self._more(idle_s):
                yield None

    async def _more(self, idle_s: float) -> bool:
        if self.is_closed:
            return True
        waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        try:
            async with asyncio.timeout(idle_s):
                await waiting
        except TimeoutError:
            return False
        finally:
            if waiting in self._waiting:
                self._waiting.remove(waiting)
        return True

    def _wake(self) -> None:
        waiting, self._waiting = self._waiting, []
        for one in waiting:
            if not one.done():
                one.set_result(None)


def shape(kind: str, payload: object) -> Json:
    """Return the event as the page reads it."""
    if isinstance(payload, Message):
        if kind == "delete":
            return {"type": kind, "chat_id": payload.chat.id, "message_id": payload.message_id}
        return {"type": kind, "chat_id": payload.chat.id, "message": payload.shape()}
    if isinstance(payload, CallbackQuery):
        return {"type": kind, **answer_shape(payload)}
    if isinstance(payload, Chat):
        return {"type": kind, "chat": payload.shape(), "blocked": payload.is_blocked}
    if isinstance(payload, dict):
        return {"type": kind, **payload}
    return {"type": kind}


def answer_shape(query: CallbackQuery) -> Json:
    """Return how a press was answered."""
    answer = query.answer
    return {
        "callback_query_id": query.id,
        "user_id": query.user.id,
        "chat_id": query.message.chat.id,
        "message_id": query.message.message_id,
        "text": answer.text if answer else "",
        "show_alert": bool(answer and answer.show_alert),
        "url": answer.url if answer else None,
    }
