"""How alike two articles are: the signs, their weights, and one figure that they make."""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

SHIPPED = Path(__file__).with_name("likeness.json")


class Signs(NamedTuple):
    """What speaks for two articles being related, each from 0 to 1."""

    words: float  # cosine of their texts
    titles: float  # cosine of the title of each with the text of the other, the mean of both
    letters: float  # cosine of the trigrams of their titles


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What counts how much; found by `python -m benchmarks.text.fit`, which writes the file that is shipped."""

    title: float  # occurrences that a word in the title is worth more
    named: float  # occurrences that a word is worth more that is a name somewhere in the article
    titles: float
    letters: float

    def likeness(self, signs: Signs) -> float:
        """Return the likeness from 0 to 1, never less than the cosine of the texts.

        The signs are taken as independent reasons, any of which is enough (a noisy-or). Letters count as far as the
        texts agree, for titles of one make («Weather in …») head news on different things.
        """
        by_titles = math.pow(1 - signs.titles, self.titles)
        by_letters = math.pow(1 - signs.words * signs.letters, self.letters)
        return 1 - (1 - signs.words) * by_titles * by_letters


def shipped() -> Weights:
    """Return the weights that come with the program."""
    return Weights(**json.loads(SHIPPED.read_text(encoding="utf-8"))["weights"])
