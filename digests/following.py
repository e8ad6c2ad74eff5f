"""Service: the sources that editors follow: adding one, looking after it, letting it go."""

from digests.articles import UserId
from digests.clock import Clock
from digests.errors import RubricNotChosen
from digests.feed_errors import SourceMissing
from digests.feeds import TITLE_LIMIT, Notice, Recognised, Source, SourceId, SourceState
from digests.rubrics import RubricId
from digests.storage import rubrics, sources
from digests.storage.engine import Database, alone
from digests.storage.instants import seconds
from digests.storage.texts import storable


class Following:
    """Sources as editors handle them. Every step can be repeated without harm."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def add(self, found: Recognised, by: UserId) -> tuple[Source, bool]:
        """Follow a source from now on; return it and whether it is new here.

        One that was deleted comes back, and what it showed before is no news.
        """
        now = self._clock.now()
        title = " ".join(storable(found.title).split())[:TITLE_LIMIT]
        async with self._database.write() as connection:
            await alone(connection, "sources")
            known = await sources.find_url(connection, found.url)
            if known is None:
                named = Recognised(kind=found.kind, url=found.url, title=title)
                number = await sources.add(connection, named, by, now)
            else:
                number, state = known
                if state is SourceState.DELETED:
                    await sources.revive(connection, number, _anew(now=seconds(now), by=by))
            source = await sources.find(connection, number)
        if source is None:
            raise SourceMissing
        return source, known is None or known[1] is SourceState.DELETED

    async def source(self, number: SourceId) -> Source:
        """Return a source. Raises SourceMissing."""
        async with self._database.read() as connection:
            found = await sources.find(connection, number)
        if found is None:
            raise SourceMissing
        return found

    async def listed(self, *, offset: int, limit: int) -> tuple[list[Source], int]:
        """Return sources in the order in which they were added, and how many there are."""
        async with self._database.read() as connection:
            return await sources.listed(connection, offset, limit)

    async def trust(self, number: SourceId, on: bool) -> Source:
        """Let what a source brings go straight to readers, or not. Raises SourceMissing."""
        return await self._change(number, {"trusted": int(on)})

    async def file_under(self, number: SourceId, rubric: RubricId) -> Source:
        """Choose the rubric of what names none of ours. Raises RubricNotChosen or SourceMissing."""
        async with self._database.read() as connection:
            if await rubrics.find(connection, rubric) is None:
                raise RubricNotChosen
        return await self._change(number, {"rubric_id": rubric})

    async def switch(self, number: SourceId, on: bool) -> Source:
        """Poll a source, at once and with its failures forgotten, or leave it alone. Raises SourceMissing."""
        if not on:
            return await self._change(number, {"state": SourceState.OFF.value, "off_reason": ""})
        values = {"state": SourceState.ON.value, "off_reason": "", "failures": 0, "failure": ""}
        return await self._change(number, {**values, "next_poll_at": seconds(self._clock.now())})

    async def hasten(self, number: SourceId) -> Source:
        """Let a source be polled as soon as possible. Raises SourceMissing."""
        return await self._change(number, {"next_poll_at": seconds(self._clock.now())})

    async def delete(self, number: SourceId) -> bool:
        """Follow a source no more; its articles stay. Return whether that changed anything."""
        async with self._database.write() as connection:
            return await sources.change(connection, number, {"state": SourceState.DELETED.value, "notice": None})

    async def news(self, limit: int = 20) -> list[SourceId]:
        """Return sources of which editors are to be told something."""
        async with self._database.read() as connection:
            return await sources.untold(connection, self._clock.now(), limit)

    async def take_news(self, number: SourceId) -> Notice | None:
        """Return what editors are to be told of a source, once; None if somebody else tells them."""
        async with self._database.write() as connection:
            return await sources.take_notice(connection, number)

    async def put_back(self, number: SourceId, notice: Notice) -> None:
        """Keep what could be told to nobody for now."""
        async with self._database.write() as connection:
            await sources.note(connection, number, notice)

    async def _change(self, number: SourceId, values: sources.Values) -> Source:
        async with self._database.write() as connection:
            await sources.change(connection, number, values)
        return await self.source(number)


def _anew(*, now: int, by: UserId) -> dict[str, int | str | None]:
    return {
        "state": SourceState.ON.value,
        "off_reason": "",
        "trusted": 0,
        "failures": 0,
        "failure": "",
        "etag": "",
        "last_modified": "",
        "polled_at": None,
        "next_poll_at": now,
        "added_by": by,
        "added_at": now,
    }
