"""The plain methods that ours are compared with: TF-IDF cosine and BM25 over stems, lists of words, first sentences."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from razdel import sentenize

from benchmarks.text.corpora import Document
from digests.words import stems

_K1, _B = 1.2, 0.75  # BM25 as everybody has it
_TITLE = 3
_SHORT_WORDS = 8
_KEY_WORDS = re.compile(
    r"читайте|читать|подпис|по теме|смотрите также|смотреть все|подробнее|комментар|поделит|реклама|источник:|фото:",
    re.IGNORECASE,
)


class Cosine:
    """TF-IDF cosine over stems: (1 + ln tf) · ln(N/df), the title counted three times."""

    def __init__(self, documents: Sequence[Document]) -> None:
        counts = [Counter(stems(f"{one.title}\n" * _TITLE + one.text)) for one in documents]
        holding = Counter(stem for count in counts for stem in count)
        rarity = {stem: math.log(len(documents) / count) for stem, count in holding.items()}
        self._vectors: list[dict[str, float]] = []
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, count in enumerate(counts):
            raw = {stem: (1 + math.log(times)) * rarity[stem] for stem, times in count.items() if rarity[stem]}
            length = math.hypot(*raw.values())
            self._vectors.append({stem: value / length for stem, value in raw.items()})
            for stem, value in self._vectors[-1].items():
                self._postings[stem].append((number, value))

    def ranked(self, number: int) -> list[int]:
        """Return the others that share a stem, nearest first."""
        sums: dict[int, float] = defaultdict(float)
        for stem, value in self._vectors[number].items():
            for other, theirs in self._postings[stem]:
                sums[other] += value * theirs
        sums.pop(number, None)
        return sorted(sums, key=lambda other: (-sums[other], other))

    def likeness(self, one: int, other: int) -> float:
        """Return the cosine of two documents."""
        mine, theirs = self._vectors[one], self._vectors[other]
        return math.fsum(value * theirs[stem] for stem, value in mine.items() if stem in theirs)


class Bm25:
    """BM25 over the stems of one line."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._counts = [Counter(stems(text)) for text in texts]
        holding = Counter(stem for count in self._counts for stem in count)
        usual = sum(count.total() for count in self._counts) / len(texts)
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, count in enumerate(self._counts):
            norm = _K1 * (1 - _B + _B * count.total() / usual)
            for stem, times in count.items():
                rarity = math.log(1 + (len(texts) - holding[stem] + 0.5) / (holding[stem] + 0.5))
                self._postings[stem].append((number, rarity * times * (_K1 + 1) / (times + norm)))

    def scores(self, number: int) -> dict[int, float]:
        """Return the scores of the others that share a stem."""
        sums: dict[int, float] = defaultdict(float)
        for stem in self._counts[number]:
            for other, value in self._postings[stem]:
                sums[other] += value
        sums.pop(number, None)
        return sums

    def ranked(self, number: int) -> list[int]:
        """Return the others that share a stem, best first."""
        sums = self.scores(number)
        return sorted(sums, key=lambda other: (-sums[other], other))


def first_sentences(text: str, count: int) -> str:
    """Return the first sentences of a text as razdel parts them, on one line."""
    return " ".join(" ".join(found.text.split()) for found, _ in zip(sentenize(text), range(count), strict=False))


def short_lines(paragraphs: Sequence[str]) -> list[str]:
    """Return the lines that a rule takes for headings: few words, no full stop, something after them."""
    return [
        text for text in paragraphs[:-1] if text and len(text.split()) <= _SHORT_WORDS and text[-1:] not in ".,;:!…"
    ]


def key_words(paragraphs: Sequence[str]) -> list[str]:
    """Return the lines that a list of words takes for furniture."""
    return [text for text in paragraphs if len(text) <= 160 and _KEY_WORDS.search(text)]
