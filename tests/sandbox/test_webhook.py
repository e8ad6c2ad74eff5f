"""Webhook delivery: order, the secret, tries with growing delays, answers that are calls."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from sandbox import Player, Sandbox
from tests.clocks import FakeClock
from tests.sandbox.conftest import Call


class Hook:
    """A bot behind a webhook: refuses as often as told, records the rest."""

    def __init__(self) -> None:
        self.url = ""
        self.refusals = 0
        self.received: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.answer: web.Response | None = None
        self.tried_at: list[float] = []
        self.clock: FakeClock | None = None

    async def receive(self, request: web.Request) -> web.Response:
        if self.clock:
            self.tried_at.append(self.clock.monotonic())
        if self.refusals:
            self.refusals -= 1
            return web.Response(status=500)
        self.received.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        answer, self.answer = self.answer, None
        return answer or web.Response(text="ok")

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.received]


@pytest.fixture
async def hook(clock: FakeClock) -> AsyncIterator[Hook]:
    hook = Hook()
    hook.clock = clock
    app = web.Application()
    app.router.add_post("/hook", hook.receive)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


async def test_what_waits_and_what_comes_is_delivered_in_order_with_the_secret(
    call: Call, anna: Player, hook: Hook
) -> None:
    await call("setWebhook", url=hook.url, secret_token="tайна"[:1] + "-1_A")
    await anna.send("раз")
    await anna.send("два")
    assert hook.texts == ["/start", "раз", "два"]
    assert set(hook.secrets) == {"t-1_A"}
    info = (await call("getWebhookInfo"))["result"]
    assert (info["url"], info["pending_update_count"], info["max_connections"]) == (hook.url, 0, 40)


async def test_a_refused_update_is_tried_again_with_growing_delays(
    call: Call, sandbox: Sandbox, anna: Player, hook: Hook
) -> None:
    sandbox.updates.drop_all()
    hook.refusals = 4
    await call("setWebhook", url=hook.url)
    await anna.send("раз")
    assert hook.texts == ["раз"]
    assert [later - earlier for earlier, later in zip(hook.tried_at, hook.tried_at[1:], strict=False)] == [1, 2, 4, 8]
    info = (await call("getWebhookInfo"))["result"]
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"


async def test_an_update_nobody_takes_is_given_up_after_a_day(
    call: Call, sandbox: Sandbox, anna: Player, clock: FakeClock
) -> None:
    sandbox.updates.drop_all()
    started = clock.monotonic()
    await call("setWebhook", url="http://127.0.0.1:1/hook")
    await anna.send("раз")
    assert 86_400 <= clock.monotonic() - started < 86_400 + 3600
    info = (await call("getWebhookInfo"))["result"]
    assert (info["pending_update_count"], info["last_error_message"]) == (0, "Connection refused")


@pytest.mark.parametrize("form", ["json", "multipart"])
async def test_the_answer_to_an_update_may_be_a_call(
    call: Call, sandbox: Sandbox, anna: Player, hook: Hook, form: str
) -> None:
    sandbox.updates.drop_all()
    await call("setWebhook", url=hook.url)
    fields = {"method": "sendMessage", "chat_id": str(anna.id), "text": "ответ"}
    if form == "json":
        hook.answer = web.json_response(fields)
    else:
        with aiohttp.MultipartWriter("form-data") as writer:
            for name, value in fields.items():
                writer.append(value).set_content_disposition("form-data", name=name)
        hook.answer = web.Response(body=writer, headers=writer.headers)
    await anna.send("раз")
    assert anna.last.text == "ответ"


async def test_removing_the_webhook_goes_back_to_polling(call: Call, sandbox: Sandbox, anna: Player) -> None:
    await call("setWebhook", url="http://127.0.0.1:1/hook", drop_pending_updates=True)
    await call("deleteWebhook")
    sandbox.people.write(anna.user, anna.chat, "раз")
    answer = await call("getUpdates")
    assert [update["message"]["text"] for update in answer["result"]] == ["раз"]
    assert (await call("getWebhookInfo"))["result"]["url"] == ""


@pytest.mark.parametrize(
    ("params", "problem"),
    [
        ({"url": "ftp://127.0.0.1"}, "bad webhook: an HTTPS URL must be provided for webhook"),
        ({"url": "https://example.com/hook"}, "bad webhook: the local Telegram delivers to this machine only"),
        ({"url": "http://127.0.0.1:x/"}, "bad webhook: invalid URL specified"),
        ({"url": "http://127.0.0.1:1", "secret_token": "тайна"}, "secret token contains unallowed characters"),
    ],
)
async def test_a_bad_webhook_is_refused(call: Call, params: dict[str, object], problem: str) -> None:
    answer = await call("setWebhook", **params)
    assert answer["description"] == f"Bad Request: {problem}"


async def test_an_empty_address_removes_the_webhook(call: Call, sandbox: Sandbox) -> None:
    await call("setWebhook", url="http://127.0.0.1:1/hook")
    await call("setWebhook", url="")
    assert sandbox.is_polled
