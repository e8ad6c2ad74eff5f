"""Edits, deletions, copies and forwards."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup

from sandbox import Player
from tests.clocks import FakeClock
from tests.sandbox.conftest import Call

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def keyboard(label: str = "Дальше ▶", data: str = "next") -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text=label, callback_data=data)]])


async def test_an_edit_changes_the_message_in_place(bot: Bot, anna: Player) -> None:
    sent = await bot.send_message(anna.id, "раз", reply_markup=keyboard())
    await bot.edit_message_text(
        "<b>два</b>", chat_id=anna.id, message_id=sent.message_id, parse_mode="HTML", reply_markup=keyboard("Ещё")
    )
    assert anna.last.message_id == sent.message_id
    assert anna.last.edited
    assert anna.last.render() == "два\n[ Ещё ]"


async def test_the_same_again_is_not_modified_however_it_is_spelled(bot: Bot, anna: Player) -> None:
    sent = await bot.send_message(anna.id, "<b>раз</b> &amp; два", parse_mode="HTML", reply_markup=keyboard())
    for text in ("<strong>раз</strong> & два", "  <B>раз</B> &#38; два\n"):
        with pytest.raises(TelegramBadRequest) as caught:
            await bot.edit_message_text(
                text, chat_id=anna.id, message_id=sent.message_id, parse_mode="HTML", reply_markup=keyboard()
            )
        assert caught.value.message == NOT_MODIFIED
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_reply_markup(chat_id=anna.id, message_id=sent.message_id, reply_markup=keyboard())
    assert not anna.last.edited


@pytest.mark.parametrize("change", ["text", "entities", "label", "data", "no keyboard"])
async def test_any_difference_is_a_modification(bot: Bot, anna: Player, change: str) -> None:
    sent = await bot.send_message(anna.id, "раз", reply_markup=keyboard())
    await bot.edit_message_text(
        {"text": "два", "entities": "<i>раз</i>"}.get(change, "раз"),
        chat_id=anna.id,
        message_id=sent.message_id,
        parse_mode="HTML",
        reply_markup={"label": keyboard("Ещё"), "data": keyboard(data="x"), "no keyboard": None}.get(
            change, keyboard()
        ),
    )
    assert anna.last.edited


@pytest.mark.parametrize("markup", [None, InlineKeyboardMarkup(inline_keyboard=[])])
async def test_an_edit_without_keyboard_takes_the_keyboard_away(
    bot: Bot, anna: Player, markup: InlineKeyboardMarkup | None
) -> None:
    sent = await bot.send_message(anna.id, "раз", reply_markup=keyboard())
    await bot.edit_message_text("два", chat_id=anna.id, message_id=sent.message_id, reply_markup=markup)
    assert anna.last.labels == []


async def test_only_ones_own_existing_texts_can_be_edited(bot: Bot, call: Call, anna: Player) -> None:
    own = anna.messages[0].message_id
    document = await bot.send_document(anna.id, BufferedInputFile(b"a", "a.txt"), caption="файл")
    reply_keyboard = await call("sendMessage", chat_id=anna.id, text="а", reply_markup='{"keyboard":[[{"text":"б"}]]}')
    forward = await bot.forward_message(anna.id, anna.id, own)
    for message_id, problem in {
        0: "message identifier is not specified",
        99: "message to edit not found",
        own: "message can't be edited",
        forward.message_id: "message can't be edited",
        reply_keyboard["result"]["message_id"]: "message can't be edited",
        document.message_id: "there is no text in the message to edit",
    }.items():
        answer = await call("editMessageText", chat_id=anna.id, message_id=message_id, text="б")
        assert answer["description"] == f"Bad Request: {problem}"
    await bot.edit_message_caption(chat_id=anna.id, message_id=document.message_id, caption="")
    assert anna.messages[1].text == ""


async def test_a_message_is_deleted_within_48_hours_and_then_no_more(bot: Bot, anna: Player, clock: FakeClock) -> None:
    first = await bot.send_message(anna.id, "раз")
    second = await bot.send_message(anna.id, "два")
    clock.advance(48 * 3600 - 1)
    await bot.delete_message(anna.id, first.message_id)
    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await bot.delete_message(anna.id, first.message_id)
    clock.advance(1)
    with pytest.raises(TelegramBadRequest, match="message can't be deleted for everyone"):
        await bot.delete_message(anna.id, second.message_id)
    assert [message.text for message in anna.messages] == ["/start", "два"]


async def test_deleting_several_passes_over_those_that_are_gone(bot: Bot, call: Call, anna: Player) -> None:
    sent = [(await bot.send_message(anna.id, str(n))).message_id for n in range(3)]
    await bot.delete_messages(anna.id, [sent[0], 99, sent[2]])
    assert [message.text for message in anna.messages] == ["/start", "1"]
    for ids, problem in {"[]": "message identifiers are not specified", str([*range(101)]): "too many message"}.items():
        answer = await call("deleteMessages", chat_id=anna.id, message_ids=ids)
        assert problem in answer["description"]


async def test_a_copy_is_the_bots_own_and_a_forward_tells_where_it_is_from(bot: Bot, anna: Player) -> None:
    source = anna.messages[0].message_id
    copy = await bot.copy_message(anna.id, anna.id, source)
    forward = await bot.forward_message(anna.id, anna.id, source)
    assert forward.forward_origin is not None
    assert forward.forward_origin.type == "user"
    assert anna.chat.messages[copy.message_id].from_bot
    assert anna.chat.messages[copy.message_id].origin is None
    with pytest.raises(TelegramBadRequest, match="message to copy not found"):
        await bot.copy_message(anna.id, anna.id, 99)
    with pytest.raises(TelegramBadRequest, match="message to forward not found"):
        await bot.forward_message(anna.id, anna.id, 99)


async def test_copies_of_several_want_increasing_ids_and_pass_over_missing_ones(bot: Bot, anna: Player) -> None:
    sent = [(await bot.send_message(anna.id, str(n))).message_id for n in range(2)]
    copies = await bot.copy_messages(anna.id, anna.id, [*sent, 99])
    assert [anna.chat.messages[copy.message_id].text for copy in copies] == ["0", "1"]
    forwards = await bot.forward_messages(anna.id, anna.id, sent)
    assert len(forwards) == 2
    with pytest.raises(TelegramBadRequest, match="strictly increasing"):
        await bot.copy_messages(anna.id, anna.id, sent[::-1])
    with pytest.raises(TelegramBadRequest, match="there are no messages to forward"):
        await bot.forward_messages(anna.id, anna.id, [98, 99])


async def test_a_protected_message_leaves_its_chat_in_no_way(bot: Bot, anna: Player) -> None:
    sent = await bot.send_message(anna.id, "тайна", protect_content=True)
    with pytest.raises(TelegramBadRequest, match="message can't be forwarded"):
        await bot.forward_message(anna.id, anna.id, sent.message_id)
