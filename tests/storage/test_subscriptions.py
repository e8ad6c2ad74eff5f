"""Readers: coming, choosing, pausing, leaving, and what /why answers."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from digests.deliveries import DeliveryState, Plan, Skip
from digests.errors import NoDays, ReaderMissing, UnknownZone
from digests.readers import ChatId, Preferences, ReaderId, ReaderState, Schedule
from digests.rubrics import Choice, RubricId
from digests.storage import deliveries, saved, schema
from digests.storage.engine import Database
from digests.storage.instants import seconds
from digests.subscriptions import Subscriptions, Welcome, WhyReason
from tests import factories
from tests.clocks import FakeClock

ANNA = ChatId(11)
MOSCOW = Schedule(zone="Europe/Moscow", time=time(8))
TODAY = date(2026, 11, 23)  # a Monday; FakeClock begins at 15:00 in Moscow
SLOT_TODAY = datetime(2026, 11, 23, 5, tzinfo=UTC)
SLOT_TOMORROW = datetime(2026, 11, 24, 5, tzinfo=UTC)


@pytest.fixture
def subscriptions(database: Database, clock: FakeClock) -> Subscriptions:
    return Subscriptions(database, clock, Preferences(language="ru", schedule=MOSCOW))


async def enter(
    database: Database,
    reader: ReaderId,
    state: DeliveryState,
    *,
    slot: str = "08:00",
    at: datetime = SLOT_TODAY,
    reason: str | None = None,
) -> None:
    """A row of the ledger for today, as if the planner and the courier had left it there."""
    async with database.write() as connection:
        broadcast = await deliveries.open_broadcast(connection, seconds(at), at)
        skip = Skip(reason) if reason and state is DeliveryState.SKIPPED else None
        plan = Plan(broadcast=broadcast, reader=reader, local_date=TODAY, slot=slot, not_before=seconds(at), skip=skip)
        await deliveries.enter(connection, [plan], at)
        if state is not DeliveryState.SKIPPED:
            table = schema.deliveries
            done = None if state in (DeliveryState.PENDING, DeliveryState.SENDING) else seconds(at) + 3
            values = {"state": state.value, "reason": reason, "done_at": done}
            await connection.execute(table.update().where(table.c.reader_id == reader).values(values))


async def test_a_newcomer_gets_the_defaults_and_a_due_time(subscriptions: Subscriptions, clock: FakeClock) -> None:
    reader, welcome = await subscriptions.arrive(ANNA, "en")
    assert welcome is Welcome.NEW
    assert reader.state is ReaderState.NEW
    assert reader.preferences == Preferences(language="en", schedule=MOSCOW)
    assert reader.next_due == SLOT_TOMORROW
    assert reader.covered_until == clock.now() - timedelta(hours=24)
    assert await subscriptions.reader(ANNA) == reader


async def test_start_twice_makes_one_reader(subscriptions: Subscriptions) -> None:
    first, _ = await subscriptions.arrive(ANNA, "ru")
    second, welcome = await subscriptions.arrive(ANNA, "en")
    assert welcome is Welcome.KNOWN
    assert second == first


async def test_nobody_is_a_reader_before_start(subscriptions: Subscriptions) -> None:
    assert await subscriptions.reader(ANNA) is None


async def test_every_change_sets_the_next_digest_anew(subscriptions: Subscriptions) -> None:
    reader, _ = await subscriptions.arrive(ANNA, "ru")
    evening = await subscriptions.change(reader.id, schedule=Schedule(zone="Europe/Moscow", time=time(19)))
    assert evening.next_due == datetime(2026, 11, 23, 16, tzinfo=UTC)
    east = await subscriptions.change(reader.id, schedule=Schedule(zone="Asia/Vladivostok", time=time(19)))
    assert east.next_due == datetime(2026, 11, 24, 9, tzinfo=UTC)
    saturday = await subscriptions.change(
        reader.id, schedule=Schedule(zone="Europe/Moscow", time=time(8), days=0b0100000)
    )
    assert saturday.next_due == datetime(2026, 11, 28, 5, tzinfo=UTC)
    assert await subscriptions.reader(ANNA) == saturday


async def test_a_change_touches_only_what_it_names(subscriptions: Subscriptions) -> None:
    reader, _ = await subscriptions.arrive(ANNA, "ru")
    some = Choice.of([RubricId(3), RubricId(1)])
    changed = await subscriptions.change(reader.id, rubrics=some)
    changed = await subscriptions.change(reader.id, language="en")
    assert changed.preferences == Preferences(language="en", schedule=MOSCOW, rubrics=some)
    assert changed.next_due == reader.next_due


async def test_a_schedule_that_never_comes_is_refused(subscriptions: Subscriptions) -> None:
    reader, _ = await subscriptions.arrive(ANNA, "ru")
    with pytest.raises(NoDays):
        await subscriptions.change(reader.id, schedule=Schedule(zone="UTC", time=time(8), days=0))
    with pytest.raises(UnknownZone):
        await subscriptions.change(reader.id, schedule=Schedule(zone="Mars/Olympus", time=time(8)))
    assert await subscriptions.reader(ANNA) == reader


@pytest.mark.parametrize("state", [DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.SENT])
async def test_a_reader_served_today_gets_no_second_digest_by_moving_the_time(
    database: Database, subscriptions: Subscriptions, state: DeliveryState
) -> None:
    reader, _ = await subscriptions.arrive(ANNA, "ru")
    await enter(database, reader.id, state)
    moved = await subscriptions.change(reader.id, schedule=Schedule(zone="Europe/Moscow", time=time(19)))
    assert moved.next_due == datetime(2026, 11, 24, 16, tzinfo=UTC)
    west = await subscriptions.change(reader.id, schedule=Schedule(zone="America/New_York", time=time(8)))
    assert west.next_due == datetime(2026, 11, 24, 13, tzinfo=UTC)


async def test_a_reader_without_news_this_morning_may_still_have_an_evening(
    database: Database, subscriptions: Subscriptions
) -> None:
    reader, _ = await subscriptions.arrive(ANNA, "ru")
    await enter(database, reader.id, DeliveryState.SKIPPED, reason="no_news")
    moved = await subscriptions.change(reader.id, schedule=Schedule(zone="Europe/Moscow", time=time(19)))
    assert moved.next_due == datetime(2026, 11, 23, 16, tzinfo=UTC)
    same_slot = await subscriptions.change(reader.id, schedule=Schedule(zone="America/New_York", time=time(8)))
    assert same_slot.next_due == datetime(2026, 11, 24, 13, tzinfo=UTC)


async def test_a_digest_that_is_due_this_minute_is_not_lost_by_a_change(
    subscriptions: Subscriptions, clock: FakeClock
) -> None:
    reader, _ = await subscriptions.arrive(ANNA, "ru")
    clock.set(SLOT_TOMORROW + timedelta(seconds=20))  # the planner has not come yet
    changed = await subscriptions.change(reader.id, rubrics=Choice.of([RubricId(1)]))
    assert changed.next_due == SLOT_TOMORROW
    moved = await subscriptions.change(reader.id, schedule=Schedule(zone="Europe/Moscow", time=time(7)))
    assert moved.next_due == SLOT_TOMORROW


async def test_settling_ends_the_first_steps(subscriptions: Subscriptions) -> None:
    reader, _ = await subscriptions.arrive(ANNA, "ru")
    settled = await subscriptions.settle(reader.id)
    assert settled.state is ReaderState.ACTIVE
    assert settled.next_due == SLOT_TOMORROW
    await subscriptions.stop(reader.id)
    assert (await subscriptions.settle(reader.id)).state is ReaderState.STOPPED


async def test_a_pause_with_an_end_is_armed_for_the_first_slot_after_it(
    subscriptions: Subscriptions, clock: FakeClock
) -> None:
    reader, _ = await subscriptions.arrive(ANNA, "ru")
    paused = await subscriptions.pause(reader.id, clock.now() + timedelta(days=3))
    assert paused.state is ReaderState.PAUSED
    assert paused.next_due == datetime(2026, 11, 27, 5, tzinfo=UTC)
    clock.advance(3 * 86400)
    awake = await subscriptions.reader(ANNA)
    assert awake is not None
    assert awake.state is ReaderState.ACTIVE
    assert awake.paused_until is None
    assert awake.next_due == datetime(2026, 11, 27, 5, tzinfo=UTC)


async def test_a_change_during_a_pause_does_not_end_it(subscriptions: Subscriptions, clock: FakeClock) -> None:
    reader, _ = await subscriptions.arrive(ANNA, "ru")
    await subscriptions.pause(reader.id, clock.now() + timedelta(days=3))
    changed = await subscriptions.change(reader.id, schedule=Schedule(zone="Europe/Moscow", time=time(9)))
    assert changed.state is ReaderState.PAUSED
    assert changed.next_due == datetime(2026, 11, 27, 6, tzinfo=UTC)
    await subscriptions.pause(reader.id, None)
    changed = await subscriptions.change(reader.id, language="en")
    assert changed.next_due is None


async def test_the_news_of_a_pause_are_not_dumped_on_the_reader(subscriptions: Subscriptions, clock: FakeClock) -> None:
    reader, _ = await subscriptions.arrive(ANNA, "ru")
    await subscriptions.pause(reader.id, None)
    clock.advance(10 * 86400)
    back = await subscriptions.resume(reader.id)
    assert back.state is ReaderState.ACTIVE
    assert back.covered_until == datetime(2026, 12, 3, 4, 59, 59, tzinfo=UTC)
    assert back.next_due == datetime(2026, 12, 4, 5, tzinfo=UTC)
    assert await subscriptions.resume(reader.id) == back


async def test_stop_leaves_nothing_due_and_start_brings_the_settings_back(subscriptions: Subscriptions) -> None:
    reader, _ = await subscriptions.arrive(ANNA, "ru")
    await subscriptions.change(reader.id, schedule=Schedule(zone="Asia/Omsk", time=time(9)))
    stopped = await subscriptions.stop(reader.id)
    assert (stopped.state, stopped.next_due) == (ReaderState.STOPPED, None)
    back, welcome = await subscriptions.arrive(ANNA, "en")
    assert welcome is Welcome.BACK
    assert back.state is ReaderState.ACTIVE
    assert back.preferences == Preferences(language="ru", schedule=Schedule(zone="Asia/Omsk", time=time(9)))
    assert back.next_due == datetime(2026, 11, 24, 3, tzinfo=UTC)


async def test_blocking_parks_and_unblocking_goes_on(subscriptions: Subscriptions) -> None:
    await subscriptions.arrive(ANNA, "ru")
    await subscriptions.park(ANNA)
    parked = await subscriptions.reader(ANNA)
    assert parked is not None
    assert (parked.state, parked.next_due) == (ReaderState.PARKED, None)
    await subscriptions.welcome_back(ANNA)
    back = await subscriptions.reader(ANNA)
    assert back is not None
    assert (back.state, back.next_due) == (ReaderState.ACTIVE, SLOT_TOMORROW)


async def test_who_unsubscribed_and_then_blocked_is_not_subscribed_by_unblocking(subscriptions: Subscriptions) -> None:
    reader, _ = await subscriptions.arrive(ANNA, "ru")
    await subscriptions.stop(reader.id)
    await subscriptions.park(ANNA)
    await subscriptions.welcome_back(ANNA)
    found = await subscriptions.reader(ANNA)
    assert found is not None
    assert found.state is ReaderState.STOPPED


async def test_strangers_who_block_or_unblock_are_no_trouble(subscriptions: Subscriptions) -> None:
    await subscriptions.park(ANNA)
    await subscriptions.welcome_back(ANNA)
    assert await subscriptions.reader(ANNA) is None


async def test_erasing_leaves_nothing_behind(database: Database, subscriptions: Subscriptions) -> None:
    reader, _ = await subscriptions.arrive(ANNA, "ru")
    article = await factories.article(database)
    async with database.write() as connection:
        await saved.keep(connection, reader.id, article.id, factories.NOW)
    await enter(database, reader.id, DeliveryState.SENT)
    await subscriptions.erase(reader.id)
    await subscriptions.erase(reader.id)
    assert await subscriptions.reader(ANNA) is None
    async with database.read() as connection:
        assert await deliveries.history(connection, reader.id) == []
    with pytest.raises(ReaderMissing):
        await subscriptions.change(reader.id, language="en")
    with pytest.raises(ReaderMissing):
        await subscriptions.why(reader.id)


async def test_an_export_holds_all_that_is_kept(database: Database, subscriptions: Subscriptions) -> None:
    reader, _ = await subscriptions.arrive(ANNA, "ru")
    article = await factories.article(database)
    async with database.write() as connection:
        await saved.keep(connection, reader.id, article.id, factories.NOW)
    await enter(database, reader.id, DeliveryState.SENT)
    export = await subscriptions.export(reader.id)
    assert export["chat_id"] == ANNA
    assert (export["zone"], export["time"], export["days"]) == ("Europe/Moscow", "08:00", [0, 1, 2, 3, 4, 5, 6])
    assert export["saved"] == [{"article": article.id, "title": article.title, "saved_at": "2026-11-23T12:00:00+00:00"}]
    assert export["digests"] == [
        {
            "date": "2026-11-23",
            "slot": "08:00",
            "state": "sent",
            "reason": None,
            "done_at": "2026-11-23T05:00:03+00:00",
        }
    ]


async def test_a_zone_that_left_the_world_does_not_lock_its_reader_out(
    database: Database, subscriptions: Subscriptions
) -> None:
    reader = await factories.reader(database, ANNA, zone="Mars/Olympus", next_due=SLOT_TOMORROW)
    changed = await subscriptions.change(reader, language="en")
    assert changed.next_due == datetime(2026, 11, 24, 8, tzinfo=UTC)
    assert (await subscriptions.why(reader)).reason is WhyReason.JOINED_LATER


@pytest.mark.parametrize(
    ("state", "reason", "expected"),
    [
        (DeliveryState.SENT, None, WhyReason.SENT),
        (DeliveryState.PENDING, None, WhyReason.ON_ITS_WAY),
        (DeliveryState.SENDING, None, WhyReason.ON_ITS_WAY),
        (DeliveryState.FAILED, "bad_request", WhyReason.FAILED),
        (DeliveryState.GONE, "blocked", WhyReason.UNREACHABLE),
        (DeliveryState.SKIPPED, "no_news", WhyReason.NO_NEWS),
        (DeliveryState.SKIPPED, "late", WhyReason.LATE),
        (DeliveryState.SKIPPED, "stopped", WhyReason.CHANGED_LATER),
    ],
)
async def test_why_tells_what_the_ledger_says(
    database: Database, subscriptions: Subscriptions, state: DeliveryState, reason: str | None, expected: WhyReason
) -> None:
    reader, _ = await subscriptions.arrive(ANNA, "ru")
    await enter(database, reader.id, state, reason=reason)
    why = await subscriptions.why(reader.id)
    assert why.reason is expected
    assert why.slot_at == SLOT_TODAY
    assert why.next_due == SLOT_TOMORROW


async def test_why_tells_what_is_still_to_come(subscriptions: Subscriptions, clock: FakeClock) -> None:
    reader, _ = await subscriptions.arrive(ANNA, "ru")
    assert (await subscriptions.why(reader.id)).reason is WhyReason.JOINED_LATER
    clock.set(SLOT_TOMORROW - timedelta(minutes=1))
    why = await subscriptions.why(reader.id)
    assert (why.reason, why.slot_at, why.next_due) == (WhyReason.WAITING, SLOT_TOMORROW, SLOT_TOMORROW)
    clock.set(SLOT_TOMORROW + timedelta(seconds=20))
    assert (await subscriptions.why(reader.id)).reason is WhyReason.ON_ITS_WAY


async def test_why_tells_of_days_pauses_and_leaving(subscriptions: Subscriptions, clock: FakeClock) -> None:
    reader, _ = await subscriptions.arrive(ANNA, "ru")
    await subscriptions.change(reader.id, schedule=Schedule(zone="Europe/Moscow", time=time(8), days=0b0100000))
    assert (await subscriptions.why(reader.id)).reason is WhyReason.NOT_TODAY
    until = clock.now() + timedelta(days=7)
    await subscriptions.pause(reader.id, until)
    why = await subscriptions.why(reader.id)
    assert (why.reason, why.paused_until) == (WhyReason.PAUSED, until)
    await subscriptions.stop(reader.id)
    assert (await subscriptions.why(reader.id)).reason is WhyReason.STOPPED
    await subscriptions.resume(reader.id)
    await subscriptions.park(ANNA)
    assert (await subscriptions.why(reader.id)).reason is WhyReason.UNREACHABLE


async def test_why_knows_that_the_time_was_chosen_after_it_had_passed(
    subscriptions: Subscriptions, clock: FakeClock
) -> None:
    reader, _ = await subscriptions.arrive(ANNA, "ru")
    clock.set(SLOT_TOMORROW - timedelta(hours=1))
    await subscriptions.change(reader.id, schedule=Schedule(zone="Europe/Moscow", time=time(6)))
    why = await subscriptions.why(reader.id)
    assert why.reason is WhyReason.CHANGED_LATER
    assert why.slot_at == datetime(2026, 11, 24, 3, tzinfo=UTC)
