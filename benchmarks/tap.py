"""A tap on `Next section`: update → dispatcher → page → answer and edit."""

import gc
from typing import Any

from benchmarks.bare import bare_bot, bare_dispatcher
from benchmarks.figures import Figure, compared, costing
from benchmarks.world import Standing, program
from bot.app import App
from bot.callbacks import ShowSection
from bot.views.article import page as article_page
from bot.views.keyboards import keyboard
from bot.views.places import Place
from digests.articles import ArticleId
from digests.readers import ChatId

TAPS = 400
READER = 77


async def tap(url: str) -> Figure:
    """Return what a tap costs, ours against bare aiogram's answer and edit of the same page."""
    async with program(url, Standing()) as app, bare_bot(url) as bot:
        await app.subscriptions.arrive(ChatId(READER), "ru")
        article, sections = await _longest(app)
        view = article_page(
            app.catalogs.translator("ru"), await app.library.page(article, 1, 0), Place(trail="l"), app.clock.now()
        )
        bare = bare_dispatcher(view.text, keyboard(view))
        gc.collect()
        gc.freeze()

        async def ours() -> int:
            for number in range(TAPS):
                target = ShowSection(edition=0, article=article, section=number % sections, trail="l")
                await app.dispatcher.feed_raw_update(app.bot, _update(number, target.pack()))
            return TAPS

        async def theirs() -> int:
            for number in range(TAPS):
                await bare.feed_raw_update(bot, _update(number, "any"))
            return TAPS

        try:
            return await compared("a tap", costing(ours), costing(theirs))
        finally:
            gc.unfreeze()


async def _longest(app: App) -> tuple[ArticleId, int]:
    found, _ = await app.newsroom.published(offset=0, limit=50)
    article = max(found, key=lambda one: len(one.sections))
    return article.id, len(article.sections)


# Any: the update is JSON as Telegram sends it.
def _update(number: int, data: str) -> dict[str, Any]:
    person = {"id": READER, "is_bot": False, "first_name": "A", "language_code": "ru"}
    chat = {"id": READER, "type": "private", "first_name": "A"}
    bot = {"id": 1000, "is_bot": True, "first_name": "B", "username": "svodka_bot"}
    message = {"message_id": 5, "date": 1_790_000_000, "chat": chat, "from": bot, "text": "before"}
    query = {"id": str(number), "from": person, "chat_instance": "1", "message": message, "data": data}
    return {"update_id": number + 1, "callback_query": query}
