"""copyMessage(s) and forwardMessage(s)."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from sandbox.api import Api, Play
from sandbox.chats import Bot, Chat, Message, User
from sandbox.errors import ApiError, bad_request
from sandbox.keyboards import NOTHING, Markup
from sandbox.methods.edits import read_caption
from sandbox.methods.sending import admit, check_markup, check_member, open_chat, post
from sandbox.wire import Json

MOST_IDS = 100


def copy_message(api: Api, params: Json) -> Json:
    """Play copyMessage."""
    source = find(api, params, params["message_id"], "copy")
    markup = api.keyboards.read(params.get("reply_markup"))
    return {"message_id": copied(api, source, markup, params).message_id}


def forward_message(api: Api, params: Json) -> Json:
    """Play forwardMessage."""
    source = find(api, params, params["message_id"], "forward")
    return forwarded(api, source, params).shape()


def copy_messages(api: Api, params: Json) -> list[Json]:
    """Play copyMessages: those that are not there are passed over."""
    found = find_all(api, params, "copy")
    return [{"message_id": copied(api, source, NOTHING, params).message_id} for source in found]


def forward_messages(api: Api, params: Json) -> list[Json]:
    """Play forwardMessages: those that are not there are passed over."""
    found = find_all(api, params, "forward")
    return [{"message_id": forwarded(api, source, params).message_id} for source in found]


def copied(api: Api, source: Message, markup: Markup, params: Json) -> Message:
    """Post a message like the source, as the bot's own."""
    chat = open_chat(api, params["chat_id"])
    content = read_caption(params) if "caption" in params and source.file else source.content
    check_markup(chat, markup)
    admit(api, chat, params)
    message = post(api, chat, content, markup, params)
    message.file = source.file
    return api.telegram.post(message)


def forwarded(api: Api, source: Message, params: Json) -> Message:
    """Post the source as a forward."""
    chat = open_chat(api, params["chat_id"])
    admit(api, chat, params)
    message = post(api, chat, source.content, NOTHING, params)
    message.file = source.file
    message.origin = source.origin or origin_of(source)
    return api.telegram.post(message)


def origin_of(source: Message) -> Json:
    """Return the Bot API's MessageOrigin of a message."""
    sender: User | Chat | Bot = source.sender
    if isinstance(sender, Chat) or source.chat.type == "channel":
        channel = source.chat
        return {"type": "channel", "date": source.date, "chat": channel.shape(), "message_id": source.message_id}
    return {"type": "user", "date": source.date, "sender_user": sender.shape()}


def find(api: Api, params: Json, message_id: int, what: str) -> Message:
    """Return the message to copy or forward; raises ApiError when it is gone or protected."""
    chat = open_chat(api, params["from_chat_id"])
    check_member(chat)
    message = chat.messages.get(message_id)
    if message is None:
        raise bad_request(f"message to {what} not found")
    if message.is_protected:
        raise bad_request("message can't be forwarded" if what == "forward" else "message can't be copied")
    return message


def find_all(api: Api, params: Json, what: str) -> list[Message]:
    """Return the messages of a list of ids that are there; raises ApiError for a bad list or when none is."""
    ids: Sequence[int] = params["message_ids"]
    if not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > MOST_IDS:
        raise bad_request("too many message identifiers specified")
    if any(first >= second for first, second in pairwise(ids)):
        raise bad_request("message identifiers must be in a strictly increasing order")
    found = []
    for message_id in ids:
        try:
            found.append(find(api, params, message_id, what))
        except ApiError as error:
            if not error.description.endswith("not found"):
                raise
    if not found:
        raise bad_request(f"there are no messages to {what}")
    return found


METHODS: Mapping[str, Play] = {
    "copyMessage": copy_message,
    "forwardMessage": forward_message,
    "copyMessages": copy_messages,
    "forwardMessages": forward_messages,
}
