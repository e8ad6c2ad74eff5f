"""Turns: in order, one at a time, and nothing kept when nobody waits."""

import asyncio

import pytest
from aiogram.fsm.storage.base import StorageKey

from bot.turns import Turns

ANNA = StorageKey(bot_id=1, chat_id=7, user_id=7)
BORIS = StorageKey(bot_id=1, chat_id=8, user_id=8)


async def test_one_after_another_and_others_meanwhile() -> None:
    turns = Turns()
    told: list[str] = []

    async def work(key: StorageKey, name: str) -> None:
        async with turns.lock(key):
            await asyncio.sleep(0)
            more = turns.more_wait(key.chat_id)
            told.append(f"{name}{'+' if more else ''}")

    await asyncio.gather(*(work(ANNA, name) for name in "abc"), work(BORIS, "x"))
    assert [name for name in told if name[0] in "abc"] == ["a+", "b+", "c"]
    assert told.index("x") < 2
    assert not turns.more_wait(7)
    assert not turns._locks


async def test_who_gives_up_waiting_leaves_the_queue() -> None:
    turns = Turns()
    async with turns.lock(ANNA):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0), turns.lock(ANNA):
                raise AssertionError("two have the turn")
        assert not turns.more_wait(7)
