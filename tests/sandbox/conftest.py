"""A local Telegram on a clock that stands still, aiogram's client for it, and a plain one for what aiogram forbids."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from hypothesis import settings

from bot.session import Session
from sandbox import Player, Sandbox
from tests.clocks import FakeClock

TOKEN = "1000:demo"

# A busy machine is no reason to fail.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

Call = Callable[..., Awaitable[dict[str, Any]]]


async def until(condition: Callable[[], bool]) -> None:
    """Let the event loop turn until the condition holds."""
    for _ in range(100_000):
        if condition():
            return
        await asyncio.sleep(0)
    raise AssertionError("it never came to that")


class QuickSession(Session):
    """Our session without aiogram's pause of 250 ms for TLS connections, which there are none of here."""

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


def client_of(sandbox: Sandbox, token: str = TOKEN) -> Bot:
    return Bot(token, session=QuickSession(api=TelegramAPIServer.from_base(sandbox.url)))


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def sandbox(clock: FakeClock) -> AsyncIterator[Sandbox]:
    async with Sandbox.serve(clock=clock) as running:
        yield running


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    client = client_of(sandbox)
    yield client
    await client.session.close()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def call(sandbox: Sandbox, http: aiohttp.ClientSession) -> Call:
    """Call a method with a plain form and return the whole answer."""

    async def calling(method: str, /, **params: object) -> dict[str, Any]:
        form = {name: str(value) for name, value in params.items()}
        async with http.post(f"{sandbox.url}/bot{TOKEN}/{method}", data=form) as response:
            answer: dict[str, Any] = await response.json()
            assert response.status == (200 if answer["ok"] else answer["error_code"])
            return answer

    return calling


@pytest.fixture
async def anna(sandbox: Sandbox) -> Player:
    """A reader who has started the bot; nobody has handled that yet."""
    player = sandbox.player("Анна", username="anna")
    sandbox.people.write(player.user, player.chat, "/start")
    return player
