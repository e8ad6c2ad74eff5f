"""Inline mode: articles found in any chat after the bot's name, and sent there."""

from datetime import datetime

from aiogram import Bot, Router
from aiogram.enums import ParseMode
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
)

from bot import links
from bot.i18n import Translator
from bot.show import NO_PREVIEW
from bot.views import inline as view
from digests.articles import Headline
from digests.errors import DigestError
from digests.searching import Kept, Searching

PAGE = 10
CACHE_S = 60
MOST_OFFSET = 1000


def router() -> Router:
    """Return the router of inline queries."""
    inline = Router(name="inline")
    inline.inline_query.register(found)
    return inline


async def found(query: InlineQuery, bot: Bot, searching: Searching, t: Translator, now: datetime) -> None:
    """What is typed after the bot's name; the latest articles while nothing is."""
    offset = int(query.offset) if query.offset.isdecimal() and len(query.offset) <= 4 else 0
    headlines, is_more = await _headlines(searching, query.query, now, min(offset, MOST_OFFSET))
    username = (await bot.me()).username or ""
    entries = [view.entry(t, headline, said, links.to_article(username, headline.id)) for headline, said in headlines]
    nothing = InlineQueryResultsButton(text=t("Nothing found. Search in the bot"), start_parameter=links.SEARCH)
    await query.answer(
        [_result(entry) for entry in entries],
        cache_time=CACHE_S,
        is_personal=True,  # in the language of who asks
        next_offset=str(offset + PAGE) if is_more else "",
        button=None if entries or offset else nothing,
    )


async def _headlines(
    searching: Searching, text: str, now: datetime, offset: int
) -> tuple[list[tuple[Headline, str]], bool]:
    """Return the articles with the passages that show why, and whether there are more."""
    if not text.strip():
        latest = await searching.latest(offset=offset, limit=PAGE + 1)
        return [(headline, "") for headline in latest[:PAGE]], len(latest) > PAGE
    try:
        page = await searching.find(Kept(text=text), now, offset=offset, limit=PAGE)
    except DigestError:
        return [], False
    said = [("".join(piece for piece, _ in result.passage.pieces)) for result in page.results]
    results = [(result.headline, words) for result, words in zip(page.results, said, strict=True)]
    return results, page.total > offset + PAGE


def _result(entry: view.Entry) -> InlineQueryResultArticle:
    button = InlineKeyboardButton(text=entry.label, url=entry.url)
    return InlineQueryResultArticle(
        id=entry.key,
        title=entry.title,
        description=entry.description,
        input_message_content=InputTextMessageContent(
            message_text=entry.text, parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW
        ),
        reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]]),
    )
