"""Of several instances on one database one sends; the next takes over when it stops, dies or is killed."""

import json
import os
import socket
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from digests.baton import BATON, LEASE, Baton
from digests.storage import facts
from digests.storage.engine import Database
from tests.clocks import FakeClock


def batons(database: Database, clock: FakeClock) -> tuple[Baton, Baton]:
    return Baton(database, clock, "host-1:1"), Baton(database, clock, "host-2:1")


async def test_the_first_holds_it_for_as_long_as_it_sends(database: Database) -> None:
    clock = FakeClock()
    one, other = batons(database, clock)
    for _ in range(20):
        assert await one.take()
        assert not await other.take()
        clock.advance(4)


async def test_whoever_stops_hands_it_over_at_once(database: Database) -> None:
    one, other = batons(database, FakeClock())
    assert await one.take()
    await one.give()
    assert await other.take()
    assert not await one.take()
    await one.give()  # not its own to give
    assert not await one.take()


async def test_from_one_that_died_it_is_taken_when_its_lease_runs_out(database: Database) -> None:
    clock = FakeClock()
    one, other = batons(database, clock)
    assert await one.take()
    clock.advance(LEASE.total_seconds() - 1)
    assert not await other.take()
    clock.advance(1)
    assert await other.take()
    assert not await one.take()


async def test_a_restart_on_the_same_machine_need_not_wait(database: Database) -> None:
    clock = FakeClock()
    gone = f"{socket.gethostname()}:{2**22 + 1}"  # no process has so large a number
    assert await Baton(database, clock, gone).take()
    assert await Baton(database, clock, f"{socket.gethostname()}:{os.getpid()}").take()
    assert not await Baton(database, clock, "host-2:1").take()


async def test_a_clock_that_was_set_back_does_not_lock_everybody_out(database: Database) -> None:
    clock = FakeClock()
    one, other = batons(database, clock)
    async with database.write() as connection:
        ahead = int((clock.now() + timedelta(hours=1)).timestamp())
        await facts.put(connection, BATON, json.dumps(["host-1:1", ahead]))
    assert await other.take()
    assert not await one.take()


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["take", "give", "wait"])), max_size=30))
def test_two_never_hold_it_at_once(steps: list[tuple[int, str]]) -> None:
    """In memory: the rule alone, whatever the order of takes, gifts and pauses."""
    holder: tuple[str, int] = ("", 0)
    now = 1_000
    database, clock = None, FakeClock()
    names = ["a:1", "b:1", "c:1"]
    rules = [Baton(database, clock, name) for name in names]  # type: ignore[arg-type]  # no statement is run
    sure: dict[int, int] = {}
    for who, what in steps:
        now += 5 if what == "wait" else 0
        sure = {one: until for one, until in sure.items() if now < until}
        if what == "take" and rules[who]._is_free(json.dumps(holder), now):
            holder = (names[who], now + 10)
            sure[who] = now + 10
        elif what == "give" and holder[0] == names[who]:
            holder = ("", 0)
            sure.pop(who, None)
        assert len(sure) <= 1
