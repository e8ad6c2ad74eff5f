"""Keyboards: what Telegram takes and the words in which it refuses the rest."""

import json

import pytest

from sandbox import Button, Player
from tests.sandbox.conftest import Call


def rows(*buttons: object) -> str:
    return json.dumps({"inline_keyboard": [list(buttons)]})


REFUSED = [
    ("{", "can't parse reply keyboard markup JSON object"),
    ("[]", "object expected as reply markup"),
    ('"x"', "object expected as reply markup"),
    ('{"buttons":[]}', "can't parse reply keyboard markup JSON object"),
    ('{"inline_keyboard":{}}', 'field "inline_keyboard" must be of type Array'),
    ('{"inline_keyboard":[{}]}', 'field "inline_keyboard" must be an Array of Arrays'),
    (rows("x"), "can't parse inline keyboard button: expected an Object"),
    (rows({"callback_data": "x"}), "can't parse inline keyboard button: can't find field \"text\""),
    (rows({"text": " ", "callback_data": "x"}), "can't parse inline keyboard button: button text must be non-empty"),
    (rows({"text": "а"}), "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
    (
        rows({"text": "а", "callback_data": "x", "url": "ya.ru"}),
        "can't parse inline keyboard button: exactly one action",
    ),
    (rows({"text": "а", "callback_data": ""}), "BUTTON_DATA_INVALID"),
    (rows({"text": "а", "callback_data": "я" * 32 + "x"}), "BUTTON_DATA_INVALID"),
    (rows({"text": "а", "url": "http://"}), "inline keyboard button URL 'http://' is invalid: Wrong HTTP URL"),
    (rows({"text": "а", "url": "javascript:alert(1)"}), "inline keyboard button URL 'javascript:alert(1)' is invalid"),
    (rows({"text": "а", "copy_text": {"text": "x" * 257}}), "BUTTON_COPY_TEXT_INVALID"),
    (rows({"text": "а", "web_app": {"url": "http://ya.ru"}}), "inline keyboard button Web App URL 'http://ya.ru'"),
    (rows({"text": "а", "pay": True}), "BUTTON_TYPE_INVALID"),
    (
        rows({"text": "а", "callback_data": "x", "style": "link"}),
        "can't parse inline keyboard button: invalid button style",
    ),
    (
        rows({"text": "а", "callback_data": "x", "colour": "red"}),
        "can't parse InlineKeyboardMarkup: inline_keyboard.0.0",
    ),
    (rows(*[{"text": "а", "callback_data": "x"}] * 9), "reply markup is too long"),
    (json.dumps({"inline_keyboard": [[{"text": "а", "callback_data": "x"}] * 6] * 17}), "reply markup is too long"),
    ('{"keyboard":[["а"],[{"text":5}]]}', "can't parse ReplyKeyboardMarkup: keyboard.0.0"),
]


@pytest.mark.parametrize(("markup", "problem"), REFUSED)
async def test_a_bad_keyboard_is_refused(call: Call, anna: Player, markup: str, problem: str) -> None:
    answer = await call("sendMessage", chat_id=anna.id, text="а", reply_markup=markup)
    assert answer["description"].startswith(f"Bad Request: {problem}")


GOOD = [
    {"callback_data": "я" * 32},
    {"url": "https://ya.ru/путь?q=1"},
    {"url": "tg://user?id=5"},
    {"copy_text": {"text": "x" * 256}},
    {"switch_inline_query": "а"},
    {"web_app": {"url": "https://ya.ru"}},
    {"disabled": {}},
    {"callback_data": "x", "style": "primary"},
]


@pytest.mark.parametrize("action", GOOD)
async def test_a_good_button_is_taken(call: Call, anna: Player, action: dict[str, object]) -> None:
    answer = await call("sendMessage", chat_id=anna.id, text="а", reply_markup=rows({"text": "б", **action}))
    assert answer["ok"]
    assert anna.last.labels == ["б"]


async def test_an_address_is_kept_as_telegram_writes_it(call: Call, anna: Player) -> None:
    await call("sendMessage", chat_id=anna.id, text="а", reply_markup=rows({"text": "б", "url": "ya.ru"}))
    assert anna.last.keyboard == ((Button("б", url="http://ya.ru/"),),)


@pytest.mark.parametrize("markup", ['{"inline_keyboard":[]}', '{"inline_keyboard":[[]]}', "{}"])
async def test_an_empty_keyboard_is_no_keyboard(call: Call, anna: Player, markup: str) -> None:
    answer = await call("sendMessage", chat_id=anna.id, text="а", reply_markup=markup)
    assert "reply_markup" not in answer["result"]


async def test_an_edit_takes_inline_keyboards_only(call: Call, anna: Player) -> None:
    sent = await call("sendMessage", chat_id=anna.id, text="а")
    answer = await call(
        "editMessageText",
        chat_id=anna.id,
        message_id=sent["result"]["message_id"],
        text="б",
        reply_markup='{"force_reply":true}',
    )
    assert answer["description"] == "Bad Request: inline keyboard expected"


async def test_a_hundred_buttons_eight_in_a_row_are_the_most(call: Call, anna: Player) -> None:
    button = {"text": "а", "callback_data": "x"}
    markup = {"inline_keyboard": [[button] * 8] * 12 + [[button] * 4]}
    await call("sendMessage", chat_id=anna.id, text="а", reply_markup=json.dumps(markup))
    assert len(anna.last.labels) == 100
