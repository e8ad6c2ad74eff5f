"""One chat's pace in the gateway: a group, a crowd of calls and a reader who hammers buttons earn nobody a 429."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramRetryAfter

from bot.gateway import Gateway, lane
from digests.chat_pacing import EDITS_BURST, EDITS_S, ChatPacer
from digests.pacing import Lane
from digests.storage.engine import Database
from digests.storage.migrate import migrate
from sandbox import Limits, Sandbox
from tests.bot.conftest import World
from tests.clocks import FakeClock
from tests.sandbox.conftest import QuickSession

TOKEN = "1000:demo"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def sandbox(clock: FakeClock) -> AsyncIterator[Sandbox]:
    async with Sandbox.serve(clock=clock, token=TOKEN) as running:
        running.deliver_to(lambda _update: asyncio.sleep(0))
        yield running


@pytest.fixture
async def bot(sandbox: Sandbox, clock: FakeClock, tmp_path: Path) -> AsyncIterator[Bot]:
    url = f"sqlite+aiosqlite:///{tmp_path}/svodka.db"
    await migrate(url)
    session = QuickSession(api=TelegramAPIServer.from_base(sandbox.url))
    async with Database.opened(url) as database:
        session.middleware(Gateway(database, clock, messages_per_second=1000, chats=ChatPacer(clock)))
        yield Bot(TOKEN, session=session)
        await session.close()


@pytest.mark.parametrize("mode", ["bucket", "window"])
async def test_messages_to_one_chat_never_hit_its_limit(
    sandbox: Sandbox, bot: Bot, clock: FakeClock, mode: str
) -> None:
    anna = sandbox.player("Анна")
    await anna.send("/start")
    sandbox.limits = Limits(mode=mode, per_second=1000)
    before = clock.monotonic()
    for number in range(12):
        await bot.send_message(anna.id, str(number))
    assert [call.status for call in sandbox.calls.of("sendMessage")] == [200] * 12
    assert 9 <= clock.monotonic() - before <= 11


async def test_twenty_messages_and_edits_a_minute_go_into_a_group(sandbox: Sandbox, bot: Bot, clock: FakeClock) -> None:
    group = sandbox.telegram.add_chat("supergroup", "Город").id
    sandbox.limits = Limits(mode="bucket", per_second=1000)
    before = clock.monotonic()
    with lane(Lane.EDITOR):
        first = await bot.send_message(group, "0")
        for number in range(1, 25):
            await bot.edit_message_text(str(number), chat_id=group, message_id=first.message_id)
    assert {call.status for call in sandbox.calls} == {200}
    assert clock.monotonic() - before >= 60


async def test_a_chat_that_would_have_to_wait_for_long_fails_at_once(
    sandbox: Sandbox, bot: Bot, clock: FakeClock
) -> None:
    group = sandbox.telegram.add_chat("supergroup", "Город").id
    for number in range(20):
        await bot.send_message(group, str(number))
    clock.advance(4)
    calls = len(sandbox.calls)
    with pytest.raises(TelegramRetryAfter, match="this chat"):
        await bot.send_message(group, "тап")
    assert len(sandbox.calls) == calls


async def test_a_reader_who_hammers_a_button_is_slowed_alone_and_answered_every_time(world: World) -> None:
    await world.publish("Мост закроют\n\nОбъезд пойдёт по Речной.\n\nПочему\n\nОпоры моста устали, их чинят.")
    anna, boris = world.reader("Анна"), world.reader("Борис")
    await anna.send("/start")
    await boris.send("/start")
    await anna.send("/settings")
    world.clock.advance(60)
    world.sandbox.limits = Limits(mode="window", per_second=30)
    began = world.sandbox.calls.total
    before = world.clock.monotonic()
    for number in range(60):
        await anna.tap("Рубрики" if number % 2 == 0 else "◀")
    assert world.clock.monotonic() - before >= (60 - EDITS_BURST) * EDITS_S - 1  # the burst is over after half of them
    calls = world.sandbox.calls.of(None, began)
    assert [call for call in calls if call.status == 429] == []
    assert len([call for call in calls if call.method == "answerCallbackQuery"]) == 60
    before = world.clock.monotonic()
    await boris.send("/settings")
    assert world.clock.monotonic() - before < 1
