"""The control API."""

import json
from datetime import datetime
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.types import BotCommand

from sandbox import Player, Sandbox
from tests.clocks import FakeClock
from tests.sandbox.conftest import Call


class Control:
    """The control API as the chat page calls it."""

    def __init__(self, sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
        self._base = f"{sandbox.url}/control/"
        self._http = http

    async def __call__(self, verb: str, path: str, body: object = None, status: int = 200) -> Any:
        request = {} if body is None else {"json": body}
        async with self._http.request(verb, self._base + path, **request) as response:  # type: ignore[arg-type]  # json or nothing
            answer = await response.json()
            assert response.status == status, answer
            return answer


@pytest.fixture
def control(sandbox: Sandbox, http: aiohttp.ClientSession) -> Control:
    return Control(sandbox, http)


async def test_the_state_tells_who_and_what_there_is(control: Control, bot: Bot, anna: Player) -> None:
    await bot.set_my_commands([BotCommand(command="digest", description="Сводка")])
    await bot.send_message(anna.id, "раз")
    state = await control("GET", "state")
    assert state["bot"]["username"] == "svodka_bot"
    assert state["users"] == [
        {
            "id": anna.id,
            "is_bot": False,
            "first_name": "Анна",
            "username": "anna",
            "language_code": "ru",
            "role": "reader",
        }
    ]
    (chat,) = state["chats"]
    assert (chat["title"], chat["user_id"], chat["blocked"]) == ("Анна", anna.id, False)
    assert chat["last"] == {"text": "раз", "date": 1795435200, "from_bot": True}
    assert state["now"] == "2026-11-23T12:00:00+00:00"
    assert state["commands"] == {str(anna.id): [{"command": "digest", "description": "Сводка"}]}
    assert await control("GET", f"commands?user_id={anna.id}") == {"commands": state["commands"][str(anna.id)]}


async def test_the_page_plays_a_person(control: Control, sandbox: Sandbox, bot: Bot) -> None:
    user = await control("POST", "users", {"first_name": "Борис", "language_code": "ru", "role": "editor"})
    assert user["role"] == "editor"
    place = f"chats/{user['id']}/messages"
    sent = await control("POST", place, {"from": user["id"], "text": "/add текст"})
    forward = await control(
        "POST",
        place,
        {
            "from": user["id"],
            "text": "пост",
            "entities": [{"type": "bold", "offset": 0, "length": 4}],
            "forward_origin": "Новости города",
        },
    )
    assert forward["forward_origin"]["chat"]["title"] == "Новости города"
    shown = await bot.send_message(
        user["id"],
        "раз",
        reply_markup={"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]},  # type: ignore[arg-type]  # as JSON
    )
    tap = await control(
        "POST", "taps", {"from": user["id"], "chat_id": user["id"], "message_id": shown.message_id, "data": "yes"}
    )
    await bot.answer_callback_query(tap["callback_query_id"])
    messages = (await control("GET", place))["messages"]
    assert [message["text"] for message in messages] == ["/add текст", "пост", "раз"]
    assert messages[0] == sent
    assert messages[2]["reply_markup"]["inline_keyboard"] == [[{"text": "Да", "callback_data": "yes"}]]
    updates = [next(name for name in d.update if name != "update_id") for d in sandbox.updates.pending.values()]
    assert updates == ["message", "message", "callback_query"]
    assert await control("POST", "block", {"user_id": user["id"], "blocked": True}) == {
        "user_id": user["id"],
        "blocked": True,
    }
    refused = await control("POST", place, {"from": user["id"], "text": "раз"}, 409)
    assert refused["error"] == "Борис has blocked the bot: unblock it first."


async def test_a_file_goes_up_and_comes_back_for_download(
    control: Control, sandbox: Sandbox, http: aiohttp.ClientSession, anna: Player
) -> None:
    form = aiohttp.FormData()
    form.add_field("from", str(anna.id))
    form.add_field("caption", "вот")
    form.add_field("file", b"<script>", filename="a.html", content_type="text/html")
    async with http.post(f"{sandbox.url}/control/chats/{anna.id}/files", data=form) as response:
        message = await response.json()
    assert (message["caption"], message["document"]["file_name"]) == ("вот", "a.html")
    async with http.get(f"{sandbox.url}/control/files/{message['document']['file_id']}") as response:
        assert await response.read() == b"<script>"
        assert response.headers["Content-Disposition"] == "attachment"
        assert response.content_type == "application/octet-stream"
    assert "error" in await control("GET", "files/none", status=404)


WRONG = [
    ("POST", "users", {"first_name": " "}, 400, "A first name has 1 to 64 characters."),
    ("POST", "users", {"first_name": "А", "role": "king"}, 400, "A role is one of: reader, editor, owner."),
    ("POST", "users", {"name": "А"}, 400, 'There is no field "name" here; known are: first_name, username,'),
    ("POST", "users", [], 400, "A JSON object is expected."),
    ("POST", "users", {}, 400, 'The field "first_name" is missing.'),
    ("POST", "users", {"first_name": 5}, 400, 'The field "first_name" must be a text.'),
    ("GET", "chats/x/messages", None, 400, '"chat_id" must be a whole number.'),
    ("GET", "chats/5/messages", None, 404, "There is no such chat."),
    ("POST", "taps", {"from": 1, "chat_id": "{id}", "message_id": 99, "data": "x"}, 404, "There is no such message"),
    ("POST", "taps", {"from": 1, "chat_id": "{id}", "message_id": 1, "data": "x"}, 404, "There is no such user."),
    ("POST", "chats/{id}/messages", {"from": "{id}", "text": "я" * 4097}, 400, "A message holds 4096 characters"),
    ("POST", "chats/{id}/messages", {"from": "{id}", "text": "  "}, 400, "A client would not send this"),
    (
        "POST",
        "chats/{id}/messages",
        {"from": "{id}", "text": "я", "entities": [{}]},
        400,
        'The field "entities.0.type"',
    ),
    ("POST", "chats/{id}/messages", {"from": "{id}", "text": "я", "entities": 5}, 400, 'The field "entities" must be'),
    ("POST", "chats/{id}/files", {"from": "{id}"}, 415, "A file comes as multipart/form-data"),
    ("POST", "block", {"user_id": "{id}", "blocked": 1}, 400, 'The field "blocked" must be true or false.'),
    ("GET", "commands", None, 400, '"user_id" must be a whole number.'),
    ("POST", "clock", {"by": 5}, 409, "This clock cannot be moved"),
    ("PUT", "faults", {}, 400, "An array of faults is expected."),
    ("PUT", "faults", [{"method": "*"}], 400, 'The field "kind" of a fault is missing.'),
    ("PUT", "faults", [{"kind": "slow"}], 400, "This fault does not work: kind must be one of 429, 500"),
    ("PUT", "faults", [{"kind": "500", "method": 5}], 400, "This fault does not work: method and description must be"),
    ("PUT", "faults", [{"kind": "500", "times": "x"}], 400, "This fault does not work: "),
    ("PUT", "limits", {"mode": "fast"}, 400, "These limits do not work: mode must be one of off, bucket, window."),
    ("PUT", "limits", {"speed": 5}, 400, 'There is no field "speed" here'),
    ("PUT", "latency", {"min_ms": 5}, 400, "This does not work: latency needs 0 <= min_ms <= max_ms"),
    ("PUT", "latency", {"min_ms": "x"}, 400, 'The field "min_ms" must be a number.'),
    ("POST", "chats", {"type": "private", "title": "x"}, 400, "A chat of several people is one of: group, supergroup"),
    ("POST", "upgrade", {"chat_id": "{id}"}, 409, "Only a group can become a supergroup"),
    ("GET", "events?after=x", None, 400, '"after" must be a whole number.'),
]


@pytest.mark.parametrize(("verb", "path", "body", "status", "sentence"), WRONG)
async def test_what_is_wrong_is_answered_with_a_sentence(
    control: Control, anna: Player, verb: str, path: str, body: Any, status: int, sentence: str
) -> None:
    filled = json.loads(json.dumps(body).replace('"{id}"', str(anna.id)))
    answer = await control(verb, path.replace("{id}", str(anna.id)), filled, status)
    assert answer["error"].startswith(sentence)


async def test_a_body_must_be_json_and_say_so(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    for data, content_type, status in ((b"{}", "text/plain", 415), (b"{", "application/json", 400)):
        headers = {"Content-Type": content_type}
        response = await http.post(f"{sandbox.url}/control/users", data=data, headers=headers)
        assert response.status == status


async def test_the_knobs_turn(control: Control, sandbox: Sandbox, call: Call) -> None:
    await control("PUT", "faults", [{"kind": "429", "method": "getMe", "times": 1, "retry_after": 3}])
    assert (await call("getMe"))["parameters"] == {"retry_after": 3}
    assert (await control("GET", "faults"))[0]["times"] == 0
    assert await control("DELETE", "faults") == []
    assert (await control("PUT", "limits", {"mode": "window", "per_second": 5}))["per_chat_burst"] == 3
    assert sandbox.limits.per_second == (await control("GET", "limits"))["per_second"] == 5
    await control("PUT", "latency", {"min_ms": 1, "max_ms": 2})
    assert await control("GET", "latency") == {"min_ms": 1, "max_ms": 2}
    await call("getMe")
    calls = await control("GET", "calls?after=1&method=getMe")
    assert [(entry["n"], entry["status"]) for entry in calls["calls"]] == [(2, 200)]


async def test_groups_are_made_left_and_upgraded(control: Control, call: Call, anna: Player) -> None:
    group = await control("POST", "chats", {"type": "group", "title": "Читатели", "members": [anna.id]})
    change = {"from": anna.id, "chat_id": group["id"], "status": "kicked"}
    assert await control("POST", "membership", change) == {"chat_id": group["id"], "status": "kicked"}
    assert "kicked" in (await call("sendMessage", chat_id=group["id"], text="а"))["description"]
    supergroup = await control("POST", "upgrade", {"chat_id": group["id"]})
    assert (await call("sendMessage", chat_id=group["id"], text="а"))["parameters"] == {
        "migrate_to_chat_id": supergroup["id"]
    }
    await control("POST", "deactivate", {"user_id": anna.id, "deactivated": True})
    assert anna.user.is_deactivated


@pytest.mark.parametrize(
    ("move", "now"),
    [
        ({"to": "08:00"}, "2026-11-24T05:00:00+00:00"),
        ({"to": "15:01"}, "2026-11-23T12:01:00+00:00"),
        ({"to": "15:00"}, "2026-11-24T12:00:00+00:00"),
        ({"to": "2026-11-25T08:00"}, "2026-11-25T05:00:00+00:00"),
        ({"to": "2026-11-25T08:00Z"}, "2026-11-25T08:00:00+00:00"),
        ({"by": 90}, "2026-11-23T12:01:30+00:00"),
    ],
)
async def test_the_clock_moves_through_the_hook(
    control: Control, sandbox: Sandbox, clock: FakeClock, move: dict[str, object], now: str
) -> None:
    async def to(instant: datetime) -> None:
        clock.set(instant)

    sandbox.on_clock = to
    assert await control("POST", "clock", move) == {"now": now}


@pytest.mark.parametrize("move", [{"to": "25:00"}, {"to": "soon"}, {"to": 5}, {}, {"by": -1}, {"to": "08:00", "by": 1}])
async def test_a_clock_is_not_moved_to_nowhere(control: Control, sandbox: Sandbox, move: dict[str, object]) -> None:
    async def never(_instant: datetime) -> None:
        raise AssertionError

    sandbox.on_clock = never
    assert "error" in await control("POST", "clock", move, 400)
