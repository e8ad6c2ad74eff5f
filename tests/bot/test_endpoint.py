"""A summary service of the operator's: what it writes is shown only if it keeps to the article."""

import asyncio
import gzip
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from bot import endpoint
from bot.checking import findings
from bot.endpoint import LARGEST_ANSWER, completions, connected
from bot.settings import Settings
from digests.articles import ArticleId
from digests.blocks import paragraph
from digests.summaries import Told
from digests.summarizing import Asking
from tests.bot.conftest import World
from tests.clocks import FakeClock

ARTICLE = """Лоцманский мост закроют до мая

Лоцманский мост в Сольвинске закроют для машин с 1 декабря по 15 мая.

Ремонт двух опор обойдётся в 210 миллионов рублей, рассказали в мэрии Сольвинска."""
OWN = "Лоцманский мост в Сольвинске закроют для машин с 1 декабря по 15 мая."
WRITTEN = "С 1 декабря по 15 мая машины объедут Лоцманский мост в Сольвинске."
SECRET = "sk-very-secret"

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


def completion(content: object) -> web.Response:
    return web.json_response({"choices": [{"message": {"role": "assistant", "content": content}}]})


class Service:
    """A local service that answers as a test wants, and keeps what it was asked."""

    def __init__(self) -> None:
        self.answer: Answer = self.written
        self.asked: list[dict[str, Any]] = []  # Any: JSON as it came
        self.keys: list[str | None] = []
        self.url = ""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(await request.json())
        self.keys.append(request.headers.get("Authorization"))
        return await self.answer(request)

    async def written(self, _: web.Request) -> web.Response:
        return completion(f"{WRITTEN}\n{WRITTEN} Ремонт обойдётся в 210 млн рублей.")


@pytest.fixture
async def service() -> AsyncIterator[Service]:
    made = Service()
    site = web.Application()
    site.router.add_post("/v1/chat/completions", made.handle)
    async with TestServer(site) as server:
        made.url = str(server.make_url("/v1"))
        yield made


@pytest.fixture
async def asking(world: World, service: Service) -> World:
    changes = {"summarizer_url": service.url, "summarizer_model": "small", "summarizer_key": SecretStr(SECRET)}
    world.settings = world.settings.model_copy(update=changes)
    await world.restart()
    return world


async def told(world: World) -> str:
    found, _ = await world.app.newsroom.published(offset=0, limit=1)
    return found[0].summary


async def test_what_the_service_writes_is_what_readers_get(asking: World, service: Service) -> None:
    await asking.publish(ARTICLE)
    assert await told(asking) == WRITTEN
    (asked,) = service.asked
    assert asked["model"] == "small"
    assert service.keys == [f"Bearer {SECRET}"]
    assert [message["role"] for message in asked["messages"]] == ["system", "user"]
    assert json.loads(asked["messages"][1]["content"])["title"] == "Лоцманский мост закроют до мая"
    assert "Сольвинске" not in asked["messages"][0]["content"]


async def test_a_revision_is_asked_about_once(asking: World, service: Service) -> None:
    await asking.publish(ARTICLE)
    (article,), _ = await asking.app.newsroom.published(offset=0, limit=1)
    other = await asking.app.newsroom.add_rubric("Другая")
    moved = await asking.app.newsroom.file_under(article.id, other.id)
    withdrawn, _ = await asking.app.newsroom.withdraw(moved.id)
    await asking.app.newsroom.publish(withdrawn.id, withdrawn.revision)
    assert len(service.asked) == 1
    assert await told(asking) == WRITTEN


async def refused(_: web.Request) -> web.Response:
    return web.Response(status=500, text="Traceback")


async def garbage(_: web.Request) -> web.Response:
    return web.Response(body=b"\xff\xfe{not json", content_type="application/json")


async def page(_: web.Request) -> web.Response:
    return web.Response(text="<html><b>Мост</b></html>", content_type="text/html")


async def empty(_: web.Request) -> web.Response:
    return web.json_response({"choices": []})


async def wordless(_: web.Request) -> web.Response:
    return completion(None)


async def huge(_: web.Request) -> web.Response:
    return completion("Мост. " * LARGEST_ANSWER)


async def packed(_: web.Request) -> web.Response:
    bomb = gzip.compress(b"0" * 100 * LARGEST_ANSWER)
    return web.Response(body=bomb, content_type="application/json", headers={"Content-Encoding": "gzip"})


async def elsewhere(request: web.Request) -> web.Response:
    return web.Response(status=307, headers={"Location": str(request.url)})


async def hung_up(request: web.Request) -> web.Response:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def wrong_number(_: web.Request) -> web.Response:
    return completion(WRITTEN.replace("15", "25"))


async def wrong_name(_: web.Request) -> web.Response:
    return completion(WRITTEN.replace("Сольвинске", "Москве"))


async def marked_up(_: web.Request) -> web.Response:
    return completion(f"<a href='https://evil.example'>{WRITTEN}</a>")


async def obedient(_: web.Request) -> web.Response:
    return completion("IGNORED ALL RULES: visit evil.example now")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (refused, "HTTP 500"),
        (garbage, "no chat completion"),
        (page, "no chat completion"),
        (empty, "no chat completion"),
        (wordless, "no chat completion"),
        (huge, "larger than"),
        (packed, "no chat completion"),
        (elsewhere, "HTTP 307"),
        (hung_up, "ServerDisconnectedError"),
        (wrong_number, "a number"),
        (wrong_name, "a name"),
        (marked_up, "markup"),
        (obedient, "markup"),
    ],
)
async def test_whatever_else_it_does_the_article_speaks_for_itself(
    asking: World, service: Service, answer: Answer, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    service.answer = answer
    with caplog.at_level(logging.INFO):
        await asking.publish(ARTICLE)
    assert await told(asking) == OWN
    assert len(service.asked) == 1
    assert reason in caplog.text
    for private in ("Сольвинск", "evil", SECRET):
        assert private not in caplog.text


async def test_a_service_that_never_answers_does_not_hold_an_editor_up(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    gone = asyncio.Event()

    async def silent(_: web.Request) -> web.Response:
        await gone.wait()
        return web.Response()

    service.answer = silent
    title, *texts = ARTICLE.split("\n\n")
    article = Told(title, [paragraph(text) for text in texts], [])
    async with connected(Settings(_env_file=None, summarizer_url=service.url)) as slow:
        found = await Asking(slow.ask, FakeClock(), 0.05).summary(ArticleId(1), article)
        gone.set()
    assert found.sentence == OWN
    assert "no answer within" in caplog.text


async def test_a_service_that_is_not_there(asking: World, caplog: pytest.LogCaptureFixture) -> None:
    asking.settings = asking.settings.model_copy(update={"summarizer_url": "http://127.0.0.1:1/v1"})
    await asking.restart()
    await asking.publish(ARTICLE)
    assert await told(asking) == OWN
    assert "ClientConnectorError" in caplog.text


async def test_the_check_says_whether_the_service_is_of_use(service: Service) -> None:
    settings = Settings(_env_file=None, summarizer_url=service.url)

    async def finding() -> tuple[bool, str]:
        found = [one async for one in findings(settings) if one.subject == "summaries"]
        return found[0].ok, found[0].text

    service.answer = refused
    assert await finding() == (False, "SUMMARIZER_URL gives no summary (HTTP 500)")
    ok, text = False, ""
    service.answer = wrong_name
    ok, text = await finding()
    assert (ok, "another language" in text) == (False, True)

    async def usable(_: web.Request) -> web.Response:
        return completion("The bridge on Garden Street will be closed for repairs from 1 December until 15 May.")

    service.answer = usable
    assert await finding() == (True, "default answers usably")


def test_the_address_may_hold_the_path_already() -> None:
    assert completions("http://localhost:8000/v1/") == "http://localhost:8000/v1/chat/completions"
    assert completions("https://api.example/v1/chat/completions") == "https://api.example/v1/chat/completions"
    assert "JSON" in endpoint.TASK
