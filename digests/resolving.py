"""From typed words to stems that the index holds: forms of one word, slips of the finger, the wrong layout."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection

from digests import spelling
from digests.entries import MARK
from digests.queries import Query, Words
from digests.relevance import Archive
from digests.storage import vocabulary
from digests.wanted import MOST_WORDS, Part
from digests.words import STOP_WORDS, stem_each

_SPELLINGS = 8  # of a phrase
_MEANT = 3  # stems that a mistyped word may have been meant to have
_IDLE = frozenset(stem_each(sorted(STOP_WORDS)))  # stems that no mistyped word is meant to have
_KEYED = 3  # letters of a word that is looked for in the other layout
_HEAD = 4  # letters of a word that was not typed to its end
_HEAD_ALIKE = 3  # letters in which words agree that are offered though they are more than some slips away
_SLIPS, _POOL = 2, 1000  # slips to a near word, and how many of the commonest stems with its first letter are compared
_NEAREST = 5
_ALIKE, _NEAR = 0.35, 0.5  # shares of letters that words with one beginning, and words a slip or two apart, have alike

Forms = tuple[str, ...]  # stems that a word may have, the likeliest first
Occurring = dict[str, tuple[str, int]]  # words with their stems and in how many articles those occur


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A query's words as the index knows them."""

    words: tuple[Part, ...]
    phrases: tuple[Part, ...]
    unwanted: tuple[Part, ...]
    archive: Archive
    meant: dict[str, str] = field(default_factory=dict)  # typed words, and the ones looked for in their stead
    unknown: tuple[str, ...] = ()  # words that occur nowhere, nor anything like them
    is_hopeless: bool = False  # a phrase holds a word that occurs nowhere

    @property
    def parts(self) -> tuple[Part, ...]:
        """Everything that is to be found."""
        return (*self.words, *self.phrases)


class Resolver:
    """Resolves one query on a connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._holding: dict[str, int] = {}
        self._meant: dict[str, str] = {}
        self._unknown: list[str] = []

    async def resolve(self, query: Query) -> Resolved:
        """Return the words of a query with every stem that will do for them."""
        every = [*query.words, *(word for phrase in (*query.phrases, *query.unwanted) for word in phrase)]
        stems = dict(zip(every, stem_each(every), strict=True))
        forms = {word: (stem, *sorted(spelling.kindred(word, stem))) for word, stem in stems.items()}
        await self._count({MARK, *(stem for form in forms.values() for stem in form)})
        known = [await self._stems(word, forms[word]) for word in query.words]
        phrases = [await self._phrase(phrase, forms) for phrase in query.phrases]
        unwanted = [self._unwanted(phrase, forms) for phrase in query.unwanted]
        archive = Archive(self._holding.get(MARK, 0), self._holding)
        return Resolved(
            words=_rarest([Part.word(found) for found in known if found], archive),
            phrases=tuple(phrase for phrase in phrases if phrase),
            unwanted=tuple(part for part in unwanted if part),
            archive=archive,
            meant=self._meant,
            unknown=tuple(self._unknown),
            is_hopeless=None in phrases,
        )

    async def _count(self, stems: Iterable[str]) -> None:
        self._holding |= await vocabulary.counts(self._connection, set(stems))

    async def _stems(self, word: str, forms: Forms) -> Forms:
        """Return the stems that will do for a word; none when nothing like it occurs."""
        occurring = self._occurring(forms)
        if occurring:
            return occurring
        meant = await self._alike(word)
        if not meant:
            self._unknown.append(word)
            return ()
        self._meant[word] = next(iter(meant))
        stems = tuple(dict.fromkeys(found for found, _ in meant.values()))[:_MEANT]
        self._holding |= dict(meant.values())
        return stems

    async def _alike(self, word: str) -> Occurring:
        """Return the words that one may have been meant to be: other keys, a slip, the beginning of a longer one."""
        keyed = spelling.other_layout(word) if len(word) >= _KEYED else []
        keyed_stem = stem_each(keyed)[0] if len(keyed) == 1 else ""
        slipped = spelling.slips(stem_each([word])[0]) - _IDLE if word.isalpha() else set()
        stems = await vocabulary.counts(self._connection, {keyed_stem, *slipped})
        if keyed_stem in stems:
            return {keyed[0]: (keyed_stem, stems[keyed_stem])}
        if not word.isalpha():
            return {}
        likely = sorted(stems, key=lambda one: (-stems[one], one))[:_MEANT]
        found = await vocabulary.of_stems(self._connection, likely) if likely else {}
        found |= await vocabulary.known(self._connection, spelling.slips(word))
        found = {one: seen for one, seen in found.items() if one not in STOP_WORDS}
        if not found and len(word) >= _HEAD:
            found = await vocabulary.beginning(self._connection, word, _MEANT)
        return dict(sorted(found.items(), key=lambda item: _likelihood(word, item[0], item[1][1]), reverse=True))

    async def _phrase(self, phrase: Words, forms: dict[str, Forms]) -> Part | None:
        """Return a phrase in the forms of its words, mistyped ones put right; None if one occurs nowhere."""
        places = [await self._stems(word, forms[word]) for word in phrase]
        return _spelled(places) if all(places) else None

    def _unwanted(self, phrase: Words, forms: dict[str, Forms]) -> Part | None:
        places = [self._occurring(forms[word]) for word in phrase]
        return _spelled(places) if all(places) else None

    def _occurring(self, forms: Forms) -> Forms:
        return tuple(stem for stem in forms if stem in self._holding)


async def nearest(connection: AsyncConnection, words: Iterable[str]) -> list[str]:
    """Return words of the archive that look most like the given ones, one of each stem, best first.

    Those two slips away come first, then those that begin alike; of all the commonest stems are compared.
    """
    ranked: dict[str, _Worth] = {}
    for word in words:
        own = stem_each([word])[0]
        for stem, articles in (await vocabulary.commonest(connection, word[:1], _POOL)).items():
            is_alike = stem.startswith(word[:_HEAD_ALIKE])
            worth = _worth(word, own, stem, articles) if is_alike or abs(len(stem) - len(own)) <= _SLIPS else None
            if worth and (worth.is_near or is_alike) and stem not in _IDLE:
                ranked[stem] = max(worth, ranked.get(stem, worth))
    best = sorted(ranked, key=lambda stem: (ranked[stem].order, stem))[:_NEAREST]
    spelled: dict[str, str] = {}
    for word, (stem, _) in (await vocabulary.of_stems(connection, best)).items():
        typed = ranked[stem].typed
        spelled[stem] = max(spelled.get(stem, word), word, key=lambda each: spelling.likeness(typed, each))
    return [spelled[stem] for stem in best if stem in spelled]


class _Worth(NamedTuple):
    """How near a stem is to a mistyped one."""

    is_near: bool
    likeness: float
    articles: int
    typed: str  # the word whose stem that is

    @property
    def order(self) -> tuple[bool, float, int]:
        """The best first."""
        return not self.is_near, -self.likeness, -self.articles


def _worth(typed: str, own: str, other: str, articles: int) -> _Worth | None:
    likeness = spelling.likeness(own, other)
    if likeness < _ALIKE:
        return None
    return _Worth(likeness >= _NEAR and spelling.is_within(own, other, _SLIPS), likeness, articles, typed)


def _likelihood(word: str, meant: str, articles: int) -> tuple[float, float, str]:
    """Return what orders the words that a mistyped one may have been: common ones, and slips that fingers make."""
    return math.log(1 + articles) + spelling.ease(word, meant), spelling.likeness(word, meant), meant


def _spelled(places: Sequence[Forms]) -> Part:
    """Return the part with each of its words in each of its forms, but not in too many ways."""
    return Part(tuple(islice(product(*places), _SPELLINGS)))


def _rarest(words: list[Part], archive: Archive) -> tuple[Part, ...]:
    """Return the words, those with the same stems once, and no more than the index is asked for, the rarest."""
    distinct = list(dict.fromkeys(words))
    kept = set(sorted(distinct, key=lambda word: (-archive.rarity(word), word.spellings))[:MOST_WORDS])
    return tuple(word for word in distinct if word in kept)
