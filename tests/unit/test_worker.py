"""The process that reads pages and files: it answers, it is killed when it must be, and the next reading works."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from digests.errors import EmptyText, FileTooLarge
from digests.source_errors import PageEmpty, ReadingFailed, ReadingTooLong
from digests.sources import page, worker
from digests.sources.worker import Worker

PATIENCE_S = 60.0  # never reached; a slow machine is no failure


def twice(text: str) -> str:
    return text * 2


def process_number() -> int:
    return os.getpid()


def forever() -> None:
    while True:
        pass


def greedy() -> int:
    return len(bytearray(8 * 1024**3))


def deep(level: int = 0) -> int:
    return deep(level + 1)


def leave() -> None:
    os._exit(3)


def chatty() -> str:
    print("a library says hello", flush=True)
    return "answer"


def too_large() -> None:
    raise FileTooLarge(5, 4)


async def test_a_function_runs_in_another_process_that_stays_for_the_next() -> None:
    async with Worker() as reading:
        assert await reading.run(twice, "аб", timeout_s=PATIENCE_S) == "абаб"
        first = await reading.run(process_number, timeout_s=PATIENCE_S)
        assert first != os.getpid()
        assert await reading.run(process_number, timeout_s=PATIENCE_S) == first


async def test_errors_of_the_domain_come_back_with_their_facts() -> None:
    async with Worker() as reading:
        with pytest.raises(FileTooLarge) as caught:
            await reading.run(too_large, timeout_s=PATIENCE_S)
        assert (caught.value.size, caught.value.limit) == (5, 4)
        with pytest.raises(PageEmpty):
            await reading.run(page.sourced, b"<html></html>", None, "https://e.ru/1", timeout_s=PATIENCE_S)
        with pytest.raises(EmptyText):
            await reading.run(page.sourced, b"  ", None, "https://e.ru/1", timeout_s=PATIENCE_S)


async def test_what_takes_too_long_is_killed_and_the_next_is_read() -> None:
    async with Worker() as reading:
        with pytest.raises(ReadingTooLong):
            await reading.run(forever, timeout_s=0.2)
        assert await reading.run(twice, "а", timeout_s=PATIENCE_S) == "аа"


@pytest.mark.parametrize("function", [greedy, deep, leave])
async def test_what_breaks_the_process_is_told_and_the_next_is_read(function: Callable[[], object]) -> None:
    async with Worker() as reading:
        with pytest.raises(ReadingFailed):
            await reading.run(function, timeout_s=PATIENCE_S)
        assert await reading.run(twice, "а", timeout_s=PATIENCE_S) == "аа"


async def test_what_libraries_print_is_not_taken_for_an_answer() -> None:
    assert await worker.run(chatty, timeout_s=PATIENCE_S) == "answer"


async def test_many_at_once_wait_for_one_another() -> None:
    async with Worker() as reading:
        found = await asyncio.gather(*(reading.run(twice, str(n), timeout_s=PATIENCE_S) for n in range(5)))
    assert found == ["00", "11", "22", "33", "44"]


async def test_a_reader_who_gives_up_leaves_nothing_behind() -> None:
    async with Worker() as reading:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await reading.run(forever, timeout_s=PATIENCE_S)
        assert await reading.run(twice, "а", timeout_s=PATIENCE_S) == "аа"


def test_the_bot_itself_loads_none_of_the_libraries_that_read() -> None:
    heavy = ("lxml", "trafilatura", "mammoth", "markdown_it", "feedparser")
    program = f"import sys, bot.app, bot.cli, bot.running; sys.exit(' '.join({set(heavy)} & set(sys.modules)) or 0)"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")


async def test_what_is_large_goes_there_and_comes_back_whole() -> None:
    text = "слово " * 500_000
    async with Worker() as reading:
        assert await reading.run(twice, text, timeout_s=PATIENCE_S) == text * 2
        assert await reading.run(twice, "а", timeout_s=PATIENCE_S) == "аа"
