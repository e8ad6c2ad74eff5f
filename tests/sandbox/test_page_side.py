"""What the chat page relies on: the event stream, its own files, and that other pages are kept out."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from aiogram import Bot

from sandbox import Player, Sandbox
from tests.clocks import FakeClock


async def read(stream: aiohttp.StreamReader, count: int) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = []
    while len(events) < count:
        line = (await stream.readline()).decode()
        if line.startswith("data: "):
            events.append(json.loads(line.removeprefix("data: ")))
    return events


async def test_events_tell_everything_that_happens(
    sandbox: Sandbox, http: aiohttp.ClientSession, bot: Bot, anna: Player
) -> None:
    async with http.get(f"{sandbox.url}/control/events?after={sandbox.events.last}") as stream:
        assert stream.content_type == "text/event-stream"
        sent = await bot.send_message(anna.id, "раз")
        await bot.edit_message_text("два", chat_id=anna.id, message_id=sent.message_id)
        await bot.send_chat_action(anna.id, "typing")
        query, _ = sandbox.people.press(anna.user, anna.last, "x")
        await bot.answer_callback_query(query.id, "да")
        await bot.delete_message(anna.id, sent.message_id)
        sandbox.people.block(anna.user, blocked=True)
        sandbox.player("Борис")
        await bot.set_my_commands([])
        events = await read(stream.content, 8)
    assert [event["type"] for event in events] == [
        "message", "edit", "action", "callback_answer", "delete", "blocked", "chat", "commands",
    ]  # fmt: skip
    assert events[1]["message"]["text"] == "два"
    assert events[3]["callback_query_id"] == query.id
    assert (events[3]["text"], events[3]["show_alert"], events[3]["user_id"]) == ("да", False, anna.id)
    assert events[5] == {"type": "blocked", "user_id": anna.id, "chat_id": anna.id, "blocked": True}


async def test_a_stream_goes_on_where_it_broke_off(sandbox: Sandbox, http: aiohttp.ClientSession, anna: Player) -> None:
    headers = {"Last-Event-ID": str(sandbox.events.last - 1)}
    async with http.get(f"{sandbox.url}/control/events", headers=headers) as stream:
        (event,) = await read(stream.content, 1)
    assert event["message"]["text"] == "/start"


async def test_closing_the_server_ends_the_streams(clock: FakeClock, http: aiohttp.ClientSession) -> None:
    async with Sandbox.serve(clock=clock) as sandbox:
        stream = await http.get(f"{sandbox.url}/control/events")
        reading = asyncio.gather(stream.content.read())
    assert (await reading)[0] == b": hello\n\n"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Host": "evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
@pytest.mark.parametrize("path", ["/control/state", "/bot1000:demo/getMe", "/"])
async def test_other_pages_are_kept_out(
    sandbox: Sandbox, http: aiohttp.ClientSession, headers: dict[str, str], path: str
) -> None:
    assert (await http.get(sandbox.url + path, headers=headers)).status == 403


async def test_the_own_page_is_let_in(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    headers = {"Origin": sandbox.url, "Sec-Fetch-Site": "same-origin"}
    assert (await http.get(f"{sandbox.url}/control/state", headers=headers)).status == 200


async def test_the_page_is_served_uncached_under_a_strict_policy(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    for path, content_type in {
        "/": "text/html",
        "/page/app.js": "text/javascript",
        "/page/style.css": "text/css",
    }.items():
        response = await http.get(sandbox.url + path)
        assert (response.status, response.content_type) == (200, content_type)
        assert response.headers["Content-Security-Policy"] == "default-src 'self'"
        assert response.headers["Cache-Control"] == "no-store"
    for path in ("/page/none.js", "/page/..%2fserver.py", "/page/", "/control/none"):
        assert (await http.get(sandbox.url + path)).status == 404


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.com"])  # noqa: S104 - refused
async def test_only_this_machine_is_served(host: str) -> None:
    with pytest.raises(ValueError, match="on this machine only"):
        async with Sandbox.serve(host=host):
            pass
