"""getChat, getChatMember, getChatMemberCount, getChatAdministrators and leaveChat."""

from collections.abc import Mapping

from sandbox.api import Api, Play
from sandbox.chats import Chat
from sandbox.errors import bad_request, forbidden
from sandbox.methods.sending import check_member, open_chat
from sandbox.wire import Json

ADMINISTRATOR_RIGHTS = [
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
]


def get_chat(api: Api, params: Json) -> Json:
    """Play getChat."""
    chat = open_chat(api, params["chat_id"])
    if chat.type != "private":
        check_member(chat)
    gifts = ["unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"]
    return {
        **chat.shape(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }


def get_chat_member(api: Api, params: Json) -> Json:
    """Play getChatMember."""
    chat = open_chat(api, params["chat_id"])
    if chat.type != "private":
        check_member(chat)
    user_id = params["user_id"]
    if user_id == api.telegram.bot.id:
        return bot_member(api, chat)
    user = api.telegram.users.get(user_id)
    if user is None:
        raise bad_request("user not found")
    if chat.type == "private":
        return member_shape(user.shape(), "member" if user.id == chat.id else "left")
    return member_shape(user.shape(), chat.members.get(user_id, "left"))


def bot_member(api: Api, chat: Chat) -> Json:
    """Return the Bot API's ChatMember of the bot."""
    status = "member" if chat.bot_status == "new" else chat.bot_status
    return member_shape(api.telegram.bot.shape(), status)


def member_shape(user: Json, status: str) -> Json:
    """Return the Bot API's ChatMember."""
    member = {"user": user, "status": status}
    if status == "kicked":
        return {**member, "until_date": 0}
    if status == "creator":
        return {**member, "is_anonymous": False}
    if status == "administrator":
        rights = dict.fromkeys(ADMINISTRATOR_RIGHTS, True)
        return {**member, "can_be_edited": False, "is_anonymous": False, **rights}
    return member


def get_chat_member_count(api: Api, params: Json) -> int:
    """Play getChatMemberCount."""
    chat = open_chat(api, params["chat_id"])
    check_member(chat)
    return 2 if chat.type == "private" else len(chat.members) + 1


def get_chat_administrators(api: Api, params: Json) -> list[Json]:
    """Play getChatAdministrators."""
    chat = open_chat(api, params["chat_id"])
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    check_member(chat)
    return [
        member_shape(api.telegram.users[user_id].shape(), status)
        for user_id, status in chat.members.items()
        if status in ("administrator", "creator")
    ]


def leave_chat(api: Api, params: Json) -> bool:
    """Play leaveChat."""
    chat = open_chat(api, params["chat_id"])
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    if chat.bot_status in ("left", "kicked"):
        raise forbidden(f"bot is not a member of the {chat.type} chat")
    chat.bot_status = "left"
    return True


METHODS: Mapping[str, Play] = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatMemberCount": get_chat_member_count,
    "getChatAdministrators": get_chat_administrators,
    "leaveChat": leave_chat,
}
