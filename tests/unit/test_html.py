"""HTML as blocks: what an editor's page says is there, once, in order, in its looks."""

import re
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.blocks import Block, Kind, Style, squeezed
from digests.sections import cut
from digests.sources.html import blocks_of


def lines(html: str, base: str = "") -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in blocks_of(html, base)]


def looks(block: Block) -> list[tuple[str, set[Style], str | None]]:
    return [(span.text, set(span.styles), span.href) for span in block.spans]


def test_headings_paragraphs_quotes_and_code_are_told_apart() -> None:
    html = (
        "<h1>Ставка</h1><p>Банк поднял ставку.</p><h2>Что дальше</h2><blockquote><p>Ждём,</p><p>сказал он.</p>"
        "</blockquote><pre>  if x:\n    y()\n</pre>"
    )
    assert lines(html) == [
        ("h", "Ставка"),
        ("p", "Банк поднял ставку."),
        ("h", "Что дальше"),
        ("q", "Ждём,"),
        ("q", "сказал он."),
        ("pre", "  if x:\n    y()"),
    ]


def test_lists_keep_bullets_and_numbers_at_every_depth() -> None:
    html = "<ul><li>раз<ul><li>внутри</ul><li><p>два</p><p>ещё</p></ul><ol start=3><li>три<ol><li>глубже</ol></ol>"
    assert [text for _, text in lines(html)] == ["• раз", "◦ внутри", "• два", "ещё", "3. три", "3.1. глубже"]


def test_a_heading_inside_an_item_stays_a_heading() -> None:
    assert lines("<ol><li><h3>Сроки</h3><p>До мая.</p></ol>") == [("h", "1. Сроки"), ("l", "До мая.")]


def test_looks_of_words_survive() -> None:
    html = '<p>a <b>b <i>c</i></b> <u>d</u> <del>e</del> <code>f</code> <span style="font-weight: 700">g</span></p>'
    (block,) = blocks_of(html)
    assert [(text, styles) for text, styles, _ in looks(block) if styles] == [
        ("b ", {Style.BOLD}),
        ("c", {Style.BOLD, Style.ITALIC}),
        ("d", {Style.UNDERLINE}),
        ("e", {Style.STRIKE}),
        ("f", {Style.CODE}),
        ("g", {Style.BOLD}),
    ]


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("/x?a=1&amp;b=2", "https://e.ru/x?a=1&b=2"),
        ("//cdn.e.ru/x", "https://cdn.e.ru/x"),
        ("mailto:a@e.ru", "mailto:a@e.ru"),
        ("tg://resolve?domain=e", "tg://resolve?domain=e"),
        ("#part", None),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("http://[broken", None),
        ("ftp://e.ru/x", None),
    ],
)
def test_links_are_absolute_and_only_those_that_open(href: str, address: str | None) -> None:
    (block,) = blocks_of(f'<p><a href="{href}">слово</a>', "https://e.ru/news/1")
    assert looks(block) == [("слово", set(), address)]


def test_a_table_is_read_row_by_row_and_a_layout_is_not_a_table() -> None:
    html = "<table><tr><th>Город<th>Ставка<tr><td>Тула<td>7&nbsp;%</table>"
    assert [text for _, text in lines(html)] == ["Город | Ставка", "Тула | 7\u00a0%"]
    layout = "<table><tr><td><h2>Меры</h2><p>Первая.</p><td><p>Вторая.</p></table>"
    assert lines(layout) == [("h", "Меры"), ("p", "Первая."), ("p", "Вторая.")]


def test_what_nobody_sees_is_left_out() -> None:
    html = (
        "<p>до</p><script>a()</script><style>p{}</style><iframe>кадр</iframe><div hidden>скрыто</div>"
        '<p style="display:none">тоже</p><noscript>нет</noscript><svg><text>знак</text></svg><!-- заметка --><p>после'
    )
    assert [text for _, text in lines(html)] == ["до", "после"]


def test_line_breaks_entities_and_invisible_signs_read_as_in_a_browser() -> None:
    html = "<p>При&shy;вет,\n  мир&nbsp;&mdash; &laquo;да&raquo;.<br>Строка<br><br>Абзац</p><p>&nbsp;</p>"
    assert [text for _, text in lines(html)] == ["Привет, мир\u00a0— «да».\nСтрока", "Абзац"]


@pytest.mark.parametrize("tag", ["div", "b", "blockquote", "ul", "table", "span", "h2"])
def test_absurd_nesting_loses_no_text(tag: str) -> None:
    html = f"<p>до</p>{f'<{tag}>' * 10_000}глубина{f'</{tag}>' * 10_000}<p>после</p>"
    text = squeezed("".join(text for _, text in lines(html)))
    assert re.sub("[•◦▪]", "", text) == "доглубинапосле"


@pytest.mark.parametrize("html", ["", "   ", "<!-- x -->", "<html></html>", "<p></p><br>", "<script>x</script>"])
def test_nothing_in_it_makes_no_blocks(html: str) -> None:
    assert blocks_of(html) == ()


def test_an_xml_declaration_in_a_page_already_decoded_does_no_harm() -> None:
    assert lines('<?xml version="1.0" encoding="windows-1251"?><html><body><p>тест') == [("p", "тест")]


def test_headings_of_the_page_become_the_sections() -> None:
    draft = cut(blocks_of("<h1>Титул</h1><p>Вводка.</p><h2>Один</h2><p>Текст.</p><h3>Два</h3><p>Ещё текст.</p>"))
    assert draft.title == "Титул"
    assert [section.title for section in draft.sections] == ["Один", "Два"]


WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=20)
TAG_NAMES = "p div h2 b i a li ul ol blockquote td tr table span em section figure figcaption br"
TAGS = st.sampled_from(TAG_NAMES.split())


@given(st.lists(st.one_of(WORDS.map(escape), TAGS.map("<{}>".format), TAGS.map("</{}>".format)), max_size=40))
def test_no_soup_of_tags_loses_a_letter(pieces: list[str]) -> None:
    html = "".join(pieces)
    kept = "".join(block.text for block in blocks_of(html))
    expected = re.sub(r"<[^>]*>", "", html)
    letters = [char for char in re.sub(r"&[#\w]+;", "", expected) if char.isalpha()]
    assert [char for char in re.sub("&[#\\w]+;", "", escape(kept)) if char.isalpha()] == letters


@given(st.text(max_size=300))
def test_no_text_whatever_stops_the_reading(text: str) -> None:
    for block in blocks_of(text):
        assert block.text.strip()
        assert block.kind in Kind


@given(st.text(st.sampled_from("<>/!-=\"' pdivhtml&;\0\ud800бв[]#"), max_size=200))
def test_no_markup_whatever_stops_the_reading(text: str) -> None:
    assert all(block.text.strip() for block in blocks_of(text, "https://e.ru"))
