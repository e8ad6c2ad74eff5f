"""An editor's link on its way to a draft: what it means here and now, «reading…», and what came of it."""

from typing import Any

from aiogram.types import CallbackQuery, Message

from bot import incoming
from bot.desk import Cards, Desk
from bot.errors import describe
from bot.i18n import Translator
from bot.show import send, show, turn
from bot.views import desk as desk_view
from bot.views import links as view
from bot.views import notices
from bot.views.view import View
from digests.articles import Article, ArticleId, UserId
from digests.blocks import Block, Span
from digests.errors import DigestError
from digests.fetching import Fetcher
from digests.intake import is_empty
from digests.linking import Linked, Links
from digests.links import lone_links
from digests.newsroom import Arrival, Newsroom
from digests.origins import site_of
from digests.sources.worker import Worker
from digests.storage.engine import Database


class Linking:
    """Reads pages for editors, one at a time in each chat, and shows how far it is."""

    def __init__(self, links: Links, newsroom: Newsroom, desk: Desk, cards: Cards) -> None:
        self._links = links
        self._newsroom = newsroom
        self._desk = desk
        self._cards = cards

    async def meant(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """Return the text of the page that a lone link stands for; any other blocks as they are.

        Raises what Links.read raises.
        """
        found = lone_links(blocks)
        return (await self._links.read(found[0])).blocks if len(found) == 1 else blocks

    async def commanded(self, message: Message, t: Translator, found: tuple[str, ...]) -> None:
        """Read the page that /add names, whatever is being collected."""
        if len(found) > 1:
            await show(message, view.one_at_a_time(t, len(found)))
            return
        await self._take(await send(message, view.reading(t, site_of(found[0]))), t, found[0], message.message_id)

    async def sent(self, message: Message, t: Translator, found: tuple[str, ...]) -> bool:
        """Read the page of a message that is only a link; return False when the message is part of a text.

        A text that Telegram has cut goes on with it; in the middle of a collection a link may be either, so we ask.
        """
        collecting = await self._newsroom.collecting(UserId(message.chat.id), Arrival.FORWARD)
        if collecting is None or is_empty(collecting):
            await self.commanded(message, t, found)
            return True
        if len(found) > 1 or not collecting.collects_all:
            return False
        await show(message, view.amid(t, collecting, found[0], message.message_id))
        return True

    async def into_text(self, query: CallbackQuery, t: Translator, message_id: int) -> View | None:
        """Add the link that was asked about to the article being collected; None if the link is not there any more."""
        url, author = _asked(query), UserId(query.from_user.id)
        if not url:
            return None
        if await self._newsroom.collecting(author, Arrival.FORWARD) is None:
            return view.too_late(t)
        part = Block(spans=(Span(text=url, href=url),))
        article = await self._newsroom.submit(author, message_id, (part,), Arrival.TEXT)
        return desk_view.collecting(t, article)

    async def as_page(self, query: CallbackQuery, t: Translator, message_id: int) -> bool:
        """Read the page of the link that was asked about; return False if the link is not there any more."""
        url = _asked(query)
        if url:
            await self._take(await _turned(query, view.reading(t, site_of(url))), t, url, message_id)
        return bool(url)

    async def anew(self, query: CallbackQuery, t: Translator, article: ArticleId) -> None:
        """Read the page of an article once more, as a draft of its own. Raises ArticleMissing if it has no page."""
        origin = await self._links.origin(article)
        progress = await _turned(query, view.reading(t, origin.site))
        await self._take(progress, t, origin.url, progress.message_id, anew=True)

    async def _take(self, progress: Message, t: Translator, url: str, message_id: int, *, anew: bool = False) -> None:
        author = UserId(progress.chat.id)
        waiting = await self._newsroom.collecting(author, Arrival.FORWARD)
        try:
            linked = await self._links.take(author, url, message_id, anew=anew)
        except DigestError as refusal:
            await turn(progress, notices.sentence(describe(refusal, t)))
            return
        if linked.is_new and waiting and is_empty(waiting):
            await self._cards.remove(progress.chat.id, waiting.id)
        await self._cards.replace(progress, linked.article.id, await self._screens(t, linked), over=progress)

    async def _screens(self, t: Translator, linked: Linked) -> list[View]:
        article: Article = linked.article
        card = await self._desk.card(t, article)
        if linked.is_new:
            return [await self._desk.preview(t, article), card]
        return [view.known(t, article, card)]


# Any: what handlers are given by name is as loosely typed as aiogram takes it.
def install(given: dict[str, Any], database: Database, fetcher: Fetcher, worker: Worker) -> None:
    """Give handlers what fetches and reads."""
    links = Links(database, given["newsroom"], fetcher, worker)
    linking = Linking(links, given["newsroom"], given["desk"], given["cards"])
    given.update(fetcher=fetcher, worker=worker, linking=linking)


async def _turned(query: CallbackQuery, screen: View) -> Message:
    """Turn the tapped message into the screen and return it."""
    if isinstance(query.message, Message):
        return await turn(query.message, screen) or query.message
    return await send(query, screen)


def _asked(query: CallbackQuery) -> str:
    """Return the address that stands in the tapped question."""
    if not isinstance(query.message, Message):
        return ""
    spans = (span for block in incoming.blocks(query.message) for span in block.spans)
    return next((span.href for span in spans if span.href), "")
