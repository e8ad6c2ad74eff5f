"""`python -m sandbox` as one starts it."""

import asyncio
import re
import signal
import sys

import aiohttp


async def started(*arguments: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-W", "error", "-m", "sandbox", *arguments),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def test_it_says_where_it_is_and_ends_without_a_murmur(http: aiohttp.ClientSession) -> None:
    process = await started("--port", "0", "--token", "5:x")
    assert process.stdout is not None
    line = (await process.stdout.readline()).decode()
    url = re.fullmatch(r"Chat page: (http://127\.0\.0\.1:\d+)/\n", line)
    assert url is not None
    async with http.get(f"{url[1]}/bot5:x/getMe") as response:
        assert (await response.json())["result"]["id"] == 5
    process.send_signal(signal.SIGTERM)
    _, complaints = await process.communicate()
    assert (process.returncode, complaints) == (0, b"")


async def test_it_says_in_one_line_why_it_cannot_start() -> None:
    process = await started("--host", "0.0.0.0")  # noqa: S104 - refused
    _, complaints = await process.communicate()
    assert process.returncode == 1
    assert complaints.decode() == (
        "The local Telegram cannot start: the local Telegram serves on this machine only, not on 0.0.0.0\n"
    )
