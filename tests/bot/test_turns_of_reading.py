"""What a person sends is read while what sources sent is still being read."""

import asyncio
from pathlib import Path

from digests.sources.worker import Worker
from tests.bot.conftest import World, world_at
from tests.feed_site import LOOPBACK, feed_site
from tests.webs import LONG, Entry, rss

PATIENCE_S = 60.0  # never reached


def forever() -> None:
    while True:
        pass


async def drafts(world: World) -> list[str]:
    found, _ = await world.app.newsroom.drafts(offset=0, limit=10)
    return [draft.title for draft in found]


async def test_a_file_does_not_wait_for_a_feed_that_takes_long(tmp_path: Path) -> None:
    entry = Entry(title="Мост закрыли", guid="1", date="Sun, 22 Nov 2026 09:00:00 +0000")
    async with feed_site() as site, world_at(tmp_path, reach=LOOPBACK) as world:
        site.put("/rss", rss([entry]))
        await world.editor.send(f"/sources {site.url}/rss")
        site.visited.clear()
        polling: Worker = world.app.dispatcher["polling"]
        async with asyncio.TaskGroup() as tasks:
            slow = tasks.create_task(polling.run(forever, timeout_s=PATIENCE_S))
            poll = tasks.create_task(world.app.sourcing.step())
            await site.visited.wait()
            await world.editor.send_file("парк.md", f"# Парк открыли\n\n{LONG}".encode())
            assert await drafts(world) == ["Парк открыли"]
            assert not poll.done()
            slow.cancel()
        assert await drafts(world) == ["Мост закрыли", "Парк открыли"]
