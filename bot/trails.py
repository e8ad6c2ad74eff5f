"""Where Back leads from an article: a short path carried by the buttons themselves.

A trail is frames joined by `_`, the newest last: `e` cover, `t` contents, `r7` rubric 7, `l` latest, `v` saved,
`d` the draft's card, `a12-3-0` page 0 of section 3 of article 12. It is kept in the buttons and not in a row, so that
two messages open side by side, and buttons made weeks ago, each lead back to their own place.
"""

from dataclasses import dataclass

COVER, CONTENTS, LATEST, SAVED, DRAFT = "e", "t", "l", "v", "d"


@dataclass(frozen=True, slots=True)
class Rubric:
    """A rubric page of the edition."""

    rubric: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page of an article."""

    article: int
    section: int
    page: int


Frame = str | Rubric | Page


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
        case Rubric(rubric):
            return f"r{rubric}"
        case Page(article, section, page):
            return f"a{article}-{section}-{page}"
        case str():
            return frame


def _load(text: str) -> Frame | None:
    kind, rest = text[:1], text[1:]
    if text in (COVER, CONTENTS, LATEST, SAVED, DRAFT):
        return text
    if kind == "r" and rest.isdecimal():
        return Rubric(int(rest))
    numbers = rest.split("-")
    if kind == "a" and len(numbers) == 3 and all(number.isdecimal() for number in numbers):
        return Page(*map(int, numbers))
    return None
