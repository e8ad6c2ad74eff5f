"""Faults on demand, latency and the record of calls."""

import asyncio

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    RestartingTelegram,
    TelegramBadRequest,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)

from sandbox import Fault, Player, Sandbox
from tests.clocks import FakeClock
from tests.sandbox.conftest import TOKEN, Call, until


def said(player: Player) -> list[str]:
    return [message.text for message in player.messages if message.from_bot]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault(kind="429", retry_after=7), TelegramRetryAfter),
        (Fault(kind="500"), RestartingTelegram),
        (Fault(kind="502"), TelegramServerError),
        (Fault(kind="502_html"), ClientDecodeError),
        (Fault(kind="reset_before"), TelegramNetworkError),
        (Fault(kind="error", code=400, description="Bad Request: CHAT_WRITE_FORBIDDEN"), TelegramBadRequest),
    ],
    ids=lambda value: value.kind if isinstance(value, Fault) else "",
)
async def test_a_fault_fails_the_call_before_it_does_anything(
    sandbox: Sandbox, bot: Bot, anna: Player, fault: Fault, error: type[Exception]
) -> None:
    fault.times = 1
    sandbox.faults.set([fault])
    with pytest.raises(error):
        await bot.send_message(anna.id, "раз")
    assert said(anna) == []
    await bot.send_message(anna.id, "два")
    assert said(anna) == ["два"]


@pytest.mark.parametrize("kind", ["reset_after", "lost_answer"])
async def test_a_lost_answer_hides_a_call_that_took_effect(sandbox: Sandbox, bot: Bot, anna: Player, kind: str) -> None:
    sandbox.faults.set([Fault(kind=kind, times=1)])
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(anna.id, "раз")
    assert said(anna) == ["раз"]


async def test_a_timeout_leaves_the_caller_waiting(sandbox: Sandbox, bot: Bot, anna: Player) -> None:
    sandbox.faults.set([Fault(kind="timeout")])
    with pytest.raises(TelegramNetworkError, match="timeout"):
        await bot.send_message(anna.id, "раз", request_timeout=0.05)  # type: ignore[arg-type]  # aiohttp takes fractions
    assert said(anna) == []


async def test_a_fault_befalls_only_the_calls_it_names(sandbox: Sandbox, call: Call, anna: Player) -> None:
    boris = sandbox.player("Борис")
    sandbox.people.write(boris.user, boris.chat, "/start")
    sandbox.faults.set([Fault(kind="500", method="sendmessage", chat_id=anna.id)])
    assert not (await call("sendMessage", chat_id=anna.id, text="раз"))["ok"]
    assert (await call("sendMessage", chat_id=boris.id, text="раз"))["ok"]
    assert (await call("sendChatAction", chat_id=anna.id, action="typing"))["ok"]
    sandbox.faults.clear()
    assert (await call("sendMessage", chat_id=anna.id, text="раз"))["ok"]


async def test_a_probability_is_met_about_as_often_as_it_says_and_always_alike(sandbox: Sandbox) -> None:
    def struck() -> list[bool]:
        faults = type(sandbox.faults)(seed=5)
        faults.set([Fault(kind="500", probability=0.25)])
        return [faults.next("sendMessage", 1) is not None for _ in range(400)]

    assert struck() == struck()
    assert 70 <= sum(struck()) <= 130


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "503"}, {"kind": "500", "probability": 2}, {"kind": "500", "times": -1}, {"kind": "error", "code": 200}],
)
def test_a_fault_that_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="must"):
        Fault(**wrong)  # type: ignore[arg-type]  # wrong on purpose


async def test_latency_is_spent_on_the_clock_of_the_sandbox(
    sandbox: Sandbox, call: Call, anna: Player, clock: FakeClock
) -> None:
    sandbox.latency.set(200, 300)
    started = clock.monotonic()
    await call("sendMessage", chat_id=anna.id, text="раз")
    assert 0.2 <= clock.monotonic() - started <= 0.3
    with pytest.raises(ValueError, match="latency needs"):
        sandbox.latency.set(2, 1)


async def test_every_call_is_on_record(sandbox: Sandbox, call: Call, anna: Player) -> None:
    await call("sendMessage", chat_id=anna.id, text="раз")
    await call("SENDMESSAGE", chat_id=anna.id, text="")
    await call("sendNonsense")
    first, second, third = (entry.shape() for entry in sandbox.calls)
    assert first == {
        "n": 1,
        "time": "2026-11-23T12:00:00+00:00",
        "method": "sendMessage",
        "chat_id": anna.id,
        "params": {"chat_id": str(anna.id), "text": "раз"},
        "status": 200,
        "description": None,
        "message_id": 2,
    }
    assert (second["method"], second["status"]) == ("sendMessage", 400)
    assert second["description"] == "Bad Request: message text is empty"
    assert (third["method"], third["status"]) == ("sendNonsense", 404)
    assert [entry.n for entry in sandbox.calls.of("sendMessage", after=1)] == [2]
    assert sandbox.calls.counts["sendMessage", 200] == 1


async def test_the_record_is_bounded_and_can_do_without_parameters(sandbox: Sandbox, call: Call) -> None:
    sandbox.calls.keep(2, with_params=False)
    for _ in range(3):
        await call("getMe")
    assert [(entry.n, entry.params) for entry in sandbox.calls] == [(2, None), (3, None)]


async def test_a_hanging_call_does_not_hold_up_the_end(clock: FakeClock, http: aiohttp.ClientSession) -> None:
    async with Sandbox.serve(clock=clock) as sandbox:
        sandbox.faults.set([Fault(kind="timeout")])

        async def hang() -> None:
            with pytest.raises(aiohttp.ClientError):
                await http.post(f"{sandbox.url}/bot{TOKEN}/getMe")

        hanging = asyncio.gather(hang())
        await until(lambda: sandbox.calls.total > 0)
    await hanging
