"""Questions: what the next plain message of a chat answers."""

import pytest

from digests.questions import Question, QuestionBook
from digests.readers import ChatId
from digests.storage.engine import Database
from tests.clocks import FakeClock

ANNA, BORIS = ChatId(100), ChatId(200)


@pytest.fixture
def questions(database: Database, clock: FakeClock) -> QuestionBook:
    return QuestionBook(database, clock)


async def test_a_question_waits_for_its_answer_in_its_own_chat(questions: QuestionBook) -> None:
    await questions.ask(ANNA, "title", "17")
    assert await questions.pending(ANNA) == Question(kind="title", argument="17")
    assert await questions.pending(BORIS) is None


async def test_the_last_question_counts(questions: QuestionBook) -> None:
    await questions.ask(ANNA, "title", "17")
    await questions.ask(ANNA, "city")
    assert await questions.pending(ANNA) == Question(kind="city", argument="")


async def test_an_answered_question_is_forgotten(questions: QuestionBook) -> None:
    await questions.ask(ANNA, "city")
    for _ in range(2):
        await questions.drop(ANNA)
    assert await questions.pending(ANNA) is None


async def test_a_question_outlives_a_restart_but_not_an_hour(
    questions: QuestionBook, database: Database, clock: FakeClock
) -> None:
    await questions.ask(ANNA, "city", "\x00")
    clock.advance(3600)
    restarted = QuestionBook(database, clock)
    assert await restarted.pending(ANNA) == Question(kind="city", argument=" ")
    clock.advance(1)
    assert await restarted.pending(ANNA) is None
