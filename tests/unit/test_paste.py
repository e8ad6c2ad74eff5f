"""Pasted texts: what becomes a paragraph, and how the messages of one paste are joined."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.blocks import Block, Kind, Span, Style, paragraph, squeezed, utf16_length
from digests.sources.paste import MESSAGE_LIMIT, from_text, join, paragraphs

SENTENCE = "Мост на Садовой закроют до весны, автобусы пойдут по Речной улице. "


def texts(text: str) -> list[str]:
    return [block.text for block in paragraphs(from_text(text))]


def kinds(text: str) -> list[tuple[Kind, str]]:
    return [(block.kind, block.text) for block in paragraphs(from_text(text))]


def test_blank_lines_part_paragraphs() -> None:
    assert texts("Заголовок\n\nПервый абзац.\n \t\nВторой абзац.\n\n\n") == [
        "Заголовок",
        "Первый абзац.",
        "Второй абзац.",
    ]


def test_without_blank_lines_each_line_is_a_paragraph() -> None:
    assert texts("Заголовок\nПервый абзац.\nВторой абзац.") == ["Заголовок", "Первый абзац.", "Второй абзац."]


def test_single_breaks_stay_inside_a_paragraph_of_short_lines() -> None:
    verse = "Мой дядя самых честных правил,\nКогда не в шутку занемог,\nОн уважать себя заставил"

    assert texts(f"Стихи\n\n{verse}\n\nКонец.") == ["Стихи", verse, "Конец."]


def test_a_short_first_line_over_a_sentence_is_a_line_of_its_own() -> None:
    assert texts(f"Введение.\n\nПочему закрывают\n{SENTENCE}") == ["Введение.", "Почему закрывают", SENTENCE.strip()]


def test_long_lines_are_paragraphs_though_no_blank_line_is_between() -> None:
    assert texts(f"Заголовок\n\n{SENTENCE * 3}\n{SENTENCE * 2}") == [
        "Заголовок",
        (SENTENCE * 3).strip(),
        (SENTENCE * 2).strip(),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["• паспорт", "• заявление"],
        ["- паспорт", "- заявление"],
        ["– паспорт", "– заявление"],
        ["* паспорт", "* заявление"],
        ["1. паспорт", "2. заявление", "3. копия"],
        ["9) паспорт", "10) заявление"],
        ["а) паспорт", "б) заявление"],
    ],
)
def test_lines_with_markers_are_items_and_keep_them(lines: list[str]) -> None:
    found = kinds("Понадобятся:\n" + "\n".join(lines) + "\n\nВсё это — в одно окно.")

    assert found[0] == (Kind.PARAGRAPH, "Понадобятся:")
    assert found[1:-1] == [(Kind.LIST_ITEM, line) for line in lines]
    assert found[-1] == (Kind.PARAGRAPH, "Всё это — в одно окно.")


def test_items_a_blank_line_apart_are_items_when_their_numbers_follow() -> None:
    assert [kind for kind, _ in kinds("1. Раз\n\n2. Два\n\n3. Три")] == [Kind.LIST_ITEM] * 3


def test_a_lone_number_or_dash_makes_no_list() -> None:
    found = kinds(f"1. Почему закрывают\n\n{SENTENCE}\n\n- Когда откроют?\n\n{SENTENCE}")

    assert {kind for kind, _ in found} == {Kind.PARAGRAPH}


def test_an_item_takes_the_lines_that_go_on_from_it() -> None:
    found = kinds("1. Первый пункт\nпродолжается здесь\n2. Второй пункт\n\nКонец.")

    assert found[0] == (Kind.LIST_ITEM, "1. Первый пункт\nпродолжается здесь")


def test_a_line_after_a_list_is_no_part_of_it() -> None:
    assert kinds("• раз\n• два\nПосле списка.")[-1] == (Kind.PARAGRAPH, "После списка.")


def test_a_dialogue_with_dashes_is_no_list() -> None:
    assert {kind for kind, _ in kinds("— Когда?\n— Весной.")} == {Kind.PARAGRAPH}


def test_titles_of_related_articles_are_lines_of_their_own() -> None:
    tail = ["Читайте также:", "Как строили мост", "Объезд по Речной"]

    assert texts(f"Мост закроют.\n\n{SENTENCE}\n\n" + "\n".join(tail))[2:] == tail


def test_a_button_under_a_line_is_no_part_of_it() -> None:
    assert texts("Раз.\n\nВесна близко\nПоделиться\n\nДва.") == ["Раз.", "Весна близко", "Поделиться", "Два."]


def wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


@pytest.mark.parametrize("width", [60, 72, 78])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_file_wrapped_at_a_width_is_unwrapped(width: int, gap: str) -> None:
    first, second = "Мост на Садовой закроют до весны. " * 9, "Автобусы четыре и семнадцать пойдут по Речной. " * 7
    text = "\n".join(wrapped(first, width)) + gap + "\n".join(wrapped(second, width))

    if gap == "\n\n":
        assert texts(text) == [first.strip(), second.strip()]
    else:
        assert squeezed("".join(texts(text))) == squeezed(first + second)
        assert len(texts(text)) <= 3


def test_a_word_divided_at_the_end_of_a_wrapped_line_keeps_its_hyphen() -> None:
    lines = ["Министры двух стран закрепили меморандум о взаимной безопас-", "ности, а также договор о поставках и об-",
             "служивании беспилотных систем на ближайшие несколько лет, со-", "общили в ведомстве."]  # fmt: skip

    assert texts("\n".join(lines)) == ["".join(lines)]


def test_windows_and_old_line_ends_are_line_ends() -> None:
    assert texts("Раз.\r\n\r\nДва.\r\rТри.\u2028\u2028Четыре.") == ["Раз.", "Два.", "Три.", "Четыре."]


def test_spaces_that_do_not_break_and_tabs_stay_inside_lines() -> None:
    assert texts("\u00a0\tЦена 5\u00a0000\u202f₽,\tсрок\u00a0— год.\u00a0") == [
        "Цена 5\u00a0000\u202f₽,\tсрок\u00a0— год."
    ]


def test_invisible_signs_part_paragraphs_and_are_kept() -> None:
    found = texts("Раз.\n\u200b\nДва.\n\ufeff\nТри.")

    assert [text.strip("\u200b\ufeff") for text in found] == ["Раз.", "Два.", "Три."]
    assert squeezed("".join(found)) == "Раз.\u200bДва.\ufeffТри."


def test_nothing_is_made_of_nothing() -> None:
    assert from_text(" \n\u00a0\n") == ()
    assert paragraphs((paragraph(" \n "), Block(kind=Kind.QUOTE, spans=(Span(text="\n"),)))) == ()


def test_styles_and_links_stay_with_their_characters() -> None:
    bold = frozenset({Style.BOLD})
    raw = Block(spans=(Span(text="Заголовок\n\nПер", styles=bold), Span(text="вый\n\nВторой", href="https://a.ru/")))

    assert paragraphs((raw,)) == (
        Block(spans=(Span(text="Заголовок", styles=bold),)),
        Block(spans=(Span(text="Пер", styles=bold), Span(text="вый", href="https://a.ru/"))),
        Block(spans=(Span(text="Второй", href="https://a.ru/"),)),
    )


def test_quotations_and_code_stay_whole() -> None:
    quote = Block(kind=Kind.QUOTE, spans=(Span(text="Строка.\n\nДругая строка.\n"),))
    code = Block(kind=Kind.PREFORMATTED, spans=(Span(text="\n    if x:\n\n        y()\n"),))

    found = paragraphs((paragraph("До.\n\n"), quote, code))

    assert [(block.kind, block.text) for block in found] == [
        (Kind.PARAGRAPH, "До."),
        (Kind.QUOTE, "Строка.\n\nДругая строка."),
        (Kind.PREFORMATTED, "    if x:\n\n        y()"),
    ]


def full(tail: str, size: int = MESSAGE_LIMIT) -> Block:
    """Return the block of a message of exactly so many units that ends so."""
    return paragraph((SENTENCE * 100)[: size - utf16_length(tail)] + tail)


def joined(*parts: Block) -> str:
    return "|".join(block.text for block in join([(part,) for part in parts]))


def test_a_sentence_cut_between_messages_is_one_again() -> None:
    assert joined(full(" министры обороны", 4_000), paragraph("двух стран подписали. Конец.")).endswith(
        " министры обороны двух стран подписали. Конец."
    )


def test_a_finished_sentence_at_the_cut_ends_its_paragraph() -> None:
    assert joined(full(" Всё.", 4_000), paragraph("Новый абзац.")).endswith(" Всё.|Новый абзац.")


def test_a_word_cut_in_two_is_one_again() -> None:
    assert joined(full(" азербайд"), paragraph("жанский язык")).endswith(" азербайджанский язык")


def test_a_word_cut_in_the_message_with_the_command_is_one_again() -> None:
    first = paragraph(" " + full(" азербайд", MESSAGE_LIMIT - 5).text)

    assert joined(first, paragraph("жанский язык")).endswith(" азербайджанский язык")


def test_two_words_known_from_elsewhere_stay_two_in_a_full_message() -> None:
    assert joined(full(" закроют мост"), paragraph("весны ждут. Мост ждёт.")).endswith(
        " закроют мост весны ждут. Мост ждёт."
    )


def test_a_number_cut_in_two_is_one_again() -> None:
    assert joined(full(" в 20"), paragraph("26 году закроют.")).endswith(" в 2026 году закроют.")


def test_a_name_after_the_cut_is_a_word_of_its_own() -> None:
    assert joined(full(" президент"), paragraph("Алиев сказал.")).endswith(" президент Алиев сказал.")


def test_a_heading_at_the_foot_of_a_message_is_not_run_into_the_text() -> None:
    first = full(" Всё.\n\nЧто будет дальше", 4_090)

    assert joined(first, paragraph("Автобусы пойдут по Речной.")).endswith(
        "Что будет дальше|Автобусы пойдут по Речной."
    )


def test_a_short_message_without_a_full_stop_ends_its_paragraph() -> None:
    assert joined(paragraph("Заголовок статьи"), paragraph("Первый абзац.")) == "Заголовок статьи|Первый абзац."


def test_an_item_of_a_list_begins_anew_after_the_cut() -> None:
    assert "|" in joined(full("\n- паспорт", 4_090), paragraph("- заявление\n- копия"))


def test_styles_on_both_sides_of_a_cut_are_kept() -> None:
    bold, italic = frozenset({Style.BOLD}), frozenset({Style.ITALIC})
    left = Block(spans=(Span(text=full(" азербайд").text, styles=bold),))
    right = Block(spans=(Span(text="жанский", styles=bold), Span(text=" язык", styles=italic)))

    (found,) = join([(left,), (right,)])

    assert [(span.styles, span.text[-11:]) for span in found.spans] == [(bold, "байджанский"), (italic, " язык")]


def test_a_quotation_is_not_joined_with_the_paragraph_after_it() -> None:
    quote = Block(kind=Kind.QUOTE, spans=(Span(text=full(" без точки", 4_000).text),))

    assert [block.kind for block in join([(quote,), (paragraph("дальше"),)])] == [Kind.QUOTE, Kind.PARAGRAPH]


def test_one_part_and_none_are_what_they_were() -> None:
    assert join([(paragraph("Раз."), paragraph("Два."))]) == (paragraph("Раз."), paragraph("Два."))
    assert join([]) == ()
    assert join([(), (paragraph("Раз."),), ()]) == (paragraph("Раз."),)


def cut_by_client(text: str, *, is_naive: bool) -> list[str]:
    """Cut a text as Telegram clients do: at spaces, white space trimmed; a naive one at 4096, come what may."""
    parts: list[str] = []
    while text:
        head = text[:MESSAGE_LIMIT]
        if len(text) > MESSAGE_LIMIT and not is_naive:
            place = max(head.rfind("\n"), head.rfind(" "))
            head = head[:place] if place > 0 else head
        parts.append(head.strip())
        text = text[len(head) :] if is_naive else text[len(head) :].lstrip()
    return [part for part in parts if part]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**31), st.booleans())
def test_a_paste_reads_as_what_was_copied(seed: int, is_naive: bool) -> None:
    words = ["мост", "набережная", "закроют", "автобусы", "до", "весны", "министерство", "объезд"]
    picked = [words[(seed >> (i % 24)) % 7 + (i * i + seed) % 2] for i in range(1_800)]
    text = " ".join(picked)

    parts = [(paragraph(part),) for part in cut_by_client(text, is_naive=is_naive)]

    assert " ".join(block.text for block in join(parts)) == text


SPANS = st.builds(
    Span,
    text=st.one_of(
        st.text(max_size=40),
        st.lists(
            st.sampled_from(["Мост", " ", "\n", "\n\n", "• ", "1. ", "- ", "закроют.", "\u200b", "\r\n", "\t"]),
            max_size=30,
        ).map("".join),
    ),
    styles=st.frozensets(st.sampled_from(Style), max_size=2),
    href=st.none() | st.just("https://a.ru/"),
)
BLOCKS = st.builds(Block, kind=st.sampled_from(Kind), spans=st.lists(SPANS, max_size=6).map(tuple))


def looks(blocks: tuple[Block, ...] | list[Block]) -> list[tuple[str, frozenset[Style], str | None]]:
    return [
        (char, span.styles, span.href)
        for block in blocks
        for span in block.spans
        for char in span.text
        if not char.isspace()
    ]


@settings(max_examples=120, deadline=None)
@given(st.lists(BLOCKS, max_size=5))
def test_paragraphs_keep_every_character_and_its_looks(raw: list[Block]) -> None:
    found = paragraphs(raw)

    assert looks(found) == looks(raw)
    assert all(block.text.strip() and not block.continues for block in found)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(BLOCKS, max_size=3), max_size=4))
def test_joining_keeps_every_character_and_its_looks(parts: list[list[Block]]) -> None:
    assert looks(join(parts)) == looks([block for part in parts for block in part])
