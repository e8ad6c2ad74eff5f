"""A Bot API server that costs next to nothing: it checks nothing, counts against a limit, and remembers who got what.

Run in a process of its own, so that a benchmark measures the client alone.
"""

import asyncio
import contextlib
import json
import multiprocessing
import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from urllib.parse import parse_qs

from benchmarks.counting import Limit, Manners

TEXT = "text " * 40
ME = {"id": 1000, "is_bot": True, "first_name": "B", "username": "svodka_bot"}
# As aiogram writes them; a message takes its number and its second from the server.
PLAIN: dict[bytes, object] = {b"getme": ME, b"getupdates": []}


@dataclass(slots=True, kw_only=True)
class Report:
    """What the server saw."""

    messages: int  # taken
    refusals: int  # 429
    chats: int  # that got at least one
    repeats: int  # messages over one a chat
    first_at: float = 0.0  # seconds since 1970, of messages taken
    last_at: float = 0.0


@dataclass(slots=True)
class Desk:
    """Takes messages or refuses them."""

    manners: Manners
    got: Counter[str] = field(default_factory=Counter)
    refusals: int = 0
    messages: int = 0
    first_at: float = 0.0
    last_at: float = 0.0
    penalty_until: float = 0.0
    limit: Limit = field(init=False)

    def __post_init__(self) -> None:
        self.limit = Limit(self.manners)

    def take(self, chat: str, now: float) -> int:
        """Return the id of the new message, or how long to wait as a negative number of seconds."""
        if now < self.penalty_until or not self.limit.admits(now):
            self.refusals += 1
            if now >= self.penalty_until:
                self.penalty_until = now + self.manners.penalty_s
            return -max(1, round(self.penalty_until - now + 0.5))
        self.messages += 1
        self.got[chat] += 1
        self.first_at = self.first_at or now
        self.last_at = now
        return self.messages

    def report(self) -> Report:
        """Return what happened so far."""
        return Report(
            messages=self.messages,
            refusals=self.refusals,
            chats=len(self.got),
            repeats=self.messages - len(self.got),
            first_at=self.first_at,
            last_at=self.last_at,
        )


class Connected(asyncio.Protocol):
    """Reads requests by their Content-Length and answers each."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._buffer = b""
        self._loop = asyncio.get_running_loop()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end].lower()
            start = head.find(b"content-length:")
            length = int(head[start + 15 :].split(b"\r\n", 1)[0]) if start >= 0 else 0
            if len(self._buffer) < end + 4 + length:
                return
            body = self._buffer[end + 4 : end + 4 + length]
            self._buffer = self._buffer[end + 4 + length :]
            self._take(head.split(b" ", 2)[1].rsplit(b"/", 1)[-1], body)

    def _take(self, method: bytes, body: bytes) -> None:
        low, high = self._desk.manners.latency_ms
        if high:
            self._loop.call_later(random.uniform(low, high) / 1000, self._answer, method, body)
        else:
            self._answer(method, body)

    def _answer(self, method: bytes, body: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(self._answered(method, body))

    def _answered(self, method: bytes, body: bytes) -> bytes:
        if not method.startswith((b"send", b"copy", b"edit")):
            return written(200, {"ok": True, "result": PLAIN.get(method, True)})
        if method == b"sendchataction":
            return written(200, {"ok": True, "result": True})
        now = time.time()
        number = 1 if method.startswith(b"edit") else self._desk.take(chat_of(body), now)
        if number < 0:
            return written(
                429,
                {
                    "ok": False,
                    "error_code": 429,
                    "description": f"Too Many Requests: retry after {-number}",
                    "parameters": {"retry_after": -number},
                },
            )
        return message(number, int(now))


def chat_of(body: bytes) -> str:
    """Return the chat that a form is addressed to, wherever in it that stands."""
    if body.startswith(b"chat_id="):
        return body[8 : body.find(b"&")].decode()
    return parse_qs(body.decode())["chat_id"][0]


def written(status: int, answer: object) -> bytes:
    """Return an answer as HTTP."""
    body = json.dumps(answer).encode()
    head = f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


_BEFORE, _, _AFTER = json.dumps(
    {
        "ok": True,
        "result": {
            "message_id": "HERE",
            "chat": {"id": 1, "type": "private", "first_name": "A"},
            "from": ME,
            "text": TEXT,
        },
    }
).partition('"HERE"')


def message(number: int, second: int) -> bytes:
    """Return the answer to a message that was taken."""
    body = f'{_BEFORE}{number}, "date": {second}{_AFTER}'
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return (head + body).encode()


def _serve(pipe: Connection, manners: Manners, core: int | None) -> None:
    if core is not None:
        os.sched_setaffinity(0, {core})

    async def main() -> None:
        loop = asyncio.get_running_loop()
        desk = Desk(manners)

        def answer() -> None:
            nonlocal desk
            try:
                what = pipe.recv()
            except EOFError:
                loop.remove_reader(pipe.fileno())
                return
            pipe.send(desk.report())
            if what == "forget":
                desk.__init__(manners)  # type: ignore[misc]  # the same desk, which the connections know

        server = await loop.create_server(lambda: Connected(desk), "127.0.0.1", 0)
        pipe.send(server.sockets[0].getsockname()[1])
        loop.add_reader(pipe.fileno(), answer)
        await server.serve_forever()

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main())


@dataclass(slots=True)
class Cheap:
    """The server's process, from outside."""

    url: str
    process: BaseProcess
    _pipe: Connection

    def report(self) -> Report:
        """Return what it saw so far."""
        return self._asked("report")

    def forget(self) -> Report:
        """Return what it saw, and let it begin anew."""
        return self._asked("forget")

    def _asked(self, what: str) -> Report:
        self._pipe.send(what)
        report: Report = self._pipe.recv()
        return report


@contextlib.contextmanager
def cheap_telegram(manners: Manners | None = None, core: int | None = None) -> Iterator[Cheap]:
    """Run the server in a process of its own, on one core if told so, while the context lasts."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=_serve, args=(theirs, manners or Manners(), core), daemon=True
    )
    process.start()
    try:
        yield Cheap(f"http://127.0.0.1:{ours.recv()}", process, ours)
    finally:
        process.terminate()
        process.join()
