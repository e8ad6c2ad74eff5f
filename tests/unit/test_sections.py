"""How a text is cut: title, lead, sections, and what is taken away and shown."""

from pathlib import Path

import pytest

from digests.articles import Draft, RemovalReason, SourceLink, TitleOrigin
from digests.blocks import Block, Kind, Span, Style, paragraph, squeezed
from digests.errors import EmptyText, NoLetters, TextTooLong
from digests.sections import ARTICLE_LIMIT, cut
from digests.sources.paste import from_text, paragraphs

SEED = Path(__file__).parents[3] / "shared" / "data" / "seed-article.txt"
WHY = "Опоры моста просели на пять сантиметров, и ездить по нему стало опасно. Так решила комиссия мэрии."
BUSES = "Четвёртый и семнадцатый автобусы пойдут по Речной улице, а трамвай остановят до марта."
PRICE = "Ремонт обойдётся городу в сорок миллионов рублей, половину даст область из своего запаса."


MARKERS = """
Статьи по теме
СТАТЬИ ПО ТЕМЕ:
Читайте также
Читайте также:
Читайте ещё
По теме
Материалы по теме
Ещё по теме
Новости по теме:
Смотрите также
Похожие статьи
📌 Читайте также 👇
Вам может быть интересно
Related articles
Read also:
See also
You may also like
""".strip().splitlines()

FURNITURE = """
Back to top button
Наверх
Поделиться
Поделиться в Telegram
Share
Share on Facebook
Print
Распечатать
Подписывайтесь на наш канал в Telegram
Подписывайтесь на наш канал, чтобы не пропустить важное.
Читайте нас в Telegram
Ты ещё не читаешь наш Telegram? А зря! Подписывайся
Мы в Telegram! Подписывайся!
Нашли ошибку? Выделите её и нажмите Ctrl+Enter
© 2026, «Вечерний город»
Все права защищены
Комментарии (12)
25 комментариев
Читать далее
Читать подробнее→
Смотреть все фото к статье (4)
View this post on Instagram
Теги: мост, ремонт
На правах рекламы
1 234 просмотра
Follow us on Twitter
Advertisement
Leave a comment
""".strip().splitlines()

FOOT = """
2518
#мост #ремонт
Источник: https://example.com/most
Источник: «Вечерний город»
23 ноября 2026, 18:40
Telegram
Комментарии
Подписаться
👉 Подписаться на «Город»
@vecherny_gorod
""".strip().splitlines()


def cut_text(*lines: str) -> Draft:
    return cut(paragraphs(from_text("\n\n".join(lines))))


def titles(draft: Draft) -> list[str]:
    return [section.title for section in draft.sections]


def bodies(draft: Draft) -> list[list[str]]:
    return [[block.text for block in section.blocks] for section in draft.sections]


def removed(draft: Draft) -> list[tuple[str, RemovalReason]]:
    return [(piece.block.text, piece.reason) for piece in draft.removed]


def bold(text: str) -> Block:
    return paragraph(text, Style.BOLD)


def linked(text: str, href: str = "https://a.ru/1") -> Block:
    return Block(spans=(Span(text=text, href=href),))


@pytest.mark.skipif(not SEED.exists(), reason="the test texts are not on this machine")
def test_the_seed_article_is_cut_as_its_authors_would() -> None:
    text = SEED.read_text("utf-8")
    lines = [line for line in text.splitlines() if line]

    draft = cut(paragraphs(from_text(text)))

    assert draft.title == lines[0]
    assert draft.title_origin is TitleOrigin.TEXT
    assert draft.lead == ()
    assert [draft.title, *titles(draft)] == [line for line in lines if len(line) < 80][:-2]
    assert len(draft.sections) == 6
    assert removed(draft) == [(lines[-2], RemovalReason.RELATED), (lines[-1], RemovalReason.FURNITURE)]
    assert draft.source_links == ()


def test_title_lead_and_sections_of_plain_text() -> None:
    draft = cut_text("Мост закроют до весны", WHY, "Как ездить", BUSES, "Сколько это стоит", PRICE, WHY)

    assert draft.title == "Мост закроют до весны"
    assert [block.text for block in draft.lead] == [WHY]
    assert titles(draft) == ["Как ездить", "Сколько это стоит"]
    assert bodies(draft) == [[BUSES], [PRICE, WHY]]
    assert draft.removed == ()


def test_a_text_without_headings_is_one_section_after_its_lead() -> None:
    draft = cut_text("Мост закроют до весны", WHY, BUSES, PRICE)

    assert [block.text for block in draft.lead] == [WHY]
    assert titles(draft) == [""]
    assert bodies(draft) == [[BUSES, PRICE]]


def test_a_single_paragraph_is_the_section_not_the_lead() -> None:
    draft = cut_text("Мост закроют до весны", WHY)

    assert draft.lead == ()
    assert bodies(draft) == [[WHY]]


def test_a_long_beginning_before_the_first_heading_is_a_section_without_a_title() -> None:
    draft = cut_text(
        "Мост закроют до весны", WHY, BUSES * 4, PRICE * 4, "Как ездить", BUSES, "Сколько это стоит", PRICE
    )

    assert [block.text for block in draft.lead] == [WHY]
    assert titles(draft) == ["", "Как ездить", "Сколько это стоит"]


def test_an_endless_first_paragraph_is_no_lead() -> None:
    draft = cut_text("Мост закроют до весны", WHY * 20, BUSES)

    assert draft.lead == ()
    assert bodies(draft) == [[(WHY * 20), BUSES]]


def test_a_standfirst_without_a_full_stop_is_the_lead() -> None:
    draft = cut_text(
        "Мост закроют до весны", "Автобусы пойдут в объезд, а трамвай остановят на всю зиму", WHY, BUSES, PRICE
    )

    assert [block.text for block in draft.lead] == ["Автобусы пойдут в объезд, а трамвай остановят на всю зиму"]
    assert titles(draft) == [""]


@pytest.mark.parametrize(
    "title",
    [
        "Почему закрыли мост?",
        "Мост закрыт!",
        "«Мы ждали этого пять лет»",
        "Мост закрыт. Что дальше",
        "Мост закрыли до весны.",
        "БЕЛШИНА — ДИНАМО 0:3",
    ],
)
def test_a_first_line_is_the_title_whatever_sign_ends_it(title: str) -> None:
    draft = cut_text(title, WHY, BUSES)

    assert (draft.title, draft.title_origin) == (title, TitleOrigin.TEXT)


def test_a_title_on_two_lines_becomes_one_line() -> None:
    draft = cut((paragraph("Мост закроют\nдо весны"), paragraph(WHY)))

    assert draft.title == "Мост закроют до весны"


def test_a_text_that_begins_with_prose_gets_a_title_from_its_first_words() -> None:
    draft = cut_text(WHY, BUSES)

    assert draft.title_origin is TitleOrigin.DERIVED
    assert draft.title == "Опоры моста просели на пять сантиметров, и ездить по нему стало опасно. Так решила…"
    assert WHY in [block.text for block in draft.lead]


@pytest.mark.parametrize("kind", [Kind.QUOTE, Kind.LIST_ITEM, Kind.PREFORMATTED])
def test_a_quotation_or_an_item_is_no_title(kind: Kind) -> None:
    draft = cut((Block(kind=kind, spans=(Span(text="Мост закроют"),)), paragraph(WHY)))

    assert (draft.title, draft.title_origin) == ("Мост закроют", TitleOrigin.DERIVED)
    assert bodies(draft) == [["Мост закроют", WHY]]


def test_a_title_derived_from_an_endless_word_is_cut() -> None:
    assert cut((paragraph("я" * 1_000),)).title == "я" * 90 + "…"


def test_nothing_but_a_title_is_a_draft_without_a_body() -> None:
    draft = cut_text("Мост закроют до весны")

    assert draft.title == "Мост закроют до весны"
    assert (draft.lead, draft.sections) == ((), ())


def test_bold_lines_are_headings_even_with_a_full_stop() -> None:
    draft = cut(
        (
            bold("Мост закроют"),
            paragraph(WHY),
            bold("Как ездить."),
            paragraph(BUSES),
            bold("Сколько это стоит:"),
            paragraph(PRICE),
        )
    )

    assert draft.title == "Мост закроют"
    assert titles(draft) == ["Как ездить.", "Сколько это стоит:"]
    assert draft.sections[0].heading == (Span(text="Как ездить."),)


def test_where_headings_are_bold_plain_short_lines_are_not() -> None:
    first = (bold("Как ездить"), paragraph(BUSES), paragraph("Мост на Садовой"), paragraph(WHY))

    draft = cut((paragraph("Мост закроют"), *first, bold("Сколько это стоит"), paragraph(PRICE)))

    assert titles(draft) == ["Как ездить", "Сколько это стоит"]


def test_a_text_all_in_bold_has_no_headings_by_that() -> None:
    draft = cut((bold("Мост закроют"), bold(WHY), bold(BUSES), bold(PRICE)))

    assert titles(draft) == [""]


def test_a_bold_standfirst_is_the_lead() -> None:
    draft = cut(
        (paragraph("Мост закроют"), bold(WHY), paragraph(BUSES), paragraph("Сколько это стоит"), paragraph(PRICE))
    )

    assert draft.lead[0].text == WHY


def test_headings_by_their_kind_are_headings_always() -> None:
    heading = Block(kind=Kind.HEADING, spans=(Span(text="И ещё: о ценах,"),))

    assert titles(cut((paragraph("Мост закроют"), paragraph(WHY), heading, paragraph(PRICE)))) == ["И ещё: о ценах,"]


def test_numbered_headings_are_headings() -> None:
    draft = cut_text("Пять причин", "1. Опоры просели", WHY, "2. Денег не было", PRICE, "3.Автобусы объедут", BUSES)

    assert titles(draft) == ["1. Опоры просели", "2. Денег не было", "3.Автобусы объедут"]


def test_a_numbered_list_makes_no_headings() -> None:
    draft = cut_text("Мост закроют", WHY, "1. Опоры просели", "2. Денег не было", "3. Автобусы объедут", BUSES)

    assert titles(draft) == [""]


def test_a_heading_at_the_very_end_is_text_of_the_last_section() -> None:
    draft = cut_text("Мост закроют", WHY, "Как ездить", BUSES, "Сколько это стоит", PRICE, "Что дальше")

    assert titles(draft) == ["Как ездить", "Сколько это стоит"]
    assert bodies(draft)[-1] == [PRICE, "Что дальше"]


def test_a_heading_directly_below_another_stays_a_heading_inside_the_section() -> None:
    chapter, part = (Block(kind=Kind.HEADING, spans=(Span(text=text),)) for text in ("Глава", "Часть"))

    draft = cut((paragraph("Мост закроют"), paragraph(WHY), chapter, part, paragraph(BUSES)))

    assert titles(draft) == ["Глава"]
    assert draft.sections[0].blocks == (part, paragraph(BUSES))


def test_a_line_that_goes_on_below_is_no_heading() -> None:
    draft = cut_text(
        "Мост закроют", WHY, "Как говорят в мэрии", "и как думают все остальные, ездить станет хуже.", BUSES
    )

    assert titles(draft) == [""]


def test_the_questions_of_an_interview_are_no_headings() -> None:
    draft = cut_text("Мост закроют", WHY, "— Когда откроют?", "— Весной, не раньше апреля, если позволит погода.",
                     "«Газета»: — А дорого ли?", "— Сорок миллионов рублей, половину даст область.")  # fmt: skip

    assert titles(draft) == [""]


def test_verses_and_tables_make_no_headings() -> None:
    rows = ["Испания 3 6-1 7", "Италия 3 4-2 5", "Хорватия 3 4-3 4", "Ирландия 3 1-9 0"]

    assert titles(cut_text("Футбол", WHY, *rows, BUSES, PRICE)) == [""]


def test_names_under_pictures_are_no_headings() -> None:
    draft = cut_text(
        "Анна Петрова и Иван Сидоров поженились",
        WHY,
        BUSES,
        "Анна Петрова и Иван Сидоров",
        PRICE,
        WHY,
        "Иван Сидоров",
        BUSES,
    )

    assert titles(draft) == [""]


def test_credits_are_kept_as_text_and_are_no_headings() -> None:
    draft = cut_text("Мост закроют", "Фото: Иван Сидоров", WHY, BUSES)

    assert draft.removed == ()
    assert "Фото: Иван Сидоров" in [block.text for section in draft.sections for block in section.blocks] + [
        block.text for block in draft.lead
    ]


@pytest.mark.parametrize("marker", MARKERS)
def test_the_tail_of_related_articles_becomes_source_links(marker: str) -> None:
    draft = cut((*paragraphs(from_text(f"Мост закроют\n\n{WHY}\n\n{BUSES}\n\n{marker}\n\nКак строили мост на Садовой")),
                 linked("Объезд по Речной: схема", "https://a.ru/2")))  # fmt: skip

    assert removed(draft) == [
        (marker, RemovalReason.RELATED),
        ("Как строили мост на Садовой", RemovalReason.RELATED),
        ("Объезд по Речной: схема", RemovalReason.RELATED),
    ]
    assert draft.source_links == (
        SourceLink(title="Как строили мост на Садовой"),
        SourceLink(title="Объезд по Речной: схема", href="https://a.ru/2"),
    )
    assert bodies(draft) == [[BUSES]]


def test_items_of_a_list_of_related_articles_lose_their_markers() -> None:
    draft = cut_text("Мост закроют", WHY, BUSES, "Читайте также:", "• Как строили мост на Садовой\n• Объезд по Речной")

    assert [link.title for link in draft.source_links] == ["Как строили мост на Садовой", "Объезд по Речной"]


def test_a_related_article_named_in_the_middle_is_taken_out_and_the_text_goes_on() -> None:
    draft = cut_text(
        "Мост закроют", WHY, "Читайте также: Как строили мост на Садовой", BUSES, "По теме: Объезд по Речной", PRICE
    )

    assert [link.title for link in draft.source_links] == ["Как строили мост на Садовой", "Объезд по Речной"]
    assert bodies(draft) == [[BUSES, PRICE]]


def test_short_paragraphs_after_a_lost_insertion_are_not_taken_for_titles() -> None:
    draft = cut_text("Мост закроют", WHY, BUSES, "Читайте также:", WHY, PRICE)

    assert removed(draft) == [("Читайте также:", RemovalReason.RELATED)]


def test_sentences_below_a_marker_at_the_foot_are_titles() -> None:
    draft = cut_text(
        "Мост закроют", WHY, BUSES, "Читайте также:", "Трамвай остановят до марта.", "Мэр пойдёт в отпуск."
    )

    assert [link.title for link in draft.source_links] == ["Трамвай остановят до марта.", "Мэр пойдёт в отпуск."]


def test_a_marker_in_the_middle_takes_its_titles_but_no_prose_and_no_heading() -> None:
    draft = cut_text(
        "Мост закроют",
        WHY,
        BUSES,
        "Читайте также:",
        "Как строили мост на Садовой шестьдесят лет назад",
        "Сколько стоит",
        PRICE,
        BUSES,
    )

    assert [link.title for link in draft.source_links] == ["Как строили мост на Садовой шестьдесят лет назад"]
    assert bodies(draft)[-1][-2:] == [PRICE, BUSES]
    assert "Сколько стоит" in titles(draft)


def test_titles_at_the_foot_need_no_marker_when_there_are_three() -> None:
    tail = ["Как строили мост на Садовой", "Почему трамвай остановят до марта", "Где ставить машину во время ремонта"]

    draft = cut_text("Мост закроют", WHY, BUSES, PRICE, *tail)

    assert [link.title for link in draft.source_links] == tail
    assert bodies(draft) == [[BUSES, PRICE]]


def test_links_at_the_foot_need_no_marker() -> None:
    draft = cut((paragraph("Мост закроют"), paragraph(WHY), paragraph(BUSES), linked("Как строили мост на Садовой")))

    assert draft.source_links == (SourceLink(title="Как строили мост на Садовой", href="https://a.ru/1"),)


def test_the_names_of_a_team_at_the_foot_are_no_related_articles() -> None:
    draft = cut_text("Футбол", WHY, BUSES, *["Иванов Петров Сидоров Кузнецов Смирнов"] * 3)

    assert draft.removed == ()


def test_a_signature_at_the_foot_stays() -> None:
    draft = cut_text("Мост закроют", WHY, BUSES, "Иван Сидоров", "корреспондент")

    assert draft.removed == ()


@pytest.mark.parametrize("line", FURNITURE)
def test_page_furniture_is_taken_away_and_shown(line: str) -> None:
    for draft in (cut_text("Мост закроют", WHY, line, BUSES, PRICE), cut_text("Мост закроют", WHY, BUSES, PRICE, line)):
        assert removed(draft) == [(line, RemovalReason.FURNITURE)]


@pytest.mark.parametrize("line", FOOT)
def test_some_lines_are_furniture_only_at_the_foot(line: str) -> None:
    assert removed(cut_text("Мост закроют", WHY, BUSES, line)) == [(line, RemovalReason.FURNITURE)]


def test_the_signature_of_a_channel_is_taken_away() -> None:
    signature = linked("Вечерний город", "https://t.me/vecherny_gorod")

    assert removed(cut((paragraph("Мост закроют"), paragraph(WHY), paragraph(BUSES), signature))) == [
        ("Вечерний город", RemovalReason.FURNITURE)
    ]


def test_the_head_of_a_copied_page_is_taken_away() -> None:
    draft = cut_text("Главная / Новости / Город", "23.11.2026 18:40", "Мост закроют до весны", WHY, BUSES)

    assert draft.title == "Мост закроют до весны"
    assert [reason for _, reason in removed(draft)] == [RemovalReason.FURNITURE] * 2


def test_the_rubric_at_the_head_of_a_copied_page_is_taken_away() -> None:
    assert removed(cut_text("Мост закроют до весны", "Общество", WHY, BUSES)) == [("Общество", RemovalReason.FURNITURE)]


def test_rubrics_that_head_sections_are_headings() -> None:
    draft = cut_text("Неделя в городе", "Политика", WHY, "Экономика", PRICE, "Спорт", BUSES)

    assert titles(draft) == ["Политика", "Экономика", "Спорт"]


def test_labels_over_single_words_make_no_headings() -> None:
    lines = ["Лучший фильм года:", "Мои мысли тихие", "Лучшая женская роль:", "Ада Роговцева", "Лучшая песня:", "Мавка"]

    assert titles(cut_text("Итоги кинопремии", WHY, BUSES, *lines)) == [""]


def test_a_title_repeated_below_itself_reads_once() -> None:
    draft = cut_text("Мост закроют до весны", "Мост закроют до весны", WHY, BUSES)

    assert removed(draft) == [("Мост закроют до весны", RemovalReason.FURNITURE)]


@pytest.mark.parametrize(
    "prose",
    [
        "Подписывайтесь на рассылку осторожно, советуют в полиции: мошенники всё чаще выдают себя за банки, а каналы в "
        "Telegram множатся быстрее, чем их успевают закрывать, рассказал следователь Иванов в среду.",
        "Читайте договор внимательно.",
        "По теме — ни слова, хотя мэра спросили дважды.",
        "Поделиться квартирой с братом он отказался.",
        "Реклама моста появилась на остановках ещё в мае.",
    ],
)
def test_prose_with_the_same_words_stays(prose: str) -> None:
    assert cut_text("Мост закроют", WHY, prose, BUSES).removed == ()


def test_a_word_that_the_text_is_about_is_a_heading_not_a_button() -> None:
    about = "Telegram запустил новый раздел для газет, и редакции переходят туда одна за другой."

    draft = cut_text(
        "Куда уходят газеты",
        about,
        "Facebook",
        BUSES + " Facebook закрыт.",
        "Telegram",
        about,
        "YouTube",
        PRICE + " YouTube тоже.",
    )

    assert titles(draft) == ["Facebook", "Telegram", "YouTube"]


@pytest.mark.parametrize(
    "title", ["Подписывайтесь на канал: как нас обманывают в Telegram", "Читайте также: как пишут заголовки", "© и ®"]
)
def test_a_title_is_never_furniture(title: str) -> None:
    assert cut_text(title, WHY, BUSES).title == title


def test_a_text_of_nothing_but_furniture_is_kept() -> None:
    draft = cut_text("Поделиться", "Наверх")

    assert draft.title == "Поделиться"
    assert draft.removed == ()


def test_html_typed_by_hand_stays_text() -> None:
    draft = cut_text("<h1>Мост</h1>", "<p>Закроют <b>до весны</p>", "<script>alert(1)</script> Вот так.")

    assert squeezed(draft.title) == "<h1>Мост</h1>"
    assert "<script>" in "".join(text for body in bodies(draft) for text in body)


def test_a_text_written_from_right_to_left_is_cut() -> None:
    prose = "הגשר ברחוב סדובאיה ייסגר עד האביב, והאוטובוסים ייסעו ברחוב רצ'נאיה."

    draft = cut_text("הגשר ייסגר", prose, prose, prose)

    assert draft.title == "הגשר ייסגר"
    assert bodies(draft) == [[prose, prose]]


def test_three_hundred_sections_are_three_hundred() -> None:
    lines = [line for i in range(300) for line in (f"Глава {i} о мосте", f"{WHY} {i}")]

    assert len(cut_text("Мост", *lines).sections) == 300


def test_one_paragraph_of_a_hundred_thousand_characters_is_cut() -> None:
    draft = cut_text("слово " * 17_000)

    assert draft.title_origin is TitleOrigin.DERIVED
    assert len(draft.sections) == 1


@pytest.mark.parametrize("text", ["", " \n\n\u00a0 ", "\n"])
def test_no_text_is_refused(text: str) -> None:
    with pytest.raises(EmptyText):
        cut(paragraphs(from_text(text)))


@pytest.mark.parametrize("text", ["🎉🎉🎉", "!!!\n\n???", "\u200b", "— …"])
def test_signs_without_a_letter_are_refused(text: str) -> None:
    with pytest.raises(NoLetters):
        cut(paragraphs(from_text(text)))


def test_a_text_over_the_limit_is_refused_with_its_length() -> None:
    with pytest.raises(TextTooLong) as error:
        cut((paragraph("я" * (ARTICLE_LIMIT + 1)),))

    assert (error.value.characters, error.value.limit) == (ARTICLE_LIMIT + 1, ARTICLE_LIMIT)


def test_a_text_at_the_limit_is_cut() -> None:
    assert cut((paragraph("я" * ARTICLE_LIMIT),)).title
