"""Dates, counts and lists in the reader's language."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from bot import zones
from bot.i18n import Catalogs
from digests.zones import zone
from tests.screens import CATALOGS, speaking

RU, EN = speaking("ru"), speaking("en")
MOSCOW = zone("Europe/Moscow")


@pytest.mark.parametrize(
    ("n", "words"),
    [(0, "0 статей"), (1, "1 статья"), (2, "2 статьи"), (5, "5 статей"), (11, "11 статей"), (21, "21 статья"),
     (22, "22 статьи"), (112, "112 статей"), (1001, "1\xa0001 статья")],
)  # fmt: skip
def test_russian_plurals_are_right(n: int, words: str) -> None:
    assert RU.many("{n} article", "{n} articles", n) == words


@pytest.mark.parametrize(("n", "words"), [(0, "0 articles"), (1, "1 article"), (2, "2 articles"), (21, "21 articles")])
def test_english_plurals_are_right(n: int, words: str) -> None:
    assert EN.many("{n} article", "{n} articles", n) == words


def test_dates_are_in_words() -> None:
    day = date(2026, 11, 23)
    assert RU.weekday(day) == "понедельник, 23 ноября"
    assert EN.weekday(day) == "Monday, 23 November"
    assert RU.weekday_short(day) == "пн 23 ноября"
    assert RU.day(day, date(2026, 12, 1)) == "23 ноября"
    assert RU.day(day, date(2027, 1, 1)) == "23 ноября 2026"


@pytest.mark.parametrize(
    ("then", "words"),
    [
        (datetime(2026, 11, 22, 21, 0, tzinfo=UTC), "сегодня"),  # midnight in Moscow
        (datetime(2026, 11, 22, 20, 59, tzinfo=UTC), "вчера"),
        (datetime(2026, 11, 20, 12, 0, tzinfo=UTC), "20 ноября"),
        (datetime(2025, 3, 3, 12, 0, tzinfo=UTC), "3 марта 2025"),
    ],
)
def test_ages_are_those_of_the_readers_own_days(then: datetime, words: str) -> None:
    assert RU.age(then, datetime(2026, 11, 23, 12, 0, tzinfo=MOSCOW)) == words


def test_clocks_show_the_readers_time() -> None:
    assert RU.clock(datetime(2026, 11, 23, 5, 0, tzinfo=UTC), MOSCOW) == "08:00"
    assert EN.clock(time(19, 30)) == "19:30"


def test_days_of_the_week_begin_with_monday() -> None:
    assert RU.day_names(0b1111111) == ["пн", "вт", "ср", "чт", "пт", "сб", "вс"]
    assert EN.day_names(0b1000001) == ["Mon", "Sun"]


def test_lists_are_joined_as_the_language_joins_them() -> None:
    assert RU.listed(["Город", "Экономика", "Спорт"]) == "Город, Экономика и Спорт"
    assert EN.listed(["a", "b"]) == "a and b"
    assert RU.listed([]) == ""


def test_foreign_braces_are_text() -> None:
    assert RU("Rubrics: {names}", names="{x} {0}") == "Рубрики: {x} {0}"


@pytest.mark.parametrize(
    ("code", "language"), [("ru", "ru"), ("en-GB", "en"), ("EN", "en"), ("de", "ru"), ("", "ru"), (None, "ru")]
)
def test_everybody_is_answered_in_a_language_we_speak(code: str | None, language: str) -> None:
    assert CATALOGS.translator(code).language == language


def test_a_default_language_without_texts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no texts for the language 'ru'"):
        Catalogs.read("ru", tmp_path)


@pytest.mark.parametrize(
    ("name", "russian", "english"),
    [
        ("Europe/Moscow", "Москва", "Moscow"),
        ("Asia/Kolkata", "Калькутта", "Kolkata"),
        ("America/Argentina/Buenos_Aires", "Буэнос-Айрес", "Buenos Aires"),
        ("UTC+05:30", "UTC+5:30", "UTC+5:30"),
        ("UTC-04:00", "UTC\u22124", "UTC\u22124"),
        ("UTC", "UTC", "UTC"),
        ("Mars/Base_One", "Base One", "Base One"),
    ],
)
def test_zones_have_the_names_of_cities(name: str, russian: str, english: str) -> None:
    assert zones.city(name, "ru") == russian
    assert zones.city(name, "en") == english


@pytest.mark.parametrize(
    ("name", "words"),
    [("Europe/Moscow", "UTC+3"), ("Asia/Kolkata", "UTC+5:30"), ("America/New_York", "UTC\u22125"), ("UTC", "UTC+0")],
)
def test_offsets_are_short(name: str, words: str) -> None:
    assert zones.offset(datetime(2026, 11, 23, 12, 0, tzinfo=zone(name))) == words


def test_every_zone_offered_exists_and_has_a_name_of_its_own() -> None:
    names = [zones.city(name, "ru") for name in zones.OFFERED]
    assert len(set(names)) == len(names)
    assert all(zone(name) for name in zones.OFFERED)
