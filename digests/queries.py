"""Queries: what a reader typed, taken apart. Nothing typed makes it fail, but with a DigestError that says why."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from digests import query_words
from digests.errors import NothingToSearch, OnlyUnwanted, QueryTooLong, UnknownRubric
from digests.periods import Period, first_day
from digests.rubrics import Rubric
from digests.words import STOP_WORDS, tokens

LIMIT = 256  # characters; Telegram's own for inline queries

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is to be found. Words are lower-case tokens; those that say nothing alone are left out."""

    words: Words = ()
    phrases: tuple[Words, ...] = ()
    unwanted: tuple[Words, ...] = ()  # words and phrases
    rubric: Rubric | None = None
    since: date | None = None
    until: date | None = None  # the last day
    period: Period | None = None  # when the time was said in its words


def parsed(text: str, rubrics: Sequence[Rubric], today: date) -> Query:
    """Return the query that the text spells; dates are counted back from the reader's own day.

    Raises QueryTooLong, NothingToSearch, OnlyUnwanted or UnknownRubric.
    """
    flat = " ".join(text.split())
    if len(flat) > LIMIT:
        raise QueryTooLong(len(flat), LIMIT)
    rest = _Rest(flat)
    rubric = _rubric(rest, rubrics)
    quoted = rest.quoted()
    since, until, period = _time(rest, today)
    words, excluded = _plain(rest.text)
    wanted = tuple(dict.fromkeys(word for word in words if word not in STOP_WORDS))
    phrases = [phrase for phrase, is_wanted in quoted if is_wanted]
    unwanted = [phrase for phrase, is_wanted in quoted if not is_wanted] + excluded
    narrows = rubric is not None or since is not None or until is not None
    if not wanted and not phrases and not (narrows and not unwanted):
        wanted = tuple(dict.fromkeys(words))
        if not wanted:
            raise OnlyUnwanted if unwanted else NothingToSearch
    singles = [phrase[0] for phrase in phrases if len(phrase) == 1]
    return Query(
        words=tuple(dict.fromkeys([*wanted, *singles])),
        phrases=tuple(dict.fromkeys(phrase for phrase in phrases if len(phrase) > 1)),
        unwanted=tuple(dict.fromkeys(unwanted)),
        rubric=rubric,
        since=since,
        until=until,
        period=period,
    )


def names_rubric(text: str) -> bool:
    """Return whether a text names a rubric, so that they must be known to take it apart."""
    return bool(_RUBRIC.search(_Rest(" ".join(text.split())).folded))


# Marks of one kind close one another, and a line of one pair holds no other pair of its kind.
_QUOTED = re.compile("(?P<minus>(?<![^\\s])[-\u2212\u2013\u2014])?[\u00ab\u201e\u201c\u201d\"]"
                     "(?P<inside>[^\u00ab\u00bb\u201e\u201c\u201d\"]*)[\u00bb\u201c\u201d\"]")  # fmt: skip
_EXCLUDED = re.compile("(?<![^\\s])[-\u2212\u2013\u2014](?=[^\\W_])")
_RUBRIC = re.compile(query_words.RUBRIC)
_RUBRIC_QUOTED = re.compile('\\s*[\u00ab\u201e\u201c"]([^\u00ab\u00bb\u201e\u201c\u201d"]*)[\u00bb\u201c\u201d"]')
_PERIODS = {name: re.compile(rf"(?<![^\W_])(?:{spelled})(?![^\W_])") for name, spelled in query_words.PERIODS.items()}
_SINCE = re.compile(query_words.SINCE + query_words.DATE.format("a_"))
_UNTIL = re.compile(query_words.UNTIL + query_words.DATE.format("b_"))
_IO, _IE = "\u0451", "\u0435"


class _Rest:
    """What of the text is still to be understood, with its lower-case twin of the same length."""

    def __init__(self, text: str) -> None:
        self.text = text

    @property
    def folded(self) -> str:
        """The text in lower case and without yo, sign for sign."""
        return "".join(low if len(low := sign.lower()) == 1 else sign for sign in self.text).replace(_IO, _IE)

    def cut(self, start: int, end: int) -> None:
        """Take a stretch out."""
        self.text = f"{self.text[:start]} {self.text[end:]}"

    def taken(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Take out what answers first to the pattern."""
        match = pattern.search(self.folded)
        if match:
            self.cut(match.start(), match.end())
        return match

    def quoted(self) -> list[tuple[Words, bool]]:
        """Take out what stands in quotation marks: the words, and whether they are wanted."""
        found = [(tuple(tokens(match["inside"])), not match["minus"]) for match in _QUOTED.finditer(self.text)]
        self.text = _QUOTED.sub(" ", self.text)
        return [(words, is_wanted) for words, is_wanted in found if words]


def _plain(text: str) -> tuple[list[str], list[Words]]:
    """Return the words, and those after a minus."""
    words: list[str] = []
    excluded: list[Words] = []
    for item in text.split():
        if _EXCLUDED.match(item):
            excluded += [tuple(tokens(item[1:]))]
        else:
            words += tokens(item)
    return words, [each for each in excluded if each]


def _rubric(rest: _Rest, rubrics: Sequence[Rubric]) -> Rubric | None:
    """Take out a rubric's name after its word; of several that would do the longest."""
    head = _RUBRIC.search(rest.folded)
    if not head:
        return None
    if quoted := _RUBRIC_QUOTED.match(rest.text, head.end()):
        name, ends = quoted[1], {len(tokens(quoted[1])): quoted.end()}
    else:
        name, ends = rest.text[head.end() :], {}
        for match in re.finditer(r"\S+", name):
            ends[len(tokens(name[: match.end()]))] = head.end() + match.end()
    said = tokens(name)
    named = {tuple(tokens(rubric.name)): rubric for rubric in rubrics}
    for length in sorted(ends, reverse=True):
        if length and (found := named.get(tuple(said[:length]))):
            rest.cut(head.start(), ends[length])
            return found
    raise UnknownRubric(name.split()[0] if not quoted and name.split() else name, tuple(one.name for one in rubrics))


def _time(rest: _Rest, today: date) -> tuple[date | None, date | None, Period | None]:
    """Take out when: a period by its name, or days."""
    for name, pattern in _PERIODS.items():
        if rest.taken(pattern):
            if name == "yesterday":
                return today - timedelta(days=1), today - timedelta(days=1), None
            period = Period(name)
            return first_day(period, today), None, period
    days: list[date | None] = []
    for pattern, prefix in ((_SINCE, "a_"), (_UNTIL, "b_")):
        match = pattern.search(rest.folded)
        day = _day(match, prefix, today) if match else None
        if match and day:
            rest.cut(match.start(), match.end())
        days.append(day)
    return days[0], days[1], None


def _day(match: re.Match[str], prefix: str, today: date) -> date | None:
    """Return the date that was said, the last such one when no year was; None for one that there is not."""
    parts = {name.removeprefix(prefix): value for name, value in match.groupdict().items() if value}
    day = int(parts.get("day") or parts.get("day2") or parts["day3"])
    named = parts.get("month") or parts.get("month2")
    month = query_words.MONTHS[named] if named else int(parts["month3"])
    years = [int(parts["year"])] if "year" in parts else range(today.year, today.year - 5, -1)
    for year in years:
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if "year" in parts or found <= today:
            return found
    return None
