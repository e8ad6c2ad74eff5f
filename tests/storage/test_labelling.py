"""One-tap corrections of how a text was cut, remembered for the source of the text."""

import random
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from digests.articles import Article, Draft, RemovalReason, TitleOrigin, UserId
from digests.blocks import Style, paragraph, squeezed
from digests.collecting import Arrival
from digests.errors import LineGone, NothingWouldBeLeft
from digests.labelling import Learnt
from digests.labels import Basis, Guide, Label, lines_of
from digests.newsroom import Newsroom
from digests.origins import Origin, Sourced
from digests.related import RelatedIndex
from digests.sections import cut_by
from digests.storage import lines
from digests.storage.engine import Database
from digests.storage.schema_cutting import site_lines
from tests.clocks import FakeClock

EDITOR = UserId(7)
SITE = Origin(site="gorod.example", url="https://gorod.example/1")
PROSE = "Опоры моста просели на пять сантиметров, и ездить по нему стало опасно. Так решила комиссия мэрии {}."
OTHER = "Четвёртый и семнадцатый автобусы пойдут по Речной улице, а трамвай остановят до марта, сказали {}."


@pytest.fixture
def newsroom(database: Database) -> Newsroom:
    return Newsroom(database, FakeClock(), RelatedIndex())


async def take(newsroom: Newsroom, *lines: str, origin: Origin | None = SITE) -> Article:
    return await newsroom.take(EDITOR, Sourced(blocks=tuple(paragraph(line) for line in lines), origin=origin))


def article(name: str, *inserted: str) -> tuple[str, ...]:
    """Lines of an article of the site, with lines inserted between its two paragraphs."""
    return (f"Мост на Садовой закроют: {name}", PROSE.format(name), *inserted, OTHER.format(name))


async def line_of(newsroom: Newsroom, draft: Article, text: str) -> str:
    marks = (await newsroom.labelling.sheet(draft.id)).marks
    return next(mark.line for mark in marks if mark.block.text == text)


async def say(newsroom: Newsroom, draft: Article, text: str, label: Label) -> Article:
    await newsroom.labelling.correct(draft.id, await line_of(newsroom, draft, text), label, EDITOR)
    return await newsroom.article(draft.id)


def titles(draft: Article) -> list[str]:
    return [section.title for section in draft.sections if section.title]


def removed(draft: Article) -> list[str]:
    return [piece.block.text for piece in draft.removed]


async def test_a_line_becomes_a_heading_and_text_again(newsroom: Newsroom) -> None:
    draft = await take(newsroom, *article("март", "Вот что решили сегодня в мэрии."))
    assert titles(draft) == []
    draft = await say(newsroom, draft, "Вот что решили сегодня в мэрии.", Label.HEADING)
    assert titles(draft) == ["Вот что решили сегодня в мэрии."]
    draft = await say(newsroom, draft, "Вот что решили сегодня в мэрии.", Label.TEXT)
    assert titles(draft) == []


async def test_a_removed_line_is_restored_and_taken_away_again(newsroom: Newsroom) -> None:
    draft = await take(newsroom, *article("март"), "Читайте также:", "Как строили мост на Садовой улице")
    assert removed(draft) == ["Читайте также:", "Как строили мост на Садовой улице"]
    links = draft.source_links
    draft = await say(newsroom, draft, "Как строили мост на Садовой улице", Label.TEXT)
    assert removed(draft) == ["Читайте также:"]
    assert draft.source_links == ()
    draft = await say(newsroom, draft, "Как строили мост на Садовой улице", Label.FURNITURE)
    assert removed(draft) == ["Читайте также:", "Как строили мост на Садовой улице"]
    assert draft.source_links == links


async def test_a_caption_stays_in_the_text_in_italics(newsroom: Newsroom) -> None:
    draft = await take(newsroom, *article("март", "Мэр у моста", "Фото: пресс-служба мэрии"))
    draft = await say(newsroom, draft, "Мэр у моста", Label.CAPTION)
    blocks = [block for section in draft.sections for block in section.blocks]
    slanted = [block.text for block in blocks if all(Style.ITALIC in span.styles for span in block.spans)]
    assert slanted == ["Мэр у моста", "Фото: пресс-служба мэрии"]


async def test_another_line_is_the_title(newsroom: Newsroom) -> None:
    draft = await take(newsroom, "Городские новости сегодня", *article("март"))
    draft = await say(newsroom, draft, "Мост на Садовой закроют: март", Label.TITLE)
    assert draft.title == "Мост на Садовой закроют: март"
    draft = await say(newsroom, draft, "Городские новости сегодня", Label.FURNITURE)
    assert (draft.title, removed(draft)) == ("Мост на Садовой закроют: март", ["Городские новости сегодня"])
    assert draft.removed[0].reason is RemovalReason.EDITOR


async def test_when_the_title_is_taken_away_the_next_line_is_the_title(newsroom: Newsroom) -> None:
    draft = await take(newsroom, "Городские новости сегодня", *article("март"))
    draft = await say(newsroom, draft, "Городские новости сегодня", Label.FURNITURE)
    assert draft.title == "Мост на Садовой закроют: март"


async def test_the_same_tap_again_changes_nothing(newsroom: Newsroom) -> None:
    draft = await take(newsroom, *article("март", "Вот что решили."))
    line = await line_of(newsroom, draft, "Вот что решили.")
    assert await newsroom.labelling.correct(draft.id, line, Label.HEADING, EDITOR) is Learnt.FOR_SOURCE
    once = await newsroom.article(draft.id)
    assert await newsroom.labelling.correct(draft.id, line, Label.HEADING, EDITOR) is Learnt.NOTHING
    assert await newsroom.article(draft.id) == once


async def test_corrections_outlive_further_parts_of_a_paste(newsroom: Newsroom) -> None:
    lines = article("март", "Вот что решили.")
    draft = await newsroom.submit(EDITOR, 1, [paragraph("\n\n".join(lines))], Arrival.TEXT)
    draft = await say(newsroom, draft, "Вот что решили.", Label.HEADING)
    more = [paragraph("Подписывайтесь на наш канал в Telegram\n\n" + PROSE.format("весной"))]
    draft = await newsroom.submit(EDITOR, 2, more, Arrival.TEXT)
    assert titles(draft) == ["Вот что решили."]
    assert removed(draft) == ["Подписывайтесь на наш канал в Telegram"]


async def test_a_line_that_is_gone_is_refused(newsroom: Newsroom) -> None:
    draft = await take(newsroom, *article("март", "Вот что решили."))
    line = await line_of(newsroom, draft, "Вот что решили.")
    await newsroom.replace_text(draft.id, 5, [paragraph("\n\n".join(article("апрель")))])
    with pytest.raises(LineGone):
        await newsroom.labelling.correct(draft.id, line, Label.HEADING, EDITOR)


async def test_the_last_text_stays(newsroom: Newsroom) -> None:
    draft = await take(newsroom, "Мост на Садовой закроют", PROSE.format("март"))
    with pytest.raises(NothingWouldBeLeft):
        await say(newsroom, draft, PROSE.format("март"), Label.FURNITURE)
    assert (await newsroom.article(draft.id)).characters


async def test_a_correction_is_remembered_for_the_site(newsroom: Newsroom) -> None:
    first = await take(newsroom, *article("март", "Наш корреспондент смотрит 1 мая на мост."))
    await say(newsroom, first, "Наш корреспондент смотрит 1 мая на мост.", Label.FURNITURE)

    second = await take(newsroom, *article("апрель", "Наш корреспондент смотрит 12 июня на мост."))
    assert removed(second) == ["Наш корреспондент смотрит 12 июня на мост."]
    noted = await newsroom.labelling.noted(second)
    assert (noted.site, noted.ruled) == ("gorod.example", 1)
    elsewhere = await take(
        newsroom, *article("май", "Наш корреспондент смотрит 1 мая на мост."), origin=Origin(site="selo.example")
    )
    assert removed(elsewhere) == []


async def test_a_rule_is_listed_counted_and_forgotten(newsroom: Newsroom) -> None:
    first = await take(newsroom, *article("март", "Вот что решили."))
    await say(newsroom, first, "Вот что решили.", Label.HEADING)
    second = await take(newsroom, *article("апрель", "Вот что решили."))
    assert titles(second) == ["Вот что решили."]
    _, rules, total = await newsroom.labelling.rules(second.id, offset=0, limit=5)
    assert [(rule.sample, rule.label, rule.made_by, rule.uses) for rule in rules] == [
        ("Вот что решили.", Label.HEADING, EDITOR, 1)
    ]
    assert total == 1
    assert await newsroom.labelling.forget(second.id, rules[0].id)
    assert titles(await newsroom.article(second.id)) == []
    assert not await newsroom.labelling.forget(second.id, rules[0].id)
    assert titles(await newsroom.article(first.id)) == ["Вот что решили."]  # its own correction stays


async def test_taking_a_correction_back_takes_the_rule_back(newsroom: Newsroom) -> None:
    first = await take(newsroom, *article("март", "Вот что решили."))
    await say(newsroom, first, "Вот что решили.", Label.HEADING)
    await say(newsroom, first, "Вот что решили.", Label.TEXT)
    assert (await newsroom.labelling.rules(first.id, offset=0, limit=5))[1] == []


async def test_a_rule_made_later_does_not_change_an_older_article(newsroom: Newsroom) -> None:
    older = await take(newsroom, *article("март", "Вот что решили."))
    newer = await take(newsroom, *article("апрель", "Вот что решили."))
    await say(newsroom, newer, "Вот что решили.", Label.FURNITURE)
    sheet = await newsroom.labelling.sheet(older.id)
    assert [mark.basis for mark in sheet.marks] == [Basis.LOOKS] * 4
    older = await say(newsroom, older, OTHER.format("март"), Label.FURNITURE)
    assert removed(older) == [OTHER.format("март")]


async def test_pastes_without_a_source_learn_from_equal_lines_only(newsroom: Newsroom) -> None:
    first = await take(newsroom, *article("март", "Смотрите 1 мая на мост."), origin=None)
    await say(newsroom, first, "Смотрите 1 мая на мост.", Label.FURNITURE)
    same = await take(newsroom, *article("апрель", "Смотрите 1 мая на мост."), origin=None)
    other = await take(newsroom, *article("май", "Смотрите 2 мая на мост."), origin=None)
    assert (removed(same), removed(other)) == (["Смотрите 1 мая на мост."], [])


async def test_a_pasted_text_that_names_its_page_is_of_that_site(newsroom: Newsroom) -> None:
    call, source = "Наш корреспондент смотрит 1 мая на мост.", "Источник: https://www.gorod.example/most/1"
    first = await take(newsroom, *article("март", call), source, origin=None)
    await say(newsroom, first, call, Label.FURNITURE)
    second = await take(newsroom, *article("апрель", "Наш корреспондент смотрит 9 июля на мост."), origin=SITE)
    assert removed(second) == ["Наш корреспондент смотрит 9 июля на мост."]


@pytest.mark.parametrize("seed", range(4))
async def test_no_series_of_taps_loses_or_doubles_a_line(newsroom: Newsroom, seed: int) -> None:
    taps = random.Random(seed)
    lines = ["Городские новости", *article("март", "Как ездить", PROSE.format("апреле")), "Читайте также:"]
    lines += ["Как строили мост на Садовой улице", "Подписывайтесь на наш канал в Telegram"]
    draft = await take(newsroom, *lines)
    for _ in range(12):
        mark = taps.choice((await newsroom.labelling.sheet(draft.id)).marks)
        label = taps.choice([Label.TITLE, Label.HEADING, Label.TEXT, Label.CAPTION, Label.FURNITURE])
        with suppress(NothingWouldBeLeft, LineGone):
            await newsroom.labelling.correct(draft.id, mark.line, label, EDITOR)
        draft = await newsroom.article(draft.id)
        assert sorted(shown(draft)) == sorted(map(squeezed, lines))


async def test_a_published_article_is_corrected_too(newsroom: Newsroom) -> None:
    draft = await take(newsroom, *article("март", "Вот что решили."))
    rubric = await newsroom.add_rubric("Город")
    draft = await newsroom.file_under(draft.id, rubric.id)
    await newsroom.publish(draft.id, draft.revision)
    after = await say(newsroom, draft, "Вот что решили.", Label.HEADING)
    assert titles(after) == ["Вот что решили."]
    assert after.published_at is not None


async def test_what_a_site_repeats_is_taken_away_in_the_third_article(newsroom: Newsroom) -> None:
    call = "Присылайте ваши фото в нашу редакцию"
    drafts = [await take(newsroom, *article(name), call) for name in ("март", "апрель", "май")]
    assert [removed(draft) for draft in drafts] == [[], [], [call]]
    assert drafts[2].removed[0].reason is RemovalReason.REPEATED
    assert (await newsroom.labelling.noted(drafts[2])).repeated == 1
    restored = await say(newsroom, drafts[2], call, Label.TEXT)
    assert removed(restored) == []
    fourth = await take(newsroom, *article("июнь"), call)
    assert removed(fourth) == []  # the editor's word is remembered


async def test_a_sentence_that_news_end_with_is_shown_as_doubtful_and_stays(newsroom: Newsroom) -> None:
    end = "Приговор в законную силу пока не вступил."
    drafts = [await take(newsroom, *article(name), end) for name in ("март", "апрель", "май")]
    assert removed(drafts[2]) == []
    assert (await newsroom.labelling.noted(drafts[2])).doubtful == 1


async def test_one_text_taken_three_times_repeats_nothing(newsroom: Newsroom) -> None:
    call = "Присылайте ваши фото в нашу редакцию"
    drafts = [await take(newsroom, *article("март"), call) for _ in range(4)]
    assert [removed(draft) for draft in drafts] == [[], [], [], []]


async def test_a_site_remembers_the_lines_of_its_newest_articles_only(
    database: Database, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "ARTICLES_OF_SITE", 4)
    drafts = [await take(newsroom, *article(f"день {n}")) for n in range(6)]
    async with database.read() as connection:
        kept = (await connection.execute(select(site_lines.c.article_id).distinct())).scalars()
        assert sorted(kept) == [draft.id for draft in drafts[2:]]


async def test_a_heading_that_comes_again_stays_a_heading(newsroom: Newsroom) -> None:
    for name in ("март", "апрель", "май", "июнь"):
        draft = await take(newsroom, *article(name), "Что дальше", PROSE.format(f"{name}, но осенью"))
    assert removed(draft) == []
    assert "Что дальше" in [mark.block.text for mark in (await newsroom.labelling.sheet(draft.id)).marks]


def shown(draft: Article | Draft) -> list[str]:
    """Return the texts of all the parts of an article, removed ones too; a derived title is in the body as well."""
    texts = [draft.title] if draft.title_origin is TitleOrigin.TEXT else []
    texts += [block.text for block in draft.lead]
    for section in draft.sections:
        texts += [section.title, *(block.text for block in section.blocks)]
    texts += [piece.block.text for piece in draft.removed]
    return [text for text in map(squeezed, texts) if text]


LINES = [
    "Мост закроют до весны",
    "Как ездить",
    "Сколько это стоит?",
    "Читайте также:",
    "Как строили мост на Садовой",
    "Фото: Reuters",
    "Подписывайтесь на наш канал в Telegram",
    "Анна Петрова",
    PROSE.format("март"),
    OTHER.format("март"),
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=12), st.data())
def test_any_corrections_keep_the_text_whole(texts: list[str], data: st.DataObject) -> None:
    blocks = [paragraph(text) for text in texts]
    said = data.draw(
        st.dictionaries(st.sampled_from(lines_of(blocks)), st.sampled_from([*Label]).filter(lambda label: label != "r"))
    )
    rules = data.draw(
        st.dictionaries(st.sampled_from([t.casefold() for t in texts]), st.sampled_from(["h", "x", "c", "f"]))
    )
    guide = Guide(
        corrections=said,
        rules={key: Label(label) for key, label in rules.items()},
        repeated=frozenset(data.draw(st.lists(st.sampled_from([t.casefold() for t in texts])))),
        is_exact=True,
    )
    found = cut_by(blocks, guide)
    assert sorted(shown(found.draft)) == sorted(map(squeezed, texts))
    assert any(mark.label.is_kept for mark in found.marks)
    assert sum(mark.label is Label.TITLE for mark in found.marks) <= 1
    assert found == cut_by(blocks, guide)
