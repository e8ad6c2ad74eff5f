"""The sentence that stands for an article, on made-up and on real texts."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.articles import Section
from digests.blocks import Block, Kind, Span, paragraph
from digests.leaning import leans
from digests.summaries import LONGEST, clipped, reading_minutes, sentence

DATA = Path(__file__).parents[3] / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="real texts are not beside the project")

TITLE = "Мост на Садовой закроют до весны"
STORY = "Мост на Садовой улице закроют на ремонт до весны, автобусы пустят по Речной."


def told(*paragraphs: str, title: str = TITLE) -> str:
    return sentence(title, [paragraph(text) for text in paragraphs], [])


def section(*blocks: Block) -> Section:
    return Section(heading=(Span(text="Почему"),), blocks=blocks)


@pytest.mark.parametrize(
    "other",
    [
        "Он простоит закрытым до марта, и мост на Садовой ждёт ремонт.",
        "Таким образом, мост на Садовой улице закроют до весны на ремонт.",
        "Почему мост на Садовой улице закроют на ремонт до весны?",
        "«Мост на Садовой улице закроют до весны, — заявил мэр.",
        "Мост на Садовой закроют до весны.",
        "Фото: мост на Садовой улице закроют на ремонт до весны.",
        "Читайте также: мост на Садовой улице закроют до весны.",
        "Мост на Садовой улице до весны",
        "Мост на Садовой улице закроют до весны, подробности на https://example.org/most.",
        "Мост закроют.",
        "Мост на Садовой улице закроют до весны, и вот что об этом известно:",
        "— Мост на Садовой улице закроют до весны.",
    ],
)
def test_what_cannot_stand_for_the_story_gives_way_to_what_can(other: str) -> None:
    assert told(other, STORY) == STORY


def test_early_sentences_about_the_title_win() -> None:
    late = "Мост на Садовой построили в 1974 году по проекту местных инженеров."
    assert told(STORY, "Дождь не помешал открытию ярмарки на площади.", late) == STORY
    assert told("Прошлое лето выдалось в городе холодным и дождливым.", STORY) == STORY


def test_sections_are_read_when_the_lead_says_nothing() -> None:
    blocks = (Block(kind=Kind.HEADING, spans=(Span(text="Мост"),)), paragraph(STORY))
    assert sentence(TITLE, [paragraph("Что известно?")], [section(*blocks)]) == STORY


@pytest.mark.parametrize("kind", [Kind.HEADING, Kind.QUOTE, Kind.LIST_ITEM, Kind.PREFORMATTED])
def test_only_running_text_is_quoted(kind: Kind) -> None:
    assert sentence(TITLE, [Block(kind=kind, spans=(Span(text=STORY),))], []) == TITLE


@pytest.mark.parametrize(
    "dateline",
    [
        "МОСКВА, 3 мая — РИА Новости. ",
        "МОСКВА, 3 мая. /ТАСС/. ",
        "ТАСС, 4 мая. ",
        "Москва. 3 мая. ИНТЕРФАКС - ",
        "МИНСК, 3 мая – Sputnik. ",
        "НИЖНИЙ НОВГОРОД, 12 ноября 2026 года - ",
        "РИА Новости. ",
        "🔥 ",
        "• ",
    ],
)
def test_datelines_and_ornaments_are_left_out(dateline: str) -> None:
    assert told(dateline + STORY) == STORY


def test_english_datelines_are_left_out_too() -> None:
    story = "The bridge on Garden Street will be closed for repairs until spring."
    assert told(f"LONDON, May 3 (Reuters) - {story}", title="Bridge closed until spring") == story
    assert told(f"She said so. {story}", title="Bridge closed until spring") == story


def test_a_date_that_is_part_of_the_sentence_stays() -> None:
    text = "3 мая в Москве закроют на ремонт мост на Садовой улице."
    assert told(text) == text


def test_a_line_broken_to_fit_a_width_is_joined_and_a_heading_line_is_not() -> None:
    assert told(STORY.replace("ремонт ", "ремонт\n")) == STORY
    assert told("Новый этап\n" + STORY) == STORY


@pytest.mark.parametrize("text", ["", "😀", "Он ушёл.", "слово " * 2000, "!!!"])
def test_the_title_stands_in_when_no_sentence_can(text: str) -> None:
    assert told(text) == TITLE


def test_a_sentence_too_long_is_trimmed_at_a_clause() -> None:
    long = (
        "Московский художественный театр объявил программу весеннего марафона на Садовой улице, составленную к юбилею "
        "режиссёра Ивана Петрова, который в условиях ремонта моста показал в режиме онлайн девять своих спектаклей и "
        "собрал зрителей из всех больших и малых городов области и даже из соседних областей."
    )
    short = told(long)
    assert short.endswith("…")
    assert long.startswith(short[:-1])
    assert 70 <= len(short) <= LONGEST


def test_clipping_is_at_hand_for_one_line_leads() -> None:
    assert len(clipped(STORY, 40)) <= 40


SENTENCES = st.lists(
    st.sampled_from(
        [
            STORY,
            "Он сказал: «Мост. Закрыт».",
            "МОСКВА, 3 мая — РИА Новости.",
            "Кроме того, т. е. никогда.",
            "Автобусы номер 4 и 17 меняют маршрут с понедельника,\nсообщает мэрия города.",
            "«Ого",
            "Ремонт опор моста на Садовой займёт 4 месяца и обойдётся в 1,5 млн рублей бюджету города!",
            "Что дальше?",
            "слово " * 60 + ", который " + "слово " * 60 + ".",
        ]
    )
    | st.text(alphabet='абвАБВ .,!?«»"—\n1', max_size=80),
    max_size=8,
)


@given(SENTENCES, SENTENCES)
def test_a_summary_is_a_piece_of_the_text_or_the_title(lead: list[str], rest: list[str]) -> None:
    found = sentence(TITLE, [paragraph(text) for text in lead], [section(*map(paragraph, rest))])
    folded = re.sub(r"\s+", " ", "\n".join(lead + rest))
    assert found == TITLE or found.removesuffix("…") in folded
    assert found == TITLE or (len(found) <= LONGEST and not leans(found))


@pytest.mark.parametrize(("characters", "minutes"), [(0, 1), (1, 1), (1_700, 1), (1_900, 2), (12_000, 10)])
def test_reading_time_is_at_least_a_minute(characters: int, minutes: int) -> None:
    assert reading_minutes(characters) == minutes


@given(st.integers(0, 10**6), st.integers(0, 10**4))
def test_more_text_never_reads_faster(characters: int, more: int) -> None:
    assert 1 <= reading_minutes(characters) <= reading_minutes(characters + more)


@needs_data
def test_the_seed_article_is_told_by_its_first_sentence() -> None:
    title, *rest = (DATA / "seed-article.txt").read_text(encoding="utf-8").splitlines()
    first = next(line for line in rest if line.endswith(".")).split(". ")[0] + "."
    assert told(*rest, title=title) == first


@needs_data
def test_summaries_tell_more_of_the_story_than_first_sentences_do() -> None:
    lines = (DATA / "sum_multiref.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    ours = [told(*row["text"].split("\n"), title=row["title"]) for row in rows]
    first = [re.split(r"(?<=[.!?…])\s", row["text"].strip(), maxsplit=1)[0] for row in rows]
    references = [row["refs"] for row in rows]
    assert rouge_1(ours, references) >= rouge_1(first, references) + 2
    assert sum(map(len, ours)) / len(ours) <= 140


def rouge_1(texts: list[str], references: list[list[str]]) -> float:
    """Mean F1 of clipped counts of words, averaged over the references of each text, times 100."""
    scores = []
    for text, several in zip(texts, references, strict=True):
        mine = counts(text)
        for reference in several:
            theirs = counts(reference)
            shared = (mine & theirs).total()
            scores.append(200 * shared / (mine.total() + theirs.total()) / len(several))
    return sum(scores) / len(texts)


def counts(text: str) -> Counter[str]:
    return Counter(re.findall("[а-яa-z0-9]+", text.lower().replace("ё", "е")))


@pytest.mark.parametrize(
    "scrap",
    [
        "Культура и досугВ миреКино и киноиндустрияИА «Ореанда-Новости».",
        "«ДИНАМО»: Павлюченко — Юзепчук, Кики, Веретило, Нойок, Кисляк, Савицкий, Милевский.",
    ],
)
def test_lines_run_together_and_labels_are_no_sentences(scrap: str) -> None:
    story = "«Динамо» снимет кино о команде Минска и покажет его весной."
    assert sentence("Кино о команде", (paragraph(scrap), paragraph(story)), ()) == story
