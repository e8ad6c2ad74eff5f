"""How much two texts have in common: a changed title, swapped paragraphs, a cut half, and anything at all."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.articles import Draft, Section, TitleOrigin
from digests.blocks import Span, paragraph
from digests.sameness import MARKS, RUN, Change, compared, marks, overlap, words_of
from digests.words import tokens

TITLE = "Мост на Садовой закроют до весны"
PARAGRAPHS = (
    "Движение по мосту перекроют первого декабря, объезд пойдёт по Речной улице и набережной.",
    "Опоры моста обследовали в октябре и нашли трещины, ездить по нему опасно, решила комиссия.",
    "Автобусы четвёртого и семнадцатого маршрутов поедут по Речной, пешеходам оставят мостки.",
    "Ремонт обойдётся городу в двести миллионов рублей, подрядчика выберут на торгах до конца года.",
)


def text(*paragraphs: str, title: str = TITLE) -> Draft:
    return Draft(
        title=title,
        title_origin=TitleOrigin.TEXT,
        lead=(paragraph(paragraphs[0]),) if paragraphs else (),
        sections=(Section(heading=(Span(text=""),), blocks=tuple(map(paragraph, paragraphs[1:]))),),
        removed=(),
        source_links=(),
    )


def share(one: Draft, other: Draft) -> int:
    return overlap(words_of(one), words_of(other)).percent


ORIGINAL = text(*PARAGRAPHS)


def test_a_text_shares_all_with_itself() -> None:
    assert share(ORIGINAL, ORIGINAL) == 100


def test_case_punctuation_and_yo_are_no_difference() -> None:
    other = text(*(one.upper().replace("Ё", "Е").replace(",", " —") for one in PARAGRAPHS))
    assert share(ORIGINAL, other) == 100


def test_another_title_costs_only_its_words() -> None:
    other = text(*PARAGRAPHS, title="Садовая останется без моста")
    words = len(words_of(ORIGINAL))
    assert share(ORIGINAL, other) == round(100 * 2 * (words - 6) / (words + words - 2))


def test_swapped_paragraphs_cost_nothing() -> None:
    assert share(ORIGINAL, text(*PARAGRAPHS[2:], *PARAGRAPHS[:2])) == 100


def test_a_cut_half_is_wholly_held_and_counts_as_half_of_the_other() -> None:
    half = words_of(text(*PARAGRAPHS[:2]))
    found = overlap(half, words_of(ORIGINAL))
    assert found.here == 1
    assert found.there == pytest.approx(len(half) / len(words_of(ORIGINAL)))
    assert found.share == pytest.approx(2 * len(half) / (len(half) + len(words_of(ORIGINAL))))


def test_one_changed_word_costs_one_word() -> None:
    other = text(PARAGRAPHS[0].replace("Речной", "Заречной"), *PARAGRAPHS[1:])
    found = overlap(words_of(ORIGINAL), words_of(other))
    assert found.words == len(words_of(ORIGINAL)) - 1
    assert found.percent < 100


def test_a_repeated_paragraph_counts_as_often_as_both_have_it() -> None:
    found = overlap(tokens(PARAGRAPHS[0]), tokens(PARAGRAPHS[0] * 3))
    assert found.there == pytest.approx(1 / 3)


def test_other_news_shares_nothing() -> None:
    other = text("Театр открывает сезон премьерой комедии Островского, билеты разобрали за час.", title="Премьера")
    assert share(ORIGINAL, other) == 0
    assert overlap([], words_of(ORIGINAL)).percent == 0


def test_two_texts_side_by_side_show_what_differs_and_nothing_else() -> None:
    changed = PARAGRAPHS[1].replace("в октябре", "осенью")
    other = text(PARAGRAPHS[0], changed, PARAGRAPHS[2], "В мэрии обещают открыть мост в апреле.")
    found = compared(ORIGINAL, other)
    assert found.shared == 2
    assert [one.change for one in found.differences] == [Change.CHANGED, Change.HERE, Change.THERE]
    runs = found.differences[0].runs
    assert (Change.HERE, "в октябре") in runs
    assert (Change.THERE, "осенью") in runs
    assert " ".join(part for kind, part in runs if kind is not Change.THERE) == PARAGRAPHS[1]
    assert " ".join(part for kind, part in runs if kind is not Change.HERE) == changed


WORDS = st.lists(st.sampled_from("абвгде"), max_size=40)


@given(WORDS, WORDS)
def test_the_share_is_symmetric_and_a_share(one: list[str], other: list[str]) -> None:
    found, back = overlap(one, other), overlap(other, one)
    assert 0 <= found.share <= 1
    assert 0 <= found.here <= 1
    assert abs(found.share - back.share) <= 0.25
    assert (found.percent == 100) == (found.share == 1)


@given(WORDS.filter(bool))
def test_any_text_is_all_in_itself(words: list[str]) -> None:
    assert overlap(words, words).share == 1


@given(st.lists(st.text(alphabet="абвгдежзик", min_size=3, max_size=6), max_size=80, unique=True))
def test_of_distinct_words_the_share_does_not_depend_on_the_order(words: list[str]) -> None:
    half = words[: len(words) // 2]
    assert overlap(half, words).share == overlap(words, half).share
    assert overlap(words, half).there == (1 if half else 0)


@given(WORDS)
def test_marks_are_few_stable_and_a_columns_worth(words: list[str]) -> None:
    found = marks(words)
    assert found == marks(list(words))
    assert len(found) <= min(MARKS, max(0, len(words) - RUN + 1) or bool(words))
    assert all(0 <= mark < 2**63 for mark in found)


@given(st.lists(st.sampled_from(PARAGRAPHS), max_size=6), st.lists(st.sampled_from(PARAGRAPHS), max_size=6))
def test_no_paragraph_is_lost_when_texts_are_compared(one: list[str], other: list[str]) -> None:
    found = compared(text(*one), text(*other))
    here = sum(each.change is not Change.THERE for each in found.differences)
    there = sum(each.change is not Change.HERE for each in found.differences)
    assert (found.shared + here, found.shared + there) == (len(one), len(other))


def test_a_title_taken_from_the_text_is_not_counted_twice() -> None:
    untitled = replace(ORIGINAL, title=PARAGRAPHS[0], title_origin=TitleOrigin.DERIVED)
    assert words_of(untitled) == tokens(" ".join(PARAGRAPHS))
    assert compared(untitled, replace(untitled, title="")).differences == ()
