"""The passage that shows why an article was found: its words whole and marked, its place in the article."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.articles import Article, ArticleId, ArticleState, Section, TitleOrigin, UserId
from digests.blocks import Span, paragraph
from digests.pages import pages
from digests.passages import LENGTH, passage
from digests.rubrics import RubricId
from digests.words import stem_each, tokens

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TEXTS = st.text("мост а.,!—«» \u0301ёеб", max_size=400)


def article(*sections: str, lead: str = "", summary: str = "Коротко о мосте.") -> Article:
    return Article(
        id=ArticleId(1),
        state=ArticleState.PUBLISHED,
        revision=1,
        rubric_id=RubricId(1),
        title="Мост",
        title_origin=TitleOrigin.TEXT,
        lead=(paragraph(lead),) if lead else (),
        sections=tuple(
            Section(heading=(Span(text=f"Раздел {number}"),), blocks=tuple(map(paragraph, text.split("\n"))))
            for number, text in enumerate(sections)
        ),
        removed=(),
        source_links=(),
        summary=summary,
        author_id=UserId(1),
        created_at=NOW,
        updated_at=NOW,
        published_at=NOW,
        collecting_until=None,
    )


def stems(words: str) -> set[str]:
    return set(stem_each(tokens(words)))


@pytest.mark.parametrize(
    ("text", "sought", "pieces"),
    [
        ("Ставки по ипотеке снизили.", "ипотека", (("Ставки по ", False), ("ипотеке", True), (" снизили.", False))),
        ("Новый за́мок.", "замок", (("Новый ", False), ("за́мок", True), (".", False))),
        ("Ёлку убрали.", "елка", (("Ёлку", True), (" убрали.", False))),
        ("Мостовая у моста.", "мост", (("Мостовая у ", False), ("моста", True), (".", False))),
        ("Курс доллара вырос.", "курс доллар", (("Курс доллара", True), (" вырос.", False))),
    ],
)
def test_whole_words_are_marked(text: str, sought: str, pieces: tuple[tuple[str, bool], ...]) -> None:
    assert passage(article(text), stems(sought)).pieces == pieces


def test_the_sentence_with_most_words_is_shown_with_its_section() -> None:
    found = passage(article("Мост открыт.", "Мост закрыт. Ремонт моста дорог."), stems("ремонт мост"), enough=2)
    assert (found.section, found.pieces[0][0]) == (1, "Ремонт моста")


def test_a_passage_deep_in_a_long_section_knows_its_page() -> None:
    long = "\n".join(["Слова без смысла и толка. " * 12] * 30 + ["Здесь ведёт мост. "] + ["Ещё слова. " * 20] * 5)
    one = article(long)
    found = passage(one, stems("мост"))
    assert found.page > 0
    assert any("ведёт мост" in block.text for block in pages(one)[0][found.page])


def test_without_the_words_below_the_title_the_summary_is_shown() -> None:
    found = passage(article("Ничего такого."), stems("мост"))
    assert (found.section, found.page) == (0, 0)
    assert "".join(text for text, _ in found.pieces) == "Коротко о мосте."


@given(st.lists(TEXTS, min_size=1, max_size=4), TEXTS)
def test_a_passage_is_short_and_taken_from_the_article(sections: list[str], lead: str) -> None:
    one = replace(article(*sections, lead=lead), summary="")
    found = passage(one, {"мост"})
    said = "".join(text for text, _ in found.pieces)
    assert len(said) <= LENGTH + 2
    everything = " ".join(" ".join([lead, *sections]).split())
    assert said.strip("\u2026").rstrip(" ,;:-\u2013\u2014") in everything
    assert all(stem_each(tokens(text)) for text, is_found in found.pieces if is_found)
