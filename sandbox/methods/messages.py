"""sendMessage, sendChatAction, deleteMessage and deleteMessages."""

from collections.abc import Mapping, Sequence

from sandbox.api import Api, Play
from sandbox.chats import Bot, Chat, Message
from sandbox.errors import bad_request
from sandbox.markup import Content, explicit, formatted, non_empty, parsed, text_content
from sandbox.methods.sending import admit, check_markup, check_member, open_chat, post
from sandbox.wire import Json

DELETABLE_S = 48 * 3600
MOST_IDS = 100
ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)


def read_text(params: Json) -> Content:
    """Return the content that `text`, `parse_mode` and `entities` spell; raises ApiError as Telegram does."""
    text = params.get("text", "")
    if not text:
        raise bad_request("message text is empty")
    if params.get("entities") and params.get("parse_mode", "").lower() in ("", "none"):
        parsed(text, "")
        return text_content(text, explicit(params["entities"]))
    return non_empty(formatted(text, params.get("parse_mode", "")))


def send_message(api: Api, params: Json) -> Json:
    """Play sendMessage."""
    content = read_text(params)
    markup = api.keyboards.read(params.get("reply_markup"))
    chat = open_chat(api, params["chat_id"])
    check_markup(chat, markup)
    admit(api, chat, params)
    return api.telegram.post(post(api, chat, content, markup, params)).shape()


def send_chat_action(api: Api, params: Json) -> bool:
    """Play sendChatAction."""
    if params["action"] not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = open_chat(api, params["chat_id"])
    check_member(chat)
    api.telegram.observe("action", {"chat_id": chat.id, "action": params["action"]})
    return True


def delete_message(api: Api, params: Json) -> bool:
    """Play deleteMessage."""
    chat = open_chat(api, params["chat_id"])
    message = chat.messages.get(params["message_id"])
    if message is None:
        raise bad_request("message to delete not found")
    check_deletable(api, chat, message)
    api.telegram.remove(message)
    return True


def delete_messages(api: Api, params: Json) -> bool:
    """Play deleteMessages: ids that are not there are passed over."""
    chat = open_chat(api, params["chat_id"])
    ids: Sequence[int] = params["message_ids"]
    if not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > MOST_IDS:
        raise bad_request("too many message identifiers specified")
    found = [chat.messages[message_id] for message_id in dict.fromkeys(ids) if message_id in chat.messages]
    for message in found:
        check_deletable(api, chat, message)
    for message in found:
        api.telegram.remove(message)
    return True


def check_deletable(api: Api, chat: Chat, message: Message) -> None:
    """Refuse to delete what is older than 48 hours or another's message in a group."""
    if api.telegram.date() - message.date >= DELETABLE_S:
        raise bad_request("message can't be deleted for everyone")
    is_own = isinstance(message.sender, Bot)
    if not is_own and chat.type != "private" and chat.bot_status != "administrator":
        raise bad_request("message can't be deleted")


METHODS: Mapping[str, Play] = {
    "sendMessage": send_message,
    "sendChatAction": send_chat_action,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
}
