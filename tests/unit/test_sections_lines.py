"""Lines that are told apart by their place and by what the text speaks of, not by words alone; and what is doubtful."""

from digests.blocks import paragraph
from digests.labels import Doubt, Guide, Label, Mark
from digests.sections import cut, cut_by
from digests.sources.paste import from_text, paragraphs

TITLE = "Мост на Садовой закроют до весны"
PIERS = "Опоры моста просели на пять сантиметров, и ездить по нему стало опасно. Так решила комиссия мэрии в среду."
BUSES = "Четвёртый и семнадцатый автобусы пойдут по Речной улице, а трамвай остановят до марта, сообщили в управлении."
PRICE = "Ремонт обойдётся городу в сорок миллионов рублей, половину даст область из своего запаса на мосты и дороги."
NOISE = "Жители соседних домов просят поставить шумозащитный экран: грузовики поедут под их окнами круглые сутки."


def marks(*lines: str) -> dict[str, Mark]:
    found = cut_by(paragraphs(from_text("\n\n".join(lines))), Guide()).marks
    return {mark.block.text: mark for mark in found}


def headings(*lines: str) -> list[str]:
    return [text for text, mark in marks(*lines).items() if mark.label is Label.HEADING]


def removed(*lines: str) -> list[str]:
    return [piece.block.text for piece in cut([paragraph(line) for line in lines]).removed]


def test_a_title_of_another_article_between_paragraphs_is_taken_away_and_doubtful() -> None:
    other = "Певица показала поклонникам новую дачу под Сочи"
    found = marks(TITLE, PIERS, BUSES, other, PRICE, NOISE)
    assert found[other].label is Label.RELATED
    assert found[other].doubt is Doubt.UNMARKED


def test_a_long_sub_heading_that_is_no_headline_stays_in_the_text() -> None:
    lines = (
        "Позиция городских властей, депутатов и общественных советов",
        "Как выбрать зимнюю обувь для взрослых и детей",
    )
    assert removed(TITLE, PIERS, BUSES, lines[0], PRICE, lines[1], NOISE) == []


def test_two_such_titles_vouch_for_each_other() -> None:
    others = ("Певица показала поклонникам новую дачу под Сочи", "Актёр раскрыл секрет своей молодости поклонникам")
    assert removed(TITLE, PIERS, BUSES, others[0], PRICE, others[1], NOISE) == list(others)


def test_the_only_heading_is_one_when_the_text_goes_on_with_it() -> None:
    assert headings(TITLE, PIERS, "Ремонт обойдётся городу дорого", PRICE, NOISE) == ["Ремонт обойдётся городу дорого"]


def test_one_word_and_one_heading_below_the_title() -> None:
    assert headings(TITLE, PIERS, "Почему", BUSES) == ["Почему"]
    assert headings(TITLE, "Почему закрывают мост", PIERS, BUSES) == ["Почему закрывают мост"]


def test_captions_are_no_headings() -> None:
    captions = ("Фото: Иван Петров / ТАСС", "Фото из архива", "Мост зимой. Фото: мэрия", "Иван Петров")
    lines = (TITLE, captions[0], PIERS, captions[1], BUSES, captions[2], PRICE, captions[3], NOISE)
    assert headings(*lines) == []
    assert removed(*lines) == []


def test_a_chronicle_is_cut_at_its_times() -> None:
    times = ["08:00", "10:30", "14:00"]
    assert headings("Как закрывали мост", times[0], PIERS, times[1], BUSES, times[2], PRICE) == times


def test_numbered_headings_may_end_with_a_full_stop() -> None:
    numbered = ["1. Опоры просели.", "2. Автобусы пойдут в объезд.", "3. Деньги нашлись."]
    assert headings("Три причины", numbered[0], PIERS, numbered[1], BUSES, numbered[2], PRICE) == numbered
    assert headings("Что взять с собой", PIERS, "1. Паспорт.", "2. Полис.", "3. Тёплые вещи.", BUSES) == []


def test_a_rubric_word_over_a_list_is_a_heading() -> None:
    text = f"{TITLE}\n\nГлавное\n\n• Мост закроют\n• Автобусы пойдут в объезд\n\n{PIERS}\n\nПодробности\n\n{BUSES}"
    found = cut(paragraphs(from_text(text)))
    assert [section.title for section in found.sections] == ["Главное", "Подробности"]


def test_dates_between_the_titles_at_the_foot_go_with_them() -> None:
    tail = (
        "12 ноября", "Трамвай вернётся на Речную в апреле", "11 ноября", "В городе откроют три новых катка",
        "10 ноября", "Как получить выплату на школьную форму",
    )  # fmt: skip
    assert removed(TITLE, PIERS, BUSES, PRICE, *tail) == list(tail)


def test_one_or_two_lines_like_titles_at_the_foot_stay_and_are_doubtful() -> None:
    found = marks(TITLE, PIERS, BUSES, "Трамвай вернётся на Речную в апреле")
    assert found["Трамвай вернётся на Речную в апреле"].label is Label.TEXT
    assert found["Трамвай вернётся на Речную в апреле"].doubt is Doubt.FOOT


def test_headings_that_vouch_for_each_other_are_not_doubtful() -> None:
    found = marks(TITLE, PIERS, "Почему закрыли мост", BUSES, "Сколько это стоит", PRICE, "Что говорят жители", NOISE)
    assert [mark for mark in found.values() if mark.doubt] == []


def test_a_recipe_is_cut_above_its_list_without_markers() -> None:
    goods = ("Мука — 300 г", "Яйца — 3 шт.", "Сахар — 150 г", "Яблоки — 4 шт.")
    how = "Взбейте яйца с сахаром, пока масса не станет белой, и понемногу всыпьте муку, не переставая мешать."
    advice = "Посыпьте пирог корицей, пока он горячий: так аромат останется надолго и тесто будет мягче."
    found = headings("Пирог за час", PIERS, "Ингредиенты", *goods, "Приготовление", how, "Совет", advice)
    assert found == ["Ингредиенты", "Приготовление", "Совет"]


def test_long_lines_that_nothing_vouches_for_are_no_headings() -> None:
    lines = (
        TITLE,
        PIERS,
        "Мэрия рассказала про опоры на мосту",
        BUSES,
        "Автобусы и трамвай пойдут по Речной",
        PRICE,
        NOISE,
    )
    assert headings(*lines) == []
    assert {mark.doubt for mark in marks(*lines).values()} == {None, Doubt.CLOSE}
