"""Formatted text: Telegram's nesting rules, and that nothing is lost whatever comes in."""

from html import escape

from hypothesis import given
from hypothesis import strategies as st

from sandbox.entities import SPLITTABLE, Span
from sandbox.errors import ApiError
from sandbox.markup import Content, explicit, finished, formatted
from sandbox.wire import utf16_length


def seen(content: Content) -> list[tuple[str, str]]:
    units = content.text.encode("utf-16-le")
    return [
        (entity["type"], units[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le"))
        for entity in content.entities
    ]


def test_touching_styles_become_one() -> None:
    assert seen(formatted("<b>раз</b><b>два</b>", "HTML")) == [("bold", "раздва")]


def test_a_style_is_cut_where_another_begins() -> None:
    content = formatted("<b>раз <i>два</i> три</b>", "HTML")
    assert seen(content) == [("bold", "раз "), ("bold", "два три"), ("italic", "два")]


def test_white_space_in_front_of_a_style_is_not_styled_and_blank_styles_vanish() -> None:
    assert seen(formatted("раз<b> два</b> <i> </i> три", "HTML")) == [("bold", "два")]


def test_white_space_inside_a_style_at_the_start_of_the_text_is_cut_off_as_well() -> None:
    content = formatted("<b>  раз</b> два", "HTML")
    assert content.text == "раз два"
    assert seen(content) == [("bold", "раз")]


def test_a_quote_may_hold_links_and_styles() -> None:
    content = formatted('<blockquote expandable>раз <a href="ya.ru">два</a> <b>три</b></blockquote>', "HTML")
    assert [kind for kind, _ in seen(content)] == ["expandable_blockquote", "text_link", "bold"]


def test_quotes_do_not_nest() -> None:
    content = finished("раз два", explicit([entity("blockquote", 0, 7), entity("blockquote", 2, 3)]))
    assert seen(content) == [("blockquote", "раз два")]


def test_code_holds_no_other_entity() -> None:
    content = formatted("<b>a<code>http://ya.ru</code>b</b>", "HTML")
    assert seen(content) == [("bold", "a"), ("code", "http://ya.ru"), ("bold", "b")]


def test_a_style_that_crosses_a_link_is_cut_at_its_border() -> None:
    content = finished("abcdef", explicit([entity("bold", 0, 4), {**entity("text_link", 2, 4), "url": "ya.ru"}]))
    assert seen(content) == [("bold", "ab"), ("text_link", "cdef"), ("bold", "cd")]


def test_named_and_numeric_entities_of_html_are_the_four_and_numbers() -> None:
    assert formatted("&lt;&gt;&amp;&quot;&#8212;&nbsp;&laquo;", "HTML").text == '<>&"—&nbsp;&laquo;'


def test_a_time_is_shown_in_the_readers_zone() -> None:
    (found,) = formatted('<tg-time unix="1647531900" format="wDT">утром</tg-time>', "HTML").entities
    assert (found["type"], found["unix_time"], found["date_time_format"]) == ("date_time", 1647531900, "wDT")


def entity(kind: str, offset: int, length: int) -> dict[str, object]:
    return {"type": kind, "offset": offset, "length": length}


TEXTS = st.text(st.sampled_from("аБc 😀\n.\t\r@/#<&\u0333"), max_size=40)
KINDS = st.sampled_from([*SPLITTABLE, "blockquote", "code", "pre", "text_link"])


@given(TEXTS)
def test_escaped_text_comes_out_as_it_went_in(text: str) -> None:
    assert formatted(escape(text), "HTML") == formatted(text)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), KINDS), max_size=8))
def test_entities_stay_inside_the_text_and_nest(text: str, given_spans: list[tuple[int, int, str]]) -> None:
    spans = [Span(offset, length, kind, {"url": "http://a.ru"} if kind == "text_link" else {})
             for offset, length, kind in given_spans]  # fmt: skip
    try:
        content = finished(text, spans)
    except ApiError:
        assert any(span.end > utf16_length(text) for span in spans) or "😀" in text
        return
    assert content.text == finished(text, []).text or spans
    places = [(e["offset"], e["offset"] + e["length"], e["type"]) for e in content.entities]
    assert places == sorted(places, key=lambda place: (place[0], -place[1]))
    for start, end, _ in places:
        assert 0 <= start < end <= utf16_length(content.text)
    solid = [place for place in places if place[2] not in SPLITTABLE]
    for start, end, kind in places:
        for low, high, _ in solid:
            crossing = start < low < end < high or low < start < high < end
            assert not crossing, kind


@given(TEXTS)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = finished(text, [])
    assert finished(once.text, []) == once


@given(TEXTS)
def test_only_white_space_and_screen_breakers_are_taken_away(text: str) -> None:
    kept = [letter for letter in text if not letter.isspace() and letter != "\u0333"]
    assert [letter for letter in finished(text, []).text if not letter.isspace()] == kept
