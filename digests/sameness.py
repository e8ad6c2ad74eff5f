"""How much two texts have in common, counted in words, and where they differ."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from hashlib import blake2b
from heapq import nsmallest
from itertools import accumulate

from digests.articles import Article, Draft, TitleOrigin
from digests.words import tokens

RUN = 4  # words that must follow one another in both texts; three are a common phrase too often
MARKS = 32  # of a text, by which a repeated one is looked for

_HASH = 8  # bytes
_ALIKE = 0.5  # share from which two paragraphs are one that was changed
_PAIRED = 60  # paragraphs of each text that are looked through for changed ones
_DIFFED = 400  # words of a paragraph in which changed words are shown

Words = Sequence[str]
Run = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """What two texts have in common, as shares of their words: of both together, of the one, of the other."""

    share: float
    here: float
    there: float
    words: int  # of the one that are in the other

    @property
    def percent(self) -> int:
        """The share in per cent, rounded; 100 only when no word is left out."""
        return 100 if self.share == 1 else min(99, round(100 * self.share))


class Change(StrEnum):
    """How a paragraph of two texts differs."""

    HERE = "here"  # only the one has it
    THERE = "there"  # only the other has it
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A paragraph that two texts do not share; `runs` are its words in order with what became of them, None: kept."""

    change: Change
    runs: tuple[tuple[Change | None, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two texts side by side: the paragraphs that both have, and the others in reading order."""

    overlap: Overlap
    shared: int
    differences: tuple[Difference, ...]


def overlap(one: Words, other: Words) -> Overlap:
    """Return what two texts have in common: the words within runs of RUN that stand in both, wherever they stand.

    A run counts as often as both have it. The share does not depend on which text comes first; of texts shorter than
    RUN the whole is compared. It is 0 for a text without words.
    """
    length = min(RUN, len(one), len(other))
    if not length:
        return Overlap(share=0.0, here=0.0, there=0.0, words=0)
    here, there = _covered(one, other, length), _covered(other, one, length)
    return Overlap(
        share=(here + there) / (len(one) + len(other)), here=here / len(one), there=there / len(other), words=here
    )


def marks(words: Words) -> list[int]:
    """Return the least hashes of the text's runs: texts with much in common share many of them (Broder, 1997)."""
    length = min(RUN, len(words))
    if not length:
        return []
    told = [word.encode() for word in words]
    ends = [*accumulate(len(word) + 1 for word in told)]
    text, starts = b" ".join(told), [0, *ends][: len(words) - length + 1]
    runs = zip(starts, ends[length - 1 :], strict=True)
    least = nsmallest(MARKS, {blake2b(text[start : end - 1], digest_size=_HASH).digest() for start, end in runs})
    return [int.from_bytes(one) >> 1 for one in least]  # what a BIGINT holds


def digest(article: Article | Draft, words: Words) -> bytes:
    """Return what is equal for texts that are the same word for word, however they were cut; `words` are those kept."""
    gone = tokens("\n".join(removed.block.text for removed in article.removed))
    return blake2b(" ".join(sorted([*words, *gone])).encode(), digest_size=16).digest()


def words_of(article: Article | Draft) -> list[str]:
    """Return the words of an article, its title's first unless that is the text's own first words."""
    title = "" if article.title_origin is TitleOrigin.DERIVED else article.title
    return tokens("\n".join([title, *paragraphs_of(article)]))


def paragraphs_of(article: Article | Draft) -> tuple[str, ...]:
    """Return what stands below the title, headings too, a paragraph each."""
    found = [block.text for block in article.lead]
    for section in article.sections:
        found += [section.title, *(block.text for block in section.blocks)]
    return tuple(text for text in map(str.strip, found) if text)


def compared(one: Article | Draft, other: Article | Draft) -> Comparison:
    """Return two articles side by side; titles are compared by whoever shows them."""
    here, there = paragraphs_of(one), paragraphs_of(other)
    keys = Counter(_key(text) for text in here) & Counter(_key(text) for text in there)
    own, foreign = _without(here, keys), _without(there, keys)
    pairs = _paired(own[:_PAIRED], foreign[:_PAIRED])
    changed = dict(pairs)
    taken = {place for _, place in pairs}
    found = [_changed(text, foreign[changed[place]]) if place in changed else _only(Change.HERE, text)
             for place, text in enumerate(own)]  # fmt: skip
    found += [_only(Change.THERE, text) for place, text in enumerate(foreign) if place not in taken]
    return Comparison(overlap=overlap(words_of(one), words_of(other)), shared=keys.total(), differences=tuple(found))


def _runs(words: Words, length: int) -> Iterator[Run]:
    return (tuple(words[start : start + length]) for start in range(len(words) - length + 1))


def _covered(words: Words, other: Words, length: int) -> int:
    """Return how many of the words stand in runs that the other text has too."""
    left = Counter(_runs(other, length))
    count = upto = 0
    for start, run in enumerate(_runs(words, length)):
        if left[run]:
            left[run] -= 1
            count += start + length - max(upto, start)
            upto = start + length
    return count


def _key(text: str) -> Run:
    return tuple(tokens(text)) or (text,)


def _without(texts: Sequence[str], shared: Counter[Run]) -> list[str]:
    left, rest = Counter(shared), []
    for text in texts:
        key = _key(text)
        if left[key]:
            left[key] -= 1
        else:
            rest.append(text)
    return rest


def _paired(own: Sequence[str], foreign: Sequence[str]) -> list[tuple[int, int]]:
    """Return which paragraphs are one that was changed, those most alike first, each once."""
    here, there = ([(words, {*marks(words)}) for words in map(tokens, texts)] for texts in (own, foreign))
    alike = sorted(
        (-share, row, column)
        for row, (one, some) in enumerate(here)
        for column, (other, others) in enumerate(there)
        if not some.isdisjoint(others) and (share := overlap(one, other).share) >= _ALIKE
    )
    rows: set[int] = set()
    columns: set[int] = set()
    pairs = []
    for _, row, column in alike:
        if row not in rows and column not in columns:
            pairs.append((row, column))
            rows.add(row)
            columns.add(column)
    return pairs


def _only(change: Change, text: str) -> Difference:
    return Difference(change=change, runs=((change, text),))


def _changed(here: str, there: str) -> Difference:
    one, other = here.split(), there.split()
    if max(len(one), len(other)) > _DIFFED:
        return Difference(change=Change.CHANGED, runs=((Change.THERE, there), (Change.HERE, here)))
    runs: list[tuple[Change | None, str]] = []
    for tag, start, end, first, last in SequenceMatcher(None, other, one, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append((None, " ".join(other[start:end])))
            continue
        runs += [(Change.THERE, " ".join(other[start:end]))] * (end > start)
        runs += [(Change.HERE, " ".join(one[first:last]))] * (last > first)
    return Difference(change=Change.CHANGED, runs=tuple(runs))
