"""Similar articles: stored when one is published, refreshed for older ones, right after a crash and a restart."""

import asyncio
import threading

import pytest
from sqlalchemy import delete, select, text, update

from digests.articles import Article, ArticleId, ArticleState, RelatedKind
from digests.blocks import paragraph
from digests.errors import ArticleMissing, DatabaseUnusable
from digests.newsroom import Newsroom
from digests.related import RelatedIndex
from digests.shelf import Shelf
from digests.storage import articles, schema, schema_terms
from digests.storage.engine import Database
from tests import factories
from tests.clocks import FakeClock

BRIDGE = "Мост через реку на Садовой закрывают: опоры моста устали, ремонт опор займёт зиму."
BRIDGE_AGAIN = "Ремонт моста на Садовой затянулся: опоры моста меняют, мост через реку закрыт."
BRIDGE_OPEN = "Мост через реку на Садовой открыли после ремонта: новые опоры простоят сто лет."
THEATRE = "В театре премьера: режиссёр поставил комедию Гоголя, актёры репетировали всю осень."


@pytest.fixture
def newsroom(database: Database, clock: FakeClock) -> Newsroom:
    return Newsroom(database, clock, RelatedIndex())


async def draft(database: Database, title: str, body: str) -> Article:
    content = factories.cut_text(title, lead="", sections={"": body})
    return await factories.article(database, title, state=ArticleState.DRAFT, content=content)


async def published(newsroom: Newsroom, database: Database, title: str, body: str) -> ArticleId:
    made = await draft(database, title, body)
    await newsroom.publish(made.id, made.revision)
    return made.id


async def similar(database: Database, article: ArticleId) -> list[ArticleId]:
    """What is stored, best first."""
    table = schema.related
    statement = select(table.c.target_id).where(
        table.c.article_id == article, table.c.kind == RelatedKind.SIMILAR.value
    )
    async with database.read() as connection:
        return list((await connection.execute(statement.order_by(table.c.position))).scalars())


async def test_similar_articles_find_each_other_the_older_one_too(newsroom: Newsroom, database: Database) -> None:
    older = await published(newsroom, database, "Мост закрыли", BRIDGE)
    await published(newsroom, database, "Премьера", THEATRE)
    assert await similar(database, older) == []
    newer = await published(newsroom, database, "Ремонт затянулся", BRIDGE_AGAIN)
    assert await similar(database, newer) == [older]
    assert await similar(database, older) == [newer]


async def test_a_withdrawn_article_leaves_the_lists_of_its_neighbours(newsroom: Newsroom, database: Database) -> None:
    older = await published(newsroom, database, "Мост закрыли", BRIDGE)
    newer = await published(newsroom, database, "Ремонт затянулся", BRIDGE_AGAIN)
    await newsroom.withdraw(newer)
    assert await similar(database, older) == []
    assert await similar(database, newer) == []


async def test_a_correction_changes_the_lists_it_touches(newsroom: Newsroom, database: Database) -> None:
    older = await published(newsroom, database, "Мост закрыли", BRIDGE)
    newer = await published(newsroom, database, "Ремонт затянулся", BRIDGE_AGAIN)
    stage = await published(newsroom, database, "Премьера", THEATRE)
    blocks = factories.cut_text(lead="", sections={"": THEATRE + " Комедию Гоголя покажут дважды."}).sections[0].blocks
    await newsroom.retitle(newer, "Комедия Гоголя в театре")
    await newsroom.replace_text(newer, 9, blocks)
    assert await similar(database, older) == []
    assert await similar(database, stage) == [newer]
    assert await similar(database, newer) == [stage]


async def test_drafts_and_withdrawn_articles_are_similar_to_nothing(newsroom: Newsroom, database: Database) -> None:
    waiting = await draft(database, "Мост закрыли", BRIDGE)
    newer = await published(newsroom, database, "Ремонт затянулся", BRIDGE_AGAIN)
    assert await similar(database, newer) == []
    assert await similar(database, waiting.id) == []


async def test_after_a_restart_the_index_knows_what_was_published_before(
    newsroom: Newsroom, database: Database, clock: FakeClock
) -> None:
    older = await published(newsroom, database, "Мост закрыли", BRIDGE)
    index = RelatedIndex()
    restarted = Newsroom(database, clock, index)
    await restarted.load_index()
    assert older in index
    newer = await published(restarted, database, "Ремонт затянулся", BRIDGE_AGAIN)
    assert await similar(database, newer) == [older]


async def test_what_another_program_published_or_withdrew_is_taken_in(
    newsroom: Newsroom, database: Database, clock: FakeClock
) -> None:
    other = Newsroom(database, clock, RelatedIndex())
    await newsroom.load_index()
    older = await published(other, database, "Мост закрыли", BRIDGE)
    newer = await published(newsroom, database, "Ремонт затянулся", BRIDGE_AGAIN)
    assert await similar(database, newer) == [older]
    await newsroom.withdraw(older)
    last = await published(other, database, "Мост открыли", BRIDGE_OPEN)
    assert await similar(database, last) == [newer]


async def test_a_change_that_was_not_stored_is_forgotten_by_the_index(database: Database) -> None:
    index = RelatedIndex()
    shelf = Shelf(database, index)
    older = await factories.article(database, content=factories.cut_text("Мост закрыли", "", {"": BRIDGE}))
    waiting = await draft(database, "Ремонт затянулся", BRIDGE_AGAIN)
    with pytest.raises(ZeroDivisionError):
        async with shelf.changing(waiting.id, waiting):
            raise ZeroDivisionError
    await shelf.load()
    assert waiting.id not in index
    assert older.id in index


async def test_a_correction_that_was_not_stored_leaves_the_text_of_the_database(database: Database) -> None:
    index = RelatedIndex()
    shelf = Shelf(database, index)
    older = await factories.article(database, content=factories.cut_text("Мост закрыли", "", {"": BRIDGE}))
    other = await factories.article(database, content=factories.cut_text("Ремонт", "", {"": BRIDGE_AGAIN}))
    stage = await draft(database, "Премьера", THEATRE)
    with pytest.raises(ZeroDivisionError):
        async with shelf.changing(other.id, stage):
            raise ZeroDivisionError
    assert [found for found, _ in await shelf.similar(older, 5)] == [other.id]


async def test_publishing_cut_off_at_any_moment_leaves_all_or_nothing(database: Database, clock: FakeClock) -> None:
    newsroom = Newsroom(database, clock, RelatedIndex())
    older = await published(newsroom, database, "Мост закрыли", BRIDGE)
    waiting = await draft(database, "Ремонт затянулся", BRIDGE_AGAIN)
    for steps in range(0, 60, 6):
        async with asyncio.TaskGroup() as group:
            task = group.create_task(newsroom.publish(waiting.id, waiting.revision))
            for _ in range(steps):
                await asyncio.sleep(0)
            task.cancel()
        is_published = (await newsroom.article(waiting.id)).state is ArticleState.PUBLISHED
        assert await similar(database, older) == ([waiting.id] if is_published else [])
    await newsroom.publish(waiting.id, waiting.revision)
    assert await similar(database, older) == [waiting.id]
    assert await similar(database, waiting.id) == [older]


async def test_a_failing_database_publishes_nothing_and_the_next_attempt_does(
    newsroom: Newsroom, database: Database
) -> None:
    if database.dialect != "sqlite":
        pytest.skip("the disk is made full by a setting of SQLite")
    older = await published(newsroom, database, "Мост закрыли", BRIDGE)
    waiting = await draft(database, "Ремонт затянулся", BRIDGE_AGAIN)
    longer = paragraph(BRIDGE_AGAIN + " Опоры." * 20_000)
    async with database.write() as connection:
        await connection.execute(text("PRAGMA max_page_count = 1"))  # which means: as many as there are
    with pytest.raises(DatabaseUnusable, match="full"):
        await newsroom.replace_text(older, 9, [paragraph("Мост"), longer])
    async with database.write() as connection:
        await connection.execute(text("PRAGMA max_page_count = 1000000"))
    await newsroom.publish(waiting.id, waiting.revision)
    assert await similar(database, waiting.id) == [older]


class TestChoosing:
    async def test_candidates_are_similar_published_articles_with_the_chosen_ones_first(
        self, newsroom: Newsroom, database: Database
    ) -> None:
        bridge = await published(newsroom, database, "Мост закрыли", BRIDGE)
        stage = await published(newsroom, database, "Премьера", THEATRE)
        waiting = await draft(database, "Ремонт затянулся", BRIDGE_AGAIN)
        await draft(database, "Мост открыли", BRIDGE_OPEN)
        assert [(one.id, chosen) for one, chosen in await newsroom.candidates(waiting.id)] == [(bridge, False)]
        for _ in range(2):
            await newsroom.choose_related(waiting.id, stage, True)
        found = await newsroom.candidates(waiting.id)
        assert [(one.id, chosen) for one, chosen in found] == [(stage, True), (bridge, False)]
        assert [one.id for one, _ in await newsroom.candidates(waiting.id, 1)] == [stage]
        for _ in range(2):
            await newsroom.choose_related(waiting.id, stage, False)
        assert [(one.id, chosen) for one, chosen in await newsroom.candidates(waiting.id)] == [(bridge, False)]

    async def test_choices_keep_the_order_in_which_they_were_made(self, newsroom: Newsroom, database: Database) -> None:
        ids = await factories.numbered(database, 3)
        waiting = await draft(database, "Премьера", THEATRE)
        for target in (ids[1], ids[2], ids[0]):
            await newsroom.choose_related(waiting.id, target, True)
        chosen = [one.id for one, is_chosen in await newsroom.candidates(waiting.id) if is_chosen]
        assert chosen == [ids[1], ids[2], ids[0]]

    async def test_only_published_articles_can_be_chosen_and_never_the_article_itself(
        self, newsroom: Newsroom, database: Database
    ) -> None:
        bridge = await published(newsroom, database, "Мост закрыли", BRIDGE)
        waiting = await draft(database, "Премьера", THEATRE)
        for article, target in ((bridge, waiting.id), (bridge, bridge), (bridge, ArticleId(404)), (404, bridge)):
            with pytest.raises(ArticleMissing):
                await newsroom.choose_related(ArticleId(article), target, True)

    async def test_looking_for_candidates_leaves_a_draft_out_of_the_index(
        self, database: Database, clock: FakeClock
    ) -> None:
        index = RelatedIndex()
        newsroom = Newsroom(database, clock, index)
        waiting = await draft(database, "Премьера", THEATRE)
        await newsroom.candidates(waiting.id)
        assert waiting.id not in index


async def test_many_articles_are_loaded_in_batches(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digests.shelf.BATCH", 3)
    ids = await factories.numbered(database, 8)
    index = RelatedIndex()
    await Shelf(database, index).load()
    assert all(article in index for article in ids)
    async with database.read() as connection:
        assert await articles.published_fingerprint(connection) == (8, 8, sum(ids))


class StubbornIndex(RelatedIndex):
    """An index that cannot read texts."""

    def made(self, title: str, text: str) -> bytes:
        raise AssertionError(f"read again: {title}")


class SlowIndex(RelatedIndex):
    """An index that takes nothing in until it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.is_asked, self.may_go_on = threading.Event(), threading.Event()

    def is_sound(self, record: bytes) -> bool:
        self.is_asked.set()
        assert self.may_go_on.wait(30)
        return super().is_sound(record)


async def reasons(database: Database, article: ArticleId) -> list[str]:
    table = schema.related
    async with database.read() as connection:
        return list((await connection.execute(select(table.c.reasons).where(table.c.article_id == article))).scalars())


async def test_both_articles_say_why_they_are_similar(newsroom: Newsroom, database: Database) -> None:
    older = await published(newsroom, database, "Мост закрыли", BRIDGE)
    newer = await published(newsroom, database, "Ремонт затянулся", BRIDGE_AGAIN)
    assert await reasons(database, newer) == await reasons(database, older) == ["мост, ремонт, Садовой"]


async def test_reasons_of_others_outlive_a_change_and_follow_a_correction(
    newsroom: Newsroom, database: Database
) -> None:
    older = await published(newsroom, database, "Мост закрыли", BRIDGE)
    middle = await published(newsroom, database, "Мост открыли", BRIDGE_OPEN)
    newer = await published(newsroom, database, "Ремонт затянулся", BRIDGE_AGAIN)
    before = {one: await reasons(database, one) for one in (older, middle)}
    await newsroom.withdraw(newer)
    assert [len(await reasons(database, one)) for one in (older, middle)] == [1, 1]
    assert all([set(await reasons(database, one)) <= set(before[one]) for one in (older, middle)])
    await newsroom.retitle(middle, "Сто лет опорам")
    assert (await reasons(database, older))[0] != ""


async def test_a_start_reads_no_text_again(newsroom: Newsroom, database: Database, clock: FakeClock) -> None:
    older = await published(newsroom, database, "Мост закрыли", BRIDGE)
    newer = await published(newsroom, database, "Ремонт затянулся", BRIDGE_AGAIN)
    index = StubbornIndex()
    await Newsroom(database, clock, index).load_index()
    assert [found for found, _ in index.similar(older)] == [newer]


@pytest.mark.parametrize("spoilt", ["cut", "old", "gone"])
async def test_terms_that_are_damaged_of_another_revision_or_missing_are_made_anew(
    newsroom: Newsroom, database: Database, clock: FakeClock, spoilt: str
) -> None:
    older = await published(newsroom, database, "Мост закрыли", BRIDGE)
    newer = await published(newsroom, database, "Ремонт затянулся", BRIDGE_AGAIN)
    table = schema_terms.article_terms
    async with database.write() as connection:
        row = (await connection.execute(select(table.c.terms).where(table.c.article_id == older))).scalar_one()
        if spoilt == "gone":
            await connection.execute(delete(table))
        else:
            values = {"terms": row[:-1]} if spoilt == "cut" else {"revision": 0}
            await connection.execute(update(table).values(values))
    index = RelatedIndex()
    await Newsroom(database, clock, index).load_index()
    assert [found for found, _ in index.similar(older)] == [newer]
    again = StubbornIndex()
    await Newsroom(database, clock, again).load_index()
    assert [found for found, _ in again.similar(older)] == [newer]


async def test_two_programs_that_start_at_once_both_know_everything(database: Database, clock: FakeClock) -> None:
    await factories.numbered(database, 120)
    indexes = [RelatedIndex(), RelatedIndex()]
    async with asyncio.TaskGroup() as group:
        for index in indexes:
            group.create_task(Newsroom(database, clock, index).load_index())
    assert [len(index) for index in indexes] == [120, 120]
    async with database.read() as connection:
        kept = (await connection.execute(select(schema_terms.article_terms.c.article_id))).all()
    assert len(kept) == 120


async def test_while_the_index_is_filled_articles_are_published_and_listed_at_its_end(
    newsroom: Newsroom, database: Database, clock: FakeClock
) -> None:
    older = await published(newsroom, database, "Мост закрыли", BRIDGE)
    index = SlowIndex()
    restarted = Newsroom(database, clock, index)
    async with asyncio.TaskGroup() as group:
        group.create_task(restarted.load_index())
        await asyncio.to_thread(index.is_asked.wait, 30)
        newer = await published(restarted, database, "Ремонт затянулся", BRIDGE_AGAIN)
        assert await similar(database, newer) == []
        index.may_go_on.set()
    assert await similar(database, newer) == [older]
    assert await similar(database, older) == [newer]
    assert await reasons(database, newer) == ["мост, ремонт, Садовой"]


async def test_lists_that_were_owed_at_a_crash_are_made_after_it(
    newsroom: Newsroom, database: Database, clock: FakeClock
) -> None:
    older = await published(newsroom, database, "Мост закрыли", BRIDGE)
    index = SlowIndex()
    crashed = Newsroom(database, clock, index)
    async with asyncio.TaskGroup() as group:
        filling = group.create_task(crashed.load_index())
        await asyncio.to_thread(index.is_asked.wait, 30)
        newer = await published(crashed, database, "Ремонт затянулся", BRIDGE_AGAIN)
        filling.cancel()
        index.may_go_on.set()
    assert await similar(database, newer) == []
    await Newsroom(database, clock, RelatedIndex()).load_index()
    assert await similar(database, newer) == [older]
    assert await similar(database, older) == [newer]
