"""A made-up archive as large as one likes: sentences of real articles, put together anew about invented people."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from razdel import sentenize

from benchmarks.text.corpora import Document, Folder, Missing

FILES = ("tg_news_clusters", "misc_news", "rucoco_news", "nerel_wikinews", "tg_categories_human")
_SYLLABLES = [one + other for one in "бвгдзклмнпрстфхш" for other in "аеиоуя"]
_STORY_SHARE = 0.6  # of articles go on with a story that has been told before
_NEW_NAMES = 5  # a story; with them words grow as they do in news, by some four an article
_OWN_WORDS = 2  # an article, that are nowhere else: slips, numbers, rare names


@dataclass(frozen=True, slots=True)
class Piece:
    """An article of the archive: the sentences it is made of, the first of which is the title, and its names."""

    sentences: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def document(self) -> Document:
        """The article as text: the names of its story stand in the title and between sentences."""
        title = f"{self.sentences[0]}: {self.names[0]}"
        told = [
            f"{sentence} {self.names[at % len(self.names)].capitalize()}."
            for at, sentence in enumerate(self.sentences[1:])
        ]
        return Document(title, " ".join(told))


def pieces(folder: Folder, count: int) -> Iterator[Piece]:
    """Yield that many articles, the same for the same folder. Raises Missing if it has no news."""
    sources = [parts for name in FILES for parts in _parted(folder, name)]
    chance = random.Random(11)
    stories: list[tuple[int, tuple[str, ...]]] = []
    for _ in range(count):
        if stories and chance.random() < _STORY_SHARE:
            source, names = stories[max(0, len(stories) - 1 - int(chance.expovariate(1 / 400)))]
        else:
            source, names = chance.randrange(len(sources)), tuple(_word(chance) for _ in range(_NEW_NAMES))
            stories.append((source, names))
        own, other = sources[source], sources[chance.randrange(len(sources))]
        body = [sentence for sentence in own[1:] if chance.random() < 0.7] + chance.sample(
            other[1:], min(3, len(other) - 1)
        )
        yield Piece((own[0], *body), (*names, *(_word(chance) for _ in range(_OWN_WORDS))))


def _parted(folder: Folder, name: str) -> Sequence[tuple[str, ...]]:
    try:
        lines = folder.lines(name)
    except Missing:
        if name == FILES[0]:
            raise
        return []
    parted = [(line["title"], *(one.text for one in sentenize(line["text"][:4000]))) for line in lines]
    return [parts for parts in parted if len(parts) > 1]


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.choice((3, 4, 4, 5))))
