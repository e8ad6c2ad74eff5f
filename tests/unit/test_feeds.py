"""Feeds and WordPress answers as items: encodings, full texts, teasers, what is broken, what is huge."""

import json
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.blocks import Kind, Style, plain
from digests.feed_errors import NotAFeed, NotWordPress
from digests.feeds import Notice, Recognised, Shown, SourceKind
from digests.origins import Origin, Sourced
from digests.sources import feed, recognising, wordpress
from digests.sources.items import READ, web_link
from tests.webs import LONG, Entry, rss

URL = "https://vesti.example.ru/rss"
MOST = Entry(title="Мост закрыли", link="https://vesti.example.ru/most", guid="1")


def parsed(text: str, encoding: str = "utf-8", kind: str = "application/rss+xml") -> Shown:
    return feed.parse(text.encode(encoding), kind, URL)


def channel(item: str, declared: str = "utf-8") -> str:
    return (
        f"<?xml version='1.0' encoding='{declared}'?><rss version='2.0' xmlns:yandex='http://news.yandex.ru' "
        "xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        f"<channel><title>Вести</title>{item}</channel></rss>"
    )


def test_an_item_has_title_text_address_rubrics_and_date() -> None:
    shown = parsed(rss([Entry(title="Мост закрыли", link="/most", guid="1", category="Город")]))
    [item] = shown.items
    assert shown.title == "Городские вести"
    assert item.key == "1"
    assert item.sourced.blocks[0].kind is Kind.HEADING
    assert item.sourced.blocks[0].text == "Мост закрыли"
    assert item.sourced.origin == Origin(site="vesti.example.ru", url="https://vesti.example.ru/most")
    assert item.sourced.rubrics == ("Город",)
    assert item.sourced.published_at == datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    assert not item.is_teaser


def test_the_encoding_is_the_one_that_the_xml_declares_whatever_the_server_says() -> None:
    text = rss([MOST]).replace("encoding='utf-8'", "encoding='windows-1251'")
    shown = feed.parse(text.encode("cp1251"), "text/xml; charset=utf-8", URL)
    assert shown.items[0].sourced.blocks[0].text == "Мост закрыли"
    assert "Дорожники" in plain(shown.items[0].sourced.blocks)


def test_markup_of_the_full_text_is_kept_and_scripts_are_not() -> None:
    body = "<h2>Сроки</h2><p>До <b>весны</b>. <a href='/plan'>План</a></p><script>alert(1)</script>" + LONG * 4
    [item] = parsed(channel(f"<item><title>А</title><link>{URL}/1</link><content:encoded><![CDATA[{body}]]>"
                            "</content:encoded><description>Коротко</description></item>")).items  # fmt: skip
    spans = {span.text: span for block in item.sourced.blocks for span in block.spans}
    assert Style.BOLD in spans["весны"].styles
    assert spans["План"].href == "https://vesti.example.ru/plan"
    assert "alert" not in plain(item.sourced.blocks)
    assert [block.text for block in item.sourced.blocks if block.kind is Kind.HEADING] == ["А", "Сроки"]


def test_the_full_text_for_aggregators_is_taken_before_the_description() -> None:
    [item] = parsed(channel(f"<item><title>А</title><link>{URL}/1</link><description>Коротко</description>"
                            f"<yandex:full-text>{LONG}</yandex:full-text></item>")).items  # fmt: skip
    assert "Автобусы" in plain(item.sourced.blocks)
    assert not item.is_teaser


@pytest.mark.parametrize(
    ("text", "is_teaser"),
    [("<description>Коротко о мосте</description>", True),
     (f"<description>{LONG * 5}</description>", False),
     (f"<description>{LONG * 5}…</description>", True),
     (f"<content:encoded>{LONG}</content:encoded>", False),
     (f"<content:encoded>{LONG} [&amp;#8230;]</content:encoded>", True),
     ("", True)],
)  # fmt: skip
def test_what_is_only_a_beginning(text: str, is_teaser: bool) -> None:
    [item] = parsed(channel(f"<item><title>А</title><link>{URL}/1</link>{text}</item>")).items
    assert item.is_teaser is is_teaser


def test_a_text_without_an_address_is_all_there_is() -> None:
    [item] = parsed(channel("<item><title>А</title><description>Коротко</description></item>")).items
    assert not item.is_teaser
    assert item.sourced.origin is None


def test_a_teaser_gets_its_page_under_its_own_title() -> None:
    [item] = parsed(channel(f"<item><title>А</title><link>{URL}/1</link><category>Город</category>"
                            "<description>Коротко</description></item>")).items  # fmt: skip
    page = Sourced(blocks=parsed(rss([MOST])).items[0].sourced.blocks, rubrics=("Прочее",))
    whole = feed.whole(item, page)
    assert [block.text for block in whole.sourced.blocks if block.kind is Kind.HEADING] == ["А"]
    assert whole.sourced.rubrics == ("Город",)
    assert not whole.is_teaser
    assert feed.whole(item, Sourced(blocks=())) == item


def test_entities_written_twice_over_are_letters() -> None:
    [item] = parsed(channel("<item><title>Коля &amp;amp; Маша &amp;laquo;да&amp;raquo;</title></item>")).items
    assert item.sourced.blocks[0].text == "Коля & Маша «да»"


def test_broken_xml_is_read_as_far_as_it_can_be() -> None:
    whole = rss([MOST, Entry(title="Парк & сад", link="https://vesti.example.ru/park", guid="2")])
    assert [item.key for item in parsed(whole).items] == ["1", "2"]
    cut = whole[: whole.index("Парк") + 4]
    assert [item.key for item in parsed(cut).items] == ["1"]
    assert [item.key for item in parsed(whole[: whole.rindex("Дорожники")]).items] == ["1"]


@pytest.mark.parametrize(
    "text", ["", "Технические работы", "<html><head><title>404</title></head><body><p>Нет</p></body></html>",
             "http://127.0.0.1:1/rss", "/etc/passwd", "{}"]
)  # fmt: skip
def test_what_is_no_feed_is_said_so(text: str) -> None:
    with pytest.raises(NotAFeed):
        parsed(text, kind="text/html")


@given(st.binary(max_size=300))
def test_no_bytes_break_it(body: bytes) -> None:
    for reading in (partial(feed.parse, body, "text/xml", URL), partial(wordpress.parse, body)):
        try:
            assert isinstance(reading(), Shown)
        except (NotAFeed, NotWordPress):
            continue


ATOM = (
    "<{0}feed xmlns{1}='http://www.w3.org/2005/Atom'><{0}entry><{0}title>А</{0}title><{0}id>urn:1</{0}id></{0}entry>"
    "</{0}feed>"
)


@pytest.mark.parametrize(
    "text",
    [
        ATOM.format("", ""),
        ATOM.format("a:", ":a"),
        "<?xml version='1.0'?>\n<!-- " + "x" * 9000 + " -->" + ATOM.format("", ""),
    ],
    ids=["bare", "prefix", "comment"],
)
def test_a_feed_is_known_by_its_root(text: str) -> None:
    assert [item.key for item in parsed(text).items] == ["urn:1"]


def test_a_feed_may_be_in_utf_16() -> None:
    text = "<?xml version='1.0' encoding='utf-16'?>" + ATOM.format("", "")
    assert [item.key for item in parsed(text, "utf-16", "application/xml").items] == ["urn:1"]


def test_a_page_of_ten_megabytes_is_no_feed_at_once() -> None:
    with pytest.raises(NotAFeed):
        parsed("<html><body>" + "<p>Абзац & <b>ещё" * 400_000, kind="text/html")


def test_of_ten_thousand_items_the_newest_are_read_and_the_others_named() -> None:
    items = "".join(
        f"<item><title>Н{number}</title><guid isPermaLink='false'>g{number}</guid><description>{LONG}</description>"
        f"<pubDate>Mon, 23 Nov 2026 {number // 3600 % 24:02}:{number // 60 % 60:02}:"
        f"{number % 60:02} GMT</pubDate></item>"
        for number in range(10_000)
    )
    shown = parsed(channel(items))
    assert len(shown.items) == READ == 100
    assert len(shown.others) == 10_000 - READ
    assert shown.items[0].key == "g9999"
    assert {one.key for one in shown.others} == {f"g{number}" for number in range(10_000 - READ)}


def test_one_guid_on_many_items_names_none_of_them_and_its_repeat_is_one_item() -> None:
    other = Entry(title="Парк открыли", link="https://vesti.example.ru/park", guid="1")
    keys = [item.key for item in parsed(rss([MOST, other])).items]
    assert len(set(keys)) == 2
    assert "1" not in keys
    assert [item.key for item in parsed(rss([MOST, Entry(title="Мост", link=MOST.link, guid="1")])).items] == ["1"]


@pytest.mark.parametrize(("ttl", "minutes"), [("60", 60), ("9999999", 0), ("999999", 1440), ("x", 0), ("-5", 0)])
def test_how_long_a_feed_wants_to_be_left_alone(ttl: str, minutes: int) -> None:
    assert parsed(rss([MOST], f"<ttl>{ttl}</ttl>")).pause == timedelta(minutes=minutes)


def test_a_repaired_link_and_a_changed_guid_share_an_address() -> None:
    one = parsed(rss([MOST])).items[0]
    other = parsed(rss([Entry(title="Мост", link="http://www.vesti.example.ru/most/?utm_medium=x", guid="7")])).items[0]
    assert one.link_key == other.link_key == "vesti.example.ru/most"


@pytest.mark.parametrize(
    ("text", "link"),
    [(" https://e.ru/a ", "https://e.ru/a"), ("javascript:alert(1)", ""), ("//e.ru/a", ""), ("http://[::1", ""),
     ("https://e.ru/" + "a" * 3000, ""), ("https://e.ru/" + "я" * 1500, ""), ("https://e.ru/a\x00b", ""),
     ("https://e.ru/\ud800", ""), ("https://", "")],
)  # fmt: skip
def test_only_addresses_of_the_web_are_kept(text: str, link: str) -> None:
    assert web_link(text) == link


# --- WordPress ---------------------------------------------------------------------------------------------------

POST = {
    "id": 17,
    "date_gmt": "2026-11-23T09:00:00",
    "modified_gmt": "2026-11-23T09:30:00",
    "link": "https://blog.example.ru/most/",
    "title": {"rendered": "Мост &#8212; закрыли"},
    "content": {"rendered": f"<h2>Сроки</h2><p>{LONG}</p>", "protected": False},
    "_embedded": {
        "wp:term": [
            [{"taxonomy": "category", "name": "Город &amp; люди"}],
            [{"taxonomy": "post_tag", "name": "мосты"}],
        ],
        "wp:featuredmedia": [{"caption": {"rendered": "<p>Мост ночью</p>"}}],
    },
}


def post(**changes: object) -> bytes:
    return json.dumps([{**POST, **changes}]).encode()


def test_a_post_has_title_text_categories_caption_and_times() -> None:
    [item] = wordpress.parse(post()).items
    assert item.key == "post:17"
    assert [block.text for block in item.sourced.blocks if block.kind is Kind.HEADING] == ["Мост — закрыли", "Сроки"]
    assert item.sourced.blocks[-1].text == "Мост ночью"
    assert item.sourced.rubrics == ("Город & люди",)
    assert item.sourced.origin == Origin(site="blog.example.ru", url="https://blog.example.ru/most/")
    assert item.modified_at == datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def test_a_caption_that_the_text_has_is_not_repeated() -> None:
    [item] = wordpress.parse(post(content={"rendered": "<figcaption>Мост  ночью</figcaption><p>Да</p>"})).items
    assert plain(item.sourced.blocks).count("ночью") == 1


@pytest.mark.parametrize(
    "changes",
    [{"title": None}, {"content": "<p>x</p>"}, {"_embedded": []}, {"_embedded": {"wp:term": "x"}}, {"link": 5},
     {"modified_gmt": "вчера"}, {"_embedded": {"wp:featuredmedia": [{"code": "rest_forbidden"}]}}],
)  # fmt: skip
def test_what_is_not_as_expected_is_left_out(changes: dict[str, object]) -> None:
    assert len(wordpress.parse(post(**changes)).items) == 1


@pytest.mark.parametrize("body", [b"", b"<html>", b"{}", b'{"code":"rest_no_route"}', b"[1]", b"[" * 100_000, b"\xff"])
def test_what_is_no_answer_of_wordpress(body: bytes) -> None:
    with pytest.raises(NotWordPress):
        wordpress.parse(body)


def test_where_posts_are_asked_for() -> None:
    pretty = wordpress.posts_url("https://blog.example.ru/wp-json/", modified_after=None)
    assert pretty.startswith("https://blog.example.ru/wp-json/wp/v2/posts?")
    assert "orderby=date&order=desc" in pretty
    since = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    plain_route = wordpress.posts_url("https://blog.example.ru/?rest_route=/", modified_after=since, page=2)
    assert "rest_route=%2Fwp%2Fv2%2Fposts" in plain_route
    assert "modified_after=2026-11-23T12%3A00%3A00Z" in plain_route
    assert "orderby=modified&order=asc" in plain_route
    assert "page=2" in plain_route


# --- what is at an address -----------------------------------------------------------------------------------------


def named(head: str) -> tuple[Recognised, ...]:
    return recognising.named_by(f"<html><head>{head}</head><body></body></html>".encode(), "utf-8", "https://e.ru/a/")


def test_a_page_names_its_feeds_but_not_those_of_comments() -> None:
    found = named(
        "<link rel='alternate' type='application/rss+xml' title='Комментарии' href='/comments/feed/'>"
        "<link rel='alternate' type='application/rss+xml' title='Вести' href='rss.xml'>"
        "<link rel='alternate' hreflang='en' href='/en'><link rel=stylesheet href='/x.css'>"
    )
    assert found == (Recognised(kind=SourceKind.FEED, url="https://e.ru/a/rss.xml", title="Вести"),)


def test_the_api_of_a_site_comes_before_its_feed() -> None:
    found = named(
        "<link rel='alternate' type='application/atom+xml' href='/atom'>"
        "<link rel='https://api.w.org/' href='https://e.ru/wp-json/'>"
    )
    assert [one.url for one in found] == ["https://e.ru/wp-json/", "https://e.ru/atom"]


def test_wordpress_is_known_by_its_traces_too() -> None:
    assert named("<link rel=stylesheet href='/wp-content/a.css'>")[0].url == "https://e.ru/wp-json/"
    assert named("<p>Просто страница") == ()


def test_a_notice_survives_the_database_and_adds_up() -> None:
    notice = Notice(drafts=1, held={"teaser": 1}) + Notice(drafts=2, held={"teaser": 2}, older=3, off="Slow")
    assert notice == Notice(drafts=3, held={"teaser": 3}, older=3, off="Slow")
    assert Notice.load(notice.dump()) == notice
    assert not Notice()
