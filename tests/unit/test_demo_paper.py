"""The demo newspaper: its files are well formed, agree with one another and are clean typography."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import time
from itertools import pairwise
from pathlib import Path

import pytest

PAPER = Path(__file__).resolve().parents[2] / "bot" / "demo" / "paper"
TAILS = ("Статьи по теме", "Читайте также")
FURNITURE = "Back to top button"
LONGEST_TITLE = 89
LONGEST_HEADING = 60
ONE_MESSAGE = 4096
SHORT_ARTICLE = 1100
CLOSING = tuple(".!?…:;,")

# Words whose only spelling has the letter; homographs such as «все» are left to the copy editor.
WITHOUT_YO = re.compile(
    r"\b(?:еще|ее|нее|свое|твое|мое|трех|четырех|трехкомнатн\w+|причем|вперед"
    r"|идет|пойдет|придет|пришел|подошел|прошел|шел|дает|берет|ведет|везет|несет|живет|поет|ждет|растет|льет"
    r"|обойдется|придется|остается|начнет|зовет|плывет|встает"
    r"|счет(?:а|у|е|ом|ов|чик\w*)?|отчет\w*|учет\w*|расчет\w*|прием\w*|подъем\w*|объем\w*|актер\w*|самолет\w*"
    r"|черн(?:ый|ая|ое|ые|ого|ых|ым)|желт(?:ый|ая|ое|ые|ого|ых|ым)|зелен(?:ый|ая|ое|ые|ого|ых|ым)"
    r"|темн(?:ый|ая|ое|ые|ого|ых|ым)|тепл(?:ый|ая|ое|ые|ого|ых|ым)|легк(?:ий|ая|ое|ие|ого|их|им)"
    r"|четверт(?:ый|ая|ое|ые|ого|ых|ым)|солен(?:ый|ая|ое|ые|ого|ых|ым)|надежн\w+|веревк\w+|верев(?:ок|кой)"
    r"|поселок|поселк\w+|пес|лед|мед|елк\w+|звезд|полет\w*)\b",
    re.IGNORECASE,
)
DANGLING = re.compile(
    r"(?:Он|Она|Оно|Они|Его|Её|Их|Это|Этот|Эта|Эти|Тот|Такой|Там|Тогда|Поэтому|Однако|Кроме|Также|Но|А|И)\b"
    r"|Таким образом"
)
BOUND_TO_TODAY = re.compile(
    r"\b(?:сегодня|вчера|завтра|позавчера|(?:понедельник|вторник|сред[уы]|четверг|пятниц|суббот|воскресень)\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One file of the paper, taken apart."""

    name: str
    rubric: str | None
    day: int
    at: time
    title: str
    blocks: tuple[str, ...]
    tail: tuple[str, ...]
    text: str

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(block for block in self.blocks if is_heading(block))

    @property
    def lead(self) -> str:
        return next(block for block in self.blocks if not is_heading(block))


def is_heading(block: str) -> bool:
    return "\n" not in block and len(block) <= LONGEST_HEADING and not block.endswith((*CLOSING, "»"))


def split_tail(text: str) -> tuple[str, tuple[str, ...]]:
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if line in TAILS:
            titles = (row for row in lines[number + 1 :] if row and row != FURNITURE)
            return "\n".join(lines[:number]), tuple(titles)
    return text, ()


def take_apart(name: str, text: str, *, rubric: str | None = None, day: int = 0, at: time = time(20)) -> Piece:
    body, tail = split_tail(text)
    title, *blocks = (block.strip() for block in re.split(r"\n{2,}", body.strip()))
    return Piece(name=name, rubric=rubric, day=day, at=at, title=title, blocks=tuple(blocks), tail=tail, text=text)


def read_article(path: Path) -> Piece:
    header, text = path.read_text(encoding="utf-8").split("\n---\n", 1)
    fields = dict(line.split(": ", 1) for line in header.splitlines())
    assert list(fields) == ["rubric", "published"], path.name
    day, at = fields["published"].split(" ")
    return take_apart(path.name, text, rubric=fields["rubric"], day=int(day), at=time.fromisoformat(at))


def section_lengths(piece: Piece) -> list[int]:
    lengths = [0]
    for block in piece.blocks:
        if is_heading(block):
            lengths.append(0)
        lengths[-1] += len(block) + 2
    return lengths


def read_rubrics() -> dict[str, str]:
    rows = (line.split("|") for line in (PAPER / "rubrics.txt").read_text(encoding="utf-8").splitlines())
    return {name: emoji for emoji, name in rows}


RUBRICS = read_rubrics()
ARTICLES = [read_article(path) for path in sorted(PAPER.glob("[0-9][0-9]-*.txt"))]
EDITORS = take_apart("editor.txt", (PAPER / "editor.txt").read_text(encoding="utf-8"))
EVERYTHING = [*ARTICLES, EDITORS]
BY_TITLE = {piece.title: piece for piece in EVERYTHING}

each_piece = pytest.mark.parametrize("piece", EVERYTHING, ids=lambda piece: piece.name)
each_article = pytest.mark.parametrize("piece", ARTICLES, ids=lambda piece: piece.name)


def test_there_are_at_least_a_dozen_articles_numbered_in_a_row() -> None:
    assert len(ARTICLES) >= 12
    assert [int(piece.name[:2]) for piece in ARTICLES] == list(range(1, len(ARTICLES) + 1))
    assert all(re.fullmatch(r"\d\d(-[a-z0-9]+)+\.txt", piece.name) for piece in ARTICLES)


def test_nothing_else_lies_in_the_folder() -> None:
    known = {piece.name for piece in EVERYTHING} | {"rubrics.txt"}
    assert {path.name for path in PAPER.iterdir()} == known


def test_every_rubric_has_an_emoji_and_two_articles() -> None:
    filed = Counter(piece.rubric for piece in ARTICLES)
    assert 4 <= len(RUBRICS) <= 5
    assert len(set(RUBRICS.values())) == len(RUBRICS)
    assert set(filed) == set(RUBRICS)
    assert min(filed.values()) >= 2


def test_the_morning_digest_is_rich() -> None:
    fresh = [piece for piece in ARTICLES if piece.day >= -1]
    rubrics = Counter(piece.rubric for piece in fresh)
    assert len(fresh) >= 7
    assert set(rubrics) == set(RUBRICS)
    assert sum(count >= 2 for count in rubrics.values()) >= 3


@each_article
def test_an_article_is_dated_within_the_week_and_in_working_hours(piece: Piece) -> None:
    assert -6 <= piece.day <= 0
    assert time(8) < piece.at < (time(18) if piece.day == 0 else time(22))


def test_the_week_has_several_days() -> None:
    assert len({piece.day for piece in ARTICLES}) >= 5


def test_no_two_titles_are_the_same() -> None:
    assert len(BY_TITLE) == len(EVERYTHING)


@each_piece
def test_a_title_is_one_line_without_a_full_stop(piece: Piece) -> None:
    assert "\n" not in piece.title
    assert len(piece.title) <= LONGEST_TITLE
    assert not piece.title.endswith(CLOSING)


@each_piece
def test_long_pieces_have_headings_and_short_ones_have_none(piece: Piece) -> None:
    count = len(piece.headings)
    assert count == 0 if len(piece.text) < SHORT_ARTICLE else 2 <= count <= 7


@each_piece
def test_every_heading_has_a_text_of_its_own(piece: Piece) -> None:
    assert len(set(piece.headings)) == len(piece.headings)
    assert not is_heading(piece.blocks[-1])
    assert not any(is_heading(one) and is_heading(next_one) for one, next_one in pairwise(piece.blocks))


@each_piece
def test_every_paragraph_and_list_item_is_closed(piece: Piece) -> None:
    for block in piece.blocks:
        if not is_heading(block):
            assert all(line.endswith((".", "!", "?", "…", ":", ";", "»")) for line in block.splitlines()), block


@each_article
def test_a_tail_names_older_articles_of_the_paper(piece: Piece) -> None:
    for title in piece.tail:
        related = BY_TITLE[title]
        assert related is not EDITORS
        assert (related.day, related.at) < (piece.day, piece.at)


def test_both_kinds_of_tail_occur() -> None:
    assert all(any(f"\n{label}\n" in piece.text for piece in ARTICLES) for label in TAILS)


def test_the_editors_article_has_the_shape_of_a_page_pasted_from_a_site() -> None:
    assert is_heading(EDITORS.blocks[0])
    assert len(EDITORS.headings) == 6
    assert TAILS[0] in EDITORS.text.splitlines()
    assert EDITORS.text.rstrip().splitlines()[-1] == FURNITURE


def test_two_titles_of_the_editors_tail_are_in_the_paper() -> None:
    known = [title for title in EDITORS.tail if title in BY_TITLE]
    assert len(EDITORS.tail) == 3
    assert len(known) == 2


def test_exactly_one_article_has_a_section_of_several_pages() -> None:
    paged = [piece for piece in EVERYTHING if max(section_lengths(piece)) > ONE_MESSAGE]
    assert len(paged) == 1
    assert max(section_lengths(paged[0])) > 4500
    assert len(paged[0].text) >= 9000


def test_the_shortest_article_is_a_brief() -> None:
    assert 75 <= min(len(piece.text.split()) for piece in ARTICLES) <= 100


def test_lists_quotations_and_markup_characters_occur() -> None:
    assert any("\n• " in piece.text and "\n1. " in piece.text for piece in ARTICLES)
    assert sum("», — " in piece.text or ", — сказал" in piece.text for piece in ARTICLES) >= 3
    paper = "\n".join(piece.text for piece in ARTICLES)
    assert all(sign in paper for sign in ("< 500 ₽", "Рога & Копыта", "<script>", "&lt;"))


@each_piece
def test_the_first_sentence_is_intelligible_alone(piece: Piece) -> None:
    assert not DANGLING.match(piece.lead)
    first = re.split(r"(?<=[.!?]) ", piece.lead)[0]
    assert "сольвинск" in first.lower()
    assert 40 <= len(first) <= 220


@each_piece
def test_no_text_depends_on_the_day_it_is_read(piece: Piece) -> None:
    assert BOUND_TO_TODAY.findall(piece.text) == []


@each_piece
def test_quotation_marks_are_guillemets_and_balanced(piece: Piece) -> None:
    assert not re.search(r"[\"'“”‘’`]", piece.text)
    for block in [piece.title, *piece.blocks]:
        assert block.count("«") == block.count("»"), block


@each_piece
def test_dashes_and_spaces_are_typographic(piece: Piece) -> None:
    for line in piece.text.splitlines():
        assert not re.search(r" -|- |–\s|\s–|--|\S—|—\S", line), line
        assert not re.search(r"  |\t|\u00a0| [,.;:!?»)]|[«(] ", line), line
        assert line == line.strip(), line
    assert not re.search(r"\d-\d|\.\.|\d%|№\d|\d₽", piece.text)
    assert "\r" not in piece.text
    assert "\n\n\n" not in piece.text


@each_piece
def test_the_letter_yo_is_never_flattened(piece: Piece) -> None:
    assert WITHOUT_YO.findall(piece.text) == []


@each_piece
def test_the_file_is_composed_unicode_with_one_newline_at_the_end(piece: Piece) -> None:
    raw = (PAPER / piece.name).read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert raw.endswith(b"\n")
    assert not raw.endswith(b"\n\n")
