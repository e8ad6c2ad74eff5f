"""Runs of postings: which of up to 65,536 neighbouring places hold which stems, and how much of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from digests.terms import ROOTS, Floats, Keys

BLOCK = 1 << 16  # places; one within a block fits two bytes

_PACKED = np.dtype("<u8")

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Run:
    """Postings of the places from `base` on, by key. Three bytes a posting, eight a key."""

    base: int
    size: int
    keys: Keys  # ascending
    starts: NDArray[np.uint32]  # of each key's postings, and the end of the last
    places: NDArray[np.uint16]  # from the base
    values: NDArray[np.uint8]

    @classmethod
    def of(cls, base: int, stems: Sequence[Keys]) -> Self:
        """Return the run of articles that lie at the places from `base` on, as `Terms.stems` has them."""
        flat = np.concatenate(stems).astype(_PACKED)
        places = np.repeat(np.arange(len(stems), dtype=np.uint16), [len(one) for one in stems])
        flat <<= 16  # keys and weights lie as they are to
        flat |= places
        return cls._sorted(base, len(stems), flat)

    @classmethod
    def merged(cls, runs: Sequence["Run"], is_live: NDArray[np.bool_]) -> Self:
        """Return one run of several that follow each other; postings of places that are not live are left out."""
        base, size = runs[0].base, sum(one.size for one in runs)
        packed = np.empty(sum(len(one.places) for one in runs), _PACKED)
        end = 0
        for one in runs:
            start, end = end, end + len(one.places)
            part = packed[start:end]
            part[:] = np.repeat(one.keys, np.diff(one.starts))
            part <<= 8
            part |= one.values
            part <<= 16
            part |= one.places + np.uint16(one.base - base)
        if not is_live.all():
            packed = packed[is_live[packed.view("<u2")[::4]]]
        return cls._sorted(base, size, packed)

    @classmethod
    def _sorted(cls, base: int, size: int, packed: NDArray[np.uint64]) -> Self:
        """Return a run of postings in eight bytes each: from the lowest, two of the place, one of the weight, the key.

        They are sorted where they lie: a merge should not need many times the memory of what it makes.
        """
        packed.sort()
        places, values = packed.view("<u2")[::4].copy(), packed.view("u1")[2::8].copy()
        packed >>= 24
        firsts = np.flatnonzero(packed[1:] != packed[:-1]) + 1
        starts = np.concatenate(([0] if len(packed) else [], firsts, [len(packed)])).astype(np.uint32)
        return cls(base, size, packed[starts[:-1]].astype(np.uint32), starts, places, values)

    def sums(self, keys: Keys, shares: Floats) -> Floats:
        """Return, for each place, the sum over the keys of its weight times the key's share, in the keys' order."""
        if not len(self.keys):
            return np.zeros(self.size)
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        found = np.flatnonzero(self.keys[at] == keys)
        slices = [slice(self.starts[one], self.starts[one + 1]) for one in at[found]]
        if not slices:
            return np.zeros(self.size)
        places = np.concatenate([self.places[one] for one in slices])
        weights = ROOTS[np.concatenate([self.values[one] for one in slices])]
        weights *= np.repeat(shares[found], [one.stop - one.start for one in slices])
        return np.bincount(places, weights, minlength=self.size).astype(np.float64, copy=False)
