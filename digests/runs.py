"""Runs of postings: which of up to 65,536 neighbouring places hold which stems, and how much of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from digests.terms import ROOTS, Floats, Keys, keys_of

BLOCK = 1 << 16  # places; one within a block fits two bytes

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
        lengths = [len(one) for one in stems]
        flat = np.concatenate(stems) if stems else np.empty(0, np.uint32)
        places = np.repeat(np.arange(len(stems), dtype=np.uint16), lengths)
        return cls._sorted(base, len(stems), keys_of(flat), places, (flat & 255).astype(np.uint8))

    @classmethod
    def merged(cls, runs: Sequence["Run"], is_live: NDArray[np.bool_]) -> Self:
        """Return one run of several that follow each other; postings of places that are not live are left out."""
        base = runs[0].base
        keys = np.concatenate([np.repeat(one.keys, np.diff(one.starts)) for one in runs])
        places = np.concatenate([one.places + np.uint16(one.base - base) for one in runs])
        values = np.concatenate([one.values for one in runs])
        kept = is_live[places]
        if not kept.all():
            keys, places, values = keys[kept], places[kept], values[kept]
        return cls._sorted(base, sum(one.size for one in runs), keys, places, values)

    @classmethod
    def _sorted(cls, base: int, size: int, keys: Keys, places: NDArray[np.uint16], values: NDArray[np.uint8]) -> Self:
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        firsts = np.flatnonzero(np.diff(ordered, prepend=np.uint32(0)) | (np.arange(len(ordered)) == 0))
        starts = np.append(firsts, len(ordered)).astype(np.uint32)
        return cls(base, size, ordered[firsts], starts, places[order], values[order])

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
