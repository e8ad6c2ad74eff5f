"""Inline queries: limits of an answer, ids, and one answer in time."""

import json
from typing import Any

import pytest
from aiogram import Bot

from sandbox import Player, Sandbox
from tests.clocks import FakeClock
from tests.sandbox.conftest import Call

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


@pytest.fixture
def query_id(sandbox: Sandbox, anna: Player) -> str:
    query, _ = sandbox.people.ask_inline(anna.user, "мост", "")
    return query.id


def article(number: int = 1, **changes: Any) -> dict[str, Any]:
    content = {"message_text": "<b>Мост</b>", "parse_mode": "HTML"}
    return {"type": "article", "id": str(number), "title": "Мост", "input_message_content": content, **changes}


async def test_an_article_is_kept_with_the_message_it_would_become(sandbox: Sandbox, call: Call, anna: Player) -> None:
    query, _ = sandbox.people.ask_inline(anna.user, "мост", "")
    given = {"inline_query_id": query.id, "results": json.dumps([article()]), "next_offset": "10"}
    answered = await call("answerInlineQuery", **given)
    assert answered["ok"]
    assert query.answer
    assert query.answer["results"][0]["message"]["text"] == "Мост"


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"results": [article(number) for number in range(51)]}, "Bad Request: RESULTS_TOO_MUCH"),
        ({"results": [article(), article()]}, "Bad Request: RESULT_ID_DUPLICATE"),
        ({"results": [article(id="")]}, "Bad Request: RESULT_ID_INVALID"),
        ({"results": [article(title=" ")]}, "Bad Request: ARTICLE_TITLE_EMPTY"),
        ({"results": [], "next_offset": "x" * 65}, "Bad Request: NEXT_OFFSET_INVALID"),
        ({"results": [], "button": {"text": "Бот", "start_parameter": "a b"}}, "Bad Request: START_PARAM_INVALID"),
        ({"results": [article(input_message_content={"message_text": ""})]}, "Bad Request: message text is empty"),
        (
            {"results": [article(input_message_content={"message_text": "<b>", "parse_mode": "HTML"})]},
            "Bad Request: can't parse entities",
        ),
        ({"results": [article(nonsense=1)]}, 'Bad Request: wrong parameter "results.0'),
        ({"results": [{"type": "article", "id": "1"}]}, 'Bad Request: wrong parameter "results.0'),
    ],
)
async def test_what_telegram_would_refuse_is_refused(
    call: Call, query_id: str, given: dict[str, Any], refusal: str
) -> None:
    spelled = {name: value if isinstance(value, str) else json.dumps(value) for name, value in given.items()}
    answered = await call("answerInlineQuery", inline_query_id=query_id, **spelled)
    assert answered["description"].startswith(refusal)


async def test_a_query_is_answered_once_and_within_thirty_seconds(
    sandbox: Sandbox, call: Call, anna: Player, clock: FakeClock, query_id: str
) -> None:
    assert (await call("answerInlineQuery", inline_query_id=query_id, results="[]"))["ok"]
    assert (await call("answerInlineQuery", inline_query_id=query_id, results="[]"))["description"] == TOO_OLD
    late, _ = sandbox.people.ask_inline(anna.user, "мост", "")
    clock.advance(30)
    assert (await call("answerInlineQuery", inline_query_id=late.id, results="[]"))["description"] == TOO_OLD


async def test_a_bot_that_does_not_answer_is_named(anna: Player, sandbox: Sandbox, bot: Bot) -> None:
    sandbox.deliver_to(lambda _: _nothing())
    with pytest.raises(AssertionError, match="was not answered"):
        await anna.ask_inline("мост")


async def _nothing() -> None:
    """Handle an update without answering."""
