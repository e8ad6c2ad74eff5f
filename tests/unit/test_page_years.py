"""Pages as Russian regional sites were made in several years: tables and line breaks, old systems, live texts."""

from digests.articles import Draft, RemovalReason
from digests.sections import cut
from digests.sources.page import sourced

TABLES = """<HTML><HEAD><META http-equiv="Content-Type" content="text/html; charset=windows-1251">
<TITLE>Маслозавод остановили на ремонт // Новости // Кедровский вестник</TITLE></HEAD><BODY><TABLE width="100%"><TR>
<TD valign=top><A href="/">Главная</A><BR><A href="/news/">Новости</A><BR><A href="/forum/">Форум</A><BR>
<B>Погода</B><BR>Кедровка: -12..-14</TD><TD valign=top><FONT size=1>17.11.2009 14:32</FONT><BR>
<B class=zag>Маслозавод остановили на ремонт</B><BR><BR>
<IMG src="/1.jpg" align=left>Кедровский маслозавод с понедельника не принимает молоко: на предприятии меняют сепараторы,
которые проработали двадцать шесть лет. Хозяйствам района придётся возить сырьё в Лесогорск.<BR><BR>
Директор завода сообщил, что ремонт обойдётся в 14 миллионов рублей и закончится к новому году.<BR><BR>
<B>Куда повезут молоко</B><BR><BR>Ближайший приёмный пункт находится в сорока километрах, перевозку оплатят.<BR><BR>
<B>Подорожает ли масло</B><BR><BR>В магазинах пока хватает старых запасов, пачка прибавит не больше двух рублей.<BR><BR>
<A href="/print.php?id=1">Версия для печати</A> | <A href="/forum/?t=1">Обсудить на форуме (12)</A><BR>
<HR><B>Другие новости:</B><BR><A href="/news/3">16.11 В школе № 3 открыли зимний сад</A><BR>
<A href="/news/2">15.11 Хор ветеранов вернулся с победой</A><BR></TD></TR></TABLE></BODY></HTML>"""

SYSTEM = """<html><head><meta charset="utf-8"><title>Построят ледовый дворец - Новости - Портал Тихвиля</title></head>
<body><div id="header"><a href="/">Портал Тихвиля</a></div><div id="workarea"><h1 id="pagetitle">Новости</h1>
<div class="news-detail"><span class="news-date-time">04.10.2013 09:15</span><h3>Построят ледовый дворец</h3>
Крытый каток с трибунами на тысячу мест появится на месте бывшего автопарка, строить его начнут весной.<br /><br />
<h4>Сколько это стоит</h4><p>На дворец выделят 320 миллионов рублей: 200 даст область, остальное город.</p>
<h4>Кто будет кататься</h4><p>Утром лёд отдадут спортивным школам, вечером всем желающим, по 150 рублей за час.</p>
<br/>Автор: Марина Снегирь<br/>Теги: <a href="/tags/led">лёд</a><br/>Количество показов: 1834<br/></div></div>
</body></html>"""


def entry(clock: str, heading: str, text: str) -> str:
    head = f"<h3>{heading}</h3>" if heading else ""
    time = f"<div class='Item_time__q'><time datetime='2024-05-11T{clock}:00+03:00'>{clock}</time></div>"
    return f"<div class='Item_root__x'>{time}{head}<p>{text}</p><button>Поделиться</button></div>"


WATER = "Санитарный врач сообщила, что пробы из водопровода чистые на всех девяти точках города."
HOME = "В школе, где разместили эвакуированных, осталось тридцать человек, остальные вернулись."
LEVEL = "Гидропост показал 612 сантиметров при опасной отметке 640, вода убывает с часу ночи."
SUB = "За ночь уровень реки упал на двадцать сантиметров, но в подвалах ещё стоит вода. Следим за паводком."
LIVE = (
    "<html><head><title>Паводок: вода начала уходить – Берег</title></head><body><main>"
    "<h1>Паводок: вода начала уходить</h1>"
    f"<p>{SUB}</p><div>{entry('11:40', 'Воду можно пить', WATER)}{entry('09:15', '', HOME)}"
    f"{entry('07:00', 'Уровень упал', LEVEL)}</div></main></body></html>"
)


def draft(page: str, encoding: str = "utf-8") -> Draft:
    return cut(sourced(page.encode(encoding), None, "https://vesti.example/news/1").blocks)


def shown(found: Draft) -> list[tuple[str, list[str]]]:
    return [(section.title, [block.text for block in section.blocks]) for section in found.sections]


def test_an_article_in_a_table_with_line_breaks() -> None:
    found = draft(TABLES, "cp1251")
    assert found.title == "Маслозавод остановили на ремонт"
    assert [block.text[:22] for block in found.lead] == ["Кедровский маслозавод ", "Директор завода сообщи"]
    assert [heading for heading, _ in shown(found)] == ["Куда повезут молоко", "Подорожает ли масло"]
    assert [link.title for link in found.source_links] == [
        "16.11 В школе № 3 открыли зимний сад", "15.11 Хор ветеранов вернулся с победой"
    ]  # fmt: skip
    assert {one.block.text for one in found.removed if one.reason is RemovalReason.FURNITURE} == {
        "Версия для печати | Обсудить на форуме (12)"
    }


def test_a_rubrics_name_above_the_title_is_not_the_title() -> None:
    found = draft(SYSTEM)
    assert found.title == "Построят ледовый дворец"
    assert [block.text[:22] for block in found.lead] == ["Крытый каток с трибуна"]
    assert [heading for heading, _ in shown(found)] == ["Сколько это стоит", "Кто будет кататься"]
    assert shown(found)[-1][1][-1] == "Автор: Марина Снегирь"
    assert {one.block.text for one in found.removed} >= {"Теги: лёд", "Количество показов: 1834"}


def test_a_heading_of_the_page_stays_its_title_though_another_is_declared() -> None:
    page = SYSTEM.replace('<h1 id="pagetitle">Новости</h1>', "<h1>Каток на тысячу мест будет весной</h1>")
    assert draft(page).title == "Каток на тысячу мест будет весной"


def test_the_entries_of_a_live_text_stay_with_their_times() -> None:
    found = draft(LIVE)
    assert shown(found) == [("Воду можно пить", ["11:40", WATER, "09:15", HOME]), ("Уровень упал", ["07:00", LEVEL])]


def test_cards_of_other_articles_with_buttons_are_no_entries() -> None:
    cards = "".join(
        f"<div class='card'><h4><a href='/{n}'>Другая новость номер {n}</a></h4><p>Её изложение в одной строке.</p>"
        f"<button>Подробнее</button></div>"
        for n in range(4)
    )
    found = draft(LIVE.replace("</main>", f"{cards}</main>"))
    assert "изложение" not in str(shown(found))


def test_a_call_whose_words_lead_to_a_messenger_is_furniture() -> None:
    call = "<p>Берег читают 4 тысячи соседей: <a href='https://t.me/bereg'>подпишитесь</a></p>"
    found = draft(LIVE.replace("</main>", f"{call}</main>"))
    assert [one.block.text for one in found.removed] == ["Берег читают 4 тысячи соседей: подпишитесь"]


def test_a_bold_line_over_its_paragraph_is_a_heading_though_one_break_parts_them() -> None:
    text = f"<b>Что с водой</b><br>{WATER}<br><br>{HOME}<br><br><b>Что с рекой</b><br>{LEVEL}"
    page = f"<html><head><title>Паводок кончился</title></head><body><h1>Паводок кончился</h1><div>{SUB}<br><br>{text}"
    assert shown(draft(page)) == [("Что с водой", [WATER, HOME]), ("Что с рекой", [LEVEL])]


def test_a_list_of_facts_about_the_article_is_not_the_article() -> None:
    facts = "<dt>Подробности</dt><dd>Категория: <a href='/c'>Новости</a></dd><dd>Автор: Админ</dd>"
    actions = "<ul class='actions'><li><a href='#'>Печать</a></li><li><a href='#'>E-mail</a></li></ul>"
    found = draft(LIVE.replace(f"<p>{SUB}", f"{actions}<dl class='article-info'>{facts}</dl><p>{SUB}"))
    assert found.lead[0].text == SUB
    assert not found.removed
