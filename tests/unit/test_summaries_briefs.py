"""Two sentences of an article, and those that stand for a story of several; which words tell a story."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.text.fit_salience import regression
from digests import salience
from digests.blocks import Block, Kind, Span, paragraph
from digests.leaning import leans
from digests.salience import SIGNS
from digests.summaries import LONGEST_BRIEF, Told, best, brief

TITLE = "Мост на Садовой закроют до весны"
STORY = "Мост на Садовой улице закроют на ремонт до весны, автобусы пустят по Речной."
SHORT = "Мост на Садовой улице закроют."
MORE = "Ремонт продлится до весны, автобусы на Садовой пустят по Речной."
LEANING = "Об этом ремонте моста на Садовой улице сообщил мэр."
RAIN = "Дождь не помешал открытию ярмарки на площади."


def told(*paragraphs: str, title: str = TITLE) -> Told:
    return Told(title, [paragraph(text) for text in paragraphs], [])


def test_two_sentences_tell_more_than_one() -> None:
    assert brief(*told(SHORT, RAIN, MORE)) == f"{SHORT} {MORE}"


def test_the_second_may_lean_on_the_one_just_above_it_and_on_no_other() -> None:
    assert leans(LEANING)
    assert brief(*told(STORY, LEANING)) == f"{STORY} {LEANING}"
    assert LEANING not in brief(*told(STORY, RAIN, LEANING))
    heading = Block(kind=Kind.HEADING, spans=(Span(text="Почему"),))
    assert LEANING not in brief(TITLE, [paragraph(STORY), heading, paragraph(LEANING)], [])
    assert not brief(*told(LEANING, STORY)).startswith(LEANING)


def test_a_second_sentence_that_adds_nothing_is_left_out() -> None:
    assert brief(*told(STORY, STORY)) == STORY


def test_the_best_article_speaks_for_its_story() -> None:
    other = told("Коммунальщики готовят технику.", title="Что известно о ремонте моста")
    assert best([other, told(STORY, MORE), told(STORY)], 1) == STORY
    assert best([told("Что?"), told("Где?", title="Мост")], 1) == TITLE


TEXTS = st.lists(st.sampled_from([STORY, MORE, LEANING, RAIN, "Что дальше?", "«Ого", "слово " * 90 + "."]), max_size=8)


@given(TEXTS, TEXTS)
def test_what_stands_for_a_story_is_quoted_from_one_of_its_articles(one: list[str], other: list[str]) -> None:
    found = best([told(*one), told(*other)], 2)
    sources = [" ".join(texts) for texts in (one, other)]
    sentences = re.split(r"(?<=\.) (?=[А-Я])", found.removesuffix("…"))
    assert found == TITLE or any(all(part in source for part in sentences) for source in sources)
    assert found == TITLE or len(found) <= LONGEST_BRIEF
    assert found == TITLE or not leans(sentences[0])


@given(st.lists(st.text(alphabet="абв .1", max_size=30), max_size=20), st.text(alphabet="абв 1", max_size=20))
def test_expectations_are_probabilities_of_the_words_that_are_said(sentences: list[str], title: str) -> None:
    expected = salience.expected(title, sentences, salience.shipped())
    assert all(0 < chance < 1 for chance in expected.values())
    assert all(len(signs) == len(SIGNS) for signs in salience.signs(title, sentences).values())
    assert 0 <= salience.told(expected, " ".join(sentences)) < 2


def test_a_story_expects_what_most_of_its_articles_do() -> None:
    assert salience.pooled([{"мост": 0.6, "снег": 0.2}, {"мост": 0.4}]) == {"мост": pytest.approx(0.5), "снег": 0.1}


def test_weights_are_learnt_from_what_other_leads_have() -> None:
    line = {"title": "Мост", "text": "Мост закрыт.\nСнег шёл долго.\nВетер выл.", "refs": ["мост", "мост стоит"]}
    weights = dict(zip((*SIGNS, "bias"), regression([line] * 20), strict=True))
    assert weights["in the title"] > 0
    assert regression([line] * 20) == regression([line] * 20)
