"""Writing: what is typed, pasted, forwarded and attached reaches the bot whole."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Desk, newest

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

SENTENCE = "Мост через Сивинку закроют до весны, автобусы пойдут по Речной. "


async def test_a_new_chat_begins_with_the_start_button(desk: Desk) -> None:
    async with desk.chat(desk.anna, width=360, height=740) as page:
        await expect(page.locator("#composer")).to_be_hidden()
        await page.get_by_role("button", name="Начать").click()
        await expect(newest(page)).to_contain_text("Здравствуйте!")
        await expect(page.locator("#composer")).to_be_visible()
    assert [message["text"] for message in desk.received] == ["/start"]


async def test_enter_sends_and_shift_enter_makes_a_line(desk: Desk) -> None:
    await desk.anna.send("/start")
    async with desk.chat(desk.anna) as page:
        field = page.get_by_role("textbox", name="Сообщение")
        one_line = await height(page)
        await field.press_sequentially("первая")
        await field.press("Shift+Enter")
        await field.press_sequentially("вторая")
        assert await height(page) > one_line
        await field.press("Enter")
        await expect(newest(page).locator(".text")).to_have_text("первая\nвторая", use_inner_text=True)
        await expect(field).to_have_value("")
        assert await height(page) == one_line
    assert desk.received[-1]["text"] == "первая\nвторая"


async def test_typed_markers_become_formatting(desk: Desk) -> None:
    await desk.anna.send("/start")
    async with desk.chat(desk.anna) as page:
        await send(page, "вот **жирное __и курсив__**, ~~нет~~ ||тайна|| `x**y**` и 2**3**4")
        await expect(newest(page).locator("strong").first).to_be_visible()
    message = desk.received[-1]
    assert message["text"] == "вот жирное и курсив, нет тайна x**y** и 2**3**4"
    marked = {(e["type"], message["text"][e["offset"] : e["offset"] + e["length"]]) for e in message["entities"]}
    assert marked >= {("italic", "и курсив"), ("strikethrough", "нет"), ("spoiler", "тайна"), ("code", "x**y**")}
    assert "".join(text for kind, text in sorted(marked) if kind == "bold").startswith("жирное ")


async def test_a_long_paste_arrives_complete_and_in_order(desk: Desk) -> None:
    await desk.anna.send("/start")
    paragraphs = [f"{number}. {SENTENCE * (number % 9 + 1)}" for number in range(60)]
    text = "\n\n".join(paragraphs)
    async with desk.chat(desk.anna) as page:
        await paste(page, text)
        await page.keyboard.press("Enter")
        await expect(newest(page)).to_contain_text("59. ")
    parts = [message["text"] for message in desk.received[1:]]
    assert len(parts) >= len(text) / 4096
    assert all(len(part.encode("utf-16-le")) <= 2 * 4096 for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


async def test_a_paste_without_spaces_is_cut_between_characters(desk: Desk) -> None:
    await desk.anna.send("/start")
    text = "я" + "😀" * 3000
    async with desk.chat(desk.anna) as page:
        await paste(page, text)
        await page.keyboard.press("Enter")
        await expect(page.locator(".row.out")).to_have_count(3)
    assert "".join(message["text"] for message in desk.received[1:]) == text


async def test_bold_survives_a_cut(desk: Desk) -> None:
    await desk.anna.send("/start")
    async with desk.chat(desk.anna) as page:
        await paste(page, "а " * 2000 + "**" + "б " * 100 + "б**")
        await page.keyboard.press("Enter")
        await expect(page.locator(".row.out")).to_have_count(3)
    for message in desk.received[1:]:
        bold = [(e["offset"], e["length"]) for e in message["entities"] if e["type"] == "bold"]
        start = message["text"].index("б")
        assert bold == [(start, len(message["text"]) - start)]


async def test_what_was_not_sent_comes_back(desk: Desk) -> None:
    await desk.anna.send("/start")
    async with desk.chat(desk.anna) as page:
        await page.route("**/control/chats/*/messages", lambda route: route.abort())
        await send(page, "важное")
        await expect(page.locator("#toasts")).to_contain_text("Не отправлено: сервер не отвечает")
        await expect(page.get_by_role("textbox", name="Сообщение")).to_have_value("важное")
    desk.complaints.clear()


async def test_commands_are_offered_and_filtered(desk: Desk) -> None:
    await desk.anna.send("/start")
    async with desk.chat(desk.anna, width=360, height=740) as page:
        options = page.get_by_role("option")
        await page.get_by_role("button", name="Команды бота").click()
        await expect(options).to_have_count(4)
        await expect(options.nth(1)).to_contain_text("Дайджест сейчас")
        await page.keyboard.press("Escape")
        await expect(options).to_have_count(0)
        await page.get_by_role("textbox", name="Сообщение").press_sequentially("/d")
        await expect(options).to_have_count(1)
        await page.keyboard.press("Enter")
        await expect(newest(page)).to_contain_text("Доброе утро!")
    assert desk.received[-1]["text"] == "/digest"


async def test_a_typed_command_is_sent_as_typed_when_the_menu_is_left(desk: Desk) -> None:
    await desk.anna.send("/start")
    async with desk.chat(desk.anna) as page:
        await page.get_by_role("textbox", name="Сообщение").press_sequentially("/s")
        await expect(page.get_by_role("option")).to_have_count(2)
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Tab")
        await expect(page.get_by_role("textbox", name="Сообщение")).to_have_value("/settings ")


async def test_a_file_is_sent_with_its_caption(desk: Desk) -> None:
    await desk.anna.send("/start")
    async with desk.chat(desk.anna) as page:
        async with page.expect_file_chooser() as chooser:
            await page.get_by_role("button", name="Прикрепить файл").click()
        body = "Статья\n".encode("cp1251") * 700
        await (await chooser.value).set_files({"name": "статья.txt", "mimeType": "text/plain", "buffer": body})
        await expect(page.get_by_role("dialog")).to_contain_text("4,8 КБ")
        await page.get_by_role("textbox", name="Подпись").fill("В номер")
        await page.get_by_role("button", name="Отправить").last.click()
        await expect(newest(page).locator(".file-name")).to_have_text("статья.txt")
        async with page.expect_download() as download:
            await newest(page).locator(".file").click()
        assert (await download.value).suggested_filename == "статья.txt"
    message = desk.received[-1]
    assert (message["document"]["file_size"], message["caption"]) == (len(body), "В номер")
    assert desk.sandbox.telegram.files[message["document"]["file_id"]].data == body


async def test_a_dropped_file_is_offered_for_sending(desk: Desk) -> None:
    await desk.anna.send("/start")
    async with desk.chat(desk.anna) as page:
        carried = await page.evaluate_handle(
            "() => { const t = new DataTransfer(); t.items.add(new File(['текст'], 'a.txt')); return t; }"
        )
        await page.dispatch_event("#scroll", "dragover", {"dataTransfer": carried})
        await expect(page.locator("#drop")).to_be_visible()
        await page.dispatch_event("#scroll", "drop", {"dataTransfer": carried})
        await expect(page.locator("#drop")).to_be_hidden()
        await page.get_by_role("dialog").get_by_role("button", name="Отправить").click()
        await expect(newest(page).locator(".file-name")).to_have_text("a.txt")


async def test_a_post_is_forwarded_as_from_a_channel(desk: Desk) -> None:
    await desk.anna.send("/start")
    async with desk.chat(desk.anna, width=360, height=740) as page:
        await page.get_by_role("button", name="Меню чата").click()
        await page.get_by_role("menuitem", name="Переслать как пост канала").click()
        await page.get_by_role("textbox", name="Название канала").fill("Вести Заречья")
        await page.get_by_role("textbox", name="Текст поста").fill("**Мост закроют**\nдо весны")
        await page.get_by_role("button", name="Переслать", exact=True).click()
        await expect(newest(page).locator(".forwarded")).to_have_text("Переслано из: Вести Заречья")
    message = desk.received[-1]
    assert message["forward_origin"]["chat"]["title"] == "Вести Заречья"
    assert message["text"] == "Мост закроют\nдо весны"
    assert [(e["type"], e["length"]) for e in message["entities"]] == [("bold", 12)]


async def send(page: Page, text: str) -> None:
    """Type a text and press Enter."""
    await page.get_by_role("textbox", name="Сообщение").fill(text)
    await page.keyboard.press("Enter")


async def paste(page: Page, text: str) -> None:
    """Put a text into the field as pasting does: at once."""
    await page.get_by_role("textbox", name="Сообщение").focus()
    await page.keyboard.insert_text(text)


async def height(page: Page) -> float:
    """How tall the input field is, in pixels."""
    return float(await page.locator("#text").evaluate("e => e.getBoundingClientRect().height"))
