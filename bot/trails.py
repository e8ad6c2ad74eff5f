"""Where Back leads from an article: a short path carried by the buttons themselves.

A trail is frames joined by `_`, the newest last: `e` cover, `t` contents, `t2` their page 2, `r7` rubric 7, `r7-1` its
page 1, `l` latest, `v` saved (`l2`, `v1` their pages), `d` the draft's card, `a12-3-0` page 0 of section 3 of article
12, `f5-1` page 1 of what search 5 found, `y20261125-1` page 1 of a day; pages count from 0. It is kept in the buttons
and not in a row, so that two messages open side by side, and buttons made weeks ago, each lead back to their own place.
"""

import re
from dataclasses import dataclass

COVER, CONTENTS, LATEST, SAVED, DRAFT = "e", "t", "l", "v", "d"

_LIST = re.compile(r"([tlv])([0-9]{1,4})")
_RUBRIC = re.compile(r"r([0-9]{1,18})(?:-([0-9]{1,4}))?")
_DAY = re.compile(r"y([0-9]{1,8})(?:-([0-9]{1,4}))?")
_FOUND = re.compile(r"f([0-9]{1,18})(?:-([0-9]{1,4}))?")
_PAGE = re.compile(r"a([0-9]{1,18})-([0-9]{1,4})-([0-9]{1,4})")


@dataclass(frozen=True, slots=True)
class Turned:
    """A list (CONTENTS, LATEST or SAVED) turned over to a page."""

    place: str
    page: int


@dataclass(frozen=True, slots=True)
class Rubric:
    """A rubric page of the edition."""

    rubric: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A page of an article."""

    article: int
    section: int
    page: int


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what a kept search found."""

    query: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class Day:
    """A page of a day's articles in the archive; the day is YYYYMMDD."""

    day: int
    page: int = 0


Frame = str | Turned | Rubric | Page | Found | Day


def push(trail: str, frame: Frame) -> str:
    """Return the trail with a frame added."""
    return f"{trail}_{_dump(frame)}" if trail else _dump(frame)


def pop(trail: str) -> tuple[Frame | None, str]:
    """Return the newest frame and the rest; None for an empty trail or a frame of an unknown kind."""
    rest, _, head = trail.rpartition("_")
    return _load(head), rest


def fitted(trail: str, limit: int) -> str:
    """Return the trail with its oldest frames dropped until it has at most `limit` characters.

    The very first frame, the place all began from, stays when it can: it is the way out.
    """
    if len(trail) <= limit:
        return trail
    first, *others = trail.split("_")
    while others:
        shorter = "_".join([first, *others])
        if len(shorter) <= limit:
            return shorter
        others.pop(0)
    return first if len(first) <= limit else ""


def _dump(frame: Frame) -> str:
    match frame:
        case Turned(place, page):
            return f"{place}{page}" if page else place
        case Rubric(rubric, page):
            return f"r{rubric}-{page}" if page else f"r{rubric}"
        case Day(day, page):
            return f"y{day}-{page}" if page else f"y{day}"
        case Found(query, page):
            return f"f{query}-{page}" if page else f"f{query}"
        case Page(article, section, page):
            return f"a{article}-{section}-{page}"
        case str():
            return frame


def _load(text: str) -> Frame | None:
    if text in (COVER, CONTENTS, LATEST, SAVED, DRAFT):
        return text
    if found := _RUBRIC.fullmatch(text):
        return Rubric(int(found[1]), int(found[2] or 0))
    if found := _DAY.fullmatch(text):
        return Day(int(found[1]), int(found[2] or 0))
    if found := _FOUND.fullmatch(text):
        return Found(int(found[1]), int(found[2] or 0))
    if found := _LIST.fullmatch(text):
        return Turned(found[1], int(found[2]))
    if found := _PAGE.fullmatch(text):
        return Page(*map(int, found.groups()))
    return None
