"""A made-up archive as large as one likes: sentences of real articles, put together anew about invented people.

Words grow as they do in news: each story brings five names of its own and each article two words that stand nowhere
else, so that 100,000 articles have some 400,000 different stems. Three articles of five go on with a recent story.
"""

import random
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from razdel import sentenize

from benchmarks.text.corpora import Document, Folder, Line, Missing
from digests import terms
from digests.likeness import Weights, shipped
from digests.terms import Keys, Terms
from digests.words import stems, topical_stems

FILES = ("tg_news_clusters", "misc_news", "rucoco_news", "nerel_wikinews", "tg_categories_human")
_READ = 4_000  # characters of a source
_STORY_SHARE, _OPEN_STORIES, _STORY_AGE = 0.6, 4_000, 400
_OWN_SHARE, _OTHERS = 0.7, 3  # sentences of the story's source that are told, and of another article
_NAMES, _RARE = 5, 2
_SYLLABLES = [one + other for one in "бвгдзклмнпрстфхш" for other in "аеиоуя"]


@dataclass(frozen=True, slots=True)
class Piece:
    """An article of the archive: its sentences, the title first, the names of its story, and words of its own."""

    sentences: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def document(self) -> Document:
        """The article as text: a name in the title and after each sentence."""
        title, *told = self.sentences
        names = [name.capitalize() for name in self.names]
        body = [f"{sentence} {names[at % len(names)]}." for at, sentence in enumerate(told)]
        return Document(f"{title}: {names[0]}", " ".join(body))


def pieces(folder: Folder, count: int) -> Iterator[Piece]:
    """Yield that many articles, the same for the same folder. Raises Missing if it has no news."""
    sources = [parts for name in FILES for parts in _parted(folder, name)]
    chance = random.Random(11)
    stories: deque[tuple[int, tuple[str, ...]]] = deque(maxlen=_OPEN_STORIES)
    for _ in range(count):
        if stories and chance.random() < _STORY_SHARE:
            source, names = stories[max(0, len(stories) - 1 - int(chance.expovariate(1 / _STORY_AGE)))]
        else:
            source, names = chance.randrange(len(sources)), tuple(_word(chance) for _ in range(_NAMES))
            stories.append((source, names))
        own, other = sources[source], sources[chance.randrange(len(sources))]
        told = [sentence for sentence in own[1:] if chance.random() < _OWN_SHARE]
        told += chance.sample(other[1:], min(_OTHERS, len(other) - 1))
        yield Piece((own[0], *told), (*names, *(_word(chance) for _ in range(_RARE))))


def documents(folder: Folder, count: int) -> Iterator[Document]:
    """Yield that many real articles; those that come again have a name of their own in the title and the text."""
    found = [Document(line["title"], line["text"]) for name in FILES for line in _lines(folder, name)]
    chance = random.Random(12)
    for number in range(count):
        one = found[number % len(found)]
        name = _word(chance).capitalize()
        yield one if number < len(found) else Document(f"{one.title}: {name}", f"{one.text}\n{name}.")


@dataclass(slots=True)
class Recorder:
    """Makes of pieces what the index keeps of articles, a hundred times faster than of their texts."""

    weights: Weights = field(default_factory=shipped)
    _keys: dict[str, Keys] = field(default_factory=dict)
    _stems: dict[str, str] = field(default_factory=dict)

    def record(self, piece: Piece) -> bytes:
        """Return the record for `RelatedIndex.put`."""
        names = [terms.key_of(name) for name in piece.names]
        flat = np.concatenate([*(self._keys_of(sentence) for sentence in piece.sentences), np.array(names, np.uint32)])
        keys, counts = np.unique(flat, return_counts=True)
        packed = keys << np.uint32(8) | np.minimum(255, counts * terms.OCCURRENCE).astype(np.uint32)
        head = np.unique(np.append(self._keys_of(piece.sentences[0]), np.uint32(names[0])))
        return terms.packed(Terms(packed, head, self._letters_of(piece.sentences[0])), self.weights)

    def stemmed(self, piece: Piece) -> tuple[str, str]:
        """Return the title and the text as stems."""
        title, *told = (self._stems_of(sentence) for sentence in piece.sentences)
        return f"{title} {piece.names[0]}", " ".join([*told, *piece.names])

    def _keys_of(self, sentence: str) -> Keys:
        if sentence not in self._keys:
            self._keys[sentence] = np.array([terms.key_of(stem) for stem in topical_stems(sentence)], np.uint32)
        return self._keys[sentence]

    def _letters_of(self, sentence: str) -> Keys:
        marked = f"\0{sentence}"
        if marked not in self._keys:
            self._keys[marked] = terms.made(sentence, "", self.weights).letters
        return self._keys[marked]

    def _stems_of(self, sentence: str) -> str:
        if sentence not in self._stems:
            self._stems[sentence] = " ".join(stems(sentence))
        return self._stems[sentence]


def _lines(folder: Folder, name: str) -> Sequence[Line]:
    try:
        return folder.lines(name)
    except Missing:
        if name == FILES[0]:
            raise
        return []


def _parted(folder: Folder, name: str) -> Sequence[tuple[str, ...]]:
    lines = _lines(folder, name)
    parted = [(line["title"], *(one.text for one in sentenize(line["text"][:_READ]))) for line in lines]
    return [parts for parts in parted if len(parts) > 1]


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.choice((3, 4, 4, 5))))
