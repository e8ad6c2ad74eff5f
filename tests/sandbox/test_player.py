"""A person at a client: actions end when the bot is done, however it gets its updates."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiogram import Bot
from hypothesis import given
from hypothesis import strategies as st

from sandbox import Player, Sandbox, Toast
from sandbox.pasting import pieces
from sandbox.wire import utf16_length
from tests.clocks import FakeClock

KEYBOARD = {"inline_keyboard": [[{"text": "Дальше ▶", "callback_data": "next"}, {"text": "Сайт", "url": "ya.ru"}]]}


async def echo(bot: Bot, update: dict[str, Any]) -> None:
    """A bot that repeats texts under a keyboard and answers taps by an edit."""
    if "message" in update:
        message = update["message"]
        await bot.send_message(message["chat"]["id"], message.get("text", "файл"), reply_markup=KEYBOARD)  # type: ignore[arg-type]  # as JSON
    elif "callback_query" in update:
        query = update["callback_query"]
        await bot.answer_callback_query(query["id"], query["data"])
        place = query["message"]
        await bot.edit_message_text("дальше", chat_id=place["chat"]["id"], message_id=place["message_id"])


@asynccontextmanager
async def polling(bot: Bot) -> AsyncIterator[None]:
    async def poll() -> None:
        offset = 0
        while True:
            for update in await bot.get_updates(offset=offset, timeout=30):
                offset = update.update_id + 1
                await echo(bot, update.model_dump(mode="json", exclude_none=True))

    async with asyncio.TaskGroup() as group:
        task = group.create_task(poll())
        yield
        task.cancel()


async def test_with_a_handler_an_action_ends_when_it_returns(sandbox: Sandbox, bot: Bot) -> None:
    sandbox.deliver_to(lambda update: echo(bot, update))
    anna = sandbox.player("Анна")
    await anna.send("/start")
    assert anna.last.render() == "/start\n[ Дальше ▶ ] [ Сайт ]"
    assert anna.messages[0].entities[0]["type"] == "bot_command"
    assert await anna.tap("Дальше") == Toast("next")
    assert anna.last.text == "дальше"
    assert anna.toasts == [Toast("next")]
    await anna.send_file("a.txt", b"a")
    assert anna.last.text == "файл"


async def test_with_polling_an_action_ends_when_all_is_quiet(sandbox: Sandbox, bot: Bot) -> None:
    async with polling(bot):
        anna = sandbox.player("Анна")
        await anna.send("/start")
        assert anna.last.labels == ["Дальше ▶", "Сайт"]
        await anna.tap("Дальше ▶")
        assert anna.last.text == "дальше"
        assert anna.last.edited


async def test_an_error_of_the_handler_reaches_the_test(sandbox: Sandbox) -> None:
    async def broken(_update: dict[str, Any]) -> None:
        raise LookupError("нет такой статьи")

    sandbox.deliver_to(broken)
    with pytest.raises(LookupError, match="нет такой статьи"):
        await sandbox.player("Анна").send("/start")


async def test_an_error_of_the_test_comes_out_of_the_context_as_it_is(clock: FakeClock) -> None:
    with pytest.raises(LookupError):
        async with Sandbox.serve(clock=clock):
            raise LookupError


async def test_a_missing_button_is_named_with_those_that_are_there(sandbox: Sandbox, bot: Bot) -> None:
    sandbox.deliver_to(lambda update: echo(bot, update))
    anna = sandbox.player("Анна")
    await anna.send("раз")
    with pytest.raises(AssertionError, match=r"no button «Назад».*there are: «Дальше ▶», «Сайт»"):
        await anna.tap("Назад")
    with pytest.raises(AssertionError, match="has no callback data"):
        await anna.tap("Сайт")


async def test_the_newest_button_is_pressed_and_an_exact_label_before_a_beginning(sandbox: Sandbox, bot: Bot) -> None:
    pressed: list[tuple[int, str]] = []

    async def note(update: dict[str, Any]) -> None:
        if "callback_query" in update:
            query = update["callback_query"]
            pressed.append((query["message"]["message_id"], query["data"]))

    sandbox.deliver_to(note)
    anna = sandbox.player("Анна")
    await anna.send("/start")
    for labels in (["Читать"], ["Читать ▶", "Читать"], ["Читать дальше"]):
        rows = [[{"text": label, "callback_data": label} for label in labels]]
        await bot.send_message(anna.id, "раз", reply_markup={"inline_keyboard": rows})  # type: ignore[arg-type]  # as JSON
    await anna.tap("Читать")
    await anna.tap("Чит")
    await anna.tap_data("forged:data", message_id=2)
    assert pressed == [(3, "Читать"), (4, "Читать дальше"), (2, "forged:data")]


async def test_a_forward_tells_its_channel(sandbox: Sandbox) -> None:
    got: list[dict[str, Any]] = []

    async def keep(update: dict[str, Any]) -> None:
        got.append(update["message"])

    sandbox.deliver_to(keep)
    anna = sandbox.player("Анна")
    bold = {"type": "bold", "offset": 0, "length": 5}
    await anna.forward("текст поста", entities=[bold], origin="Новости города")
    assert got[0]["entities"] == [bold]
    assert got[0]["forward_origin"]["chat"]["title"] == "Новости города"


async def test_a_long_text_comes_as_several_messages_in_order(sandbox: Sandbox) -> None:
    got: list[str] = []

    async def keep(update: dict[str, Any]) -> None:
        got.append(update["message"]["text"])

    sandbox.deliver_to(keep)
    lines = [f"Строка {n}." for n in range(1000)]
    await sandbox.player("Анна").send("\n".join(lines))
    assert len(got) == 3
    assert "\n".join(got).split("\n") == lines


async def test_blocking_is_an_update_of_its_own(sandbox: Sandbox) -> None:
    got: list[str] = []

    async def keep(update: dict[str, Any]) -> None:
        got.append(update["my_chat_member"]["new_chat_member"]["status"])

    sandbox.deliver_to(keep)
    anna: Player = sandbox.player("Анна")
    await anna.block()
    await anna.unblock()
    assert got == ["kicked", "member"]
    assert not anna.chat.is_blocked


@given(st.text(st.sampled_from("аб 😀\n"), max_size=300), st.integers(2, 40))
def test_the_pieces_of_a_paste_add_up_and_fit(text: str, limit: int) -> None:
    cut = [piece for piece, _ in pieces(text, limit_utf16=limit)]
    assert "".join(cut) == text
    assert all(utf16_length(piece) <= limit for piece in cut)


@given(st.text(st.sampled_from("аб 😀\n"), min_size=1, max_size=200), st.integers(2, 40), st.data())
def test_entities_of_a_paste_cover_the_same_text(text: str, limit: int, data: st.DataObject) -> None:
    total = utf16_length(text)
    start = data.draw(st.integers(0, total - 1))
    length = data.draw(st.integers(1, total - start))
    entity = {"type": "bold", "offset": start, "length": length}
    covered: list[int] = []
    position = 0
    for piece, own in pieces(text, [entity], limit):
        for one in own:
            assert one["offset"] + one["length"] <= utf16_length(piece)
            covered.extend(range(position + one["offset"], position + one["offset"] + one["length"]))
        position += utf16_length(piece)
    assert covered == list(range(start, start + length))
