"""/sources: editors add feeds and sites, see how they do, and hear what they brought."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from digests.poller import FAILURES
from sandbox.player import Player
from tests.bot.conftest import World, world_at
from tests.feed_site import LOOPBACK, FeedSite, Page, bomb, feed_site
from tests.webs import LONG, Entry, rss

DATE = "Sun, 22 Nov 2026 09:00:00 +0000"


@pytest.fixture
async def site() -> AsyncIterator[FeedSite]:
    async with feed_site() as served:
        yield served


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with world_at(tmp_path, reach=LOOPBACK) as made:
        yield made


def entry(site: FeedSite, number: int, title: str, **rest: str) -> Entry:
    return Entry(title=title, link=f"{site.url}/{number}", guid=str(number), date=DATE, **rest)


async def poll(world: World) -> None:
    """Half a day passes, and the sources are looked at."""
    world.clock.advance(12 * 3600 * 1.2)
    await world.app.sourcing.step()


async def test_an_editor_adds_a_feed_and_hears_of_new_drafts(world: World, site: FeedSite) -> None:
    site.put("/rss", rss([entry(site, 1, "Мост закрыли"), entry(site, 2, "Парк открыли")]))
    await world.editor.send("/sources")
    assert "Источников пока нет" in world.editor.last.text
    await world.editor.tap("Добавить источник")
    await world.editor.send(f"{site.url}/rss")
    assert "Источник добавлен" in world.editor.last.text
    assert "Городские вести" in world.editor.last.text
    await world.app.sourcing.step()
    assert "2 новых черновика из «Городские вести»" in world.editor.last.text
    await world.editor.tap("Черновики")
    assert "Мост закрыли" in world.editor.last.text
    assert "Парк открыли" in world.editor.last.text
    await poll(world)
    assert "Черновики" in world.editor.last.text


async def add(world: World, address: str) -> None:
    await world.editor.send(f"/sources {address}")


async def open_card(world: World, who: Player | None = None) -> Player:
    player = who or world.editor
    await player.send("/sources")
    await player.tap("1")
    return player


async def colleague(world: World) -> Player:
    """An editor who is no owner."""
    player = world.reader("Олег")
    await player.send("/start")
    await world.editor.send(f"/team add {player.id} Олег")
    return player


async def test_the_message_comes_to_the_whole_team(world: World, site: FeedSite) -> None:
    other = await colleague(world)
    site.put("/rss", rss([entry(site, 1, "Мост закрыли")]))
    await add(world, f"{site.url}/rss")
    await world.app.sourcing.step()
    for player in (world.editor, other):
        assert "1 новый черновик из «Городские вести»" in player.last.text


@pytest.mark.parametrize("head", [
    "<link rel='alternate' type='application/rss+xml' href='/news.xml'>",
    "<link rel='alternate' type='application/rss+xml' title='Комментарии' href='/comments/feed'>"
    "<link rel='alternate' type='application/atom+xml' href='news.xml'>",
])  # fmt: skip
async def test_a_site_names_its_feed(world: World, site: FeedSite, head: str) -> None:
    site.put("/", f"<html><head>{head}</head><body><p>Новости</p></body></html>", "text/html")
    site.put("/news.xml", rss([entry(site, 1, "Мост закрыли")]), "text/xml")
    await add(world, site.url)
    assert f"{site.url}/news.xml" in world.editor.last.text


async def test_a_feed_is_found_where_feeds_usually_are(world: World, site: FeedSite) -> None:
    site.put("/", "<html><body><p>Новости</p></body></html>", "text/html")
    site.put("/rss.xml", rss([entry(site, 1, "Мост закрыли")]))
    await add(world, site.url)
    assert f"{site.url}/rss.xml" in world.editor.last.text


async def test_a_wordpress_site_is_recognised_and_read_by_its_api(world: World, site: FeedSite) -> None:
    site.put("/", "<html><head><link rel='https://api.w.org/' href='/wp-json/'></head></html>", "text/html")
    site.put("/wp-json/", json.dumps({"name": "Блог", "namespaces": ["wp/v2"]}), "application/json")
    post = {"id": 5, "link": f"{site.url}/most", "title": {"rendered": "Мост закрыли"},
            "content": {"rendered": f"<p>{LONG}</p>"}, "date_gmt": "2026-11-22T09:00:00",
            "modified_gmt": "2026-11-22T09:00:00"}  # fmt: skip
    site.put("/wp-json/wp/v2/posts", json.dumps([post]), "application/json")
    await add(world, site.url)
    assert "Блог · WordPress" in world.editor.last.text.replace("<b>", "").replace("</b>", "")
    await world.app.sourcing.step()
    assert "1 новый черновик из «Блог»" in world.editor.last.text


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("мост на Садовой", "Это не адрес"),
        ("ftp://example.com/rss", "Это не адрес"),
        ("{site}/page", "нет ни ленты RSS, ни сайта на WordPress"),
    ],
)
async def test_what_is_no_source_is_said_in_a_sentence(
    world: World, site: FeedSite, address: str, sentence: str
) -> None:
    site.put("/page", "<html><body><p>Просто страница</p></body></html>", "text/html")
    await add(world, address.format(site=site.url))
    assert sentence in world.editor.last.text
    await world.editor.send("/sources")
    assert "Источников пока нет" in world.editor.last.text


async def test_the_same_address_is_added_once(world: World, site: FeedSite) -> None:
    site.put("/rss", rss([]))
    await add(world, f"{site.url}/rss")
    await add(world, f"{site.url}/rss?utm_source=tg")
    assert "Этот источник уже есть" in world.editor.last.text


async def test_a_trusted_source_reaches_readers_without_editors(world: World, site: FeedSite) -> None:
    await world.publish("Трамвай вернулся на Речную\n\nС понедельника трамвай снова ходит по Речной улице.", "Город")
    site.put("/rss", rss([entry(site, 1, "Мост закрыли", category="Город")]))
    await add(world, f"{site.url}/rss")
    await world.editor.tap("Сразу в выпуск")
    assert "Новое: сразу публикуется" in world.editor.last.text
    await world.app.sourcing.step()
    assert "Опубликована 1 статья из «Городские вести»" in world.editor.last.text
    reader = world.reader()
    await reader.send("/latest")
    assert "Мост закрыли" in reader.last.text


async def test_without_a_rubric_it_waits_until_the_editor_chooses_one_for_the_source(
    world: World, site: FeedSite
) -> None:
    await world.publish("Трамвай вернулся на Речную\n\nС понедельника трамвай снова ходит по Речной улице.", "Город")
    site.put("/rss", rss([entry(site, 1, "Мост закрыли")]))
    await add(world, f"{site.url}/rss")
    await world.editor.tap("Сразу в выпуск")
    await world.app.sourcing.step()
    assert "1 ждёт редактора: нет подходящей рубрики" in world.editor.last.text
    await open_card(world)
    await world.editor.tap("Рубрика")
    await world.editor.tap("Город")
    assert "Рубрика: Город" in world.editor.last.text
    site.put("/rss", rss([entry(site, 2, "Парк открыли", text="В парке поставили скамейки и посадили липы. " * 30)]))
    await poll(world)
    assert "Опубликована 1 статья" in world.editor.last.text


async def test_only_owners_say_who_is_trusted(world: World, site: FeedSite) -> None:
    site.put("/rss", rss([]))
    await add(world, f"{site.url}/rss")
    trust = next(each.data for each in world.editor.last.buttons() if each.text == "Сразу в выпуск")
    other = await open_card(world, await colleague(world))
    assert "Сразу в выпуск" not in other.last.labels
    await other.tap_data(trust or "")
    await open_card(world)
    assert "Новое: в черновики" in world.editor.last.text


async def test_readers_have_no_sources(world: World) -> None:
    reader = world.reader()
    await reader.send("/sources")
    assert "Источник" not in reader.last.text


async def test_a_source_that_keeps_failing_is_switched_off_and_can_be_switched_on(world: World, site: FeedSite) -> None:
    site.put("/rss", rss([]))
    await add(world, f"{site.url}/rss")
    site.pages["/rss"] = Page(status=503)
    for _ in range(FAILURES):
        await poll(world)
    assert "Источник «Городские вести» выключен: сервер отвечает ошибкой (503)" in world.editor.last.text
    await world.editor.tap("Источник")
    assert "Выключен автоматически" in world.editor.last.text
    site.put("/rss", rss([entry(site, 1, "Мост закрыли")]))
    await world.editor.tap("Включить")
    await world.app.sourcing.step()
    assert "1 новый черновик" in world.editor.last.text


async def test_it_can_be_switched_off_looked_at_and_deleted(world: World, site: FeedSite) -> None:
    site.put("/rss", rss([entry(site, 1, "Мост закрыли")]))
    await add(world, f"{site.url}/rss")
    await world.app.sourcing.step()
    await open_card(world)
    await world.editor.tap("Проверить сейчас")
    await world.app.sourcing.step()
    assert site.asked.count("/rss") == 3
    await world.editor.tap("Выключить")
    assert "Выключен" in world.editor.last.text
    await poll(world)
    assert site.asked.count("/rss") == 3
    await world.editor.tap("Удалить источник")
    await world.editor.tap("Да, удалить")
    assert "Источников пока нет" in world.editor.last.text
    await world.editor.send("/drafts")
    assert "Мост закрыли" in world.editor.last.text


@pytest.mark.parametrize(
    "page",
    [Page(body=b"<rss><channel><item><title>"), Page(body=b"<html>", kind="text/html"), Page(body=b"\x89PNG"),
     Page(kind="image/png"), bomb(), Page(status=401), Page(status=302, headers={"Location": "/rss"})],
    ids=["cut", "html", "binary", "picture", "bomb", "closed", "loop"],
)  # fmt: skip
async def test_whatever_is_wrong_with_a_feed_nothing_of_it_is_stored(world: World, site: FeedSite, page: Page) -> None:
    site.put("/rss", rss([]))
    await add(world, f"{site.url}/rss")
    await world.app.sourcing.step()
    site.pages["/rss"] = page
    await poll(world)
    await world.editor.send("/drafts")
    assert "Черновиков нет" in world.editor.last.text
    site.put("/rss", rss([entry(site, 1, "Мост закрыли")]))
    await poll(world)
    assert "1 новый черновик" in world.editor.last.text


async def test_a_teaser_is_taken_with_its_page(world: World, site: FeedSite) -> None:
    site.put("/rss", rss([]))
    await add(world, f"{site.url}/rss")
    await world.app.sourcing.step()
    feed = rss([entry(site, 1, "Мост закрыли")]).replace("content:encoded", "description")
    start = feed.index("<description>")
    site.put("/rss", feed[:start] + "<description>Мост закрыли до весны.</description></item></channel></rss>")
    body = "".join(f"<p>{LONG} Абзац {number}.</p>" for number in range(6))
    site.put("/1", f"<html><head><title>Мост</title></head><body><article><h1>Мост закрыли</h1>{body}</article></body>"
             "</html>", "text/html")  # fmt: skip
    await poll(world)
    [draft], _ = await world.app.newsroom.drafts(offset=0, limit=1)
    assert draft.title == "Мост закрыли"
    assert draft.characters > 6 * len(LONG)


async def test_an_unchanged_feed_is_asked_for_with_its_mark(world: World, site: FeedSite) -> None:
    site.put("/rss", rss([entry(site, 1, "Мост закрыли")]), etag='"1"')
    await add(world, f"{site.url}/rss")
    await world.app.sourcing.step()
    await poll(world)
    assert site.unchanged == 1


async def test_after_a_restart_nothing_comes_again(world: World, site: FeedSite) -> None:
    site.put("/rss", rss([entry(site, 1, "Мост закрыли")]))
    await add(world, f"{site.url}/rss")
    await world.app.sourcing.step()
    await world.restart()
    await poll(world)
    assert (await world.app.newsroom.drafts(offset=0, limit=1))[1] == 1


async def test_told_to_stop_in_the_middle_of_a_poll_it_lets_go_of_the_source(world: World, site: FeedSite) -> None:
    site.put("/rss", rss([entry(site, 1, "Мост закрыли")]))
    await add(world, f"{site.url}/rss")
    good, site.pages["/rss"] = site.pages["/rss"], Page(trickles=True)
    site.visited.clear()
    async with asyncio.TaskGroup() as tasks:
        polling = tasks.create_task(world.app.sourcing.run())
        await site.visited.wait()
        polling.cancel()
    site.pages["/rss"] = good
    await world.app.sourcing.step()
    assert "1 новый черновик" in world.editor.last.text


async def test_a_tick_is_enough_for_sources_to_be_looked_at(world: World, site: FeedSite) -> None:
    site.put("/rss", rss([entry(site, 1, "Мост закрыли")]))
    await add(world, f"{site.url}/rss")
    world.app.sourcing.wake.clear()
    await world.app.tick()
    assert world.app.sourcing.wake.is_set()


async def test_many_sources_are_listed_page_by_page(world: World, site: FeedSite) -> None:
    for number in range(10):
        site.put(f"/{number}.xml", rss([]).replace("Городские вести", f"Лента {number}"))
        await add(world, f"{site.url}/{number}.xml")
    await world.editor.send("/sources")
    assert "8. Лента 7" in world.editor.last.text.replace("<b>", "").replace("</b>", "")
    await world.editor.tap("Ещё ▶")
    assert "10. Лента 9" in world.editor.last.text.replace("<b>", "").replace("</b>", "")
