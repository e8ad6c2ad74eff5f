"""Other people's servers and messages: what nobody of ours would send, and what nobody of theirs would take."""

from typing import Any

from sandbox.player import Player
from sandbox.wire import Json
from tests.bot.conftest import World
from tests.bot.test_desk import ARTICLE


async def test_every_parameter_sent_is_of_todays_bot_api(world: World) -> None:
    anna = world.reader()
    await world.publish(ARTICLE)
    await anna.send("/start")
    await anna.send("/digest")
    await anna.tap("Читать ▶")
    sent = [call for call in world.sandbox.calls if call.method in ("sendMessage", "editMessageText")]
    assert sent
    assert not [call for call in sent if "disable_web_page_preview" in (call.params or {})]


async def arrives(world: World, who: Player, chat: Json | None = None, **message: Any) -> list[str]:
    """Let a message come as some server may write it; return what the bot sends because of it."""
    before = len(world.sandbox.calls)
    person = {"id": who.id, "is_bot": False, "first_name": "Ы" * 300, "language_code": "ru", "news_of": {"11": [4]}}
    whole = {"message_id": 900 + before, "date": 1, "chat": chat or {"id": who.id, "type": "private"}, "from": person}
    update = {"update_id": 9000 + before, "message": whole | message, "of_the_future": 1}
    await world.app.dispatcher.feed_raw_update(world.app.bot, update)
    calls = list(world.sandbox.calls)[before:]
    return [str((call.params or {}).get("text")) for call in calls if call.method == "sendMessage"]


PHOTO = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]


async def test_a_note_of_telegrams_own_is_no_question_to_the_bot(world: World) -> None:
    anna = world.reader()
    assert not await arrives(
        world, anna, pinned_message={"message_id": 3, "date": 0, "chat": {"id": 1, "type": "private"}}
    )
    assert not await arrives(world, anna, message_auto_delete_timer_changed={"message_auto_delete_time": 86400})
    assert "команды и кнопки" in (await arrives(world, anna, photo=PHOTO))[0]
    assert "команды и кнопки" in (await arrives(world, anna, hologram={"of": "the future"}))[0]


async def test_an_album_is_answered_once(world: World) -> None:
    anna = world.reader()
    answers = [await arrives(world, anna, photo=PHOTO, media_group_id="7") for _ in range(4)]
    assert [len(answer) for answer in answers] == [1, 0, 0, 0]
    assert await arrives(world, anna, photo=PHOTO, media_group_id="8")
    assert await arrives(world, anna, photo=PHOTO, media_group_id="8", caption="/help")


async def test_a_forwarded_album_is_one_draft_and_no_complaints(world: World) -> None:
    await world.editor.send("/start")
    post: Json = {
        "photo": PHOTO,
        "media_group_id": "7",
        "forward_origin": {"type": "hidden_user", "sender_user_name": "Х", "date": 1},
    }
    draft = await arrives(world, world.editor, **post, caption=ARTICLE)
    assert "Черновик" in draft[-1]
    assert not await arrives(world, world.editor, **post)


async def test_a_long_caption_is_an_article_as_a_long_text_is(world: World) -> None:
    await world.editor.send("/start")
    assert "принимаю текстом" in (await arrives(world, world.editor, photo=PHOTO, caption="Вид на мост"))[-1]
    assert "Черновик" in (await arrives(world, world.editor, photo=PHOTO, caption=ARTICLE))[-1]


async def test_in_a_group_only_commands_to_this_bot_are_answered(world: World) -> None:
    group: Json = {"id": -77, "type": "group", "title": "Соседи"}
    anna = world.reader()
    for text in ("/start@svodka_bot", "/Digest@SVODKA_bot now", "/help", "/unheard_of@svodka_bot"):
        assert await arrives(world, anna, group, text=text), text
    for text in ("/start@other_bot", "/ban", "hello", "/", "", " "):
        assert not await arrives(world, anna, group, text=text), text


async def test_the_first_step_without_rubrics_says_what_will_come(world: World) -> None:
    anna = world.reader()
    await anna.send("/start")
    assert "Рубрик пока нет" in anna.last.text


async def test_a_language_that_we_do_not_speak_cannot_be_chosen(world: World) -> None:
    anna = world.reader()
    await anna.send("/start")
    for code in ("xx", "4", "EN", "ru_RU", "", "<b>"):
        await anna.tap_data(f"el1:{code}")
        assert "Язык бота: русский" in anna.last.text
    await anna.send("/settings")
    assert "Язык: русский" in anna.last.text


async def test_a_rubric_that_there_is_not_cannot_be_chosen(world: World) -> None:
    await world.publish(ARTICLE)
    anna = world.reader()
    await anna.send("/start")
    await anna.tap_data("er1:0:0:settings:0")
    await anna.tap_data("er1:9223372036854775807:1:settings:0")
    await anna.send("/settings")
    assert "Рубрики: ни одной" in anna.last.text
    assert "присылать нечего" in anna.last.text
