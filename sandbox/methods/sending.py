"""What every method that posts a message has in common: who may be written to, floods, replies, topics."""

from sandbox.api import Api
from sandbox.chats import Chat, Message
from sandbox.errors import bad_request, forbidden
from sandbox.keyboards import Markup
from sandbox.markup import Content, known_mentions
from sandbox.wire import Json

NOT_PLAYED = (
    "business_connection_id",
    "direct_messages_topic_id",
    "ephemeral_message_parameters",
    "suggested_post_parameters",
)
REMOVED_FROM = {"group": "group chat", "supergroup": "supergroup chat", "channel": "channel chat"}


def open_chat(api: Api, chat_id: int | str) -> Chat:
    """Return the chat; raises ApiError when it is unknown or has become another."""
    if chat_id == api.telegram.bot.id:
        raise forbidden("the bot can't send messages to the bot")
    chat = api.telegram.find_chat(chat_id)
    if chat.migrated_to is not None:
        raise bad_request("group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": chat.migrated_to})
    return chat


def check_member(chat: Chat) -> None:
    """Refuse a chat that the bot is not in any more, or never was."""
    if chat.user is not None:
        if chat.user.is_deactivated:
            raise forbidden("user is deactivated")
        if chat.bot_status == "kicked":
            raise forbidden("bot was blocked by the user")
        if chat.bot_status == "new":
            raise forbidden("bot can't initiate conversation with a user")
        return
    if chat.is_deleted:
        raise forbidden("the group chat was deleted")
    if chat.bot_status == "kicked":
        raise forbidden(f"bot was kicked from the {REMOVED_FROM[chat.type]}")
    if chat.bot_status in ("left", "new"):
        raise forbidden(f"bot is not a member of the {REMOVED_FROM[chat.type]}")


def check_rights(chat: Chat, what: str = "text messages") -> None:
    """Refuse a chat in which the bot may not write."""
    if chat.type == "channel" and chat.bot_status != "administrator":
        raise bad_request("need administrator rights in the channel chat")
    if not chat.can_write:
        raise bad_request(f"not enough rights to send {what} to the chat")


def check_markup(chat: Chat, markup: Markup) -> None:
    """Refuse a keyboard that does not go with the chat."""
    if markup.has_web_app and chat.type != "private":
        raise bad_request("BUTTON_TYPE_INVALID")


def admit(api: Api, chat: Chat, params: Json, what: str = "text messages") -> None:
    """Let one message through to the chat; raises ApiError when the bot may not send it (now)."""
    for name in NOT_PLAYED:
        if params.get(name):
            raise bad_request(f"the local Telegram does not play the parameter {name}")
    effect = params.get("message_effect_id", "")
    if effect and (chat.type != "private" or not effect.isdecimal()):
        raise bad_request("EFFECT_ID_INVALID")
    check_member(chat)
    check_rights(chat, what)
    topic_of(chat, params)
    reply_of(chat, params)
    api.floods.charge(chat, is_paid=bool(params.get("allow_paid_broadcast")))


def post(api: Api, chat: Chat, content: Content, markup: Markup, params: Json) -> Message:
    """Post a message of the bot that `admit` let through, and return it."""
    telegram = api.telegram
    message = telegram.message_in(chat, telegram.bot, with_users(api, content))
    message.markup = markup
    message.thread_id = topic_of(chat, params)
    message.reply_to = reply_of(chat, params)
    message.is_protected = bool(params.get("protect_content"))
    message.preview = params.get("link_preview_options")
    return message


def with_users(api: Api, content: Content) -> Content:
    """Return the content with mentions by id resolved."""
    if content.names_users:
        return known_mentions(content, api.telegram.user_shapes())
    return content


def topic_of(chat: Chat, params: Json) -> int | None:
    """Return the topic that the message goes to; raises ApiError when the chat has no such topic."""
    thread_id: int | None = params.get("message_thread_id")
    if thread_id and thread_id not in chat.topics:
        raise bad_request("message thread not found")
    return thread_id or None


def reply_of(chat: Chat, params: Json) -> Message | None:
    """Return the message replied to; raises ApiError when it is gone and the bot insists."""
    reply = params.get("reply_parameters")
    if not reply:
        return None
    found = chat.messages.get(reply.get("message_id", 0))
    if found is None and not reply.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return found
