"""The courier: everyone who is owed a digest gets it, and the ledger says what became of it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from digests.delivery import Courier, Failed, Gone, Later, Moved, Outcome, Sent, Unknown
from digests.editions import Edition
from digests.errors import DatabaseUnusable
from digests.library import Library
from digests.outcomes import RETRIES_S
from digests.parcels import Content
from digests.planning import Planner
from digests.press import Press
from digests.readers import ChatId
from digests.storage import schema
from digests.storage.engine import Database
from digests.storage.instants import instant
from digests.watching import RUN
from tests import factories
from tests.clocks import FakeClock
from tests.factories import NOW

SLOT = datetime(2026, 11, 24, 5, tzinfo=UTC)
OK = Sent(900)
Answer = Outcome | Exception
Morning = Callable[[int], Awaitable[None]]


class Post:
    """A messenger that answers as told, chat by chat, and remembers what it took."""

    def __init__(self, answers: dict[int, list[Answer]] | None = None) -> None:
        self.answers = answers or {}
        self.taken: list[int] = []  # chats whose message went out
        self.asked: list[int] = []
        self.in_flight = 0
        self.most_in_flight = 0
        self.gate: asyncio.Event | None = None  # what every send waits for, when there is one
        self.moved = asyncio.Event()

    async def deliver(self, chat: ChatId, content: Content) -> Outcome:
        assert isinstance(content, Edition)
        assert content.articles
        self.asked.append(chat)
        self.moved.set()
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            await asyncio.sleep(0)
            if self.gate:
                await self.gate.wait()
        finally:
            self.in_flight -= 1
        waiting = self.answers.get(chat)
        answer = waiting.pop(0) if waiting else OK
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, Sent):
            self.taken.append(chat)
            self.moved.set()
        return answer

    async def until(self, *, asked: int = 0, taken: int = 0) -> None:
        """Wait until so many messages were handed over, and so many went out."""
        async with asyncio.timeout(10):
            while len(self.asked) < asked or len(self.taken) < taken:
                self.moved.clear()
                await self.moved.wait()


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def courier(database: Database, clock: FakeClock, post: Post) -> Courier:
    return hired(database, clock, post)


def hired(database: Database, clock: FakeClock, post: Post, concurrency: int = 8) -> Courier:
    return Courier(database, clock, post, Library(database, clock), concurrency=concurrency)


@pytest.fixture
async def morning(database: Database, clock: FakeClock) -> Morning:
    """Readers with chats 1 to N, all owed a digest that is due now."""

    async def plan(readers: int) -> None:
        await factories.article(database)
        for chat in range(1, readers + 1):
            await factories.reader(database, chat, next_due=SLOT, covered_until=NOW - timedelta(hours=1))
        clock.set(SLOT)
        await Planner(database, clock, Press(database, clock), timedelta(hours=3)).tick()

    return plan


async def ledger(database: Database) -> list[tuple[str, str | None, int]]:
    """State, reason and attempts of every delivery, in the order of the chats."""
    rows = schema.deliveries.c
    async with database.read() as connection:
        found = await connection.execute(select(rows.state, rows.reason, rows.attempts).order_by(rows.reader_id))
        return [tuple(row) for row in found]


async def reader_row(database: Database, chat: int) -> tuple[str, datetime, datetime | None]:
    """State, covered_until and next_due of a reader."""
    rows = schema.readers.c
    async with database.read() as connection:
        statement = select(rows.state, rows.covered_until, rows.next_due).where(rows.chat_id == chat)
        row = (await connection.execute(statement)).one()
    return row.state, instant(row.covered_until), None if row.next_due is None else instant(row.next_due)


async def test_everyone_who_is_owed_a_digest_gets_it_once(
    database: Database, courier: Courier, post: Post, morning: Morning
) -> None:
    await morning(30)
    assert await courier.drain() == 30
    assert await courier.drain() == 0
    assert sorted(post.taken) == list(range(1, 31))
    assert await ledger(database) == [("sent", None, 1)] * 30
    assert post.most_in_flight <= 8
    async with database.read() as connection:
        row = (await connection.execute(select(schema.deliveries).limit(1))).one()
    assert (row.message_id, row.lease_until, instant(row.done_at)) == (900, None, SLOT)
    assert await reader_row(database, 1) == ("active", SLOT - timedelta(seconds=1), SLOT + timedelta(days=1))


async def test_who_blocked_the_bot_is_parked_and_keeps_the_settings(
    database: Database, courier: Courier, post: Post, morning: Morning
) -> None:
    await morning(2)
    post.answers[1] = [Gone("blocked")]
    assert await courier.drain() == 1
    assert await ledger(database) == [("gone", "blocked", 1), ("sent", None, 1)]
    assert await reader_row(database, 1) == ("parked", NOW - timedelta(hours=1), None)


async def test_a_refused_message_is_recorded_with_its_class_and_not_repeated(
    database: Database, courier: Courier, post: Post, morning: Morning
) -> None:
    await morning(2)
    post.answers[1] = [Failed("bad_markup")]
    await courier.drain()
    assert await ledger(database) == [("failed", "bad_markup", 1), ("sent", None, 1)]
    assert (await reader_row(database, 1))[0] == "active"
    assert post.asked.count(1) == 1


async def test_a_failure_in_passing_is_tried_again_after_growing_delays(
    database: Database, courier: Courier, post: Post, clock: FakeClock, morning: Morning
) -> None:
    await morning(1)
    post.answers[1] = [Later(timedelta(0), "bad_gateway")] * 3
    waits = []
    for attempt in range(1, 4):
        assert await courier.drain() == 0
        assert await ledger(database) == [("pending", "bad_gateway", attempt)]
        asked = len(post.asked)
        before = clock.monotonic()
        while len(post.asked) == asked:
            clock.advance(0.5)
            await courier.drain()
        waits.append(clock.monotonic() - before)
    assert await ledger(database) == [("sent", None, 4)]
    assert waits[0] < waits[1] < waits[2]
    for wait, delay in zip(waits, RETRIES_S, strict=False):
        assert delay * 0.75 <= wait <= delay * 1.25 + 2


async def test_what_fails_too_often_is_given_up(
    database: Database, courier: Courier, post: Post, clock: FakeClock, morning: Morning
) -> None:
    await morning(1)
    post.answers[1] = [Later(timedelta(0), "timeout")] * 20
    for _ in range(10):
        await courier.drain()
        clock.advance(1000)
    assert await ledger(database) == [("failed", "timeout", len(RETRIES_S) + 1)]
    assert len(post.asked) == len(RETRIES_S) + 1


async def test_in_a_flood_nobody_is_tried_and_no_attempt_is_counted(
    database: Database, clock: FakeClock, post: Post, morning: Morning
) -> None:
    courier = hired(database, clock, post, concurrency=1)
    await morning(5)
    post.answers[2] = [Later(timedelta(seconds=60), "flood", everyone=True)]
    assert await courier.drain() == 1
    clock.advance(59)
    assert await courier.drain() == 0
    assert post.asked == [1, 2]
    assert (await ledger(database))[1] == ("pending", "flood", 0)
    clock.advance(1)
    assert await courier.drain() == 4
    assert await ledger(database) == [("sent", None, 1)] * 5


async def test_a_chat_with_a_new_id_is_followed(
    database: Database, courier: Courier, post: Post, morning: Morning
) -> None:
    await morning(1)
    post.answers[1] = [Moved(ChatId(-100500))]
    assert await courier.drain() == 1
    assert post.asked == [1, -100500]
    assert (await reader_row(database, -100500))[0] == "active"


async def test_a_chat_that_moved_onto_another_reader_is_parked(
    database: Database, courier: Courier, post: Post, morning: Morning
) -> None:
    await morning(2)
    post.answers[1] = [Moved(ChatId(2))]
    assert await courier.drain() == 1
    assert post.asked.count(2) == 1
    assert await ledger(database) == [("gone", "moved", 1), ("sent", None, 1)]


async def test_who_left_between_planning_and_sending_gets_nothing(
    database: Database, courier: Courier, post: Post, morning: Morning
) -> None:
    await morning(4)
    readers = schema.readers
    async with database.write() as connection:
        for chat, state in [(1, "stopped"), (2, "paused"), (3, "parked")]:
            await connection.execute(update(readers).where(readers.c.chat_id == chat).values(state=state))
        await connection.execute(readers.delete().where(readers.c.chat_id == 4))
    assert await courier.drain() == 0
    assert post.asked == []
    assert await ledger(database) == [
        ("skipped", "stopped", 0),
        ("skipped", "paused", 0),
        ("skipped", "unreachable", 0),
    ]


async def test_an_unforeseen_error_costs_one_reader_a_delay_and_nobody_else_anything(
    database: Database, courier: Courier, post: Post, morning: Morning
) -> None:
    await morning(3)
    post.answers[2] = [KeyError("a bug of ours")]
    assert await courier.drain() == 2
    assert (await ledger(database))[1] == ("pending", "KeyError", 1)


async def crash(courier: Courier, post: Post, *, asked: int = 0, taken: int = 0) -> None:
    """Kill the courier when so many messages were handed over and went out."""

    class Killed(Exception):
        """What ends the group."""

    with suppress(ExceptionGroup):
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(courier.drain())
            await post.until(asked=asked, taken=taken)
            raise Killed


async def test_a_crash_loses_nobody_and_repeats_no_more_than_was_in_flight(
    database: Database, clock: FakeClock, post: Post, morning: Morning
) -> None:
    await morning(60)
    for taken in (5, 17, 18, 41):
        await crash(hired(database, clock, post, concurrency=8), post, taken=taken)
        clock.advance(121)  # the lease
    await hired(database, clock, post).drain()
    assert set(post.taken) == set(range(1, 61))
    assert len(post.taken) - 60 <= 4 * 8
    assert {state for state, _, _ in await ledger(database)} == {"sent"}


async def test_what_a_dead_courier_held_waits_for_its_lease(
    database: Database, clock: FakeClock, post: Post, morning: Morning
) -> None:
    await morning(3)
    post.gate = asyncio.Event()
    await crash(hired(database, clock, post), post, asked=3)
    post.gate = None
    successor = hired(database, clock, post)
    clock.advance(60)
    assert await successor.drain() == 0
    assert len(post.asked) == 3
    clock.advance(61)
    assert await successor.drain() == 3


@asynccontextmanager
async def sending(courier: Courier, post: Post, asked: int) -> AsyncIterator[asyncio.Task[int]]:
    """A drain in the background, stuck at the post's gate with so many messages."""
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(courier.drain())
        await post.until(asked=asked)
        yield task


async def test_a_clock_that_jumps_forward_does_not_make_a_courier_send_again_what_it_is_sending(
    database: Database, clock: FakeClock, post: Post, morning: Morning
) -> None:
    await morning(3)
    post.gate = asyncio.Event()
    courier = hired(database, clock, post)
    async with sending(courier, post, 3) as task:
        clock.set(SLOT + timedelta(hours=5))
        await hired_sweep(courier)
        post.gate.set()
    assert task.result() == 3
    assert sorted(post.taken) == [1, 2, 3]


async def hired_sweep(courier: Courier) -> None:
    """Make the courier look for leases that ran out, as it does every quarter of a minute."""
    courier._swept = float("-inf")
    await courier._exchange([])


async def test_two_couriers_on_one_database_share_the_work(
    database: Database, database_url: str, clock: FakeClock, post: Post, morning: Morning
) -> None:
    await morning(60)
    async with Database.opened(database_url) as other:
        counts = await asyncio.gather(hired(database, clock, post).drain(), hired(other, clock, post).drain())
    assert sum(counts) == 60
    assert sorted(post.taken) == list(range(1, 61))


async def test_a_graceful_stop_finishes_what_is_in_flight_and_claims_no_more(
    database: Database, clock: FakeClock, post: Post, morning: Morning
) -> None:
    await morning(20)
    post.gate = asyncio.Event()
    courier = hired(database, clock, post, concurrency=4)
    async with sending(courier, post, 4) as task:
        await courier.stop()
        post.gate.set()
    assert task.result() == 4
    states = [state for state, _, _ in await ledger(database)]
    assert (states.count("sent"), states.count("pending")) == (4, 16)


async def test_what_does_not_finish_in_time_is_pending_again(
    database: Database, clock: FakeClock, post: Post, morning: Morning
) -> None:
    await morning(2)
    post.gate = asyncio.Event()
    courier = hired(database, clock, post)
    async with sending(courier, post, 2) as task:
        await courier.stop()
        clock.advance(11)
        courier._changed.set()
    assert task.result() == 0
    assert await ledger(database) == [("pending", "stopped", 0)] * 2
    post.gate = None
    assert await hired(database, clock, post).drain() == 2


async def test_told_to_hold_what_does_not_finish_in_time_waits_for_an_editor(
    database: Database, clock: FakeClock, post: Post, morning: Morning
) -> None:
    await morning(2)
    post.gate = asyncio.Event()
    courier = Courier(database, clock, post, Library(database, clock), hold_unknown=True)
    async with sending(courier, post, 2) as task:
        await courier.stop()
        clock.advance(11)
        courier._changed.set()
    assert task.result() == 0
    assert await ledger(database) == [("unknown", "stopped", 1)] * 2


@pytest.mark.parametrize(("hold", "state"), [(True, "unknown"), (False, "pending")])
async def test_a_lost_answer_is_held_or_tried_again_as_told(
    database: Database, clock: FakeClock, post: Post, morning: Morning, hold: bool, state: str
) -> None:
    await morning(1)
    post.answers[1] = [Unknown("TelegramNetworkError")]
    await Courier(database, clock, post, Library(database, clock), hold_unknown=hold).drain()
    assert await ledger(database) == [(state, "TelegramNetworkError", 1)]


async def test_refusal_after_refusal_parks_the_broadcast(
    database: Database, clock: FakeClock, post: Post, morning: Morning
) -> None:
    await morning(60)
    post.answers = {chat: [Failed("bad_markup")] for chat in range(1, 61)}
    await hired(database, clock, post, concurrency=4).drain()
    states = [state for state, _, _ in await ledger(database)]
    assert RUN <= states.count("failed") <= RUN + 2 * 4
    assert states.count("pending") == 60 - states.count("failed")


async def test_the_courier_runs_until_stopped_and_wakes_when_told(
    database: Database, courier: Courier, post: Post, morning: Morning
) -> None:
    wake = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(courier.run(wake))
        await morning(3)
        wake.set()
        await post.until(taken=3)
        await courier.stop()
    assert await ledger(database) == [("sent", None, 1)] * 3


class Shaky:
    """A database that fails for a while when told to."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.dialect = database.dialect
        self.failures = 0

    def read(self):  # type: ignore[no-untyped-def]  # the context manager of the real one
        return self._database.read()

    @asynccontextmanager
    async def write(self):  # type: ignore[no-untyped-def]  # likewise
        if self.failures:
            self.failures -= 1
            raise DatabaseUnusable("svodka.db", "database is locked")
        async with self._database.write() as connection:
            yield connection


async def test_results_survive_a_database_that_fails_for_a_while(
    database: Database, clock: FakeClock, post: Post, morning: Morning
) -> None:
    await morning(3)
    shaky = Shaky(database)
    post.gate = asyncio.Event()
    courier = Courier(shaky, clock, post, Library(database, clock), concurrency=8)  # type: ignore[arg-type]  # as one
    async with sending(courier, post, 3) as task:
        shaky.failures = 6
        post.gate.set()
    assert task.result() == 3
    assert sorted(post.taken) == [1, 2, 3]
    assert await ledger(database) == [("sent", None, 1)] * 3


async def test_without_anything_in_hand_a_failing_database_is_reported(
    database: Database, clock: FakeClock, post: Post
) -> None:
    shaky = Shaky(database)
    shaky.failures = 1
    courier = Courier(shaky, clock, post, Library(database, clock))  # type: ignore[arg-type]  # as one
    with pytest.raises(DatabaseUnusable):
        await courier.drain()


async def test_a_message_that_went_out_is_noted_even_after_its_lease(
    database: Database, clock: FakeClock, post: Post, morning: Morning
) -> None:
    await morning(1)
    post.gate = asyncio.Event()
    async with sending(hired(database, clock, post), post, 1) as task:
        rows = schema.deliveries
        async with database.write() as connection:  # as if another courier had found the lease run out
            await connection.execute(update(rows).values(state="pending", lease_until=None))
        post.gate.set()
        await task
    assert await ledger(database) == [("sent", None, 1)]
