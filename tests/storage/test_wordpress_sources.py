"""WordPress sites are asked what changed since, page by page; a post is one article however often it is saved."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from digests.asking import PAGES
from digests.feeds import Notice, Source, SourceKind
from digests.fetching import Fetched
from digests.fetching.errors import BadStatus
from digests.sources.wordpress import PAGE
from digests.storage.engine import Database
from tests import factories
from tests.clocks import FakeClock
from tests.storage.test_sources import Desk, desk_on
from tests.webs import LONG, FakeWeb

ROOT = "https://blog.example.ru/wp-json/"
START = factories.NOW


@dataclass
class Blog(FakeWeb):
    """A WordPress site that knows how to answer about its posts."""

    posts: dict[int, dict[str, object]] = field(default_factory=dict)
    knows_modified_after: bool = True

    def write(self, number: int, title: str, at: datetime, *, published: datetime | None = None) -> None:
        self.posts[number] = {
            "id": number,
            "date_gmt": (published or at).strftime("%Y-%m-%dT%H:%M:%S"),
            "modified_gmt": at.strftime("%Y-%m-%dT%H:%M:%S"),
            "link": f"https://blog.example.ru/{number}/",
            "title": {"rendered": title},
            "content": {"rendered": f"<p>{title}: подробности.</p><p>{LONG}</p>"},
        }

    async def get(self, url: str, **rest: object) -> Fetched:
        self.asked.append((url, {}))
        query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        found = list(self.posts.values())
        if "modified_after" in query and self.knows_modified_after:
            found = [one for one in found if f"{one['modified_gmt']}Z" > query["modified_after"]]
        key = "modified_gmt" if query["orderby"] == "modified" else "date_gmt"
        found.sort(key=lambda one: str(one[key]), reverse=query["order"] == "desc")
        size, number = int(query["per_page"]), int(query["page"])
        shown = found[(number - 1) * size : number * size]
        if not shown and number > 1:
            raise BadStatus(400)
        body = json.dumps(shown).encode()
        return Fetched(url=url, status=200, body=body, kind="application/json", charset=None, headers={})


@pytest.fixture
def blog() -> Blog:
    return Blog()


@pytest.fixture
async def desk(database: Database, blog: Blog) -> Desk:
    return desk_on(database, FakeClock(), blog)


async def follow(desk: Desk) -> Source:
    return await desk.follow(ROOT, SourceKind.WORDPRESS)


async def test_posts_become_drafts_and_only_what_changed_since_is_asked_for(desk: Desk, blog: Blog) -> None:
    source = await follow(desk)
    blog.write(1, "Мост закрыли", START - timedelta(hours=2))
    await desk.poll()
    blog.write(2, "Парк открыли", desk.clock.now())
    await desk.poll()
    assert [one.title for one in await desk.drafts()] == ["Парк открыли", "Мост закрыли"]
    assert "modified_after=2026-11-23T09%3A00%3A00Z" in blog.urls[-1]
    assert await desk.news(source) == Notice(drafts=2)


async def test_saving_a_post_again_changes_its_draft_and_makes_no_other(desk: Desk, blog: Blog) -> None:
    await follow(desk)
    blog.write(1, "Мост закрыли", START)
    await desk.poll()
    blog.write(1, "Мост закрыли", desk.clock.now(), published=START)
    await desk.poll()
    blog.write(1, "Мост открыли", desk.clock.now(), published=START)
    await desk.poll()
    await desk.poll()
    assert [one.title for one in await desk.drafts()] == ["Мост открыли"]


async def test_an_old_post_that_is_mended_is_no_news(desk: Desk, blog: Blog) -> None:
    source = await follow(desk)
    blog.write(1, "Мост закрыли", START)
    await desk.poll()
    await desk.news(source)
    blog.write(2, "Старый пост", desk.clock.now(), published=START - timedelta(days=400))
    await desk.poll()
    assert len(await desk.drafts()) == 1
    assert await desk.news(source) == Notice()


async def test_what_follows_more_changes_than_are_asked_for_at_once_comes_with_the_next_poll(
    desk: Desk, blog: Blog
) -> None:
    await follow(desk)
    blog.write(1, "Мост закрыли", START)
    await desk.poll()
    now, count = desk.clock.now(), PAGES * PAGE
    for number in range(2, count + 20):
        blog.write(number, f"Старое {number}", now + timedelta(seconds=number), published=START - timedelta(days=99))
    blog.write(count + 20, "Парк открыли", now + timedelta(seconds=count + 20))
    await desk.poll()
    assert [one.title for one in await desk.drafts()] == ["Мост закрыли"]
    await desk.poll()
    assert [one.title for one in await desk.drafts()] == ["Парк открыли", "Мост закрыли"]


async def test_a_site_before_wordpress_5_7_is_asked_for_its_newest(desk: Desk, blog: Blog) -> None:
    blog.knows_modified_after = False
    await follow(desk)
    for number in range(60):
        blog.write(number, f"Старое {number}", START - timedelta(days=100 - number))
    blog.write(100, "Мост закрыли", START)
    await desk.poll()
    blog.write(101, "Парк открыли", desk.clock.now())
    await desk.poll()
    assert [one.title for one in await desk.drafts()] == ["Парк открыли", "Мост закрыли"]


async def test_a_page_just_after_the_last_is_no_failure(desk: Desk, blog: Blog) -> None:
    source = await follow(desk)
    blog.write(1, "Мост закрыли", START)
    await desk.poll()
    for number in range(2, PAGE + 2):
        blog.write(number, f"Новость {number}", desk.clock.now())
    blog.posts.pop(1)
    await desk.poll()
    assert (await desk.following.source(source.id)).failures == 0
    assert (await desk.newsroom.drafts(offset=0, limit=1))[1] == PAGE + 1
