"""Who is owed a correction, as both engines say: by the ledger, once, and split into groups as editions are."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from digests.articles import Article, ArticleState, UserId
from digests.corrections import Corrections
from digests.delivery import Courier, Outcome, Sent
from digests.editions import Edition
from digests.errors import ArticleMissing
from digests.library import Library
from digests.planning import Planner
from digests.press import Press
from digests.readers import ChatId
from digests.storage import corrections, schema
from digests.storage.engine import Database
from digests.storage.instants import seconds
from tests import factories
from tests.clocks import FakeClock
from tests.factories import NOW

SLOT = datetime(2026, 11, 24, 5, tzinfo=UTC)  # 08:00 in Moscow
DAY = timedelta(days=1)
EDITOR = UserId(7)


class Post:
    """A messenger that keeps the corrections of what it took, by chat."""

    def __init__(self) -> None:
        self.told: list[tuple[int, tuple[str, ...], int]] = []

    async def deliver(self, chat: ChatId, content: object) -> Outcome:
        assert isinstance(content, Edition)
        self.told.append((chat, tuple(each.text for each in content.corrections), len(content.articles)))
        return Sent(len(self.told))


class Morning:
    """Planner and courier over one database."""

    def __init__(self, database: Database, clock: FakeClock) -> None:
        self.clock = clock
        self.post = Post()
        self._planner = Planner(database, clock, Press(database, clock), timedelta(hours=3))
        self._courier = Courier(database, clock, self.post, Library(database, clock))

    async def at(self, moment: datetime) -> list[tuple[int, tuple[str, ...], int]]:
        """Tick and deliver at an instant; return what went out, by chat."""
        self.post.told.clear()
        self.clock.set(moment)
        await self._planner.tick()
        await self._courier.drain()
        return sorted(self.post.told)


@pytest.fixture
def morning(database: Database, clock: FakeClock) -> Morning:
    return Morning(database, clock)


async def readers(database: Database, *chats: int, covered: datetime = NOW - DAY, due: datetime = SLOT) -> None:
    for chat in chats:
        await factories.reader(database, chat, next_due=due, covered_until=covered)


async def touched(database: Database, article: Article, at: datetime) -> None:
    async with database.write() as connection:
        same = schema.articles.c.id == article.id
        await connection.execute(update(schema.articles).where(same).values(updated_at=seconds(at)))


async def test_groups_split_by_what_they_are_told_and_share_editions_otherwise(
    database: Database, clock: FakeClock, morning: Morning
) -> None:
    wrong = await factories.article(database, "Мост")
    await readers(database, 1, 2)
    await readers(database, 3, 4, due=SLOT + DAY)
    assert await morning.at(SLOT) == [(1, (), 1), (2, (), 1)]
    await touched(database, wrong, SLOT + timedelta(hours=2))
    clock.set(SLOT + timedelta(hours=3))
    await Corrections(database, clock).announce(wrong.id, "По  Речной.", EDITOR)
    await factories.article(database, "Тоннель", at=SLOT + timedelta(hours=4))
    sent = await morning.at(SLOT + DAY)
    assert sent == [(1, ("По Речной.",), 1), (2, ("По Речной.",), 1), (3, (), 2), (4, (), 2)]
    async with database.read() as connection:
        assert await connection.scalar(select(func.count()).select_from(schema.editions)) == 3
    assert await morning.at(SLOT + 2 * DAY) == []


async def test_a_repeated_tick_and_a_second_planner_tell_once(
    database: Database, clock: FakeClock, morning: Morning
) -> None:
    wrong = await factories.article(database, "Мост")
    await readers(database, 1)
    await morning.at(SLOT)
    await touched(database, wrong, SLOT + timedelta(hours=2))
    clock.set(SLOT + timedelta(hours=3))
    await Corrections(database, clock).announce(wrong.id, "По Речной.", EDITOR)
    assert await morning.at(SLOT + DAY) == [(1, ("По Речной.",), 0)]
    async with database.write() as connection:  # as if the new time had not been noted
        await connection.execute(update(schema.readers).values(next_due=seconds(SLOT + DAY)))
    assert await Morning(database, clock).at(SLOT + DAY) == []


async def test_more_corrections_than_a_digest_holds_come_with_the_next(
    database: Database, clock: FakeClock, morning: Morning
) -> None:
    wrong = await factories.article(database, "Мост")
    await readers(database, 1)
    await morning.at(SLOT)
    await touched(database, wrong, SLOT + timedelta(hours=2))
    clock.set(SLOT + timedelta(hours=3))
    for number in range(corrections.A_DIGEST + 1):
        await Corrections(database, clock).announce(wrong.id, f"Исправление {number}.", EDITOR)
    told = [texts for _, texts, _ in await morning.at(SLOT + DAY)]
    later = [texts for _, texts, _ in await morning.at(SLOT + 2 * DAY)]
    assert [len(texts) for texts in [*told, *later]] == [corrections.A_DIGEST, 1]


async def test_what_was_sent_by_itself_is_corrected_too(database: Database, clock: FakeClock) -> None:
    wrong = await factories.article(database, "Мост")
    reader = await factories.reader(database, 1)
    async with database.write() as connection:
        number = (
            await connection.execute(
                schema.broadcasts.insert()
                .values(kind="announcement", key="a", slot_at=seconds(SLOT), created_at=0)
                .returning(schema.broadcasts.c.id)
            )
        ).scalar_one()
        await connection.execute(
            schema.announcements.insert().values(broadcast_id=number, author_id=1, title="Мост", article_id=wrong.id)
        )
        await connection.execute(
            schema.deliveries.insert().values(
                broadcast_id=number, reader_id=reader, local_date="2026-11-24", slot=f"#{number}", state="sent",
                not_before=0, created_at=0, done_at=seconds(SLOT),
            )
        )  # fmt: skip
    await touched(database, wrong, SLOT + timedelta(hours=2))
    clock.set(SLOT + timedelta(hours=3))
    await Corrections(database, clock).announce(wrong.id, "По Речной.", EDITOR)
    async with database.read() as connection:
        since = await corrections.recent(connection, clock.now())
        assert since is not None
        owed = await corrections.owed(connection, [reader], since, clock.now())
    assert {reader: [day for _, day in told] for reader, told in owed.items()} == {reader: [date(2026, 11, 24)]}


async def test_without_corrections_nothing_is_looked_for(database: Database, clock: FakeClock) -> None:
    async with database.read() as connection:
        assert await corrections.recent(connection, clock.now()) is None


async def test_an_article_that_readers_cannot_open_takes_no_correction(database: Database, clock: FakeClock) -> None:
    draft = await factories.article(database, state=ArticleState.DRAFT)
    with pytest.raises(ArticleMissing):
        await Corrections(database, clock).announce(draft.id, "По Речной.", EDITOR)
