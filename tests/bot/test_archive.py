"""The archive keeps what is said at the end of an edition: everything can be had again, by day."""

from datetime import UTC, datetime, timedelta

from sandbox.player import Player
from tests import factories
from tests.bot.conftest import NOON, World


async def archive(world: World) -> Player:
    """Twelve articles of yesterday, one of today, one of the month before and one of last year."""
    database = world.app.database
    for number in range(12):
        at = NOON - timedelta(days=1, minutes=number)
        await factories.article(database, f"Вчера {number}", at=at)
    await factories.article(database, "Сегодня", at=NOON - timedelta(hours=1))
    await factories.article(database, "Октябрь", at=datetime(2026, 10, 31, 20, 59, tzinfo=UTC))  # 23:59 in Moscow
    await factories.article(database, "Ноябрь", at=datetime(2026, 10, 31, 21, 0, tzinfo=UTC))  # midnight there
    await factories.article(database, "Прошлый год", at=datetime(2025, 5, 9, 12, 0, tzinfo=UTC))
    return world.reader()


async def test_a_month_is_its_days_and_a_day_its_articles(world: World) -> None:
    anna = await archive(world)
    await anna.send("/archive")
    assert anna.last.text.startswith("Архив: ноябрь 2026")
    assert "сб 21 ноября — 12 статей" in anna.last.text
    assert "вс 1 ноября — 1 статья" in anna.last.text
    await anna.tap("21")
    assert anna.last.text.startswith("Суббота, 21 ноября · 12 статей\n\n1. Вчера 0 — 15:00")
    await anna.tap("Ещё ▶")
    await anna.tap("12")
    assert anna.last.text.startswith("Вчера 11")
    await world.restart()
    await anna.tap("◀ Ко дню")
    assert "12. Вчера 11" in anna.last.text
    await anna.tap("◀ К месяцу")
    assert anna.last.text.startswith("Архив: ноябрь 2026")


async def test_months_without_articles_are_passed_over(world: World) -> None:
    anna = await archive(world)
    await anna.send("/archive")
    await anna.tap("◀ октябрь 2026")
    assert "сб 31 октября — 1 статья" in anna.last.text
    await anna.tap("◀ май 2025")
    await anna.tap("9")
    assert anna.last.text.startswith("9 мая 2025 · 1 статья")
    await anna.tap("◀ К месяцу")
    await anna.tap("октябрь 2026 ▶")
    assert anna.last.text.startswith("Архив: октябрь 2026")


async def test_the_digest_of_a_day_is_opened_again(world: World) -> None:
    anna = await archive(world)
    await anna.send("/start")
    await anna.send("/digest")
    cover = anna.last.text
    await anna.send("/archive")
    await anna.tap("22")
    await anna.tap("Дайджест этого дня")
    assert anna.last.text == cover
    await anna.send("/archive")
    await anna.tap("21")
    assert "Дайджест этого дня" not in anna.last.labels


async def test_an_empty_archive_and_a_forged_day_are_answered(world: World) -> None:
    anna = world.reader()
    await anna.send("/archive")
    assert anna.last.text == "Статей пока нет. Первые придут с дайджестом."
    await anna.tap_data("yd1:20261131:0")
    assert "статей нет" in anna.last.text.lower()
    await anna.tap_data("ye1:20261101")
    assert anna.last.text == "Этого выпуска больше нет."


async def test_the_end_of_an_edition_names_the_archive(world: World) -> None:
    anna = await archive(world)
    await anna.send("/start")
    await anna.send("/digest")
    await anna.tap_data(f"f1:{(anna.last.keyboard[0][0].data or '').split(':')[1]}")
    assert "/archive" in anna.last.text
