"""A task cancelled in the middle of a transaction leaves nothing behind, least of all the write lock."""

import asyncio
import gc

import pytest

from digests.storage import facts
from digests.storage.engine import Database

STEPS = 60  # more turns of the loop than the transaction below takes


async def write(database: Database, value: str) -> None:
    async with database.write() as connection:
        await facts.put(connection, "first", value)
        await facts.find(connection, "first")
        await facts.put(connection, "second", value)


@pytest.mark.parametrize("pause_s", [0.0, 0.0003])
async def test_wherever_a_write_is_cancelled_the_next_one_gets_through(database_url: str, pause_s: float) -> None:
    gc.disable()  # what only the collector would free must not be needed
    try:
        async with Database.opened(database_url) as database, asyncio.timeout(60):
            await write(database, "0")
            for turns in range(STEPS):
                async with asyncio.TaskGroup() as tasks:
                    task = tasks.create_task(write(database, f"cancelled {turns}"))
                    for _ in range(turns):
                        await asyncio.sleep(pause_s if turns % 7 == 0 else 0)
                    task.cancel()
                async with asyncio.timeout(5):
                    await write(database, str(turns))
                async with database.read() as connection:
                    both = {await facts.find(connection, name) for name in ("first", "second")}
                assert both == {str(turns)}
    finally:
        gc.enable()
