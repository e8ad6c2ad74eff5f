"""What a source hands over becomes a draft of its own, and where it came from is kept."""

import pytest

from digests.articles import ArticleId, UserId
from digests.blocks import Block, Kind, Span, paragraph
from digests.newsroom import Arrival, Newsroom
from digests.origins import Origin, Sourced, site_of, url_key
from digests.related import RelatedIndex
from digests.storage import origins
from digests.storage.engine import Database
from tests.clocks import FakeClock

EDITOR = UserId(7)
PAGE = "https://www.example.ru/news/most/?utm_source=tg#top"
BLOCKS = (
    Block(kind=Kind.HEADING, spans=(Span(text="Мост на Садовой закроют до весны"),)),
    paragraph("Объезд пойдёт по Речной. Ремонт займёт четыре месяца, сказали в мэрии."),
)


@pytest.fixture
def newsroom(database: Database) -> Newsroom:
    return Newsroom(database, FakeClock(), RelatedIndex())


async def test_a_page_becomes_a_closed_draft_with_its_origin(database: Database, newsroom: Newsroom) -> None:
    sourced = Sourced(blocks=BLOCKS, origin=Origin(site="example.ru", url=PAGE))
    draft = await newsroom.take(EDITOR, sourced)
    assert draft.title == "Мост на Садовой закроют до весны"
    assert await newsroom.collecting(EDITOR) is None
    async with database.read() as connection:
        assert await origins.find(connection, draft.id) == sourced.origin
        assert await origins.articles_from(connection, "http://example.ru/news/most") == [draft.id]
        assert await origins.find(connection, ArticleId(draft.id + 1)) is None


async def test_one_message_makes_one_draft_and_imports_make_one_each(newsroom: Newsroom) -> None:
    sourced = Sourced(blocks=BLOCKS)
    first = await newsroom.take(EDITOR, sourced, message_id=5)
    assert await newsroom.take(EDITOR, sourced, message_id=5) == first
    assert (await newsroom.take(EDITOR, sourced)).id != (await newsroom.take(EDITOR, sourced)).id


async def test_an_import_leaves_alone_what_an_editor_collects(newsroom: Newsroom) -> None:
    empty = await newsroom.begin(EDITOR)
    await newsroom.take(EDITOR, Sourced(blocks=BLOCKS))
    assert await newsroom.collecting(EDITOR) == empty
    begun = await newsroom.submit(EDITOR, 7, BLOCKS, Arrival.TEXT)
    await newsroom.take(EDITOR, Sourced(blocks=BLOCKS))
    assert await newsroom.collecting(EDITOR) == begun


async def test_a_link_is_what_an_empty_draft_waited_for_and_a_begun_one_goes_on(newsroom: Newsroom) -> None:
    await newsroom.begin(EDITOR)
    await newsroom.take(EDITOR, Sourced(blocks=BLOCKS), message_id=5)
    assert await newsroom.collecting(EDITOR) is None
    await newsroom.begin(EDITOR)
    begun = await newsroom.submit(EDITOR, 7, BLOCKS, Arrival.TEXT)
    await newsroom.take(EDITOR, Sourced(blocks=BLOCKS), message_id=8)
    assert await newsroom.collecting(EDITOR) == begun


@pytest.mark.parametrize(
    "path", ["%00", "%0A%7F", "ъ" * 2000, "a" * 2000, "?" + "," * 2000, "%F0%9F%98%80" * 300, "%ED%A0%80"]
)
async def test_a_page_with_any_address_is_found_again(database: Database, newsroom: Newsroom, path: str) -> None:
    url = f"https://example.ru/{path}"
    draft = await newsroom.take(EDITOR, Sourced(blocks=BLOCKS, origin=Origin(site="example.ru", url=url)))
    async with database.read() as connection:
        assert await origins.articles_from(connection, url) == [draft.id]
        assert await origins.articles_from(connection, f"{url}x") == []


async def test_what_is_from_no_page_is_found_under_no_address(database: Database, newsroom: Newsroom) -> None:
    await newsroom.take(EDITOR, Sourced(blocks=BLOCKS, origin=Origin(site="t.me/c/1")))
    async with database.read() as connection:
        for url in ("", "http://", "https:///x", "http://[::1/"):
            assert await origins.articles_from(connection, url) == []


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("https://пример.рф/новости", "https://xn--e1afmkfd.xn--p1ai/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8", True),
        ("https://example.ru/?reference=1", "https://example.ru/?reference=2", False),
        ("https://example.ru/?from_id=1", "https://example.ru/", False),
        ("https://example.ru/?from=tg&ref=x", "https://example.ru/", True),
        ("https://example.ru/?print", "https://example.ru/", False),
        ("https://www.example.ru/a/", "http://example.ru/a?utm_medium=x&yclid=1#c", True),
        ("https://example.ru/?id=1&p=2", "https://example.ru/?p=2&id=1", True),
        ("https://example.ru/?id=1", "https://example.ru/?id=2", False),
        ("https://example.ru/a", "https://other.ru/a", False),
    ],
)
def test_addresses_of_one_page(one: str, other: str, is_same: bool) -> None:
    assert (url_key(one) == url_key(other)) is is_same


def test_the_site_of_an_address() -> None:
    assert site_of("https://www.Example.ru:8080/a") == "example.ru"
    assert site_of("мост") == ""
    assert site_of("https://www.xn--e1afmkfd.xn--p1ai/a") == site_of("http://Пример.рф/") == "пример.рф"
    assert site_of("http://[::1/") == ""
