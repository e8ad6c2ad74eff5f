"""Tapping: a pressed button waits visibly, and the answer comes where Telegram shows it."""

import asyncio

import pytest
from playwright.async_api import FloatRect, Locator, Route, expect

from tests.browser.conftest import Desk, newest
from tests.browser.newsbot import keyboard

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_pressed_button_spins_until_it_is_answered(desk: Desk) -> None:
    await desk.anna.send("/start")
    await desk.bot.say(desk.anna.id, "Кнопки", keyboard([("Жду", "held"), ("Другая", "toast")]))
    async with desk.chat(desk.anna) as page:
        key = page.get_by_role("button", name="Жду")
        await key.click()
        await expect(key).to_have_attribute("aria-busy", "true")
        await key.click()
        await expect(page.get_by_role("button", name="Другая")).not_to_have_attribute("aria-busy", "true")
        desk.bot.release.set()
        await expect(key).not_to_have_attribute("aria-busy", "true")
    assert len(desk.sandbox.calls.of("answerCallbackQuery", 0, 10)) == 1


async def test_a_waiting_button_keeps_spinning_through_an_edit_and_a_change_of_chat(desk: Desk) -> None:
    await desk.anna.send("/start")
    markup = keyboard([("Жду", "held")])
    message_id = await desk.bot.say(desk.anna.id, "Кнопки", markup)
    async with desk.chat(desk.anna) as page:
        key = page.get_by_role("button", name="Жду")
        await key.click()
        await desk.bot.bot.edit_message_text("Иначе", chat_id=desk.anna.id, message_id=message_id, reply_markup=markup)
        await expect(newest(page)).to_contain_text("Иначе")
        await expect(key).to_have_attribute("aria-busy", "true")
        await page.locator(f'[data-chat="{desk.boris.id}"]').click()
        await expect(key).to_have_count(0)
        await page.locator(f'[data-chat="{desk.anna.id}"]').click()
        await expect(key).to_have_attribute("aria-busy", "true")
        desk.bot.release.set()
        await expect(key).not_to_have_attribute("aria-busy", "true")


async def test_a_button_that_is_never_answered_stops_after_twenty_seconds(desk: Desk) -> None:
    await desk.anna.send("/start")
    await desk.bot.say(desk.anna.id, "Кнопки", keyboard([("Тишина", "silent")]))
    async with desk.page() as page:
        await page.clock.install()
        await page.reload()
        await page.locator(f'[data-chat="{desk.anna.id}"]').click()
        key = page.get_by_role("button", name="Тишина")
        async with page.expect_response("**/control/taps"):
            await key.click()
        await expect(key).to_have_attribute("aria-busy", "true")
        await page.clock.run_for(19_000)
        await expect(key).to_have_attribute("aria-busy", "true")
        await page.clock.run_for(2_000)
        await expect(key).not_to_have_attribute("aria-busy", "true")
        await expect(page.locator("#toasts")).to_contain_text("Бот не ответил на нажатие")


async def test_an_answer_is_a_toast_and_an_alert_waits_to_be_read(desk: Desk) -> None:
    await desk.anna.send("/start")
    await desk.bot.show(desk.anna.id, "digest")
    async with desk.chat(desk.anna, width=360, height=740) as page:
        await page.get_by_role("button", name="В закладки").click()
        await expect(page.locator("#toasts")).to_have_text("Добавлено в закладки")
        await page.get_by_role("button", name="Оглавление").click()
        dialog = page.get_by_role("dialog")
        await expect(dialog).to_contain_text("Вы прочли 7 из 12")
        await dialog.get_by_role("button", name="Понятно").click()
        await expect(dialog).to_have_count(0)


async def test_a_button_with_an_address_asks_before_opening(desk: Desk) -> None:
    await desk.anna.send("/start")
    await desk.bot.show(desk.anna.id, "digest")
    async with desk.chat(desk.anna) as page:
        await page.get_by_role("button", name="Сайт").click()
        await expect(page.get_by_role("dialog")).to_contain_text("https://zarechye.example/digest")
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_have_count(0)
    assert len(desk.received) == 1


async def test_a_link_that_starts_the_bot_is_played_here(desk: Desk) -> None:
    await desk.anna.send("/start")
    await desk.bot.say(desk.anna.id, "Поделиться", keyboard([("Открыть статью", "https://t.me/svodka_bot?start=a7")]))
    async with desk.chat(desk.anna) as page:
        await page.get_by_role("button", name="Открыть статью").click()
        await expect(newest(page)).to_contain_text("/start a7")
    assert desk.received[-1]["text"] == "/start a7"


async def test_buttons_of_a_row_are_equal_and_keep_long_labels_inside(desk: Desk) -> None:
    await desk.anna.send("/start")
    label = "Очень длинная подпись, которая не помещается в кнопку на телефоне"
    await desk.bot.say(desk.anna.id, "Кнопки", keyboard([(label, "toast"), ("Да", "toast")], [("Внизу", "toast")]))
    async with desk.chat(desk.anna, width=360, height=740) as page:
        long, short, below = [await box(newest(page).locator(".key").nth(place)) for place in range(3)]
        assert abs(long["width"] - short["width"]) < 1
        assert abs(below["width"] - (long["width"] + short["width"] + 4)) < 1
        assert {key["height"] for key in (long, short, below)} == {44}
        assert await newest(page).locator(".key").first.get_attribute("title") == label
        assert await newest(page).locator(".label").first.evaluate("e => e.scrollWidth > e.clientWidth")


async def test_keyboard_focus_stays_on_the_buttons_while_pages_turn(desk: Desk) -> None:
    await desk.anna.send("/start")
    await desk.bot.show(desk.anna.id, "long")
    async with desk.chat(desk.anna) as page:
        await page.get_by_role("button", name="Следующий раздел ▶").focus()
        await page.keyboard.press("Enter")
        await expect(newest(page)).to_contain_text("Как ехать")
        await expect(page.get_by_role("button", name="Следующая статья ▶")).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(newest(page)).to_contain_text("Доброе утро!")


async def test_answers_that_come_before_the_tap_is_confirmed_are_not_lost(desk: Desk) -> None:
    await desk.anna.send("/start")
    await desk.bot.show(desk.anna.id, "digest")
    held = asyncio.Event()
    async with desk.chat(desk.anna) as page:

        async def hold(route: Route) -> None:
            answer = await route.fetch()
            await held.wait()
            await route.fulfill(response=answer)

        await page.route("**/control/taps", hold)
        key = page.get_by_role("button", name="В закладки")
        await key.click()
        await expect(page.locator("#toasts")).to_have_text("Добавлено в закладки")
        await expect(key).to_have_attribute("aria-busy", "true")
        held.set()
        await expect(key).not_to_have_attribute("aria-busy", "true")


async def box(locator: Locator) -> FloatRect:
    """Where an element is and how large."""
    found = await locator.bounding_box()
    assert found is not None
    return found
