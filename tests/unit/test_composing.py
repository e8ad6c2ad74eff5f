"""Editions: every article once, in order, and the main stories on the cover."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from digests.articles import ArticleId, Headline
from digests.composing import MAX_STORIES, STORIES_LIMIT, compose
from digests.rubrics import Rubric, RubricId

START = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
CITY, MONEY, SPORT = (
    Rubric(id=RubricId(number), name=name) for number, name in enumerate(("Город", "Экономика", "Спорт"), 1)
)
RUBRICS = [CITY, MONEY, SPORT]
SENTENCES = [
    "Мост на Садовой улице закроют на ремонт до весны.",
    "Центральный банк сохранил ключевую ставку на уровне 16 процентов.",
    "Хоккейная команда города выиграла кубок области в пятый раз.",
    "В старом парке высадили двести молодых лип и клёнов.",
    "Школьники победили на олимпиаде по астрономии в Казани.",
    "Завод запустил линию по выпуску трамвайных вагонов.",
    "Театр открывает сезон премьерой комедии Островского.",
]


def headline(
    number: int,
    rubric: Rubric = CITY,
    *,
    hours: float = 0,
    minutes: int = 1,
    title: str | None = None,
    summary: str | None = None,
) -> Headline:
    sentence = SENTENCES[number % len(SENTENCES)] if summary is None else summary
    return Headline(
        id=ArticleId(number),
        title=sentence[:30] if title is None else title,
        rubric_id=rubric.id,
        summary=sentence,
        minutes=minutes,
        published_at=START + timedelta(hours=hours),
    )


def told(headlines: Sequence[Headline], max_stories: int = MAX_STORIES) -> list[int]:
    return [story.article_id for story in compose(headlines, RUBRICS, max_stories).stories]


def test_parts_follow_the_rubrics_and_newest_articles_come_first() -> None:
    found = compose([headline(1, MONEY), headline(2, CITY), headline(3, CITY, hours=1)], RUBRICS)
    assert [(part.rubric, [one.id for one in part.headlines]) for part in found.parts] == [
        (CITY, [3, 2]),
        (MONEY, [1]),
    ]


def test_articles_of_other_rubrics_are_not_in_the_edition() -> None:
    found = compose([headline(1, CITY), headline(2, SPORT)], [SPORT])
    assert [part.rubric for part in found.parts] == [SPORT]
    assert [story.article_id for story in found.stories] == [2]


def test_nothing_to_read_makes_an_empty_composition() -> None:
    found = compose([], RUBRICS)
    assert (found.parts, found.stories) == ((), ())


def test_each_rubric_has_its_main_story_before_any_has_a_second() -> None:
    headlines = [
        headline(1, CITY, minutes=9),
        headline(2, CITY, minutes=8),
        headline(3, MONEY, minutes=2),
        headline(4, SPORT, minutes=3),
    ]
    assert told(headlines) == [1, 4, 3, 2]
    assert told(headlines, 3) == [1, 4, 3]


def test_of_equally_long_articles_the_later_is_the_main_story() -> None:
    assert told([headline(1, hours=1), headline(2, hours=2)], 1) == [2]


def test_a_story_is_told_by_the_summary_of_its_article() -> None:
    (story,) = compose([headline(1)], RUBRICS).stories
    assert story.sentence == SENTENCES[1]


def test_an_article_without_a_summary_is_told_by_its_title() -> None:
    (story,) = compose([headline(1, title="Мост открыт", summary="")], RUBRICS).stories
    assert story.sentence == "Мост открыт"


def test_one_event_is_told_once() -> None:
    headlines = [
        headline(1, CITY, minutes=3),
        headline(8, MONEY, title="Другое", summary="До весны мост на Садовой закроют из-за ремонта."),
        headline(9, SPORT, title="Мост на Садовой закроют до весны", summary="Ремонт обойдётся в миллион рублей."),
        headline(2, CITY),
    ]
    headlines[0] = headline(7, CITY, minutes=3)
    assert told(headlines) == [7, 2]


def test_short_titles_with_a_word_in_common_are_two_stories() -> None:
    headlines = [
        headline(1, title="Погода в Москве", summary="Погода в Москве"),
        headline(2, title="Пробки в Москве", summary="Пробки в Москве"),
    ]
    assert told(headlines) == [2, 1]


def test_long_sentences_leave_room_for_fewer_stories_but_stay_whole() -> None:
    headlines = [headline(number, summary=f"{chr(1072 + number) * 8} " * 24) for number in range(7)]
    stories = compose(headlines, RUBRICS).stories
    assert len(stories) == 4
    assert all("…" not in story.sentence for story in stories)


HEADLINES = st.lists(
    st.builds(
        headline,
        st.integers(1, 40),
        st.sampled_from([CITY, MONEY, SPORT]),
        hours=st.integers(0, 3),
        minutes=st.integers(1, 3),
        summary=st.sampled_from(SENTENCES) | st.text(alphabet="абвгд ", max_size=400),
    ),
    max_size=30,
    unique_by=lambda one: one.id,
)


@given(HEADLINES, st.permutations(RUBRICS))
def test_every_article_is_there_once_under_its_rubric(headlines: list[Headline], rubrics: list[Rubric]) -> None:
    found = compose(headlines, rubrics)
    placed = [one for part in found.parts for one in part.headlines]
    assert sorted(placed, key=lambda one: one.id) == sorted(headlines, key=lambda one: one.id)
    assert all(one.rubric_id == part.rubric.id for part in found.parts for one in part.headlines)
    assert [part.rubric for part in found.parts] == [rubric for rubric in rubrics if any_of(headlines, rubric)]


def any_of(headlines: list[Headline], rubric: Rubric) -> bool:
    return any(one.rubric_id == rubric.id for one in headlines)


@given(HEADLINES, st.integers(0, 6))
def test_stories_are_few_distinct_and_fit_the_cover(headlines: list[Headline], max_stories: int) -> None:
    stories = compose(headlines, RUBRICS, max_stories).stories
    assert len(stories) <= max_stories
    assert len({story.article_id for story in stories}) == len(stories)
    assert len({story.sentence for story in stories}) == len(stories)
    assert sum(len(story.sentence) for story in stories) <= STORIES_LIMIT
    assert all(story.sentence for story in stories)


@given(HEADLINES.flatmap(lambda headlines: st.tuples(st.just(headlines), st.permutations(headlines))))
def test_the_order_of_the_input_does_not_matter(orders: tuple[list[Headline], list[Headline]]) -> None:
    assert compose(orders[0], RUBRICS) == compose(orders[1], RUBRICS)
