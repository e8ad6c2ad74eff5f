"""Taps and their answers."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest

from sandbox import NotPossible, Player, Sandbox, Toast
from tests.clocks import FakeClock
from tests.sandbox.conftest import Call

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


@pytest.fixture
async def query_id(sandbox: Sandbox, bot: Bot, anna: Player) -> str:
    sent = await bot.send_message(anna.id, "раз")
    query, _ = sandbox.people.press(anna.user, anna.chat.messages[sent.message_id], "x")
    return query.id


async def test_a_tap_is_answered_once(bot: Bot, anna: Player, query_id: str) -> None:
    await bot.answer_callback_query(query_id, "Сохранено", show_alert=True)
    with pytest.raises(TelegramBadRequest) as caught:
        await bot.answer_callback_query(query_id)
    assert caught.value.message == TOO_OLD
    assert anna.toasts == [Toast("Сохранено", show_alert=True)]


async def test_an_unknown_tap_cannot_be_answered(bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest) as caught:
        await bot.answer_callback_query("123")
    assert caught.value.message == TOO_OLD


async def test_a_tap_is_too_old_after_150_seconds(bot: Bot, query_id: str, clock: FakeClock) -> None:
    clock.advance(150)
    with pytest.raises(TelegramBadRequest) as caught:
        await bot.answer_callback_query(query_id)
    assert caught.value.message == TOO_OLD


async def test_a_tap_can_still_be_answered_a_moment_before_that(bot: Bot, query_id: str, clock: FakeClock) -> None:
    clock.advance(149)
    assert await bot.answer_callback_query(query_id)


async def test_an_unfetched_tap_is_gone_after_150_seconds(call: Call, query_id: str, clock: FakeClock) -> None:
    before = await call("getUpdates")
    clock.advance(150)
    after = await call("getUpdates")
    assert [list(update)[1] for update in before["result"]] == ["message", "callback_query"]
    assert [list(update)[1] for update in after["result"]] == ["message"]


async def test_old_taps_are_forgotten(sandbox: Sandbox, anna: Player, query_id: str, clock: FakeClock) -> None:
    clock.advance(151)
    query, _ = sandbox.people.press(anna.user, anna.last, "y")
    assert list(sandbox.telegram.queries) == [query.id]


@pytest.mark.parametrize(
    ("params", "problem"),
    [
        ({"text": "я" * 201}, "MESSAGE_TOO_LONG"),
        ({"url": "https://ya.ru"}, "URL_INVALID"),
        ({"cache_time": 2_592_001}, "invalid cache_time specified"),
    ],
)
async def test_a_bad_answer_is_refused(call: Call, query_id: str, params: dict[str, object], problem: str) -> None:
    answer = await call("answerCallbackQuery", callback_query_id=query_id, **params)
    assert answer["description"] == f"Bad Request: {problem}"


async def test_a_tap_on_a_deleted_message_carries_what_is_left_of_it(sandbox: Sandbox, bot: Bot, anna: Player) -> None:
    sent = await bot.send_message(anna.id, "раз")
    message = anna.last
    await bot.delete_message(anna.id, sent.message_id)
    query, _ = sandbox.people.press(anna.user, message, "x")
    assert query.shape()["message"] == {"chat": anna.chat.shape(), "message_id": sent.message_id, "date": 0}


async def test_who_blocked_the_bot_cannot_tap(sandbox: Sandbox, bot: Bot, anna: Player) -> None:
    await bot.send_message(anna.id, "раз")
    sandbox.people.block(anna.user, blocked=True)
    with pytest.raises(NotPossible, match="unblock it first"):
        sandbox.people.press(anna.user, anna.last, "x")
