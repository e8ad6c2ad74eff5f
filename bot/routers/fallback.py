"""/help, and an answer to everything that nobody else has answered."""

from aiogram import Router
from aiogram.enums import ContentType
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.finding import Finding
from bot.i18n import Translator
from bot.middlewares import TOASTS, Toast
from bot.show import send, show
from bot.views import help as view
from bot.views import notices
from digests.articles import UserId
from digests.team import Team

# What people say. All else is Telegram's own note of what happened in the chat, such as that a message was pinned.
SAID = frozenset(
    {
        ContentType.TEXT, ContentType.ANIMATION, ContentType.AUDIO, ContentType.DOCUMENT, ContentType.LIVE_PHOTO,
        ContentType.PAID_MEDIA, ContentType.PHOTO, ContentType.STICKER, ContentType.STORY, ContentType.VIDEO,
        ContentType.VIDEO_NOTE, ContentType.VOICE, ContentType.CHECKLIST, ContentType.CONTACT, ContentType.DICE,
        ContentType.GAME, ContentType.POLL, ContentType.VENUE, ContentType.LOCATION, ContentType.RICH_MESSAGE,
        ContentType.UNKNOWN,
    }
)  # fmt: skip


def router() -> Router:
    """Return the router that stands last."""
    fallback = Router(name="fallback")
    fallback.message.register(helping, Command("help", ignore_case=True))
    fallback.message.register(unknown)
    fallback.callback_query.register(stale, flags=TOASTS)
    return fallback


async def helping(message: Message, team: Team, t: Translator) -> None:
    """/help: how it works, by role."""
    role = await team.role(UserId(message.chat.id))
    await show(message, view.helping(t, role, message.chat.id))


async def unknown(message: Message, team: Team, t: Translator, finding: Finding) -> None:
    """A command, a text or a picture that means nothing here."""
    if message.content_type not in SAID:
        return
    text = message.text or ""
    if text.startswith("/"):
        await show(message, view.unknown_command(t, text.split()[0]))
        return
    editor = await team.role(UserId(message.chat.id)) is not None
    if not text:
        await show(message, view.unknown_media(t, editor=editor))
        return
    await show(message, view.unknown_text(t, text, await finding.offered(text), editor=editor))


async def stale(query: CallbackQuery, t: Translator) -> Toast:
    """A button that nobody knows any more."""
    await send(query, notices.stale(t))
    return Toast(t("This button is from an older version. Fresh ones are below."), alert=True)
