"""The edition's screens: what they say, where their buttons lead, and that Telegram takes them whatever is in them."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.callbacks import FinishReading, ShowContents, ShowCover, ShowRubric, ShowSection
from bot.views.digest import contents, cover, finish, rubric
from bot.views.lists import latest, saved
from bot.views.view import View
from digests.articles import Headline
from digests.editions import Edition, RubricPart
from digests.rubrics import Rubric, RubricId
from tests.made import NOW, RUBRICS, edition, headline, part, reader
from tests.screens import drawn, labels, speaking, target, text_of

T = speaking("ru")
EN = speaking("en")
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=400) | st.sampled_from(
    [
        "<script>alert('x')</script> & Co",
        "כותרת מימין לשמאל",
        "👩‍👩‍👧‍👦" * 60,
        "ы" * 400,
        "</b><a href='x'>",
        "\u202eоборот",
    ]
)


BRIEF = "Объезд по Речной, автобусы 4 и 17 меняют маршрут. Ремонт займёт четыре месяца."


@st.composite
def editions(draw: st.DrawFn) -> Edition:
    """Draw an edition of any size, with anything in its titles."""
    parts = []
    for number in range(1, draw(st.integers(1, 40)) + 1):
        made = Rubric(
            id=RubricId(number), name=draw(TEXTS)[:32] or "x", emoji=draw(st.sampled_from(["", "🏙", "👨‍👩‍👧"]))
        )
        title, lead = draw(TEXTS)[:256], draw(TEXTS)
        count = draw(st.sampled_from([1, 2, 9, 30]))
        parts.append(
            RubricPart(
                rubric=made,
                headlines=tuple(
                    headline(number * 100 + n, title, summary=lead, brief=lead, rubric_id=made.id) for n in range(count)
                ),
            )
        )
    return edition(*parts, stories=tuple(draw(st.lists(TEXTS, max_size=9))))


@given(editions())
def test_any_edition_has_a_cover_that_telegram_takes(made: Edition) -> None:
    text_of(cover(T, made))
    text_of(cover(EN, made, fresh=False))


@given(editions(), st.integers(0, 50))
def test_any_edition_has_rubric_pages_and_contents_that_telegram_takes(made: Edition, page: int) -> None:
    text_of(contents(T, made, page))
    text_of(rubric(T, made, made.parts[-1].rubric.id, page))
    text_of(rubric(T, made, 999, page))


def test_the_cover_says_the_day_the_amount_and_the_main_stories() -> None:
    view = cover(T, edition(stories=("Мост на Садовой закроют до весны.", "Ставка по ипотеке снизилась до 14 %.")))
    assert drawn(view) == (
        "☀ Доброе утро! Понедельник, 23 ноября\n"
        "12 статей · 3 рубрики · около 24 минут\n"
        "\n"
        "Главное\n"
        "• Мост на Садовой закроют до весны.\n"
        "• Ставка по ипотеке снизилась до 14 %.\n"
        "\n"
        "Город — 5 · Экономика — 4 · Происшествия — 3\n"
        "\n"
        "[ Читать ▶ ]\n"
        "[ 🏙 Город 5 ] [ 💰 Экономика 4 ]\n"
        "[ 🚨 Происшествия 3 ]\n"
        "[ Оглавление ]\n"
    )


@pytest.mark.parametrize(
    ("slot", "greeting"),
    [
        (time(4, 59), "Доброй ночи!"),
        (time(5), "☀ Доброе утро!"),
        (time(11, 59), "☀ Доброе утро!"),
        (time(12), "Добрый день!"),
        (time(17), "Добрый вечер!"),
        (time(23, 30), "Добрый вечер!"),
        (None, "Дайджест."),
    ],
)
def test_the_greeting_follows_the_hour_of_the_slot(slot: time | None, greeting: str) -> None:
    assert text_of(cover(T, edition(slot=slot))).startswith(f"{greeting} Понедельник, 23 ноября")


def test_counts_have_the_right_plurals() -> None:
    one = edition(part(RUBRICS[0], 1))
    assert "1 статья · 1 рубрика · около 2 минут" in text_of(cover(T, one))
    assert "1 article · 1 rubric · about 2 minutes" in text_of(cover(EN, one))
    assert "21 статья · 2 рубрики" in text_of(cover(T, edition(part(RUBRICS[0], 20), part(RUBRICS[1], 1, 50))))


def test_read_opens_the_first_article() -> None:
    assert target(cover(T, edition()), "Читать ▶") == ShowSection(edition=7, article=1, trail="e").pack()


def test_a_cover_without_anything_new_says_so() -> None:
    assert "За сутки ничего нового." in text_of(cover(T, edition(slot=None), fresh=False))


def test_a_cover_of_withdrawn_articles_leads_elsewhere() -> None:
    view = cover(T, edition(RubricPart(rubric=RUBRICS[0], headlines=())))
    assert "Статьи этого выпуска отозваны." in text_of(view)
    assert labels(view) == ["Последние статьи"]


def test_many_rubrics_leave_nine_buttons_and_the_contents() -> None:
    many = [part(Rubric(id=RubricId(n), name=f"Рубрика {n}"), 1, n) for n in range(1, 31)]
    view = cover(T, edition(*many))
    assert len(labels(view)) == 1 + 9 + 1
    assert labels(view)[-1] == "Оглавление"
    assert "ещё 6 рубрик" in text_of(view)


@given(editions())
def test_two_buttons_in_a_row_fit_a_narrow_phone(made: Edition) -> None:
    for row in cover(T, made).keyboard:
        assert len(row) <= 3
        assert all(len(each.label) <= (11 if len(row) == 3 else 18) for each in row)


def test_a_rubric_page_has_numbered_headlines_with_leads() -> None:
    view = rubric(T, edition(), 1)
    text = text_of(view)
    assert text.startswith(
        "🏙 Город · рубрика 1 из 3\n\n1. Новость 1\nОбъезд по Речной, автобусы 4 и 17 меняют маршрут. 2 мин"
    )
    assert labels(view) == ["1", "2", "3", "4", "5", "Следующий раздел ▶", "◀ К выпуску", "Оглавление"]
    assert target(view, "Следующий раздел ▶") == ShowRubric(edition=7, rubric=2).pack()
    assert target(view, "◀ К выпуску") == ShowCover(edition=7).pack()
    assert target(view, "2") == ShowSection(edition=7, article=2, trail="r1").pack()


def test_a_rubric_page_tells_each_article_in_two_sentences() -> None:
    page = rubric(T, edition(RubricPart(rubric=RUBRICS[0], headlines=(headline(brief=BRIEF),))), 1)
    assert f"\n1. Мост на Садовой закроют до весны\n{BRIEF} 2 мин" in text_of(page)


def test_an_article_that_only_its_title_tells_is_not_told_twice() -> None:
    same = headline(summary="Мост на Садовой закроют до весны.", brief="Мост на Садовой закроют до весны.")
    page = rubric(T, edition(RubricPart(rubric=RUBRICS[0], headlines=(same,))), 1)
    assert text_of(page).endswith("1. Мост на Садовой закроют до весны 2 мин")


def test_next_section_walks_every_page_of_every_rubric_and_ends() -> None:
    made = edition(part(RUBRICS[0], 20), part(RUBRICS[1], 8, 50), part(RUBRICS[2], 1, 90))
    place, seen = ShowRubric(edition=7, rubric=1), []
    while True:
        view = rubric(T, made, place.rubric, place.page)
        seen += [
            ShowSection.unpack(each.data).article for row in view.keyboard for each in row if each.label.isdecimal()
        ]
        forward = view.keyboard[-2][-1]
        if forward.label == "✔ На сегодня всё":
            break
        assert forward.label == "Следующий раздел ▶"
        place = ShowRubric.unpack(forward.data)
    assert seen == list(made.articles)
    assert forward.data == FinishReading(edition=7).pack()


def test_previous_section_undoes_next_section() -> None:
    made = edition(part(RUBRICS[0], 15), part(RUBRICS[1], 8, 50))
    view = rubric(T, made, 2)
    assert target(view, "◀ Предыдущий раздел") == ShowRubric(edition=7, rubric=1, page=2).pack()
    assert target(rubric(T, made, 1, 2), "Следующий раздел ▶") == ShowRubric(edition=7, rubric=2).pack()


def test_a_rubric_that_left_the_edition_shows_the_contents() -> None:
    assert text_of(rubric(T, edition(), 99)).startswith("Оглавление · понедельник, 23 ноября")


def test_the_contents_are_paged_under_the_names_of_rubrics() -> None:
    made = edition()
    view = contents(T, made)
    assert text_of(view).count("Новость") == 10
    assert "💰 Экономика" in text_of(view)
    assert target(view, "Ещё ▶") == ShowContents(edition=7, page=1).pack()
    second = contents(T, made, 1)
    assert "11. Новость 22 — 2 мин" in text_of(second)
    assert target(second, "11") == ShowSection(edition=7, article=22, trail="t1").pack()
    assert text_of(contents(T, made, 99)) == text_of(second)


def test_the_end_of_an_edition_tells_when_the_next_one_comes() -> None:
    view = finish(T, edition(), reader(), NOW)
    assert text_of(view) == (
        "✔ На сегодня всё\n\nЭто конец выпуска: понедельник, 23 ноября.\n\n"
        "Прежние дайджесты и статьи ждут в архиве: /archive\n\n"
        "Следующий дайджест: завтра, вт 24 ноября, между 08:00 и 08:10 (Москва)."
    )
    assert "Следующий дайджест" not in text_of(finish(T, edition(), None, NOW))


def found(count: int, title: str = "Мост на Садовой закроют до весны") -> tuple[list[Headline], int]:
    return [headline(number, title) for number in range(1, 1 + min(count, 10))], count


@pytest.mark.parametrize("view", [latest(T, found(0), 0, NOW), saved(T, found(0), 0, NOW)])
def test_an_empty_list_says_what_to_do(view: View) -> None:
    assert "пока нет" in text_of(view)


def test_lists_show_ages_and_turn_over() -> None:
    view = latest(T, found(25), 1, NOW)
    assert text_of(view).startswith(
        "Последние статьи · 25 статей\n\n11. Мост на Садовой закроют до весны — вчера, 2 мин"
    )
    assert labels(view)[-2:] == ["◀ Назад", "Ещё ▶"]
    assert target(view, "11") == ShowSection(edition=0, article=1, trail="l1").pack()
    assert target(saved(T, found(3), 0, NOW), "1") == ShowSection(edition=0, article=1, trail="v").pack()


@given(TEXTS)
def test_lists_take_any_title(title: str) -> None:
    text_of(latest(T, found(25, title=title[:256]), 1, NOW))
    text_of(saved(EN, found(25, title=title[:256]), 1, NOW))
