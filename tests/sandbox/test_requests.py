"""How calls come in over HTTP, and what is answered to those that are none."""

import io
import json
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramUnauthorizedError

from sandbox import Player, Sandbox
from sandbox.schema import Schema
from tests.sandbox.conftest import TOKEN, Call, client_of


async def answer_of(response: aiohttp.ClientResponse) -> dict[str, Any]:
    answer: dict[str, Any] = await response.json()
    return answer


@pytest.mark.parametrize("form", ["form", "query", "json", "multipart", "mixed"])
async def test_parameters_come_in_every_form(
    sandbox: Sandbox, http: aiohttp.ClientSession, anna: Player, form: str
) -> None:
    url = f"{sandbox.url}/bot{TOKEN}/sendMessage"
    markup = {"inline_keyboard": [[{"text": "Дальше ▶", "callback_data": "x"}]]}
    fields = {"chat_id": str(anna.id), "text": "раз & <два>", "reply_markup": json.dumps(markup)}
    multipart = aiohttp.FormData(default_to_multipart=True)
    for name, value in fields.items():
        multipart.add_field(name, value)
    request = {
        "form": {"data": fields},
        "query": {"params": fields},
        "json": {"json": {"chat_id": anna.id, "text": fields["text"], "reply_markup": markup, "parse_mode": None}},
        "multipart": {"data": multipart},
        "mixed": {
            "params": {"chat_id": fields["chat_id"]},
            "json": {k: v for k, v in fields.items() if k != "chat_id"},
        },
    }[form]
    answer = await answer_of(await http.post(url, **request))  # type: ignore[arg-type]  # one of several shapes
    assert answer["ok"], answer
    assert anna.last.render() == "раз & <два>\n[ Дальше ▶ ]"


async def test_method_names_are_known_in_any_letter_case(call: Call) -> None:
    assert (await call("GETME"))["result"]["username"] == "svodka_bot"
    assert (await call("getme"))["ok"]


async def test_an_unknown_method_is_not_found_and_one_not_played_says_so(call: Call) -> None:
    unknown = await call("sendNonsense")
    assert (unknown["error_code"], unknown["description"]) == (404, "Not Found: method not found")
    other = await call("sendDice", chat_id=1)
    assert (other["error_code"], other["description"]) == (
        400,
        "Bad Request: the local Telegram does not play the method sendDice",
    )


async def test_a_token_is_checked(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    for token, text in {
        "1000": "Unauthorized: invalid token specified",
        "x:y": "Unauthorized: invalid token specified",
        "1000:other": "Unauthorized",
    }.items():
        answer = await answer_of(await http.get(f"{sandbox.url}/bot{token}/getMe"))
        assert answer == {"ok": False, "error_code": 401, "description": text}
    stranger = client_of(sandbox, "1001:x")
    with pytest.raises(TelegramUnauthorizedError):
        await stranger.get_me()
    await stranger.session.close()


@pytest.mark.parametrize("path", ["", "/", "/x/y", "/getMe/"])
async def test_a_broken_path_is_not_found(sandbox: Sandbox, http: aiohttp.ClientSession, path: str) -> None:
    response = await http.get(f"{sandbox.url}/bot{TOKEN}{path}")
    assert (response.status, await answer_of(response)) == (
        404,
        {"ok": False, "error_code": 404, "description": "Not Found"},
    )


@pytest.mark.parametrize(
    ("body", "content_type", "code", "problem"),
    [
        (b"[1]", "application/json", 400, "Bad Request: object expected as the request's parameters"),
        (b"{", "application/json", 400, "Bad Request: can't parse the request's parameters"),
        (
            b"chat_id=%FF&text=x",
            "application/x-www-form-urlencoded",
            400,
            "Bad Request: strings must be encoded in UTF-8",
        ),
        (b'{"text":"\xff"}', "application/json", 400, "Bad Request: strings must be encoded in UTF-8"),
        (
            b'{"chat_id":1,"text":"\\ud800"}',
            "application/json",
            400,
            'Bad Request: wrong parameter "text" of sendMessage',
        ),
        (b"text=" + b"x" * 2**20, "application/x-www-form-urlencoded", 413, "Request Entity Too Large: too many"),
    ],
)
async def test_a_body_that_cannot_be_read_is_refused(
    sandbox: Sandbox, http: aiohttp.ClientSession, body: bytes, content_type: str, code: int, problem: str
) -> None:
    url = f"{sandbox.url}/bot{TOKEN}/sendMessage"
    answer = await answer_of(await http.post(url, data=io.BytesIO(body), headers={"Content-Type": content_type}))
    assert answer["error_code"] == code
    assert answer["description"].startswith(problem)


async def test_after_logging_out_nothing_is_answered(bot: Bot, call: Call) -> None:
    await bot.log_out()
    assert (await call("getMe"))["description"] == "Logged out"


def test_every_method_of_the_schema_can_be_compiled() -> None:
    schema = Schema.load()
    document = json.loads(Schema.path().read_text("utf-8"))
    assert document["api"]["version"] == "10.3"
    for name in document["methods"]:
        method = schema.method(name.upper())
        assert method is not None
        assert method.name == name


async def test_a_malformed_token_is_refused_at_the_start() -> None:
    with pytest.raises(ValueError, match="a token looks like 1000:demo"):
        async with Sandbox.serve(token="demo"):
            pass
