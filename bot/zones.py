"""Names of time zones as people know them: a city in their language, or a fixed offset as it is."""

from datetime import datetime, timedelta
from functools import cache

from babel import Locale
from babel.core import get_global

# Offered as buttons, from west to east; any other city can be typed.
OFFERED = (
    "Europe/Kaliningrad",
    "Europe/Minsk",
    "Europe/Moscow",
    "Europe/Samara",
    "Asia/Yekaterinburg",
    "Asia/Almaty",
    "Asia/Tashkent",
    "Asia/Omsk",
    "Asia/Novosibirsk",
    "Asia/Krasnoyarsk",
    "Asia/Irkutsk",
    "Asia/Yakutsk",
    "Asia/Vladivostok",
    "Asia/Magadan",
    "Asia/Kamchatka",
)


@cache
def city(zone: str, language: str) -> str:
    """Return what to call a zone: "Moscow" for Europe/Moscow, "UTC+05:30" for itself. Source: CLDR, exemplar cities.

    The cache holds at most every zone in every language.
    """
    names = Locale.parse(language).time_zones
    for name in (zone, *_other_names().get(zone, ())):
        if known := names.get(name, {}).get("city"):
            return str(known)
    return zone.rpartition("/")[2].replace("_", " ")


def offset(moment: datetime) -> str:
    """Return an aware local time's distance from UTC: "UTC+3", "UTC-03:30"."""
    minutes = (moment.utcoffset() or timedelta()) // timedelta(minutes=1)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


@cache
def _other_names() -> dict[str, list[str]]:
    """Return former names by present name: CLDR keeps its data under the former ones (Asia/Calcutta)."""
    former: dict[str, list[str]] = {}
    for old, present in get_global("zone_aliases").items():
        former.setdefault(present, []).append(old)
    return former
