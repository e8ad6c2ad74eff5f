"""What readers type is taken apart, whatever it is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.errors import DigestError, UnknownRubric
from digests.periods import Period
from digests.queries import Query, parsed
from digests.rubrics import Rubric, RubricId

TODAY = date(2026, 11, 25)
CITY = Rubric(id=RubricId(1), name="Город")
SCIENCE = Rubric(id=RubricId(2), name="Наука и жизнь")

SIGNS = st.sampled_from(
    [*"«»„“”\"'-−–—:*(){}[]^~&|!<>\\/.,\x00\u0301\ud83d😀 ", "рубрика:", "с 1 ", "по 31.12", "AND", "за неделю", "мост"]
)


def query(text: str) -> Query:
    return parsed(text, [CITY, SCIENCE], TODAY)


@given(st.lists(SIGNS | st.text(max_size=5), max_size=40).map("".join))
def test_nothing_typed_fails_without_a_reason(text: str) -> None:
    try:
        found = query(text)
    except DigestError:
        return
    everything = [*found.words, *(word for words in (*found.phrases, *found.unwanted) for word in words)]
    assert all(word and word.isalnum() for word in everything)
    assert found.words or found.phrases or found.rubric or found.since or found.until


@pytest.mark.parametrize(
    ("typed", "words", "phrases", "unwanted"),
    [
        ("Ставки по ипотеке", ("ставки", "ипотеке"), (), ()),
        ("кто там", ("кто", "там"), (), ()),
        ("«ставки по ипотеке» банк", ("банк",), (("ставки", "по", "ипотеке"),), ()),
        ('"мост"', ("мост",), (), ()),
        ("мост -ремонт −«до весны»", ("мост",), (), (("до", "весны"), ("ремонт",))),
        ("онлайн-касса — дорого", ("онлайн", "касса", "дорого"), (), ()),
        ("«мост", ("мост",), (), ()),
    ],
)
def test_words_phrases_and_what_is_unwanted(
    typed: str, words: tuple[str, ...], phrases: tuple[tuple[str, ...], ...], unwanted: tuple[tuple[str, ...], ...]
) -> None:
    found = query(typed)
    assert (found.words, found.phrases, found.unwanted) == (words, phrases, unwanted)


@pytest.mark.parametrize(
    ("typed", "rubric", "words"),
    [
        ("рубрика:город мост", CITY, ("мост",)),
        ("мост рубрика: Наука и жизнь", SCIENCE, ("мост",)),
        ("рубрика:«Наука и жизнь» мост", SCIENCE, ("мост",)),
        ("rubric:Город bridge", CITY, ("bridge",)),
        ("рубрика:Город", CITY, ()),
    ],
)
def test_a_rubric_is_named_in_the_query(typed: str, rubric: Rubric, words: tuple[str, ...]) -> None:
    assert (query(typed).rubric, query(typed).words) == (rubric, words)


def test_an_unknown_rubric_comes_with_those_there_are() -> None:
    with pytest.raises(UnknownRubric) as refused:
        query("мост рубрика:Космос")
    assert (refused.value.name, refused.value.known) == ("Космос", ("Город", "Наука и жизнь"))


@pytest.mark.parametrize(
    ("typed", "since", "until", "period"),
    [
        ("мост сегодня", TODAY, None, Period.TODAY),
        ("мост вчера", date(2026, 11, 24), date(2026, 11, 24), None),
        ("мост за неделю", date(2026, 11, 19), None, Period.WEEK),
        ("за последний месяц мост", date(2026, 10, 26), None, Period.MONTH),
        ("мост с 1 ноября", date(2026, 11, 1), None, None),
        ("мост с 1 декабря", date(2025, 12, 1), None, None),
        ("мост с 5 мая 2024 по 9 мая 2024", date(2024, 5, 5), date(2024, 5, 9), None),
        ("мост с 01.11", date(2026, 11, 1), None, None),
        ("bridge since November 1", date(2026, 11, 1), None, None),
        ("bridge this week", date(2026, 11, 19), None, Period.WEEK),
        ("мост с 31.02", None, None, None),
    ],
)
def test_a_time_is_named_in_the_query(
    typed: str, since: date | None, until: date | None, period: Period | None
) -> None:
    found = query(typed)
    assert (found.since, found.until, found.period) == (since, until, period)
