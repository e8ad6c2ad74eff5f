"""editMessageText, editMessageCaption and editMessageReplyMarkup."""

from collections.abc import Mapping

from sandbox.api import Api, Play
from sandbox.chats import Bot, Message
from sandbox.errors import NOT_MODIFIED, bad_request
from sandbox.floods import GROUPS
from sandbox.keyboards import Markup
from sandbox.markup import CAPTION_LIMIT_UTF16, Content, explicit, finished, formatted, parsed
from sandbox.methods.messages import read_text
from sandbox.methods.sending import check_markup, check_member, open_chat, with_users
from sandbox.wire import Json

LINKS = frozenset({"url", "text_link"})


def edit_text(api: Api, params: Json) -> Json:
    """Play editMessageText."""
    if params.get("rich_message"):
        raise bad_request("the local Telegram does not play rich messages")
    content = read_text(params)
    markup = api.keyboards.read_inline(params.get("reply_markup"))
    message = find(api, params)
    if message.file is not None:
        raise bad_request("there is no text in the message to edit")
    return change(api, message, with_users(api, content), markup, params.get("link_preview_options"))


def edit_caption(api: Api, params: Json) -> Json:
    """Play editMessageCaption."""
    content = read_caption(params)
    markup = api.keyboards.read_inline(params.get("reply_markup"))
    message = find(api, params)
    if message.file is None:
        raise bad_request("there is no caption in the message to edit")
    return change(api, message, with_users(api, content), markup, message.preview)


def edit_reply_markup(api: Api, params: Json) -> Json:
    """Play editMessageReplyMarkup."""
    markup = api.keyboards.read_inline(params.get("reply_markup"))
    message = find(api, params)
    return change(api, message, message.content, markup, message.preview)


def read_caption(params: Json) -> Content:
    """Return the content of a caption, which may be empty; raises ApiError as Telegram does."""
    text = params.get("caption", "")
    if params.get("caption_entities") and params.get("parse_mode", "").lower() in ("", "none"):
        parsed(text, "")
        return finished(text, explicit(params["caption_entities"]), CAPTION_LIMIT_UTF16)
    return formatted(text, params.get("parse_mode", ""), CAPTION_LIMIT_UTF16)


def find(api: Api, params: Json) -> Message:
    """Return the bot's own message to edit; raises ApiError when there is none that can be edited."""
    if params.get("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    if "chat_id" not in params:
        raise bad_request("chat_id is empty")
    if not params.get("message_id"):
        raise bad_request("message identifier is not specified")
    chat = open_chat(api, params["chat_id"])
    check_member(chat)
    message = chat.messages.get(params["message_id"])
    if message is None:
        raise bad_request("message to edit not found")
    if not isinstance(message.sender, Bot) or message.origin is not None or message.markup.is_other:
        raise bad_request("message can't be edited")
    return message


def change(api: Api, message: Message, content: Content, markup: Markup, preview: Json | None) -> Json:
    """Change the message in place; raises ApiError when nothing would change."""
    check_markup(message.chat, markup)
    if (
        message.content == content
        and message.markup.inline == markup.inline
        and preview_of(message.content, message.preview) == preview_of(content, preview)
    ):
        raise bad_request(NOT_MODIFIED)
    if message.chat.type in GROUPS:
        api.floods.charge(message.chat)
    message.content, message.markup, message.preview = content, markup, preview
    return api.telegram.edited(message).shape()


def preview_of(content: Content, options: Json | None) -> Json | None:
    """Return how the first link of a text is shown: nothing to show makes all options alike."""
    has_link = bool(options and options.get("url")) or any(entity["type"] in LINKS for entity in content.entities)
    return (options or {}) if has_link else None


METHODS: Mapping[str, Play] = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageReplyMarkup": edit_reply_markup,
}
