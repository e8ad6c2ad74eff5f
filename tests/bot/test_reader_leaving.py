"""A reader goes, or asks what is kept; and everything unforeseen gets an answer."""

import json
from datetime import UTC, datetime

import pytest

from digests.readers import ChatId, ReaderState
from sandbox.player import Player
from tests import factories
from tests.bot.conftest import NOON, World


async def subscribed(world: World) -> Player:
    anna = world.reader()
    await anna.send("/start")
    return anna


async def state(world: World, player: Player) -> ReaderState | None:
    reader = await world.app.subscriptions.reader(ChatId(player.id))
    return reader.state if reader else None


async def test_stop_first_offers_less(world: World) -> None:
    anna = await subscribed(world)
    await anna.send("/stop")
    assert anna.last.text.startswith("Может, реже?")
    await anna.tap("Раз в неделю, сб")
    assert "Следующий дайджест: сб 28 ноября, между 08:00 и 08:10 (Москва)." in anna.last.text


async def test_staying_changes_nothing(world: World) -> None:
    anna = await subscribed(world)
    await anna.send("/stop")
    await anna.tap("Остаться")
    assert "Следующий дайджест: завтра" in anna.last.text


async def test_unsubscribing_ends_digests_and_start_brings_them_back(world: World) -> None:
    await factories.article(world.app.database, at=NOON)
    anna = await subscribed(world)
    await anna.send("/settings")
    await anna.tap("Отписаться")
    await anna.tap("Отписаться совсем")
    assert anna.last.text.startswith("Вы отписались, дайджестов больше не будет.")
    await world.at(datetime(2026, 11, 23, 5, 0, tzinfo=UTC))
    assert anna.last.text.startswith("Вы отписались")
    await anna.send("/why")
    assert "Вы отписались, поэтому ничего не приходит." in anna.last.text
    await anna.send("/start")
    assert anna.last.text.startswith("С возвращением!")


async def test_why_tells_the_truth_before_and_after_the_slot(world: World) -> None:
    anna = await subscribed(world)
    await anna.send("/why")
    assert "Сегодня вы подписались уже после 08:00, когда выходит дайджест." in anna.last.text
    await world.at(datetime(2026, 11, 23, 5, 0, tzinfo=UTC))
    await anna.send("/why")
    assert "В 08:00 по вашим рубрикам не было новых статей, поэтому ничего не пришло." in anna.last.text
    await factories.article(world.app.database, at=datetime(2026, 11, 23, 12, tzinfo=UTC))
    await world.at(datetime(2026, 11, 24, 5, 0, tzinfo=UTC))
    await anna.send("/why")
    assert "Сегодняшний дайджест отправлен в 08:00." in anna.last.text


async def test_my_data_come_as_a_file_and_are_erased_on_request(world: World) -> None:
    anna = await subscribed(world)
    await anna.send("/privacy")
    await anna.tap("Мои данные")
    assert anna.last.text == "Всё, что о вас хранится. Стереть это: /forget"  # below the file
    sent = [call for call in world.sandbox.calls if call.method == "sendDocument"]
    assert len(sent) == 1
    await anna.send("/forget")
    await anna.tap("Не стирать")
    assert anna.last.text == "Ничего не стёрто."
    await anna.send("/forget")
    data = next(button.data for button in anna.last.buttons() if button.text == "Стереть всё")
    await anna.tap_data(data or "")
    await anna.tap_data(data or "", anna.last.message_id)
    assert anna.last.text == "Всё стёрто. Если захотите получать дайджест снова, нажмите /start."
    assert await state(world, anna) is None


async def test_what_is_kept_is_what_is_exported(world: World) -> None:
    anna = await subscribed(world)
    reader = await world.app.subscriptions.reader(ChatId(anna.id))
    assert reader
    kept = await world.app.subscriptions.export(reader.id)
    assert json.loads(json.dumps(kept))["chat_id"] == anna.id


@pytest.mark.parametrize(
    "command", ["/digest", "/settings", "/rubrics", "/pause", "/stop", "/why", "/saved", "/mydata", "/forget"]
)
async def test_a_stranger_is_invited_to_start(world: World, command: str) -> None:
    anna = world.reader()
    await anna.send(command)
    assert anna.last.text == "Мы ещё не знакомы. Нажмите /start, и дайджест начнёт приходить."


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("/нечто", "Команды /нечто нет."),
        ("/weather tomorrow", "Команды /weather нет."),
        ("привет", "Разговаривать я не умею"),
        ("👍", "Разговаривать я не умею"),
    ],
)
async def test_what_means_nothing_here_gets_an_answer(world: World, text: str, answer: str) -> None:
    anna = await subscribed(world)
    await anna.send(text)
    assert answer in anna.last.text
    assert anna.last.labels[-3:] == ["Свежий дайджест", "Последние статьи", "Настройки"]


async def test_a_file_from_a_reader_gets_an_answer(world: World) -> None:
    anna = await subscribed(world)
    await anna.send_file("cat.txt", b"meow")
    assert "Я понимаю только команды и кнопки." in anna.last.text


async def test_editors_get_hints_of_their_own(world: World) -> None:
    await world.editor.send("привет")
    assert "Начните с /add" in world.editor.last.text
    await world.editor.send("/help")
    assert "/add — добавить статью" in world.editor.last.text
    assert "/team" in world.editor.last.text


@pytest.mark.parametrize("data", ["zz9:1:2", "s1:x", "s9:1:2:0:0:", "s1:1:99999999999999999999:0:0:", "☃"])
async def test_an_unknown_button_is_answered_with_fresh_ones(world: World, data: str) -> None:
    anna = await subscribed(world)
    toast = await anna.tap_data(data)
    assert toast
    assert (toast.text, toast.show_alert) == ("Кнопка из старой версии. Ниже — свежие.", True)
    assert anna.last.labels == ["Свежий дайджест", "Последние статьи", "Настройки"]


@pytest.mark.parametrize("data", ["c1:99", "o1:99:0", "r1:99:1:0", "f1:99"])
async def test_an_edition_that_is_no_more_leads_elsewhere(world: World, data: str) -> None:
    anna = await subscribed(world)
    await anna.tap_data(data)
    assert anna.last.text == "Этого выпуска больше нет."
    assert "Последние статьи" in anna.last.labels


async def test_an_article_that_is_no_more_leads_back_to_its_edition(world: World) -> None:
    anna = await subscribed(world)
    await anna.tap_data("s1:5:99:0:0:e")
    assert anna.last.text == "Этой статьи больше нет."
    assert anna.last.labels == ["◀ К выпуску"]


async def test_a_broken_database_is_confessed_and_recorded(world: World, caplog: pytest.LogCaptureFixture) -> None:
    anna = await subscribed(world)
    async with world.app.database.write() as connection:
        await connection.exec_driver_sql("DROP TABLE articles")
    await anna.send("/latest")
    assert anna.last.text.startswith("Что-то сломалось на нашей стороне")
    records = [record for record in caplog.records if record.getMessage().startswith("update failed")]
    assert len(records) == 1
    assert str(anna.id) in records[0].getMessage()


def update_from_a_group(text: str) -> dict[str, object]:
    chat = {"id": -1001, "type": "supergroup", "title": "Соседи"}
    person = {"id": 42, "is_bot": False, "first_name": "Пётр", "language_code": "ru"}
    return {
        "update_id": 9,
        "message": {"message_id": 5, "date": 1_795_000_000, "chat": chat, "from": person, "text": text},
    }


async def test_in_a_group_a_command_is_answered_and_nothing_else(world: World) -> None:
    for text in ("/start", "привет"):
        await world.app.dispatcher.feed_raw_update(world.app.bot, update_from_a_group(text))
    sent = [call for call in world.sandbox.calls if call.method == "sendMessage"]
    assert len(sent) == 1
    assert "Напишите мне напрямую." in str(sent[0].shape())
    assert await world.app.subscriptions.reader(ChatId(-1001)) is None
