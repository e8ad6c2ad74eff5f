"""Borders of sentences and marks left open."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.blocks import squeezed
from digests.sentences import open_marks, sentences


@pytest.mark.parametrize(
    "text",
    [
        "Как отметил г. Иванов, цена в 5 тыс. руб. за кв. м, т. е. на 10 % выше, растёт.",
        "А. С. Пушкин родился в Москве на ул. Немецкой.",
        "И. о. мэра г. Ельца сказал: «Мы едем. Мы не стоим!» — и ушёл.",
        '"Мы встретимся. Обязательно", - сказал Петров.',
        "Премьера (реж. И. Иванов) прошла.",
        "Спектакль МХТ им. А. П. Чехова покажут 9 мая.",
        "Яндекс.Такси и Mail.ru подорожали.",
        "Dr. Smith met Mr. Jones of Acme Inc. in Washington.",
    ],
)
def test_abbreviations_initials_and_quotations_do_not_end_a_sentence(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Это было в 2019 г. Но рынок растёт.", ["Это было в 2019 г.", "Но рынок растёт."]),
        ("Дождь прошёл.В Канске сухо.", ["Дождь прошёл.", "В Канске сухо."]),
        ("Об этом пишет MedicalXpress.С помощью модели.", ["Об этом пишет MedicalXpress.", "С помощью модели."]),
        ("Он сказал… И ушёл. Что?! Да.", ["Он сказал…", "И ушёл.", "Что?!", "Да."]),
        ("«Мы едем. Мы не стоим!» — сказал он. «Да?»", ["«Мы едем. Мы не стоим!» — сказал он.", "«Да?»"]),
        ("Новинка вышла. iPhone подорожал.", ["Новинка вышла.", "iPhone подорожал."]),
        ("Он сказал: «Едем. Потом ушёл.", ["Он сказал: «Едем.", "Потом ушёл."]),
    ],
)
def test_sentences_end_where_a_reader_sees_them_end(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@given(st.text(alphabet='аяАЯ .,!?…«»"()—-\n1гим', max_size=200))
def test_nothing_is_lost_between_sentences(text: str) -> None:
    assert squeezed("".join(sentences(text))) == squeezed(text)


@pytest.mark.parametrize("piece", ["« слово. А", "слово. ", "А. ", "((. ", '" . А', "т. е. "])
def test_hostile_texts_take_no_more_than_moments(piece: str) -> None:
    start = time.process_time()
    sentences(piece * (20_000 // len(piece)))
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("text", "waiting"),
    [
        ("ничего", []),
        ("«цитата", ["»"]),
        ("(«цитата", [")", "»"]),
        ('"цитата" и "ещё', ['"']),
        ("„лапки“ и “quotes”", []),
        ('экран 6" шире', []),
        ("лишняя» кавычка", None),
        ("1) пункт", None),
    ],
)
def test_open_marks_tell_what_waits_to_be_closed(text: str, waiting: list[str] | None) -> None:
    assert open_marks(text) == waiting
