"""Eight in the morning through the whole program: crashes, floods and blocks while the digests go out."""

import asyncio
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from sandbox import Fault
from sandbox.player import Player
from tests.bot.conftest import World

EIGHT = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)  # in Moscow
TEXT = "Мост на Садовой закроют до весны\n\nОбъезд пойдёт по Речной. Работы начнутся в понедельник."


@pytest.fixture
async def readers(world: World) -> list[Player]:
    """Two dozen readers who have pressed /start, on the eve; an article is out."""
    await world.publish(TEXT)
    players = [world.reader(f"Читатель {number}") for number in range(24)]
    for player in players:
        await player.send("/start")
    return players


def digests(world: World, players: list[Player]) -> Counter[int]:
    """How many messages that begin to be read each of them has got."""
    return Counter(player.id for player in players for message in player.messages if "Читать ▶" in message.labels)


async def later(world: World, after: timedelta) -> None:
    """Let time pass, then tick and deliver what is due."""
    world.clock.advance(after.total_seconds())
    await world.app.tick()
    await world.app.courier.drain()


async def crash(world: World, after: int) -> None:
    """Let the courier start so many calls, kill it, and start the program again."""
    done = len(world.sandbox.calls)

    class Killed(Exception):
        """What ends the group."""

    with suppress(ExceptionGroup):
        async with asyncio.TaskGroup() as tasks:
            courier = tasks.create_task(world.app.courier.drain())
            while len(world.sandbox.calls) < done + after and not courier.done():  # noqa: ASYNC110 - a kill has no event
                await asyncio.sleep(0)
            raise Killed
    await world.restart()


async def test_a_crash_half_a_minute_after_eight_neither_repeats_nor_loses(world: World, readers: list[Player]) -> None:
    world.clock.set(EIGHT)
    await world.app.tick()
    world.clock.advance(30)
    await crash(world, 7)
    await later(world, timedelta(seconds=10))
    await later(world, timedelta(minutes=3))  # the lease of what was in flight is over
    got = digests(world, readers)
    assert set(got) == {player.id for player in readers}
    assert max(got.values()) <= 2
    await later(world, timedelta(minutes=9))
    assert digests(world, readers) == got


async def test_a_restart_between_planning_and_sending_is_not_noticed(world: World, readers: list[Player]) -> None:
    world.clock.set(EIGHT)
    await world.app.tick()
    await world.restart()
    await world.at(EIGHT + timedelta(seconds=30))
    assert digests(world, readers) == Counter({player.id: 1 for player in readers})


async def test_a_flood_in_the_middle_is_waited_out_even_across_a_restart(world: World, readers: list[Player]) -> None:
    world.sandbox.faults.set(
        [Fault(kind="429", method="sendMessage", chat_id=readers[10].id, retry_after=600, times=1)]
    )
    await world.at(EIGHT)
    before = digests(world, readers)
    assert before.total() < len(readers)
    calls = len(world.sandbox.calls)
    await world.restart()
    await later(world, timedelta(minutes=5))
    assert len(world.sandbox.calls) == calls
    await later(world, timedelta(minutes=6))
    assert digests(world, readers) == Counter({player.id: 1 for player in readers})


async def test_who_blocks_the_bot_is_parked_and_comes_back_with_the_settings_kept(
    world: World, readers: list[Player]
) -> None:
    world.sandbox.deliver_to(lambda _update: asyncio.sleep(0))  # the bot is not told of the block
    await readers[0].block()
    await world.restart()
    await world.at(EIGHT)
    assert digests(world, readers) == Counter({player.id: 1 for player in readers[1:]})
    await readers[0].unblock()
    await readers[0].send("/start")
    await world.publish(TEXT.replace("Мост", "Тоннель"))
    await world.at(EIGHT + timedelta(days=1))
    assert digests(world, readers)[readers[0].id] >= 1


async def test_an_hour_of_bad_gateways_delays_and_loses_nobody(world: World, readers: list[Player]) -> None:
    world.sandbox.faults.set([Fault(kind="502_html", method="sendMessage", probability=0.5)])
    world.clock.set(EIGHT)
    await world.app.tick()
    for _ in range(12):
        await world.app.courier.drain()
        world.clock.advance(120)
    world.sandbox.faults.clear()
    await world.app.courier.drain()
    assert digests(world, readers) == Counter({player.id: 1 for player in readers})
