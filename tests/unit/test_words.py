"""Tokens, stems, languages and the key of titles."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digests.words import STEM_LIMIT, Language, has_letters, language_of, normalized_title, stems, tokens, topical_stems


def test_tokens_fold_case_yo_and_stress() -> None:
    assert tokens("Ёлка, ЕЛКА и замо́к") == ["елка", "елка", "и", "замок"]


def test_a_hyphenated_word_gives_its_parts() -> None:
    assert tokens("военно-промышленный Ту-154 что-то") == ["военно", "промышленный", "ту", "154", "что", "то"]


def test_soft_hyphens_and_zero_width_signs_do_not_break_words() -> None:
    assert tokens("ипо\u00adтека и\u200bпотека\ufeff") == ["ипотека", "ипотека"]


def test_letters_put_together_from_marks_are_the_same_letters() -> None:
    assert tokens("и\u0306од е\u0308лка") == ["йод", "елка"]


def test_capital_dotted_i_does_not_split_turkish_names() -> None:
    assert tokens("İstanbul") == ["istanbul"]


def test_underscores_and_signs_part_words() -> None:
    assert tokens("foo_bar 8,1% №5 a@b.ru") == ["foo", "bar", "8", "1", "5", "a", "b", "ru"]


@given(st.text(max_size=200))
@example("İ")
def test_tokens_of_tokens_are_the_same(text: str) -> None:
    found = tokens(text)
    assert tokens(" ".join(found)) == found
    assert all(word and " " not in word for word in found)


def test_case_forms_share_a_stem() -> None:
    assert len(set(stems("ипотека ипотеки ипотекой ипотеке"))) == 1
    assert stems("connected connections") == ["connect", "connect"]


def test_stop_words_are_dropped_in_both_languages() -> None:
    assert stems("Он и она не были на мосту, and it was in the house") == ["мост", "hous"]


def test_numbers_and_mixed_texts_keep_their_order() -> None:
    assert stems("COVID-19 в Москве: 500 больных") == ["covid", "19", "москв", "500", "больн"]


def test_endless_words_are_bounded() -> None:
    assert max(map(len, stems("x" * 1000 + " " + "щ" * 1000))) <= STEM_LIMIT


def test_topical_stems_leave_reporting_words_out() -> None:
    assert topical_stems("Мэр сообщил, что мост закроют в апреле") == ["мэр", "мост", "закроют"]


def test_threads_get_the_stems_that_one_thread_gets() -> None:
    texts = [f"Мосты закрывают на ремонт, автобусы номер {n} едут по набережной" * 20 for n in range(32)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(stems, texts)) == [stems(text) for text in texts]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Мост на Садовой закроют до весны", Language.RUSSIAN),
        ("Компания Apple показала iPhone 12 и Apple Watch", Language.RUSSIAN),
        ("The bridge will be closed until spring", Language.ENGLISH),
        ("שלום עולם", Language.UNDETERMINED),
        ("12 345 🙂", Language.UNDETERMINED),
        ("", Language.UNDETERMINED),
    ],
)
def test_language_follows_the_script_of_most_letters(text: str, language: Language) -> None:
    assert language_of(text) is language


@pytest.mark.parametrize(
    "other",
    [
        "«Мост»  на Садовой — закроют!",
        "мост на садовой закроют",
        'Мост" на Садовой\u00a0\u2013 закроют…',
        "МОСТ на Садовой-закроют",
    ],
)
def test_one_title_written_in_different_ways_has_one_key(other: str) -> None:
    assert normalized_title(other) == normalized_title("Мост на Садовой закроют")


def test_yo_makes_no_other_title() -> None:
    assert normalized_title("Ещё о ёлке") == normalized_title("Еще о елке")


def test_titles_that_differ_in_a_word_differ() -> None:
    assert normalized_title("Мост на Садовой закроют") != normalized_title("Мост на Садовой откроют")


def test_a_title_of_signs_has_an_empty_key() -> None:
    assert normalized_title("«…» — !") == ""


@given(st.text(max_size=80))
def test_quotes_and_spaces_around_do_not_change_the_key(title: str) -> None:
    assert normalized_title(f" «{title}» ") == normalized_title(title)


@pytest.mark.parametrize(
    ("text", "has"), [("😀 — !", False), ("", False), ("  \n", False), ("5", True), ("ё", True), ("😀 שלום", True)]
)
def test_letters_and_digits_of_any_script_count(text: str, has: bool) -> None:
    assert has_letters(text) is has
