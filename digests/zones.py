"""Time zones by the names that people give them: a city, an IANA name or an offset from UTC or Moscow."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, timedelta, timezone, tzinfo
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo, available_timezones

from digests.errors import UnknownZone
from digests.words import stems, tokens
from digests.zone_words import LEADING, MOSCOW

SUGGESTIONS = 3
WEST, EAST = timedelta(hours=-12), timedelta(hours=14)  # the offsets in use on Earth
MOSCOW_OFFSET = timedelta(hours=3)
STEM_LENGTH = 4  # letters; shorter stems are shared by too many words that are no cities
PREFIX_LENGTH = 3
HOUR_DIGITS = 2  # of a number alone, which is an offset without its plus
NOT_PLACES = frozenset({"factory", "localtime", "posixrules"})

_FIXED = re.compile(r"UTC([+-])(\d\d):(\d\d)")
_OFFSET = re.compile(r"([^\W\d]*)([+-])(\d{1,2})(?:[:.]?(\d\d))?")
_MINUSES = str.maketrans(dict.fromkeys("\u2212\u2013\u2014\u2010\u2011", "-"))


@dataclass(frozen=True, slots=True)
class City:
    """A line of `cities.tsv`."""

    zone: str
    russian: str
    english: str
    others: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """All its names."""
        return (self.russian, self.english, *self.others)


def zone(name: str) -> tzinfo:
    """Return the zone of a stored name: an IANA name, or a fixed offset as "UTC+05:30". Raises UnknownZone."""
    try:
        if fixed := _FIXED.fullmatch(name):
            sign, hours, minutes = fixed.groups()
            offset = timedelta(hours=int(hours), minutes=int(minutes))
            return timezone(-offset if sign == "-" else offset, name)
        return UTC if name == "UTC" else ZoneInfo(name)
    except (ValueError, OSError, LookupError) as error:  # what both raise for ranges, paths, folders, unknown names
        raise UnknownZone(name) from error


def sound_zone(name: str) -> tzinfo:
    """Return the zone of a stored name, or UTC when the database of zones has it no more."""
    try:
        return zone(name)
    except UnknownZone:
        return UTC


def find(text: str) -> str:
    """Return the name of the zone that a person means by a city, an IANA name or an offset.

    A city is known by its Russian and English names, common abbreviations and Russian case forms. Raises UnknownZone
    with the names of cities that are spelled alike, in the script of the text.
    """
    typed = " ".join(text.translate(_MINUSES).split())
    found = _offset(typed) or _by_name(typed) or _iana().get(typed.replace(" ", "_").lower())
    if found is None:
        raise UnknownZone(text, tuple(_suggestions(typed)))
    return found


def _offset(typed: str) -> str | None:
    bare = typed.replace(" ", "").lower()
    match = _OFFSET.fullmatch(f"+{bare}" if bare.isdecimal() and len(bare) <= HOUR_DIGITS else bare)
    if not match:
        return None
    base, sign, hours, minutes = match.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
    offset = -offset if sign == "-" else offset
    if base in MOSCOW:
        offset += MOSCOW_OFFSET
    elif base not in ("", "utc", "gmt"):
        return None
    if not WEST <= offset <= EAST or offset % timedelta(minutes=15):
        return None
    return _fixed(offset)


def _fixed(offset: timedelta) -> str:
    if not offset:
        return "UTC"
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    return f"UTC{'-' if offset < timedelta(0) else '+'}{hours:02}:{minutes:02}"


def _by_name(typed: str) -> str | None:
    """Try the whole, then without the country after a comma, then without words such as "city of"."""
    known = _by_key()
    for variant in (typed, typed.partition(",")[0]):
        words = tokens(variant)
        while words:
            if city := known.get(" ".join(words)):
                return city.zone
            if words[0] not in LEADING:
                break
            words = words[1:]
    stem = _stem_key(typed.partition(",")[0])
    return _by_stem().get(stem) if stem else None


def _suggestions(typed: str) -> Iterator[str]:
    key = " ".join(tokens(typed))
    cyrillic = not key.isascii()
    if len(key) < 2:
        return
    near = (city for name, city in _by_key().items() if _differs_by_one(key, name))
    begun = (city for name, city in _by_key().items() if len(key) >= PREFIX_LENGTH and name.startswith(key))
    names = dict.fromkeys(city.russian if cyrillic else city.english for city in (*near, *begun))
    yield from list(names)[:SUGGESTIONS]


def _differs_by_one(one: str, other: str) -> bool:
    """Return whether one letter was put in, left out, replaced or swapped with its neighbour."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    if len(a) == len(b):
        return a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
    return a[1:] == b or a == b[1:]


@cache
def _cities() -> tuple[City, ...]:
    """Return the lines of the file, the most important city of a zone first."""
    lines = resources.files("digests").joinpath("cities.tsv").read_text("utf-8").splitlines()
    return tuple(_city(line) for line in lines if line and not line.startswith("#"))


def _city(line: str) -> City:
    zone_name, russian, english, *others = line.split("\t")
    return City(zone_name, russian, english, tuple(others[0].split(";")) if others else ())


@cache
def _by_key() -> dict[str, City]:
    known: dict[str, City] = {}
    for city in _cities():
        for name in city.names:
            known.setdefault(" ".join(tokens(name)), city)
    return known


@cache
def _by_stem() -> dict[str, str]:
    """Return zones by the stems of Russian names, for «в Казани»; a stem of cities in two zones is left out."""
    zones: dict[str, set[str]] = {}
    for city in _cities():
        for key in _stem_keys((city.russian, *city.others)):
            zones.setdefault(key, set()).add(city.zone)
    return {key: found.pop() for key, found in zones.items() if len(found) == 1}


def _stem_keys(names: Iterable[str]) -> set[str]:
    return {key for name in names if not name.isascii() and (key := _stem_key(name))}


def _stem_key(name: str) -> str:
    words = tokens(name)
    while words and words[0] in LEADING:
        words = words[1:]
    key = " ".join(stems(" ".join(words)))
    return key if len(key) >= STEM_LENGTH else ""


@cache
def _iana() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones() if name.lower() not in NOT_PLACES}
