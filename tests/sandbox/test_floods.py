"""Flood limits in both modes, and the penalty."""

from collections.abc import Callable

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramRetryAfter
from hypothesis import given
from hypothesis import strategies as st

from sandbox import Chat, Limits, Player, Sandbox, User
from sandbox.errors import ApiError
from sandbox.floods import Floods
from tests.clocks import FakeClock
from tests.sandbox.conftest import TOKEN, Call


def private(number: int) -> Chat:
    return Chat(id=number, type="private", user=User("А", id=number))


def sent_in_a_burst(floods: Floods, chat: Callable[[int], Chat], tries: int) -> int:
    passed = 0
    for number in range(tries):
        try:
            floods.charge(chat(number))
        except ApiError:
            continue
        passed += 1
    return passed


@pytest.mark.parametrize("mode", ["bucket", "window"])
def test_thirty_a_second_go_out_to_all_chats_together(mode: str) -> None:
    clock = FakeClock()
    floods = Floods(clock, Limits(mode=mode))
    assert sent_in_a_burst(floods, private, 100) == 30
    clock.advance(1)
    assert sent_in_a_burst(floods, private, 100) == 30


@pytest.mark.parametrize("mode", ["bucket", "window"])
def test_a_chat_gets_a_short_burst_and_then_one_a_second(mode: str) -> None:
    clock = FakeClock()
    floods = Floods(clock, Limits(mode=mode))
    chat = private(1)
    passed = 0
    for _ in range(60):
        passed += sent_in_a_burst(floods, lambda _: chat, 5)
        clock.advance(1)
    assert 60 <= passed <= 62


@pytest.mark.parametrize("mode", ["bucket", "window"])
def test_a_group_gets_twenty_a_minute(mode: str) -> None:
    clock = FakeClock()
    floods = Floods(clock, Limits(mode=mode))
    group = Chat(id=-5, type="group", title="Г")
    passed = 0
    for _ in range(60):
        passed += sent_in_a_burst(floods, lambda _: group, 1)
        clock.advance(1)
    assert passed == 20
    assert sent_in_a_burst(floods, lambda _: group, 1) == 1


def test_paid_broadcasts_go_a_thousand_a_second() -> None:
    floods = Floods(FakeClock(), Limits(mode="bucket"))
    for number in range(1000):
        floods.charge(private(number), is_paid=True)
    with pytest.raises(ApiError):
        floods.charge(private(1001), is_paid=True)


@given(st.sampled_from(["bucket", "window"]), st.lists(st.floats(0, 3), max_size=120))
def test_waiting_as_told_always_helps(mode: str, pauses: list[float]) -> None:
    clock = FakeClock()
    floods = Floods(clock, Limits(mode=mode))
    chat = private(1)
    for pause in pauses:
        clock.advance(pause)
        try:
            floods.charge(chat)
        except ApiError as error:
            clock.advance((error.parameters or {})["retry_after"])
            floods.charge(chat)


async def test_a_flood_tells_how_long_to_wait(sandbox: Sandbox, bot: Bot, anna: Player) -> None:
    sandbox.limits = Limits(mode="bucket", per_chat_burst=1, per_chat_per_second=0.2)
    await bot.send_message(anna.id, "раз")
    with pytest.raises(TelegramRetryAfter) as caught:
        await bot.send_message(anna.id, "два")
    assert caught.value.retry_after == 5
    async with bot.session._session.post(  # type: ignore[attr-defined]  # the header is not aiogram's to show
        f"{sandbox.url}/bot{TOKEN}/sendMessage", data={"chat_id": anna.id, "text": "три"}
    ) as response:
        assert (response.status, response.headers["Retry-After"]) == (429, "5")
        assert await response.json() == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 5",
            "parameters": {"retry_after": 5},
        }


async def test_a_penalty_stops_everything_but_polling(
    sandbox: Sandbox, call: Call, anna: Player, clock: FakeClock
) -> None:
    boris = sandbox.player("Борис")
    sandbox.people.write(boris.user, boris.chat, "/start")
    sandbox.limits = Limits(mode="window", per_chat_burst=1, penalty_s=30)
    await call("sendMessage", chat_id=anna.id, text="раз")
    refused = await call("sendMessage", chat_id=anna.id, text="два")
    clock.advance(10)
    other = await call("sendMessage", chat_id=boris.id, text="раз")
    polled = await call("getUpdates")
    clock.advance(20)
    after = await call("sendMessage", chat_id=boris.id, text="раз")
    assert refused["parameters"] == {"retry_after": 30}
    assert other["parameters"] == {"retry_after": 20}
    assert polled["ok"]
    assert after["ok"]


async def test_edits_count_in_groups_only(sandbox: Sandbox, call: Call, anna: Player) -> None:
    group = sandbox.telegram.add_chat("supergroup", "Читатели", [anna.user])
    sandbox.limits = Limits(mode="bucket", per_chat_burst=2)
    for chat_id, passes in ((anna.id, True), (group.id, False)):
        sent = await call("sendMessage", chat_id=chat_id, text="раз")
        ids = {"chat_id": chat_id, "message_id": sent["result"]["message_id"]}
        results = [(await call("editMessageText", text=str(n), **ids))["ok"] for n in range(3)]
        assert results == [True, passes, passes]


async def test_a_refused_message_costs_nothing(sandbox: Sandbox, call: Call, anna: Player) -> None:
    sandbox.limits = Limits(mode="bucket", per_chat_burst=1)
    for _ in range(5):
        await call("sendMessage", chat_id=anna.id, text="<b>", parse_mode="HTML")
    assert (await call("sendMessage", chat_id=anna.id, text="раз"))["ok"]


@pytest.mark.parametrize(
    "wrong", [{"mode": "fast"}, {"per_second": 0}, {"penalty_s": -1}, {"per_chat_burst": "3"}, {"per_second": True}]
)
def test_limits_that_make_no_sense_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="must be"):
        Limits(**wrong)  # type: ignore[arg-type]  # wrong on purpose
