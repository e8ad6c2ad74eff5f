"""Editors send to all readers at once: seen first, held for a minute, watched, paused, stopped, taken back."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest

from digests.articles import UserId
from digests.broadcasts import Kind, Phase
from digests.pulse import Pulse
from sandbox import Fault
from sandbox.player import Player
from tests.bot.conftest import World

NEWS = "Завтра дайджест придёт на час позже\n\nПереезжаем на новый сервер."
ARTICLE = "Мост на Садовой закроют до весны\n\nОбъезд пойдёт по Речной.\n\nКак ехать\n\nАвтобусы пойдут по Речной."
Readers = Callable[[int], Awaitable[list[Player]]]


@pytest.fixture
def readers(world: World) -> Readers:
    async def come(count: int) -> list[Player]:
        players = [world.reader(f"Читатель {number}") for number in range(count)]
        for player in players:
            await player.send("/start")
        return players

    return come


async def later(world: World, seconds: float) -> None:
    """Let time pass, and everything that works by itself work."""
    world.clock.advance(seconds)
    await world.app.announcer.step()
    await world.app.courier.drain()
    await world.app.announcer.step()


def got(player: Player, text: str = "на час позже") -> int:
    return sum(text in message.text for message in player.messages if message.from_bot)


async def propose(world: World) -> None:
    await world.editor.send("/announce")
    await world.editor.send(NEWS)


async def announce(world: World) -> None:
    await propose(world)
    await world.editor.tap("Отправить")
    await world.app.announcer.step()


async def test_an_announcement_is_seen_first_and_reaches_everybody_once(world: World, readers: Readers) -> None:
    players = await readers(3)
    await propose(world)
    preview, question = world.editor.messages[-2:]
    assert preview.from_bot
    assert preview.text == NEWS
    assert "Отправить «Завтра дайджест придёт на час позже»?" in question.text
    assert "Получателей: 3" in question.text
    assert "Повтор невозможен: каждому — один раз" in question.text
    assert question.labels == ["Отправить", "Тест себе", "Отмена"]
    await world.editor.tap("Отправить")
    await world.app.announcer.step()
    await later(world, 61)
    await later(world, 61)
    assert [got(player) for player in players] == [1, 1, 1]
    assert "завершено" in world.editor.last.text
    assert "Доставлено 3" in world.editor.last.text


async def test_nothing_goes_out_for_a_minute_and_stop_ends_it(world: World, readers: Readers) -> None:
    players = await readers(2)
    await announce(world)
    await later(world, 30)
    assert "Отправка через 30 с" in world.editor.last.text
    assert world.editor.last.labels[0] == "Остановить"
    toast = await world.editor.tap("Остановить")
    assert toast
    assert "Остановлено" in toast.text
    await later(world, 120)
    assert [got(player) for player in players] == [0, 0]
    assert "остановлено" in world.editor.last.text
    assert "не отправлено: рассылка остановлена: 2" in world.editor.last.text


async def test_a_stopped_broadcast_can_go_on_and_nobody_gets_it_twice(world: World, readers: Readers) -> None:
    players = await readers(4)
    await announce(world)
    await world.editor.tap("Остановить")
    await later(world, 120)
    await world.editor.tap("Продолжить")
    await later(world, 10)
    assert [got(player) for player in players] == [1, 1, 1, 1]


async def test_pause_lets_nothing_through_and_survives_a_restart(world: World, readers: Readers) -> None:
    players = await readers(3)
    await announce(world)
    world.clock.advance(61)
    await world.app.announcer.step()
    await world.editor.tap("Обновить")
    await world.editor.tap("Пауза")
    assert "на паузе" in world.editor.last.text
    await later(world, 60)
    await world.restart()
    await later(world, 600)
    assert [got(player) for player in players] == [0, 0, 0]
    await world.editor.tap("Продолжить")
    await later(world, 5)
    assert [got(player) for player in players] == [1, 1, 1]


async def test_a_pause_holds_before_its_rows_have_followed(world: World, readers: Readers) -> None:
    players = await readers(3)
    await announce(world)
    world.clock.advance(61)
    await world.app.announcer.step()
    await world.editor.tap("Обновить")
    await world.editor.tap("Пауза")
    await world.app.courier.drain()
    assert [got(player) for player in players] == [0, 0, 0]


async def test_a_restart_in_the_middle_of_the_hold_changes_nothing(world: World, readers: Readers) -> None:
    players = await readers(3)
    await propose(world)
    await world.editor.tap("Отправить")
    await world.restart()
    await later(world, 30)
    assert [got(player) for player in players] == [0, 0, 0]
    await later(world, 31)
    assert [got(player) for player in players] == [1, 1, 1]
    await later(world, 6)
    assert "Доставлено 3" in world.editor.last.text


async def test_a_second_tap_begins_no_second_broadcast(world: World, readers: Readers) -> None:
    players = await readers(2)
    await propose(world)
    question = world.editor.last
    data = next(button.data for button in question.buttons() if button.text == "Отправить")
    assert data
    await world.editor.tap_data(data, question.message_id)
    await world.editor.tap_data(data, question.message_id)
    await later(world, 61)
    await later(world, 61)
    assert [got(player) for player in players] == [1, 1]
    _, total = await broadcasts(world).newest(Kind.ANNOUNCEMENT, offset=0, limit=10)
    assert total == 1


def broadcasts(world: World):  # type: ignore[no-untyped-def]  # what handlers are given by name
    return world.app.dispatcher.workflow_data["broadcasts"]


async def test_the_question_says_who_will_not_get_it_and_why(world: World, readers: Readers) -> None:
    players = await readers(4)
    await players[0].send("/pause")
    await players[0].tap("Неделя")
    await players[1].send("/stop")
    await players[1].tap("Отписаться")
    await players[2].block()
    await propose(world)
    text = world.editor.last.text
    assert "Получателей: 1" in text
    assert "1 на паузе" in text
    assert "1 отписался" in text
    assert "1 недоступен" in text
    await world.editor.tap("Отправить")
    await later(world, 61)
    assert [got(player) for player in players] == [0, 0, 0, 1]


async def test_a_test_reaches_the_editor_alone(world: World, readers: Readers) -> None:
    [anna] = await readers(1)
    await propose(world)
    before = got(world.editor)
    toast = await world.editor.tap("Тест себе")
    assert toast
    assert "только вам" in toast.text
    assert got(world.editor) == before + 1
    await later(world, 120)
    assert got(anna) == 0


async def test_cancel_sends_nothing(world: World, readers: Readers) -> None:
    [anna] = await readers(1)
    await propose(world)
    await world.editor.tap("Отмена")
    await later(world, 120)
    assert got(anna) == 0
    assert "ничего не отправлено" in world.editor.last.text


async def test_the_text_may_come_with_the_command_and_keeps_its_formatting(world: World, readers: Readers) -> None:
    [anna] = await readers(1)
    bold = {"type": "bold", "offset": 10, "length": 6}
    command = {"type": "bot_command", "offset": 0, "length": 9}
    await world.editor.send("/announce Завтра на час позже", entities=[command, bold])
    await world.editor.tap("Отправить")
    await later(world, 61)
    await later(world, 1)
    assert anna.last.text == "Завтра на час позже"
    assert [entity["type"] for entity in anna.last.entities] == ["bold"]


async def test_a_file_with_the_command_below_it_goes_without_the_command(world: World, readers: Readers) -> None:
    [anna] = await readers(1)
    await world.editor.send_file("план.pdf", b"%PDF-1.4 0", "/announce План работ")
    await world.editor.tap("Отправить")
    await later(world, 61)
    await later(world, 1)
    assert "План работ" in anna.last.text
    assert "/announce" not in anna.last.text


async def test_an_editor_who_left_the_team_watches_no_more(world: World, readers: Readers) -> None:
    await readers(1)
    boris = world.reader("Борис")
    await boris.send("/start")
    await boris.send("/stop")
    await world.app.team.add(UserId(boris.id), "Борис", UserId(world.editor.id))
    await announce(world)
    await boris.send("/broadcasts")
    await boris.tap("1")
    await world.app.team.remove(UserId(boris.id))
    card = boris.last
    before = card.text
    await later(world, 61)
    await later(world, 6)
    assert card.text == before


async def test_a_published_article_is_sent_at_once_with_working_buttons(world: World, readers: Readers) -> None:
    [anna] = await readers(1)
    await world.publish(ARTICLE)
    await world.editor.send("/send")
    assert "Мост на Садовой" in world.editor.last.text
    await world.editor.tap("1")
    assert "Получателей: 1" in world.editor.last.text
    assert "В ближайшем дайджесте статья тоже будет" in world.editor.last.text
    await world.editor.tap("Отправить")
    await later(world, 61)
    await later(world, 1)
    assert "Мост на Садовой закроют до весны" in anna.last.text
    if "Следующий раздел ▶" in anna.last.labels:
        await anna.tap("Следующий раздел ▶")
        assert "Автобусы" in anna.last.text


async def test_an_article_sent_again_goes_only_to_those_who_have_not_got_it(world: World, readers: Readers) -> None:
    [anna] = await readers(1)
    await world.publish(ARTICLE)
    await world.editor.tap("Отправить")
    await world.editor.tap("Отправить")
    await later(world, 61)
    await later(world, 1)
    [boris] = await readers(1)
    await world.editor.send("/send")
    await world.editor.tap("1")
    assert "Получателей: 1" in world.editor.last.text
    assert "1 уже получил" in world.editor.last.text
    await world.editor.tap("Отправить")
    await later(world, 61)
    await later(world, 1)
    assert [got(player, "Мост на Садовой") for player in (anna, boris)] == [1, 1]


async def test_only_readers_of_the_rubric_get_an_article(world: World, readers: Readers) -> None:
    anna, boris = await readers(2)
    await world.publish(ARTICLE)
    await world.publish("Другая новость\n\nСовсем о другом.", rubric="Спорт")
    await boris.send("/rubrics")
    await boris.tap("✓ Город")
    await world.editor.send("/send")
    await world.editor.tap("2")
    assert "1 не читает рубрику" in world.editor.last.text
    await world.editor.tap("Отправить")
    await later(world, 61)
    await later(world, 1)
    assert [got(player, "Мост на Садовой") for player in (anna, boris)] == [1, 0]


async def test_what_was_sent_can_be_taken_back(world: World, readers: Readers) -> None:
    players = await readers(3)
    await announce(world)
    await later(world, 61)
    await later(world, 6)
    await world.editor.tap("Отозвать")
    assert "Вернуть будет нельзя" in world.editor.last.text
    await world.editor.tap("Да, отозвать")
    await later(world, 1)
    await later(world, 6)
    assert [got(player) for player in players] == [0, 0, 0]
    assert "удалено 3" in world.editor.last.text
    assert "отозвано" in world.editor.last.text


async def test_what_is_too_old_to_be_deleted_is_replaced_by_a_line(world: World, readers: Readers) -> None:
    players = await readers(2)
    await announce(world)
    await later(world, 61)
    await later(world, 49 * 3600)
    await world.editor.send("/broadcasts")
    await world.editor.tap("1")
    await world.editor.tap("Отозвать")
    await world.editor.tap("Да, отозвать")
    await later(world, 1)
    await later(world, 6)
    assert [got(player) for player in players] == [0, 0]
    assert [got(player, "отозвано редакцией") for player in players] == [1, 1]
    assert "заменено строкой 2" in world.editor.last.text


async def test_a_recall_in_the_middle_drops_those_not_yet_served(world: World, readers: Readers) -> None:
    players = await readers(2)
    await announce(world)
    await later(world, 30)
    [found], _ = await broadcasts(world).newest(Kind.ANNOUNCEMENT, offset=0, limit=1)
    await broadcasts(world).recall(found.id)
    await later(world, 60)
    await later(world, 6)
    assert [got(player) for player in players] == [0, 0]
    assert (await broadcasts(world).progress(found.id)).phase(world.clock.now()) is Phase.RECALLED


async def test_the_report_is_a_file_with_a_line_a_reader(world: World, readers: Readers) -> None:
    players = await readers(2)
    await announce(world)
    await players[0].block()
    await later(world, 61)
    await later(world, 6)
    assert "заблокировали бота: 1" in world.editor.last.text or "стали недоступны" in world.editor.last.text
    await world.editor.tap("CSV")
    document = world.editor.messages[-1]
    assert "Что стало с сообщением" in document.text or document.from_bot


async def test_refusal_after_refusal_parks_the_broadcast_and_tells_the_editors(world: World, readers: Readers) -> None:
    await readers(30)
    await announce(world)
    world.app.courier._concurrency = 4
    world.sandbox.faults.set(
        [Fault(kind="error", method="copyMessage", description="Bad Request: message to copy not found")]
    )
    await later(world, 61)
    await later(world, 6)
    card = world.editor.last
    assert "стоит" in card.text.lower()
    assert "проверьте" in card.text
    assert card.labels[:2] == ["Продолжить", "Остановить"]
    world.sandbox.faults.set([])
    await world.editor.tap("Продолжить")
    await later(world, 5)
    assert "Доставлено" in world.editor.last.text


async def test_the_list_shows_announcements_and_digests(world: World, readers: Readers) -> None:
    await readers(1)
    await world.editor.send("/broadcasts")
    assert "Пока нет" in world.editor.last.text
    await announce(world)
    await later(world, 61)
    await world.editor.send("/broadcasts")
    assert "Завтра дайджест придёт" in world.editor.last.text
    await world.editor.tap("Дайджесты")
    assert "Пока нет" in world.editor.last.text


async def test_a_lost_answer_waits_for_an_editor_when_told_to_hold(world: World, readers: Readers) -> None:
    world.settings = replace_settings(world)
    await world.restart()
    players = await readers(2)
    await announce(world)
    world.sandbox.faults.set([Fault(kind="reset_before", method="copyMessage", times=1)])
    await later(world, 61)
    await later(world, 600)
    assert sum(got(player) for player in players) == 1
    assert "неясно 1" in world.editor.last.text
    await world.editor.send("/broadcasts")
    assert "неясно 1" in world.editor.last.text
    await world.editor.tap("1")
    await world.editor.tap("Проверить и дослать")
    assert "узнать нельзя" in world.editor.last.text
    await world.editor.tap("Дослать")
    await later(world, 6)
    assert [got(player) for player in players] == [1, 1]


async def test_what_failed_can_be_sent_again_to_those_alone(world: World, readers: Readers) -> None:
    anna, boris = await readers(2)
    await announce(world)
    failing = Fault(kind="500", method="copyMessage", chat_id=boris.id)
    world.sandbox.faults.set([failing])
    for _ in range(12):
        await later(world, 700)
    assert [got(anna), got(boris)] == [1, 0]
    await world.editor.tap("Обновить")
    await world.editor.tap("1 не дошло")
    assert "сбой на стороне Telegram: 1" in world.editor.last.text
    world.sandbox.faults.clear()
    await world.editor.tap("Дослать")
    await later(world, 6)
    await later(world, 6)
    assert [got(anna), got(boris)] == [1, 1]


def replace_settings(world: World):  # type: ignore[no-untyped-def]  # the settings' own type
    return world.settings.model_copy(update={"on_unknown": "hold"})


async def test_readers_cannot_use_any_of_it(world: World, readers: Readers) -> None:
    [anna] = await readers(1)
    for command in ("/announce", "/send", "/broadcasts"):
        await anna.send(command)
        assert "редактор" in anna.last.text
    await announce(world)
    toast = await anna.tap_data(next(iter(world.editor.last.buttons())).data or "")
    assert toast
    assert "редактор" in toast.text
    await later(world, 61)
    assert got(anna) == 1


async def killed_after(world: World, calls: int) -> None:
    """Let the courier start so many calls, kill it, and start the program again."""
    done = len(world.sandbox.calls)

    class Killed(Exception):
        """What ends the group."""

    with suppress(ExceptionGroup):
        async with asyncio.TaskGroup() as tasks:
            courier = tasks.create_task(world.app.courier.drain())
            while len(world.sandbox.calls) < done + calls and not courier.done():  # noqa: ASYNC110 - a kill has no event
                await asyncio.sleep(0)
            raise Killed
    await world.restart()


@pytest.mark.parametrize("calls", [1, 7, 20])
async def test_a_crash_in_the_middle_loses_nobody(world: World, readers: Readers, calls: int) -> None:
    players = await readers(24)
    await announce(world)
    world.clock.advance(61)
    await world.app.announcer.step()
    world.app.courier._concurrency = 4
    await killed_after(world, calls)
    await later(world, 200)
    await later(world, 200)
    counts = [got(player) for player in players]
    assert min(counts) == 1
    assert sum(counts) <= 24 + 4  # what was in flight


@pytest.mark.parametrize("calls", [1, 7, 20])
async def test_told_to_hold_a_crash_repeats_nothing(world: World, readers: Readers, calls: int) -> None:
    world.settings = replace_settings(world)
    await world.restart()
    players = await readers(24)
    await announce(world)
    world.clock.advance(61)
    await world.app.announcer.step()
    world.app.courier._concurrency = 4
    await killed_after(world, calls)
    await later(world, 200)
    await later(world, 200)
    counts = [got(player) for player in players]
    assert max(counts) == 1
    [found], _ = await broadcasts(world).newest(Kind.ANNOUNCEMENT, offset=0, limit=1)
    unclear = found.counts.get("unknown", 0)
    assert 24 - unclear <= sum(counts) <= 24
    assert 0 < unclear <= 4


async def test_the_message_that_the_command_answers_is_announced(world: World, readers: Readers) -> None:
    [anna] = await readers(1)
    said = await world.editor.send("Коротко о главном")
    person = {"id": world.editor.id, "is_bot": False, "first_name": "Вера", "language_code": "ru"}
    frame = {"chat": {"id": world.editor.id, "type": "private", "first_name": "Вера"}, "from": person, "date": 1}
    command = {
        **frame,
        "message_id": said.message_id + 1000,
        "text": "/announce",
        "entities": [{"type": "bot_command", "offset": 0, "length": 9}],
        "reply_to_message": {**frame, "message_id": said.message_id, "text": said.text},
    }
    await world.app.dispatcher.feed_raw_update(world.app.bot, {"update_id": 1, "message": command})
    assert "Отправить «Коротко о главном»?" in world.editor.last.text
    await world.editor.tap("Отправить")
    await later(world, 61)
    await later(world, 1)
    assert anna.last.text == "Коротко о главном"


async def test_a_card_names_the_other_instance_that_sends(world: World, readers: Readers) -> None:
    await readers(2)
    await announce(world)
    world.clock.advance(61)
    await world.app.announcer.step()
    await Pulse(world.app.database, world.clock, "host-2:17").beat()
    await world.editor.tap("Обновить")
    assert "Работает другой экземпляр (host-2:17)" in world.editor.last.text


async def test_a_card_is_edited_no_more_than_once_in_five_seconds(world: World, readers: Readers) -> None:
    await readers(2)
    await announce(world)
    before = len(world.sandbox.calls.of("editMessageText"))
    for _ in range(20):
        world.clock.advance(1)
        await world.app.announcer.step()
    assert len(world.sandbox.calls.of("editMessageText")) - before <= 4
