"""The gateway against the local Telegram: pace, floods, passing errors and refusals that change nothing."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import (
    CopyMessage,
    EditMessageReplyMarkup,
    EditMessageText,
    GetMe,
    SendChatAction,
    SendMessage,
    SendPhoto,
    TelegramMethod,
)
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.gateway import RETRIES_S, Gateway, delivered, is_pushed, is_transient, lane, retry_after
from digests.lateness import FLOOD_UNTIL
from digests.pacing import SHARE, Lane
from digests.storage import facts
from digests.storage.engine import Database
from digests.storage.migrate import migrate
from sandbox import Fault, Limits, Player, Sandbox
from tests.clocks import FakeClock
from tests.sandbox.conftest import QuickSession

TOKEN = "1000:demo"
RATE = 30.0


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    url = f"sqlite+aiosqlite:///{tmp_path}/svodka.db"
    await migrate(url)
    async with Database.opened(url) as opened:
        yield opened


@pytest.fixture
async def sandbox(clock: FakeClock) -> AsyncIterator[Sandbox]:
    async with Sandbox.serve(clock=clock, token=TOKEN) as running:
        running.deliver_to(ignore)
        yield running


async def ignore(_update: object) -> None:
    """What a bot does that answers nothing."""


@pytest.fixture
async def anna(sandbox: Sandbox) -> Player:
    player = sandbox.player("Анна")
    await player.send("/start")
    return player


@pytest.fixture
def gateway(database: Database, clock: FakeClock) -> Gateway:
    return Gateway(database, clock, messages_per_second=RATE)


@pytest.fixture
async def bot(sandbox: Sandbox, gateway: Gateway) -> AsyncIterator[Bot]:
    session = QuickSession(api=TelegramAPIServer.from_base(sandbox.url))
    session.middleware(gateway)
    yield Bot(TOKEN, session=session)
    await session.close()


def statuses(sandbox: Sandbox, method: str = "sendMessage") -> list[int]:
    return [call.status for call in sandbox.calls if call.method == method]


async def test_messages_go_out_at_the_pace_and_no_server_refuses(sandbox: Sandbox, bot: Bot, clock: FakeClock) -> None:
    for mode in ("bucket", "window"):
        sandbox.limits = Limits(mode=mode, per_second=int(RATE), per_chat_burst=1000)
        player = sandbox.player(mode)
        await player.send("/start")
        before = clock.monotonic()
        with lane(Lane.DIGEST):
            for number in range(70):
                await bot.send_message(player.id, str(number))
        assert clock.monotonic() - before >= 69 / RATE
    assert statuses(sandbox) == [200] * 140


async def test_edits_and_answers_do_not_wait_for_the_pace(bot: Bot, anna: Player, clock: FakeClock) -> None:
    message = await bot.send_message(anna.id, "0")
    before = clock.monotonic()
    for number in range(1, 20):
        await bot.edit_message_text(str(number), chat_id=anna.id, message_id=message.message_id)
        await bot.get_me()
        await bot.send_chat_action(anna.id, "typing")
    assert clock.monotonic() == before


async def test_a_short_flood_is_waited_out_and_the_message_goes_out(
    sandbox: Sandbox, bot: Bot, anna: Player, clock: FakeClock
) -> None:
    sandbox.faults.set([Fault(kind="429", method="sendMessage", retry_after=5, times=1)])
    before = clock.monotonic()
    await bot.send_message(anna.id, "привет")
    assert clock.monotonic() - before >= 5
    assert statuses(sandbox) == [429, 200]


async def test_after_a_flood_nothing_at_all_is_called_until_it_is_over(
    sandbox: Sandbox, bot: Bot, gateway: Gateway, anna: Player, clock: FakeClock
) -> None:
    sandbox.faults.set([Fault(kind="429", method="sendMessage", retry_after=600, times=1)])
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(anna.id, "привет")
    calls = len(sandbox.calls)
    with pytest.raises(TelegramRetryAfter) as caught:
        await bot.get_me()
    assert 595 <= caught.value.retry_after <= 601
    with pytest.raises(TelegramRetryAfter), lane(Lane.DIGEST):
        await bot.send_message(anna.id, "дайджест")
    assert len(sandbox.calls) == calls
    assert gateway.held_s > 595
    clock.advance(601)
    await bot.send_message(anna.id, "привет")
    assert statuses(sandbox) == [429, 200]


async def test_a_flood_window_outlives_a_restart(
    sandbox: Sandbox, bot: Bot, database: Database, anna: Player, clock: FakeClock
) -> None:
    sandbox.faults.set([Fault(kind="429", retry_after=43_837, times=1)])
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(anna.id, "привет")
    clock.advance(3_600)
    successor = Gateway(database, clock, messages_per_second=RATE)
    assert successor.held_s == 0
    await successor.restore()
    assert successor.held_s == pytest.approx(43_837 - 3_600, abs=1)
    clock.advance(43_837)
    latest = Gateway(database, clock, messages_per_second=RATE)
    await latest.restore()
    assert latest.held_s == 0


async def test_a_stored_window_from_a_wrong_clock_ends_within_a_day(
    database: Database, gateway: Gateway, clock: FakeClock
) -> None:
    async with database.write() as connection:
        await facts.put(connection, FLOOD_UNTIL, "9999999999")
        await facts.put(connection, FLOOD_UNTIL, "99999999999")
    await gateway.restore()
    assert gateway.held_s <= 86_400


async def test_after_a_flood_the_pace_is_lower(sandbox: Sandbox, bot: Bot, anna: Player, clock: FakeClock) -> None:
    sandbox.faults.set([Fault(kind="429", method="sendMessage", retry_after=1, times=1)])
    await bot.send_message(anna.id, "0")
    before = clock.monotonic()
    with lane(Lane.DIGEST):
        for number in range(10):
            await bot.send_message(anna.id, str(number))
    assert clock.monotonic() - before > 10 / (RATE * SHARE) * 1.3


@pytest.mark.parametrize("kind", ["500", "502", "502_html", "reset_before"])
async def test_what_fails_in_passing_is_tried_again_for_who_waits(
    sandbox: Sandbox, bot: Bot, anna: Player, clock: FakeClock, kind: str
) -> None:
    sandbox.faults.set([Fault(kind=kind, method="sendMessage", times=2)])
    before = clock.monotonic()
    await bot.send_message(anna.id, "привет")
    assert anna.last.text == "привет"
    assert clock.monotonic() - before >= 0.75 * sum(RETRIES_S[:2])


async def test_what_keeps_failing_is_given_up(sandbox: Sandbox, bot: Bot, anna: Player) -> None:
    sandbox.faults.set([Fault(kind="502", method="sendMessage")])
    with pytest.raises(TelegramServerError):
        await bot.send_message(anna.id, "привет")
    assert statuses(sandbox) == [502] * (len(RETRIES_S) + 1)


async def test_a_digest_is_not_tried_again_here_but_by_its_delivery(sandbox: Sandbox, bot: Bot, anna: Player) -> None:
    sandbox.faults.set([Fault(kind="502_html", method="sendMessage")])
    with pytest.raises(ClientDecodeError), lane(Lane.DIGEST):
        await bot.send_message(anna.id, "дайджест")
    sandbox.faults.set([Fault(kind="429", method="sendMessage", retry_after=1)])
    with pytest.raises(TelegramRetryAfter), lane(Lane.DIGEST):
        await bot.send_message(anna.id, "дайджест")
    assert len(statuses(sandbox)) == 2


async def test_a_refusal_is_not_tried_again(sandbox: Sandbox, bot: Bot, anna: Player) -> None:
    with pytest.raises(TelegramBadRequest):
        await bot.send_message(anna.id, "<h1>", parse_mode="HTML")
    assert statuses(sandbox) == [400]


async def test_a_double_tap_that_changes_nothing_is_no_error(bot: Bot, anna: Player) -> None:
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Раз", callback_data="n1:")]])
    message = await bot.send_message(anna.id, "привет", reply_markup=keyboard)
    edited = EditMessageText(chat_id=anna.id, message_id=message.message_id, text="привет", reply_markup=keyboard)
    assert await bot(edited) is True
    marked = EditMessageReplyMarkup(chat_id=anna.id, message_id=message.message_id, reply_markup=keyboard)
    assert await bot(marked) is True


async def test_a_late_answer_and_a_message_gone_already_are_no_errors(bot: Bot, anna: Player) -> None:
    assert await bot.answer_callback_query("12345") is True
    message = await bot.send_message(anna.id, "привет")
    assert await bot.delete_message(anna.id, message.message_id)
    assert await bot.delete_message(anna.id, message.message_id) is True


async def test_an_edit_of_a_message_that_is_gone_is_an_error(bot: Bot, anna: Player) -> None:
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await bot.edit_message_text("привет", chat_id=anna.id, message_id=777)


async def test_polling_is_neither_paced_nor_held(sandbox: Sandbox, bot: Bot, anna: Player, clock: FakeClock) -> None:
    sandbox.faults.set([Fault(kind="429", method="sendMessage", retry_after=600, times=1)])
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(anna.id, "привет")
    sandbox.deliver_to(None)
    assert await bot.get_updates() == []


async def test_a_window_that_cannot_be_stored_is_kept_all_the_same(
    sandbox: Sandbox, bot: Bot, gateway: Gateway, database: Database, anna: Player
) -> None:
    async with database.write() as connection:
        await connection.exec_driver_sql("pragma query_only = on")
    sandbox.faults.set([Fault(kind="429", method="sendMessage", retry_after=600, times=1)])
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(anna.id, "привет")
    assert gateway.held_s > 590


async def test_logs_name_neither_texts_nor_the_token(
    sandbox: Sandbox, bot: Bot, anna: Player, caplog: pytest.LogCaptureFixture
) -> None:
    sandbox.faults.set([Fault(kind="502", times=1), Fault(kind="429", retry_after=1, times=1)])
    with caplog.at_level(logging.DEBUG, logger="bot"):
        await bot.send_message(anna.id, "тайна")
    assert caplog.messages
    assert not [line for line in caplog.messages if "тайна" in line or TOKEN in line]


def test_only_what_puts_a_message_into_a_chat_is_paced() -> None:
    assert is_pushed(SendMessage(chat_id=1, text="a"))
    assert is_pushed(SendPhoto(chat_id=1, photo="a"))
    assert is_pushed(CopyMessage(chat_id=1, from_chat_id=1, message_id=1))
    assert not is_pushed(SendChatAction(chat_id=1, action="typing"))
    assert not is_pushed(GetMe())


def test_passing_errors_are_told_from_lasting_ones() -> None:
    method: TelegramMethod[object] = GetMe()  # type: ignore[assignment]  # whichever
    assert is_transient(TelegramNetworkError(method, "timeout"))
    assert is_transient(TelegramServerError(method, "Bad Gateway"))
    assert is_transient(ClientDecodeError("Failed to decode object", ValueError(), "<html>"))
    assert not is_transient(TelegramEntityTooLarge(method, "Request Entity Too Large"))
    assert not is_transient(TelegramBadRequest(method, "Bad Request"))


def test_a_message_that_was_taken_but_answered_strangely_is_known_as_taken() -> None:
    strange = ClientDecodeError("Failed to deserialize object", ValueError(), {"ok": True, "result": {"message_id": 7}})
    assert delivered(strange) == 7
    assert not is_transient(strange)
    assert delivered(ClientDecodeError("", ValueError(), {"ok": True, "result": True})) == 0
    assert delivered(ClientDecodeError("", ValueError(), {"ok": False})) is None
    assert delivered(ClientDecodeError("", ValueError(), "<html>")) is None


def test_the_wait_is_read_from_the_words_when_it_is_nowhere_else() -> None:
    method: TelegramMethod[object] = GetMe()  # type: ignore[assignment]  # whichever
    assert retry_after(TelegramAPIError(method, "Too Many Requests: retry after 17")) == 17
    assert retry_after(TelegramAPIError(method, "Too Many Requests")) == 5
    assert retry_after(TelegramRetryAfter(method, "flood", 3)) == 3
    assert retry_after(TelegramBadRequest(method, "Bad Request: chat not found")) is None


async def test_what_is_paid_for_has_a_rate_of_its_own_and_shares_the_flood(
    sandbox: Sandbox, bot: Bot, gateway: Gateway, anna: Player, clock: FakeClock
) -> None:
    sandbox.limits = Limits(mode="bucket", per_second=int(RATE), per_chat_per_second=1000, per_chat_burst=1000)
    before = clock.monotonic()
    with lane(Lane.BREAKING):
        for number in range(200):
            await bot.send_message(anna.id, str(number), allow_paid_broadcast=True)
    assert clock.monotonic() - before < 1
    assert statuses(sandbox) == [200] * 200
    sandbox.faults.set([Fault(kind="429", method="sendMessage", retry_after=60, times=1)])
    with pytest.raises(TelegramRetryAfter), lane(Lane.BREAKING):
        await bot.send_message(anna.id, "платно", allow_paid_broadcast=True)
    assert gateway.held_s > 59
    with pytest.raises(TelegramRetryAfter), lane(Lane.BREAKING):
        await bot.send_message(anna.id, "платно", allow_paid_broadcast=True)
    assert len(statuses(sandbox)) == 201
