"""Who is asking: editors and owners, by the team; readers; and what answers an open question."""

from typing import Any

from aiogram.filters import CommandObject, Filter
from aiogram.types import CallbackQuery, Message

from bot import incoming, links
from digests.articles import UserId
from digests.errors import ReaderMissing
from digests.links import lone_links
from digests.questions import QuestionBook
from digests.readers import ChatId, Reader
from digests.team import Role, Team


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


class Linked(Filter):
    """Passes a /start of a link to an article, and hands the handler that `article`."""

    async def __call__(self, _: Message, command: CommandObject) -> bool | dict[str, Any]:
        """Return the article, or False for a link to anything else."""
        article = links.article_of(command.args or "")
        return False if article is None else {"article": article}


class Answering(Filter):
    """Passes what answers an open question of one kind, and hands the handler the `question`.

    With a limit, only a text of at most so many characters is an answer; a longer one is something else.
    """

    def __init__(self, kind: str, limit: int | None = None) -> None:
        self._kind = kind
        self._limit = limit

    async def __call__(self, message: Message, questions: QuestionBook) -> bool | dict[str, Any]:
        """Return the question, or False. Commands answer nothing."""
        text = message.text or ""
        if text.startswith("/") or (self._limit is not None and not 0 < len(text) <= self._limit):
            return False
        question = await questions.pending(ChatId(message.chat.id))
        return {"question": question} if question and question.kind == self._kind else False


class OnlyLinks(Filter):
    """Passes a message that is nothing but links, and hands the handler the `links`.

    After a command: one that has nothing but links after it, or that has nothing and answers such a message.
    """

    def __init__(self, *, after_command: bool = False) -> None:
        self._after_command = after_command

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        """Return the links, or False."""
        is_command = (message.text or "").startswith("/")
        if message.document or is_command is not self._after_command:
            return False
        if not is_command:
            blocks = incoming.blocks(message)
        else:
            blocks = incoming.after_command(message)
            source = message.reply_to_message
            if not blocks and source and not source.document:
                blocks = incoming.blocks(source)
        found = lone_links(blocks)
        return {"links": found} if found else False


def met(reader: Reader | None) -> Reader:
    """Return the reader of the chat. Raises ReaderMissing for someone who never pressed /start or erased all."""
    if reader is None:
        raise ReaderMissing
    return reader
