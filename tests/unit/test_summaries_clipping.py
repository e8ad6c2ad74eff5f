"""Sentences cut short."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.clipping import ELLIPSIS, clipped
from digests.sentences import open_marks

LONG = (
    "Азербайджан и Турция подписали новые соглашения в области военной безопасности и логистики, а «Baykar» (Турция) "
    "поставит 1 500 000 беспилотников на 2,5 млн долларов в 2026 году"
)
CLOSERS = '»“”)]"'


def body(short: str) -> str:
    """What a cut has left of the text itself."""
    return short.rstrip(CLOSERS).removesuffix(ELLIPSIS)


@pytest.mark.parametrize("limit", [91, 120, 140])
def test_a_clause_border_near_the_limit_is_preferred(limit: int) -> None:
    assert clipped(LONG, limit).endswith("логистики…")


def test_a_word_border_is_taken_where_no_clause_ends() -> None:
    assert clipped(LONG, 40) == "Азербайджан и Турция подписали новые…"


def test_a_short_text_stays_as_it_is() -> None:
    assert clipped(" Мост\nзакрыт. ", 13) == "Мост закрыт."


def test_no_preposition_or_conjunction_is_left_hanging() -> None:
    assert clipped("Мост закроют на ремонт опор до самой весны", 36) == "Мост закроют на ремонт опор…"


@pytest.mark.parametrize("limit", range(8, 30))
def test_a_number_keeps_its_digits_and_its_unit(limit: int) -> None:
    short = clipped("Цена 1 500 000 рублей за кв. м жилья", limit)
    assert short in {"Цена…", "Цена 1 500 000 рублей…", "Цена 1 500 000 рублей за кв…"}


def test_an_initial_is_not_parted_from_the_name() -> None:
    assert clipped("Памятник поэту А. С. Пушкину", 22) == "Памятник поэту…"


def test_a_no_break_space_is_no_place_for_a_cut() -> None:
    assert clipped("Приехали ровно сто\u00a0человек", 22) == "Приехали ровно…"


def test_a_quotation_is_left_out_rather_than_cut() -> None:
    assert clipped("Покажут премьеру фильма «Мост на Садовой улице»", 40) == "Покажут премьеру фильма…"


def test_a_quotation_that_is_all_there_is_gets_closed() -> None:
    assert clipped("«Мост на Садовой закроют до весны из-за ремонта», — сказал мэр", 40).endswith("…»")


def test_an_endless_word_is_cut_between_signs() -> None:
    assert clipped("а" * 50, 10) == "а" * 9 + "…"
    assert clipped("12345678901234567890", 8) == "…"
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert clipped(family * 5, 7) == family + "…"


TEXT = st.text(alphabet='абвг яЯ1234567890 ,.:—-«»"()…\u00a0\n', max_size=300)


@given(TEXT, st.integers(0, 200))
def test_a_clip_fits_and_begins_as_the_text_does(text: str, limit: int) -> None:
    line = re.sub(r"[ \n]+", " ", text).strip()
    short = clipped(text, limit)
    assert len(short) <= limit
    if short != line:
        assert not short or ELLIPSIS in short
        assert line.startswith(body(short))


@given(TEXT, st.integers(1, 200))
def test_a_clip_never_ends_inside_a_number(text: str, limit: int) -> None:
    line = re.sub(r"[ \n]+", " ", text).strip()
    kept = body(clipped(text, limit))
    if kept != line and kept[-1:].isdigit():
        assert not re.match(r"\d|[.,:]\d", line[len(kept) :])


@given(TEXT, st.integers(1, 200))
def test_a_clip_leaves_no_quotation_open(text: str, limit: int) -> None:
    short = clipped(text, limit)
    if short != re.sub(r"[ \n]+", " ", text).strip():
        assert not open_marks(short)
