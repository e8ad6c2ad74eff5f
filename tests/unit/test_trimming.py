"""What a long sentence may lose: only what leaves the rest whole and as true as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.sentences import open_marks
from digests.trimming import trimmed, without_wire


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (
            "Суд Милана оправдал бывшего премьера Сильвио Берлускони, который в 2013 году получил четыре года.",
            "Суд Милана оправдал бывшего премьера Сильвио Берлускони…",
        ),
        (
            "Дирекция закроет мост на Садовой, где пройдёт ярмарка, поскольку опоры устали.",
            "Дирекция закроет мост на Садовой…",
        ),
        (
            "Спасатели вывели из шахты всех горняков, сообщает РИА Новости.",
            "Спасатели вывели из шахты всех горняков.",
        ),
        (
            "Автобусы перестанут ходить по мосту, так как его опоры устали и требуют ремонта до весны.",
            "Автобусы перестанут ходить по мосту…",
        ),
        (
            "The court acquitted the former premier Silvio Berlusconi, who was sentenced to four years in 2013.",
            "The court acquitted the former premier Silvio Berlusconi…",
        ),
    ],
)
def test_explanations_reasons_and_wire_marks_may_go(text: str, kept: str) -> None:
    assert trimmed(text, 20, len(kept)) == kept


@pytest.mark.parametrize(
    "text",
    [
        # Who says it, whoever that is: without it a claim would become a fact.
        "Лицензии надо проверять на сайтах регуляторов, сказал юрист Сафиулин.",
        "Мальчик будет жить с бабушками, сообщил ТАСС заведующий консульским отделом Артём Барков.",
        "Мост закроют до самой весны, по словам главного инженера города.",
        "Ракета поразила учебную цель в море, сообщает пресс-служба флота.",
        "Новый телефон получит гибкий экран, сообщает Bloomberg.",
        # Conditions, exceptions, contrasts.
        "Мост откроют к первому мая в полном объёме, если опоры выдержат зиму.",
        "Двери для переговоров оставались открытыми, однако с 2014 года стороны не встречались.",
        "Суд приговорил его к пяти годам колонии, но апелляция отменила приговор.",
        "Торговать на рынке запретят всем продавцам, кроме тех, кто привился.",
        "Мост будет закрыт для машин и автобусов, пока не окрепнет бетон опор.",
        "Дети не пойдут в школу до конца недели, хотя морозы уже ослабли.",
        # Which ones are meant: without the clause it would be all of them.
        "Власти закроют школы, в которых нашли коронавирус.",
        "Запретят продажу машин, которые старше десяти лет.",
        "Вернут деньги каждому жителю Москвы, который купил билет.",
        "Награду получили дети из Старого Оскола, которые решили задачу.",
        "Отпустят тех сотрудников «Ромашки», которые сдали отчёт вовремя.",
        # The rest of the statement waits behind, or for it.
        "Учёный из университета «Сириус», где он возглавляет лабораторию, открыл новую звезду.",
        "Смысл поправки заключался в том, чтобы отменить прежний запрет.",
        "Министр сообщил, что мост на Садовой улице закроют на ремонт до самой весны.",
        "«Мы закроем мост, который построили деды», — сообщает ТАСС.",
        "Вирус поражает не только лёгкие, но и сердце, печень, почки и сосуды человека.",
        "Группа экспертов из академии, а также института сообщила о находке на реке.",
        "Премьер встретился с Иваном Петровым, который обещал приехать, если его позовут.",
    ],
)
def test_what_a_statement_cannot_do_without_is_not_trimmed(text: str) -> None:
    assert trimmed(text, 10, len(text) - 5) is None


def test_a_wire_agencys_mark_goes_and_any_other_source_stays() -> None:
    assert without_wire("Мост закрыт, передаёт «Интерфакс».") == "Мост закрыт."
    for text in (
        "Мост закрыт, сообщает ТАСС со ссылкой на мэра.",
        "Мост закрыт, сообщает CNN.",
        "Мост, сообщает ТАСС, закрыт.",
        "«Мост закрыт», сообщает ТАСС.",
    ):
        assert without_wire(text) == text


PIECES = st.lists(
    st.sampled_from(
        [
            "Мост в Москве закрыли",
            ", который построил Иванов",
            ", если выдержат опоры",
            ", где живёт «Пётр",
            "»",
            ", сообщает ТАСС",
            ", поскольку устали опоры",
            ", но не навсегда",
            " — это",
            ", не дождавшись весны",
            " (по плану",
            ")",
        ]
    ),
    min_size=1,
    max_size=8,
)


@given(PIECES, st.integers(1, 60), st.integers(1, 200))
def test_a_trimmed_sentence_is_its_own_beginning_with_nothing_left_open(
    pieces: list[str], shortest: int, longest: int
) -> None:
    text = "".join(pieces) + "."
    kept = trimmed(text, shortest, longest)
    if kept is not None:
        assert text.startswith(kept.rstrip(".…"))
        assert open_marks(kept) == [] or open_marks(text) != []
        assert shortest <= len(kept) <= longest
        gone = text[len(kept) - 1 :]
        assert not any(word in gone for word in ("если", "но не", "дождавшись"))
