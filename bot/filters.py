"""Who may pass: editors and owners, by the team; and texts that answer an open question."""

from typing import Any

from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from digests.articles import UserId
from digests.questions import QuestionBook
from digests.readers import ChatId
from digests.team import Role, Team

ANSWER_LIMIT = 64  # characters; a longer text is no city and no time, whatever was asked


class IsEditor(Filter):
    """Passes editors and owners."""

    async def __call__(self, event: Message | CallbackQuery, team: Team) -> bool:
        """Return whether the event comes from the team."""
        return event.from_user is not None and await team.role(UserId(event.from_user.id)) is not None


class IsOwner(Filter):
    """Passes owners."""

    async def __call__(self, event: Message | CallbackQuery, team: Team) -> bool:
        """Return whether the event comes from an owner."""
        return event.from_user is not None and await team.role(UserId(event.from_user.id)) is Role.OWNER


class Answers(Filter):
    """Passes a short text that answers an open question of one kind, and hands the handler the `question`."""

    def __init__(self, kind: str) -> None:
        self._kind = kind

    async def __call__(self, message: Message, questions: QuestionBook) -> bool | dict[str, Any]:
        """Return the question, or False. Commands answer nothing."""
        text = message.text or ""
        if not text or text.startswith("/") or len(text) > ANSWER_LIMIT:
            return False
        question = await questions.pending(ChatId(message.chat.id))
        return {"question": question} if question and question.kind == self._kind else False
