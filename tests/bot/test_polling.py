"""Polling: updates are confirmed when they were handled, and two copies on one token sort out who leaves."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message
from aiohttp.test_utils import TestClient, TestServer

from bot.polling import CONFLICT_GRACE_S, Polling, SecondCopy, TokenRefused
from bot.web import SECRET_HEADER, Webhook, web_app
from digests.clock import SystemClock
from sandbox import Sandbox
from sandbox.faults import Fault
from tests.clocks import FakeClock

TOKEN = "1000:demo"


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox.serve(port=0, clock=SystemClock(), token=TOKEN, username="svodka_bot") as served:
        yield served


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    made = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(sandbox.url)))
    yield made
    await made.session.close()


def echo() -> Dispatcher:
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def answer(message: Message) -> None:
        await message.answer(f"echo {message.text}")

    return dispatcher


async def test_the_second_copy_leaves_and_the_first_goes_on(sandbox: Sandbox, bot: Bot) -> None:
    clock, stop = FakeClock(), asyncio.Event()
    anna = sandbox.player("Анна")
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(Polling(bot, echo(), clock).run(stop))
        await anna.send("one")
        clock.advance(CONFLICT_GRACE_S * 10)
        with pytest.raises(SecondCopy):
            await Polling(bot, echo(), clock).run(stop)
        await anna.send("two")
        stop.set()
    assert [message.text for message in anna.messages if message.from_bot] == ["echo one", "echo two"]


async def test_a_revoked_token_ends_the_polling(sandbox: Sandbox) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(sandbox.url))
    stranger = Bot("2000:somebody-else", session=session)
    try:
        with pytest.raises(TokenRefused):
            await Polling(stranger, echo(), FakeClock()).run(asyncio.Event())
    finally:
        await session.close()


async def test_what_was_not_handled_comes_again(sandbox: Sandbox, bot: Bot) -> None:
    clock = FakeClock()
    anna = sandbox.player("Анна")
    reached = asyncio.Event()
    stuck = Dispatcher()

    @stuck.message()
    async def never(_: Message) -> None:
        reached.set()
        await asyncio.Event().wait()

    dying = asyncio.create_task(Polling(bot, stuck, clock).run(asyncio.Event()))  # noqa: TID251 - it is to be killed
    sending = asyncio.create_task(anna.send("paste"))  # noqa: TID251 - it ends when the next copy has answered
    await reached.wait()
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(Polling(bot, echo(), clock).run(stop))
        await sending
        stop.set()
    assert anna.last.text == "echo paste"


async def test_it_outlives_a_telegram_that_is_broken_for_a_while(sandbox: Sandbox, bot: Bot) -> None:
    kinds = ("502_html", "500", "reset_before")
    sandbox.faults.set([Fault(kind=kind, method="getUpdates", times=1) for kind in kinds])
    stop = asyncio.Event()
    anna = sandbox.player("Анна")
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(Polling(bot, echo(), FakeClock()).run(stop))
        await anna.send("still there?")
        stop.set()
    assert anna.last.text == "echo still there?"


async def test_an_update_that_cannot_be_read_stops_nobody(sandbox: Sandbox, bot: Bot) -> None:
    anna, stop = sandbox.player("Анна"), asyncio.Event()
    sandbox.updates.push("message", {"message_id": "a word, of all things", "date": {}}, anna.id)
    sandbox.updates.push("hologram", {"of": "the future"}, anna.id)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(Polling(bot, echo(), FakeClock()).run(stop))
        await anna.send("am I next?")
        stop.set()
    assert anna.last.text == "echo am I next?"
    assert not sandbox.updates.pending


async def test_a_webhook_takes_what_it_cannot_read_off_telegrams_hands(bot: Bot) -> None:
    site = web_app(bot, echo(), ready=lambda: asyncio.sleep(0, ""), webhook=Webhook(path="/hook", secret="word"))
    bad: tuple[object, ...] = (
        {"update_id": 1, "message": {"message_id": "word"}},
        {"update_id": 2, "hologram": {}},
        {"no": "number"},
        [],
    )
    async with TestClient(TestServer(site)) as telegram:
        for update in bad:
            answer = await telegram.post("/hook", json=update, headers={SECRET_HEADER: "word"})
            assert answer.status == 200
        assert (await telegram.post("/hook", data=b"{", headers={SECRET_HEADER: "word"})).status == 400
        assert (await telegram.post("/hook", json={}, headers={SECRET_HEADER: "wörd"})).status == 401
        assert (await telegram.post("/hook", json={})).status == 401
