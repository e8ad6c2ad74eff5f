"""What is asked of a large archive: every kind of question that a reader may type, many of each kind."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from benchmarks.text.archive import Piece
from benchmarks.text.searched import RUBRICS
from digests.words import STOP_WORDS, stem_each, stems, tokens

_READ = 5_000  # articles that common words are counted in
_COMMON = 40
_SHORTEST = 4  # letters of a common word
_FURTHER = 40  # results passed over
_PERIODS = ("за неделю", "за месяц", "за год", "с 1 ноября")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is typed, and the same as FTS5 spells it; empty where FTS5 has no such thing."""

    kind: str
    text: str
    match: str = ""
    offset: int = 0


class Asking:
    """Makes questions about an archive, the same each time."""

    def __init__(self, archive: Sequence[Piece]) -> None:
        self._archive = archive
        self._chance = random.Random(5)
        words, pairs = Counter[str](), Counter[tuple[str, str]]()
        for piece in archive[:_READ]:
            for sentence in piece.sentences[1:]:
                found = tokens(sentence)
                words.update(word for word in found if len(word) >= _SHORTEST and word not in STOP_WORDS)
                pairs.update(pairwise(found))
        self._words = [word for word, _ in words.most_common(_COMMON)]
        self._pairs = [pair for pair, _ in pairs.most_common(_COMMON)]

    def questions(self, of_each: int) -> list[Question]:
        """Return so many questions of each kind, the kinds in turn."""
        kinds: dict[str, Callable[[str], Question]] = {
            "one word": partial(self._several, least=1, most=1),
            "two or three words": partial(self._several, least=2, most=3),
            "words of two titles": self._apart,
            "a common word": self._common,
            "a common word, page 9": partial(self._common, offset=_FURTHER),
            "common words": self._commons,
            "a phrase": self._phrase,
            "a phrase of common words": self._common_phrase,
            "without a word": self._without,
            "in a rubric": self._in_a_rubric,
            "of a time": self._of_a_time,
            "with a slip": self._slipped,
            "nothing there": self._nothing,
        }
        return [make(kind) for _ in range(of_each) for kind, make in kinds.items()]

    def _title(self, least: int) -> list[str]:
        """Return the words of a title that has so many."""
        while True:
            found = tokens(self._chance.choice(self._archive).sentences[0])
            words = list(dict.fromkeys(word for word in found if word not in STOP_WORDS))
            if len(words) >= least:
                return words

    def _several(self, kind: str, least: int, most: int) -> Question:
        words = self._chance.sample(self._title(most), self._chance.randint(least, most))
        return Question(kind=kind, text=" ".join(words), match=_all(words))

    def _apart(self, kind: str) -> Question:
        words = [*self._chance.sample(self._title(2), 2), *self._chance.sample(self._title(2), 2)]
        return Question(kind=kind, text=" ".join(words))

    def _common(self, kind: str, offset: int = 0) -> Question:
        word = self._chance.choice(self._words)
        return Question(kind=kind, text=word, match=_all([word]), offset=offset)

    def _commons(self, kind: str) -> Question:
        words = self._chance.sample(self._words, 2)
        return Question(kind=kind, text=" ".join(words), match=_all(words))

    def _phrase(self, kind: str) -> Question:
        while True:
            found = tokens(self._chance.choice(self._archive).sentences[0])
            if len(found) > 1:
                at = self._chance.randrange(len(found) - 1)
                return Question(kind=kind, text=f"«{' '.join(found[at : at + 2])}»", match=_phrase(found[at : at + 2]))

    def _common_phrase(self, kind: str) -> Question:
        pair = self._chance.choice(self._pairs)
        return Question(kind=kind, text=f"«{' '.join(pair)}»", match=_phrase(pair))

    def _without(self, kind: str) -> Question:
        word, other = self._chance.sample(self._words, 2)
        return Question(kind=kind, text=f"{word} -{other}", match=f"{_all([word])} NOT {_all([other])}")

    def _in_a_rubric(self, kind: str) -> Question:
        word, at = self._title(1)[0], self._chance.randrange(len(RUBRICS))
        return Question(kind=kind, text=f"{word} рубрика:{RUBRICS[at]}", match=f"{_all([word])} AND filed: {at + 1}")

    def _of_a_time(self, kind: str) -> Question:
        return Question(kind=kind, text=f"{self._title(1)[0]} {self._chance.choice(_PERIODS)}")

    def _slipped(self, kind: str) -> Question:
        """Two letters of the longest word are swapped."""
        words = self._title(2)[:2]
        word = max(words, key=len)
        at = self._chance.randrange(max(1, len(word) - 1))
        wrong = word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]
        return Question(kind=kind, text=" ".join(words).replace(word, wrong))

    def _nothing(self, kind: str) -> Question:
        return Question(kind=kind, text=max(self._title(1), key=len)[::-1])


def _all(words: Sequence[str]) -> str:
    return "(" + " AND ".join(f'"{stem}"' for stem in stems(" ".join(words))) + ")"


def _phrase(words: Sequence[str]) -> str:
    return '"' + " ".join(stem_each(list(words))) + '"'
