"""Sources are polled politely, and whatever happens every item becomes an article once."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from digests.arriving import FIRST, TAKEN, Arrivals
from digests.articles import Article, ArticleState, UserId
from digests.asking import Asker
from digests.blocks import paragraph
from digests.collecting import Arrival
from digests.feeds import Notice, Recognised, Source, SourceKind, SourceState
from digests.fetching.errors import BadStatus
from digests.following import Following
from digests.newsroom import Newsroom
from digests.origins import Origin, Sourced
from digests.poller import FAILURES, INTERVAL, LEASE, Poller
from digests.related import RelatedIndex
from digests.storage.engine import Database
from tests import factories
from tests.clocks import FakeClock
from tests.webs import LONG, Entry, FakeWeb, Inline, rss

EDITOR = UserId(7)
FEED = "https://vesti.example.ru/rss"
MOST = Entry(title="Мост на Садовой закрыли", link="https://vesti.example.ru/most", guid="1", text=LONG * 5)
PARK = Entry(
    title="Парк открыли после ремонта",
    link="https://vesti.example.ru/park",
    guid="2",
    text="В парке поставили новые скамейки, посадили липы и проложили дорожку для колясок. " * 14,
)


class Crash(BaseException):
    """The power goes."""


@dataclass
class Desk:
    """A newsroom with its poller, and the web around it."""

    database: Database
    clock: FakeClock
    web: FakeWeb
    newsroom: Newsroom
    following: Following
    poller: Poller

    async def follow(self, url: str = FEED, kind: SourceKind = SourceKind.FEED) -> Source:
        return (await self.following.add(Recognised(kind=kind, url=url, title="Вести"), EDITOR))[0]

    async def show(self, *entries: Entry, head: str = "", **headers: str) -> None:
        self.web.put(FEED, rss(entries, head), **headers)
        await self.poll()

    async def poll(self) -> None:
        """Let what the sources want to wait pass, and poll."""
        self.clock.advance(13 * 3600)
        await self.poller.step()

    async def drafts(self) -> list[Article]:
        return (await self.newsroom.drafts(offset=0, limit=100))[0]

    async def published(self) -> list[Article]:
        return (await self.newsroom.published(offset=0, limit=100))[0]

    async def news(self, source: Source) -> Notice:
        assert source.id in await self.following.news() or True
        return await self.following.take_news(source.id) or Notice()


def desk_on(database: Database, clock: FakeClock, web: FakeWeb) -> Desk:
    newsroom = Newsroom(database, clock, RelatedIndex())
    asker = Asker(web, Inline())
    arrivals = Arrivals(database, clock, newsroom, asker)
    poller = Poller(database, clock, asker, arrivals, chance=lambda: 0.0)
    return Desk(database, clock, web, newsroom, Following(database, clock), poller)


@pytest.fixture
def desk(database: Database) -> Desk:
    return desk_on(database, FakeClock(), FakeWeb())


async def test_what_is_new_becomes_drafts_of_the_editor_oldest_first(desk: Desk) -> None:
    source = await desk.follow()
    await desk.show(PARK, MOST)
    assert [(one.title, one.author_id) for one in await desk.drafts()] == [(PARK.title, EDITOR), (MOST.title, EDITOR)]
    assert await desk.following.news() == [source.id]
    assert await desk.news(source) == Notice(drafts=2)
    assert await desk.following.news() == []


async def test_nothing_comes_twice_whatever_becomes_of_it(desk: Desk) -> None:
    source = await desk.follow()
    await desk.show(PARK, MOST)
    await desk.newsroom.discard((await desk.drafts())[0].id)
    await desk.show(MOST)
    await desk.show(PARK, MOST)
    assert [one.title for one in await desk.drafts()] == [MOST.title]
    await desk.following.delete(source.id)
    assert (await desk.follow()).id == source.id
    await desk.show(PARK, MOST)
    assert [one.title for one in await desk.drafts()] == [MOST.title]


async def test_another_guid_and_another_scheme_are_the_same_story(desk: Desk) -> None:
    await desk.follow()
    await desk.show(MOST)
    await desk.show(replace(MOST, guid="other", link="http://www.vesti.example.ru/most/?utm_source=rss"))
    assert len(await desk.drafts()) == 1


async def test_a_page_that_an_editor_took_is_not_taken_again(desk: Desk) -> None:
    origin = Origin(site="vesti.example.ru", url="https://vesti.example.ru/most?utm_source=tg")
    await desk.newsroom.take(EDITOR, Sourced(blocks=(paragraph(MOST.title), paragraph(LONG)), origin=origin))
    await desk.follow()
    await desk.show(MOST)
    await desk.show(MOST)
    assert len(await desk.drafts()) == 1


async def test_one_address_for_all_items_tells_nothing(desk: Desk) -> None:
    await desk.follow()
    await desk.show(replace(PARK, link="https://vesti.example.ru/"), replace(MOST, link="https://vesti.example.ru/"))
    assert len(await desk.drafts()) == 2


async def test_a_new_source_does_not_flood(desk: Desk) -> None:
    source = await desk.follow()
    many = [replace(MOST, title=f"Новость {number}", guid=f"g{number}", link="") for number in range(40)]
    await desk.show(*many)
    assert len(await desk.drafts()) == FIRST
    assert await desk.news(source) == Notice(drafts=FIRST, older=40 - FIRST)
    await desk.show(*many)
    assert len(await desk.drafts()) == FIRST
    assert await desk.news(source) == Notice()


async def test_what_was_published_long_before_is_no_news(desk: Desk) -> None:
    source = await desk.follow()
    await desk.show(MOST, replace(PARK, date="Mon, 02 Nov 2026 09:00:00 +0000"))
    assert [one.title for one in await desk.drafts()] == [MOST.title]
    assert (await desk.news(source)).older == 1


async def test_a_heap_of_news_comes_over_several_polls(desk: Desk) -> None:
    await desk.follow()
    await desk.show(MOST)
    many = [
        replace(MOST, title=f"Новость {number}", guid=f"g{number}", link=f"https://vesti.example.ru/{number}")
        for number in range(TAKEN + 5)
    ]
    await desk.show(*many, ETag="x")
    assert (await desk.newsroom.drafts(offset=0, limit=1))[1] == 1 + TAKEN
    desk.clock.advance(INTERVAL.total_seconds())
    await desk.poller.step()
    assert (await desk.newsroom.drafts(offset=0, limit=1))[1] == 1 + TAKEN + 5


async def test_a_paste_that_an_editor_is_at_goes_on(desk: Desk) -> None:
    await desk.newsroom.begin(EDITOR)
    await desk.newsroom.submit(EDITOR, 5, (paragraph("Начало статьи о трамвае."),), Arrival.TEXT)
    await desk.follow()
    await desk.show(MOST)
    assert await desk.newsroom.collecting(EDITOR) is not None


@pytest.mark.parametrize("seed", range(3))
async def test_however_a_feed_shuffles_drops_and_renames_its_items_each_comes_once(desk: Desk, seed: int) -> None:
    chance = random.Random(seed)
    words = [f"слово{number} дело{number} город{number} мост{number}. " * 60 for number in range(8)]
    await desk.follow()
    for _ in range(6):
        shown = [
            Entry(
                title=f"Новость {number}",
                link=f"{chance.choice(['http://www.', 'https://'])}vesti.example.ru/{number}{chance.choice(['', '/'])}",
                guid=f"{number} {chance.randrange(2)}",
                text=words[number],
            )
            for number in chance.sample(range(8), chance.randrange(9))
        ]
        await desk.show(*shown)
    titles = [one.title for one in await desk.drafts()]
    assert len(titles) == len(set(titles)) > 0


async def test_trust_that_was_taken_back_publishes_nothing_more(desk: Desk) -> None:
    await factories.rubric(desk.database, "Город")
    source = await trusted(desk)
    desk.newsroom.publish = _no_power  # type: ignore[method-assign, assignment]  # the power goes before it is published
    with pytest.raises(BaseExceptionGroup):
        await desk.show(replace(MOST, category="Город"))
    await desk.following.trust(source.id, False)
    again = desk_on(desk.database, desk.clock, desk.web)
    await again.poll()
    assert await again.published() == []
    assert await again.news(source) == Notice(drafts=1)


async def _no_power(*_: object) -> tuple[Article, bool]:
    raise Crash


# --- trust -------------------------------------------------------------------------------------------------------


async def trusted(desk: Desk) -> Source:
    source = await desk.follow()
    return await desk.following.trust(source.id, True)


async def test_a_trusted_source_publishes_under_the_rubric_of_its_category_or_its_own(desk: Desk) -> None:
    town, culture = await factories.rubric(desk.database, "Город"), await factories.rubric(desk.database, "Культура")
    source = await trusted(desk)
    await desk.following.file_under(source.id, culture.id)
    await desk.show(PARK, replace(MOST, category="ГОРОД"))
    assert {one.title: one.rubric_id for one in await desk.published()} == {MOST.title: town.id, PARK.title: culture.id}
    assert await desk.news(source) == Notice(published=2)


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (MOST, "no_rubric"),
        (replace(MOST, category="Город", title=""), "no_title"),
    ],
)
async def test_what_cannot_go_to_readers_by_itself_stays_a_draft(desk: Desk, entry: Entry, reason: str) -> None:
    await factories.rubric(desk.database, "Город")
    source = await trusted(desk)
    await desk.show(entry)
    assert await desk.published() == []
    assert await desk.news(source) == Notice(drafts=1, held={reason: 1})


async def test_a_repeat_of_what_is_here_waits_for_an_editor(desk: Desk) -> None:
    await factories.rubric(desk.database, "Город")
    source = await trusted(desk)
    await desk.show(replace(MOST, category="Город"))
    again = replace(MOST, category="Город", guid="9", link="https://vesti.example.ru/most-2")
    await desk.show(again)
    assert len(await desk.published()) == 1
    assert await desk.news(source) == Notice(published=1, drafts=1, held={"repeat": 1})


async def test_a_correction_of_a_trusted_source_reaches_the_published_article_silently(desk: Desk) -> None:
    await factories.rubric(desk.database, "Город")
    source = await trusted(desk)
    await desk.show(replace(MOST, category="Город"))
    await desk.news(source)
    await desk.show(replace(MOST, category="Город", title="Мост на Садовой закроют в мае"))
    [article] = await desk.published()
    assert article.title == "Мост на Садовой закроют в мае"
    assert await desk.news(source) == Notice()


# --- changes -----------------------------------------------------------------------------------------------------

CHANGED = replace(MOST, title="Мост на Садовой откроют в мае")


async def test_a_draft_that_nobody_touched_follows_its_source(desk: Desk) -> None:
    source = await desk.follow()
    await desk.show(MOST)
    await desk.show(CHANGED)
    assert [one.title for one in await desk.drafts()] == [CHANGED.title]
    await desk.show(replace(CHANGED, title="Мост на Садовой открыт"))
    assert [one.title for one in await desk.drafts()] == ["Мост на Садовой открыт"]
    assert await desk.news(source) == Notice(drafts=1)


async def test_a_draft_that_an_editor_touched_stays_and_editors_are_told(desk: Desk) -> None:
    source = await desk.follow()
    await desk.show(MOST)
    [draft] = await desk.drafts()
    await desk.newsroom.retitle(draft.id, "Мост закрыт")
    await desk.news(source)
    await desk.show(CHANGED)
    await desk.show(CHANGED)
    assert [one.title for one in await desk.drafts()] == ["Мост закрыт"]
    assert await desk.news(source) == Notice(changed=(draft.id,))


async def test_editors_are_told_when_what_they_published_changes_at_its_source(desk: Desk) -> None:
    rubric = await factories.rubric(desk.database)
    source = await desk.follow()
    await desk.show(MOST)
    [draft] = await desk.drafts()
    filed = await desk.newsroom.file_under(draft.id, rubric.id)
    await desk.newsroom.publish(draft.id, filed.revision)
    await desk.news(source)
    await desk.show(CHANGED)
    assert [one.title for one in await desk.published()] == [MOST.title]
    assert await desk.news(source) == Notice(changed=(draft.id,))


async def test_what_is_withdrawn_stays_so(desk: Desk) -> None:
    await factories.rubric(desk.database, "Город")
    source = await trusted(desk)
    await desk.show(replace(MOST, category="Город"))
    [article] = await desk.published()
    await desk.newsroom.withdraw(article.id)
    await desk.show(replace(CHANGED, category="Город"))
    assert (await desk.newsroom.article(article.id)).state is ArticleState.WITHDRAWN
    assert await desk.published() == []
    assert (await desk.news(source)).changed == ()


async def test_two_feeds_of_one_site_share_an_article_and_its_changes(desk: Desk) -> None:
    town = await desk.follow("https://vesti.example.ru/town.xml")
    await desk.follow()
    for each in (MOST, CHANGED):
        desk.web.put("https://vesti.example.ru/town.xml", rss([MOST]))
        await desk.show(each)
    desk.web.put("https://vesti.example.ru/town.xml", rss([replace(MOST, title="Мост на Садовой открыт")]))
    await desk.poll()
    assert [one.title for one in await desk.drafts()] == ["Мост на Садовой открыт"]
    assert (await desk.news(town)).changed == ()


TEASER = "<rss version='2.0'><channel><item><title>{}</title><link>https://vesti.example.ru/most</link><guid>1</guid>"
TEASER += "<description>{}</description></item></channel></rss>"


async def test_a_teaser_never_takes_the_place_of_the_whole_text(desk: Desk) -> None:
    source = await desk.follow()
    body = "".join(f"<p>{LONG} Абзац {number}.</p>" for number in range(6))
    page = f"<html><head><title>А</title></head><body><article><h1>{MOST.title}</h1>{body}</article></body></html>"
    desk.web.put(MOST.link, page, "text/html")
    desk.web.put(FEED, TEASER.format(MOST.title, "Мост закрыли."))
    await desk.poll()
    [draft] = await desk.drafts()
    assert draft.characters > 5 * len(LONG)
    del desk.web.pages[MOST.link]
    desk.web.put(FEED, TEASER.format(MOST.title, "Мост закрыли до весны."))
    await desk.poll()
    assert await desk.drafts() == [draft]
    assert (await desk.news(source)).changed == (draft.id,)


async def test_a_teaser_whose_page_cannot_be_read_waits_for_an_editor(desk: Desk) -> None:
    await factories.rubric(desk.database, "Город")
    source = await trusted(desk)
    desk.web.put(FEED, TEASER.format(MOST.title, "Мост закрыли.").replace("<guid>", "<category>Город</category><guid>"))
    await desk.poll()
    assert await desk.published() == []
    assert await desk.news(source) == Notice(drafts=1, held={"teaser": 1})


async def test_an_item_that_breaks_us_keeps_no_other_from_coming(desk: Desk) -> None:
    source = await desk.follow()
    taken = desk.newsroom.take

    async def breaking(author: UserId, sourced: Sourced, **rest: Any) -> Article:
        if sourced.blocks[0].text == MOST.title:
            raise RuntimeError("broken")
        return await taken(author, sourced, **rest)

    desk.newsroom.take = breaking  # type: ignore[method-assign, assignment]  # a flaw of ours
    await desk.show(PARK, MOST)
    assert [one.title for one in await desk.drafts()] == [PARK.title]
    assert await desk.news(source) == Notice(drafts=1, refused={"Broken": 1})
    assert (await desk.following.source(source.id)).failures == 0


@pytest.mark.parametrize("way", ["off", "deleted"])
async def test_a_source_that_is_switched_off_while_it_is_polled_brings_nothing_more(desk: Desk, way: str) -> None:
    source = await desk.follow()
    desk.web.put(FEED, rss([PARK, MOST]))
    taken = desk.newsroom.take

    async def interrupted(*args: Any, **rest: Any) -> Article:
        article = await taken(*args, **rest)
        await (desk.following.switch(source.id, False) if way == "off" else desk.following.delete(source.id))
        return article

    desk.newsroom.take = interrupted  # type: ignore[method-assign]  # an editor presses a button just then
    await desk.poller.step()
    assert len(await desk.drafts()) == 1
    desk.newsroom.take = taken  # type: ignore[method-assign]  # a fault on the way
    await (desk.following.switch(source.id, True) if way == "off" else desk.follow())
    await desk.poller.step()
    assert len(await desk.drafts()) == 2


# --- politeness --------------------------------------------------------------------------------------------------


async def test_what_has_not_changed_is_not_sent_again(desk: Desk) -> None:
    source = await desk.follow()
    await desk.show(MOST, ETag='"abc"', Last_Modified="Mon, 23 Nov 2026 09:00:00 GMT")
    await desk.poll()
    assert desk.web.asked[-1] == (
        FEED, {"If-None-Match": '"abc"', "If-Modified-Since": "Mon, 23 Nov 2026 09:00:00 GMT"}
    )  # fmt: skip
    await desk.poll()
    assert desk.web.asked[-1][1]["If-None-Match"] == '"abc"'
    assert (await desk.following.source(source.id)).failures == 0


async def test_a_source_is_left_alone_between_polls_for_as_long_as_it_asks(desk: Desk) -> None:
    source = await desk.follow()
    desk.web.put(FEED, rss([MOST], "<ttl>60</ttl>"))
    await desk.poller.step()
    assert (await desk.following.source(source.id)).next_poll_at == desk.clock.now() + timedelta(hours=1)
    desk.clock.advance(3599)
    assert await desk.poller.step() == 0
    desk.web.put(FEED, rss([MOST]))
    desk.clock.advance(1)
    assert await desk.poller.step() == 1
    assert (await desk.following.source(source.id)).next_poll_at == desk.clock.now() + INTERVAL


async def test_refusals_lengthen_the_pause_and_at_last_switch_the_source_off_once(desk: Desk) -> None:
    source = await desk.follow()
    pauses = []
    for _ in range(FAILURES):
        desk.clock.set((await desk.following.source(source.id)).next_poll_at)
        await desk.poller.step()
        pauses.append((await desk.following.source(source.id)).next_poll_at - desk.clock.now())
    assert pauses[:4] == [INTERVAL, INTERVAL * 2, INTERVAL * 4, INTERVAL * 8]
    found = await desk.following.source(source.id)
    assert (found.state, found.off_reason) == (SourceState.OFF, "BadStatus 404")
    assert await desk.news(source) == Notice(off="BadStatus 404")
    await desk.poll()
    assert len(desk.web.asked) == FAILURES
    assert await desk.news(source) == Notice()
    await desk.following.switch(source.id, True)
    await desk.show(MOST)
    found = await desk.following.source(source.id)
    assert (found.state, found.off_reason, found.failures) == (SourceState.ON, "", 0)


async def test_what_is_gone_for_good_is_switched_off_at_once(desk: Desk) -> None:
    source = await desk.follow()
    desk.web.pages[FEED] = BadStatus(410, None)
    await desk.poll()
    assert (await desk.following.source(source.id)).state is SourceState.OFF


async def test_a_server_that_asks_for_patience_gets_it(desk: Desk) -> None:
    source = await desk.follow()
    desk.web.pages[FEED] = BadStatus(503, 7200)
    await desk.poller.step()
    assert (await desk.following.source(source.id)).next_poll_at == desk.clock.now() + timedelta(hours=2)


async def test_a_feed_that_is_none_is_a_failure_with_its_reason(desk: Desk) -> None:
    source = await desk.follow()
    desk.web.put(FEED, "<html><body>Технические работы</body></html>", "text/html")
    await desk.poll()
    assert (await desk.following.source(source.id)).failure == "NotAFeed"


async def test_one_source_that_breaks_keeps_nobody_else(desk: Desk) -> None:
    await desk.follow("https://other.example.ru/rss")
    source = await desk.follow()
    desk.web.before = _breaking
    await desk.show(MOST)
    assert len(await desk.drafts()) == 1
    assert (await desk.following.source(source.id)).failures == 0


def _breaking(url: str) -> None:
    if "other" in url:
        raise RuntimeError("broken")


# --- two instances -----------------------------------------------------------------------------------------------


async def test_two_instances_never_poll_one_source_at_once(database: Database) -> None:
    clock, web = FakeClock(), FakeWeb()
    one, other = desk_on(database, clock, web), desk_on(database, clock, web)
    await one.follow()
    web.put(FEED, rss([PARK, MOST]))
    seen: list[int] = []

    class Curious(FakeWeb):
        async def get(self, url: str, **rest: object) -> object:  # type: ignore[override]  # passed on as it is
            seen.append(await other.poller.step())
            return await web.get(url, **rest)  # type: ignore[arg-type]  # passed on

    busy = desk_on(database, clock, Curious())
    await busy.poller.step()
    assert seen == [0]
    assert len(await one.drafts()) == 2


async def test_whoever_comes_back_after_the_lease_writes_nothing(database: Database) -> None:
    clock, web = FakeClock(), FakeWeb()
    one, other = desk_on(database, clock, web), desk_on(database, clock, web)
    source = await one.follow()
    web.put(FEED, rss([PARK, MOST]))

    class Slow(FakeWeb):
        async def get(self, url: str, **rest: object) -> object:  # type: ignore[override]  # passed on as it is
            found = await web.get(url, **rest)  # type: ignore[arg-type]  # passed on
            clock.advance(LEASE.total_seconds())
            await other.poller.step()
            return found

    await desk_on(database, clock, Slow()).poller.step()
    assert len(await one.drafts()) == 2
    assert await one.news(source) == Notice(drafts=2)


async def test_a_crash_in_the_middle_loses_nothing_and_repeats_nothing(database: Database) -> None:
    clock, web = FakeClock(), FakeWeb()
    desk = desk_on(database, clock, web)
    await factories.rubric(database, "Город")
    source = await trusted(desk)
    web.put(FEED, rss([replace(PARK, category="Город"), replace(MOST, category="Город")]))
    taken = desk.newsroom.take
    calls: Iterator[int] = iter(range(10))

    async def crashing(*args: object, **kwargs: object) -> Article:
        if next(calls) == 1:
            raise Crash
        return await taken(*args, **kwargs)  # type: ignore[arg-type]  # passed on

    desk.newsroom.take = crashing  # type: ignore[method-assign]  # the power goes between two items
    with pytest.raises(BaseExceptionGroup):
        await desk.poller.step()
    clock.advance(LEASE.total_seconds())
    again = desk_on(database, clock, web)
    await again.poller.step()
    assert {one.title for one in await again.published()} == {PARK.title, MOST.title}
    assert await again.drafts() == []
    assert await again.news(source) == Notice(published=2)
