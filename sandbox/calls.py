"""The record of every Bot API call, and whether any is in flight."""

import asyncio
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from sandbox.wire import Json, Upload

QUIET = frozenset({"getUpdates"})


class Call:
    """One call as it was made and answered."""

    __slots__ = ("chat_id", "description", "message_id", "method", "n", "params", "status", "time")

    def __init__(self, n: int, time: datetime, method: str, params: Json | None) -> None:
        self.n = n
        self.time = time
        self.method = method
        self.params = params
        self.chat_id: object = None
        self.status = 0
        self.description: str | None = None
        self.message_id: int | None = None

    def shape(self) -> Json:
        """Return the call as the control API tells it."""
        result: Json = {name: getattr(self, name) for name in self.__slots__}
        result["time"] = self.time.isoformat()
        return result


class Calls:
    """The last calls (bounded), a count of all by method and status, and the calls in flight."""

    def __init__(self, kept: int = 20_000) -> None:
        self._kept: deque[Call] = deque(maxlen=kept)
        self.with_params = True
        self.total = 0
        self.counts: Counter[tuple[str, int]] = Counter()
        self._in_flight = 0
        self._last_activity = 0.0

    def __iter__(self) -> Iterator[Call]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)

    def keep(self, kept: int, *, with_params: bool = True) -> None:
        """Change how many calls are kept (0 for none) and whether with their parameters."""
        self._kept = deque(self._kept, maxlen=kept)
        self.with_params = with_params

    def clear(self) -> None:
        """Forget the calls so far; numbering goes on."""
        self._kept.clear()

    def begin(self, method: str, given: Mapping[str, Any], time: datetime) -> Call:
        """Note that a call came in; of a file only the name is kept."""
        self.total += 1
        params: Json | None = None
        if self.with_params:
            params = {name: value.name if isinstance(value, Upload) else value for name, value in given.items()}
        call = Call(self.total, time, method, params)
        call.chat_id = given.get("chat_id")
        self._kept.append(call)
        if method not in QUIET:
            self._in_flight += 1
        return call

    def end(self, call: Call, status: int, description: str | None = None, message_id: int | None = None) -> None:
        """Note how a call was answered."""
        call.status, call.description, call.message_id = status, description, message_id
        self.counts[(call.method, status)] += 1
        if call.method not in QUIET:
            self._in_flight -= 1
            self._last_activity = asyncio.get_running_loop().time()

    def of(self, method: str | None = None, after: int = 0, limit: int | None = None) -> list[Call]:
        """Return the kept calls after that number, of one method or of all, oldest first."""
        found = (call for call in self._kept if call.n > after and method in (None, call.method))
        return list(islice(found, limit))

    async def quiet(self, for_s: float) -> None:
        """Wait until no call has been in flight for so many seconds of the event loop."""
        loop = asyncio.get_running_loop()
        since = loop.time()
        while True:
            idle_s = 0.0 if self._in_flight else loop.time() - max(since, self._last_activity)
            if idle_s >= for_s:
                return
            await asyncio.sleep(min(for_s, max(0.005, for_s - idle_s)))
