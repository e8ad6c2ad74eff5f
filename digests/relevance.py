"""Relevance: the order of what is found, from stems alone, so that it is the same whatever engine found them.

BM25 (S. Robertson, H. Zaragoza, The Probabilistic Relevance Framework) with a word of the title or the lead counted
several times; equally good articles come newest first.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from digests.articles import ArticleId
from digests.letters import trigrams
from digests.wanted import Part

_TITLE, _LEAD = 5, 2  # times that a word counts there
_LESS_SURE = 0.6  # of what a form counts that may be another word's
_SATURATION, _LENGTH_SHARE = 1.2, 0.6
_USUAL_LENGTH = 1_500  # characters of stems
_COVERAGE = 0.5  # of the best score: what all parts being there adds, and some of them in proportion
# Of the best score: what likeness of letters may add, for each part and in all; nothing up to so many parts, for a word
# or two say nothing by their letters, and a whole headline does.
_LETTERS, _MOST_LETTERS, _SHORT = 0.4, 2.0, 2
_REORDERED = 30  # articles, some pages of a list
_DIGITS = 6  # decimals of a score: what differs by less is equal


class Text(Protocol):
    """An article by its stems."""

    @property
    def article(self) -> ArticleId:
        """Its id."""

    @property
    def published_at(self) -> int:
        """The second of its publication."""

    @property
    def title(self) -> str:
        """The stems of its title, in order."""

    @property
    def lead(self) -> str:
        """The stems of its lead."""

    @property
    def body(self) -> str:
        """The first stems of what follows."""


@dataclass(frozen=True, slots=True)
class Archive:
    """How many articles there are, and in how many of them stems occur."""

    articles: int
    holding: Mapping[str, int]

    def rarity(self, part: Part) -> float:
        """Return how much a part tells: ln(1 + N/n), for a phrase the sum over its words."""
        if part.is_phrase:
            return math.fsum(self._of(self.holding.get(stem, 0)) for stem in part.spellings[0])
        return self._of(sum(self.holding.get(stem, 0) for stem in part.stems))

    def most(self, part: Part) -> int:
        """Return how many articles may have all stems of a part, wherever they stand."""
        return sum(min(self.holding.get(stem, 0) for stem in spelling) for spelling in part.spellings)

    def _of(self, holding: int) -> float:
        return math.log(1 + max(self.articles, 1) / max(holding, 1))


def ranked(texts: Sequence[Text], parts: Sequence[Part], archive: Archive) -> list[ArticleId]:
    """Return the articles in their order, best first: by score and by how many of the parts are there; of equals the
    newest. The best are put in order once more by how much their titles are like the query, letter by letter.
    """
    weights = [(archive.rarity(part), _sought(part)) for part in parts]
    worth = [_worth(text, weights) for text in texts]
    best = max((score for _, score in worth), default=0.0) or 1.0
    places = {
        text.article: (round(score / best + _COVERAGE * there / len(parts), _DIGITS), text.published_at, text.article)
        for text, (there, score) in zip(texts, worth, strict=True)
    }
    order = sorted(texts, key=lambda text: places[text.article], reverse=True)
    asked = frozenset(trigrams(" ".join(stem for part in parts for stem in part.spellings[0])))
    letters = min(_LETTERS * len(parts), _MOST_LETTERS) if len(parts) > _SHORT else 0.0
    for text in order[:_REORDERED] if letters else ():
        value = places[text.article][0]
        alike = _alike(asked, frozenset(trigrams(text.title)))
        places[text.article] = (round(value + letters * alike, _DIGITS), text.published_at, text.article)
    head = sorted(order[:_REORDERED], key=lambda text: places[text.article], reverse=True)
    return [text.article for text in (*head, *order[_REORDERED:])]


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the cosine of two sets."""
    return len(one & other) / math.sqrt(len(one) * len(other)) if one and other else 0.0


def _sought(part: Part) -> list[tuple[str, float]]:
    """Return the spellings of a part as they stand in texts, and what each counts."""
    return [(f" {' '.join(spelling)} ", _LESS_SURE if place else 1.0) for place, spelling in enumerate(part.spellings)]


def _worth(text: Text, weights: Sequence[tuple[float, list[tuple[str, float]]]]) -> tuple[int, float]:
    """Return how many of the parts are there, and the score."""
    title, lead, body = f" {text.title} ", f" {text.lead} ", f" {text.body} "
    length = (len(lead) + len(body)) / _USUAL_LENGTH
    damping = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * length)
    there, scores = 0, []
    for rarity, spellings in weights:
        count = 0.0
        for stems, share in spellings:
            count += share * (_TITLE * (stems in title) + _LEAD * lead.count(stems) + body.count(stems))
        there += count > 0
        scores.append(rarity * count * (_SATURATION + 1) / (count + damping))
    return there, round(math.fsum(scores), _DIGITS)
