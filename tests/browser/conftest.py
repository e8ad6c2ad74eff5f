"""A browser for all tests here, and a fresh local Telegram with its page for each."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Locator, Page, async_playwright, expect

from sandbox import Player, Sandbox
from tests.browser.newsbot import TOKEN, NewsBot, bot_of, register_commands
from tests.clocks import FakeClock

CHROMIUM = shutil.which("chromium")
SWITCHES = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 10_000

expect.set_options(timeout=PATIENCE_MS)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium, one for the whole run."""
    if CHROMIUM is None:
        if os.environ.get("SVODKA_REQUIRE_BROWSER") == "1":
            pytest.fail("chromium is not installed, and SVODKA_REQUIRE_BROWSER asks for it")
        pytest.skip("chromium is not installed")
    async with async_playwright() as driver:
        chromium = await driver.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield chromium
        await chromium.close()


@dataclass(kw_only=True)
class Desk:
    """Everything a test needs: the local Telegram, its people, the bot, and a browser to open the page in."""

    sandbox: Sandbox
    clock: FakeClock
    browser: Browser
    bot: NewsBot
    anna: Player
    boris: Player
    received: list[dict[str, Any]]
    complaints: list[str] = field(default_factory=list)

    @asynccontextmanager
    async def page(self, width: int = 1280, height: int = 800, **options: Any) -> AsyncIterator[Page]:
        """Open the chat page in a window of that size; what the console complains of is kept."""
        options.setdefault("locale", "ru-RU")
        options.setdefault("reduced_motion", "reduce")
        context = await self.browser.new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(PATIENCE_MS)
        page = await context.new_page()
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        try:
            await page.goto(self.sandbox.url)
            yield page
        finally:
            await context.close()

    @asynccontextmanager
    async def chat(self, player: Player, **options: Any) -> AsyncIterator[Page]:
        """Open the chat page with a player's chat in front."""
        async with self.page(**options) as page:
            await open_chat(page, player)
            yield page

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)


async def open_chat(page: Page, player: Player) -> None:
    """Choose a chat in the list and wait until it is shown."""
    await page.locator(f'[data-chat="{player.id}"]').click()
    await expect(page.locator("#peer-name")).to_have_text(player.user.first_name)
    await expect(page.locator("#thread > *").first).to_be_attached()


def newest(page: Page) -> Locator:
    """The newest message on the page."""
    return page.locator(".row").last


@pytest_asyncio.fixture(loop_scope="session")
async def desk(browser: Browser) -> AsyncIterator[Desk]:
    """A local Telegram with two readers and a scripted bot; the browser's console must stay silent."""
    clock = FakeClock()
    received: list[dict[str, Any]] = []
    async with Sandbox.serve(clock=clock, token=TOKEN) as sandbox:
        client = bot_of(sandbox)
        bot = NewsBot(client, received.append)
        await register_commands(client)
        sandbox.deliver_to(bot.handle)
        ready = Desk(
            sandbox=sandbox,
            clock=clock,
            browser=browser,
            bot=bot,
            anna=sandbox.player("Анна Кузнецова"),
            boris=sandbox.player("Борис", role="editor"),
            received=received,
        )
        yield ready
        bot.release.set()
        await client.session.close()
    assert ready.complaints == []
