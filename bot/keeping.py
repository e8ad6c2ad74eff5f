"""Keeping the cards of broadcasts up to date, and sending one to everybody when a broadcast parks itself."""

import logging
from datetime import timedelta

from aiogram import Bot
from aiogram.enums import ParseMode
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramForbiddenError

from bot.gateway import lane
from bot.show import NO_PREVIEW, NOT_EDITABLE
from bot.speaking import Speaking
from bot.views.keyboards import keyboard
from bot.views.view import View
from bot.watching import Watching
from digests.articles import UserId
from digests.broadcasting import Broadcasts
from digests.broadcasts import Card
from digests.clock import Clock
from digests.deliveries import BroadcastId
from digests.errors import BroadcastMissing
from digests.pacing import Lane
from digests.readers import ChatId
from digests.team import Team

log = logging.getLogger(__name__)

CARD_AGE = timedelta(seconds=5)  # a card is edited no more often
REMEMBERED = 256


class CardKeeper:
    """Shows again what has changed. Which messages are cards is in the database."""

    def __init__(
        self, bot: Bot, broadcasts: Broadcasts, watching: Watching, speaking: Speaking, team: Team, clock: Clock
    ) -> None:
        self._bot = bot
        self._broadcasts = broadcasts
        self._watching = watching
        self._speaking = speaking
        self._team = team
        self._clock = clock
        self._shown: dict[Card, View] = {}  # so that nothing is edited into what it is already

    async def refresh(self) -> None:
        """Edit the cards that are due."""
        for card in await self._broadcasts.cards_due(self._clock.now() - CARD_AGE):
            await self._refresh(card)

    async def alarm(self, number: BroadcastId) -> None:
        """Send the whole team a card of a broadcast, below everything else in their chats."""
        log.warning("editors are told of a broadcast broadcast=%s", number)
        editors = [user for user, _ in await self._team.editors()]
        for user in dict.fromkeys([*self._team.owners, *editors]):
            chat = ChatId(user)
            t, now = await self._speaking.to(chat)
            view, _ = await self._watching.card(t, number, now)
            try:
                message = await self._send(chat, view)
            except AiogramError as error:  # one who cannot be reached must not keep the others from knowing
                log.warning("editor not told user=%s: %s", user, error)
            else:
                await self._broadcasts.show_on(Card(number, chat, message))

    async def _refresh(self, card: Card) -> None:
        if await self._team.role(UserId(card.chat)) is None:  # not an editor any more
            await self._broadcasts.drop_card(card)
            return
        t, now = await self._speaking.to(card.chat)
        try:
            view, is_last = await self._watching.card(t, card.broadcast, now)
            if self._shown.get(card) != view:
                await self._edit(card, view)
        except (TelegramForbiddenError, BroadcastMissing):
            await self._broadcasts.drop_card(card)
        except TelegramBadRequest as refusal:
            if not any(known in refusal.message.lower() for known in NOT_EDITABLE):
                log.warning("card not shown broadcast=%s: %s", card.broadcast, refusal.message)
            await self._broadcasts.drop_card(card)
        except AiogramError as error:  # in passing: the card is due again in a few seconds
            log.info("card not shown broadcast=%s: %s", card.broadcast, error)
        else:
            await self._note(card, view, is_last=is_last)

    async def _note(self, card: Card, view: View, *, is_last: bool) -> None:
        self._shown.pop(card, None)
        if is_last:
            await self._broadcasts.finish_card(card)
            return
        self._shown[card] = view
        if len(self._shown) > REMEMBERED:
            del self._shown[next(iter(self._shown))]

    async def _edit(self, card: Card, view: View) -> None:
        with lane(Lane.HOUSEKEEPING):  # no patience: a card that is late is out of date
            await self._bot.edit_message_text(
                view.text,
                chat_id=card.chat,
                message_id=card.message,
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                reply_markup=keyboard(view),
            )

    async def _send(self, chat: ChatId, view: View) -> int:
        with lane(Lane.EDITOR):
            message = await self._bot.send_message(
                chat,
                view.text,
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                reply_markup=keyboard(view),
            )
        return message.message_id
