"""A broadcast to watch: the strict local Telegram, a ledger, and instances of the program as processes of their own."""

import asyncio
import os
import signal
import sys
import time
from asyncio.subprocess import DEVNULL, Process, create_subprocess_exec
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import func, select

from benchmarks.child import LEASE_S
from benchmarks.world import publish, subscribe
from digests.clock import Clock, SystemClock
from digests.storage.engine import Database
from digests.storage.schema import deliveries, readers
from sandbox import Sandbox
from sandbox.chats import User

ROOT = Path(__file__).parent.parent
FIRST_CHAT = 5_000_000_001
TOKEN = "1000:faults"
OPEN = ("pending", "sending")
LOOK_S = 0.25
QUIET_S = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What the ledger says, held against what the local Telegram has."""

    sent: int  # rows
    gone: int
    failed: int
    unknown: int
    still_open: int
    lost: int  # readers who can be reached and got nothing
    repeats: int  # messages over one a reader
    disagree: int  # rows whose story is not that of their chat


@dataclass(slots=True, kw_only=True)
class Broadcast:
    """Readers who are due now, and everything that delivers to them."""

    sandbox: Sandbox
    database: Database
    url: str
    number: int
    folder: Path
    per_second: float
    settings: dict[str, str] = field(default_factory=dict)  # more of them, by environment variable
    _started: list[Process] = field(default_factory=list)

    async def start(self, **settings: str) -> Process:
        """Start an instance of the program."""
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": self.sandbox.url,
            "DATABASE_URL": self.url,
            "MESSAGES_PER_SECOND": str(self.per_second),
            "WEBHOOK_URL": "http://127.0.0.1:9",  # nobody writes to the bot; two instances may not both poll
            "WEBHOOK_SECRET": "faults",
            "HTTP_PORT": "0",
            LEASE_S: "4",
            **self.settings,
            **settings,
        }
        log = self.folder / f"instance-{len(self._started) + 1}.log"
        with log.open("wb") as errors:
            process = await create_subprocess_exec(
                sys.executable,
                "-m",
                "benchmarks.child",
                cwd=self.folder,
                env=environment,
                stdin=DEVNULL,
                stdout=DEVNULL,
                stderr=errors,
            )
        self._started.append(process)
        return process

    @property
    def taken(self) -> int:
        """How many messages the local Telegram has taken."""
        return self.sandbox.calls.counts[("sendMessage", 200)]

    async def until_taken(self, number: int, within_s: float = 120) -> None:
        """Wait until that many were taken, or all readers are served."""
        deadline = time.monotonic() + within_s
        while self.taken < number:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.taken} messages were taken, not {number}; see {self.folder}")
            await asyncio.sleep(0.01)

    async def open_rows(self) -> int:
        """Return how many readers are still to be served."""
        async with self.database.read() as connection:
            query = select(func.count()).select_from(deliveries)
            waiting = await connection.scalar(query.where(deliveries.c.state.in_(OPEN)))
            planned = await connection.scalar(query)
        return (waiting or 0) + self.number - (planned or 0)

    async def finished(self, within_s: float = 600) -> None:
        """Wait until no row is open any more."""
        deadline = time.monotonic() + within_s
        while open_rows := await self.open_rows():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{open_rows} rows are still open; see {self.folder}")
            await asyncio.sleep(LOOK_S)

    async def unrecorded(self) -> int:
        """Return how many messages were taken that the ledger knows nothing of: what a crash now would repeat."""
        await self.sandbox.calls.quiet(QUIET_S)
        columns = (readers.c.chat_id, deliveries.c.attempts)
        async with self.database.read() as connection:
            rows = await connection.execute(
                select(*columns).join(deliveries).where(deliveries.c.state.in_(OPEN)).order_by(deliveries.c.id)
            )
            return sum(bool(self.sandbox.chat(row.chat_id).messages) for row in rows)

    async def audit(self) -> Audit:
        """Hold the ledger against the local Telegram's own record, message by message."""
        async with self.database.read() as connection:
            found = await connection.execute(
                select(readers.c.chat_id, deliveries.c.state, deliveries.c.message_id)
                .select_from(readers)
                .outerjoin(deliveries)
            )
            rows = found.all()
        states = [row.state for row in rows]
        got = {row.chat_id: self.sandbox.chat(row.chat_id).messages for row in rows}
        lost = sum(not got[row.chat_id] and self.is_reachable(row.chat_id) for row in rows if row.state != "unknown")
        true = sum(
            (row.state == "sent" and row.message_id in got[row.chat_id])
            or (row.state in ("gone", "failed", *OPEN) and not got[row.chat_id])
            or row.state == "unknown"
            for row in rows
        )
        return Audit(
            sent=states.count("sent"),
            gone=states.count("gone"),
            failed=states.count("failed"),
            unknown=states.count("unknown"),
            still_open=sum(state in OPEN or state is None for state in states),
            lost=lost,
            repeats=sum(max(0, len(messages) - 1) for messages in got.values()),
            disagree=len(rows) - true,
        )

    def is_reachable(self, chat: int) -> bool:
        """Return whether messages can be sent to a chat."""
        return self.sandbox.chat(chat).bot_status == "member"

    async def close(self) -> None:
        """Let no process live on."""
        for process in self._started:
            if process.returncode is None:
                process.kill()
            await process.wait()


async def stopped(process: Process) -> tuple[int, float]:
    """Ask a process to stop; return its exit status and the seconds that it took."""
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    status = await process.wait()
    return status, time.monotonic() - began


@asynccontextmanager
async def broadcast(
    number: int,
    *,
    url: str | None = None,
    folder: Path | None = None,
    per_second: float = 250,
    blocked: float = 0.0,
    clock: Clock | None = None,
) -> AsyncIterator[Broadcast]:
    """Yield a broadcast to so many readers, due now; SQLite unless another database is named."""
    with TemporaryDirectory(prefix="svodka-faults-") as temporary:
        home = folder or Path(temporary)
        address = url or f"sqlite+aiosqlite:///{home / 'svodka.db'}"
        when = clock or SystemClock()
        due = (when.now().astimezone(UTC) - timedelta(minutes=1)).replace(second=0, microsecond=0)
        await publish(address, due - timedelta(hours=1))
        async with Sandbox.serve(token=TOKEN, clock=when) as sandbox, Database.opened(address) as database:
            sandbox.deliver_to(_ignored)
            sandbox.calls.keep(number * 3, with_params=False)
            _populate(sandbox, number, blocked)
            await subscribe(database, number, due=due, first=FIRST_CHAT)
            made = Broadcast(
                sandbox=sandbox,
                database=database,
                url=address,
                number=number,
                folder=home,
                per_second=per_second,
            )
            try:
                yield made
            finally:
                await made.close()


async def _ignored(_update: object) -> None:
    """What a bot does that answers nothing."""


def _populate(sandbox: Sandbox, number: int, blocked: float) -> None:
    every = round(1 / blocked) if blocked else 0
    for at in range(number):
        chat = sandbox.telegram.add_user(User(first_name=f"R{at}", id=FIRST_CHAT + at, language_code="ru"))
        chat.bot_status = "kicked" if every and at % every == 0 else "member"
