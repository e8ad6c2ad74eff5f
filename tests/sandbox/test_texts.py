"""sendMessage: what is refused, in which words, and what is kept."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import LinkPreviewOptions, MessageEntity

from sandbox import Player
from tests.sandbox.conftest import Call

HTML = {
    "<h1>Новости</h1>": 'Unsupported start tag "h1" at byte offset 0',
    "строка<br>строка": 'Unsupported start tag "br" at byte offset 12',
    "<p>абзац</p>": 'Unsupported start tag "p" at byte offset 0',
    "2 < 3": 'Unsupported start tag "" at byte offset 2',
    "<b>жирно": 'Can\'t find end tag corresponding to start tag "b"',
    "<b>жирно</i>": 'Unmatched end tag at byte offset 13, expected "</b>", found "</i>"',
    "жирно</b>": "Unexpected end tag at byte offset 10",
    "<span>тайна</span>": 'Tag "span" must have class "tg-spoiler" at byte offset 0',
    "<script>alert(1)</script>": 'Unsupported start tag "script" at byte offset 0',
}


@pytest.mark.parametrize(("text", "problem"), HTML.items())
async def test_html_that_telegram_refuses_is_refused_in_its_words(
    bot: Bot, anna: Player, text: str, problem: str
) -> None:
    with pytest.raises(TelegramBadRequest) as caught:
        await bot.send_message(anna.id, text, parse_mode="HTML")
    assert caught.value.message == f"Bad Request: can't parse entities: {problem}"


REFUSED = [
    ({}, "message text is empty"),
    ({"text": ""}, "message text is empty"),
    ({"text": " \n\t "}, "text must be non-empty"),
    ({"text": "<b> </b>\n", "parse_mode": "HTML"}, "text must be non-empty"),
    ({"text": "\u00a0\u200b"}, "text must be non-empty"),
    ({"text": "я" * 4097}, "message is too long"),
    ({"text": "😀" * 2049}, "message is too long"),
    ({"text": "<b>" + "я" * 4097 + "</b>", "parse_mode": "HTML"}, "message is too long"),
    ({"text": "<b></b>" * 4682}, "text is too long"),
    ({"text": "я", "parse_mode": "BBCode"}, "unsupported parse_mode"),
    ({"text": "я.", "parse_mode": "MarkdownV2"}, "can't parse entities: Character '.' is reserved and must be escaped"),
    (
        {"text": "*я", "parse_mode": "MarkdownV2"},
        "can't parse entities: Can't find end of Bold entity at byte offset 0",
    ),
    ({"text": "_я", "parse_mode": "Markdown"}, "can't parse entities: Can't find end of the entity starting at byte"),
    ({"text": "я", "colour": "red"}, 'unknown parameter "colour" of sendMessage'),
    ({"text": "я", "reply_to_message_id": 1}, 'unknown parameter "reply_to_message_id" of sendMessage'),
    ({"text": "я", "protect_content": "perhaps"}, 'wrong parameter "protect_content" of sendMessage: Boolean expected'),
    (
        {"text": "я", "link_preview_options": "no"},
        'wrong parameter "link_preview_options" of sendMessage: JSON expected',
    ),
    ({"text": "я", "link_preview_options": '{"hidden":true}'}, 'wrong parameter "link_preview_options.hidden"'),
    ({"text": "я", "entities": '[{"type":"bold","offset":0}]'}, 'wrong parameter "entities.0.length" of sendMessage'),
    ({"text": "я", "entities": '[{"type":"bold","offset":0,"length":2}]'}, "entity beginning at UTF-16 offset 0 ends"),
    ({"text": "😀", "entities": '[{"type":"bold","offset":1,"length":1}]'}, "entity beginning at UTF-16 offset 1 ends"),
    ({"text": "я", "reply_parameters": '{"message_id":99}'}, "message to be replied not found"),
    ({"text": "я", "message_thread_id": 7}, "message thread not found"),
    (
        {"text": "я", "business_connection_id": "x"},
        "the local Telegram does not play the parameter business_connection",
    ),
]


@pytest.mark.parametrize(("params", "problem"), REFUSED)
async def test_a_text_that_telegram_refuses_is_refused(
    call: Call, anna: Player, params: dict[str, object], problem: str
) -> None:
    answer = await call("sendMessage", chat_id=anna.id, **params)
    assert answer["error_code"] == 400
    assert answer["description"].startswith(f"Bad Request: {problem}")
    assert not [message for message in anna.messages if message.from_bot]


@pytest.mark.parametrize("text", ["я" * 4096, "😀" * 2048, "<b>" + "я" * 4096 + "</b>"])
async def test_the_longest_text_passes(bot: Bot, anna: Player, text: str) -> None:
    await bot.send_message(anna.id, text, parse_mode="HTML")
    assert anna.last.text == text.removeprefix("<b>").removesuffix("</b>")


async def test_outer_white_space_goes_and_control_characters_become_spaces(bot: Bot, anna: Player) -> None:
    sent = await bot.send_message(anna.id, "\n  раз\tдва\r\nтри \u202eчетыре\n\n")
    assert sent.text == anna.last.text == "раз два\nтри четыре"


async def test_a_hundred_entities_are_kept_and_letter_styles_go_first(bot: Bot, anna: Player) -> None:
    text = " ".join(f'<b>{n}</b> <a href="http://a.ru/{n}">x</a>' for n in range(80))
    await bot.send_message(anna.id, text, parse_mode="HTML")
    kinds = [entity["type"] for entity in anna.last.entities]
    assert len(kinds) == 100
    assert kinds.count("text_link") == 80


async def test_links_mentions_and_commands_are_found_as_telegram_finds_them(bot: Bot, anna: Player) -> None:
    sent = await bot.send_message(anna.id, "см. ya.ru, @svodka_bot, /digest и #новости")
    assert [(entity.type, entity.extract_from(sent.text or "")) for entity in sent.entities or []] == [
        ("url", "ya.ru"),
        ("mention", "@svodka_bot"),
        ("bot_command", "/digest"),
        ("hashtag", "#новости"),
    ]


async def test_a_link_with_an_unusable_address_becomes_plain_text(bot: Bot, anna: Player) -> None:
    text = '<a href="javascript:alert(1)">раз</a> <a href="ya.ru">два</a>'
    sent = await bot.send_message(anna.id, text, parse_mode="HTML")
    assert [(entity.type, entity.url) for entity in sent.entities or []] == [("text_link", "http://ya.ru/")]


async def test_entities_count_only_without_a_parse_mode(bot: Bot, anna: Player) -> None:
    bold = [MessageEntity(type="bold", offset=0, length=2)]
    plain = await bot.send_message(anna.id, "раз", parse_mode="HTML", entities=bold)
    marked = await bot.send_message(anna.id, "раз", entities=bold)
    assert plain.entities is None
    assert [entity.extract_from("раз") for entity in marked.entities or []] == ["ра"]


async def test_a_mention_by_id_names_a_known_user_and_vanishes_for_an_unknown_one(bot: Bot, anna: Player) -> None:
    text = f'<a href="tg://user?id={anna.id}">А</a><a href="tg://user?id=5">Б</a>'
    sent = await bot.send_message(anna.id, text, parse_mode="HTML")
    assert [(entity.offset, entity.user and entity.user.first_name) for entity in sent.entities or []] == [(0, "Анна")]


async def test_a_reply_names_its_message_and_may_do_without(bot: Bot, anna: Player) -> None:
    first = anna.messages[0].message_id
    reply = await bot.send_message(anna.id, "да", reply_parameters={"message_id": first})  # type: ignore[arg-type]  # as JSON
    alone = await bot.send_message(
        anna.id,
        "да",
        reply_parameters={"message_id": 99, "allow_sending_without_reply": True},  # type: ignore[arg-type]  # as JSON
    )
    assert reply.reply_to_message is not None
    assert reply.reply_to_message.text == "/start"
    assert alone.reply_to_message is None


async def test_what_aiogram_adds_of_its_own_accord_is_let_through(bot: Bot, anna: Player) -> None:
    bot.default.link_preview = LinkPreviewOptions(is_disabled=True)
    bot.default.link_preview_is_disabled = True
    await bot.send_message(anna.id, "ya.ru")
    await bot.edit_message_text("ya.ru/2", chat_id=anna.id, message_id=anna.last.message_id)
    assert anna.last.text == "ya.ru/2"


async def test_message_dates_come_from_the_clock(bot: Bot, anna: Player, clock: object) -> None:
    sent = await bot.send_message(anna.id, "раз")
    assert sent.date.isoformat() == "2026-11-23T12:00:00+00:00"
