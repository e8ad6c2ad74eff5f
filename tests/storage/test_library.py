"""Readers at the shelves: pages of articles, editions, lists and bookmarks."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import event, insert

from digests.articles import ArticleId, ArticleState
from digests.blocks import paragraph, plain
from digests.copies import Copies
from digests.editions import EditionId
from digests.errors import ArticleMissing, EditionMissing
from digests.library import Library, SectionPage
from digests.newsroom import Newsroom
from digests.related import RelatedIndex
from digests.rubrics import Choice
from digests.storage import schema
from digests.storage.engine import Database
from digests.storage.instants import seconds
from tests import factories
from tests.clocks import FakeClock

LONG = " ".join(f"Предложение номер {number} рассказывает о ремонте моста." for number in range(400))


@pytest.fixture
def library(database: Database, clock: FakeClock) -> Library:
    return Library(database, clock)


@pytest.fixture
def newsroom(database: Database, clock: FakeClock) -> Newsroom:
    return Newsroom(database, clock, RelatedIndex())


async def edition_of(database: Database, *ids: ArticleId) -> EditionId:
    """An edition with these articles in this order."""
    rubric = await factories.rubric(database)
    values = {
        "key": "-".join(map(str, ids)),
        "language": "ru",
        "local_date": date(2026, 11, 23).isoformat(),
        "slot": 480,
        "until": seconds(factories.NOW),
        "stories": "[]",
        "composed_at": seconds(factories.NOW),
    }
    async with database.write() as connection:
        made = await connection.execute(insert(schema.editions).values(values).returning(schema.editions.c.id))
        number = made.scalar_one()
        rows = [
            {"edition_id": number, "position": position, "article_id": article, "rubric_id": rubric.id}
            for position, article in enumerate(ids)
        ]
        await connection.execute(insert(schema.edition_articles), rows)
    return EditionId(number)


async def read_on(library: Library, article: ArticleId) -> list[SectionPage]:
    """All pages of an article, got by pressing the button that leads on."""
    pages = [await library.page(article, 0, 0)]
    while pages[-1].next:
        pages.append(await library.page(article, *pages[-1].next))
    return pages


class TestPages:
    async def test_the_first_page_shows_the_lead_and_the_first_section(
        self, library: Library, database: Database
    ) -> None:
        article = await factories.article(database)
        page = await library.page(article.id, 0, 0)
        assert page.title == article.title
        assert page.rubric is not None
        assert page.rubric.name == "Город"
        assert page.section_title == "Почему закрывают"
        assert "Объезд" in plain(page.blocks)
        assert (page.section, page.sections, page.page, page.pages) == (0, 1, 0, 1)
        assert (page.next, page.previous, page.next_article) == (None, None, None)
        assert page.published_at == factories.NOW
        assert page.corrected_at is None
        assert page.minutes >= 1

    async def test_reading_on_walks_the_pages_of_a_section_and_then_the_next_section(
        self, library: Library, database: Database
    ) -> None:
        content = factories.cut_text(sections={"Длинный": LONG, "Короткий": "Движение вернут в апреле.", "Ещё": LONG})
        article = await factories.article(database, content=content)
        pages = await read_on(library, article.id)
        places = [(page.section, page.page) for page in pages]
        assert places == sorted(set(places))
        assert [page.section_title for page in pages if page.page == 0] == ["Длинный", "Короткий", "Ещё"]
        assert all(page.pages > 1 for page in pages if page.section != 1)
        assert [page.previous for page in pages] == [None, *places[:-1]]
        shown = " ".join(plain(page.blocks) for page in pages)
        assert all(f"Предложение номер {number} " in shown for number in range(400))

    async def test_a_button_to_a_section_that_is_gone_shows_the_nearest(
        self, library: Library, database: Database
    ) -> None:
        article = await factories.article(database)
        assert await library.page(article.id, 7, 9) == await library.page(article.id, 0, 0)
        assert await library.page(article.id, -1, -5) == await library.page(article.id, 0, 0)

    async def test_drafts_and_unknown_articles_are_missing_to_readers(
        self, library: Library, database: Database
    ) -> None:
        draft = await factories.article(database, state=ArticleState.DRAFT)
        for article in (draft.id, ArticleId(404)):
            with pytest.raises(ArticleMissing):
                await library.page(article, 0, 0)
            with pytest.raises(ArticleMissing):
                await library.related(article)
        with pytest.raises(ArticleMissing):
            await library.page(ArticleId(404), 0, 0, drafts=True)

    async def test_an_editor_sees_a_draft_as_readers_will(
        self, library: Library, database: Database, newsroom: Newsroom
    ) -> None:
        draft = await factories.article(database, state=ArticleState.DRAFT)
        preview = await library.page(draft.id, 0, 0, drafts=True)
        await newsroom.publish(draft.id, draft.revision)
        page = await library.page(draft.id, 0, 0)
        assert (preview.state, preview.published_at) == (ArticleState.DRAFT, None)
        assert replace(preview, state=page.state, published_at=page.published_at) == page

    async def test_a_correction_is_seen_at_once_and_says_when_it_was_made(
        self, library: Library, database: Database, newsroom: Newsroom, clock: FakeClock
    ) -> None:
        article = await factories.article(database)
        await library.page(article.id, 0, 0)
        clock.advance(600)
        await newsroom.replace_text(article.id, 9, [paragraph("Мост"), paragraph("Мост открыт для всех машин снова.")])
        page = await library.page(article.id, 0, 0)
        assert "открыт для всех" in plain(page.blocks)
        assert page.corrected_at == clock.now()
        assert page.published_at == factories.NOW

    async def test_a_withdrawn_article_has_no_text_but_leads_on(
        self, library: Library, database: Database, newsroom: Newsroom
    ) -> None:
        first, second = await factories.numbered(database, 2)
        edition = await edition_of(database, first, second)
        await library.page(first, 0, 0)
        await newsroom.withdraw(first)
        page = await library.page(first, 0, 0, edition=edition)
        assert page.state is ArticleState.WITHDRAWN
        assert page.blocks == ()
        assert page.next_article == second
        assert await library.related(first) == ()

    async def test_the_next_article_is_that_of_the_edition_and_never_a_withdrawn_one(
        self, library: Library, database: Database, newsroom: Newsroom
    ) -> None:
        one, two, three = await factories.numbered(database, 3)
        edition = await edition_of(database, three, one, two)

        async def after(article: ArticleId) -> ArticleId | None:
            return (await library.page(article, 0, 0, edition=edition)).next_article

        assert [await after(article) for article in (three, one, two)] == [one, two, None]
        await newsroom.withdraw(one)
        assert await after(three) == two
        outsider = await factories.article(database, "Не из выпуска")
        assert await after(outsider.id) is None

    async def test_an_article_without_sections_or_text_has_one_page(self, library: Library, database: Database) -> None:
        bare = await factories.article(database, content=factories.cut_text(lead="", sections={}))
        page = await library.page(bare.id, 0, 0)
        assert (page.sections, page.pages, page.section_title) == (1, 1, "")

    async def test_three_hundred_sections_are_all_reached(self, library: Library, database: Database) -> None:
        sections = {f"Глава {number}": f"Текст главы {number}." for number in range(300)}
        article = await factories.article(database, content=factories.cut_text(sections=sections))
        pages = await read_on(library, article.id)
        assert [page.section_title for page in pages] == list(sections)


class TestCopies:
    async def test_a_second_tap_costs_one_statement(self, library: Library, database: Database) -> None:
        links = ("Мост на Речной открыт", "Чего у нас нет")
        article = await factories.article(database, content=factories.cut_text(links=links))
        await factories.article(database, links[0])
        edition = await edition_of(database, article.id)
        first = await library.page(article.id, 0, 0, edition=edition)
        statements: list[str] = []
        engine = database._reader.sync_engine

        def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
            statements.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        assert await library.page(article.id, 0, 0, edition=edition) == first
        event.remove(engine, "before_cursor_execute", note)
        assert len(statements) == 1

    async def test_many_readers_of_a_new_article_cut_it_once(self, library: Library, database: Database) -> None:
        article = await factories.article(database, content=factories.cut_text(sections={"Длинный": LONG}))
        pages = await asyncio.gather(*(library.page(article.id, 0, 1) for _ in range(20)))
        assert all(page.blocks is pages[0].blocks for page in pages)

    async def test_copies_stay_within_their_bounds(self, database: Database) -> None:
        ids = await factories.numbered(database, 6)
        few = Copies(database, most=3)
        for article in ids:
            await few.fetched(article, 1)
        assert len(few) == 3
        assert few.known(ids[-1]) is not None
        assert few.known(ids[0]) is None
        small = Copies(database, most_characters=100)
        for article in ids:
            await small.fetched(article, 1)
        assert len(small) == 1


class TestRelated:
    async def test_the_editors_choice_comes_first_then_the_sources_titles_then_similar_texts(
        self, library: Library, database: Database, newsroom: Newsroom
    ) -> None:
        chosen = await factories.article(database, "Выбор редакции")
        known = await factories.article(database, "Как ездить в объезд: схема")
        content = factories.cut_text(links=("Чего у нас нет", "Как ездить в объезд – схема"))
        draft = await factories.article(database, state=ArticleState.DRAFT, content=content)
        similar = await factories.article(database, "Мост на Садовой: опоры устали", content=factories.cut_text())
        await newsroom.choose_related(draft.id, chosen.id, True)
        await newsroom.publish(draft.id, draft.revision)
        found = await library.related(draft.id)
        assert [(entry.kind.value, entry.article_id) for entry in found[:3]] == [
            ("editor", chosen.id),
            ("source", None),
            ("source", known.id),
        ]
        assert found[1].title == "Чего у нас нет"
        assert found[2].title == "Как ездить в объезд: схема"
        assert similar.id in [entry.article_id for entry in found[3:]]
        assert all(entry.published_at == factories.NOW for entry in found if entry.article_id)
        assert (await library.page(draft.id, 0, 0)).related_count == len(found)

    async def test_a_title_of_an_older_tail_is_linked_when_its_article_is_published(
        self, library: Library, database: Database, newsroom: Newsroom
    ) -> None:
        older = await factories.article(database, content=factories.cut_text(links=("История моста за 60 лет",)))
        assert [entry.article_id for entry in await library.related(older.id)] == [None]
        content = factories.cut_text("«История моста» за 60 лет", lead="", sections={"": "Совсем другие слова здесь."})
        newer = await factories.article(database, state=ArticleState.DRAFT, content=content)
        assert [entry.article_id for entry in await library.related(older.id)] == [None]
        await newsroom.publish(newer.id, newer.revision)
        assert [entry.article_id for entry in await library.related(older.id)] == [newer.id]
        await newsroom.withdraw(newer.id)
        assert [entry.article_id for entry in await library.related(older.id)] == [None]

    async def test_an_article_is_never_related_to_itself_nor_twice_to_another(
        self, library: Library, database: Database, newsroom: Newsroom
    ) -> None:
        other = await factories.article(database, "Мост на Речной закроют до весны")
        links = (other.title, other.title.upper(), "Мост на Садовой закроют до весны")
        draft = await factories.article(database, state=ArticleState.DRAFT, content=factories.cut_text(links=links))
        await newsroom.choose_related(draft.id, other.id, True)
        await newsroom.publish(draft.id, draft.revision)
        found = await library.related(draft.id)
        assert [(entry.kind.value, entry.article_id) for entry in found] == [("editor", other.id)]
        assert (await library.page(draft.id, 0, 0)).related_count == 1

    async def test_no_more_than_five_are_shown(self, library: Library, database: Database) -> None:
        links = tuple(f"Название {number}" for number in range(9))
        article = await factories.article(database, content=factories.cut_text(links=links))
        assert len(await library.related(article.id)) == 5
        assert len(await library.related(article.id, 9)) == 9
        assert (await library.page(article.id, 0, 0)).related_count == 5

    async def test_two_articles_of_one_title_are_linked_by_the_newer(
        self, library: Library, database: Database
    ) -> None:
        content = factories.cut_text(links=("Погода на завтра",))
        article = await factories.article(database, content=content)
        await factories.article(database, "Погода на завтра")
        newer = await factories.article(database, "Погода на завтра")
        assert [entry.article_id for entry in await library.related(article.id)] == [newer.id]
        assert (await library.page(article.id, 0, 0)).related_count == 1


class TestLists:
    async def test_latest_articles_of_chosen_rubrics_newest_first(self, library: Library, database: Database) -> None:
        city = await factories.numbered(database, 3, "Город")
        sport = await factories.numbered(database, 2, "Спорт")
        rubrics = {rubric.name: rubric.id for rubric in await library.rubrics()}
        everything, total = await library.latest(Choice(), offset=0, limit=10)
        assert total == 5
        assert {headline.id for headline in everything} == {*city, *sport}
        assert everything == sorted(everything, key=lambda one: (one.published_at, one.id), reverse=True)
        only, total = await library.latest(Choice.of([rubrics["Спорт"]]), offset=1, limit=10)
        assert ([headline.id for headline in only], total) == ([sport[0]], 2)
        assert await library.latest(Choice.of([]), offset=0, limit=10) == ([], 0)

    async def test_kept_articles_are_listed_last_kept_first(
        self, library: Library, database: Database, clock: FakeClock, newsroom: Newsroom
    ) -> None:
        reader = await factories.reader(database)
        one, two, three = await factories.numbered(database, 3)
        for article in (two, one, three, two):
            await library.keep(reader, article, True)
            clock.advance(60)
        kept, total = await library.saved(reader, offset=0, limit=2)
        assert ([headline.id for headline in kept], total) == ([three, one], 3)
        assert (await library.page(two, 0, 0, reader=reader)).saved
        for _ in range(2):
            await library.keep(reader, two, False)
        assert not (await library.page(two, 0, 0, reader=reader)).saved
        await newsroom.withdraw(three)
        assert [headline.id for headline in (await library.saved(reader, offset=0, limit=9))[0]] == [one]

    async def test_what_is_not_published_cannot_be_kept(self, library: Library, database: Database) -> None:
        reader = await factories.reader(database)
        draft = await factories.article(database, state=ArticleState.DRAFT)
        for article in (draft.id, ArticleId(404)):
            with pytest.raises(ArticleMissing):
                await library.keep(reader, article, True)

    async def test_an_edition_follows_corrections_and_leaves_out_what_was_withdrawn(
        self, library: Library, database: Database, newsroom: Newsroom
    ) -> None:
        one, two = await factories.numbered(database, 2)
        edition = await edition_of(database, one, two)
        await newsroom.retitle(one, "Исправленное имя")
        await newsroom.withdraw(two)
        found = await library.edition(edition)
        assert found.articles == (one,)
        assert found.parts[0].headlines[0].title == "Исправленное имя"
        with pytest.raises(EditionMissing):
            await library.edition(EditionId(404))
