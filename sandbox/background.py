"""Tasks that live as long as the server: one group owns them, closing cancels them."""

import asyncio
from collections.abc import Coroutine


class Background:
    """Starts tasks inside the server's task group and ends them all at once."""

    def __init__(self, group: asyncio.TaskGroup) -> None:
        self._group = group
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[None, None, None]) -> None:
        """Run the work; it must deal with its own exceptions."""
        task = self._group.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def close(self) -> None:
        """Cancel what still runs; the group awaits it."""
        for task in tuple(self._tasks):
            task.cancel()
