"""Editions: composed once, stored once, shown as they are to be shown now."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import update

from digests.articles import ArticleState
from digests.editions import Edition, EditionId
from digests.press import LIMIT, Order, Press
from digests.readers import ChatId, Preferences, Reader, ReaderId, ReaderState, Schedule
from digests.rubrics import Choice
from digests.storage import editions, schema
from digests.storage.engine import Database
from digests.storage.instants import seconds
from tests import factories
from tests.clocks import FakeClock
from tests.factories import NOW

ORDER = Order(
    language="ru",
    choice=Choice(),
    since=NOW - timedelta(hours=24),
    until=NOW,
    local_date=date(2026, 11, 23),
    slot=time(8),
)


@pytest.fixture
def press(database: Database, clock: FakeClock) -> Press:
    return Press(database, clock)


async def made(database: Database, press: Press, order: Order = ORDER) -> EditionId | None:
    async with database.write() as connection:
        return await press.edition_for(connection, order)


async def stored(database: Database, number: EditionId | None) -> Edition:
    assert number is not None
    async with database.read() as connection:
        found = await editions.find(connection, number)
    assert found is not None
    return found


def reader(choice: Choice | None = None) -> Reader:
    return Reader(
        id=ReaderId(1),
        chat_id=ChatId(1),
        state=ReaderState.ACTIVE,
        preferences=Preferences(
            language="ru", schedule=Schedule(zone="Europe/Moscow", time=time(8)), rubrics=choice or Choice()
        ),
        paused_until=None,
        covered_until=NOW,
        next_due=None,
        joined_at=NOW,
    )


async def test_an_edition_holds_the_articles_of_its_time_by_rubric(database: Database, press: Press) -> None:
    await factories.article(database, "Слишком старая", at=NOW - timedelta(hours=24))
    bridge = await factories.article(database, "Мост закроют", rubric_name="Город", at=NOW - timedelta(hours=2))
    rate = await factories.article(database, "Ставка выросла", rubric_name="Экономика", at=NOW)
    await factories.article(database, "Ещё не время", at=NOW + timedelta(seconds=1))
    await factories.article(database, "Черновик", state=ArticleState.DRAFT)
    await factories.article(database, "Снята", state=ArticleState.WITHDRAWN, at=NOW - timedelta(hours=1))
    edition = await stored(database, await made(database, press))
    assert [(part.rubric.name, [one.id for one in part.headlines]) for part in edition.parts] == [
        ("Город", [bridge.id]),
        ("Экономика", [rate.id]),
    ]
    assert {story.article_id for story in edition.stories} <= {bridge.id, rate.id}
    assert edition.stories
    assert (edition.language, edition.local_date, edition.slot) == ("ru", ORDER.local_date, time(8))
    assert edition.until == NOW


async def test_only_the_chosen_rubrics_are_in_an_edition(database: Database, press: Press) -> None:
    await factories.article(database, "Мост закроют", rubric_name="Город")
    rate = await factories.article(database, "Ставка выросла", rubric_name="Экономика")
    rubric = await factories.rubric(database, "Экономика")
    order = replace(ORDER, choice=Choice.of([rubric.id]))
    assert (await stored(database, await made(database, press, order))).articles == (rate.id,)
    assert await made(database, press, replace(ORDER, choice=Choice.of([]))) is None


async def test_without_new_articles_there_is_no_edition(database: Database, press: Press) -> None:
    assert await made(database, press) is None
    await factories.article(database, at=ORDER.since)
    assert await made(database, press) is None


async def test_the_same_articles_make_the_same_edition(database: Database, press: Press) -> None:
    await factories.article(database, rubric_name="Город")
    rubric = await factories.rubric(database, "Город")
    first = await made(database, press)
    assert await made(database, press, replace(ORDER, since=NOW - timedelta(hours=3))) == first
    assert await made(database, press, replace(ORDER, choice=Choice.of([rubric.id]))) == first
    assert await made(database, press, replace(ORDER, language="en")) != first
    assert await made(database, press, replace(ORDER, local_date=date(2026, 11, 24))) != first
    assert await made(database, press, replace(ORDER, slot=time(9))) != first


async def test_an_edition_composed_twice_at_once_is_one(database: Database, press: Press) -> None:
    await factories.numbered(database, 12)
    numbers = await asyncio.gather(*(made(database, press) for _ in range(4)))
    assert len(set(numbers)) == 1
    assert len((await stored(database, numbers[0])).articles) == 12


async def test_of_too_many_articles_the_newest_are_taken(database: Database, press: Press) -> None:
    ids = await factories.numbered(database, LIMIT + 3)
    edition = await stored(database, await made(database, press))
    assert set(edition.articles) == set(ids[3:])


async def test_an_edition_follows_corrections_and_leaves_out_what_was_withdrawn(
    database: Database, press: Press
) -> None:
    wrong = await factories.article(database, "Мост закроют до весны", summary="Мост закроют до весны.")
    gone = await factories.article(database, "Ошибочная новость", rubric_name="Экономика", summary="Этого не было.")
    number = await made(database, press)
    articles = schema.articles
    async with database.write() as connection:
        values = {"title": "Мост закроют до лета", "summary": "Мост закроют до лета.", "updated_at": seconds(NOW) + 60}
        await connection.execute(update(articles).where(articles.c.id == wrong.id).values(values))
        await connection.execute(update(articles).where(articles.c.id == gone.id).values(state="withdrawn"))
    edition = await stored(database, number)
    assert edition.articles == (wrong.id,)
    assert edition.parts[0].headlines[0].title == "Мост закроют до лета"
    assert [story.sentence for story in edition.stories] == ["Мост закроют до лета."]


async def test_an_unknown_edition_is_none(database: Database) -> None:
    async with database.read() as connection:
        assert await editions.find(connection, EditionId(77)) is None


async def test_on_demand_gives_the_last_day(database: Database, press: Press) -> None:
    await factories.article(database, "Позавчерашняя", at=NOW - timedelta(hours=30))
    fresh = await factories.article(database, "Свежая", at=NOW - timedelta(hours=3))
    answer = await press.on_demand(reader())
    assert answer is not None
    edition = await stored(database, answer[0])
    assert (edition.articles, edition.slot, answer[1]) == ((fresh.id,), None, True)
    assert await press.on_demand(reader()) == answer


async def test_on_demand_gives_the_latest_when_nothing_is_new(database: Database, press: Press) -> None:
    old = [
        (await factories.article(database, f"Старая {number}", at=NOW - timedelta(days=3, minutes=number))).id
        for number in range(12)
    ]
    answer = await press.on_demand(reader())
    assert answer is not None
    edition = await stored(database, answer[0])
    assert (edition.articles, answer[1]) == (tuple(old[:10]), False)


async def test_on_demand_says_when_there_is_nothing_at_all(database: Database, press: Press) -> None:
    await factories.article(database, rubric_name="Город")
    assert await press.on_demand(reader(Choice.of([]))) is None


async def test_the_date_on_demand_is_the_readers_own(database: Database, press: Press, clock: FakeClock) -> None:
    clock.set(datetime(2026, 11, 23, 22, 0, tzinfo=UTC))
    await factories.article(database, at=datetime(2026, 11, 23, 20, tzinfo=UTC))
    answer = await press.on_demand(reader())
    assert answer is not None
    assert (await stored(database, answer[0])).local_date == date(2026, 11, 24)
