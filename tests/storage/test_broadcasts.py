"""Broadcasts in the ledger: entered in chunks, held, paused, stopped and resumed, on both engines."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from digests import settling
from digests.articles import ArticleId, UserId
from digests.broadcasting import Broadcasts
from digests.broadcasts import HOLD, Announcement, Card, Copied, Fate, Kind, Pause, Phase, Told
from digests.deliveries import HELD, BroadcastId, Claim, DeliveryState, Result
from digests.errors import ArticleMissing, BroadcastMissing
from digests.readers import ChatId, ReaderState
from digests.rubrics import Choice
from digests.settling import Settler
from digests.storage import announcements, broadcasts, deliveries, schema
from digests.storage.engine import Database
from digests.storage.instants import seconds
from tests import factories
from tests.clocks import FakeClock

EDITOR = UserId(100)
MESSAGE = Announcement(content=Copied(ChatId(100), 7), title="Объявление", author=EDITOR)


@pytest.fixture
def service(database: Database, clock: FakeClock) -> Broadcasts:
    return Broadcasts(database, clock)


@pytest.fixture
def settler(database: Database, clock: FakeClock) -> Settler:
    return Settler(database, clock)


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few rows at once, so that a handful of readers takes several steps."""
    monkeypatch.setattr(settling, "CHUNK", 3)
    monkeypatch.setattr(broadcasts, "CHUNK", 3)


async def crowd(database: Database, count: int) -> None:
    for chat in range(1, count + 1):
        await factories.reader(database, chat)


async def claimed(database: Database, clock: FakeClock, limit: int = 100) -> list[Claim]:
    async with database.write() as connection:
        return await deliveries.claim(connection, clock.now(), seconds(clock.now()) + 120, limit)


async def send(database: Database, clock: FakeClock, claims: list[Claim]) -> None:
    results = [Result(claim=claim, state=DeliveryState.SENT, message_id=claim.id) for claim in claims]
    async with database.write() as connection:
        await deliveries.record(connection, results, clock.now())


async def states(database: Database) -> Counter[tuple[str, str | None]]:
    columns = schema.deliveries.c
    async with database.read() as connection:
        rows = await connection.execute(select(columns.state, columns.reason))
        return Counter((state, reason) for state, reason in rows)


async def begun(service: Broadcasts, settler: Settler, clock: FakeClock) -> BroadcastId:
    """An announcement whose minute is over."""
    number, _ = await service.start(MESSAGE, "key")
    await settler.settle(number)
    clock.advance(HOLD.total_seconds())
    await settler.settle(number)
    return number


async def test_everybody_is_entered_once_and_claimable_when_the_hold_is_over(
    database: Database, clock: FakeClock, service: Broadcasts, settler: Settler
) -> None:
    await crowd(database, 10)
    number, is_new = await service.start(MESSAGE, "key")
    assert is_new
    assert await service.start(MESSAGE, "key") == (number, False)
    await settler.settle(number)
    await settler.settle(number)
    assert await states(database) == {("pending", None): 10}
    assert await claimed(database, clock) == []
    assert (await service.progress(number)).phase(clock.now()) is Phase.HELD
    clock.advance(HOLD.total_seconds())
    await settler.settle(number)
    assert await settler.unsettled() == []
    claims = await claimed(database, clock)
    assert len({claim.reader for claim in claims}) == 10
    assert {claim.edition for claim in claims} == {None}
    await send(database, clock, claims)
    assert (await service.progress(number)).phase(clock.now()) is Phase.FINISHED


async def test_entering_goes_on_where_a_crash_ended_it(
    database: Database, clock: FakeClock, service: Broadcasts, settler: Settler
) -> None:
    await crowd(database, 10)
    number, _ = await service.start(MESSAGE, "key")
    assert await settler._step(number)
    assert await states(database) == {("pending", None): 3}
    assert (await service.progress(number)).entering
    await Settler(database, clock).settle(number)
    assert await states(database) == {("pending", None): 10}
    assert not (await service.progress(number)).entering


async def test_two_settlers_at_once_enter_nobody_twice(
    database: Database, clock: FakeClock, service: Broadcasts
) -> None:
    await crowd(database, 12)
    number, _ = await service.start(MESSAGE, "key")
    await asyncio.gather(*(Settler(database, clock).settle(number) for _ in range(3)))
    assert await states(database) == {("pending", None): 12}


async def test_sending_does_not_make_articles_known(
    database: Database, clock: FakeClock, service: Broadcasts, settler: Settler
) -> None:
    await factories.reader(database, 1, covered_until=factories.NOW - timedelta(days=1))
    await begun(service, settler, clock)
    await send(database, clock, await claimed(database, clock))
    async with database.read() as connection:
        covered = (await connection.execute(select(schema.readers.c.covered_until))).scalar_one()
    assert covered == seconds(factories.NOW - timedelta(days=1))


async def test_a_pause_holds_at_once_and_letting_go_restores_every_row(
    database: Database, clock: FakeClock, service: Broadcasts, settler: Settler
) -> None:
    await crowd(database, 10)
    number = await begun(service, settler, clock)
    first = await claimed(database, clock, 2)
    assert await service.pause(number)
    assert not await service.pause(number)
    assert await claimed(database, clock) == []  # though no row has followed yet
    await settler.settle(number)
    assert await settler.unsettled() == []
    await send(database, clock, first)
    assert (await service.progress(number)).phase(clock.now()) is Phase.PAUSED
    assert await service.resume(number)
    assert not await service.resume(number)
    await settler.settle(number)
    await send(database, clock, await claimed(database, clock))
    assert await states(database) == {("sent", None): 10}


async def test_a_paused_broadcast_is_in_nobodys_way(
    database: Database, clock: FakeClock, service: Broadcasts, settler: Settler
) -> None:
    await crowd(database, 40)
    number = await begun(service, settler, clock)
    await service.pause(number)
    other, _ = await service.start(MESSAGE, "other")
    for _ in range(5):
        await settler.settle(other)
    clock.advance(HOLD.total_seconds())
    for _ in range(5):
        await settler.settle(other)
    seen: set[int] = set()
    for _ in range(20):
        claims = await claimed(database, clock, 4)
        assert {claim.broadcast for claim in claims} <= {other}
        seen |= {int(claim.reader) for claim in claims}
    assert len(seen) == 40


async def test_what_was_stopped_is_cancelled_and_can_go_on(
    database: Database, clock: FakeClock, service: Broadcasts, settler: Settler
) -> None:
    await crowd(database, 10)
    number = await begun(service, settler, clock)
    await send(database, clock, await claimed(database, clock, 4))
    assert await service.stop(number)
    assert not await service.stop(number)
    assert await claimed(database, clock) == []
    await settler.settle(number)
    assert await states(database) == {("sent", None): 4, ("skipped", "cancelled"): 6}
    assert (await service.progress(number)).phase(clock.now()) is Phase.STOPPED
    assert await service.resume(number)
    await settler.settle(number)
    await send(database, clock, await claimed(database, clock))
    assert await states(database) == {("sent", None): 10}
    assert await settler.unsettled() == []


async def test_a_stop_while_readers_are_entered_leaves_nobody_out_later(
    database: Database, clock: FakeClock, service: Broadcasts, settler: Settler
) -> None:
    await crowd(database, 10)
    number, _ = await service.start(MESSAGE, "key")
    await settler._step(number)
    await service.stop(number)
    await settler.settle(number)
    assert await states(database) == {("skipped", "cancelled"): 3}
    clock.advance(300)
    await service.resume(number)
    await settler.settle(number)
    await send(database, clock, await claimed(database, clock))
    assert await states(database) == {("sent", None): 10}


async def test_a_row_left_behind_by_a_pause_is_found(
    database: Database, clock: FakeClock, service: Broadcasts, settler: Settler
) -> None:
    await crowd(database, 2)
    number = await begun(service, settler, clock)
    async with database.write() as connection:
        held = schema.deliveries.c.not_before + HELD
        await connection.execute(update(schema.deliveries).values(not_before=held))
    await settler.look_for_stuck()
    assert await settler.unsettled() == [number]
    await settler.settle(number)
    assert len(await claimed(database, clock)) == 2


async def test_one_that_parks_itself_is_told_of_once(
    database: Database, clock: FakeClock, service: Broadcasts, settler: Settler
) -> None:
    await crowd(database, 3)
    number = await begun(service, settler, clock)
    async with database.write() as connection:
        await broadcasts.park(connection, number, Pause.ERRORS, 6, clock.now())
    found = await service.progress(number)
    assert (found.phase(clock.now()), found.share) == (Phase.PARKED, 6)
    assert [await settler.untold(number) for _ in range(2)] == [True, False]
    assert await claimed(database, clock) == []
    await service.resume(number)
    async with database.write() as connection:
        await broadcasts.park(connection, number, Pause.REFUSALS, 100, clock.now())
    assert await settler.untold(number)


async def test_the_audience_is_counted_as_it_is_entered(
    database: Database, clock: FakeClock, service: Broadcasts, settler: Settler
) -> None:
    article = await factories.article(database)
    other = await factories.rubric(database, "Спорт")
    assert article.rubric_id is not None
    for chat, (state, choice) in enumerate(
        (
            (ReaderState.ACTIVE, Choice()),
            (ReaderState.NEW, Choice.of([article.rubric_id, other.id])),
            (ReaderState.ACTIVE, Choice.of([other.id])),
            (ReaderState.PAUSED, Choice()),
            (ReaderState.STOPPED, Choice()),
            (ReaderState.PARKED, Choice()),
        ),
        1,
    ):
        await factories.reader(database, chat, state=state, choice=choice)
    reach = await service.reach(Told(article.id))
    assert (reach.readers, reach.paused, reach.stopped, reach.parked, reach.other_rubrics) == (2, 1, 1, 1, 1)
    number, _ = await service.start(
        Announcement(content=Told(article.id), title=article.title, author=EDITOR), "article"
    )
    await settler.settle(number)
    assert sum((await states(database)).values()) == reach.readers
    again = await service.reach(Told(article.id))
    assert (again.readers, again.served) == (0, 2)


async def test_rubric_1_is_not_rubric_11(database: Database, service: Broadcasts) -> None:
    made = [await factories.rubric(database, f"Рубрика {number}") for number in range(11)]
    article = await factories.article(database, rubric_name=made[0].name)
    await factories.reader(database, 1, choice=Choice.of([made[10].id]))
    assert (await service.reach(Told(article.id))).readers == 0


async def test_an_article_that_is_not_published_cannot_be_sent(database: Database, service: Broadcasts) -> None:
    with pytest.raises(ArticleMissing):
        await service.reach(Told(ArticleId(99)))
    with pytest.raises(BroadcastMissing):
        await service.pause(BroadcastId(99))


async def test_what_was_sent_is_taken_back_and_the_rest_dropped(
    database: Database, clock: FakeClock, service: Broadcasts, settler: Settler
) -> None:
    await crowd(database, 5)
    number = await begun(service, settler, clock)
    await send(database, clock, await claimed(database, clock, 2))
    [flying] = await claimed(database, clock, 1)
    assert await service.recall(number)
    assert not await service.recall(number)
    assert not await service.resume(number)
    await settler.settle(number)
    await send(database, clock, [flying])
    served = await settler.to_recall(number)
    assert len(served) == 3
    assert await settler.unsettled() == [number]
    await settler.recalled([(served[0].id, Fate.EDITED), *((one.id, Fate.DELETED) for one in served[1:])])
    await settler.settle(number)
    assert await settler.unsettled() == []
    assert await service.fates(number) == {Fate.DELETED: 2, Fate.EDITED: 1}
    assert (await service.progress(number)).phase(clock.now()) is Phase.RECALLED


async def test_what_nobody_knows_the_end_of_waits_for_an_editor(
    database: Database, clock: FakeClock, service: Broadcasts, settler: Settler
) -> None:
    await crowd(database, 8)
    number = await begun(service, settler, clock)
    await claimed(database, clock)
    clock.advance(121)
    async with database.write() as connection:
        assert await deliveries.release(connection, clock.now(), [], hold=True) == 8
    assert await states(database) == {("unknown", "crashed"): 8}
    assert await claimed(database, clock) == []
    assert await service.resend(number) == 8
    await send(database, clock, await claimed(database, clock))
    assert await states(database) == {("sent", None): 8}


async def test_a_card_is_shown_by_one_instance_only(
    database: Database, clock: FakeClock, service: Broadcasts, settler: Settler
) -> None:
    number = await begun(service, settler, clock)
    await service.show_on(Card(number, ChatId(5), 10))
    await service.show_on(Card(number, ChatId(5), 11))
    clock.advance(5)
    before = clock.now() - timedelta(seconds=5)
    due = await asyncio.gather(*(service.cards_due(before) for _ in range(3)))
    assert sorted(map(len, due)) == [0, 0, 1]
    assert [card for some in due for card in some] == [Card(number, ChatId(5), 11)]
    await service.finish_card(Card(number, ChatId(5), 11))
    clock.advance(60)
    assert await service.cards_due(clock.now()) == []


async def test_the_report_has_a_line_a_reader(
    database: Database, clock: FakeClock, service: Broadcasts, settler: Settler
) -> None:
    await crowd(database, 4)
    number = await begun(service, settler, clock)
    await send(database, clock, await claimed(database, clock))
    rows = [row async for page in service.report(number) for row in page]
    assert [(row.chat, row.state, row.done_at) for row in rows] == [(chat, "sent", clock.now()) for chat in range(1, 5)]


async def test_lists_are_by_kind(database: Database, clock: FakeClock, service: Broadcasts, settler: Settler) -> None:
    await begun(service, settler, clock)
    async with database.write() as connection:
        await deliveries.open_broadcast(connection, seconds(clock.now()), clock.now())
    assert [one.kind for one in (await service.newest(Kind.DIGEST, offset=0, limit=5))[0]] == [Kind.DIGEST]
    [found], total = await service.newest(Kind.ANNOUNCEMENT, offset=0, limit=5)
    assert (found.title, total) == ("Объявление", 1)


async def test_an_announcement_goes_before_a_digest_that_waits(
    database: Database, clock: FakeClock, service: Broadcasts, settler: Settler
) -> None:
    await factories.article(database)
    await crowd(database, 2)
    number = await begun(service, settler, clock)
    async with database.write() as connection:
        digest = await deliveries.open_broadcast(connection, seconds(clock.now()) - 3600, clock.now())
        await connection.execute(
            update(schema.deliveries)
            .where(schema.deliveries.c.id == select(schema.deliveries.c.id).limit(1).scalar_subquery())
            .values(broadcast_id=digest, not_before=seconds(clock.now()) - 3600)
        )
    assert [claim.broadcast for claim in await claimed(database, clock, 1)] == [number]


async def test_the_key_of_its_rows_is_one_whatever_the_day(
    database: Database, clock: FakeClock, service: Broadcasts
) -> None:
    await crowd(database, 4)
    number, _ = await service.start(MESSAGE, "key")
    settler = Settler(database, clock)
    await settler._step(number)
    clock.advance(86_400)
    await settler.settle(number)
    async with database.read() as connection:
        dates = (await connection.execute(select(schema.deliveries.c.local_date).distinct())).scalars().all()
        found = await announcements.find(connection, number)
    assert len(dates) == 1
    assert found == MESSAGE
