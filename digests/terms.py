"""What the index of similar articles keeps of one: its stems, those of its title, the letters of its title."""

import struct
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from zlib import crc32

import numpy as np
import Stemmer
from numpy.typing import NDArray

from digests.letters import trigrams
from digests.likeness import Weights
from digests.naming import named_stems
from digests.words import STOP_WORDS, WEAK_STEMS, topical_stems

KEY_BITS = 22  # stems are known by so many bits of their CRC: two of a million share a key with a common word
LETTER_BITS = 20
VALUES = 256
OCCURRENCE = 2  # the weight of an occurrence is counted in halves; above 127 all are alike

_VERSION = 1
_STEMS_AN_ARTICLE = 400  # the heaviest; a news item has about 150, only very long texts lose any
_HEAD = struct.Struct("<IIHHH")  # how it was made, a checksum of what follows, and the lengths of the three parts

ROOTS = np.sqrt(np.arange(VALUES) / OCCURRENCE)  # of weights

Keys = NDArray[np.uint32]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Terms:
    """An article as the index compares it; each part is in ascending order."""

    stems: Keys  # key << 8 | weight in halves of an occurrence
    title: Keys  # keys of the stems of the title
    letters: Keys  # keys of the trigrams of the title

    @property
    def keys(self) -> Keys:
        """The keys of the stems, each once."""
        return keys_of(self.stems)

    @property
    def weights(self) -> Floats:
        """The square root of the weight of each stem."""
        roots: Floats = ROOTS[self.stems & 255]
        return roots


def made(title: str, text: str, weights: Weights) -> Terms:
    """Return the terms of an article; `text` begins with the lead."""
    head = topical_stems(title)
    counts = Counter(topical_stems(text))
    counts.update(head)
    values = {stem: float(count) for stem, count in counts.items()}
    for more, stems in ((weights.title, head), (weights.named, set(named_stems(f"{title}. {text}")))):
        for stem in stems:
            if stem in values:
                values[stem] += more
    heaviest = dict(nsmallest(_STEMS_AN_ARTICLE, values.items(), key=lambda pair: (-pair[1], pair[0])))
    summed: dict[int, float] = {}
    for stem, value in heaviest.items():
        key = key_of(stem)
        summed[key] = summed.get(key, 0.0) + value
    packed = [key << 8 | min(VALUES - 1, round(value * OCCURRENCE)) for key, value in summed.items()]
    return Terms(
        stems=_sorted(packed),
        title=_sorted({key_of(stem) for stem in head if stem in heaviest}),
        letters=_sorted({_letter_key(gram) for gram in trigrams(title)}),
    )


def keys_of(stems: Keys) -> Keys:
    """Return the keys of packed stems, without their weights."""
    return stems >> np.uint32(8)


def key_of(stem: str) -> int:
    """Return the number that a stem is known by."""
    return crc32(stem.encode("utf-8", "surrogatepass")) >> (32 - KEY_BITS)


def packed(terms: Terms, weights: Weights) -> bytes:
    """Return the terms as bytes, from which `unpacked` makes them again."""
    body = b"".join(part.astype("<u4", copy=False).tobytes() for part in (terms.stems, terms.title, terms.letters))
    lengths = (len(terms.stems), len(terms.title), len(terms.letters))
    return _HEAD.pack(how_made(weights), crc32(body), *lengths) + body


def is_sound(record: bytes, weights: Weights) -> bool:
    """Return whether a record is whole, undamaged, and made as it would be made now."""
    if len(record) < _HEAD.size:
        return False
    made_as, checksum, *lengths = _HEAD.unpack_from(record)
    if made_as != how_made(weights) or len(record) != _HEAD.size + 4 * sum(lengths):
        return False
    return bool(checksum == crc32(memoryview(record)[_HEAD.size :]))


def unpacked(record: bytes) -> Terms:
    """Return the terms in a sound record."""
    _, _, stems, title, letters = _HEAD.unpack_from(record)
    numbers = np.frombuffer(record, "<u4", stems + title + letters, _HEAD.size)
    return Terms(numbers[:stems], numbers[stems : stems + title], numbers[stems + title :])


@lru_cache(maxsize=8)
def how_made(weights: Weights) -> int:
    """Return a number that differs when terms would be made otherwise: by other words, stemmers or weights."""
    words = " ".join(sorted({*STOP_WORDS, *WEAK_STEMS}))
    return crc32(f"{_VERSION} {Stemmer.version()} {weights.title} {weights.named} {words}".encode())


@lru_cache(maxsize=50_000)
def _letter_key(gram: str) -> int:
    return crc32(gram.encode("utf-8", "surrogatepass")) >> (32 - LETTER_BITS)


def _sorted(keys: "list[int] | set[int]") -> Keys:
    return np.array(sorted(keys), dtype=np.uint32)
