"""`svodka demo`: what it prints, what it opens, how it ends; and the files and ports it cannot have."""

import asyncio
import json
import os
import re
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from bot import cli
from bot.demo import launch
from bot.failures import Failure
from digests.errors import EmptyText, NotText

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/")
ARTICLE = "Паром вернулся на Сольву\n\nПаром снова ходит от Пристанской до Заречья.\n\nРейсы идут каждый час."


class House:
    """The demo served in this test, and what it printed."""

    def __init__(self, text: str | None = None, port: int = 0) -> None:
        self.printed = ""
        self._opened = asyncio.Event()
        self._stop = asyncio.Event()
        self._arguments = (text, port)

    async def __aenter__(self) -> "House":
        self._group = asyncio.TaskGroup()
        await self._group.__aenter__()
        self._group.create_task(launch.open_house(*self._arguments, self._stop, self._write))
        await asyncio.wait_for(self._opened.wait(), 60)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stop.set()
        await self._group.__aexit__(None, None, None)

    @property
    def url(self) -> str:
        found = ADDRESS.search(self.printed)
        assert found, self.printed
        return found[0]

    def _write(self, text: str) -> None:
        self.printed += text + "\n"
        if ADDRESS.search(text):
            self._opened.set()


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listening:
        listening.bind((launch.HOST, 0))
        listening.listen()
        yield listening.getsockname()[1]


async def test_it_prints_an_address_that_shows_the_chats_of_everyone() -> None:
    async with House() as house, aiohttp.ClientSession() as browser:
        page = await (await browser.get(house.url)).text()
        assert "<script" in page
        state = await (await browser.get(house.url + "control/state")).json()
    names = {user["first_name"]: user["role"] for user in state["users"]}
    assert names == {"Вера": "editor", "Анна": "reader", "Oliver": "reader"}
    assert house.printed.rstrip().endswith("Stopped. Nothing was kept.")


async def test_the_reader_in_london_gets_the_digest_when_the_clock_is_taken_on() -> None:
    async with House() as house, aiohttp.ClientSession() as browser:
        answer = await browser.post(house.url + "control/clock", json={"to": "12:00"})
        assert (await answer.json())["now"].startswith("2026-11-23T09:00")
        state = await (await browser.get(house.url + "control/state")).json()
        chat = next(each for each in state["chats"] if each["title"] == "Oliver")
        listed = await (await browser.get(f"{house.url}control/chats/{chat['id']}/messages")).json()
    newest = listed["messages"][-1]
    assert newest["text"].startswith("Good morning! Monday, 23 November")
    assert newest["date"] % 86400 < 8 * 3600 + 60  # at the reader's own 08:00, not when the jump ended


async def test_an_article_of_ones_own_waits_in_the_editors_chat() -> None:
    async with House(ARTICLE) as house, aiohttp.ClientSession() as browser:
        state = await (await browser.get(house.url + "control/state")).json()
        chat = next(each for each in state["chats"] if each["title"] == "Вера")
    assert "Паром вернулся на Сольву" in chat["last"]["text"]
    assert "Your article waits in Vera’s chat" in house.printed


async def told(events: aiohttp.ClientResponse) -> str:
    """Return the next event of the chat page's stream, with Cyrillic as it is."""
    line = await events.content.readline()
    assert line
    return json.dumps(json.loads(line[6:]), ensure_ascii=False) if line.startswith(b"data:") else ""


async def test_the_neighbours_page_and_feed_are_named_and_become_drafts() -> None:
    async with House() as house, aiohttp.ClientSession() as browser:
        page, feed = re.findall(r"http://127\.0\.0\.1:\d+/(?:bath|rss)", house.printed)
        state = await (await browser.get(house.url + "control/state")).json()
        chat = next(each["id"] for each in state["chats"] if each["title"] == "Вера")
        for text, awaited in ((page, "Баня на Кузнечной"), (f"/sources {feed}", "1 новый черновик из")):
            async with asyncio.timeout(60), browser.get(house.url + "control/events") as events:
                written = {"from": chat, "text": text}
                assert (await browser.post(f"{house.url}control/chats/{chat}/messages", json=written)).ok
                while awaited not in await told(events):
                    pass


async def test_an_article_that_the_bot_refuses_is_told_and_the_page_opens_all_the_same() -> None:
    async with House("🔥🔥🔥") as house:
        assert "The bot did not take the article; Vera’s chat says why." in house.printed
        assert "send /add and paste an article" in house.printed


async def test_a_taken_port_is_told_and_another_one_found(taken_port: int) -> None:
    async with House(port=taken_port) as house:
        assert f"Port {taken_port} is not free" in house.printed
        assert f":{taken_port}/" not in house.url


def test_a_free_port_is_kept() -> None:
    with socket.socket() as probe:
        probe.bind((launch.HOST, 0))
        port = probe.getsockname()[1]
    assert launch.free_port(port) == port


@pytest.mark.parametrize("number", [-1, 65_536])
def test_a_number_that_is_no_port_is_refused(number: int) -> None:
    with pytest.raises(Failure, match="is no port"):
        launch.free_port(number)


def test_a_browser_opens_only_before_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: False)
    assert not launch.has_display()


@pytest.mark.parametrize(
    ("data", "error"), [(b"", EmptyText), (b" \n\t ", EmptyText), (bytes(range(256)) * 8, NotText)]
)
def test_a_file_without_text_is_refused(tmp_path: Path, data: bytes, error: type[Exception]) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(data)
    with pytest.raises(error):
        launch.article_text(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Failure, match=r"article\.txt cannot be read: No such file"):
        launch.article_text(tmp_path / "article.txt")


@pytest.mark.parametrize("headless", [[], ["--headless"]])
def test_a_bad_article_ends_with_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], headless: list[str]
) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(b"")
    with pytest.raises(SystemExit) as ended:
        cli.main(["demo", "--article", str(path), *headless])
    assert ended.value.code == 1
    assert capsys.readouterr().err.count("\n") == 1


def left_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_ctrl_c_stops_it_cleanly(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", "--port", "0",
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path), "BOT_TOKEN": "not a token"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout
    assert process.stderr
    async with asyncio.timeout(90):
        while not ADDRESS.search((await process.stdout.readline()).decode()):
            assert not process.stdout.at_eof(), (await process.stderr.read()).decode()
        process.send_signal(signal.SIGINT)
        rest, errors = await process.communicate()
    assert process.returncode == 0
    assert errors.decode() == ""
    assert "Stopped. Nothing was kept." in rest.decode()
    assert left_in(tmp_path) == []
