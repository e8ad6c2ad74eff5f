"""Chats: many people in one page, a phone's width, the clock, a lost line, day and night."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Page, expect

from sandbox import Sandbox
from tests.browser.conftest import Desk, newest, open_chat
from tests.browser.newsbot import TOKEN

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_two_chats_stay_apart(desk: Desk) -> None:
    await desk.anna.send("/start")
    await desk.boris.send("/start")
    async with desk.chat(desk.anna) as page:
        await page.get_by_role("textbox", name="Сообщение").fill("черновик Анны")
        await desk.bot.say(desk.boris.id, "Только Борису")
        await expect(page.locator(f'[data-chat="{desk.boris.id}"] .badge')).to_have_text("1")
        await expect(page.locator(f'[data-chat="{desk.boris.id}"] .preview')).to_have_text("Только Борису")
        await expect(page).to_have_title("(1) Сводка")
        await open_chat(page, desk.boris)
        await expect(newest(page)).to_contain_text("Только Борису")
        await expect(page.get_by_role("textbox", name="Сообщение")).to_have_value("")
        await expect(page).to_have_title("Сводка")
        await open_chat(page, desk.anna)
        await expect(page.get_by_text("Только Борису")).to_have_count(1)  # in the list only
        await expect(page.get_by_role("textbox", name="Сообщение")).to_have_value("черновик Анны")


async def test_the_latest_chat_comes_first_and_roles_are_marked(desk: Desk) -> None:
    await desk.anna.send("/start")
    desk.clock.advance(60)
    await desk.boris.send("/start")
    async with desk.page() as page:
        links = page.locator(".chat-link")
        await expect(links.first).to_contain_text("редактор")
        await expect(links.nth(1)).to_contain_text("читатель")
        desk.clock.advance(60)
        await desk.anna.send("Привет")
        await expect(links.first).to_contain_text("Вы: Привет")


async def test_on_a_phone_the_list_gives_way_to_the_chat_and_back(desk: Desk) -> None:
    await desk.anna.send("/start")
    async with desk.page(width=360, height=740) as page:
        await expect(page.locator("#chat")).to_be_hidden()
        await open_chat(page, desk.anna)
        await expect(page.locator(".sidebar")).to_be_hidden()
        await page.get_by_role("button", name="Назад к чатам").click()
        await expect(page.locator(".sidebar")).to_be_visible()
        await expect(page.locator("#chat")).to_be_hidden()
        await page.go_back()
        await expect(page.locator("#peer-name")).to_have_text("Анна Кузнецова")


@pytest.mark.parametrize("width", [320, 360, 1280])
async def test_nothing_sticks_out_sideways(desk: Desk, width: int) -> None:
    await desk.anna.send("/start")
    await desk.bot.show(desk.anna.id, "digest")
    await desk.bot.say(desk.anna.id, "Ы" * 300 + " https://zarechye.example/" + "a" * 200)
    await desk.bot.say(desk.anna.id, f"<pre>{'x' * 300}</pre><blockquote>{'Ж' * 200}</blockquote>")
    await desk.anna.send_file("н" * 120 + ".txt", b"text")
    async with desk.page(width=width, height=740) as page:
        assert await overflow(page) == 0
        await open_chat(page, desk.anna)
        assert await overflow(page) == 0
        assert await page.locator("#scroll").evaluate("e => e.scrollWidth - e.clientWidth") == 0


async def test_touch_targets_are_large_enough(desk: Desk) -> None:
    await desk.anna.send("/start")
    await desk.bot.show(desk.anna.id, "digest")
    async with desk.page(width=360, height=740) as page:
        small = await small_targets(page)
        await open_chat(page, desk.anna)
        small += await small_targets(page)
    assert small == []


async def test_a_new_reader_is_made_and_can_start(desk: Desk) -> None:
    async with desk.page(width=360, height=740) as page:
        await page.get_by_role("button", name="Новый читатель").click()
        await page.get_by_role("textbox", name="Имя").fill("Вера")
        await page.get_by_label("Язык").select_option("en")
        await page.get_by_role("button", name="Создать").click()
        await expect(page.locator("#peer-name")).to_have_text("Вера")
        await page.get_by_role("button", name="Начать").click()
        await expect(newest(page)).to_contain_text("Здравствуйте!")
    assert desk.received[-1]["from"]["language_code"] == "en"


async def test_people_who_come_later_appear_in_the_list(desk: Desk) -> None:
    async with desk.page() as page:
        await expect(page.locator(".chat-link")).to_have_count(2)
        for name in ("Вера", "Глеб", "Дина"):
            desk.sandbox.player(name)
        await expect(page.locator(".chat-link")).to_have_count(5)


async def test_blocking_hides_the_field_until_the_bot_is_let_in(desk: Desk) -> None:
    await desk.anna.send("/start")
    async with desk.chat(desk.anna) as page:
        await page.get_by_role("button", name="Меню чата").click()
        await page.keyboard.press("ArrowUp")
        await page.keyboard.press("Enter")
        await expect(page.locator("#peer-status")).to_contain_text("бот заблокирован")
        await expect(page.locator("#composer")).to_be_hidden()
        assert desk.anna.chat.is_blocked
        await page.get_by_role("button", name="Разблокировать").click()
        await expect(page.locator("#composer")).to_be_visible()
        assert not desk.anna.chat.is_blocked


async def test_the_clock_is_shown_and_moves_to_the_morning(desk: Desk) -> None:
    await desk.anna.send("/start")

    async def move(target: datetime) -> None:
        desk.clock.set(target)
        await desk.bot.show(desk.anna.id, "digest")

    desk.sandbox.on_clock = move
    async with desk.page() as page:
        await expect(page.locator(".clock-time")).to_have_text("15:00 МСК")
        await expect(page.locator(".clock-day")).to_have_text("пн, 23 ноября")
        await page.get_by_role("button", name="Перейти к 08:00").click()
        await expect(page.locator(".clock-time")).to_have_text("08:00 МСК")
        await expect(page.locator(".clock-day")).to_have_text("вт, 24 ноября")
        await expect(page.locator(f'[data-chat="{desk.anna.id}"] .chat-time')).to_have_text("08:00")
        assert desk.clock.now() == datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


async def test_on_a_phone_the_clock_is_in_the_chat_and_moves_by_an_hour(desk: Desk) -> None:
    await desk.anna.send("/start")

    async def move(target: datetime) -> None:
        desk.clock.set(target)

    desk.sandbox.on_clock = move
    async with desk.chat(desk.anna, width=360, height=740) as page:
        chip = page.locator("#chat").get_by_role("button", name="Часы демонстрации")
        await expect(chip.locator("time")).to_have_text("15:00")
        await chip.click()
        await page.get_by_role("button", name="На час вперёд").click()
        await expect(chip.locator("time")).to_have_text("16:00")
        assert desk.clock.now() == datetime(2026, 11, 23, 12, 0, tzinfo=UTC) + timedelta(hours=1)


async def test_a_lost_line_is_told_and_caught_up(desk: Desk) -> None:
    await desk.anna.send("/start")
    await desk.boris.send("/start")
    async with desk.chat(desk.anna) as page:
        await page.context.set_offline(True)
        await expect(page.locator("#offline")).to_have_text("Нет связи с сервером. Переподключаемся…")
        await desk.bot.say(desk.anna.id, "Пока вас не было")
        await desk.bot.say(desk.boris.id, "И вам тоже")
        await page.context.set_offline(False)
        await expect(newest(page)).to_contain_text("Пока вас не было")
        await expect(page.locator(f'[data-chat="{desk.boris.id}"] .badge')).to_have_text("1")
        await expect(page.locator("#offline")).to_be_hidden()
    desk.complaints.clear()  # the browser itself reports the requests that failed


async def test_the_page_speaks_english_elsewhere(desk: Desk) -> None:
    async with desk.chat(desk.anna, locale="en-GB") as page:
        await expect(page.get_by_role("heading", name="Svodka")).to_be_visible()
        await expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
        assert await page.evaluate("document.documentElement.lang") == "en"
        shown = await page.locator("body").inner_text()
        assert re.findall("[а-яё]{2,}", re.sub("Анна Кузнецова|Борис", "", shown)) == []


async def test_the_chosen_theme_is_kept(desk: Desk) -> None:
    async with desk.page(color_scheme="light") as page:
        day = await background(page)
        await page.get_by_role("button", name="Тема: как в системе").click()
        assert await background(page) == day
        await page.get_by_role("button", name="Тема: светлая").click()
        night = await background(page)
        assert night != day
        await page.reload()
        await expect(page.get_by_role("button", name="Тема: тёмная")).to_be_visible()
        assert await background(page) == night


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_texts_stand_out_by_day_and_by_night(desk: Desk, scheme: str) -> None:
    await desk.anna.send("/start")
    await desk.bot.show(desk.anna.id, "digest")
    await desk.bot.say(
        desk.anna.id, "<a href='https://a.example'>ссылка</a> <code>код</code> <blockquote>цитата</blockquote>"
    )
    await desk.anna.forward("<b>Пост</b>", origin="Вести")
    await desk.anna.send_file("a.txt", b"text")
    await desk.boris.send("/start")
    async with desk.chat(desk.anna, color_scheme=scheme) as page:
        assert await page.evaluate(DIM_TEXTS) == []


async def test_a_foreign_address_in_the_hash_shows_the_list(desk: Desk) -> None:
    async with desk.page() as page:
        await page.goto(f"{desk.sandbox.url}/#999")
        await expect(page.locator(".placeholder")).to_have_text("Выберите чат, чтобы начать переписку")


async def test_nothing_is_asked_of_other_servers(desk: Desk) -> None:
    await desk.anna.send("/start")
    asked: list[str] = []
    async with desk.page() as page:
        page.on("request", lambda request: asked.append(request.url))
        await page.reload()
        await open_chat(page, desk.anna)
    assert asked
    assert [url for url in asked if not url.startswith(desk.sandbox.url)] == []


async def test_a_restarted_server_is_found_again(desk: Desk) -> None:
    async with desk.page() as page:
        async with Sandbox.serve(clock=desk.clock, token=TOKEN) as first:
            port = int(first.url.rsplit(":", 1)[1])
            first.player("Вера")
            await page.goto(first.url)
            await page.get_by_role("link", name="Вера").click()
            await expect(page.locator("#peer-name")).to_have_text("Вера")
        await expect(page.locator("#offline")).to_be_visible()
        async with Sandbox.serve(clock=desk.clock, token=TOKEN, port=port) as second:
            second.player("Глеб")
            await expect(page.locator(".chat-link")).to_contain_text("Глеб")
            await expect(page.locator("#offline")).to_be_hidden()
            await page.get_by_role("link", name="Глеб").click()
            await page.get_by_role("button", name="Начать").click()
            await expect(newest(page)).to_contain_text("/start")
    desk.complaints.clear()


DIM_TEXTS = """() => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    const rgba = (color) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = color;
        canvas.fillRect(0, 0, 1, 1);
        const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
        return [r, g, b, a / 255];
    };
    const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
        .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const behind = (element) => {
        for (let at = element; at; at = at.parentElement) {
            const color = rgba(getComputedStyle(at).backgroundColor);
            if (color[3] > 0.99) return color;
        }
        return [255, 255, 255, 1];
    };
    const dim = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
        if (element.closest(".unseen, noscript")) continue;
        const [a, b] = [light(rgba(getComputedStyle(element).color)), light(behind(element))].sort((x, y) => y - x);
        const contrast = (a + 0.05) / (b + 0.05);
        if (contrast < 4.5) dim.push([walker.currentNode.data.trim().slice(0, 30), Number(contrast.toFixed(2))]);
    }
    return dim;
}"""


async def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(await page.evaluate("document.documentElement.scrollWidth - innerWidth"))


async def background(page: Page) -> str:
    """The colour behind everything."""
    return str(await page.evaluate("getComputedStyle(document.body).backgroundColor"))


async def small_targets(page: Page) -> list[str]:
    """Which visible buttons and links of the frame are lower than 40 pixels, or narrower outside keyboards."""
    found: list[str] = await page.evaluate(
        """() => [...document.querySelectorAll("button, .chat-link, textarea")]
            .filter((e) => e.checkVisibility() && !e.matches(".inline"))
            .filter((e) => e.offsetHeight < 40 || (e.offsetWidth < 40 && !e.matches(".key")))
            .map((e) => e.outerHTML.slice(0, 80))"""
    )
    return found
