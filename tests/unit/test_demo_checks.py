"""The tour's own measure: what was typed must be what is read plus what was removed."""

from hypothesis import given
from hypothesis import strategies as st

from bot.demo.checks import Manuscript, adds_up, bare

letters = st.text("abc", max_size=12)


def manuscript(typed: str, *removed: str, title: str = "Мост закрыт", is_title_given: bool = True) -> Manuscript:
    return Manuscript(title=title, rubric="Город", given=typed, removed=removed, is_title_given=is_title_given)


@given(kept=st.lists(letters, min_size=1, max_size=4), data=st.data())
def test_a_text_with_pieces_taken_out_adds_up(kept: list[str], data: st.DataObject) -> None:
    removed = [data.draw(letters) for _ in kept[1:]]
    typed = kept[0] + "".join(piece + part for piece, part in zip(removed, kept[1:], strict=True))
    assert adds_up(typed, "".join(kept), removed)


@given(typed=letters, shown=letters)
def test_a_lost_or_doubled_character_does_not(typed: str, shown: str) -> None:
    assert adds_up(typed, shown, []) == (typed == shown)


def test_pieces_count_once_and_in_their_order() -> None:
    assert adds_up("aXbYc", "abc", ["X", "Y"])
    assert not adds_up("aXbYc", "abc", ["Y", "X"])
    assert not adds_up("aXbXc", "abc", ["X"])
    assert not adds_up("abc", "abc", ["X"])


def test_white_space_and_signs_of_direction_do_not_count() -> None:
    assert bare(" а\u00a0б\n\u2068שלום\u2069 ") == "абשלום"


def test_an_article_is_read_as_it_was_typed() -> None:
    typed = "Мост закрыт\n\nДо мая.\n\nСтатьи по теме\n\nКак объехать"
    assert manuscript(typed, "Статьи по теме", "Как объехать").is_read_as("До мая.")
    assert not manuscript(typed).is_read_as("До мая.")
    assert not manuscript(typed, "Статьи по теме", "Как объехать").is_read_as("До мая. До мая.")


def test_a_title_made_of_the_first_words_is_no_part_of_what_was_typed() -> None:
    typed = "Мост закрыт до мая."
    assert manuscript(typed, title="Мост закрыт до…", is_title_given=False).is_read_as("Мост закрыт до мая.")
