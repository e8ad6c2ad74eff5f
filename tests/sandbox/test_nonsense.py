"""Whatever a bot sends, it gets an answer: a result or a refusal, never a broken server."""

import asyncio
import json

from hypothesis import given
from hypothesis import strategies as st

from sandbox import Sandbox
from sandbox.methods import METHODS
from sandbox.schema import Schema
from sandbox.wire import Upload
from tests.clocks import FakeClock

ANNA = 7_000_000_001
GROUP = -1_002_000_000_001

PARAMETERS = json.loads(Schema.path().read_text("utf-8"))["methods"]
CALLS_THAT_WAIT_OR_END = {"getUpdates", "setWebhook", "logOut"}
NAMES = sorted(set(METHODS) - CALLS_THAT_WAIT_OR_END)

SNIPPETS: st.SearchStrategy[object] = st.sampled_from(
    [
        *(ANNA, GROUP, 0, -1, 1, 2, 10**30, True, None, 1.5, "", " ", "HTML", "MarkdownV2", "ru", "@x", "@", "typing"),
        *("<b>я</b>", "<b>", "&#0;", "я\0б", "\ud800", "😀" * 3, "9" * 40, "null", "[]", "{}", "[[]]", '{"a":[', "NaN"),
        *('{"inline_keyboard":[[{"text":"а","callback_data":"x"}]]}', '{"inline_keyboard":[[{"text":1}]]}'),
        *('{"inline_keyboard":null}', '{"keyboard":[[]]}', '{"force_reply":false}', '{"message_id":1}'),
        *('[{"type":"bold","offset":0,"length":1}]', '[{"type":"text_link","offset":0,"length":1}]', "[1,2,2]"),
        *('[{"type":"text_mention","offset":0,"length":1,"user":{"id":1,"is_bot":false,"first_name":"a"}}]',),
        *('[{"type":"text_mention","offset":0,"length":1}]', '[{"command":"a","description":"б"}]', "[1,2]"),
        *('{"type":"chat","chat_id":"@x"}', '{"type":"chat_member"}', '{"type":"web_app"}', [], {}, [[]], {"type": 5}),
        *(Upload("a.png", "image/png", b"\x89PNG\r\n\x1a\n"), Upload("", "", b"\xff\xd8\xff"), Upload("a", "b", b"")),
    ]
)


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, dict[str, object]]:
    name = draw(st.sampled_from(NAMES))
    given_names = draw(st.lists(st.sampled_from([*PARAMETERS[name], "nonsense"]), unique=True, max_size=6))
    params: dict[str, object] = {one: draw(SNIPPETS) for one in given_names}
    if draw(st.booleans()) and "chat_id" in PARAMETERS[name]:
        params.setdefault("chat_id", draw(st.sampled_from([ANNA, GROUP])))
        params["chat_id"] = draw(st.sampled_from([ANNA, GROUP]))
    return name, params


@given(st.lists(calls(), min_size=1, max_size=30))
def test_any_call_is_answered(sequence: list[tuple[str, dict[str, object]]]) -> None:
    async def play() -> None:
        async with Sandbox.serve(clock=FakeClock()) as sandbox:
            anna = sandbox.player("Анна")
            sandbox.people.write(anna.user, anna.chat, "/start")
            sandbox.telegram.add_chat("supergroup", "Читатели", [anna.user])
            for name, params in sequence:
                answer = await sandbox.call(name, params)
                assert answer.body["ok"] == (answer.status == 200)
                assert answer.status == 200 or answer.body["description"]
                json.dumps(answer.body)

    asyncio.run(play())
