"""`svodka run` as an operator starts it: a process of its own against the local Telegram."""

import asyncio
import os
import signal
import sqlite3
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from digests.clock import SystemClock
from digests.storage.engine import Database
from digests.storage.migrate import migrate
from sandbox import Sandbox
from sandbox.player import Player
from tests import factories

ROOT = Path(__file__).parents[2]
TOKEN = "1000:demo"
PATIENCE_S = 60  # a start imports much, and the machine may be busy


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox.serve(port=0, clock=SystemClock(), token=TOKEN, username="svodka_bot") as served:
        yield served


def environment(sandbox: Sandbox, folder: Path, **changes: str) -> dict[str, str]:
    own = {
        "BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": sandbox.url,
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/svodka.db",
        "HTTP_PORT": "0",
        "PYTHONPATH": str(ROOT),
    }
    inherited = {name: value for name, value in os.environ.items() if name not in own}
    return inherited | own | changes


@asynccontextmanager
async def running(sandbox: Sandbox, folder: Path, **changes: str) -> AsyncIterator[Process]:
    """Run the bot; it is killed at the end if it still lives."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run",
        cwd=folder, env=environment(sandbox, folder, **changes), stdout=PIPE, stderr=PIPE,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def line_with(process: Process, words: str) -> str:
    """Wait for a line of the log."""
    assert process.stderr
    async with asyncio.timeout(PATIENCE_S):
        while line := (await process.stderr.readline()).decode():
            if words in line:
                return line
    raise AssertionError(f"the bot ended without saying {words!r}")


async def ended(process: Process) -> tuple[int, str]:
    """Wait for the end; return status and the last line of stderr."""
    async with asyncio.timeout(PATIENCE_S):
        _, err = await process.communicate()
    return process.returncode or 0, err.decode().strip().splitlines()[-1]


async def test_it_answers_and_stops_cleanly(sandbox: Sandbox, tmp_path: Path) -> None:
    anna = sandbox.player("Анна", language="ru")
    async with running(sandbox, tmp_path) as process:
        await line_with(process, "running as @svodka_bot")
        await anna.send("/start")
        assert "Шаг 1 из 3" in anna.last.text
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(PATIENCE_S):
            assert await process.wait() == 0


TEXT = "Мост закроют до весны\n\nДвижение перекроют первого декабря, сказали в мэрии."
CROWD = 8


async def happens(is_so: Callable[[], object]) -> None:
    """Wait until something in another process is so."""
    async with asyncio.timeout(PATIENCE_S):
        while not is_so():  # noqa: ASYNC110 - another process sets no event here
            await asyncio.sleep(0.05)


async def tap(player: Player, label: str) -> None:
    """Press a button as soon as it is there: many messages at once keep the pace of a chat."""
    await happens(lambda: any(shown.startswith(label) for message in player.messages for shown in message.labels))
    await player.tap(label)


async def subscribed(sandbox: Sandbox, folder: Path) -> list[Player]:
    """Let an article come out and readers subscribe, stop the bot, and let a digest be due for a minute."""
    vera = sandbox.player("Вера", language="ru")
    async with running(sandbox, folder, OWNER_IDS=str(vera.id)) as process:
        await line_with(process, "running as")
        for said in ("/add", TEXT, "/done"):
            await vera.send(said)
        await tap(vera, "Выбрать рубрику")
        await tap(vera, "Новая рубрика")
        await vera.send("Город")
        await tap(vera, "Опубликовать")
        readers = [sandbox.player(f"Читатель {number}", language="ru") for number in range(CROWD)]
        for reader in readers:
            await reader.send("/start")
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
    with closing(sqlite3.connect(folder / "svodka.db")) as database, database:
        database.execute("update readers set next_due = unixepoch() - 60, covered_until = 0")
        database.execute("update articles set published_at = unixepoch() - 3600")
    return readers


def states(folder: Path) -> Counter[str]:
    with closing(sqlite3.connect(folder / "svodka.db")) as database:
        return Counter(state for (state,) in database.execute("select state from deliveries"))


def digests(readers: list[Player]) -> Counter[int]:
    return Counter(reader.id for reader in readers for message in reader.messages if "Читать ▶" in message.labels)


async def test_a_stop_in_the_middle_of_a_broadcast_finishes_what_is_in_flight(sandbox: Sandbox, tmp_path: Path) -> None:
    readers = await subscribed(sandbox, tmp_path)
    sandbox.latency.set(1_500, 1_500)
    began = sandbox.calls.total
    async with running(sandbox, tmp_path) as process:
        await happens(lambda: sandbox.calls.of("sendMessage", began))
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            assert await process.wait() == 0
    sandbox.latency.set(0, 0)
    got = digests(readers)
    assert got.total() > 0
    assert states(tmp_path)["sent"] == got.total()
    assert states(tmp_path)["sending"] == 0
    async with running(sandbox, tmp_path) as process:
        await happens(lambda: states(tmp_path)["sent"] == CROWD)
    assert digests(readers) == Counter({reader.id: 1 for reader in readers})


async def test_a_stop_while_telegram_hangs_is_over_in_ten_seconds_and_loses_nobody(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    readers = await subscribed(sandbox, tmp_path)
    began = sandbox.calls.total
    async with running(sandbox, tmp_path, MESSAGES_PER_SECOND="4") as process:
        await happens(lambda: sandbox.calls.of("sendMessage", began))
        sandbox.latency.set(60_000, 60_000)
        await happens(lambda: len(sandbox.calls.of("sendMessage", began)) >= 3)
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(11):  # and a second for the process itself
            assert await process.wait() == 0
    sandbox.latency.set(0, 0)
    assert states(tmp_path)["sending"] == 0
    async with running(sandbox, tmp_path) as process:
        await happens(lambda: states(tmp_path)["sent"] == CROWD)
    assert set(digests(readers)) == {reader.id for reader in readers}


async def test_a_refused_token_is_one_sentence(sandbox: Sandbox, tmp_path: Path) -> None:
    async with running(sandbox, tmp_path, BOT_TOKEN="2000:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA") as process:
        status, sentence = await ended(process)
    assert status == 1
    assert "does not accept BOT_TOKEN" in sentence
    assert "AAAA" not in sentence


@pytest.mark.parametrize("token", ["", "no token at all", "1000"])
async def test_no_token_is_one_sentence(sandbox: Sandbox, tmp_path: Path, token: str) -> None:
    async with running(sandbox, tmp_path, BOT_TOKEN=token) as process:
        status, sentence = await ended(process)
    assert status == 1
    assert sentence.startswith("BOT_TOKEN")


async def test_a_database_that_cannot_be_written_is_one_sentence(sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    url = f"sqlite+aiosqlite:///{tmp_path}/file/svodka.db"
    async with running(sandbox, tmp_path, DATABASE_URL=url) as process:
        status, sentence = await ended(process)
    assert status == 1
    assert "cannot be used" in sentence


async def test_updates_come_by_webhook_with_the_secret(sandbox: Sandbox, tmp_path: Path, unused_tcp_port: int) -> None:
    anna = sandbox.player("Анна", language="ru")
    changes = {
        "WEBHOOK_URL": f"http://127.0.0.1:{unused_tcp_port}",
        "WEBHOOK_SECRET": "a-long-random-word",
        "HTTP_PORT": str(unused_tcp_port),
    }
    async with running(sandbox, tmp_path, **changes) as process:
        await line_with(process, "receiving by webhook")
        await anna.send("/start")
        assert "Шаг 1 из 3" in anna.last.text


async def test_a_kill_in_the_middle_of_a_paste_loses_no_part(sandbox: Sandbox, tmp_path: Path) -> None:
    vera = sandbox.player("Вера", language="ru")
    async with running(sandbox, tmp_path, OWNER_IDS=str(vera.id)) as process:
        await line_with(process, "running as")
        await vera.send("/add")
        await vera.send("Мост закроют\n\nДвижение перекроют первого декабря, сказали в мэрии.")
        process.kill()
        await process.wait()
    async with running(sandbox, tmp_path, OWNER_IDS=str(vera.id)) as process:
        await line_with(process, "running as")
        await vera.send("Как ехать\n\nАвтобусы пойдут по Речной улице, это на десять минут дольше.")
        await vera.send("/done")
        preview, card = vera.messages[-2:]
        assert "Мост закроют" in card.text
        assert "Движение перекроют первого декабря" in preview.text
        assert "Автобусы пойдут по Речной" in preview.text


async def test_what_was_published_before_there_was_a_search_is_found_after_a_start(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    url = environment(sandbox, tmp_path)["DATABASE_URL"]
    await migrate(url)
    async with Database.opened(url) as database:
        await factories.article(database, "Ледоход на реке")
    anna = sandbox.player("Анна", language="ru")
    async with running(sandbox, tmp_path) as process:
        await line_with(process, "search index complete, taken in now articles=1")
        await anna.send("/search реки ледоходом")
        assert "Ледоход на реке" in anna.last.text
