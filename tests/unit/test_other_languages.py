"""Articles in English, Azerbaijani and mixed languages, and texts that are hardly any: told, stemmed and compared."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.articles import ArticleId
from digests.blocks import Block, Kind, Span, paragraph
from digests.leaning import leans
from digests.related import RelatedIndex
from digests.summaries import LONGEST, LONGEST_BRIEF, Summary, Told, summary
from digests.words import stems

METRO = "Bakıda “28 May” metrostansiyası dekabrın 1-dən mayın 15-dək təmirə bağlanacaq."
COST = "Təmir işləri 210 milyon manata başa gələcək, bunu “Bakı Metropoliteni” hesablayıb."
BRIDGE = "The Solvinsk city council will close the Pilot Bridge to cars from 1 December until 15 May."
PIERS = "The repairs of two piers of the bridge will cost $210 million, according to the council."


def told(title: str, *texts: str | Block) -> Summary:
    return summary(Told(title, [text if isinstance(text, Block) else paragraph(text) for text in texts], []))


def of(kind: Kind, text: str) -> Block:
    return Block(kind=kind, spans=(Span(text=text),))


def test_an_english_article_is_told_in_english() -> None:
    found = told("Pilot Bridge to close", f"{BRIDGE} {PIERS}")
    assert found.sentence in (BRIDGE, PIERS)
    assert found.brief in (BRIDGE, f"{BRIDGE} {PIERS}")
    assert told("Pilot Bridge to close", "He said so on Monday, May 3.", BRIDGE).sentence == BRIDGE


def test_an_azerbaijani_article_is_told_by_what_stands_alone() -> None:
    leaning = "Bundan əlavə, avtobusların sayı artırılacaq."
    spoken = "O bildirib ki, sərnişinlər “Sahil” stansiyasından istifadə edə bilərlər."
    found = told("“28 May” metrostansiyası bağlanır", spoken, leaning, METRO, COST)
    assert found.sentence in (METRO, COST)
    assert found.brief in (METRO, f"{METRO} {COST}")


@pytest.mark.parametrize(
    "sentence",
    [
        "O bildirib ki, körpü bağlanacaq.",
        "Bu barədə nazirlik məlumat yayıb.",
        "Bundan əlavə, avtobuslar dayanıb.",
        "Onun sözlərinə görə, körpü bağlıdır.",
        "Bu karar belediye tarafından açıklandı.",
        "Він простоїть закритим до травня.",
        "Крім того, автобуси змінять маршрут.",
    ],
)
def test_what_leans_in_neighbouring_languages(sentence: str) -> None:
    assert leans(sentence)


@pytest.mark.parametrize(
    "sentence", [METRO, "Bu gün Bakıda yağış yağacaq.", "O'Neill scored twice for Celtic on Sunday."]
)
def test_what_does_not(sentence: str) -> None:
    assert not leans(sentence)


def test_a_brief_keeps_to_one_language() -> None:
    russian = "Компания Apple Inc. представила телефон iPhone 15 Pro Max в Купертино."
    price = "Цена телефона iPhone 15 Pro Max в России составит 99 990 рублей."
    english = "The new iPhone 15 Pro Max costs $999 and ships on Friday, Apple said."
    assert told("iPhone 15 Pro Max", russian, english, price).brief in (russian, price, f"{russian} {price}")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bakıda", "Bakının"),
        ("metrostansiyası", "metrostansiyasından"),
        ("avtobusların", "avtobuslarımı"[:-2]),
        ("körpünün", "körpüsü"),
        ("işçilərin", "işçilər"),
    ],
)
def test_forms_of_an_azerbaijani_word_have_one_stem(one: str, other: str) -> None:
    assert stems(one) == stems(other)


def test_russian_and_english_words_keep_their_stems() -> None:
    assert stems("ипотеки ипотекой Mortgages mortgage Zürich") == ["ипотек", "ипотек", "mortgag", "mortgag", "zürich"]


def test_azerbaijani_articles_on_one_matter_are_related() -> None:
    index, at = RelatedIndex(), datetime(2026, 11, 23, tzinfo=UTC)
    index.add(ArticleId(1), "“28 May” metrostansiyası bağlanır", f"{METRO} {COST}", at)
    index.add(ArticleId(2), "Metrostansiyanın təmiri mayadək sürəcək", "Bakı metrostansiyasının təmirinə başlanıb.", at)
    index.add(ArticleId(3), "Nar bayramı", "Göyçayda nar bayramı keçirilir, qonaqlar meyvələrdən dadıblar.", at)
    assert [found for found, _ in index.similar(ArticleId(1))][:1] == [ArticleId(2)]


VERSE = "Мороз и солнце; день чудесный!\nЕщё ты дремлешь, друг прелестный —\nПора, красавица, проснись."
BARE = (
    ("Десять зн",),
    ("слово и дело, " * 360 + "конец.",),
    ("Мост на Садовой, " + "который закроют до весны, " * 190 + "отремонтируют.",),
    (of(Kind.LIST_ITEM, "• мост на Садовой"), of(Kind.LIST_ITEM, "• три школы.")),
    (of(Kind.QUOTE, "Мы закроем мост, потому что опоры устали."),),
    (of(Kind.PREFORMATTED, "Город | Цена\nМосква | 100"),),
    ("Город | Цена\nМосква | 100\nТверь | 90",),
    ("Доллар — 92,5\nЕвро — 101,3\nЮань — 12,8",),
    ("— Когда закроют мост?\n— Первого декабря.\n— Надолго?\n— До весны.",),
    ("МОСТ ЗАКРОЮТ", "АВТОБУСЫ ПОЙДУТ В ОБЪЕЗД"),
    ("1234567890",),
    ("🌉🌉🌉",),
    ("كان الجسر مغلقا حتى الربيع",),
)


@pytest.mark.parametrize("texts", BARE)
def test_a_text_without_a_sentence_that_stands_alone_is_told_by_its_title(texts: tuple[str | Block, ...]) -> None:
    assert told("Мост на Садовой закроют", *texts) == ("Мост на Садовой закроют", "Мост на Садовой закроют")


def test_verse_is_no_reason_to_break_down() -> None:
    found = told("Зимнее утро", VERSE)
    assert found.sentence in ("Зимнее утро", VERSE.splitlines()[0])


MIXED = st.text(alphabet="аб АБ.ab AB,əıƏ«»\"!?1 –…'\n", max_size=400)


@given(st.text(max_size=30), st.lists(st.text(max_size=200) | MIXED, max_size=5))
def test_any_text_is_told_within_bounds(title: str, texts: list[str]) -> None:
    found = told(title, *texts)
    assert found.sentence == title.strip() or len(found.sentence) <= LONGEST
    assert found.brief == title.strip() or len(found.brief) <= LONGEST_BRIEF
