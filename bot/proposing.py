"""Proposing something to all readers: the preview, the question whether to send it, and the word that it is sent."""

import asyncio

from aiogram import Bot
from aiogram.enums import ParseMode
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import Message

from bot.broadcast_callbacks import Proposal
from bot.i18n import Translator
from bot.messenger import TelegramMessenger
from bot.show import NO_PREVIEW
from bot.views import announcing as view
from bot.views.markup import html
from bot.views.view import View
from bot.watching import Watching
from digests.articles import ArticleId, UserId
from digests.blocks import Block
from digests.broadcasting import Broadcasts
from digests.broadcasts import TITLE_LIMIT, Announcement, Content, Copied, Told
from digests.clipping import clipped
from digests.deliveries import BroadcastId
from digests.delivery import Outcome
from digests.library import Library
from digests.pacing import Lane
from digests.parcels import leaflet
from digests.readers import ChatId
from digests.storage.texts import storable


class Proposing:
    """Makes proposals. What is confirmed is what was seen: readers get copies of the preview, which nobody can edit."""

    def __init__(
        self,
        bot: Bot,
        broadcasts: Broadcasts,
        watching: Watching,
        messenger: TelegramMessenger,
        library: Library,
        wake: asyncio.Event,
    ) -> None:
        self._bot = bot
        self._broadcasts = broadcasts
        self._watching = watching
        self._messenger = messenger
        self._library = library
        self._wake = wake

    async def message(self, t: Translator, source: Message, caption: tuple[Block, ...] | None = None) -> View:
        """Send a preview of a message to its chat and return the question; or why it cannot be announced.

        A caption takes the place of the message's own.
        """
        chat = ChatId(source.chat.id)
        instead = None if caption is None else html(caption)
        try:
            copy = await self._bot.copy_message(chat, chat, source.message_id, caption=instead)
        except TelegramBadRequest:
            return view.not_copyable(t)
        words = source.text or source.caption or ""
        name = words if caption is None else "\n".join(block.text for block in caption)
        return await self._question(t, name, chat, copy.message_id)

    async def text(self, t: Translator, chat: ChatId, blocks: tuple[Block, ...]) -> View:
        """Send a preview of a text and return the question."""
        sent = await self._bot.send_message(
            chat, html(blocks), parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW
        )
        return await self._question(t, sent.text or "", chat, sent.message_id)

    async def article(self, t: Translator, article: ArticleId) -> View:
        """Return the question whether to send an article. Raises ArticleMissing when it is not published."""
        page = (await leaflet(self._library, article, t.language)).page
        reach = await self._broadcasts.reach(Told(article))
        question = view.confirm(t, page.title, reach, self._watching.rate, article=article)
        return view.priced(t, question, self._watching.price(reach.readers), article=article)

    async def send(self, proposal: Proposal, card: Message, editor: UserId) -> BroadcastId:
        """Begin what was proposed on a card; the same card begins it once. Raises ArticleMissing."""
        chat, content = ChatId(card.chat.id), self._content(proposal, ChatId(card.chat.id))
        name = storable(_name_on(card))[:TITLE_LIMIT]
        kind = f"article:{proposal.article}" if proposal.article else f"message:{proposal.message}"
        is_paid = proposal.how == "paid" and self._watching.may_pay  # the setting may have been changed since
        announcement = Announcement(content=content, title=name, author=editor, is_paid=is_paid)
        number, _ = await self._broadcasts.start(announcement, f"{kind}:{chat}:{card.message_id}")
        self._wake.set()
        return number

    async def test(self, t: Translator, proposal: Proposal, chat: ChatId) -> Outcome:
        """Send what was proposed to the editor alone, just as readers would get it. Raises ArticleMissing."""
        content = self._content(proposal, chat)
        if isinstance(content, Told):
            return await self._messenger.deliver(
                chat, await leaflet(self._library, content.article, t.language), Lane.EDITOR
            )
        return await self._messenger.deliver(chat, content, Lane.EDITOR)

    async def _question(self, t: Translator, text: str, chat: ChatId, preview: int) -> View:
        name = clipped(next(iter(text.strip().split("\n")), ""), TITLE_LIMIT)
        reach = await self._broadcasts.reach(Copied(chat, preview))
        question = view.confirm(t, name, reach, self._watching.rate, message=preview)
        return view.priced(t, question, self._watching.price(reach.readers), message=preview)

    def _content(self, proposal: Proposal, chat: ChatId) -> Content:
        return Told(ArticleId(proposal.article)) if proposal.article else Copied(chat, proposal.message)


def _name_on(card: Message) -> str:
    """Return the name that a card asks about: it stands there in bold."""
    entities = [entity for entity in card.entities or [] if entity.type == "bold"]
    return entities[0].extract_from(card.text or "") if entities else ""
