"""How sections become pages: where a reader would break them, within what a message holds."""

from itertools import groupby

import pytest

from digests import costs
from digests.articles import Draft, Section, TitleOrigin
from digests.blocks import Block, Kind, Span, Style, paragraph, squeezed, utf16_length
from digests.pages import Budget, Page, locate, pages, paginate

SENTENCE = "Мост на Садовой закроют до весны, автобусы пойдут по Речной. "


def prose(characters: int, mark: str = "") -> Block:
    return paragraph((mark + SENTENCE * (characters // len(SENTENCE) + 1))[:characters].strip())


def heading(text: str) -> Block:
    return Block(kind=Kind.HEADING, spans=(Span(text=text),))


def item(text: str) -> Block:
    return Block(kind=Kind.LIST_ITEM, spans=(Span(text=text),))


def text_of(page: Page) -> str:
    return "\n".join(block.text for block in page)


def draft(lead: tuple[Block, ...] = (), *sections: Section) -> Draft:
    return Draft(
        title="Заголовок", title_origin=TitleOrigin.TEXT, lead=lead, sections=sections, removed=(), source_links=()
    )


def test_what_fits_is_one_page_as_it_was() -> None:
    blocks = (heading("Почему закрывают"), prose(900), item("• раз"), item("• два"))

    assert paginate(blocks) == (blocks,)


def test_nothing_is_one_empty_page() -> None:
    assert paginate(()) == ((),)
    assert paginate((paragraph(" \n "),)) == ((),)


def test_a_page_ends_between_paragraphs() -> None:
    blocks = [prose(700, f"{i}. ") for i in range(8)]

    found = paginate(blocks)

    assert len(found) == 2
    assert [block for page in found for block in page] == blocks


def test_the_last_page_is_not_a_mere_remainder() -> None:
    found = paginate([prose(480) for _ in range(7)])

    assert [len(page) for page in found] == [4, 3]


def test_a_long_paragraph_is_divided_between_sentences() -> None:
    found = paginate([paragraph("Он сказал: «Т. е. в 5 ч. утра». Потом ушёл. " * 200)])

    assert len(found) == 3
    assert all(page[0].text.startswith("Он сказал") or page[0].text.startswith("Потом") for page in found)
    assert all(page[-1].text.endswith((".", "»")) for page in found)


def test_the_rest_of_a_divided_paragraph_says_that_it_goes_on() -> None:
    first, *rest = (page[0] for page in paginate([prose(9_000)]))

    assert not first.continues
    assert rest
    assert all(block.continues for block in rest)


def test_a_sentence_longer_than_a_page_is_divided_between_words() -> None:
    words = [f"слово{i}" for i in range(2_000)]

    found = paginate([paragraph(" ".join(words))])

    assert [word for page in found for word in page[0].text.split(" ")] == words


def test_a_word_longer_than_a_page_is_divided_between_letters() -> None:
    found = paginate([paragraph("я" * 5_000)])

    assert [len(text_of(page)) for page in found] == [2_500, 2_500]


@pytest.mark.parametrize("sign", ["👨‍👩‍👧", "🇷🇺", "👍🏽", "й\u0306\u0301", "e\u0301", "각"])
def test_a_sign_is_never_cut_in_two(sign: str) -> None:
    found = paginate([paragraph(sign * 4_000)])

    assert len(found) > 1
    assert all(text_of(page) == sign * (len(text_of(page)) // len(sign)) for page in found)


def test_a_letter_under_a_mountain_of_marks_is_cut_all_the_same() -> None:
    found = paginate([paragraph("а" + "\u0301" * 9_000)])

    assert all(utf16_length(text_of(page)) <= Budget().utf16 for page in found)


def test_a_heading_does_not_stay_alone_at_the_foot_of_a_page() -> None:
    for size in range(2_300, 3_001, 20):
        found = paginate([prose(size), heading("Что дальше"), prose(2_000)])

        assert all(page[-1].kind is not Kind.HEADING for page in found)


def test_a_heading_keeps_the_beginning_of_a_paragraph_of_one_endless_sentence() -> None:
    found = paginate([prose(1_000), heading("Что дальше"), paragraph("слово " * 480)])

    assert all(page[-1].kind is not Kind.HEADING for page in found)


def test_a_list_stays_with_the_line_that_introduces_it() -> None:
    found = paginate([prose(2_920), paragraph("Понадобятся:"), item("• паспорт"), item("• заявление"), prose(700)])

    assert found[0][-1].text != "Понадобятся:"


def test_code_is_divided_between_lines_and_keeps_its_indentation() -> None:
    code = "\n".join(f"    return {i}" for i in range(600))

    found = paginate([Block(kind=Kind.PREFORMATTED, spans=(Span(text=code),))])

    assert "\n".join(text_of(page) for page in found) == code


def test_styles_and_links_go_on_over_the_border_of_pages() -> None:
    spans = (Span(text=SENTENCE * 40, styles=frozenset({Style.BOLD})), Span(text=SENTENCE * 40, href="https://a.ru/"))

    found = paginate([Block(spans=spans)])

    looks = [(span.styles, span.href) for page in found for span in page[0].spans]
    assert len(found) == 2
    assert [look for look, _ in groupby(looks)] == [(frozenset({Style.BOLD}), None), (frozenset(), "https://a.ru/")]


def test_entities_are_counted_with_those_that_telegram_finds_itself() -> None:
    tags = paragraph(" ".join(f"#тег{i}" for i in range(200)))

    found = paginate([tags])

    assert len(found) >= 3
    assert all(text_of(page).count("#") <= 88 for page in found)


@pytest.mark.parametrize(
    "text",
    ["https://город.рф/мост", "город.рф", "svodka@example.com", "@svodka_bot", "#мост", "/start", "+7 812 555-35-35",
     "4276 5500 1234 5678", "$USD"],
)  # fmt: skip
def test_what_telegram_makes_a_link_counts_as_an_entity(text: str) -> None:
    assert costs.of_block(paragraph(f"Пишите: {text} всегда")).entities >= 1


def test_prose_with_numbers_and_dates_costs_no_entities() -> None:
    assert costs.of_block(paragraph("В 2026 году, 23.11, в 18:40, т. е. на 5 % и/или 1,5 раза — «да».")).entities == 0


def test_markup_counts_in_bytes_after_escaping() -> None:
    cost = costs.of_block(Block(spans=(Span(text="а<b>", styles=frozenset({Style.BOLD}), href="https://a.ru/?x&y"),)))

    assert cost.utf16 == 4
    assert cost.markup_bytes == len('<b><a href="https://a.ru/?x&amp;y">а&lt;b&gt;</a></b>'.encode())
    assert cost.entities == 2


def test_signs_that_grow_by_escaping_make_smaller_pages() -> None:
    found = paginate([paragraph("&" * 20_000)], Budget(markup_bytes=5_000))

    assert all(len(text_of(page)) * 5 <= 5_000 for page in found)


def test_every_section_has_its_heading_at_its_head() -> None:
    section = Section(heading=(Span(text="Почему"),), blocks=(prose(300),))

    assert pages(draft((), section, section)) == (((heading("Почему"), prose(300)),),) * 2


def test_the_lead_stands_before_the_heading_of_the_first_section() -> None:
    section = Section(heading=(Span(text="Почему"),), blocks=(prose(300),))

    first, second = pages(draft((prose(100),), section, section))

    assert [block.text for block in first[0]] == [prose(100).text, "Почему", prose(300).text]
    assert [block.text for block in second[0]] == ["Почему", prose(300).text]


def test_an_article_of_nothing_but_a_title_has_one_empty_page() -> None:
    assert pages(draft()) == (((),),)


def test_an_article_of_nothing_but_a_lead_has_one_page() -> None:
    assert pages(draft((prose(100),))) == (((prose(100),),),)


@pytest.mark.parametrize(
    ("asked", "found"),
    [((0, 0), (0, 0)), ((0, 1), (0, 1)), ((1, 5), (1, 0)), ((7, 1), (1, 0)), ((-1, -1), (0, 0))],
)
def test_an_old_button_finds_the_nearest_page(asked: tuple[int, int], found: tuple[int, int]) -> None:
    article_pages: tuple[tuple[Page, ...], ...] = (((), ()), ((),))

    assert locate(article_pages, *asked) == found


def test_white_space_alone_makes_no_page() -> None:
    found = paginate([paragraph("начало" + " " * 20_000 + "конец")])

    assert squeezed("".join(text_of(page) for page in found)) == "началоконец"
    assert all(text_of(page).strip() for page in found)
