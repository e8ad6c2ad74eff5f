"""Putting the desk's screens together from what the services know, and keeping the newest card last in the chat."""

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import Message

from bot.i18n import Translator
from bot.show import show, turn
from bot.views import article as article_view
from bot.views import desk as view
from bot.views.view import View
from digests.articles import Article, ArticleId, ArticleState
from digests.clock import Clock
from digests.library import Library
from digests.newsroom import Newsroom
from digests.rubrics import Rubric

CHATS_REMEMBERED = 1000


class Cards:
    """The newest screens of the desk in each chat, so that a paste of ten messages does not leave ten cards.

    Losing them, as a restart does, costs nothing: the old cards stay and go on working.
    """

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._shown: dict[int, tuple[ArticleId, list[int]]] = {}

    async def replace(
        self, message: Message, article: ArticleId, views: list[View], *, over: Message | None = None
    ) -> None:
        """Send the screens of an article below everything else and take away those it had before.

        The first of them takes the place of `over`, a message of the bot's, if there is one.
        """
        chat = message.chat.id
        shown_article, old = self._shown.pop(chat, (article, []))
        first = [await turn(over, views[0])] if over else []
        sent = first + [await show(message, screen) for screen in views[len(first) :]]
        self._shown[chat] = (article, [one.message_id for one in sent if one])
        while len(self._shown) > CHATS_REMEMBERED:
            self._shown.pop(next(iter(self._shown)))
        if shown_article == article:
            await self._delete(chat, old)

    async def remove(self, chat: int, article: ArticleId) -> None:
        """Take away the screens of an article that is no more."""
        shown_article, old = self._shown.get(chat, (None, []))
        if shown_article == article:
            del self._shown[chat]
            await self._delete(chat, old)

    def settle(self, chat: int) -> None:
        """The screens shown so far stay: the editor has pressed a button on one of them."""
        self._shown.pop(chat, None)

    async def _delete(self, chat: int, messages: list[int]) -> None:
        if not messages:
            return
        try:
            await self._bot.delete_messages(chat, messages)
        except TelegramAPIError:
            return  # older than 48 hours or deleted by hand: an extra card is harmless


class Desk:
    """Makes the screens that show an article to editors."""

    def __init__(self, newsroom: Newsroom, library: Library, clock: Clock) -> None:
        self._newsroom = newsroom
        self._library = library
        self._clock = clock

    async def rubric(self, article: Article) -> Rubric | None:
        """Return where the article is filed."""
        return next((rubric for rubric in await self._newsroom.rubrics() if rubric.id == article.rubric_id), None)

    async def card(self, t: Translator, article: Article) -> View:
        """Return the article's card."""
        related = await self._library.related(article.id, drafts=True)
        twins = await self._newsroom.twins(article) if article.state is ArticleState.DRAFT else ()
        noted = await self._newsroom.labelling.noted(article)
        return view.card(t, article, await self.rubric(article), len(related), (twins, noted))

    async def preview(self, t: Translator, article: Article) -> View:
        """Return the first page of the article, as readers will see it."""
        page = await self._library.page(article.id, 0, 0, drafts=True)
        return article_view.preview(t, page)

    async def submitted(self, t: Translator, article: Article) -> list[View]:
        """Return what follows a part of a paste: its progress while more is to come, else the preview and the card."""
        if self.is_open(article):
            return [view.collecting(t, article)]
        return [await self.preview(t, article), await self.card(t, article)]

    def is_open(self, article: Article) -> bool:
        """Return whether the draft waits for /done."""
        return article.collects_all
