"""A reader comes: three taps, none of them needed; a reader comes back."""

from datetime import UTC, datetime

from bot import commands
from digests.readers import ChatId, Reader, ReaderState
from sandbox.player import Player
from tests import factories
from tests.bot.conftest import NOON, World

TOMORROW = "Следующий дайджест: завтра, пн 23 ноября, между 08:00 и 08:10 (Москва)."


async def known(world: World, player: Player) -> Reader:
    found = await world.app.subscriptions.reader(ChatId(player.id))
    assert found is not None
    return found


async def test_three_taps_subscribe_with_what_was_chosen(world: World) -> None:
    for name in ("Город", "Экономика", "Спорт"):
        await factories.rubric(world.app.database, name)
    anna = world.reader()
    await anna.send("/start")
    assert "Шаг 1 из 3. Что читать?" in anna.last.text
    assert anna.last.labels == ["✓ Город", "✓ Экономика", "✓ Спорт", "✓ Все рубрики", "Дальше ▶"]
    await anna.tap("✓ Спорт")
    assert "Спорт" in anna.last.labels
    await anna.tap("Дальше ▶")
    assert "У вас сейчас 15:00, верно? (Москва)" in anna.last.text
    await anna.tap("09:00")
    assert "✓ 09:00" in anna.last.labels
    await anna.tap("Да ▶")
    assert "Шаг 3 из 3. Готово" in anna.last.text
    assert "Рубрики: Город, Экономика" in anna.last.text
    assert "между 09:00 и 09:10 (Москва)" in anna.last.text
    assert len(anna.messages) == 2  # hers and one of the bot, edited
    reader = await known(world, anna)
    assert reader.state is ReaderState.ACTIVE
    assert reader.preferences.rubrics.key == "1,2"


async def test_start_alone_is_enough(world: World) -> None:
    anna = world.reader()
    await anna.send("/start")
    assert anna.last.text.endswith(TOMORROW)
    await factories.article(world.app.database, at=datetime(2026, 11, 22, 18, tzinfo=UTC))
    await world.at(datetime(2026, 11, 23, 5, 0, tzinfo=UTC))
    assert "Доброе утро! Понедельник, 23 ноября" in anna.last.text


async def test_another_city_is_typed_in_the_second_step(world: World) -> None:
    anna = world.reader()
    await anna.send("/start")
    await anna.tap("Дальше ▶")
    await anna.tap("Другой город")
    await anna.send("Мкс")
    assert "Города «Мкс» я не знаю." in anna.last.text
    await anna.send("в Екатеринбурге")
    assert "У вас сейчас 17:00, верно? (Екатеринбург)" in anna.last.text
    await anna.tap("Да ▶")
    assert "(Екатеринбург)" in anna.last.text


async def test_an_example_comes_as_a_message_of_its_own(world: World) -> None:
    await factories.article(world.app.database, at=NOON)
    anna = world.reader()
    await anna.send("/start")
    await anna.tap("Дальше ▶")
    await anna.tap("Да ▶")
    await anna.tap("Показать пример")
    step, example = anna.messages[-2:]
    assert "Шаг 3 из 3" in step.text
    assert example.text.startswith("Дайджест. Воскресенье, 22 ноября")


async def test_start_again_says_what_is_next(world: World) -> None:
    anna = world.reader()
    await anna.send("/start")
    await anna.send("/start")
    assert "Шаг 1 из 3" in anna.last.text  # the steps were not finished
    await anna.tap("Дальше ▶")
    await anna.tap("Да ▶")
    await anna.send("/start somewhere")
    assert anna.last.text == f"Снова здравствуйте! Вы подписаны, настройки на месте.\n\n{TOMORROW}"
    assert anna.last.labels == ["Свежий дайджест", "Настройки", "Последние статьи"]


async def test_blocking_parks_and_start_brings_everything_back(world: World) -> None:
    anna = world.reader()
    await anna.send("/start")
    await anna.tap("Дальше ▶")
    await anna.tap("07:30")
    await anna.tap("Да ▶")
    await anna.block()
    assert (await known(world, anna)).state is ReaderState.PARKED
    await anna.unblock()
    assert (await known(world, anna)).state is ReaderState.ACTIVE
    await anna.block()
    await world.restart()
    await anna.unblock()
    await anna.send("/start")
    assert "между 07:30 и 07:40 (Москва)" in anna.last.text


async def test_the_language_of_telegram_is_the_first_guess(world: World) -> None:
    john = world.reader("John", language="en-GB")
    await john.send("/start")
    assert "Step 1 of 3. What would you like to read?" in john.last.text
    ulla = world.reader("Ulla", language="fi")
    await ulla.send("/start")
    assert "Шаг 1 из 3" in ulla.last.text


async def test_two_readers_have_settings_of_their_own(world: World) -> None:
    anna, boris = world.reader("Анна"), world.reader("Борис")
    for player in (anna, boris):
        await player.send("/start")
        await player.tap("Дальше ▶")
    await anna.tap("07:00")
    await boris.tap("19:00")
    assert (await known(world, anna)).preferences.schedule.time.hour == 7
    assert (await known(world, boris)).preferences.schedule.time.hour == 19


async def test_nobody_is_promised_a_digest_of_nothing(world: World) -> None:
    await factories.rubric(world.app.database, "Город")
    anna = world.reader()
    await anna.send("/start")
    await anna.tap("✓ Все рубрики")
    assert "дайджест придёт и так" not in anna.last.text
    assert anna.last.text.endswith("Не выбрано ни одной рубрики, поэтому присылать нечего.")


async def test_menus_are_by_role_and_language(world: World) -> None:
    await commands.announce(world.app.bot, world.app.catalogs, world.app.team)
    anna, john = world.reader("Анна", "ru"), world.reader("John", "en")

    def menu(player: Player) -> dict[str, str]:
        found = world.sandbox.profile.commands_for(player.user, player.chat)
        return {each["command"]: each["description"] for each in found}

    assert menu(anna)["digest"] == "дайджест прямо сейчас"
    assert menu(john)["digest"] == "a digest now"
    assert "add" not in menu(anna)
    await world.editor.send("/start")
    assert {"add", "drafts", "team", "digest"} <= set(menu(world.editor))
