"""Finding a time zone by what a person types."""

import contextlib
from datetime import UTC, datetime, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests import zones
from digests.errors import UnknownZone

SUMMER = datetime(2026, 7, 1, tzinfo=UTC)

REGIONAL_CAPITALS = {
    2: "Калининград",
    3: "Москва, Санкт-Петербург, Архангельск, Белгород, Брянск, Великий Новгород, Владикавказ, Владимир, "
    "Волгоград, Вологда, Воронеж, Грозный, Иваново, Йошкар-Ола, Казань, Калуга, Киров, Кострома, Краснодар, Курск, "
    "Липецк, Магас, Майкоп, Махачкала, Мурманск, Нальчик, Нарьян-Мар, Нижний Новгород, Орёл, Пенза, Петрозаводск, "
    "Псков, Ростов-на-Дону, Рязань, Саранск, Симферополь, Севастополь, Смоленск, Ставрополь, Сыктывкар, Тамбов, "
    "Тверь, Тула, Чебоксары, Черкесск, Элиста, Ярославль",
    4: "Астрахань, Ижевск, Самара, Саратов, Ульяновск",
    5: "Екатеринбург, Курган, Оренбург, Пермь, Салехард, Тюмень, Уфа, Ханты-Мансийск, Челябинск",
    6: "Омск",
    7: "Абакан, Барнаул, Горно-Алтайск, Кемерово, Красноярск, Кызыл, Новосибирск, Томск",
    8: "Иркутск, Улан-Удэ",
    9: "Благовещенск, Чита, Якутск",
    10: "Биробиджан, Владивосток, Хабаровск",
    11: "Магадан, Южно-Сахалинск",
    12: "Анадырь, Петропавловск-Камчатский",
}
CAPITALS = [(hours, city) for hours, line in REGIONAL_CAPITALS.items() for city in line.split(", ")]


def hours_east(name: str) -> float:
    offset = SUMMER.astimezone(zones.zone(name)).utcoffset()
    assert offset is not None
    return offset / timedelta(hours=1)


@pytest.mark.parametrize(("hours", "city"), CAPITALS)
def test_every_regional_capital_of_russia_is_known_by_its_right_hour(hours: int, city: str) -> None:
    assert hours_east(zones.find(city)) == hours


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Москва", "Europe/Moscow"),
        ("МОСКВА", "Europe/Moscow"),
        ("moscow", "Europe/Moscow"),
        ("мск", "Europe/Moscow"),
        ("Питер", "Europe/Moscow"),
        ("СПб", "Europe/Moscow"),
        ("Нижний", "Europe/Moscow"),
        ("Екб", "Asia/Yekaterinburg"),
        ("Нск", "Asia/Novosibirsk"),
        ("Орел", "Europe/Moscow"),
        ("ростов на дону", "Europe/Moscow"),
        ("Комсомольск-на-Амуре", "Asia/Vladivostok"),
        ("г. Пермь", "Asia/Yekaterinburg"),
        ("Тюмень, Россия", "Asia/Yekaterinburg"),
        ("по Москве", "Europe/Moscow"),
        ("в Иркутске", "Asia/Irkutsk"),
        ("  Нью - Йорк ", "America/New_York"),
        ("São Paulo", "America/Sao_Paulo"),
        ("Алматы", "Asia/Almaty"),
        ("Минск", "Europe/Minsk"),
        ("Тбилиси", "Asia/Tbilisi"),
        ("Asia/Almaty", "Asia/Almaty"),
        ("asia/almaty", "Asia/Almaty"),
        ("america/new york", "America/New_York"),
        ("UTC", "UTC"),
        ("+3", "UTC+03:00"),
        ("3", "UTC+03:00"),
        ("11", "UTC+11:00"),
        ("UTC+3", "UTC+03:00"),
        ("utc +5:30", "UTC+05:30"),
        ("+0530", "UTC+05:30"),
        ("GMT-4", "UTC-04:00"),
        ("UTC−4", "UTC-04:00"),
        ("МСК+2", "UTC+05:00"),
        ("мск -1", "UTC+02:00"),
        ("+0", "UTC"),
        ("-12", "UTC-12:00"),
        ("+14", "UTC+14:00"),
        ("+12:45", "UTC+12:45"),
    ],
)
def test_a_zone_is_found_by_city_abbreviation_iana_name_or_offset(text: str, zone: str) -> None:
    assert zones.find(text) == zone


@pytest.mark.parametrize(
    ("text", "suggested"),
    [
        ("Мкс", "Москва"),
        ("Масква", "Москва"),
        ("Moskow", "Moscow"),
        ("Владивосто", "Владивосток"),
        ("Петропавловск", "Петропавловск-Камчатский"),
        ("Петропавловск", "Петропавловск (Казахстан)"),
    ],
)
def test_a_slip_is_refused_with_the_city_that_was_meant(text: str, suggested: str) -> None:
    with pytest.raises(UnknownZone) as caught:
        zones.find(text)
    assert caught.value.text == text
    assert suggested in caught.value.suggestions


@pytest.mark.parametrize(
    "text", ["", " ", "☀️", "+15", "-13", "+5:20", "XYZ+3", "localtime", "Factory", "../../etc/passwd", "в", "8" * 500]
)
def test_what_is_no_place_is_refused_without_suggestions(text: str) -> None:
    with pytest.raises(UnknownZone) as caught:
        zones.find(text)
    assert caught.value.suggestions == ()


def test_every_suggestion_leads_somewhere() -> None:
    for city in zones._cities():
        assert zones.find(city.russian)
        assert zones.find(city.english)


def test_every_city_is_in_a_zone_that_exists() -> None:
    assert {city.zone for city in zones._cities()} <= available_timezones()


def test_no_name_belongs_to_two_zones() -> None:
    owners: dict[str, set[str]] = {}
    for city in zones._cities():
        for name in city.names:
            owners.setdefault(name.lower(), set()).add(city.zone)
    assert not {name: found for name, found in owners.items() if len(found) > 1}


def test_every_iana_name_is_found_whatever_its_case() -> None:
    for name in available_timezones() - {"localtime", "Factory"}:
        assert hours_east(zones.find(name.swapcase())) == hours_east(name), name


@given(st.integers(min_value=-48, max_value=56))
def test_every_offset_in_use_survives_being_stored(quarters: int) -> None:
    sign, (hours, rest) = "-" if quarters < 0 else "+", divmod(abs(quarters), 4)
    name = zones.find(f"UTC{sign}{hours}:{rest * 15:02}")
    assert hours_east(name) == quarters / 4
    assert zones.find(name) == name


@given(st.text())
def test_any_text_is_a_zone_or_an_unknown_one(text: str) -> None:
    with contextlib.suppress(UnknownZone):
        assert zones.zone(zones.find(text))


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "/etc/passwd", "UTC+99:99", "Europe"])
def test_a_stored_name_that_is_no_zone_any_more_is_told_apart(name: str) -> None:
    with pytest.raises(UnknownZone):
        zones.zone(name)
