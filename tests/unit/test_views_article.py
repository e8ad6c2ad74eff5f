"""A page of an article: its head, its one row that reads on, its way back; and the related list."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import trails
from bot.callbacks import DATA_LIMIT, FinishReading, KeepArticle, ShowRelated, ShowSection
from bot.views.article import page, preview
from bot.views.places import Place
from bot.views.related import related
from digests.articles import (
    HEADING_LIMIT,
    TITLE_LIMIT,
    ArticleId,
    ArticleState,
    Draft,
    Related,
    RelatedKind,
    Section,
    TitleOrigin,
)
from digests.blocks import Block, Kind, Span, Style, paragraph, plain, squeezed
from digests.library import SectionPage
from digests.pages import pages
from digests.rubrics import Rubric, RubricId
from digests.sections import cut
from tests.made import NOW, RUBRICS
from tests.screens import GOLDEN, drawn, labels, speaking, target, text_of

T, EN = speaking("ru"), speaking("en")
SEED = Path(__file__).parents[3] / "shared" / "data" / "seed-article.txt"
IDS = st.integers(1, 10**10 - 1)
IN_ORDER = Place(edition=7, trail="e")


def shown(**changes: object) -> SectionPage:
    made = SectionPage(
        article_id=ArticleId(12),
        state=ArticleState.PUBLISHED,
        title="Мост на Садовой закроют до весны",
        rubric=RUBRICS[0],
        published_at=datetime(2026, 11, 22, 15, 40, tzinfo=UTC),
        corrected_at=None,
        section=1,
        sections=6,
        page=0,
        pages=1,
        section_title="Почему закрывают",
        blocks=(Block(kind=Kind.HEADING, spans=(Span(text="Почему закрывают"),)), paragraph("Опоры моста устали.")),
        next=(2, 0),
        previous=(0, 0),
        next_article=None,
        related_count=4,
        saved=False,
        minutes=3,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # a test names fields as it needs them


def test_a_page_shows_title_facts_position_and_text() -> None:
    assert drawn(page(T, shown(), Place(edition=7, trail="r1"), NOW)) == (
        "Мост на Садовой закроют до весны\n"
        "🏙 Город · 22 ноября, 18:40\n"
        "раздел 2 из 6\n"
        "\n"
        "Почему закрывают\n"
        "\n"
        "Опоры моста устали.\n"
        "\n"
        "[ ◀ Предыдущий раздел ] [ Следующий раздел ▶ ]\n"
        "[ Статьи по теме 4 ] [ В закладки ]\n"
        "[ ◀ К рубрике ] [ Оглавление ]\n"
    )


def test_a_further_page_of_a_section_says_so_and_names_the_section() -> None:
    view = page(T, shown(page=1, pages=3, blocks=(paragraph("Дальше."),)), IN_ORDER, NOW)
    assert "раздел 2 из 6 · страница 2 из 3\nПочему закрывают\n\nДальше." in text_of(view)


def test_an_article_of_one_page_has_no_position() -> None:
    text = text_of(page(T, shown(section=0, sections=1, next=None, previous=None), IN_ORDER, NOW))
    assert "раздел" not in text
    assert "🏙 Город · 22 ноября, 18:40 · 3 мин" in text


@pytest.mark.parametrize(
    ("corrected", "words"),
    [
        (datetime(2026, 11, 22, 16, 5, tzinfo=UTC), "22 ноября, 18:40 · обновлено 19:05"),
        (datetime(2026, 11, 23, 7, 40, tzinfo=UTC), "22 ноября, 18:40 · обновлено сегодня, 10:40"),
        (datetime(2026, 12, 1, 7, 40, tzinfo=UTC), "22 ноября, 18:40 · обновлено 1 декабря, 10:40"),
    ],
)
def test_a_correction_is_dated(corrected: datetime, words: str) -> None:
    assert words in text_of(page(T, shown(corrected_at=corrected), IN_ORDER, NOW))


def test_the_row_that_reads_on_leads_through_everything() -> None:
    onward = page(T, shown(), IN_ORDER, NOW).keyboard[0][-1]
    assert onward.data == ShowSection(edition=7, article=12, section=2, trail="e").pack()
    last = page(T, shown(next=None, next_article=ArticleId(13)), IN_ORDER, NOW).keyboard[0][-1]
    assert (last.label, last.data) == ("Следующая статья ▶", ShowSection(edition=7, article=13, trail="e").pack())
    end = page(T, shown(next=None), IN_ORDER, NOW).keyboard[0][-1]
    assert (end.label, end.data) == ("✔ На сегодня всё", FinishReading(edition=7).pack())


def test_an_aside_ends_without_leaving_the_way_back() -> None:
    aside = Place(edition=7, trail="e_a5-1-0")
    view = page(T, shown(next=None, previous=None, next_article=ArticleId(13)), aside, NOW)
    assert labels(view) == ["Статьи по теме 4", "В закладки", "◀ К статье", "Оглавление"]
    assert target(view, "◀ К статье") == ShowSection(edition=7, article=5, section=1, trail="e").pack()


@pytest.mark.parametrize(
    ("place", "row"),
    [
        (Place(edition=7, trail="e"), ["◀ К выпуску", "Оглавление"]),
        (Place(edition=7), ["◀ К выпуску", "Оглавление"]),
        (Place(edition=7, trail="t"), ["◀ Оглавление"]),
        (Place(edition=7, trail="t2"), ["◀ Оглавление"]),
        (Place(edition=7, trail="r3-1"), ["◀ К рубрике", "Оглавление"]),
        (Place(trail="l1"), ["◀ К списку"]),
        (Place(trail="v"), ["◀ Закладки"]),
        (Place(trail="d"), ["◀ К черновику"]),
        (Place(), ["◀ К списку"]),
        (Place(trail="r3"), ["◀ К списку"]),
        (Place(trail="что угодно"), ["◀ К списку"]),
    ],
)
def test_back_leads_where_one_came_from(place: Place, row: list[str]) -> None:
    view = page(T, shown(), place, NOW)
    assert [each.label for each in view.keyboard[-1]] == row


def test_related_articles_are_offered_only_when_there_are_any() -> None:
    assert "Статьи по теме" not in "".join(labels(page(T, shown(related_count=0), IN_ORDER, NOW)))


def test_saving_carries_the_state_it_leads_to() -> None:
    wanted = KeepArticle(on=True, edition=7, article=12, section=1, page=0, trail="e")
    assert target(page(T, shown(), IN_ORDER, NOW), "В закладки") == wanted.pack()
    kept = page(T, shown(saved=True), IN_ORDER, NOW)
    assert target(kept, "✓ В закладках") == wanted.model_copy(update={"on": False}).pack()


def test_a_withdrawn_article_says_so_and_can_be_left() -> None:
    view = page(T, shown(state=ArticleState.WITHDRAWN, blocks=(), next=None, next_article=ArticleId(13)), IN_ORDER, NOW)
    assert "Эта статья отозвана редакцией." in text_of(view)
    assert "Следующая статья ▶" in labels(view)
    assert "◀ К выпуску" in labels(view)
    assert "В закладки" not in labels(view)


def test_the_desk_still_sees_the_text_of_a_withdrawn_article() -> None:
    text = text_of(page(T, shown(state=ArticleState.WITHDRAWN), Place(trail="d"), NOW))
    assert text.startswith("ОТОЗВАНО — читатели этого текста не видят")
    assert "Опоры моста устали." in text


def test_a_preview_is_the_readers_page_with_a_line_above() -> None:
    view = preview(T, shown(state=ArticleState.DRAFT, published_at=None, rubric=None))
    assert text_of(view).startswith("ПРОСМОТР — не опубликовано\n\nМост на Садовой закроют до весны\nраздел 2 из 6")
    assert labels(view)[-1] == "◀ К черновику"
    assert "В закладки" not in labels(view)


FOUND = (
    Related(kind=RelatedKind.EDITOR, title="Как ездить в объезд: схема", article_id=ArticleId(21),
            published_at=NOW - timedelta(days=1)),
    Related(kind=RelatedKind.SOURCE, title="История моста за 60 лет", article_id=ArticleId(22),
            published_at=datetime(2026, 3, 3, 12, tzinfo=UTC)),
    Related(kind=RelatedKind.SOURCE, title="Чего у нас <нет>", href="https://e.org/?a=1&b=2"),
    Related(kind=RelatedKind.SIMILAR, title="Ремонт Речной перенесли", article_id=ArticleId(23),
            published_at=datetime(2025, 11, 12, 12, tzinfo=UTC), reasons="дорога, ремонт"),
)  # fmt: skip


def test_related_articles_come_by_kind_with_their_ages() -> None:
    assert drawn(related(T, shown(), FOUND, IN_ORDER, NOW)) == (
        "🧵 Статьи по теме «Мост на Садовой закроют до весны»\n\n"
        "Выбор редакции\n1. Как ездить в объезд: схема — вчера\n\n"
        "Из исходной статьи\n2. История моста за 60 лет — 3 марта\n• Чего у нас <нет>\n\n"
        "Похожие по смыслу\n3. Ремонт Речной перенесли — 12 ноября 2025\n"
        "похожая тема: дорога, ремонт\n\n"
        "[ 1 ] [ 2 ] [ 3 ]\n"
        "[ ◀ К статье ]\n"
    )


def test_opening_a_related_article_remembers_the_page_one_left() -> None:
    view = related(T, shown(section=3, page=1), FOUND, IN_ORDER, NOW)
    assert target(view, "2") == ShowSection(edition=7, article=22, trail="e_a12-3-1").pack()
    assert target(view, "◀ К статье") == ShowSection(edition=7, article=12, section=3, page=1, trail="e").pack()


def test_nothing_related_is_said() -> None:
    assert "По теме пока ничего нет." in text_of(related(T, shown(), (), IN_ORDER, NOW))


@given(IDS, IDS, st.lists(st.builds(trails.Page, IDS, st.integers(0, 999), st.integers(0, 999)), max_size=5),
       st.integers(0, 999), st.integers(0, 999))  # fmt: skip
def test_every_button_of_every_place_has_at_most_64_bytes(
    edition: int, article: int, asides: Sequence[trails.Page], section: int, number: int
) -> None:
    trail = trails.push("", trails.Rubric(edition, 3))
    for aside in asides:
        trail = trails.push(trail, aside)
    place = Place(edition=edition, trail=trail)
    one = shown(article_id=article, section=section, page=number, sections=1000, pages=1000,
                next=(section, number), previous=(section, number))  # fmt: skip
    for view in (page(T, one, place, NOW), related(T, one, FOUND, place, NOW)):
        text_of(view)
        assert all(len(each.data.encode()) <= DATA_LIMIT for row in view.keyboard for each in row)
    ShowRelated.unpack(target(page(T, one, place, NOW), "Статьи по теме"))


WORDS = st.sampled_from(
    [
        "мост",
        "и",
        "закроют.",
        "<script>alert(1)</script>",
        "&amp;",
        "שלום",
        "👩‍👩‍👧",
        "я" * 300,
        "https://город.рф/?a=1&b",
        "#мост",
        "\n",
    ]
)
STYLES = st.frozensets(st.sampled_from(Style), max_size=3)
HREFS = st.sampled_from([None, None, "https://e.org/?q=\"'<>&", "javascript:x", "tg://user?id=1"])
SPANS = st.builds(
    lambda words, styles, href: Span(text=" ".join(words) + " ", styles=styles, href=href),
    st.lists(WORDS, min_size=1, max_size=60),
    STYLES,
    HREFS,
)
BLOCKS = st.lists(
    st.builds(
        lambda kind, spans: Block(kind=kind, spans=tuple(spans)),
        st.sampled_from(Kind),
        st.lists(SPANS, min_size=1, max_size=12),
    ),
    min_size=1,
    max_size=12,
)


@given(BLOCKS, st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=TITLE_LIMIT))
def test_any_text_is_shown_whole_page_by_page_within_every_limit(blocks: list[Block], title: str) -> None:
    heading = (Span(text="Почему закрывают мост & где объезд <b>?"[:HEADING_LIMIT]),)
    section = Section(heading=heading, blocks=tuple(blocks))
    made = Draft(title=title, title_origin=TitleOrigin.EDITOR, lead=(), sections=(section,),
                 removed=(), source_links=())  # fmt: skip
    cut_pages = pages(made)[0]
    seen = ""
    for number, each in enumerate(cut_pages):
        one = shown(title=title, section=0, sections=300, page=number, pages=len(cut_pages), blocks=each,
                    corrected_at=NOW, rubric=Rubric(id=RubricId(1), name="ы" * 32, emoji="🏙"))  # fmt: skip
        text = text_of(page(T, one, IN_ORDER, NOW))
        seen += text.split("\n\n", 1)[1]
    assert squeezed(seen) == squeezed(heading[0].text + plain(blocks))


@pytest.mark.parametrize("language", ["ru", "en"])
def test_an_article_of_the_seeds_shape_reads_like_its_golden_screens(language: str) -> None:
    screens = []
    draft = cut([paragraph(text) for text in SHAPED.split("\n\n")])
    article = pages(draft)
    for section, of_section in enumerate(article):
        for number, blocks in enumerate(of_section):
            one = shown(title=draft.title, section=section, sections=len(article), page=number, pages=len(of_section),
                        blocks=blocks, next=(section + 1, 0) if section + 1 < len(article) else None,
                        previous=(section - 1, 0) if section else None)  # fmt: skip
            screens.append(drawn(page(speaking(language), one, IN_ORDER, NOW)))
    golden = GOLDEN / f"article_{language}.txt"
    assert golden.read_text("utf-8") == "\n---\n\n".join(screens)


SHAPED = """Мост на Садовой закроют до весны

Движение перекроют 1 декабря, объезд пойдёт по Речной улице.

Почему закрывают

Опоры моста обследовали в октябре и нашли трещины. Ездить по нему опасно, решила комиссия.

Как ехать

Автобусы № 4 и № 17 пойдут по Речной. Пешеходам оставят мостки."""


def test_the_seed_article_fits_section_by_section() -> None:
    if not SEED.exists():
        pytest.skip("the folder of real texts is not beside the project")
    draft = cut([paragraph(text) for text in SEED.read_text("utf-8").split("\n\n")])
    for section, of_section in enumerate(pages(draft)):
        for number, blocks in enumerate(of_section):
            one = shown(title=draft.title, section=section, page=number, blocks=blocks)
            assert text_of(page(T, one, IN_ORDER, NOW)).startswith(draft.title)
