"""Reading: texts look as they were written, and messages change without moving the reader."""

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import Desk, newest

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_an_article_with_a_script_tag_is_shown_as_text(desk: Desk) -> None:
    await desk.anna.send("/start")
    await desk.bot.say(
        desk.anna.id, "&lt;script&gt;document.title='x'&lt;/script&gt; &amp; &lt;img src=x onerror=alert(1)&gt;"
    )
    async with desk.chat(desk.anna) as page:
        await expect(newest(page).locator(".text")).to_have_text(
            "<script>document.title='x'</script> & <img src=x onerror=alert(1)>"
        )
        assert await page.locator("#thread script, #thread img").count() == 0
        assert await page.title() == "Сводка"


async def test_formatting_is_shown_as_it_was_sent(desk: Desk) -> None:
    await desk.anna.send("/start")
    await desk.bot.say(desk.anna.id, "а <b>б <i>в <u>г</u></i></b> <s>д</s> <code>е</code> 😀 <b>ж</b>")
    async with desk.chat(desk.anna) as page:
        text = newest(page).locator(".text")
        await expect(text).to_have_text("а б в г д е 😀 ж")
        for shown, selector in [("г", "strong em u"), ("д", "s"), ("е", "code"), ("ж", "strong")]:
            await expect(text.locator(selector, has_text=shown)).to_have_text(shown)


@pytest.mark.parametrize(
    ("entities", "expected"),
    [
        ([("bold", 0, 5), ("italic", 1, 3), ("underline", 2, 1)], "<b>а<i>б<u>в</u>г</i>д</b>"),
        ([("bold", 0, 3), ("italic", 2, 9)], "<b>аб<i>в</i></b><i>гд</i>"),
        ([("italic", 1, 2), ("blockquote", 0, 5)], "<blockquote>а<i>бв</i>гд</blockquote>"),
        ([("bold", 0, 4), ("blockquote", 2, 3)], "<b>аб</b><blockquote><b>вг</b>д</blockquote>"),
        ([("bold", 1, 1), ("bold", 4, 0), ("bold", 40, 2), ("bold", -3, 2)], "а<b>б</b>вгд"),
        ([("unheard_of", 1, 2)], '<span data-entity="unheard_of">'.join(["а", "бв</span>гд"])),
    ],
)
async def test_entities_nest_and_cross_as_their_offsets_say(
    desk: Desk, entities: list[tuple[str, int, int]], expected: str
) -> None:
    given = [{"type": kind, "offset": offset, "length": length} for kind, offset, length in entities]
    async with desk.page() as page:
        html = await page.evaluate(
            """async (entities) => {
                const { formatted } = await import("/page/entities.js");
                const box = document.createElement("div");
                box.append(formatted("абвгд", entities));
                return box.innerHTML.replaceAll("strong>", "b>").replaceAll("em>", "i>");
            }""",
            given,
        )
    assert html == expected


async def test_quotes_stand_apart_without_empty_lines(desk: Desk) -> None:
    await desk.anna.send("/start")
    await desk.bot.say(desk.anna.id, "до\n<blockquote>цитата</blockquote>\nпосле")
    async with desk.chat(desk.anna) as page:
        assert await newest(page).locator(".text").inner_html() == "до<blockquote>цитата</blockquote>после"


async def test_a_long_quote_unfolds_at_a_press(desk: Desk) -> None:
    await desk.anna.send("/start")
    await desk.bot.say(desk.anna.id, f"<blockquote expandable>{'Длинная цитата. ' * 60}</blockquote>")
    async with desk.chat(desk.anna) as page:
        quote = newest(page).locator("blockquote")
        folded = await height(quote.locator(".quoted"))
        await page.get_by_role("button", name="Развернуть цитату").click()
        await expect(page.get_by_role("button", name="Свернуть цитату")).to_have_attribute("aria-expanded", "true")
        assert await height(quote.locator(".quoted")) > 2 * folded


async def test_a_spoiler_is_hidden_until_it_is_pressed(desk: Desk) -> None:
    await desk.anna.send("/start")
    await desk.bot.say(desk.anna.id, "Победил <tg-spoiler>Спартак</tg-spoiler>")
    async with desk.chat(desk.anna) as page:
        spoiler = page.locator(".spoiler")
        await expect(spoiler).to_have_css("color", "rgba(0, 0, 0, 0)")
        await spoiler.focus()
        await page.keyboard.press("Enter")
        await expect(spoiler).not_to_have_css("color", "rgba(0, 0, 0, 0)")


async def test_only_harmless_links_are_links_and_they_ask_first(desk: Desk) -> None:
    await desk.anna.send("/start")
    await desk.bot.say(desk.anna.id, 'См. <a href="https://zarechye.example/most?a=1">сайт</a>')
    async with desk.chat(desk.anna) as page:
        link = newest(page).locator("a")
        assert await link.get_attribute("rel") == "noopener noreferrer"
        await link.click()
        await expect(page.get_by_role("dialog")).to_contain_text("https://zarechye.example/most?a=1")
        await page.get_by_role("button", name="Отмена").click()
        await expect(page.get_by_role("dialog")).to_have_count(0)
        assert len(page.context.pages) == 1
        refused = await page.evaluate(
            """async () => {
                const { safeAddress } = await import("/page/entities.js");
                const bad = ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", " jAvaScript:1", ""];
                return bad.map(safeAddress);
            }"""
        )
    assert refused == [None] * 5


async def test_a_link_is_opened_after_the_question(desk: Desk) -> None:
    await desk.anna.send("/start")
    await desk.bot.say(desk.anna.id, f'<a href="{desk.sandbox.url}/page/icon.svg">рисунок</a>')
    async with desk.chat(desk.anna) as page:
        await newest(page).locator("a").click()
        async with page.context.expect_page() as opened:
            await page.get_by_role("button", name="Открыть").click()
        assert (await opened.value).url.endswith("/page/icon.svg")


async def test_arabic_text_runs_from_the_right(desk: Desk) -> None:
    await desk.anna.send("/start")
    await desk.bot.say(desk.anna.id, "مرحبا بالعالم\nобычная строка")
    async with desk.chat(desk.anna) as page:
        content = newest(page).locator(".content")
        assert await content.evaluate("e => getComputedStyle(e).unicodeBidi") == "plaintext"
        left, right = await content.evaluate(
            """e => {
                const text = e.querySelector(".text").firstChild, box = e.getBoundingClientRect();
                const first = document.createRange();
                first.setStart(text, 0); first.setEnd(text, 13);
                const line = first.getBoundingClientRect();
                return [line.left - box.left, box.right - line.right];
            }"""
        )
    assert right < 2
    assert left > right


async def test_a_command_in_a_text_is_sent_when_pressed(desk: Desk) -> None:
    await desk.anna.send("/start")
    async with desk.chat(desk.anna) as page:
        await newest(page).get_by_role("button", name="/digest").click()
        await expect(newest(page)).to_contain_text("Доброе утро!")
    assert [message["text"] for message in desk.received] == ["/start", "/digest"]


async def test_turning_pages_starts_each_at_its_first_line(desk: Desk) -> None:
    await desk.anna.send("/start")
    await desk.anna.send("/digest")
    async with desk.chat(desk.anna, width=360, height=740) as page:
        for label, heading in [
            ("Читать ▶", "Почему закрывают"),
            ("Следующий раздел ▶", "Как ехать"),
            ("◀ Предыдущий", "Почему"),
        ]:
            await newest(page).get_by_role("button", name=label).click()
            await expect(newest(page).locator(".text strong").first).to_contain_text(heading)
            assert 0 <= await top_in_view(page) < 620, label
        assert await page.locator(".row").count() == 4


async def test_an_edit_elsewhere_does_not_move_what_is_being_read(desk: Desk) -> None:
    await desk.anna.send("/start")
    first = await desk.bot.show(desk.anna.id, "short")
    for number in range(12):
        await desk.bot.say(desk.anna.id, f"Сообщение {number}. Длинный текст. " * 12)
    async with desk.chat(desk.anna) as page:
        read = page.locator(".row", has_text="Сообщение 6.")
        await read.evaluate("e => e.scrollIntoView({ block: 'start' })")
        before = await read.evaluate("e => e.getBoundingClientRect().top")
        await desk.bot.turn(desk.anna.id, first, "long")
        await expect(page.locator(f'.row[data-id="{first}"]')).to_contain_text("Почему закрывают")
        assert abs(await read.evaluate("e => e.getBoundingClientRect().top") - before) < 1


async def test_new_messages_wait_behind_the_button_of_a_reader_who_scrolled_up(desk: Desk) -> None:
    await desk.anna.send("/start")
    for number in range(20):
        await desk.bot.say(desk.anna.id, f"Сообщение {number}. Длинный текст. " * 8)
    async with desk.chat(desk.anna, width=360, height=740) as page:
        down = page.get_by_role("button", name="К последнему сообщению")
        await expect(down).to_be_hidden()
        await page.locator("#scroll").evaluate("e => { e.scrollTop = 100; }")
        await expect(down).to_be_visible()
        await desk.bot.say(desk.anna.id, "Новость дня")
        await desk.bot.say(desk.anna.id, "Ещё новость")
        await expect(page.locator("#down-count")).to_have_text("2")
        assert await page.locator("#scroll").evaluate("e => e.scrollTop") == 100
        await down.click()
        await expect(newest(page)).to_be_in_viewport(ratio=1)
        await expect(down).to_be_hidden()


async def test_a_new_message_comes_into_view_at_the_bottom(desk: Desk) -> None:
    await desk.anna.send("/start")
    for _ in range(10):
        await desk.bot.say(desk.anna.id, "Длинный текст. " * 12)
    async with desk.chat(desk.anna, width=360, height=740) as page:
        await desk.bot.say(desk.anna.id, "Новость дня")
        await expect(newest(page)).to_contain_text("Новость дня")
        await expect(newest(page)).to_be_in_viewport(ratio=1)
        await expect(page.locator("#announcer")).to_contain_text("Новость дня")


async def test_days_are_parted_and_edited_messages_marked(desk: Desk) -> None:
    await desk.anna.send("/start")
    message_id = await desk.bot.show(desk.anna.id, "digest")
    desk.clock.advance(86_400)
    await desk.bot.turn(desk.anna.id, message_id, "short")
    await desk.bot.say(desk.anna.id, "Сегодняшнее")
    async with desk.chat(desk.anna) as page:
        assert await page.locator(".day").all_inner_texts() == ["Вчера", "Сегодня"]
        await expect(page.locator(".row .edited")).to_have_count(1)
        await expect(newest(page).locator("time")).to_have_text("15:00")


async def top_in_view(page: Page) -> float:
    """Where the newest message begins, in pixels below the upper edge of the list."""
    return float(
        await page.evaluate(
            """() => [...document.querySelectorAll(".row")].at(-1).getBoundingClientRect().top
                - document.querySelector("#scroll").getBoundingClientRect().top"""
        )
    )


async def height(locator: Locator) -> float:
    """How tall an element is, in pixels."""
    return float(await locator.evaluate("e => e.getBoundingClientRect().height"))
