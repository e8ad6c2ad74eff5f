"""Which messages are nothing but links."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from digests.blocks import Block, Span
from digests.links import lone_links

URL = "https://example.ru/a"


def message(*spans: str | tuple[str, str]) -> tuple[Block, ...]:
    made = (Span(text=one) if isinstance(one, str) else Span(text=one[0], href=one[1]) for one in spans)
    return (Block(spans=tuple(made)),)


@pytest.mark.parametrize(
    ("blocks", "links"),
    [
        (message(URL), (URL,)),
        (message(f"  {URL}\n"), (URL,)),
        (message(f"<{URL}>."), (URL,)),
        (message("HTTPS://EXAMPLE.RU/A"), ("HTTPS://EXAMPLE.RU/A",)),
        (message((URL, URL)), (URL,)),
        (message(("example.ru/a", URL)), (URL,)),
        (message(("пример.рф", "https://пример.рф")), ("https://пример.рф",)),
        (message((URL, URL), ", ", ("http://b.ru", "http://b.ru")), (URL, "http://b.ru")),
        (message(f"{URL}\n{URL}"), (URL,)),
        (message(("Трамвай вернётся на Садовую", URL)), (URL,)),
        (message(("Трамвай", URL), "\n", ("Мост", "https://example.ru/b")), ()),
        (message(("Слово " * 60, URL)), ()),
        (message(("Иван", "tg://user?id=1")), ()),
        (message("Смотри ", (URL, URL)), ()),
        (message(f"Смотри {URL}"), ()),
        (message("example"), ()),
        (message("ftp://example.ru"), ()),
        ((), ()),
    ],
)
def test_what_is_a_link_alone(blocks: tuple[Block, ...], links: tuple[str, ...]) -> None:
    assert lone_links(blocks) == links


@given(some.text(min_size=1), some.text())
def test_a_word_beside_a_link_makes_a_text_of_it(before: str, after: str) -> None:
    blocks = message(f"{before} {URL} {after}")
    words = [word for word in f"{before} {after}".split() if any(char.isalnum() for char in word)]
    assert not words or lone_links(blocks) != (URL,)
