"""getUpdates: offsets, waiting, who wins, what is forgotten."""

import asyncio
from typing import Any

import pytest

from sandbox import Player, Sandbox
from tests.clocks import FakeClock
from tests.sandbox.conftest import Call, until


def say(player: Player, sandbox: Sandbox, text: str) -> None:
    sandbox.people.write(player.user, player.chat, text)


def texts(answer: dict[str, Any]) -> list[str]:
    return [update["message"]["text"] for update in answer["result"]]


async def waiting(sandbox: Sandbox) -> None:
    """Let the poll that was started reach its wait."""
    await until(lambda: sandbox.updates.is_waiting)


async def test_updates_stay_until_a_later_offset_confirms_them(sandbox: Sandbox, call: Call, anna: Player) -> None:
    say(anna, sandbox, "раз")
    first = await call("getUpdates", limit=1)
    again = await call("getUpdates")
    after = await call("getUpdates", offset=first["result"][0]["update_id"] + 1)
    assert texts(first) == ["/start"]
    assert texts(again) == ["/start", "раз"]
    assert texts(after) == ["раз"]


async def test_a_negative_offset_keeps_the_last_ones(sandbox: Sandbox, call: Call, anna: Player) -> None:
    say(anna, sandbox, "раз")
    say(anna, sandbox, "два")
    assert texts(await call("getUpdates", offset=-1)) == ["два"]
    assert texts(await call("getUpdates")) == ["два"]


async def test_a_waiting_poll_gets_the_update_as_it_comes(sandbox: Sandbox, call: Call, anna: Player) -> None:
    sandbox.updates.drop_all()
    poll = asyncio.gather(call("getUpdates", timeout=50))
    await waiting(sandbox)
    say(anna, sandbox, "раз")
    assert texts((await poll)[0]) == ["раз"]


async def test_of_two_polls_the_older_is_told_of_the_conflict(sandbox: Sandbox, call: Call, anna: Player) -> None:
    sandbox.updates.drop_all()
    older = asyncio.gather(call("getUpdates", timeout=50))
    await waiting(sandbox)
    newer = asyncio.gather(call("getUpdates", timeout=50))
    refused = (await older)[0]
    say(anna, sandbox, "раз")
    assert refused["error_code"] == 409
    assert refused["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    assert texts((await newer)[0]) == ["раз"]


async def test_conflicts_in_a_row_are_held_back_three_seconds(sandbox: Sandbox, call: Call, clock: FakeClock) -> None:
    async def conflict() -> None:
        older = asyncio.gather(call("getUpdates", timeout=50))
        await waiting(sandbox)
        newer = asyncio.gather(call("getUpdates", timeout=50))
        await older
        await waiting(sandbox)
        sandbox.updates.abort_poll("")
        await newer

    started = clock.monotonic()
    await conflict()
    assert clock.monotonic() == started + 3


async def test_no_poll_while_a_webhook_is_set(sandbox: Sandbox, call: Call) -> None:
    poll = asyncio.gather(call("getUpdates", timeout=50))
    await waiting(sandbox)
    await call("setWebhook", url="http://127.0.0.1:1/hook")
    refused = await call("getUpdates")
    assert (await poll)[0]["description"] == "Conflict: terminated by setWebhook request"
    assert refused["description"] == (
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )


async def test_updates_are_forgotten_after_a_day(call: Call, anna: Player, clock: FakeClock) -> None:
    clock.advance(86_399)
    assert texts(await call("getUpdates")) == ["/start"]
    clock.advance(1)
    assert texts(await call("getUpdates")) == []


async def test_the_kinds_asked_for_are_remembered(sandbox: Sandbox, call: Call, anna: Player) -> None:
    await call("getUpdates", allowed_updates='["callback_query"]')
    say(anna, sandbox, "раз")
    assert texts(await call("getUpdates")) == ["/start"]
    await call("getUpdates", allowed_updates="[]")
    say(anna, sandbox, "два")
    assert texts(await call("getUpdates")) == ["/start", "два"]


async def test_members_coming_and_going_are_told_only_on_request(sandbox: Sandbox) -> None:
    assert sandbox.updates.push("chat_member", {}, 1) is None
    assert sandbox.updates.push("my_chat_member", {}, 1) is not None
    sandbox.updates.allow(["chat_member"])
    assert sandbox.updates.push("chat_member", {}, 1) is not None


async def test_closing_the_server_ends_a_waiting_poll(call: Call, sandbox: Sandbox) -> None:
    poll = asyncio.gather(call("getUpdates", timeout=50))
    await waiting(sandbox)
    sandbox.updates.close()
    assert (await poll)[0]["result"] == []


@pytest.mark.parametrize("limit", [0, 101, -5])
async def test_a_limit_out_of_range_is_brought_into_it(call: Call, anna: Player, limit: int) -> None:
    assert texts(await call("getUpdates", limit=limit)) == ["/start"]
