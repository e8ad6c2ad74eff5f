"""Blocks as Telegram's HTML: what its own parser makes of our tags."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views.markup import bold, clipped, escaped, html, line, link
from digests.blocks import Block, Kind, Span, Style, paragraph, utf16_length
from tests.screens import markup as telegram

STYLES = st.frozensets(st.sampled_from(Style))
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30)
HOSTILE = st.sampled_from(["<script>alert(1)</script>", "&amp;&lt;", "a & b < c > d", "</b></a>", "שלום", "👩‍👩‍👧 ё"])
HREFS = st.none() | st.sampled_from(
    ['https://e.org/?a=1&b="2"', "http://e.org/'x'", "javascript:alert(1)", "tg://user?id=1", "mailto:a@b.c", "e.org"]
)
SPANS = st.lists(
    st.builds(lambda text, styles, href: Span(text=text, styles=styles, href=href), WORDS | HOSTILE, STYLES, HREFS),
    min_size=1,
    max_size=6,
)
BLOCKS = st.lists(st.builds(lambda kind, spans: Block(kind=kind, spans=tuple(spans)), st.sampled_from(Kind), SPANS),
                  min_size=1, max_size=8)  # fmt: skip


def shown(markup: str) -> str:
    text, _ = telegram.parsed(markup, "HTML")
    return str(text)


def found(markup: str) -> list[tuple[str, str]]:
    """Return the entities as (kind, text)."""
    content = telegram.formatted(markup, "HTML")
    units = content.text.encode("utf-16-le")
    return [
        (entity["type"], units[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2].decode("utf-16-le"))
        for entity in content.entities
    ]


@given(BLOCKS)
def test_telegram_shows_every_character_of_every_block_in_order(blocks: list[Block]) -> None:
    squeezed = "".join(shown(html(blocks)).split())
    assert squeezed == "".join("".join(block.text for block in blocks).split())


@given(st.text(st.characters(codec="utf-8")))
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    assert shown(bold("x") + escaped(text)) == "x" + text


@given(WORDS | HOSTILE, st.integers(2, 40))
def test_clipped_text_fits_and_says_that_it_was_cut(text: str, limit: int) -> None:
    cut = clipped(text, limit)
    assert utf16_length(cut) <= limit
    assert cut == " ".join(text.split()) or cut.endswith("…")


def test_a_script_is_text() -> None:
    assert html([paragraph("<script>alert(1)</script>")]) == "&lt;script&gt;alert(1)&lt;/script&gt;"


def test_styles_that_overlap_nest() -> None:
    spans = (
        Span(text="a", styles=frozenset({Style.ITALIC})),
        Span(text="b", styles=frozenset({Style.ITALIC, Style.BOLD})),
        Span(text="c", styles=frozenset({Style.BOLD})),
    )
    assert html([Block(spans=spans)]) == "<i>a<b>b</b></i><b>c</b>"


def test_a_tag_that_lasts_longer_opens_first() -> None:
    spans = (
        Span(text="a", styles=frozenset({Style.BOLD, Style.ITALIC})),
        Span(text="b", styles=frozenset({Style.ITALIC})),
    )
    assert html([Block(spans=spans)]) == "<i><b>a</b>b</i>"


def test_code_carries_no_other_style() -> None:
    spans = (Span(text="x", styles=frozenset({Style.CODE, Style.BOLD})),)
    assert html([Block(spans=spans)]) == "<code>x</code>"


def test_a_heading_is_bold_throughout() -> None:
    spans = (Span(text="Дороги: "), Span(text="схема", styles=frozenset({Style.ITALIC})))
    assert html([Block(kind=Kind.HEADING, spans=spans)]) == "<b>Дороги: <i>схема</i></b>"


def test_list_items_touch_and_paragraphs_stand_apart() -> None:
    items = [Block(kind=Kind.LIST_ITEM, spans=(Span(text=f"• {n}"),)) for n in (1, 2)]
    assert html([paragraph("a"), *items, paragraph("b")]) == "a\n\n• 1\n• 2\n\nb"


def test_quotes_in_a_row_are_one_quotation() -> None:
    quotes = [Block(kind=Kind.QUOTE, spans=(Span(text=text),)) for text in "abc"]
    assert html([*quotes, paragraph("d")]) == "<blockquote>a\n\nb\n\nc</blockquote>\n\nd"


@pytest.mark.parametrize("href", ['https://e.org/?a=1&b="2"', "http://e.org/'x'<y>", "HTTPS://e.org"])
def test_a_link_leads_where_it_should(href: str) -> None:
    assert found(link("сюда", href)) == [("text_link", "сюда")]


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "mailto:a@b.c", "ftp://e.org", "/path", "", "data:text/html,x"]
)
def test_an_address_of_another_kind_is_plain_text(href: str) -> None:
    assert html([Block(spans=(Span(text="сюда", href=href),))]) == "сюда"


def test_one_link_over_several_styles_stays_one_link() -> None:
    href = "https://e.org/"
    spans = (Span(text="a ", href=href), Span(text="b", href=href, styles=frozenset({Style.BOLD})))
    assert found(html([Block(spans=spans)])) == [("text_link", "a b"), ("bold", "b")]


def test_preformatted_text_keeps_its_spaces() -> None:
    block = Block(kind=Kind.PREFORMATTED, spans=(Span(text="a  <b>\n   c"),))
    assert found(html([block])) == [("pre", "a  <b>\n   c")]


def test_foreign_text_cannot_turn_our_line_around() -> None:
    assert line("שלום\nעולם") == "\u2068שלום עולם\u2069"
    assert line("\u202ehidden") == "\u2068\u202ehidden\u2069"
    assert line("Мост & река") == "Мост &amp; река"


def test_blank_blocks_leave_no_trace() -> None:
    assert html([paragraph("a"), paragraph(" "), paragraph("b")]) == "a\n\nb"
