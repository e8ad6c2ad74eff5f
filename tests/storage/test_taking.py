"""Texts that come whole: many in one transaction are what they would be one after another."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.articles import Article, ArticleId, UserId
from digests.blocks import Block, Kind, Span, paragraph
from digests.collecting import Arrival, Part
from digests.errors import EmptyText, NoLetters, TextTooLong
from digests.labels import Label
from digests.newsroom import Newsroom
from digests.origins import Origin, Sourced
from digests.related import RelatedIndex
from digests.sections import ARTICLE_LIMIT
from digests.sightings import ARTICLES_OF_SITE, Sight, Sightings
from digests.storage import lines, rules
from digests.storage.engine import Database
from digests.storage.schema import article_parts, articles
from digests.storage.schema_cutting import line_marks, site_lines
from digests.storage.schema_stories import article_marks
from digests.taking import Taking, Whole
from tests import factories
from tests.clocks import FakeClock

EDITOR = UserId(7)
PROSE = "Опоры моста {} просели на пять сантиметров, и ездить по нему стало опасно. Так решила комиссия мэрии."
OTHER = "Автобусы пойдут по Речной улице, а трамвай номер {} остановят до марта, сказали в управлении дорог."
SLOGAN = "Город говорит с вами каждое утро"  # of the page, as its coming again tells
CALL = "Погода на завтра и курсы валют"  # of the page, as an editor told


@pytest.fixture
def newsroom(database: Database) -> Newsroom:
    return Newsroom(database, FakeClock(), RelatedIndex())


def text(name: str, *inserted: str, site: str = "gorod.example") -> Sourced:
    title = Block(kind=Kind.HEADING, spans=(Span(text=f"Мост закроют: {name}"),))
    body = (PROSE.format(name), *inserted, OTHER.format(name), SLOGAN)
    return Sourced(blocks=(title, *map(paragraph, body)), origin=Origin(site=site, url=f"https://{site}/{name}"))


def whole(sourced: Sourced) -> Whole:
    part = Part(message_id=0, arrival=Arrival.SOURCE, received_at=factories.NOW, blocks=sourced.blocks)
    return Whole(part=part, origin=sourced.origin)


def cutting(article: Article) -> tuple[object, ...]:
    return (article.title, article.title_origin, article.lead, article.sections, article.removed, article.source_links)


async def kept_of(database: Database, site: str, numbers: list[ArticleId]) -> list[object]:
    """Return what is kept of articles of a site besides their text, but for their numbers."""
    place = {number: at for at, number in enumerate(numbers)}
    found: list[object] = []
    async with database.read() as connection:
        for table in (line_marks, article_marks, article_parts, site_lines):
            rows = [row._asdict() for row in await connection.execute(select(table))]
            kept = [row for row in rows if row["article_id"] in place]
            found.append(sorted(str({**row, "article_id": place[row["article_id"]], "site": ""}) for row in kept))
        found.append([(rule.sample, rule.uses) for rule in (await rules.page(connection, site, 0, 9))[0]])
    return found


async def teach(database: Database, site: str) -> None:
    async with database.write() as connection:
        said = (CALL.casefold(), Label.FURNITURE, CALL)
        await rules.put(connection, site, said, EDITOR, factories.NOW)


async def test_many_at_once_are_cut_and_kept_as_one_after_another(newsroom: Newsroom, database: Database) -> None:
    names = [f"вариант{number}" for number in range(ARTICLES_OF_SITE + 7)]
    for site in ("one.example", "all.example"):
        await teach(database, site)
    one_by_one = [
        await newsroom.take(EDITOR, text(name, *[CALL] * (at % 3 == 0), site="one.example"))
        for at, name in enumerate(names)
    ]
    texts = [text(name, *[CALL] * (at % 3 == 0), site="all.example") for at, name in enumerate(names)]
    taking = Taking(database, FakeClock())
    taken = [*await taking.take(EDITOR, [whole(one) for one in texts[:40]])]
    taken += await taking.take(EDITOR, [whole(one) for one in texts[40:]])
    together = [await newsroom.article(one.number) for one in taken]
    assert [cutting(article) for article in together] == [cutting(article) for article in one_by_one]
    assert [len(article.removed) for article in together[:4]] == [1, 0, 1, 2]  # the slogan from the third article on
    ours = await kept_of(database, "all.example", [one.id for one in together])
    assert ours == await kept_of(database, "one.example", [one.id for one in one_by_one])
    assert all(ours)


async def test_several_sources_at_once_do_not_teach_one_another(newsroom: Newsroom) -> None:
    sites = ("a.example", "b.example", "c.example")
    taken = await newsroom.take_all(EDITOR, [text(f"слово{at}", site=sites[at % 3]) for at in range(9)])
    found = [await newsroom.article(one.number) for one in taken]
    assert [bool(article.removed) for article in found] == [False] * 6 + [True] * 3


async def test_a_text_that_is_here_word_for_word_is_not_taken_again(newsroom: Newsroom, database: Database) -> None:
    draft = await newsroom.take(EDITOR, text("первый"))
    rubric = await factories.rubric(database)
    other = await newsroom.file_under((await newsroom.take(EDITOR, text("второй"))).id, rubric.id)
    await newsroom.publish(other.id, other.revision)
    names = ("третий", "второй", "третий", "первый", "четвёртый")
    taken = await newsroom.take_all(EDITOR, [text(name) for name in names])
    assert [one.is_new for one in taken] == [True, False, False, False, True]
    assert (taken[1].article, taken[3].article) == (other.id, draft.id)
    assert taken[2].article == taken[0].article
    assert [one.title for one in taken] == [f"Мост закроют: {name}" for name in names]


async def test_a_text_changed_by_a_word_is_taken(newsroom: Newsroom) -> None:
    await newsroom.take(EDITOR, text("первый"))
    [taken] = await newsroom.take_all(EDITOR, [text("первый", "Объезд уже открыт для всех, кроме грузовых машин.")])
    assert taken.is_new


async def test_what_is_no_article_is_told_and_the_others_come(newsroom: Newsroom) -> None:
    long = Sourced(blocks=(paragraph("ы" * (ARTICLE_LIMIT + 1)),))
    some = [text("первый"), Sourced(blocks=()), Sourced(blocks=(paragraph("***"),)), long, text("второй")]
    taken = await newsroom.take_all(EDITOR, some)
    assert [type(one.error) for one in taken[1:4]] == [EmptyText, NoLetters, TextTooLong]
    titles = [(await newsroom.article(taken[at].number)).title for at in (0, 4)]
    assert titles == ["Мост закроют: первый", "Мост закроют: второй"]
    with pytest.raises(NoLetters):
        _ = taken[2].number


async def test_nothing_is_taken_of_nothing(newsroom: Newsroom) -> None:
    assert await newsroom.take_all(EDITOR, []) == []
    [taken] = await newsroom.take_all(EDITOR, [Sourced(blocks=())])
    assert isinstance(taken.error, EmptyText)


async def test_all_drafts_are_stored_or_none(database: Database) -> None:
    async def fails(connection: AsyncConnection, number: ArticleId) -> None:
        raise OSError("the power went")

    first, last = whole(text("первый")), whole(text("второй"))
    with pytest.raises(OSError, match="power"):
        await Taking(database, FakeClock()).take(EDITOR, [first, Whole(part=last.part, beside=fails)])
    async with database.read() as connection:
        for table in (articles, article_parts, article_marks, site_lines):
            assert (await connection.execute(select(func.count()).select_from(table))).scalar_one() == 0


async def test_texts_without_a_site_are_the_pastes_of_their_author(newsroom: Newsroom, database: Database) -> None:
    some = [Sourced(blocks=text(f"слово{at}").blocks) for at in range(3)]
    found = [await newsroom.article(one.number) for one in await newsroom.take_all(EDITOR, some)]
    assert [bool(article.removed) for article in found] == [False, False, True]
    async with database.read() as connection:
        assert len((await lines.sights(connection, ["pastes of 7"]))["pastes of 7"]) == 3


def test_an_article_that_is_forgotten_repeats_nothing() -> None:
    sightings = Sightings(Sight(f"text {at}", frozenset({"line"})) for at in range(2))
    assert sightings.repeated("new") == {"line"}
    assert sightings.repeated("text 1") == set()  # its own text tells nothing
    for at in range(ARTICLES_OF_SITE - 1):
        sightings.add(Sight(f"later {at}", frozenset({f"own line {at}"})))
    assert sightings.repeated("new") == set()
