"""Why two articles are related: shared words, readable ones."""

from digests.reasons import reason, words_of
from digests.terms import key_of
from digests.words import stems

TITLE = "Банк поднял ставку по ипотеке"
TEXT = (
    "Ставка по ипотеке выросла до 16 %. Ипотека подорожает, считает Сбербанк. Заёмщики спешат. "
    "Ипотеку берут и в Москве. ЕС ждёт."
)


def said(words: str, title: str = "") -> str:
    return reason([key_of(stem) for stem in stems(words)], words_of(TITLE, TEXT), words_of(title))


def test_words_come_in_a_dictionary_form_that_the_article_has() -> None:
    assert said("ипотекой ставкой банком") == "ипотека, ставка, банк"


def test_names_and_abbreviations_keep_their_capitals() -> None:
    assert said("Сбербанком Москвой ЕС") == "Сбербанк, Москве, ЕС"


def test_the_other_title_lends_its_form() -> None:
    assert said("Москвой", "Москва строится") == "Москва"


def test_at_most_three_words_those_of_titles_first_verbs_last() -> None:
    assert said("спешат заёмщики ипотека ставка") == "ипотека, ставка, заёмщики"


def test_numbers_and_words_that_the_article_lacks_are_no_reason() -> None:
    assert said("16 мост") == ""


def test_forms_of_one_word_are_named_once() -> None:
    words = words_of("Михалков ответил", "Программа Михалкова. Михалковым довольны, Михалкову пишут.")
    assert reason(words, words, {}) == reason([*words, *words], words, {})
    assert reason(words, words, {}).lower().count("михалков") == 1
