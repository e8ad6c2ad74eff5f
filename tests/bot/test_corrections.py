"""A mistake in an article: whoever was sent it is told once, at the head of the next digest, and nobody else."""

from datetime import UTC, datetime, timedelta

import pytest

from sandbox.player import Player
from tests.bot.conftest import World

EIGHT = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)  # in Moscow
DAY = timedelta(days=1)
TEXT = "Мост на Садовой закроют до весны\n\nОбъезд пойдёт по Ручейной. Работы начнутся в понедельник."
RIGHT = TEXT.replace("Ручейной", "Речной")
SAID = "Объезд идёт по Речной, не по Ручейной."
HEADING = "Исправление к выпуску 23 ноября"


@pytest.fixture
async def anna(world: World) -> Player:
    """A reader to whom the article came with its mistake."""
    await world.publish(TEXT)
    player = world.reader()
    await player.send("/start")
    await world.at(EIGHT)
    assert "Доброе утро" in player.last.text
    return player


async def correct(world: World, text: str = RIGHT) -> None:
    """Let the editor replace the text of the only article."""
    world.clock.advance(3600)
    await world.editor.send("/articles")
    await world.editor.tap("1")
    await world.editor.tap("Текст")
    await world.editor.send(text)


async def tell(world: World, said: str = SAID) -> None:
    await world.editor.tap("Сообщить об исправлении")
    await world.editor.send(said)


async def test_a_delivered_page_shows_the_new_text_when_it_is_opened(world: World, anna: Player) -> None:
    await correct(world)
    await anna.tap("Читать ▶")
    assert "Речной" in anna.last.text
    assert "Ручейной" not in anna.last.text
    assert "обновлено сегодня" in anna.last.text


async def test_who_got_the_mistake_is_told_once_and_nobody_else(world: World, anna: Player) -> None:
    await correct(world)
    boris = world.reader("Борис")
    await boris.send("/start")
    await tell(world)
    assert "Исправление придёт" in world.editor.last.text
    await world.publish("Тоннель откроют летом\n\nПо нему пойдут автобусы, сказали в мэрии города.")
    await world.at(EIGHT + DAY)
    assert HEADING in anna.last.text
    assert SAID in anna.last.text
    assert "Тоннель" in anna.last.text or "автобусы" in anna.last.text
    assert "Доброе утро" in boris.messages[-1].text
    assert "Исправление" not in boris.messages[-1].text
    await world.publish("Каток зальют в декабре\n\nКоньки можно взять на месте, это недорого.")
    await world.at(EIGHT + 2 * DAY)
    assert "Доброе утро" in anna.last.text
    assert "Исправление" not in anna.last.text


async def test_without_other_news_the_correction_comes_alone_and_once(world: World, anna: Player) -> None:
    await correct(world)
    await tell(world)
    await world.at(EIGHT + DAY)
    assert HEADING in anna.last.text
    assert "Других новостей нет." in anna.last.text
    count = len(anna.messages)
    await world.app.tick()
    await world.app.courier.drain()
    await world.at(EIGHT + 2 * DAY)
    assert len(anna.messages) == count
    await anna.send("/why")
    assert "не было новых статей" in anna.last.text


async def test_one_whose_digest_was_not_sent_is_told_with_the_next(world: World, anna: Player) -> None:
    await correct(world)
    await tell(world)
    await anna.send("/pause")
    await anna.tap("3 дня")
    await world.at(EIGHT + DAY)
    assert "Исправление" not in anna.last.text
    await world.at(EIGHT + 4 * DAY)
    assert HEADING in anna.last.text


async def test_a_silent_change_is_announced_to_nobody(world: World, anna: Player) -> None:
    await correct(world)
    count = len(anna.messages)
    await world.at(EIGHT + DAY)
    assert len(anna.messages) == count


async def test_a_correction_is_one_sentence_with_words(world: World, anna: Player) -> None:
    await correct(world)
    await world.editor.tap("Сообщить об исправлении")
    await world.editor.send("…")
    assert "хотя бы одно слово" in world.editor.last.text
    await world.editor.send("Слово " * 60)
    assert "до 200 знаков" in world.editor.last.text
    await world.editor.send(SAID)
    assert "Исправление придёт" in world.editor.last.text


async def test_a_withdrawn_article_needs_no_correction(world: World, anna: Player) -> None:
    await correct(world)
    await tell(world)
    await world.editor.tap("◀ К статье")
    await world.editor.tap("Отозвать")
    await world.editor.tap("Да")
    count = len(anna.messages)
    await world.at(EIGHT + DAY)
    assert len(anna.messages) == count
