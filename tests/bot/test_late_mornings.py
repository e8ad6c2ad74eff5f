"""A morning after a silence: readers are told why it is late, owners that it happened, and only then."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from digests.readers import ChatId, Schedule
from sandbox import Fault
from sandbox.player import Player
from tests.bot.conftest import World, world_at

SUNDAY = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
EIGHT = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)  # in Moscow
MINUTE = timedelta(minutes=1)
TEXT = "Мост на Садовой закроют до весны\n\nОбъезд пойдёт по Речной. Работы начнутся в понедельник."


@pytest.fixture
async def anna(world: World) -> Player:
    """A reader of the morning digest, for whom there is news."""
    await world.publish(TEXT)
    player = world.reader()
    await player.send("/start")
    return player


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with world_at(tmp_path, SUNDAY) as made:
        yield made


async def down(world: World, since: datetime, until: datetime) -> None:
    """Let the program tick for the last time, be away, and come back."""
    await world.at(since)
    await world.stop()
    world.clock.set(until)
    await world.start()
    await world.at(until)


def alarms(world: World) -> list[str]:
    return [message.text for message in world.editor.messages if message.text.startswith("⚠")]


async def test_a_digest_missed_by_a_stop_says_from_when_to_when(world: World, anna: Player) -> None:
    await down(world, EIGHT - 5 * MINUTE, EIGHT + 20 * MINUTE)
    assert "Сегодня позже обычного: бот был недоступен с 07:55 до 08:20." in anna.last.text
    assert [text.splitlines() for text in alarms(world)] == [
        ["⚠ Бот не работал с 07:55 до 08:20.", "Сейчас отправляется 1 дайджест."]
    ]
    await world.at(EIGHT + 21 * MINUTE)
    assert len(alarms(world)) == 1
    await anna.tap("Оглавление")
    await anna.tap("◀ К выпуску")
    assert "позже обычного" not in anna.last.text
    await world.publish(TEXT.replace("Мост", "Тоннель"))
    await world.at(EIGHT + timedelta(days=1))
    assert "Доброе утро" in anna.last.text
    assert "позже обычного" not in anna.last.text


async def test_times_are_the_readers_own(world: World, anna: Player) -> None:
    reader = await world.app.subscriptions.reader(ChatId(anna.id))
    assert reader is not None
    await world.app.subscriptions.change(reader.id, schedule=Schedule(zone="Europe/Samara", time=time(8)))
    await down(world, EIGHT - 65 * MINUTE, EIGHT - 40 * MINUTE)  # eight is at seven in Moscow
    assert "недоступен с 07:55 до 08:20" in anna.last.text


async def test_a_short_stop_within_the_window_is_nobodys_concern_but_the_owners(world: World, anna: Player) -> None:
    await down(world, EIGHT - MINUTE, EIGHT + 5 * MINUTE)
    assert "Доброе утро" in anna.last.text
    assert "позже обычного" not in anna.last.text
    assert len(alarms(world)) == 1


async def test_a_stop_that_ended_before_the_hour_is_no_excuse(world: World, anna: Player) -> None:
    await down(world, EIGHT - 90 * MINUTE, EIGHT - 30 * MINUTE)
    await world.at(EIGHT)
    assert "Доброе утро" in anna.last.text
    assert "позже обычного" not in anna.last.text
    assert [text.splitlines()[1] for text in alarms(world)] == ["Ни один дайджест на это время не приходился."]


async def test_a_restart_between_two_ticks_alarms_nobody(world: World, anna: Player) -> None:
    await down(world, EIGHT - 2 * MINUTE, EIGHT)
    assert "Доброе утро" in anna.last.text
    assert alarms(world) == []


async def test_a_slot_missed_by_hours_is_counted_for_the_owners_and_told_to_who_asks(
    world: World, anna: Player
) -> None:
    await down(world, EIGHT - 5 * MINUTE, EIGHT + timedelta(hours=4))
    assert "1 дайджест пропущен: он пришёл бы слишком поздно." in alarms(world)[0]
    await anna.send("/why")
    assert "бот не работал" in anna.last.text.lower()


async def test_a_hung_program_has_been_silent_too(world: World, anna: Player) -> None:
    await world.at(EIGHT - 5 * MINUTE)
    world.clock.advance(25 * 60)
    await world.app.tick()
    await world.app.courier.drain()
    assert "бот был недоступен с 07:55 до 08:20" in anna.last.text
    assert len(alarms(world)) == 1


async def test_a_calendar_that_is_set_forward_is_no_silence(world: World, anna: Player) -> None:
    await world.at(EIGHT - 30 * MINUTE)
    world.clock.set(EIGHT + 20 * MINUTE)
    await world.app.tick()
    await world.app.courier.drain()
    assert "Доброе утро" in anna.last.text
    assert "позже обычного" not in anna.last.text
    assert alarms(world) == []


async def test_a_flood_that_lasted_past_the_window_is_told(world: World, anna: Player) -> None:
    world.sandbox.faults.set([Fault(kind="429", method="sendMessage", retry_after=1200, times=1, chat_id=anna.id)])
    await world.at(EIGHT)
    for _ in range(21):
        world.clock.advance(60)
        await world.app.tick()
        await world.app.courier.drain()
    assert "Сегодня позже обычного: Telegram не принимал сообщения с 08:00 до 08:20." in anna.last.text
    assert alarms(world) == []


async def test_an_alarm_that_cannot_be_sent_comes_when_it_can(world: World, anna: Player) -> None:
    world.sandbox.faults.set([Fault(kind="500", method="sendMessage", chat_id=world.editor.id)])
    await down(world, EIGHT - 5 * MINUTE, EIGHT + 20 * MINUTE)
    assert alarms(world) == []
    world.sandbox.faults.clear()
    await world.at(world.clock.now() + MINUTE)
    assert len(alarms(world)) == 1
    await world.at(world.clock.now() + MINUTE)
    assert len(alarms(world)) == 1
