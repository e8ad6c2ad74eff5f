"""A reader changes their mind: rubrics, time, zone, days, language, pauses."""

from datetime import UTC, datetime, timedelta

import pytest

from digests.readers import ChatId, ReaderState, Schedule
from sandbox.player import Player
from tests import factories
from tests.bot.conftest import NOON, World


async def settled(world: World, language: str = "ru") -> Player:
    anna = world.reader(language=language)
    await anna.send("/start")
    await world.app.subscriptions.settle((await world.app.subscriptions.arrive(ChatId(anna.id), language))[0].id)
    return anna


async def schedule(world: World, player: Player) -> Schedule:
    reader = await world.app.subscriptions.reader(ChatId(player.id))
    assert reader
    return reader.preferences.schedule


async def test_settings_show_all_and_lead_everywhere_and_back(world: World) -> None:
    anna = await settled(world)
    await anna.send("/settings")
    main = anna.last.text
    assert "Рубрики: все\nВремя: 08:00 · Москва (UTC+3)\nДни: каждый день\nЯзык: русский" in main
    for label in ("Рубрики", "Время", "Город и пояс", "Дни", "Язык", "Пауза"):
        await anna.tap(label)
        assert anna.last.text != main
        await anna.tap("◀ Настройки")
        assert anna.last.text == main


async def test_rubrics_toggle_and_all_of_them_at_once(world: World) -> None:
    for name in ("Город", "Спорт"):
        await factories.rubric(world.app.database, name)
    anna = await settled(world)
    await anna.send("/rubrics")
    await anna.tap("✓ Все рубрики")
    assert anna.last.labels[:3] == ["Город", "Спорт", "Все рубрики"]
    assert "Не выбрано ни одной рубрики" in anna.last.text
    await anna.tap("Спорт")
    await anna.tap("Город")
    assert anna.last.labels[:3] == ["✓ Город", "✓ Спорт", "✓ Все рубрики"]


async def test_a_typed_time_sets_it_and_a_wrong_one_leaves_the_question_open(world: World) -> None:
    anna = await settled(world)
    await anna.send("/settings")
    await anna.tap("Время")
    await anna.tap("Другое время")
    await anna.send("25:00")
    assert anna.last.text == "«25:00» — это не время суток. Напишите, например, 8:00 или 19:30."
    await anna.send("в 6.45")
    assert "Дайджест приходит в 06:45." in anna.last.text
    assert "между 06:45 и 06:55 (Москва)" in anna.last.text
    await anna.send("7:00")  # the question is answered, so this is small talk
    assert (await schedule(world, anna)).time.hour == 6


async def test_a_question_survives_a_restart_and_a_command_ends_it(world: World) -> None:
    anna = await settled(world)
    await anna.send("/settings")
    await anna.tap("Время")
    await anna.tap("Другое время")
    await world.restart()
    await anna.send("/help")
    assert "Как это работает" in anna.last.text
    await anna.send("9:15")
    assert (await schedule(world, anna)).time.hour == 8


async def test_a_cancelled_question_is_closed(world: World) -> None:
    anna = await settled(world)
    await anna.send("/settings")
    await anna.tap("Город и пояс")
    await anna.tap("Другой город")
    await anna.tap("Отмена")
    assert "У вас сейчас 15:00" in anna.last.text
    await anna.send("Омск")
    assert (await schedule(world, anna)).zone == "Europe/Moscow"


@pytest.mark.parametrize(
    ("typed", "zone"),
    [("нижний новгород", "Europe/Moscow"), ("+5", "UTC+05:00"), ("Asia/Almaty", "Asia/Almaty"), ("Омск", "Asia/Omsk")],
)
async def test_a_city_or_an_offset_sets_the_zone(world: World, typed: str, zone: str) -> None:
    anna = await settled(world)
    await anna.send("/settings")
    await anna.tap("Город и пояс")
    await anna.tap("Другой город")
    await anna.send(typed)
    assert (await schedule(world, anna)).zone == zone
    assert "Следующий дайджест: завтра" in anna.last.text


async def test_suggested_cities_are_buttons(world: World) -> None:
    anna = await settled(world)
    await anna.send("/settings")
    await anna.tap("Город и пояс")
    await anna.tap("Другой город")
    await anna.send("Екатеринбруг")
    await anna.tap("Екатеринбург")
    assert (await schedule(world, anna)).zone == "Asia/Yekaterinburg"
    assert "У вас сейчас 17:00" in anna.last.text


async def test_days_toggle_and_the_last_one_stays(world: World) -> None:
    anna = await settled(world)
    await anna.send("/settings")
    await anna.tap("Дни")
    await anna.tap("По выходным")
    await anna.tap("✓ вс")
    assert "Дайджест приходит: сб." in anna.last.text
    assert "Следующий дайджест: сб 28 ноября" in anna.last.text
    toast = await anna.tap("✓ сб")
    assert toast
    assert (toast.text, toast.show_alert) == (
        "Нужен хотя бы один день. Чтобы ничего не приходило: /pause или /stop.",
        True,
    )
    assert (await schedule(world, anna)).days == 0b0100000


async def test_the_language_changes_at_once_with_the_command_menu(world: World) -> None:
    anna = await settled(world)
    await anna.send("/settings")
    await anna.tap("Язык")
    await anna.tap("English")
    assert "I speak this language: English." in anna.last.text
    await anna.send("/help")
    assert "How it works" in anna.last.text
    menus = [call for call in world.sandbox.calls if call.method == "setMyCommands"]
    assert "a digest now" in str(menus[-1].shape())


async def test_a_pause_ends_by_itself_or_when_told(world: World) -> None:
    await factories.article(world.app.database, at=NOON + timedelta(days=5))
    anna = await settled(world)
    await anna.send("/pause")
    await anna.tap("3 дня")
    assert "Пауза до ср 25 ноября. Потом дайджест снова начнёт приходить." in anna.last.text
    await world.at(datetime(2026, 11, 23, 5, 0, tzinfo=UTC))
    assert "Пауза до" in anna.last.text
    await anna.tap("До моей команды")
    await anna.tap("Продолжить")
    assert "Следующий дайджест:" in anna.last.text
    reader = await world.app.subscriptions.reader(ChatId(anna.id))
    assert reader
    assert reader.state is ReaderState.ACTIVE


async def test_a_double_tap_on_a_choice_is_harmless(world: World) -> None:
    anna = await settled(world)
    await anna.send("/settings")
    await anna.tap("Время")
    data = next(button.data for button in anna.last.buttons() if button.text == "19:00")
    await anna.tap_data(data or "")
    await anna.tap_data(data or "")
    assert (await schedule(world, anna)).time.hour == 19
    assert anna.toasts == []


async def test_a_forged_zone_is_refused_in_words(world: World) -> None:
    anna = await settled(world)
    await anna.send("/settings")
    await anna.tap_data("ez1|Mars/Base|settings")
    assert "Mars/Base" in anna.last.text
    assert (await schedule(world, anna)).zone == "Europe/Moscow"
