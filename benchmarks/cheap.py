"""A Bot API server that costs next to nothing: it checks nothing and answers with a canned message.

Run in a process of its own, so that a benchmark measures the client alone.
"""

import asyncio
import contextlib
import json
import multiprocessing
from collections.abc import Iterator
from multiprocessing.connection import Connection

MESSAGE = {
    "message_id": 1,
    "date": 1_790_000_000,
    "chat": {"id": 1, "type": "private", "first_name": "A"},
    "from": {"id": 1000, "is_bot": True, "first_name": "B", "username": "svodka_bot"},
    "text": "text " * 40,
}
ANSWERS: dict[bytes, object] = {
    b"getme": {"id": 1000, "is_bot": True, "first_name": "B", "username": "svodka_bot"},
    b"answercallbackquery": True,
}


def _response(result: object) -> bytes:
    body = json.dumps({"ok": True, "result": result}).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


CANNED = {method: _response(result) for method, result in ANSWERS.items()}
DEFAULT = _response(MESSAGE)


class Cheap(asyncio.Protocol):
    """Reads requests by their Content-Length and answers each at once."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._buffer = b""

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end]
            lower = head.lower()
            start = lower.find(b"content-length:")
            length = int(lower[start + 15 :].split(b"\r\n", 1)[0]) if start >= 0 else 0
            if len(self._buffer) < end + 4 + length:
                return
            self._buffer = self._buffer[end + 4 + length :]
            method = lower.split(b" ", 2)[1].rsplit(b"/", 1)[-1]
            self._transport.write(CANNED.get(method, DEFAULT))


def _serve(pipe: Connection) -> None:
    async def main() -> None:
        server = await asyncio.get_running_loop().create_server(Cheap, "127.0.0.1", 0)
        pipe.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main())


@contextlib.contextmanager
def cheap_telegram() -> Iterator[str]:
    """Run the server in a process of its own and yield its address."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ours.recv()}"
    finally:
        process.terminate()
        process.join()
