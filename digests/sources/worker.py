"""A process apart that reads pages and files: what is hostile or slow there neither stops the bot nor stays with it."""

import asyncio
import logging
import pickle
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Self, TypeVar

from digests.errors import DigestError
from digests.source_errors import ReadingFailed, ReadingTooLong

log = logging.getLogger(__name__)

T = TypeVar("T")
# Any: whatever the function takes and returns, by pickle.
Answer = tuple[bool, Any]

FOR_PEOPLE = 5  # niceness of a child that a person waits for; it yields to the bot
POLLING = 10  # of one that nobody waits for
_PROGRAM = ("-m", "digests.sources.worker_process")
_PIECE = 256 * 1024  # bytes handed over at a time; what is more stops the event loop for milliseconds
_HEAD = 8  # bytes of a message's length
_IDLE = 0  # exit status of a process that had nothing to do


class Worker:
    """Runs pure functions one at a time in a child process, which starts when needed and ends when idle.

    The child has a limit on its memory, a lower priority, and is killed when it takes too long, so nothing of a bad
    page outlives its reading. Used as an asynchronous context manager. `niceness` is added to the bot's own.
    """

    def __init__(self, niceness: int = FOR_PEOPLE) -> None:
        self._niceness = niceness
        self._child: Process | None = None
        self._turn = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None,
                        trace: TracebackType | None) -> None:  # fmt: skip
        await self._stop()

    async def run(self, function: Callable[..., T], *args: object, timeout_s: float) -> T:
        """Return what a function at the top of a module makes of the arguments; all of it must be picklable.

        The time begins when those who came before are done. Raises the function's own DigestErrors, ReadingTooLong
        after `timeout_s`, ReadingFailed if it broke in any other way or wanted too much memory.
        """
        request = pickle.dumps((function, args, timeout_s))
        async with self._turn:
            is_done, value = await self._answered(request, timeout_s)
        if is_done:
            result: T = value
            return result
        if isinstance(value, DigestError):
            raise value
        log.warning("reading failed function=%s: %s", function.__name__, value)
        raise ReadingFailed

    async def _answered(self, request: bytes, timeout_s: float) -> Answer:
        """Ask the child; once more if it was just leaving for want of work."""
        for _ in range(2):
            child = await self._started()
            answer: Answer | None = None
            try:
                async with asyncio.timeout(timeout_s):
                    answer = await _asked(child, request)
            except TimeoutError:
                raise ReadingTooLong(timeout_s) from None
            finally:
                if answer is None:
                    await self._stop()
            if answer is not None:
                return answer
            if child.returncode != _IDLE:
                break
        return False, f"the process ended with {child.returncode}"

    async def _started(self) -> Process:
        if self._child is None or self._child.returncode is not None:
            await self._stop()
            self._child = await asyncio.create_subprocess_exec(
                sys.executable, *_PROGRAM, str(self._niceness), stdin=PIPE, stdout=PIPE, stderr=DEVNULL
            )
        return self._child

    async def _stop(self) -> None:
        """End the child, if there is one, and wait until it is gone."""
        child, self._child = self._child, None
        if child is None:
            return
        if child.stdin:
            child.stdin.close()
        if child.stdout and not child.stdout.at_eof():
            with suppress(ProcessLookupError):
                child.kill()
        await child.communicate()


async def _asked(child: Process, request: bytes) -> Answer | None:
    """Send a request and wait for the answer; None if the child ended instead."""
    if not child.stdin or not child.stdout:
        return None
    try:
        child.stdin.write(len(request).to_bytes(_HEAD))
        for start in range(0, len(request), _PIECE):
            child.stdin.write(request[start : start + _PIECE])
            await child.stdin.drain()
        size = int.from_bytes(await child.stdout.readexactly(_HEAD))
        pickled = await child.stdout.readexactly(size)
        # Ten thousand items are made in Python code, between whose steps the event loop gets its turn.
        answer = await asyncio.to_thread(_unpacked, pickled) if size > _PIECE else _unpacked(pickled)
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    return answer


def _unpacked(pickled: bytes) -> Answer:
    answer: Answer = pickle.loads(pickled)  # noqa: S301 - our own child's
    return answer


async def run(function: Callable[..., T], *args: object, timeout_s: float) -> T:
    """Do the same as `Worker.run` in a process for this once; for commands, which read one thing and are done."""
    async with Worker() as worker:
        return await worker.run(function, *args, timeout_s=timeout_s)
