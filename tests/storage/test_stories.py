"""Stories in either database: kept with every change, whatever its order, and as editors decided."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from digests.articles import Article, ArticleId, UserId
from digests.blocks import Block, Kind, Span, paragraph
from digests.editions import Edition
from digests.newsroom import Newsroom
from digests.origins import Origin, Sourced
from digests.press import Order, Press
from digests.related import RelatedIndex
from digests.rubrics import Choice
from digests.storage import editions, stories
from digests.storage.engine import Database
from digests.storage.schema_stories import story_members
from tests import factories
from tests.clocks import FakeClock
from tests.tellings import CITY, LATER, OUTLET, THEATRE

EDITOR = UserId(7)


class Desk:
    """An editor who publishes."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = FakeClock()
        self.newsroom = Newsroom(database, self.clock, RelatedIndex())

    async def publish(self, title: str, text: str, *, site: str = "", hours: float = 1) -> ArticleId:
        self.clock.advance(3600 * hours)
        rubric = await factories.rubric(self.database)
        heading = Block(kind=Kind.HEADING, spans=(Span(text=title),))
        origin = Origin(site=site, url=f"https://{site}/1") if site else None
        draft = await self.newsroom.take(EDITOR, Sourced(blocks=(heading, paragraph(text)), origin=origin))
        filed = await self.newsroom.file_under(draft.id, rubric.id)
        return (await self.newsroom.publish(filed.id, filed.revision))[0].id

    async def found(self) -> set[frozenset[int]]:
        async with self.database.read() as connection:
            rows = (await connection.execute(select(story_members))).all()
        assert all(min(row.article_id for row in rows if row.story_id == one.story_id) == one.story_id for one in rows)
        return {frozenset(row.article_id for row in rows if row.story_id == one.story_id) for one in rows}


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


async def test_two_outlets_on_one_event_and_its_next_day_are_one_story(desk: Desk) -> None:
    one = await desk.publish(*CITY, site="a.example")
    await desk.publish(*THEATRE)
    two = await desk.publish(*OUTLET, site="b.example")
    three = await desk.publish(*LATER, hours=30)
    assert await desk.found() == {frozenset({one, two, three})}
    async with desk.database.read() as connection:
        chain, total = await stories.chain(connection, one, 0, 10)
    assert [(telling.id, telling.site) for telling in chain] == [(three, ""), (two, "b.example")]
    assert total == 2


async def test_a_withdrawn_article_leaves_and_one_left_alone_is_no_story(desk: Desk) -> None:
    one, two = await desk.publish(*CITY), await desk.publish(*OUTLET)
    three = await desk.publish(*LATER)
    await desk.newsroom.withdraw(one)
    assert await desk.found() == {frozenset({two, three})}
    await desk.newsroom.withdraw(three)
    assert await desk.found() == set()


async def test_a_corrected_article_is_put_where_it_belongs_now(desk: Desk) -> None:
    one, two = await desk.publish(*CITY), await desk.publish(*THEATRE)
    await desk.newsroom.replace_text(two, 50, [paragraph(part) for part in OUTLET])
    assert await desk.found() == {frozenset({one, two})}
    await desk.newsroom.replace_text(one, 51, [paragraph(part) for part in THEATRE])
    assert await desk.found() == set()


async def test_whatever_the_order_of_corrections_the_stories_are_those_of_the_texts(desk: Desk) -> None:
    numbers = [await desk.publish(*THEATRE) for _ in range(3)]
    assert await desk.found() == {frozenset(numbers)}
    for place in (1, 2, 0):
        await desk.newsroom.replace_text(
            numbers[place], 60 + place, [paragraph(part) for part in (CITY, OUTLET, LATER)[place]]
        )
    assert await desk.found() == {frozenset(numbers)}


async def test_another_story_is_said_once_and_stays_said(desk: Desk) -> None:
    one, two = await desk.publish(*CITY), await desk.publish(*OUTLET)
    assert await desk.newsroom.stories.part(two, EDITOR)
    assert await desk.found() == set()
    assert not await desk.newsroom.stories.part(two, EDITOR)
    await desk.newsroom.retitle(two, "Мост на Садовой закроют до самой весны")
    three = await desk.publish(*LATER)
    (story,) = await desk.found()
    assert three in story
    assert story != {one, two, three}


async def test_the_same_story_is_said_once_and_stays_said(desk: Desk) -> None:
    one, two, three = await desk.publish(*CITY), await desk.publish(*THEATRE), await desk.publish(*OUTLET)
    await desk.newsroom.stories.join(two, three, EDITOR)
    assert await desk.found() == {frozenset({one, two, three})}
    await desk.newsroom.retitle(two, "Театр открывает новый сезон")
    assert await desk.found() == {frozenset({one, two, three})}
    await desk.newsroom.stories.part(two, EDITOR)
    assert await desk.found() == {frozenset({one, three})}


async def test_a_draft_can_be_joined_before_it_is_published(desk: Desk) -> None:
    one = await desk.publish(*CITY)
    draft = await taken(desk, *THEATRE)
    await desk.newsroom.stories.join(draft.id, one, EDITOR)
    assert await desk.found() == set()
    filed = await desk.newsroom.file_under(draft.id, (await factories.rubric(desk.database)).id)
    await desk.newsroom.publish(filed.id, filed.revision)
    assert await desk.found() == {frozenset({one, draft.id})}


async def test_an_old_event_is_not_continued(desk: Desk) -> None:
    await desk.publish(*CITY)
    await desk.publish(*OUTLET, hours=24 * 10)
    assert await desk.found() == set()


async def taken(desk: Desk, title: str, text: str) -> Article:
    heading = Block(kind=Kind.HEADING, spans=(Span(text=title),))
    return await desk.newsroom.take(EDITOR, Sourced(blocks=(heading, paragraph(text))))


async def composed(desk: Desk) -> Edition:
    order = Order(
        language="ru",
        choice=Choice(),
        since=desk.clock.now() - timedelta(hours=24),
        until=desk.clock.now(),
        local_date=desk.clock.now().date(),
        slot=None,
    )
    async with desk.database.write() as connection:
        number = await Press(desk.database, desk.clock).edition_for(connection, order)
        assert number is not None
        found = await editions.find(connection, number)
    assert found is not None
    return found


async def again(desk: Desk, edition: Edition) -> Edition:
    async with desk.database.read() as connection:
        found = await editions.find(connection, edition.id)
    assert found is not None
    return found


async def test_an_edition_has_one_article_of_a_story_and_the_next_inherits_its_place(desk: Desk) -> None:
    one = await desk.publish(*CITY)
    other = await desk.publish(*THEATRE)
    two = await desk.publish(*OUTLET)
    edition = await composed(desk)
    assert edition.articles == (two, other)
    assert [(one.others, one.continues) for part in edition.parts for one in part.headlines] == [(1, False), (0, False)]
    assert await composed(desk) == edition
    desk.clock.advance(60)
    await desk.newsroom.withdraw(two)
    left = await again(desk, edition)
    assert left.articles == (one, other)
    assert {story.article_id for story in left.stories} == {one, other}
    assert [headline.others for part in left.parts for headline in part.headlines] == [0, 0]
    await desk.newsroom.withdraw(one)
    assert (await again(desk, edition)).articles == (other,)


async def test_the_next_days_edition_says_that_it_continues(desk: Desk) -> None:
    await desk.publish(*CITY)
    await desk.publish(*OUTLET, hours=30)
    three = await desk.publish(*LATER, hours=30)
    edition = await composed(desk)
    assert edition.articles == (three,)
    (headline,) = edition.parts[0].headlines
    assert (headline.others, headline.continues) == (2, True)
    assert (await again(desk, edition)).parts == edition.parts


async def test_an_edition_is_composed_anew_when_an_editor_parts_a_story(desk: Desk) -> None:
    one, two = await desk.publish(*CITY), await desk.publish(*OUTLET)
    together = await composed(desk)
    await desk.newsroom.stories.part(two, EDITOR)
    apart = await composed(desk)
    assert (together.articles, apart.articles) == ((two,), (two, one))
    assert (await again(desk, together)).articles == (two,)


async def test_two_articles_published_at_once_find_each_other(desk: Desk) -> None:
    one = await desk.publish(*CITY)
    drafts = [await taken(desk, *text) for text in (OUTLET, LATER)]
    rubric = await factories.rubric(desk.database)
    filed = [await desk.newsroom.file_under(draft.id, rubric.id) for draft in drafts]
    await asyncio.gather(*(desk.newsroom.publish(draft.id, draft.revision) for draft in filed))
    assert await desk.found() == {frozenset({one, *(draft.id for draft in drafts)})}


async def test_a_decision_while_an_article_is_published_loses_neither(desk: Desk) -> None:
    one, two = await desk.publish(*CITY), await desk.publish(*OUTLET)
    draft = await taken(desk, *LATER)
    filed = await desk.newsroom.file_under(draft.id, (await factories.rubric(desk.database)).id)
    await asyncio.gather(desk.newsroom.publish(filed.id, filed.revision), desk.newsroom.stories.part(two, EDITOR))
    (story,) = await desk.found()
    assert draft.id in story
    assert len(story & {one, two}) == 1
