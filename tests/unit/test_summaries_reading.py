"""Summaries as a careful reader of Russian would take them: what is broken, altered or hangs in the air is not said."""

import pytest

from digests.blocks import paragraph
from digests.leaning import leans
from digests.sentences import sentences
from digests.summaries import Told, brief, sentence, summary

TITLE = "Мост на Садовой закроют до весны"
STORY = "Мост на Садовой улице закроют на ремонт до весны, автобусы пустят по Речной."


def one(*paragraphs: str, title: str = TITLE) -> str:
    return sentence(title, [paragraph(text) for text in paragraphs], [])


def two(*paragraphs: str, title: str = TITLE) -> str:
    return brief(title, [paragraph(text) for text in paragraphs], [])


@pytest.mark.parametrize(
    "text",
    [
        "Мост длиной 1.5 км, т. е. почти вдвое короче старого, закроют на ремонт в г. Зареченске до весны.",
        "Мост на Садовой закроют, т.к. опоры устали, сообщил А. С. Петров из мэрии города Зареченска.",
        "Ремонт моста на Садовой обойдётся в 1,5 млн руб. и займёт 4 мес. по плану дирекции.",
        "Мост на ул. Садовой закроют с 1 дек. 2026 г. по 15 мая по просьбе инж. Б. Лоцманова.",
        "Мост на Садовой осмотрели специалисты Yahoo! Марисса Майер и Пол Аллен из города Сиэтла.",
        "Мост на Садовой, построенный в XIX в. на средства купцов, закроют до весны на ремонт опор.",
        "«Мост на Садовой закроют до весны. Опоры устали за век», — сказал мэр Иван Петров.",
        "Мост на Садовой улице закроют при морозе от -9… -11 градусов и ветре до 20 м/с.",
        "Мост на Садовой улице (его опоры треснули в мае и т. д.) закроют на ремонт до самой весны.",
    ],
)
def test_abbreviations_initials_and_numbers_break_no_sentence(text: str) -> None:
    assert sentences(f"{text} Дождь не помешал открытию ярмарки.")[0] == text
    assert one(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Мост на Садовой не закроют до весны, если опоры выдержат морозы и ледоход на реке.",
        "По словам инженера Ивана Петрова, мост на Садовой улице закроют до весны.",
        "Мост на Садовой улице закроют до весны, утверждает депутат Пётр Иванов.",
        "Мост на Садовой улице закроют до весны, но только для грузовых машин и автобусов.",
        "Мост на Садовой улице якобы закроют до весны, чтобы построить на его месте новый.",
        "Мост на Садовой улице закроют до весны всем, кроме пожарных и скорой помощи.",
    ],
)
def test_negations_conditions_and_claims_are_kept(text: str) -> None:
    assert one(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Мост на Садовой улице закроют до весны, которую здесь ждут не раньше мая, когда сойдёт лёд, " * 3
        + "если позволит погода.",
        "Если опоры моста на Садовой улице не выдержат зиму, " + "а она обещает быть суровой, " * 8 + "мост закроют.",
        "Мэр Зареченска сказал, что мост на Садовой улице, "
        + "построенный ещё при купцах, " * 8
        + "не закроют никогда.",
    ],
)
def test_what_is_too_long_and_cannot_be_trimmed_honestly_is_not_said_at_all(text: str) -> None:
    assert one(text) == TITLE
    assert one(text, STORY) == STORY


@pytest.mark.parametrize(
    "text",
    [
        "Устав от ожидания, певица решила пройти по мосту на Садовой улице пешком до весны.",
        "Остросюжетный фильм был показан на мосту на Садовой улице первого мая вечером.",
        "Телеведущая оказалась на мосту на Садовой улице в самый разгар ремонта опор.",
        "Руководство клуба планировало пройти по мосту на Садовой улице до весны.",
        "В этот день мост на Садовой улице закрыли на ремонт до весны.",
        "Якобы мост на Садовой улице закроют на ремонт до весны.",
        "Мост на Садовой улице закроют до весны, и ты пойдёшь в обход по Речной.",
        "На переднем плане — мост на Садовой улице, закрытый на ремонт до весны.",
        "Мост на Садовой улице, слева направо: Петров, Иванов, Сидоров.",
        "«Мост»: Гутор, Сачивко, Антич, Хадаркевич, Кендыш, Селява, Сзоке, Лисакович.",
        "Zareche.ru/Транспорт и город.",
        "Вид на мост на Садовой улице, закрытый на ремонт до весны.",
        "Не пропусти: больше новостей о ремонте моста на Садовой улице в Telegram-канале.",
        "Предполагается, что мост на Садовой улице закроют на ремонт до весны.",
        "В апреле сообщалось о том, что мост на Садовой улице закроют на ремонт до весны.",
        "Агентство начало переговоры о ремонте моста на Садовой улице до весны.",
        "Мост на Садовой // ФБА «Заречье» закроют на ремонт до самой весны.",
        'Мост на Садовой, пишет "Заречье сегодня"Петров и Иванов попали в пробку.',
    ],
)
def test_what_hangs_in_the_air_is_passed_over(text: str) -> None:
    assert one(text, STORY) == STORY
    assert one(text) == TITLE


def test_whoever_was_introduced_earlier_is_introduced_here_too_or_passed_over() -> None:
    first = "Бывший тренер «Зари» Марк Вересов приехал на мост на Садовой улице, который закроют до весны."
    later = "Вересов рассказал, что мост на Садовой улице закроют на ремонт до весны, а автобусы пустят по Речной."
    assert one(first, later) == first
    assert one(first, later, title="Вересов: мост на Садовой закроют до весны") in (first, later)


def test_a_film_is_not_introduced_by_whoever_it_is_called_after() -> None:
    first = "Он снял фильм о садовнике Марке Вересове, сообщили журналистам."
    second = "Премьера фильма «Вересов» о мосте на Садовой улице, который закроют до весны, прошла в мае."
    assert one(first, second) == second


def test_names_make_a_roll_only_where_nobody_does_anything() -> None:
    deed = "Мост на Садовой Марк Вересов посвятил Анне Речной."
    assert one(deed) == deed
    assert one("Мост на Садовой: Марк Вересов и Анна Речная.") == TITLE


def test_what_only_goes_on_from_the_sentence_before_is_left_out() -> None:
    assert one(f"Так, {STORY[0].lower()}{STORY[1:]}") == STORY
    assert one(f"Стоит отметить, что {STORY[0].lower()}{STORY[1:]}") == STORY
    assert one("Так, он будет закрыт на ремонт до весны.") == TITLE


def test_a_king_does_not_speak_of_himself() -> None:
    king = "Мост на Садовой улице, построенный при Петре I, закроют на ремонт до весны."
    assert one(king) == king


def test_a_state_or_an_office_needs_no_introduction() -> None:
    first = "Он назвал ремонт моста срочным, сообщили в Минтрансе РФ журналистам."
    second = "Мост на Садовой улице закроют на ремонт до весны по указу главы РФ."
    assert one(first, second) == second


def test_a_definition_and_a_day_of_the_week_point_at_nothing() -> None:
    assert not leans("Шизофрения — это наследственное заболевание.")
    assert not leans("В это воскресенье в Брянске ожидается ясная погода.")
    assert not leans("Исполнитель роли Капитана Америка Крис Эванс завёл страницу.")
    assert not leans("Об отставке мэра Зареченска объявил губернатор области.")
    assert leans("Об этом объявил губернатор области.")
    assert leans("Это — наследственное заболевание.")
    assert leans("В этот вечер в Брянске шёл дождь.")


@pytest.mark.parametrize(
    "tail",
    [
        "Об этом сообщает ТАСС.",
        "Об\u00a0этом сообщает ТАСС.",
        "Об этом сообщается на странице сети.",
        "Об этом сообщает официальный сайт клуба.",
        "Об этом пишет Variety со ссылкой на агента.",
        "Об этом «Форпосту» сообщает пресс-служба.",
        "Об этом стало известно в пятницу.",
        "Об этом он написал у себя в канале.",
        "Об этом сообщило издание The Hollywood Reporter.",
    ],
)
def test_where_it_was_to_be_read_is_no_second_sentence(tail: str) -> None:
    assert two(f"{STORY} {tail}") == STORY
    assert one(f"{STORY} {tail}") == STORY


def test_who_says_so_may_be_the_second_sentence() -> None:
    says = "Об этом заявила мэр города Анна Вересова."
    assert two(f"{STORY} {says}") == f"{STORY} {says}"


def test_nobody_begins_to_speak_in_the_second_sentence_without_quotation_marks() -> None:
    told = "Защитник «Зари» Марк Вересов рассказал о ремонте моста на Садовой улице."
    assert two(f"{told} Я никогда не видел такого моста на Садовой улице.") == told


def test_an_interview_is_not_quoted_as_news() -> None:
    answer = "Мост на Садовой улице закроют на ремонт до весны, теоретически и практически."
    assert one(STORY, "— Нужно ли закрывать мост?", answer) == STORY
    assert one("— Нужно ли закрывать мост?", answer, STORY) == TITLE


def test_the_number_of_a_point_is_not_part_of_its_sentence() -> None:
    assert one(f"1. {STORY}") == STORY
    assert one(f"2) {STORY}") == STORY
    assert one(f"15 мая. {STORY}").endswith(STORY)


def test_the_second_sentence_does_not_come_out_of_the_blue() -> None:
    far = "Автобусы номер 4 и 17 пойдут по Речной улице, а мост на Садовой закроют до весны."
    rain = "Дождь не помешал открытию ярмарки на городской площади."
    assert far not in two(STORY, rain, rain, rain, far)


@pytest.mark.parametrize(
    "head",
    [
        "МОСКВА, 3 мая — РИА Новости.",
        "МОСКВА, 3 мая - РИА Новости, Иван Петров.",
        "МОСКВА, 3 мая. /ТАСС/.",
        "Москва, 3 мая - ИА Neftegaz.RU.",
        "ВАШИНГТОН, 3 мая /ТАСС/.",
        "Москва. 3 мая. INTERFAX.RU -",
        "3 мая, Минск /Корр. БЕЛТА/.",
        "КИЕВ, 4 мая — Sputnik, Анна Вересова.",
        "РИАМО - 2 мая.",
        "САНКТ-ПЕТЕРБУРГ, 3 мая (ИА «Заречье») —",
    ],
)
def test_datelines_and_bylines_are_cut_at_their_borders(head: str) -> None:
    assert one(f"{head} {STORY}") == STORY


def test_both_lengths_come_of_one_reading() -> None:
    told = Told(TITLE, [paragraph(STORY), paragraph("Ремонт займёт четыре месяца.")], [])
    assert summary(told) == (sentence(*told), brief(*told))
