"""`svodka import`: files, pages, feeds and WordPress sites become drafts; each page once; the rest goes on."""

import json
import os
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import cli
from bot.importing import WITHOUT_OWNERS, imported
from bot.preview import outlines
from bot.settings import Settings
from tests.bot.conftest import world_at
from tests.feed_site import LOOPBACK, FeedSite, feed_site
from tests.webs import LONG, Entry, rss


@pytest.fixture
async def site() -> AsyncIterator[FeedSite]:
    async with feed_site() as served:
        yield served


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.model_validate({"database_url": f"sqlite+aiosqlite:///{tmp_path}/svodka.db", "owner_ids": {7}})


async def taken(settings: Settings, *names: str, limit: int = 100) -> list[tuple[str, bool]]:
    return [each async for each in imported(settings, names, limit, LOOPBACK)]


def titles(folder: Path) -> list[str]:
    connection = sqlite3.connect(folder / "svodka.db")
    try:
        return [title for (title,) in connection.execute("select title from articles order by id")]
    finally:
        connection.close()


def news(site: FeedSite, *titles: str) -> str:
    return rss([Entry(title=title, link=f"{site.url}/{title[0]}", guid=title) for title in titles])


def page(title: str) -> str:
    text = "".join(f"<p>{LONG} Абзац {number}.</p>" for number in range(5))
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{text}</article></body></html>"


async def test_a_feed_becomes_drafts_once(settings: Settings, site: FeedSite, tmp_path: Path) -> None:
    site.put("/rss", news(site, "Парк открыли", "Мост закрыли"))
    assert await taken(settings, f"{site.url}/rss") == [
        ("draft No. 1: Мост закрыли", True), ("draft No. 2: Парк открыли", True)
    ]  # fmt: skip
    assert await taken(settings, f"{site.url}/rss") == [
        ("No. 1 is here: Мост закрыли", True), ("No. 2 is here: Парк открыли", True)
    ]  # fmt: skip
    assert len(titles(tmp_path)) == 2


async def test_no_more_than_asked_for_the_newest(settings: Settings, site: FeedSite, tmp_path: Path) -> None:
    site.put("/rss", news(site, "Парк открыли", "Мост закрыли", "Ёлку поставили"))
    await taken(settings, f"{site.url}/rss", limit=1)
    assert titles(tmp_path) == ["Парк открыли"]


async def test_a_page_is_a_page_though_it_names_a_feed(settings: Settings, site: FeedSite, tmp_path: Path) -> None:
    link = "<link rel='alternate' type='application/rss+xml' href='/rss'>"
    site.put("/most", page("Мост закрыли").replace("<head>", f"<head>{link}"), "text/html; charset=utf-8")
    site.put("/rss", news(site, "Парк открыли"))
    await taken(settings, f"{site.url}/most")
    assert titles(tmp_path) == ["Мост закрыли"]


async def test_a_wordpress_site_is_read_by_its_api(settings: Settings, site: FeedSite, tmp_path: Path) -> None:
    site.put("/", "<html><head><link rel='https://api.w.org/' href='/wp-json/'></head></html>", "text/html")
    site.put("/wp-json/", json.dumps({"name": "Блог", "namespaces": ["wp/v2"]}), "application/json")
    posts = [
        {"id": number, "link": f"{site.url}/{number}", "title": {"rendered": title},
         "content": {"rendered": f"<p>{LONG}</p>"}}
        for number, title in ((2, "Парк открыли"), (1, "Мост закрыли"))
    ]  # fmt: skip
    site.put("/wp-json/wp/v2/posts", json.dumps(posts), "application/json")
    await taken(settings, site.url)
    assert titles(tmp_path) == ["Мост закрыли", "Парк открыли"]


async def test_what_cannot_be_taken_is_said_and_the_rest_comes(
    settings: Settings, site: FeedSite, tmp_path: Path
) -> None:
    good = tmp_path / "most.txt"
    good.write_text(f"Мост закрыли\n\n{LONG}", "utf-8")
    bad = tmp_path / "most.exe"
    bad.write_bytes(b"MZ")
    said = await taken(settings, f"{site.url}/nothing", str(tmp_path / "no.txt"), str(bad), str(good))
    assert [is_good for _, is_good in said] == [False, False, False, True]
    assert "404" in said[0][0]
    assert "No such file" in said[1][0]
    assert titles(tmp_path) == ["Мост закрыли"]


def test_the_command_says_so_by_its_status(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(os.environ, "DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/svodka.db")
    monkeypatch.setitem(os.environ, "OWNER_IDS", "7")
    Path("most.md").write_text(f"# Мост закрыли\n\n{LONG}", "utf-8")
    cli.main(["import", "most.md"])
    assert capsys.readouterr().out == "draft No. 1: Мост закрыли\n"
    with pytest.raises(SystemExit) as end:
        cli.main(["import", "http://127.0.0.1/rss", "most.md"])
    out, err = capsys.readouterr()
    assert end.value.code == 1
    assert out == "No. 1 is here: Мост закрыли\n"
    assert len(err.splitlines()) == 1
    assert "Traceback" not in err


async def test_before_there_is_an_owner_it_says_who_will_find_the_drafts(tmp_path: Path, site: FeedSite) -> None:
    site.put("/rss", news(site, "Мост закрыли"))
    (tmp_path / "park.md").write_text(f"# Парк открыли\n\n{LONG}\n\n## Когда\n\n{LONG}\n", "utf-8")
    settings = Settings.model_validate({"database_url": f"sqlite+aiosqlite:///{tmp_path}/svodka.db"})
    said = await taken(settings, f"{site.url}/rss", str(tmp_path / "park.md"))
    assert said[-1] == (WITHOUT_OWNERS, True)
    assert len(said) == 3
    assert WITHOUT_OWNERS not in [line for line, _ in await taken(settings, str(tmp_path / "park.md"))]
    async with world_at(tmp_path) as world:
        await world.editor.send("/drafts")
        assert "Мост закрыли" in world.editor.last.text
        assert "Парк открыли" in world.editor.last.text
        await world.editor.tap("1")
        await world.editor.tap("Заголовок")
        await world.editor.send("Парк наконец открыли")
        await world.put_out()
        await world.editor.send("/latest")
        assert "Парк наконец открыли" in world.editor.last.text


async def test_a_folder_is_its_files_and_a_text_is_taken_once(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "1.txt").write_bytes(f"Мост закрыли\n\n{LONG}".encode("cp1251"))
    (folder / "2.md").write_text(f"# Парк открыли\n\n{LONG}", "utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    first, again = await taken(settings, str(folder)), await taken(settings, str(folder))
    assert [line for line, _ in first] == ["draft No. 1: Мост закрыли", "draft No. 2: Парк открыли"]
    assert [line for line, _ in again] == ["No. 1 is here: Мост закрыли", "No. 2 is here: Парк открыли"]
    assert titles(tmp_path) == ["Мост закрыли", "Парк открыли"]


async def test_a_folder_without_texts_and_a_post_of_telegram_are_said_to_be_that(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    said = await taken(settings, str(tmp_path / "empty"), "https://t.me/durov/1")
    assert [is_good for _, is_good in said] == [False, False]
    assert "holds no files that are read" in said[0][0]
    assert "Forward the post itself" in said[1][0]


async def test_a_page_is_previewed_like_a_file(site: FeedSite, tmp_path: Path) -> None:
    site.put("/most", page("Мост закрыли"), "text/html; charset=utf-8")
    note = tmp_path / "park.md"
    note.write_text("# Парк открыли\n\nСразу весь.\n\n## Когда\n\n- утром\n- днём\n", "utf-8")
    names = (str(note), f"{site.url}/most", f"{site.url}/nothing", str(tmp_path / "no.txt"), "http://10.0.0.1/")
    said = [each async for each in outlines(names, LOOPBACK)]
    assert [is_good for _, is_good in said] == [True, True, False, False, False]
    assert "SECTION 1 of 1: Когда" in said[0][0]
    assert f"=== {site.url}/most\n\nTITLE\n  Мост закрыли" in said[1][0]
    assert "404" in said[2][0]
    assert "No such file" in said[3][0]
    assert "not on the public internet" in said[4][0]
