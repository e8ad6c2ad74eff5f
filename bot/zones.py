"""Names of time zones as people know them: a city in their language, or a fixed offset as it is."""

import re
from datetime import datetime, timedelta
from functools import cache

from babel import Locale
from babel.core import get_global

MINUS = "\u2212"
_FIXED = re.compile(r"UTC([+-])(\d\d):(\d\d)")  # as digests.zones writes it

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
    """Return what to call a zone: "Moscow" for Europe/Moscow, "UTC+5:30" for UTC+05:30. Source: CLDR, exemplar cities.

    The cache holds at most every zone in every language.
    """
    if fixed := _FIXED.fullmatch(zone):
        return _named(fixed[1], int(fixed[2]), int(fixed[3]))
    names = Locale.parse(language).time_zones
    for name in (zone, *_other_names().get(zone, ())):
        if known := names.get(name, {}).get("city"):
            return str(known)
    return zone.rpartition("/")[2].replace("_", " ")


def offset(moment: datetime) -> str:
    """Return an aware local time's distance from UTC: "UTC+3", "UTC+5:30"."""
    minutes = (moment.utcoffset() or timedelta()) // timedelta(minutes=1)
    return _named("-" if minutes < 0 else "+", *divmod(abs(minutes), 60))


def _named(sign: str, hours: int, minutes: int) -> str:
    return f"UTC{'+' if sign == '+' else MINUS}{hours}" + (f":{minutes:02}" if minutes else "")


@cache
def _other_names() -> dict[str, list[str]]:
    """Return former names by present name: CLDR keeps its data under the former ones (Asia/Calcutta)."""
    former: dict[str, list[str]] = {}
    for old, present in get_global("zone_aliases").items():
        former.setdefault(present, []).append(old)
    return former
