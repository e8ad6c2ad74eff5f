"""Service: what the next plain message of a chat answers, kept in the database so that a restart forgets nothing."""

from dataclasses import dataclass
from datetime import timedelta

from digests.clock import Clock
from digests.readers import ChatId
from digests.storage import questions
from digests.storage.engine import Database
from digests.storage.texts import storable

LIFETIME = timedelta(hours=1)  # what is written later is hardly meant as an answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something a chat was asked: what kind of answer is awaited, and what it is for."""

    kind: str
    argument: str = ""


class QuestionBook:
    """The questions that chats have not answered yet, at most one each."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def ask(self, chat: ChatId, kind: str, argument: str = "") -> None:
        """Await an answer from the chat; a question asked before is forgotten."""
        async with self._database.write() as connection:
            await questions.put(connection, chat, kind, storable(argument), self._clock.now())

    async def pending(self, chat: ChatId) -> Question | None:
        """Return what the chat's next message answers; None when nothing was asked within LIFETIME."""
        async with self._database.read() as connection:
            found = await questions.find(connection, chat)
        if found is None:
            return None
        kind, argument, asked_at = found
        return Question(kind=kind, argument=argument) if self._clock.now() - asked_at <= LIFETIME else None

    async def drop(self, chat: ChatId) -> None:
        """Await no answer any more."""
        async with self._database.write() as connection:
            await questions.remove(connection, chat)
