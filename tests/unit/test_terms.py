"""What the index keeps of an article: made from its text, packed into bytes, refused when they are not sound."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from digests.likeness import shipped
from digests.terms import is_sound, key_of, made, packed, unpacked
from digests.words import stems

WEIGHTS = shipped()
WORDS = st.sampled_from(["мост", "ремонт", "Садовая", "2026", "bank"])
TEXTS = st.text(max_size=200) | st.lists(WORDS, max_size=60).map(" ".join)


@given(TEXTS, TEXTS)
def test_terms_come_back_from_their_bytes(title: str, text: str) -> None:
    terms = made(title, text, WEIGHTS)
    record = packed(terms, WEIGHTS)
    again = unpacked(record)
    assert is_sound(record, WEIGHTS)
    assert [part.tolist() for part in (again.stems, again.title, again.letters)] == [
        part.tolist() for part in (terms.stems, terms.title, terms.letters)
    ]
    assert packed(again, WEIGHTS) == record


@given(TEXTS, st.data())
def test_bytes_that_are_cut_lengthened_or_changed_are_refused(text: str, data: st.DataObject) -> None:
    record = packed(made("Ремонт моста", text, WEIGHTS), WEIGHTS)
    cut = data.draw(st.integers(0, len(record) - 1))
    assert not is_sound(record[:cut], WEIGHTS)
    assert not is_sound(record + b"\0", WEIGHTS)
    bit = data.draw(st.integers(0, 7))
    assert not is_sound(record[:cut] + bytes([record[cut] ^ 1 << bit]) + record[cut + 1 :], WEIGHTS)


def test_bytes_made_with_other_weights_are_refused() -> None:
    record = packed(made("Мост", "Ремонт", WEIGHTS), WEIGHTS)
    assert not is_sound(record, replace(WEIGHTS, named=WEIGHTS.named + 1))


def test_a_word_weighs_as_often_as_it_stands_and_more_as_a_name() -> None:
    terms = made("Мост", "Мост на Садовой закрыт. Ремонт. Ремонт.", replace(WEIGHTS, title=0.0, named=1.0))
    weights = dict(zip(terms.keys.tolist(), (terms.weights**2).round(6).tolist(), strict=True))
    bridge, repair, garden, closed = (weights[key_of(stem)] for stem in stems("мост ремонт Садовой закрыт"))
    assert bridge == repair == garden == 2
    assert closed == 1
    assert terms.title.tolist() == [key_of("мост")]
