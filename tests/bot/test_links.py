"""Editors send links: the page becomes a draft, once; what cannot be read is said in a sentence."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.link_callbacks import TakeAnew
from tests.bot.conftest import World, world_at
from tests.fetching.site import LOOPBACK, Site, serving

TITLE = "Трамвай вернётся на Садовую улицу"
PARAGRAPHS = (
    "Трамваи снова пойдут по Садовой улице с первого декабря, сообщили вчера в городском управлении транспорта.",
    "Рельсы меняли с мая: старые пролежали сорок лет и износились так, что вагоны шли не быстрее пешехода.",
    "За лето рабочие уложили четыре километра пути, поставили новые опоры и перенесли две остановки ближе к домам.",
    "Вагоны будут ходить каждые восемь минут, а вечером — каждые двенадцать. Билет стоит как в автобусе.",
)


def article(title: str = TITLE, paragraphs: tuple[str, ...] = PARAGRAPHS) -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!doctype html><html lang=ru><head><meta charset=utf-8><title>{title}</title></head>"
        f"<body><nav><a href=/>Главная</a></nav><article><h1>{title}</h1>{text}</article></body></html>"
    )


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with serving() as served:
        served.pages["/article"] = ("text/html", article())
        yield served


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with world_at(tmp_path, reach=LOOPBACK) as made:
        yield made


async def drafts(world: World) -> list[str]:
    found, _ = await world.app.newsroom.drafts(offset=0, limit=50)
    return [draft.title for draft in found]


def said(world: World) -> list[str]:
    return [message.text for message in world.editor.messages if message.from_bot]


async def test_a_link_becomes_a_draft_that_is_shown_like_a_paste(world: World, site: Site) -> None:
    await world.editor.send(site.at("/article"))
    preview, card = said(world)
    assert TITLE in preview
    assert "каждые восемь минут" in preview
    assert "Главная" not in preview
    assert "Черновик" in card
    await world.put_out()


@pytest.mark.parametrize("command", ["/add {}", "/add\n{}", "/ADD@svodka_bot {}"])
async def test_add_takes_a_link(world: World, site: Site, command: str) -> None:
    await world.editor.send(command.format(site.at("/article")))
    assert await drafts(world) == [TITLE]


async def test_add_and_then_the_link_make_one_draft(world: World, site: Site) -> None:
    await world.editor.send("/add")
    await world.editor.send(site.at("/article"))
    assert await drafts(world) == [TITLE]
    assert not [text for text in said(world) if "Когда пришлёте всё" in text]
    await world.editor.send("/done")
    assert world.editor.last.text.startswith("Сейчас ничего не собираю.")


@pytest.mark.parametrize("command", ["/drafts", "/done", "/nonsense"])
async def test_other_commands_take_no_link(world: World, site: Site, command: str) -> None:
    await world.editor.send(f"{command} {site.at('/article')}")
    assert not site.asked
    assert not await drafts(world)


async def test_a_plain_text_under_an_address_is_an_article(world: World, site: Site) -> None:
    site.pages["/notes.txt"] = ("text/plain", "\n\n".join((TITLE, *PARAGRAPHS)))
    await world.editor.send(site.at("/notes.txt"))
    assert await drafts(world) == [TITLE]


async def test_a_forwarded_link_is_read_too(world: World, site: Site) -> None:
    await world.editor.forward(site.at("/article"), origin="Городской канал")
    assert await drafts(world) == [TITLE]


async def test_while_the_page_is_read_the_editor_sees_that_it_is(world: World, site: Site) -> None:
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(world.editor.send(site.at("/held")))
        await site.arrived.wait()
        assert said(world) == ["Читаю страницу 127.0.0.1…"]
        site.let_go.set()
    assert len(said(world)) == 2
    assert not [text for text in said(world) if "Читаю" in text]


async def test_a_page_is_taken_once(world: World, site: Site) -> None:
    await world.editor.send(site.at("/article"))
    await world.editor.send(site.at("/article?utm_source=tg#comments"))
    assert await drafts(world) == [TITLE]
    assert "Эта страница уже есть: статья №1." in world.editor.last.text
    assert "Черновик" in world.editor.last.text
    assert site.asked["/article"] == 1


async def test_a_short_link_to_a_page_that_is_there_leads_to_it(world: World, site: Site) -> None:
    await world.editor.send(site.at("/article"))
    await world.editor.send(site.at(f"/to?url={site.at('/article')}"))
    assert await drafts(world) == [TITLE]
    assert "Эта страница уже есть" in world.editor.last.text


async def test_a_page_is_taken_anew_when_the_editor_wants_it(world: World, site: Site) -> None:
    await world.editor.send(site.at("/article"))
    site.pages["/article"] = ("text/html", article("Трамвай вернётся на Садовую позже"))
    await world.editor.send(site.at("/article"))
    question = world.editor.last
    await world.editor.tap("Взять заново")
    assert await drafts(world) == ["Трамвай вернётся на Садовую позже", TITLE]
    await world.editor.tap_data(TakeAnew(article=1).pack(), question.message_id)
    assert len(await drafts(world)) == 2


async def test_a_link_amid_an_article_is_asked_about_and_goes_into_the_text(world: World, site: Site) -> None:
    await world.editor.send("/add")
    await world.editor.send("Свой заголовок\n\nСвой текст, который ещё не весь.")
    await world.editor.send(site.at("/article"))
    assert "Собирается статья Свой заголовок" in world.editor.last.text
    await world.restart()
    await world.editor.tap("В текст")
    await world.editor.send("И ещё один абзац после ссылки.")
    await world.editor.send("/done")
    assert await drafts(world) == ["Свой заголовок"]
    preview = said(world)[-2]
    assert preview.index("ещё не весь") < preview.index("/article") < preview.index("один абзац")
    assert not site.asked


async def test_a_link_amid_an_article_may_be_a_page_and_the_article_goes_on(world: World, site: Site) -> None:
    await world.editor.send("/add")
    await world.editor.send("Свой заголовок\n\nСвой текст, который ещё не весь.")
    await world.editor.send(site.at("/article"))
    await world.editor.tap("Прочитать страницу")
    assert await drafts(world) == [TITLE, "Свой заголовок"]
    await world.editor.send("И ещё один абзац.")
    await world.editor.send("/done")
    assert "ещё один абзац" in said(world)[-2]
    assert await drafts(world) == [TITLE, "Свой заголовок"]


async def test_a_link_is_not_put_into_an_article_that_is_complete(world: World, site: Site) -> None:
    await world.editor.send("/add")
    await world.editor.send("Свой заголовок\n\nСвой текст.")
    await world.editor.send(site.at("/article"))
    question = world.editor.last
    await world.editor.send("/done")
    await world.editor.tap_data(next(b.data for b in question.buttons() if b.data), question.message_id)
    assert "Статья уже собрана" in world.editor.chat.messages[question.message_id].text
    assert await drafts(world) == ["Свой заголовок"]


async def test_a_link_soon_after_a_whole_text_is_a_page_of_its_own(world: World, site: Site) -> None:
    await world.editor.send("Свой заголовок\n\n" + "Длинный текст статьи, присланный целиком. " * 10)
    await world.editor.send(site.at("/article"))
    assert await drafts(world) == [TITLE, "Свой заголовок"]


async def test_a_link_at_the_end_of_a_text_that_telegram_has_cut_belongs_to_it(world: World, site: Site) -> None:
    text = "Свой заголовок\n\n" + "Длинный текст статьи. " * 185
    await world.editor.send(text[:4090])
    await world.editor.send(site.at("/article"))
    assert await drafts(world) == ["Свой заголовок"]
    assert not site.asked


async def test_a_link_stands_for_its_text_where_a_new_text_is_asked_for(world: World, site: Site) -> None:
    await world.editor.send("/add Свой заголовок\n\nСвой текст, который будет заменён.")
    await world.editor.tap("Текст")
    await world.editor.send(site.at("/status/404"))
    assert world.editor.last.text.startswith("На сайте нет такой страницы")
    await world.editor.send(site.at("/article"))
    assert await drafts(world) == [TITLE]
    assert "каждые восемь минут" in said(world)[-2]


async def test_ten_links_are_refused_in_a_sentence(world: World, site: Site) -> None:
    await world.editor.send("\n".join(site.at(f"/article/{number}") for number in range(10)))
    assert world.editor.last.text == (
        "Страницы читаются по одной, а в сообщении 10 ссылок. Пришлите каждую отдельным сообщением."
    )
    assert not await drafts(world)


async def test_a_link_among_words_is_no_article(world: World, site: Site) -> None:
    await world.editor.send(f"Посмотри {site.at('/article')}")
    assert "или одну только ссылку" in world.editor.last.text
    assert not site.asked


async def test_a_readers_link_goes_where_their_other_words_go(world: World, site: Site) -> None:
    anna = world.reader()
    await anna.send(site.at("/article"))
    assert anna.last.text == "Разговаривать я не умею, зато умею присылать дайджест. Всё, что могу: /help"
    assert not site.asked


async def test_buttons_about_links_are_for_editors(world: World, site: Site) -> None:
    await world.editor.send(site.at("/article"))
    anna = world.reader()
    await anna.send("/start")
    await anna.tap_data(TakeAnew(article=1).pack())
    assert site.asked["/article"] == 1


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/status/404", "На сайте нет такой страницы (404). Проверьте адрес."),
        ("/status/403", "Эту страницу сайт показывает не всем (403). Пришлите её текстом."),
        ("/status/503", "Сайт сейчас не отдаёт страницы (503). Попробуйте позже или пришлите текст."),
        ("/loop/a", "Адрес ведёт по кругу."),
        ("/hops/9", "Адрес перенаправляет больше 5 раз."),
        ("/large", "По этому адресу больше 10 МБ, столько не читается."),
        ("/bomb", "По этому адресу больше 10 МБ, столько не читается."),
        ("/picture", "По этому адресу не страница, а что-то другое (image/png)."),
        ("/packed/broken", "Ответ сайта 127.0.0.1 не удалось прочитать."),
        ("/feed", "Это адрес ленты, а не статьи. Ленты подключает /sources, а здесь нужна ссылка на статью."),
        ("/feed/as-page", "Это адрес ленты, а не статьи."),
        ("/scripts", "Страница показывает свой текст только в браузере."),
        ("/empty", "На странице нет текста статьи."),
        ("/to?url=http://10.0.0.1/", "Адрес 10.0.0.1 недоступен из открытого интернета"),
    ],
)
async def test_what_cannot_be_read_is_said_in_a_sentence(world: World, site: Site, path: str, sentence: str) -> None:
    feed = '<?xml version="1.0"?><rss version="2.0"><channel><title>Лента</title></channel></rss>'
    site.pages["/feed"] = ("application/rss+xml", feed)
    site.pages["/feed/as-page"] = ("text/html", feed)
    site.pages["/scripts"] = ("text/html", "<html><body><script>" + "render();" * 200 + "</script></body></html>")
    site.pages["/empty"] = ("text/html", "<html><body><p></p></body></html>")
    await world.editor.send("/add")
    await world.editor.send(site.at(path))
    assert world.editor.last.text.startswith(sentence)
    assert not await drafts(world)
    await world.editor.send("Свой заголовок\n\nТот же текст, вставленный рукой.")
    await world.editor.send("/done")
    assert await drafts(world) == ["Свой заголовок"]


async def test_a_site_that_nobody_vouches_for_is_not_read(world: World, site: Site) -> None:
    await world.editor.send(site.securely("/article", "127.0.0.1"))
    assert world.editor.last.text.startswith("Сайт 127.0.0.1 подписал свой сертификат сам")


async def test_a_link_into_telegram_is_to_be_forwarded(world: World) -> None:
    await world.editor.send("https://t.me/durov/1")
    assert world.editor.last.text == "Ссылка ведёт в Telegram. Перешлите сюда сам пост — он станет черновиком."


async def test_the_program_as_it_ships_reads_nothing_in_our_own_network(tmp_path: Path, site: Site) -> None:
    async with world_at(tmp_path) as strict:
        for url in (site.at("/article"), "http://localhost/", "http://0x7f.1/", "http://[::1]/"):
            await strict.editor.send(f"/add {url}")
            assert "Читаю" not in strict.editor.last.text
            assert not await drafts(strict)
    assert not site.asked
