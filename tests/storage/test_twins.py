"""Repeated texts are found in either database: among drafts, published and withdrawn articles."""

import pytest
from sqlalchemy import delete, func, select

from digests.articles import Article, ArticleState, UserId
from digests.blocks import Block, Kind, Span, paragraph
from digests.errors import ArticleMissing
from digests.newsroom import Newsroom
from digests.origins import Origin, Sourced
from digests.related import RelatedIndex
from digests.storage.engine import Database
from digests.storage.schema_stories import article_marks
from tests import factories
from tests.clocks import FakeClock

EDITOR = UserId(7)
TITLE = "Мост на Садовой закроют до весны"
BODY = (
    "Движение по мосту перекроют первого декабря, объезд пойдёт по Речной улице и набережной.",
    "Опоры моста обследовали в октябре и нашли трещины, ездить по нему опасно, решила комиссия.",
    "Автобусы четвёртого и семнадцатого маршрутов поедут по Речной, пешеходам оставят мостки.",
)
OTHER = ("Театр открывает сезон премьерой комедии Островского.", "Билеты разобрали за час до начала продажи.")


@pytest.fixture
def newsroom(database: Database) -> Newsroom:
    return Newsroom(database, FakeClock(), RelatedIndex())


async def taken(newsroom: Newsroom, *body: str, title: str = TITLE, url: str = "") -> Article:
    heading = Block(kind=Kind.HEADING, spans=(Span(text=title),))
    origin = Origin(site="example.ru", url=url) if url else None
    return await newsroom.take(EDITOR, Sourced(blocks=(heading, *map(paragraph, body)), origin=origin))


async def published(newsroom: Newsroom, database: Database, draft: Article) -> Article:
    rubric = await factories.rubric(database)
    filed = await newsroom.file_under(draft.id, rubric.id)
    return (await newsroom.publish(filed.id, filed.revision))[0]


async def found(newsroom: Newsroom, article: Article) -> list[tuple[int, int, bool]]:
    return [(twin.id, twin.overlap.percent, twin.is_exact) for twin in await newsroom.twins(article)]


async def test_feeds_that_bring_one_text_the_same_minute(newsroom: Newsroom) -> None:
    first = await taken(newsroom, *BODY, url="https://a.example/1")
    await taken(newsroom, *OTHER, title="Премьера", url="https://c.example/3")
    second = await taken(newsroom, *BODY, url="https://b.example/2")
    assert await found(newsroom, second) == [(first.id, 100, True)]
    assert await found(newsroom, first) == [(second.id, 100, True)]


async def test_drafts_published_and_withdrawn_articles_are_all_looked_through(
    newsroom: Newsroom, database: Database
) -> None:
    first = await published(newsroom, database, await taken(newsroom, *BODY, title="Садовая останется без моста"))
    second = await published(newsroom, database, await taken(newsroom, *BODY))
    await newsroom.withdraw(second.id)
    third = await taken(newsroom, *BODY)
    twins = await newsroom.twins(third)
    assert [(twin.id, twin.state, twin.is_exact) for twin in twins] == [
        (second.id, ArticleState.WITHDRAWN, True),
        (first.id, ArticleState.PUBLISHED, False),
    ]


async def test_a_page_taken_again_is_found_only_while_it_says_much_the_same(newsroom: Newsroom) -> None:
    await taken(newsroom, *BODY, url="https://example.ru/a")
    assert await found(newsroom, await taken(newsroom, *OTHER, title="Премьера", url="http://www.example.ru/a/")) == []


async def test_a_draft_that_is_changed_is_compared_as_it_is_now(newsroom: Newsroom) -> None:
    first = await taken(newsroom, *BODY)
    second = await taken(newsroom, *BODY)
    await newsroom.replace_text(first.id, 5, [paragraph("Премьера"), *map(paragraph, OTHER)])
    assert await found(newsroom, second) == []
    await newsroom.replace_text(first.id, 6, [paragraph(TITLE), *map(paragraph, BODY)])
    assert await found(newsroom, second) == [(first.id, 100, True)]


async def test_marks_are_kept_for_drafts_alone_and_made_where_they_are_missing(
    newsroom: Newsroom, database: Database
) -> None:
    await published(newsroom, database, await taken(newsroom, *BODY, title="Садовая"))
    assert await marked(database) == 0
    first = await taken(newsroom, *BODY)
    async with database.write() as connection:
        await connection.execute(delete(article_marks))
    second = await taken(newsroom, *BODY)
    await newsroom.load_index()
    assert await marked(database) == 2
    assert (first.id, 100, True) in await found(newsroom, second)
    await newsroom.discard(first.id)
    assert await marked(database) == 1


async def test_what_was_deleted_meanwhile_cannot_be_compared(newsroom: Newsroom) -> None:
    first, second = await taken(newsroom, *BODY), await taken(newsroom, *BODY)
    await newsroom.discard(first.id)
    with pytest.raises(ArticleMissing):
        await newsroom.compare(second.id, first.id)


async def marked(database: Database) -> int:
    async with database.read() as connection:
        statement = select(func.count(func.distinct(article_marks.c.article_id)))
        return int((await connection.execute(statement)).scalar_one())
