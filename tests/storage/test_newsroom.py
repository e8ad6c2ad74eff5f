"""Editors at work: pasting, naming, filing, publishing, correcting and withdrawing articles."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from digests.articles import ArticleId, ArticleState, TitleOrigin, UserId
from digests.blocks import Block, Span, paragraph, plain, squeezed
from digests.errors import (
    AlreadyPublished,
    ArticleMissing,
    BodyMissing,
    DraftChanged,
    EmptyText,
    NoLetters,
    RubricNameMissing,
    RubricNameTooLong,
    RubricNotChosen,
    TextTooLong,
    TitleMissing,
    TitleTooLong,
)
from digests.newsroom import Arrival, Newsroom
from digests.related import RelatedIndex
from digests.rubrics import RubricId
from digests.storage.engine import Database
from tests import factories
from tests.clocks import FakeClock

ANNA, BORIS = UserId(100), UserId(200)

BRIDGE = (
    "Мост на Садовой закроют до весны",
    "Объезд пойдёт по Речной, а автобусы 4 и 17 изменят маршрут уже с понедельника.",
    "Почему закрывают",
    "Опоры моста устали: их не ремонтировали сорок лет, и мэрия решила больше не ждать.",
    "Когда откроют",
    "Движение по мосту обещают вернуть в апреле, если не подведёт погода на реке.",
)


def text(*paragraphs: str) -> list[Block]:
    return [paragraph(one) for one in paragraphs]


def open_newsroom(database: Database, clock: FakeClock) -> Newsroom:
    """A newsroom as a program has it that has just started."""
    return Newsroom(database, clock, RelatedIndex())


@pytest.fixture
def newsroom(database: Database, clock: FakeClock) -> Newsroom:
    return open_newsroom(database, clock)


async def ready(newsroom: Newsroom, message_id: int = 1, *paragraphs: str) -> ArticleId:
    """A draft that only waits to be published."""
    draft = await newsroom.submit(ANNA, message_id, text(*(paragraphs or BRIDGE)), Arrival.COMMAND)
    rubric = await newsroom.add_rubric("Город")
    return (await newsroom.file_under(draft.id, rubric.id)).id


async def publish(newsroom: Newsroom, article: ArticleId) -> None:
    draft = await newsroom.article(article)
    _, was_published = await newsroom.publish(article, draft.revision)
    assert was_published


@asynccontextmanager
async def nothing_changes(newsroom: Newsroom, article: ArticleId) -> AsyncIterator[None]:
    before = await newsroom.article(article)
    yield
    assert await newsroom.article(article) == before


class TestPasting:
    async def test_a_text_with_the_command_becomes_a_draft_cut_into_sections(self, newsroom: Newsroom) -> None:
        draft = await newsroom.submit(ANNA, 1, text(*BRIDGE), Arrival.COMMAND)
        assert draft.state is ArticleState.DRAFT
        assert draft.title == "Мост на Садовой закроют до весны"
        assert [section.title for section in draft.sections] == ["Почему закрывают", "Когда откроют"]
        assert await newsroom.article(draft.id) == draft

    async def test_a_long_paste_in_several_messages_is_one_article(self, newsroom: Newsroom) -> None:
        await newsroom.begin(ANNA)
        for number, piece in enumerate(BRIDGE, 1):
            draft = await newsroom.submit(ANNA, number, text(piece), Arrival.TEXT)
        finished = await newsroom.finish(ANNA)
        assert finished is not None
        assert finished.id == draft.id
        assert [section.title for section in finished.sections] == ["Почему закрывают", "Когда откроют"]
        assert await newsroom.finish(ANNA) is None

    async def test_parts_are_put_in_the_order_in_which_they_were_sent(self, newsroom: Newsroom) -> None:
        await newsroom.begin(ANNA)
        for number in (3, 1, 6, 2, 5, 4):
            draft = await newsroom.submit(ANNA, number, text(BRIDGE[number - 1]), Arrival.TEXT)
        assert draft.title == BRIDGE[0]
        assert [section.title for section in draft.sections] == ["Почему закрывают", "Когда откроют"]

    async def test_parts_that_come_all_at_once_are_all_taken(self, newsroom: Newsroom) -> None:
        await newsroom.begin(ANNA)
        await asyncio.gather(
            *(newsroom.submit(ANNA, number, text(piece), Arrival.TEXT) for number, piece in enumerate(BRIDGE, 1))
        )
        draft = await newsroom.finish(ANNA)
        assert draft is not None
        body = [*draft.lead, *(block for section in draft.sections for block in section.blocks)]
        assert draft.title == BRIDGE[0]
        assert BRIDGE[3] in plain(body)
        assert BRIDGE[5] in plain(body)

    async def test_two_programs_share_a_paste_without_losing_a_part(self, database: Database, clock: FakeClock) -> None:
        programs = [open_newsroom(database, clock) for _ in range(3)]
        await programs[0].begin(ANNA)
        await asyncio.gather(
            *(
                programs[number % 3].submit(
                    ANNA, number, text(f"Абзац {number} о том, что было в городе."), Arrival.TEXT
                )
                for number in range(1, 10)
            )
        )
        draft = await programs[0].finish(ANNA)
        assert draft is not None
        everything = draft.title + plain([*draft.lead, *(b for s in draft.sections for b in s.blocks)])
        assert all(f"Абзац {number} " in everything for number in range(1, 10))

    async def test_a_message_that_comes_twice_changes_nothing(self, newsroom: Newsroom) -> None:
        first = await newsroom.submit(ANNA, 1, text(*BRIDGE[:2]), Arrival.COMMAND)
        more = await newsroom.submit(ANNA, 2, text(*BRIDGE[2:]), Arrival.TEXT)
        assert await newsroom.submit(ANNA, 2, text(*BRIDGE[2:]), Arrival.TEXT) == more
        assert await newsroom.submit(ANNA, 1, text(*BRIDGE[:2]), Arrival.COMMAND) == more
        assert first.id == more.id
        assert (await newsroom.drafts(offset=0, limit=10))[1] == 1

    async def test_a_draft_in_the_middle_of_a_paste_survives_a_restart(
        self, database: Database, clock: FakeClock
    ) -> None:
        before = await open_newsroom(database, clock).submit(ANNA, 1, text(*BRIDGE[:2]), Arrival.COMMAND)
        clock.advance(60)
        restarted = open_newsroom(database, clock)
        collecting = await restarted.collecting(ANNA)
        assert collecting is not None
        assert collecting.id == before.id
        after = await restarted.submit(ANNA, 2, text(*BRIDGE[2:]), Arrival.TEXT)
        assert after.id == before.id
        assert len(after.sections) == 2

    async def test_text_long_after_the_command_is_another_matter(self, newsroom: Newsroom, clock: FakeClock) -> None:
        first = await newsroom.submit(ANNA, 1, text(*BRIDGE), Arrival.COMMAND)
        clock.advance(601)
        assert await newsroom.collecting(ANNA) is None
        second = await newsroom.submit(ANNA, 2, text("Открылся детский сад", "В нём сто мест."), Arrival.TEXT)
        assert second.id != first.id

    async def test_every_part_renews_the_waiting(self, newsroom: Newsroom, clock: FakeClock) -> None:
        first = await newsroom.submit(ANNA, 1, text(*BRIDGE[:2]), Arrival.COMMAND)
        for number, piece in enumerate(BRIDGE[2:], 2):
            clock.advance(500)
            assert (await newsroom.submit(ANNA, number, text(piece), Arrival.TEXT)).id == first.id

    async def test_a_forward_is_an_article_of_its_own(self, newsroom: Newsroom) -> None:
        first = await newsroom.submit(ANNA, 1, text(*BRIDGE), Arrival.COMMAND)
        second = await newsroom.submit(ANNA, 2, text("Открылся детский сад", "В нём сто мест."), Arrival.FORWARD)
        third = await newsroom.submit(ANNA, 3, text("Тарифы на воду", "Их пересчитают."), Arrival.FORWARD)
        assert len({first.id, second.id, third.id}) == 3
        assert await newsroom.collecting(ANNA) is None

    async def test_forwards_of_one_cut_text_belong_together(self, newsroom: Newsroom, clock: FakeClock) -> None:
        long = "Городская дума обсудила бюджет и приняла его в первом чтении. " * 60
        first = await newsroom.submit(ANNA, 1, text("О бюджете", long), Arrival.FORWARD)
        clock.advance(5)
        second = await newsroom.submit(ANNA, 2, text("Второе чтение назначено на декабрь."), Arrival.FORWARD)
        assert second.id == first.id
        clock.advance(5)
        assert (await newsroom.submit(ANNA, 3, text("Погода", "Будет снег."), Arrival.FORWARD)).id != first.id

    async def test_two_files_are_two_articles_however_long(self, newsroom: Newsroom) -> None:
        long = "Городская дума обсудила бюджет и приняла его в первом чтении. " * 60
        first = await newsroom.submit(ANNA, 1, text("О бюджете", long), Arrival.FILE)
        second = await newsroom.submit(ANNA, 2, text("О погоде", long), Arrival.FILE)
        assert first.id != second.id

    async def test_after_bare_add_everything_belongs_to_the_draft_until_done(
        self, newsroom: Newsroom, clock: FakeClock
    ) -> None:
        draft = await newsroom.begin(ANNA)
        assert draft.collects_all
        await newsroom.submit(ANNA, 1, text(*BRIDGE[:2]), Arrival.FORWARD)
        clock.advance(3600)
        assert (await newsroom.submit(ANNA, 2, text(*BRIDGE[2:4]), Arrival.FILE)).id == draft.id
        assert (await newsroom.submit(ANNA, 3, text(*BRIDGE[4:]), Arrival.FORWARD)).id == draft.id
        closed = await newsroom.close(draft.id)
        assert not closed.collects_all
        assert (await newsroom.submit(ANNA, 4, text("Погода", "Будет снег."), Arrival.FORWARD)).id != draft.id

    async def test_beginning_twice_gives_the_same_empty_draft(self, newsroom: Newsroom) -> None:
        assert (await newsroom.begin(ANNA)).id == (await newsroom.begin(ANNA)).id
        assert await newsroom.drafts(offset=0, limit=10) == ([], 0)

    async def test_done_with_nothing_sent_says_so_and_goes_on_waiting(self, newsroom: Newsroom) -> None:
        draft = await newsroom.begin(ANNA)
        with pytest.raises(EmptyText):
            await newsroom.finish(ANNA)
        with pytest.raises(EmptyText):
            await newsroom.close(draft.id)
        assert (await newsroom.submit(ANNA, 1, text(*BRIDGE), Arrival.TEXT)).id == draft.id

    async def test_a_command_with_text_leaves_no_empty_draft_behind(self, newsroom: Newsroom) -> None:
        empty = await newsroom.begin(ANNA)
        await newsroom.submit(ANNA, 1, text(*BRIDGE), Arrival.COMMAND)
        with pytest.raises(ArticleMissing):
            await newsroom.article(empty.id)

    async def test_what_is_done_takes_no_more_even_if_it_looked_cut(self, newsroom: Newsroom, clock: FakeClock) -> None:
        long = "Городская дума обсудила бюджет и приняла его в первом чтении. " * 60
        first = await newsroom.submit(ANNA, 1, text("О бюджете", long), Arrival.COMMAND)
        await newsroom.finish(ANNA)
        clock.advance(1)
        assert await newsroom.collecting(ANNA) is None
        assert (await newsroom.submit(ANNA, 2, text("Погода", "Будет снег."), Arrival.FORWARD)).id != first.id

    async def test_two_editors_paste_at_the_same_time_into_their_own_drafts(self, newsroom: Newsroom) -> None:
        await asyncio.gather(newsroom.begin(ANNA), newsroom.begin(BORIS))
        await asyncio.gather(
            *(newsroom.submit(ANNA, 10 + n, text(f"Анна пишет абзац {n}."), Arrival.TEXT) for n in range(4)),
            *(newsroom.submit(BORIS, 20 + n, text(f"Борис пишет абзац {n}."), Arrival.TEXT) for n in range(4)),
        )
        for author, word in ((ANNA, "Борис"), (BORIS, "Анна")):
            draft = await newsroom.finish(author)
            assert draft is not None
            assert word not in draft.title + plain([*draft.lead, *(b for s in draft.sections for b in s.blocks)])

    @pytest.mark.parametrize(
        ("blocks", "error"),
        [
            ([], EmptyText),
            (text("  \n "), EmptyText),
            (text("\x00\x00"), EmptyText),
            (text("🙂🙂🙂"), NoLetters),
            (text("слово " * 100_000), TextTooLong),
        ],
    )
    async def test_what_is_no_text_is_refused_and_the_open_draft_stays(
        self, newsroom: Newsroom, blocks: list[Block], error: type[Exception]
    ) -> None:
        with pytest.raises(error):
            await newsroom.submit(ANNA, 1, blocks, Arrival.COMMAND)
        assert (await newsroom.drafts(offset=0, limit=10))[1] == 0

    async def test_a_part_that_makes_the_text_too_long_is_refused_and_the_rest_stays(self, newsroom: Newsroom) -> None:
        draft = await newsroom.submit(ANNA, 1, text(*BRIDGE), Arrival.COMMAND)
        async with nothing_changes(newsroom, draft.id):
            with pytest.raises(TextTooLong):
                await newsroom.submit(ANNA, 2, text("слово " * 100_000), Arrival.TEXT)

    async def test_characters_that_no_database_keeps_do_no_harm(self, newsroom: Newsroom) -> None:
        strange = "Мост\x00на Садовой \ud83d закроют"
        link = Block(spans=(Span(text="Подробности о ремонте\x00", href="https://example.org/\ud800\x00"),))
        draft = await newsroom.submit(ANNA, 1, [paragraph(strange), *text(*BRIDGE[1:]), link], Arrival.COMMAND)
        assert draft.title == "Мост на Садовой \ufffd закроют"
        renamed = await newsroom.retitle(draft.id, "Новое\x00имя \udc00")
        assert renamed.title == "Новое имя \ufffd"

    async def test_nothing_of_the_text_is_lost(self, newsroom: Newsroom) -> None:
        draft = await newsroom.submit(ANNA, 1, text(*BRIDGE), Arrival.COMMAND)
        shown = [draft.title, plain(draft.lead)]
        for section in draft.sections:
            shown += [section.title, plain(section.blocks)]
        assert squeezed("".join(shown)) == squeezed("".join(BRIDGE))


class TestPublishing:
    async def test_a_filed_draft_is_published_with_a_summary(self, newsroom: Newsroom, clock: FakeClock) -> None:
        article = await ready(newsroom)
        draft = await newsroom.article(article)
        clock.advance(90)
        published, was_published = await newsroom.publish(article, draft.revision)
        assert was_published
        assert published.state is ArticleState.PUBLISHED
        assert published.published_at == clock.now()
        assert published.updated_at == clock.now()
        assert published.summary
        assert published.collecting_until is None
        assert (await newsroom.published(offset=0, limit=10)) == ([published], 1)

    async def test_double_tap_publishes_once(self, newsroom: Newsroom) -> None:
        article = await ready(newsroom)
        revision = (await newsroom.article(article)).revision
        published, first = await newsroom.publish(article, revision)
        again, second = await newsroom.publish(article, revision)
        assert (first, second) == (True, False)
        assert again == published

    async def test_taps_of_several_editors_at_once_publish_once(self, database: Database, clock: FakeClock) -> None:
        programs = [open_newsroom(database, clock) for _ in range(3)]
        article = await ready(programs[0])
        revision = (await programs[0].article(article)).revision
        results = await asyncio.gather(*(programs[n % 3].publish(article, revision) for n in range(6)))
        assert [was_published for _, was_published in results].count(True) == 1
        assert len({published.revision for published, _ in results}) == 1

    async def test_a_draft_that_changed_since_it_was_seen_is_not_published(self, newsroom: Newsroom) -> None:
        article = await ready(newsroom)
        seen = await newsroom.article(article)
        await newsroom.retitle(article, "Другое имя")
        with pytest.raises(DraftChanged):
            await newsroom.publish(article, seen.revision)
        assert (await newsroom.article(article)).state is ArticleState.DRAFT

    async def test_without_a_rubric_nothing_is_published(self, newsroom: Newsroom) -> None:
        draft = await newsroom.submit(ANNA, 1, text(*BRIDGE), Arrival.COMMAND)
        with pytest.raises(RubricNotChosen):
            await newsroom.publish(draft.id, draft.revision)

    async def test_a_title_alone_is_not_published(self, newsroom: Newsroom) -> None:
        article = await ready(newsroom, 1, "Мост закроют")
        draft = await newsroom.article(article)
        if draft.characters:
            pytest.skip("a line alone is kept as the body too")
        with pytest.raises(BodyMissing):
            await newsroom.publish(article, draft.revision)

    async def test_an_unknown_article_cannot_be_published(self, newsroom: Newsroom) -> None:
        with pytest.raises(ArticleMissing):
            await newsroom.publish(ArticleId(404), 1)

    async def test_a_withdrawn_article_leaves_the_list_once(self, newsroom: Newsroom) -> None:
        article = await ready(newsroom)
        await publish(newsroom, article)
        withdrawn, first = await newsroom.withdraw(article)
        _, second = await newsroom.withdraw(article)
        assert (first, second) == (True, False)
        assert withdrawn.state is ArticleState.WITHDRAWN
        assert (await newsroom.published(offset=0, limit=10)) == ([], 0)

    async def test_a_withdrawn_article_can_be_published_again(self, newsroom: Newsroom, clock: FakeClock) -> None:
        article = await ready(newsroom)
        await publish(newsroom, article)
        await newsroom.withdraw(article)
        clock.advance(60)
        await publish(newsroom, article)
        assert (await newsroom.article(article)).published_at == clock.now()

    async def test_a_draft_is_not_withdrawn(self, newsroom: Newsroom) -> None:
        article = await ready(newsroom)
        assert (await newsroom.withdraw(article))[1] is False

    async def test_a_discarded_draft_is_gone_and_its_number_is_not_used_again(self, newsroom: Newsroom) -> None:
        article = await ready(newsroom)
        assert await newsroom.discard(article) is True
        assert await newsroom.discard(article) is False
        with pytest.raises(ArticleMissing):
            await newsroom.article(article)
        assert await ready(newsroom, 2) > article

    async def test_what_readers_have_seen_is_not_discarded(self, newsroom: Newsroom) -> None:
        article = await ready(newsroom)
        await publish(newsroom, article)
        with pytest.raises(AlreadyPublished):
            await newsroom.discard(article)
        await newsroom.withdraw(article)
        with pytest.raises(AlreadyPublished):
            await newsroom.discard(article)


class TestCorrecting:
    async def test_a_new_title_is_a_new_revision(self, newsroom: Newsroom, clock: FakeClock) -> None:
        article = await ready(newsroom)
        await publish(newsroom, article)
        before = await newsroom.article(article)
        clock.advance(600)
        after = await newsroom.retitle(article, "  Мост на Садовой закроют   до апреля ")
        assert after.title == "Мост на Садовой закроют до апреля"
        assert after.title_origin is TitleOrigin.EDITOR
        assert after.revision == before.revision + 1
        assert after.updated_at == clock.now()
        assert (after.state, after.published_at) == (before.state, before.published_at)

    async def test_the_same_title_again_changes_nothing(self, newsroom: Newsroom) -> None:
        article = await ready(newsroom)
        named = await newsroom.retitle(article, "Мост закроют")
        assert await newsroom.retitle(article, "Мост закроют") == named

    @pytest.mark.parametrize(
        ("title", "error"), [(" ", TitleMissing), ("🙂!", TitleMissing), ("я" * 257, TitleTooLong)]
    )
    async def test_what_is_no_title_is_refused(self, newsroom: Newsroom, title: str, error: type[Exception]) -> None:
        article = await ready(newsroom)
        async with nothing_changes(newsroom, article):
            with pytest.raises(error):
                await newsroom.retitle(article, title)

    async def test_a_published_text_is_replaced_and_stays_published(self, newsroom: Newsroom, clock: FakeClock) -> None:
        article = await ready(newsroom)
        await publish(newsroom, article)
        before = await newsroom.article(article)
        clock.advance(600)
        fixed = [*BRIDGE[:1], "Объезд пойдёт по Ручейной, а автобусы 4 и 17 не изменят маршрут вовсе.", *BRIDGE[2:]]
        after = await newsroom.replace_text(article, 9, text(*fixed))
        assert after.state is ArticleState.PUBLISHED
        assert after.published_at == before.published_at
        assert "Ручейной" in plain(after.lead)
        assert "Ручейной" in after.summary
        assert after.revision == before.revision + 1
        assert await newsroom.replace_text(article, 9, text(*fixed)) == after

    async def test_an_editors_title_outlives_a_new_text(self, newsroom: Newsroom) -> None:
        article = await ready(newsroom)
        await newsroom.retitle(article, "Моё имя")
        after = await newsroom.replace_text(article, 9, text("Имя из текста", *BRIDGE[1:]))
        assert after.title == "Моё имя"

    async def test_an_editors_title_outlives_further_parts(self, newsroom: Newsroom) -> None:
        draft = await newsroom.submit(ANNA, 1, text(*BRIDGE[:2]), Arrival.COMMAND)
        await newsroom.retitle(draft.id, "Моё имя")
        after = await newsroom.submit(ANNA, 2, text(*BRIDGE[2:]), Arrival.TEXT)
        assert (after.id, after.title) == (draft.id, "Моё имя")
        assert len(after.sections) == 2

    async def test_a_long_replacement_takes_the_rest_that_the_messenger_cut_off(
        self, newsroom: Newsroom, clock: FakeClock
    ) -> None:
        draft = await newsroom.submit(ANNA, 1, text(*BRIDGE), Arrival.COMMAND)
        long = "Городская дума обсудила бюджет и приняла его в первом чтении. " * 60
        await newsroom.finish(ANNA)
        await newsroom.replace_text(draft.id, 2, text("О бюджете", long))
        clock.advance(2)
        after = await newsroom.submit(ANNA, 3, text("Второе чтение назначено на декабрь."), Arrival.TEXT)
        assert after.id == draft.id
        assert "Садовой" not in after.title + plain(after.lead)

    async def test_the_rest_of_a_replacement_by_another_editor_is_theirs_to_send(
        self, newsroom: Newsroom, clock: FakeClock
    ) -> None:
        draft = await newsroom.submit(ANNA, 1, text(*BRIDGE), Arrival.COMMAND)
        long = "Городская дума обсудила бюджет и приняла его в первом чтении. " * 60
        await newsroom.replace_text(draft.id, 2, text("О бюджете", long), BORIS)
        clock.advance(2)
        after = await newsroom.submit(BORIS, 3, text("Второе чтение назначено на декабрь."), Arrival.TEXT)
        other = await newsroom.submit(ANNA, 4, text("О погоде", "Завтра похолодает до минус десяти."), Arrival.TEXT)
        assert after.id == draft.id
        assert "декабрь" in plain(after.sections[-1].blocks)
        assert other.id != draft.id

    async def test_a_text_that_is_none_replaces_nothing(self, newsroom: Newsroom) -> None:
        article = await ready(newsroom)
        async with nothing_changes(newsroom, article):
            with pytest.raises(NoLetters):
                await newsroom.replace_text(article, 9, text("🙂"))

    async def test_two_editors_changing_one_article_lose_neither_change(
        self, database: Database, clock: FakeClock
    ) -> None:
        one, other = open_newsroom(database, clock), open_newsroom(database, clock)
        article = await ready(one)
        await publish(one, article)
        economy = await other.add_rubric("Экономика")
        await asyncio.gather(one.retitle(article, "Новое имя"), other.file_under(article, economy.id))
        after = await one.article(article)
        assert (after.title, after.rubric_id) == ("Новое имя", economy.id)


class TestRubrics:
    async def test_rubrics_keep_the_order_in_which_they_were_made(self, newsroom: Newsroom) -> None:
        for name in ("Город", "Экономика", "Афиша"):
            await newsroom.add_rubric(name)
        assert [rubric.name for rubric in await newsroom.rubrics()] == ["Город", "Экономика", "Афиша"]

    async def test_the_same_name_gives_the_same_rubric(self, newsroom: Newsroom) -> None:
        first = await newsroom.add_rubric("Ёлки  и палки", "🎄")
        assert await newsroom.add_rubric(" елки и ПАЛКИ ") == first
        assert first.name == "Ёлки и палки"

    async def test_made_at_once_by_two_editors_it_is_one(self, newsroom: Newsroom) -> None:
        made = await asyncio.gather(*(newsroom.add_rubric("Город") for _ in range(4)))
        assert len({rubric.id for rubric in made}) == 1

    @pytest.mark.parametrize(
        ("name", "error"),
        [("", RubricNameMissing), ("🙂", RubricNameMissing), ("Рубрика" * 43, RubricNameTooLong)],
    )
    async def test_what_is_no_name_is_refused(self, newsroom: Newsroom, name: str, error: type[Exception]) -> None:
        with pytest.raises(error):
            await newsroom.add_rubric(name)

    async def test_an_unknown_rubric_is_refused(self, newsroom: Newsroom) -> None:
        draft = await newsroom.submit(ANNA, 1, text(*BRIDGE), Arrival.COMMAND)
        with pytest.raises(RubricNotChosen):
            await newsroom.file_under(draft.id, RubricId(404))


async def test_drafts_are_listed_newest_first_page_by_page(newsroom: Newsroom) -> None:
    made = [await ready(newsroom, number, f"Новость {number}", *BRIDGE[1:]) for number in range(1, 6)]
    first, total = await newsroom.drafts(offset=0, limit=2)
    rest, _ = await newsroom.drafts(offset=2, limit=10)
    assert total == 5
    assert [draft.id for draft in first + rest] == made[::-1]


async def test_factories_make_what_the_newsroom_reads(newsroom: Newsroom, database: Database) -> None:
    article = await factories.article(database)
    assert await newsroom.article(article.id) == article
