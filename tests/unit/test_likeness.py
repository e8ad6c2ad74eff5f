"""Signs of two articles being related: names, letters of titles, and what they make together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.letters import Letters, trigrams
from digests.likeness import Signs, Weights, shipped
from digests.naming import named_stems

SHARE = st.floats(0, 1)


def test_names_are_words_with_a_capital_inside_a_sentence_or_quotation() -> None:
    assert named_stems("Мост закрыл Иванов. Рабочие завода «Прогресс» ждут ГИБДД") == ["иван", "прогресс", "гибдд"]
    assert named_stems("Мост закрыли. Рабочие ждут") == []


def test_letters_tell_words_of_one_root_and_slips() -> None:
    texts = ["Ставка по ипотеке", "Ипотечная ставка", "Ипатека и ставка", "Мост на Садовой"]
    grams = [trigrams(text) for text in texts]
    letters = Letters()
    for one in grams:
        letters.add(one)
    itself, root, slip, other = letters.likeness(grams[0], grams)
    assert itself == pytest.approx(1)
    assert root > other
    assert slip > other


def test_letters_forget_what_is_removed() -> None:
    letters, fresh = Letters(), Letters()
    kept, gone = trigrams("мост на Садовой"), trigrams("мост на Речной")
    letters.add(kept)
    letters.add(gone)
    letters.remove(gone)
    fresh.add(kept)
    assert letters.likeness(kept, [kept]) == fresh.likeness(kept, [kept])
    assert letters.likeness((), [kept]) == [0]


@given(SHARE, SHARE, SHARE, SHARE)
def test_likeness_is_a_share_never_below_the_cosine_and_grows_with_every_sign(
    words: float, titles: float, letters: float, more: float
) -> None:
    weights = shipped()
    likeness = weights.likeness(Signs(words, titles, letters))
    assert words - 1e-9 <= likeness <= 1
    for grown in (
        Signs(max(words, more), titles, letters),
        Signs(words, max(titles, more), letters),
        Signs(words, titles, max(letters, more)),
    ):
        assert weights.likeness(grown) >= likeness - 1e-9


def test_titles_of_one_make_do_not_relate_texts_that_share_nothing() -> None:
    assert shipped().likeness(Signs(0, 0, 1)) == 0


def test_without_weights_likeness_is_the_cosine() -> None:
    bare = Weights(title=0, named=0, titles=0, letters=0)
    assert bare.likeness(Signs(0.25, 1, 1)) == 0.25
