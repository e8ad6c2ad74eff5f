"""The screens of a search hold whatever is found, within Telegram's limits, and say it in the reader's language."""

import pytest

from bot.views import search as view
from digests.passages import Passage
from digests.periods import Period
from digests.queries import Query
from digests.rubrics import Rubric, RubricId
from digests.searching import Kept, Page, Result
from tests.made import NOW, RUBRICS, headline
from tests.screens import labels, speaking, text_of

T = speaking("ru")
KEPT = Kept(text="ставки <ипотеки>")


def page(count: int = 5, total: int = 12, **changes: object) -> Page:
    pieces = tuple((f"слово{number} " if number % 2 else "<мост>,", number % 2 == 0) for number in range(24))
    results = tuple(
        Result(headline=headline(number, "Очень длинный заголовок " * 12), passage=Passage(pieces=pieces, section=99))
        for number in range(1, count + 1)
    )
    values = {"query": Query(words=("мост",)), "results": results, "total": total, "meant": {}}
    return Page(**(values | changes))  # type: ignore[arg-type]  # a test names fields as it needs them


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_largest_page_fits(language: str) -> None:
    text = text_of(view.results(speaking(language), 10**9, Kept(text="<мост> " * 40), page(), 1, NOW))
    assert "6. Очень длинный" in text


def test_the_filters_say_what_they_are_at() -> None:
    narrowed = Query(words=("мост",), rubric=RUBRICS[0], period=Period.WEEK)
    shown = labels(view.results(T, 7, KEPT, page(query=narrowed), 0, NOW))
    assert shown[-2:] == ["Рубрика: Город ▾", "Период: неделя ▾"]
    long = Rubric(id=RubricId(9), name="Происшествия и криминал")
    shown = labels(view.results(T, 7, KEPT, page(query=Query(words=("мост",), rubric=long)), 0, NOW))
    assert len(shown[-2]) <= view.LABEL


def test_what_was_meant_and_what_is_nowhere_is_said() -> None:
    assert "Показано по запросу «мост»." in text_of(view.results(T, 7, KEPT, page(meant={"мсот": "мост"}), 0, NOW))
    said = text_of(view.results(T, 7, KEPT, page(unknown=("бармаглот",)), 0, NOW))
    assert "Нет ни в одной статье: «бармаглот»." in said
    assert "искали только среди 5\xa0300 самых новых статей." in text_of(
        view.results(T, 7, KEPT, page(newest=5_300), 0, NOW)
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "ничего не нашлось. Попробуйте другие слова."),
        ({"nearest": ("ипотека", "кредит", "банк")}, "ничего не нашлось. Попробуйте: ипотека, кредит, банк."),
        ({"elsewhere": 3}, "Во всех рубриках и за всё время — 3 статьи."),
        ({"has_words": True}, "рядом эти слова нигде не стоят"),
        ({"has_words": True, "newest": 5_300}, "в 5\xa0300 самых новых статьях рядом эти слова не стоят"),
    ],
)
def test_nothing_found_says_what_to_do(changes: dict[str, object], said: str) -> None:
    assert said in text_of(view.results(T, 7, KEPT, page(0, 0, **changes), 0, NOW))


def test_the_choices_fit_and_lead_back() -> None:
    many = [Rubric(id=RubricId(number), name=f"Рубрика {number}") for number in range(1, 60)]
    shown = view.rubrics(T, 7, KEPT, many, 2)
    assert labels(shown)[0] == "Все рубрики"
    assert labels(shown)[-1] == "◀ К найденному"
    text_of(shown)
    assert labels(view.periods(T, 7, KEPT))[:2] == ["Сегодня", "Неделя"]
    text_of(view.ask(T))


@pytest.mark.parametrize(
    ("typed", "bare"), [("«мост через реку»", "мост через реку"), ('мост "река" — ', "мост  река  — ")]
)
def test_a_query_can_lose_its_marks(typed: str, bare: str) -> None:
    assert view.unquoted(typed).strip() == bare.strip()
