"""Two sentences of an article: made at its publication, renewed with its text, and given to old articles when shown."""

from datetime import date

import pytest

from digests.articles import Article
from digests.blocks import paragraph
from digests.clock import Clock
from digests.editions import Edition, EditionId, RubricPart
from digests.library import Library
from digests.newsroom import Arrival, Newsroom
from digests.related import RelatedIndex
from digests.storage import articles, editions
from digests.storage.engine import Database
from tests import factories
from tests.clocks import FakeClock

STORY = "Мост на Садовой улице закроют на ремонт до весны."
MORE = "Автобусы 4 и 17 всё это время будут ходить в объезд по Речной улице."
TEXT = ("Мост на Садовой закроют", STORY, MORE, "Дождь не помешал открытию ярмарки на площади.")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(factories.NOW)


@pytest.fixture
def newsroom(database: Database, clock: FakeClock) -> Newsroom:
    return Newsroom(database, clock, RelatedIndex())


async def published(newsroom: Newsroom, database: Database, *texts: str) -> Article:
    blocks = [paragraph(text) for text in texts]
    draft = await newsroom.submit(factories.AUTHOR, 1, blocks, Arrival.FILE)
    filed = await newsroom.file_under(draft.id, (await factories.rubric(database)).id)
    return (await newsroom.publish(filed.id, filed.revision))[0]


async def briefs(database: Database, *made: Article) -> list[str]:
    async with database.read() as connection:
        known = await articles.headlines(connection, [one.id for one in made])
    return [known[one.id].brief for one in made]


async def edition_of(database: Database, clock: Clock, *made: Article) -> EditionId:
    async with database.write() as connection:
        known = await articles.headlines(connection, [one.id for one in made])
    part = RubricPart(rubric=await factories.rubric(database), headlines=tuple(known.values()))
    edition = Edition(
        id=EditionId(0),
        language="ru",
        local_date=date(2026, 11, 23),
        slot=None,
        until=clock.now(),
        stories=(),
        parts=(part,),
    )
    async with database.write() as connection:
        return await editions.add(connection, "key", edition, clock.now())


async def test_publishing_makes_one_sentence_and_two(newsroom: Newsroom, database: Database) -> None:
    made = await published(newsroom, database, *TEXT)
    assert made.summary in (STORY, MORE)
    assert await briefs(database, made) == [f"{STORY} {MORE}"]


async def test_a_corrected_text_is_told_anew(newsroom: Newsroom, database: Database) -> None:
    made = await published(newsroom, database, *TEXT)
    corrected = MORE.replace("Речной", "Ручейной")
    await newsroom.replace_text(made.id, 9, [paragraph(text) for text in (TEXT[0], STORY, corrected)])
    assert await briefs(database, made) == [f"{STORY} {corrected}"]


async def test_another_rubric_leaves_what_was_said(newsroom: Newsroom, database: Database) -> None:
    made = await published(newsroom, database, *TEXT)
    other = await factories.rubric(database, "Транспорт")
    moved = await newsroom.file_under(made.id, other.id)
    assert moved.summary == made.summary
    assert await briefs(database, made) == [f"{STORY} {MORE}"]


async def test_an_article_corrected_while_withdrawn_is_told_as_it_comes_back(
    newsroom: Newsroom, database: Database
) -> None:
    made = await published(newsroom, database, *TEXT)
    await newsroom.withdraw(made.id)
    changed = await newsroom.replace_text(made.id, 9, [paragraph(text) for text in TEXT[:2]])
    again, _ = await newsroom.publish(changed.id, changed.revision)
    assert again.summary == STORY
    assert await briefs(database, made) == [STORY]


async def test_articles_from_before_get_theirs_when_an_edition_shows_them(database: Database, clock: FakeClock) -> None:
    old = await factories.article(database, content=factories.cut_text(lead=f"{STORY} {MORE}"))
    assert await briefs(database, old) == [""]
    library = Library(database, clock)
    edition = await edition_of(database, clock, old)
    shown = await library.edition(edition)
    assert [one.brief for part in shown.parts for one in part.headlines] == [f"{STORY} {MORE}"]
    assert await briefs(database, old) == [f"{STORY} {MORE}"]
    assert await library.edition(edition) == shown
    async with database.read() as connection:
        after = await articles.find(connection, old.id)
    assert after == old  # no new revision, no correction that readers would be told of
