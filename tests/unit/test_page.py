"""Pages of the web: the article comes whole, what stands around it does not."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.blocks import Kind
from digests.errors import DigestError, EmptyText, NotText
from digests.origins import Sourced
from digests.sections import cut
from digests.source_errors import PageEmpty, PageOfLinks, PageOfScripts, PageTooLarge
from digests.sources.page import PAGE_LIMIT, sourced

URL = "https://vesti.example/news/1"
FIRST = "Центральный банк повысил ключевую ставку до восьми процентов, и это решение удивило почти всех на рынке."
SECOND = "Аналитики ждали, что ставка останется прежней до конца года, потому что инфляция уже начала замедляться."
THIRD = "Ипотека подорожает в ближайшие недели: крупные банки обещали пересмотреть условия до конца этого месяца."


def page(body: str, head: str = "") -> str:
    return f"<html><head><title>Ставка растёт — Вести</title>{head}</head><body>{body}</body></html>"


def taken(html: str, charset: str | None = "utf-8", encoding: str = "utf-8") -> Sourced:
    return sourced(html.encode(encoding, "xmlcharrefreplace"), charset, URL)


def texts(found: Sourced) -> list[str]:
    return [block.text for block in found.blocks]


ARTICLE = (
    f"<article><h1>Ставка растёт</h1><p>{FIRST}</p><h2>Чего ждали</h2><p>{SECOND}</p><h2>Что с ипотекой</h2>"
    f"<p>{THIRD}</p></article>"
)
WHOLE = ["Ставка растёт", FIRST, "Чего ждали", SECOND, "Что с ипотекой", THIRD]


def test_headings_and_paragraphs_come_in_their_order() -> None:
    found = taken(page(ARTICLE))
    assert texts(found) == WHOLE
    draft = cut(found.blocks)
    assert draft.title == "Ставка растёт"
    assert [section.title for section in draft.sections] == ["Чего ждали", "Что с ипотекой"]


@pytest.mark.parametrize(
    "around",
    [
        "<nav><a href='/a'>Политика</a> <a href='/b'>Экономика</a></nav>",
        "<div class='social-share'><p>Поделитесь этой новостью с друзьями и коллегами в социальных сетях</p></div>",
        "<div class='cookie-notice'><p>Мы используем файлы cookie, чтобы сайт работал лучше и быстрее.</p></div>",
        "<section id='comments'><h3>Комментарии</h3><p>Иван: какая хорошая статья, спасибо автору!</p></section>",
        "<aside class='sidebar'><h3>Популярное</h3><p>Погода на выходные будет ясной, обещают синоптики.</p></aside>",
        "<div class='subscribeBox'><p>Подписывайтесь на наш канал, чтобы первыми узнавать новости дня.</p></div>",
        "<footer><p>© Вести, 2024. Все права защищены. Перепечатка только с разрешения редакции.</p></footer>",
        "<div class='author-box'><p>Анна Петрова пишет об экономике уже двадцать лет и живёт в Туле.</p></div>",
    ],
)
def test_what_stands_around_the_article_is_no_part_of_it(around: str) -> None:
    inside = ARTICLE.replace("</article>", f"{around}</article>")
    assert texts(taken(page(around + ARTICLE))) == WHOLE
    assert texts(taken(page(ARTICLE + around))) == WHOLE
    assert texts(taken(page(inside))) == WHOLE


def test_links_to_related_articles_become_the_tail() -> None:
    related = (
        "<div class='related-posts'><h3>Ещё по теме</h3><a href='/news/2'>Банки готовят новые условия</a>"
        "<a href='/news/3'>Рубль ответил на решение ростом</a><a href='https://ads.example/'>Купите слона уже</a></div>"
    )
    draft = cut(taken(page(ARTICLE.replace("<h2>Что", f"{related}<h2>Что"))).blocks)
    assert [(link.title, link.href) for link in draft.source_links] == [
        ("Банки готовят новые условия", "https://vesti.example/news/2"),
        ("Рубль ответил на решение ростом", "https://vesti.example/news/3"),
    ]
    assert [section.title for section in draft.sections] == ["Чего ждали", "Что с ипотекой"]


def test_a_page_says_when_it_was_published_and_under_which_rubrics() -> None:
    data = (
        '<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"@type": "NewsArticle", '
        '"datePublished": "2024-05-02T09:30:00+0300", "articleSection": ["Экономика", "Банки"]}]}</script>'
    )
    found = taken(page(ARTICLE, data))
    assert found.published_at == datetime(2024, 5, 2, 6, 30, tzinfo=UTC)
    assert found.rubrics == ("Экономика", "Банки")
    assert found.origin is not None
    assert (found.origin.site, found.origin.url) == ("vesti.example", URL)


def test_rubrics_of_wordpress_are_the_links_to_its_categories() -> None:
    links = "<div class='entry-meta'><a href='/c/1' rel='category tag'>Экономика</a></div>"
    assert taken(page(ARTICLE + links)).rubrics == ("Экономика",)


@pytest.mark.parametrize(
    ("title", "head"),
    [
        ("Ставка растёт — Вести", '<meta property="og:site_name" content="Вести">'),
        ("Ставка растёт | Вести", ""),
        ("Ставка растёт | Экономика | Вести", ""),
        ("Ставка растёт", ""),
    ],
)
def test_a_title_loses_the_name_of_the_site(title: str, head: str) -> None:
    html = (
        f"<html><head><title>{title}</title>{head}</head><body><div><p>{FIRST}</p><p>{SECOND}</p></div></body></html>"
    )
    assert texts(taken(html)) == ["Ставка растёт", FIRST, SECOND]


def test_the_name_of_the_site_in_a_first_level_heading_is_no_title() -> None:
    html = page(f"<header><h1>Вести</h1></header><div><h1>Ставка растёт</h1><p>{FIRST}</p><p>{SECOND}</p></div>")
    assert texts(taken(html)) == ["Ставка растёт", FIRST, SECOND]


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "koi8-r", "utf-16"])
def test_the_encoding_is_found_whoever_tells_it(encoding: str) -> None:
    meta = "" if encoding == "utf-16" else f'<meta charset="{encoding}">'
    assert texts(taken(page(ARTICLE, meta), charset=None, encoding=encoding)) == WHOLE
    assert texts(taken(page(ARTICLE), charset=encoding, encoding=encoding)) == WHOLE
    assert texts(taken(page(ARTICLE), charset=None, encoding=encoding)) == WHOLE


def test_a_wrong_declaration_is_not_believed() -> None:
    assert texts(taken(page(ARTICLE), charset="utf-8", encoding="windows-1251")) == WHOLE


@pytest.mark.parametrize(
    ("html", "error"),
    [
        ("", EmptyText),
        (" \n ", EmptyText),
        ("<html><body></body></html>", PageEmpty),
        ("<html><body><nav><a href='/'>Домой</a></nav></body></html>", PageEmpty),
        ("<html><head><script>load()</script></head><body><div id='app'></div></body></html>", PageOfScripts),
        (
            "<h1>Новости</h1><ul>" + "".join(f"<li><a href='/n/{n}'>Новость дня номер {n}</a></li>" for n in range(30)),
            PageOfLinks,
        ),
        (
            "".join(f"<div><h2><a href='/n/{n}'>Новость дня номер {n}</a></h2><p>Коротко.</p></div>" for n in range(9)),
            PageOfLinks,
        ),
        (
            "".join(f"<article><h2><a href='/n/{n}'>Новость {n}</a></h2><p>{FIRST}</p></article>" for n in range(9)),
            PageOfLinks,
        ),
        ("x" * (PAGE_LIMIT + 1), PageTooLarge),
    ],
)
def test_a_page_without_an_article_is_told_apart(html: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        taken(html)


def test_a_plain_text_keeps_its_paragraphs() -> None:
    assert texts(taken(f"Ставка растёт\n\n{FIRST}\n\n{SECOND}")) == ["Ставка растёт", FIRST, SECOND]


def test_a_picture_under_the_name_of_a_page_is_no_text() -> None:
    with pytest.raises(NotText):
        sourced(b"\x89PNG\r\n" + bytes(1000), None, URL)


def test_a_page_of_scripts_that_tells_its_text_to_search_engines_is_read() -> None:
    data = json.dumps({"@type": "NewsArticle", "headline": "Ставка растёт", "articleBody": f"{FIRST}\n\n{SECOND}"})
    html = f'<html><head><script type="application/ld+json">{data}</script></head><body><div id="app"></div></body>'
    assert texts(taken(html)) == ["Ставка растёт", FIRST, SECOND]


def test_ten_characters_are_a_page_all_the_same() -> None:
    assert texts(taken("Коротко же")) == ["Коротко же"]


@settings(max_examples=40)
@given(st.text(st.sampled_from("<>/!-=\"' abpdivhtmlsc&;\0\ud800бв[]#{}:"), max_size=300))
def test_no_markup_whatever_breaks_the_reading(text: str) -> None:
    try:
        assert sourced(text.encode("utf-8", "surrogatepass"), None, URL).blocks
    except DigestError:
        return


@pytest.mark.parametrize(
    "text",
    [
        "The central bank raised its key rate to eight per cent on Friday, and nearly everybody was surprised by it.",
        "Mərkəzi Bank uçot dərəcəsini səkkiz faizə qaldırdı və bu qərar bazarda demək olar hamını təəccübləndirdi.",
        "رفع البنك المركزي سعر الفائدة الرئيسي إلى ثمانية في المئة، وفاجأ هذا القرار جميع المشاركين في السوق تقريبا.",
    ],
)
def test_articles_of_other_languages_are_read_too(text: str) -> None:
    html = page(ARTICLE.replace(SECOND, text))
    assert text in texts(taken(html))


def test_a_text_that_begins_with_a_heading_keeps_it_when_the_title_is_not_on_the_page() -> None:
    html = f"<div><div class='text'><h2>Чего ждали</h2><p>{FIRST}</p><p>{SECOND}</p></div></div>"
    assert texts(taken(page(html))) == ["Ставка растёт — Вести", "Чего ждали", FIRST, SECOND]


def test_the_title_comes_first_and_once() -> None:
    found = taken(page(ARTICLE.replace("</h1>", "</h1><h2>Ставка растёт</h2>")))
    assert [block.kind for block in found.blocks][:2] == [Kind.HEADING, Kind.PARAGRAPH]
    assert texts(found).count("Ставка растёт") == 1
