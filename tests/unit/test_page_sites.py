"""Pages as sites of many makes build them: cards between paragraphs, columns, calls, names in two languages."""

import pytest

from digests.sections import cut
from digests.sources import paste
from digests.sources.page import sourced

URL = "https://gazeta.example/2024/05/bridge"
A = "Мост через реку закроют на капитальный ремонт в начале мая, движение перенесут на соседние улицы до осени."
B = "Автобусы пойдут в объезд, а жители левого берега смогут переправиться на пароме, который вернут на линию."
C = "Подрядчик обещает закончить работы к октябрю, хотя в прошлый раз ремонт затянулся на целый лишний год."
CARD = "Почему мосты в области ремонтируют так долго"
HEAD = "<head><title>Мост закроют</title></head>"


def read(body: str, head: str = HEAD) -> tuple[str, list[str], list[str], list[str]]:
    """Return title, headings, lines that readers see, titles of source links."""
    draft = cut(paste.paragraphs(sourced(f"<html>{head}<body>{body}</body></html>".encode(), "utf-8", URL).blocks))
    lines = [block.text for block in (*draft.lead, *(one for section in draft.sections for one in section.blocks))]
    headings = [section.title for section in draft.sections if section.title]
    return draft.title, headings, lines, [link.title for link in draft.source_links]


@pytest.mark.parametrize(
    "between",
    [
        f'<div class="article__inline-item"><span>Общество</span><a href="/n/1"><span>{CARD}</span></a></div>',
        f'<a class="box-inline-topic" href="/n/1"><div><h3>{CARD}</h3></div></a>',
        f'<div class="sc-1tput"><a href="/n/1"><img src="x"></a><a href="/n/1">{CARD}</a></div>',
        f'<aside class="incut"><h4>Читайте также</h4><a href="/n/1">{CARD}</a></aside>',
        f"<p><strong>Читайте также:</strong> <a href='/n/1'>{CARD}</a></p>",
        f"<div><b>По теме:</b><ul><li><a href='/n/1'>{CARD}</a></li></ul></div>",
        f'<section class="RelatedBlock_root__x1"><a href="/n/1">{CARD}</a></section>',
    ],
)
def test_a_card_between_paragraphs_is_a_source_link_and_no_text(between: str) -> None:
    html = f"<main><h1>Мост закроют</h1><div><p>{A}</p>{between}<p>{B}</p><h2>Сроки</h2><p>{C}</p></div></main>"
    assert read(html) == ("Мост закроют", ["Сроки"], [A, B, C], [CARD])


@pytest.mark.parametrize(
    "call",
    [
        '<div class="tg"><p>Подписывайтесь на наш телеграм-канал</p><a class="btn" href="https://t.me/x">Открыть</a></div>',
        "<p>Подписывайтесь на наш телеграм-канал, там быстрее</p>",
        '<div class="x1"><form><label>Главное за неделю</label><input name="email"><button>ОК</button></form></div>',
        '<div class="vote"><p>Статья была полезной?</p><button>Да</button><button>Нет</button></div>',
        '<div><span>Реклама</span><div id="yandex_rtb_R-A-1"></div></div>',
        '<div class="y7"><h3>Об авторе</h3><p>Иван Петров пишет о дорогах и мостах с 1998 года.</p></div>',
        '<div class="toc"><p>Содержание</p><ul><li><a href="#a">Сроки</a></li></ul></div>',
        '<ul class="socials"><li><a href="https://vk.com/share">ВК</a></li><li><a href="https://t.me/share">Телеграм</a></li></ul>',
    ],
)
def test_calls_and_buttons_are_no_text(call: str) -> None:
    html = (
        f"<article><h1>Мост закроют</h1><div><p>{A}</p>{call}<p>{B}</p><h2>Сроки</h2><p>{C}</p>{call}</div></article>"
    )
    title, headings, lines, links = read(html)
    assert (title, headings, lines, links) == ("Мост закроют", ["Сроки"], [A, B, C], [])


def test_names_for_tests_tell_parts_where_classes_are_hashes() -> None:
    said = f"<div data-testid='comments'><div>Иван: {B}</div></div>"
    html = f"<div class='x1'><h1>Мост закроют</h1><div class='x2'><p>{A}</p>{said}<p>{C}</p></div></div>"
    assert read(html)[2] == [A, C]


def test_a_paragraph_a_division_each_is_one_article() -> None:
    blocks = "".join(f'<div class="text-block"><div class="inner"><p>{one}</p></div></div>' for one in (A, B, C))
    assert read(f'<div class="wrap"><h1>Мост закроют</h1>{blocks}</div><div class="wrap2"><a href="/">Ещё</a></div>')[
        2
    ] == [
        A,
        B,
        C,
    ]


def test_a_standfirst_between_title_and_text_is_the_lead() -> None:
    html = (
        f'<div class="top"><h1>Мост закроют</h1><div class="subtitle">До осени</div></div><div class="pic"></div>'
        f'<div class="body"><p>{A}</p><p>{B}</p><h2>Сроки</h2><p>{C}</p></div>'
    )
    assert read(html)[2] == ["До осени", A, B, C]


def test_line_breaks_instead_of_paragraphs_are_read() -> None:
    html = f'<h1>Мост закроют</h1><div class="news-text">{A}<br><br>{B}<br />\n<br />{C}</div>'
    assert read(html)[2] == [A, B, C]


def test_quotes_lists_facts_and_captions_of_the_article_stay() -> None:
    html = (
        f"<article class='article'><h1>Мост закроют</h1><figure><figcaption>Старый мост</figcaption></figure>"
        f"<p>{A}</p><blockquote><p>{B}</p><footer>Мэр города</footer></blockquote><ul><li>май</li><li>октябрь</li></ul>"
        f"<aside><h3>Справка</h3><p>{C}</p></aside><p>{B}</p></article>"
    )
    _, headings, lines, _ = read(html)
    assert headings == ["Справка"]
    assert lines == ["Старый мост", A, B, "Мэр города", "• май", "• октябрь", C, B]


def test_comments_longer_than_the_article_do_not_become_it() -> None:
    said = "".join(f"<div class='comment'><p>Комментарий номер {n}: {B}</p></div>" for n in range(30))
    html = f"<article><h1>Мост закроют</h1><p>{A}</p><p>{C}</p></article><div id='comments'>{said}</div>"
    assert read(html)[2] == [A, C]


def test_a_form_around_the_whole_page_hides_nothing() -> None:
    html = f"<form id='aspnetForm'><input type='hidden'><div><h1>Мост закроют</h1><p>{A}</p><p>{B}</p></div></form>"
    assert read(html)[2] == [A, B]


def test_names_of_furniture_on_the_article_itself_hide_nothing() -> None:
    html = (
        f'<body class="has-sidebar related-on"><div class="page social-page"><article class="post tag-related category-'
        f'popular news-feed"><h1>Мост закроют</h1><div class="widget banner"><p>{A}</p><p>{B}</p><p>{C}</p></div>'
    )
    assert read(html)[2] == [A, B, C]


def test_text_right_to_left_keeps_its_order() -> None:
    text = "أعلنت البلدية إغلاق الجسر أمام حركة المرور ابتداء من مطلع شهر أيار وحتى نهاية فصل الخريف المقبل."
    assert read(f"<article dir='rtl'><h1>الجسر</h1><p>{text}</p><p>{text} نعم</p></article>")[2] == [
        text,
        f"{text} نعم",
    ]
