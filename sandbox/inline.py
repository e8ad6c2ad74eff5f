"""Inline queries: what a person types after the bot's name in any chat, and what the bot answers with."""

import asyncio
from dataclasses import dataclass, field

from digests.clock import Clock
from sandbox.chats import User
from sandbox.errors import QUERY_TOO_OLD, bad_request
from sandbox.wire import Json

LIFE_S = 30.0
QUERY_LENGTH = 256
FIRST_ID = 5_188_146_770_730_811_392


@dataclass(slots=True, eq=False)
class InlineQuery:
    """One inline query, waiting for its answer."""

    id: str
    user: User
    text: str
    offset: str
    made_at: float
    answer: Json | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    def shape(self) -> Json:
        """Return the Bot API's InlineQuery."""
        return {
            "id": self.id,
            "from": self.user.shape(),
            "query": self.text,
            "offset": self.offset,
            "chat_type": "private",
        }


class InlineQueries:
    """The inline queries of late."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._asked: dict[str, InlineQuery] = {}
        self._made = 0

    def ask(self, user: User, text: str, offset: str) -> InlineQuery:
        """Note what a person typed; a client sends no more than 256 characters."""
        now = self._clock.monotonic()
        self._asked = {one.id: one for one in self._asked.values() if one.made_at + LIFE_S > now}
        self._made += 1
        query = InlineQuery(str(FIRST_ID + self._made), user, text[:QUERY_LENGTH], offset, now)
        self._asked[query.id] = query
        return query

    def answer(self, query_id: str, answer: Json) -> None:
        """Answer a query once; raises ApiError when it is unknown, too old or answered already."""
        query = self._asked.get(query_id)
        if query is None or query.answer is not None or query.made_at + LIFE_S <= self._clock.monotonic():
            raise bad_request(QUERY_TOO_OLD)
        query.answer = answer
        query.answered.set()
