"""Who may be written to: blocking, deleted accounts, groups, channels, topics, upgrades."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramMigrateToChat

from sandbox import NotPossible, Player, Sandbox, User
from tests.sandbox.conftest import Call


async def test_a_blocked_bot_is_told_and_may_not_write_until_let_in_again(
    sandbox: Sandbox, bot: Bot, call: Call, anna: Player
) -> None:
    sandbox.updates.drop_all()
    sent = await bot.send_message(anna.id, "раз")
    sandbox.people.block(anna.user, blocked=True)
    (update,) = (await call("getUpdates"))["result"]
    change = update["my_chat_member"]
    assert change["chat"]["type"] == "private"
    assert change["from"]["id"] == anna.id
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("member", "kicked")
    attempts: dict[str, dict[str, object]] = {
        "sendMessage": {"text": "два"},
        "editMessageText": {"text": "два", "message_id": sent.message_id},
        "sendChatAction": {"action": "typing"},
    }
    for method, params in attempts.items():
        answer = await call(method, chat_id=anna.id, **params)
        assert (answer["error_code"], answer["description"]) == (403, "Forbidden: bot was blocked by the user")
    sandbox.people.block(anna.user, blocked=False)
    assert (await call("sendMessage", chat_id=anna.id, text="два"))["ok"]


async def test_blocking_twice_is_told_once(sandbox: Sandbox, anna: Player) -> None:
    assert sandbox.people.block(anna.user, blocked=True) is not None
    assert sandbox.people.block(anna.user, blocked=True) is None
    with pytest.raises(NotPossible, match="has blocked the bot"):
        sandbox.people.write(anna.user, anna.chat, "раз")


async def test_who_never_started_the_bot_cannot_be_written_to(sandbox: Sandbox, bot: Bot) -> None:
    boris = sandbox.player("Борис")
    with pytest.raises(TelegramForbiddenError, match="bot can't initiate conversation with a user"):
        await bot.send_message(boris.id, "раз")


async def test_a_deleted_account_cannot_be_written_to(bot: Bot, anna: Player) -> None:
    anna.user.is_deactivated = True
    with pytest.raises(TelegramForbiddenError, match="user is deactivated"):
        await bot.send_message(anna.id, "раз")


async def test_an_unknown_chat_is_not_found_and_the_bot_does_not_talk_to_itself(bot: Bot) -> None:
    for chat_id in (5, "@nobody", ""):
        with pytest.raises(TelegramBadRequest, match=r"chat not found|chat_id is empty"):
            await bot.send_message(chat_id, "раз")
    with pytest.raises(TelegramForbiddenError, match="the bot can't send messages to the bot"):
        await bot.send_message(1000, "раз")


@pytest.mark.parametrize(
    ("kind", "status", "problem"),
    [
        ("group", "kicked", "bot was kicked from the group chat"),
        ("supergroup", "kicked", "bot was kicked from the supergroup chat"),
        ("channel", "kicked", "bot was kicked from the channel chat"),
        ("channel", "left", "bot is not a member of the channel chat"),
        ("supergroup", "left", "bot is not a member of the supergroup chat"),
    ],
)
async def test_a_bot_put_out_of_a_chat_may_not_write_there(
    sandbox: Sandbox, bot: Bot, anna: Player, kind: str, status: str, problem: str
) -> None:
    chat = sandbox.telegram.add_chat(kind, "Читатели", [anna.user], username="readers")
    await bot.send_message("@Readers", "раз")
    delivery = sandbox.people.set_bot_status(anna.user, chat, status)
    with pytest.raises(TelegramForbiddenError) as caught:
        await bot.send_message(chat.id, "два")
    assert caught.value.message == f"Forbidden: {problem}"
    assert delivery is not None
    assert delivery.update["my_chat_member"]["new_chat_member"]["status"] == status


async def test_missing_rights_are_named(sandbox: Sandbox, bot: Bot, anna: Player) -> None:
    channel = sandbox.telegram.add_chat("channel", "Канал")
    channel.bot_status = "member"
    group = sandbox.telegram.add_chat("supergroup", "Читатели")
    group.can_write = False
    gone = sandbox.telegram.add_chat("group", "Бывшие")
    gone.is_deleted = True
    with pytest.raises(TelegramBadRequest, match="need administrator rights in the channel chat"):
        await bot.send_message(channel.id, "раз")
    with pytest.raises(TelegramBadRequest, match="not enough rights to send text messages to the chat"):
        await bot.send_message(group.id, "раз")
    with pytest.raises(TelegramForbiddenError, match="the group chat was deleted"):
        await bot.send_message(gone.id, "раз")


async def test_an_upgraded_group_leads_to_its_supergroup(sandbox: Sandbox, bot: Bot, anna: Player) -> None:
    group = sandbox.telegram.add_chat("group", "Читатели", [anna.user])
    supergroup = sandbox.telegram.upgrade(group)
    with pytest.raises(TelegramMigrateToChat) as caught:
        await bot.send_message(group.id, "раз")
    assert caught.value.migrate_to_chat_id == supergroup.id
    assert "group chat was upgraded to a supergroup chat" in str(caught.value)
    assert (await bot.send_message(supergroup.id, "раз")).chat.title == "Читатели"


async def test_a_topic_is_written_to_by_its_id(sandbox: Sandbox, bot: Bot) -> None:
    forum = sandbox.telegram.add_chat("supergroup", "Форум")
    forum.topics[7] = "Новости"
    sent = await bot.send_message(forum.id, "раз", message_thread_id=7)
    assert (sent.message_thread_id, sent.is_topic_message) == (7, True)
    with pytest.raises(TelegramBadRequest, match="message thread not found"):
        await bot.send_message(forum.id, "раз", message_thread_id=8)


async def test_in_a_group_the_bot_sees_commands_only(sandbox: Sandbox, anna: Player) -> None:
    group = sandbox.telegram.add_chat("supergroup", "Читатели", [anna.user])
    _, talk = sandbox.people.write(anna.user, group, "привет")
    _, command = sandbox.people.write(anna.user, group, "/digest")
    group.bot_status = "administrator"
    _, everything = sandbox.people.write(anna.user, group, "привет")
    assert talk is None
    assert command is not None
    assert everything is not None


async def test_a_post_in_a_channel_is_the_channels_own(sandbox: Sandbox, bot: Bot, anna: Player) -> None:
    channel = sandbox.telegram.add_chat("channel", "Канал", [anna.user])
    _, delivery = sandbox.people.write(anna.user, channel, "пост")
    assert delivery is not None
    post = delivery.update["channel_post"]
    assert "from" not in post
    assert post["sender_chat"]["title"] == "Канал"
    assert (await bot.send_message(channel.id, "раз")).sender_chat is not None
    forwarded = await bot.forward_message(anna.id, channel.id, post["message_id"])
    assert forwarded.forward_origin is not None
    assert forwarded.forward_origin.type == "channel"


async def test_a_web_app_button_belongs_into_private_chats(sandbox: Sandbox, call: Call, anna: Player) -> None:
    group = sandbox.telegram.add_chat("supergroup", "Читатели")
    markup = '{"inline_keyboard":[[{"text":"а","web_app":{"url":"https://ya.ru"}}]]}'
    refused = await call("sendMessage", chat_id=group.id, text="а", reply_markup=markup)
    assert refused["description"] == "Bad Request: BUTTON_TYPE_INVALID"


async def test_lookups_tell_chats_and_members(sandbox: Sandbox, bot: Bot, anna: Player) -> None:
    group = sandbox.telegram.add_chat("supergroup", "Читатели", [anna.user])
    group.members[anna.id] = "administrator"
    assert (await bot.get_chat(anna.id)).first_name == "Анна"
    assert (await bot.get_chat_member(group.id, anna.id)).status == "administrator"
    assert (await bot.get_chat_member(group.id, 1000)).status == "member"
    assert (await bot.get_chat_member(anna.id, anna.id)).status == "member"
    assert await bot.get_chat_member_count(group.id) == 2
    assert [member.user.id for member in await bot.get_chat_administrators(group.id)] == [anna.id]
    await bot.leave_chat(group.id)
    with pytest.raises(TelegramForbiddenError, match="bot is not a member of the supergroup chat"):
        await bot.get_chat_member(group.id, anna.id)


async def test_only_the_last_messages_are_kept_when_told_so(sandbox: Sandbox, bot: Bot, anna: Player) -> None:
    sandbox.telegram.keep_last = 2
    for number in range(4):
        await bot.send_message(anna.id, str(number))
    assert [message.text for message in anna.messages] == ["2", "3"]


def test_user_ids_need_more_than_32_bits_and_are_never_given_twice(sandbox: Sandbox) -> None:
    first = sandbox.player("Анна", user_id=7_000_000_002)
    others = [sandbox.telegram.add_user(User("Б")).id for _ in range(3)]
    assert min(others) > 2**32
    assert len({first.id, *others}) == 4
