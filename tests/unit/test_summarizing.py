"""A service that sums articles up: asked once for a text, within bounds, and never relied on."""

import asyncio
import logging

import pytest

from digests.articles import ArticleId
from digests.blocks import paragraph
from digests.summaries import Told, summary
from digests.summarizing import FAILURES, REST_S, AskFailed, Asking, Extractive
from tests.clocks import FakeClock

STORY = "Мост на Садовой улице закроют на ремонт до весны, автобусы пустят по Речной."
ANSWER = "Мост на Садовой улице закроют до весны на ремонт."


def told(number: int = 0) -> Told:
    return Told("Мост на Садовой закроют до весны", [paragraph(STORY), paragraph(f"Это известие {number}.")], [])


class Service:
    """Answers as it is told to, and counts."""

    def __init__(self, *answers: str | Exception) -> None:
        self.answers = list(answers)
        self.asked = self.now = self.most = 0
        self.busy = asyncio.Event()  # while two are asking
        self.gate = asyncio.Event()
        self.gate.set()

    async def ask(self, title: str, text: str) -> str:
        assert title in text
        self.asked += 1
        self.now += 1
        self.most = max(self.most, self.now)
        if self.now == 2:
            self.busy.set()
        try:
            await self.gate.wait()
        finally:
            self.now -= 1
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


async def test_without_a_service_the_article_speaks() -> None:
    assert await Extractive().summary(ArticleId(1), told()) == summary(told())


async def test_an_answer_that_keeps_to_the_article_is_taken_and_remembered() -> None:
    service = Service(ANSWER)
    asking = Asking(service.ask, FakeClock())
    assert (await asking.summary(ArticleId(1), told())).sentence == ANSWER
    assert (await asking.summary(ArticleId(1), told())).sentence == ANSWER
    assert service.asked == 1


@pytest.mark.parametrize("answer", [AskFailed("HTTP 500"), "Мост закроют 41 декабря до весны на Садовой улице.", ""])
async def test_any_other_answer_gives_way_to_the_article_once_and_for_all(
    answer: str | Exception, caplog: pytest.LogCaptureFixture
) -> None:
    service = Service(answer)
    asking = Asking(service.ask, FakeClock())
    with caplog.at_level(logging.INFO):
        assert await asking.summary(ArticleId(7), told()) == summary(told())
        assert await asking.summary(ArticleId(7), told()) == summary(told())
    assert service.asked == 1
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "article=7" in caplog.text
    assert "reason=" in caplog.text
    assert "Садовой" not in caplog.text


async def test_two_taps_at_once_ask_once() -> None:
    service = Service(ANSWER)
    asking = Asking(service.ask, FakeClock())
    found = await asyncio.gather(*(asking.summary(ArticleId(1), told()) for _ in range(5)))
    assert {one.sentence for one in found} == {ANSWER}
    assert service.asked == 1


async def test_few_are_asked_at_once() -> None:
    service = Service(ANSWER)
    service.gate.clear()
    asking = Asking(service.ask, FakeClock(), at_once=2)
    async with asyncio.TaskGroup() as tasks:
        for number in range(6):
            tasks.create_task(asking.summary(ArticleId(number), told(number)))
        await service.busy.wait()
        service.gate.set()
    assert service.asked == 6
    assert service.most == 2


async def test_whoever_never_answers_is_not_waited_for(caplog: pytest.LogCaptureFixture) -> None:
    service = Service(ANSWER)
    service.gate.clear()
    assert await Asking(service.ask, FakeClock(), 0.01).summary(ArticleId(1), told()) == summary(told())
    assert "no answer within 0.01 s" in caplog.text


async def test_a_service_that_keeps_failing_is_left_alone_for_a_while() -> None:
    service, clock = Service(AskFailed("HTTP 500")), FakeClock()
    asking = Asking(service.ask, clock)
    for number in range(FAILURES + 3):
        assert await asking.summary(ArticleId(number), told(number)) == summary(told(number))
    assert service.asked == FAILURES
    clock.advance(REST_S)
    service.answers = [ANSWER]
    assert (await asking.summary(ArticleId(9), told(99))).sentence == ANSWER
