"""Headings and page furniture against real news labelled by hand, read from beside the repository."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from digests.blocks import Kind, paragraph
from digests.sections import cut

GOLD = Path(__file__).parents[3] / "shared" / "data" / "sections_gold.jsonl"

pytestmark = pytest.mark.skipif(not GOLD.exists(), reason="the labelled texts are not on this machine")


@dataclass
class Tally:
    """Counts of what was found and was right, was wrong, was missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, found: list[str], true: list[str]) -> None:
        common = sum((Counter(found) & Counter(true)).values())
        self.right += common
        self.wrong += len(found) - common
        self.missed += len(true) - common

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.wrong + self.missed)


@pytest.fixture(scope="module")
def tallies() -> dict[str, Tally]:
    result = {"H": Tally(), "R": Tally()}
    for line in GOLD.read_text("utf-8").splitlines():
        row = json.loads(line)
        draft = cut([paragraph(text) for text in (row["title"], *row["paras"]) if text])
        labelled = list(zip(row["paras"], row["labels"], strict=True))
        headings = [section.title for section in draft.sections if section.heading]
        headings += [block.text for section in draft.sections for block in section.blocks if block.kind is Kind.HEADING]
        result["H"].add(headings, [text for text, label in labelled if label == "H"])
        result["R"].add(
            [piece.block.text for piece in draft.removed], [text for text, label in labelled if label == "R"]
        )
    return result


def test_headings_are_recognised_in_real_news(tallies: dict[str, Tally]) -> None:
    assert tallies["H"].f1 >= 0.94


def test_furniture_and_related_links_are_recognised_in_real_news(tallies: dict[str, Tally]) -> None:
    assert tallies["R"].f1 >= 0.88


def test_what_is_taken_away_is_seldom_text(tallies: dict[str, Tally]) -> None:
    assert tallies["R"].wrong <= 5
