"""Slips of the finger, the other layout, and forms of one word that the stemmer parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.spelling import is_within, kindred, likeness, other_layout, slips
from digests.words import stem_each

WORDS = st.text("абвгдеж", min_size=4, max_size=9)


@given(WORDS, st.data())
def test_one_slip_leads_back(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 2))
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    without = word[:at] + word[at + 1 :]
    added = word[:at] + "я" + word[at:]
    for slip in {swapped, added, *([without] if len(without) >= 4 else [])} - {word}:
        assert word in slips(slip)
        assert is_within(word, slip, 1)


@given(WORDS, WORDS)
def test_what_is_one_slip_away_is_listed(one: str, other: str) -> None:
    assert is_within(one, other, 1) == (one == other or other in slips(one))
    assert is_within(one, other, 2) == is_within(other, one, 2)
    assert 0 <= likeness(one, other) == likeness(other, one) <= 1


def test_short_words_numbers_and_other_scripts_have_no_slips() -> None:
    assert not slips("дом")
    assert not slips("covid19")
    assert not slips("北京北京")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("bgjntrf", ["ипотека"]), ("ghtpbltyn", ["президент"]), ("пщщпду", ["google"]), ("ипотека и bank", [])],
)
def test_the_other_layout(typed: str, meant: list[str]) -> None:
    assert other_layout(typed) == meant


@pytest.mark.parametrize(
    "forms",
    [
        "рынок рынка", "сделка сделок", "копейка копеек", "день дни дней", "закрыт закрыта", "принят приняты",
        "погиб погибла", "музей музея", "трамвай трамвая", "горожане горожан", "россияне россиян",
        "Волков Волкова", "Медведев Медведева", "ребёнок детей", "городами город",
    ],
)  # fmt: skip
def test_forms_of_one_word_come_together(forms: str) -> None:
    words = forms.lower().replace("ё", "е").split()
    stems = dict(zip(words, stem_each(words), strict=True))
    for word, stem in stems.items():
        assert set(stems.values()) <= {stem, *kindred(word, stem)}, word


@pytest.mark.parametrize("apart", ["город гордый", "мост мостовая", "посол после", "друзья другой", "суд судно"])
def test_words_that_only_look_alike_stay_apart(apart: str) -> None:
    one, other = apart.split()
    stems = stem_each([one, other])
    assert stems[1] not in {stems[0], *kindred(one, stems[0])}
