"""/archive: months, days, and the digest of a day."""

from datetime import date, datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot import archive_callbacks as to
from bot.i18n import Translator
from bot.show import show
from bot.views import archive as view
from bot.views import digest as digest_view
from bot.views import lists
from digests.archive import Archive
from digests.errors import EditionMissing
from digests.library import Library
from digests.readers import Reader

EARLIEST = 1970_01_02  # what lies before is no day of ours


def router() -> Router:
    """Return the router of the archive."""
    archive = Router(name="archive")
    archive.callback_query.register(month, to.ShowMonth.filter())
    archive.callback_query.register(day, to.ShowDay.filter())
    archive.callback_query.register(edition, to.ShowEditionOf.filter())
    archive.message.register(month, Command("archive", ignore_case=True))
    return archive


async def month(
    event: Message | CallbackQuery, archive: Archive, t: Translator, now: datetime,
    callback_data: to.ShowMonth | None = None,
) -> None:  # fmt: skip
    """The days of a month."""
    wanted = callback_data.month if callback_data else 0
    first = _date(wanted * 100 + 1) or now.date()
    await show(event, view.month(t, await archive.month(first, now.tzinfo)))


async def day(
    query: CallbackQuery, callback_data: to.ShowDay, archive: Archive, reader: Reader | None, t: Translator,
    now: datetime,
) -> None:  # fmt: skip
    """The articles of a day."""
    chosen, page = _date(callback_data.day) or now.date(), callback_data.page
    shown = await archive.day(chosen, now.tzinfo, reader, offset=page * lists.PAGE, limit=lists.PAGE)
    if not shown.headlines and shown.total:  # the list has grown shorter since the button was made
        page = lists.clamped(page, shown.total, lists.PAGE)
        shown = await archive.day(chosen, now.tzinfo, reader, offset=page * lists.PAGE, limit=lists.PAGE)
    await show(query, view.day(t, shown, page, now))


async def edition(
    query: CallbackQuery, callback_data: to.ShowEditionOf, archive: Archive, library: Library, reader: Reader | None,
    t: Translator, now: datetime,
) -> None:  # fmt: skip
    """The digest of a day."""
    found = await archive.day(_date(callback_data.day) or now.date(), now.tzinfo, reader, offset=0, limit=1)
    if found.edition is None:
        raise EditionMissing
    await show(query, digest_view.cover(t, await library.edition(found.edition)))


def _date(number: int) -> date | None:
    """Return the day that a button names; None for one that there is not."""
    if number < EARLIEST:
        return None
    try:
        return date(number // 10_000, number // 100 % 100, number % 100)
    except ValueError:
        return None
