"""Rows that tests start from: only what matters to a test is spelled out in it."""

from datetime import UTC, datetime, time

from sqlalchemy import insert

from digests.articles import Article, ArticleId, ArticleState, Draft, Section, SourceLink, TitleOrigin, UserId
from digests.blocks import Span, paragraph
from digests.readers import EVERY_DAY, ReaderId, ReaderState
from digests.rubrics import Choice, Rubric
from digests.storage import articles, rubrics, schema
from digests.storage.engine import Database
from digests.storage.instants import seconds, seconds_or_none

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)  # what FakeClock begins with
AUTHOR = UserId(100)


async def rubric(database: Database, name: str = "Город", emoji: str = "") -> Rubric:
    """A rubric; asking for the same name again gives the same one."""
    async with database.write() as connection:
        return await rubrics.add(connection, name, emoji)


def cut_text(
    title: str = "Мост на Садовой закроют до весны",
    lead: str = "Объезд пойдёт по Речной.",
    sections: dict[str, str] | None = None,
    links: tuple[str, ...] = (),
) -> Draft:
    """A text as cut: sections are a heading and one paragraph each; an empty heading makes an untitled one."""
    given = {"Почему закрывают": "Опоры моста устали, и ремонт займёт четыре месяца."} if sections is None else sections
    return Draft(
        title=title,
        title_origin=TitleOrigin.TEXT,
        lead=(paragraph(lead),) if lead else (),
        sections=tuple(
            Section(heading=(Span(text=heading),) if heading else (), blocks=(paragraph(text),))
            for heading, text in given.items()
        ),
        removed=(),
        source_links=tuple(SourceLink(title=link) for link in links),
    )


async def article(
    database: Database,
    title: str = "Мост на Садовой закроют до весны",
    *,
    state: ArticleState = ArticleState.PUBLISHED,
    rubric_name: str = "Город",
    at: datetime = NOW,
    summary: str = "Мост на Садовой закроют до весны.",
    content: Draft | None = None,
    author: UserId = AUTHOR,
) -> Article:
    """An article in any state, by default published at the fake clock's beginning."""
    under = await rubric(database, rubric_name)
    values = {
        **articles.content_values(content or cut_text(title)),
        "state": state.value,
        "rubric_id": under.id,
        "summary": summary,
        "published_at": None if state is ArticleState.DRAFT else seconds(at),
    }
    async with database.write() as connection:
        number = await articles.add(connection, author, at, values)
        found = await articles.find(connection, number)
    assert found is not None
    return found


async def numbered(database: Database, count: int, rubric_name: str = "Город") -> list[ArticleId]:
    """So many published articles with different titles, oldest first, a minute apart up to NOW."""
    instants = [datetime.fromtimestamp(NOW.timestamp() - 60 * back, UTC) for back in reversed(range(count))]
    made = [
        await article(database, f"Новость номер {number}", rubric_name=rubric_name, at=at)
        for number, at in enumerate(instants, 1)
    ]
    return [one.id for one in made]


async def reader(
    database: Database,
    chat_id: int = 1,
    *,
    state: ReaderState = ReaderState.ACTIVE,
    language: str = "ru",
    zone: str = "Europe/Moscow",
    at: time = time(8, 0),
    days: int = EVERY_DAY,
    choice: Choice | None = None,
    covered_until: datetime = NOW,
    next_due: datetime | None = None,
    paused_until: datetime | None = None,
    joined_at: datetime = NOW,
) -> ReaderId:
    """A reader's row as given; nothing in it is computed."""
    statement = insert(schema.readers).values(
        chat_id=chat_id,
        state=state.value,
        language=language,
        zone=zone,
        digest_time=at.hour * 60 + at.minute,
        days=days,
        rubrics=(choice or Choice()).key,
        paused_until=seconds_or_none(paused_until),
        covered_until=seconds(covered_until),
        next_due=seconds_or_none(next_due),
        joined_at=seconds(joined_at),
    )
    async with database.write() as connection:
        result = await connection.execute(statement.returning(schema.readers.c.id))
        return ReaderId(result.scalar_one())
