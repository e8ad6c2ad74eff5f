"""/digest and its button: a digest now, in a message of its own."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.callbacks import MakeDigest
from bot.filters import met
from bot.i18n import Translator
from bot.show import send
from bot.views.digest import cover
from bot.views.notices import no_articles
from digests.library import Library
from digests.press import Press
from digests.readers import Reader


def router() -> Router:
    """Return the router of digests on demand."""
    digest = Router(name="digest")
    digest.message.register(make, Command("digest", ignore_case=True))
    digest.callback_query.register(make, MakeDigest.filter())
    return digest


async def make(
    event: Message | CallbackQuery, press: Press, library: Library, reader: Reader | None, t: Translator
) -> None:
    """What is new in the last 24 hours, or else the latest there is."""
    made = await press.on_demand(met(reader))
    if made is None:
        await send(event, no_articles(t))
        return
    edition, fresh = made
    await send(event, cover(t, await library.edition(edition), fresh=fresh))
