"""Whether a sentence calls by the surname alone whom the text has introduced before it."""

import re
from collections.abc import Iterator, Sequence

from digests.words import stems

_CAPITALISED = "[A-Z\u0410-\u042f\u0401][\\w-]+"
_NAMES = re.compile(rf"{_CAPITALISED}(?:\s{_CAPITALISED})*")
_NAMED = re.compile('\u00ab[^\u00bb,.!?]{1,40}\u00bb|"[^",.!?]{1,40}"')  # a film, a club


def presuming(title: str, sentences: Sequence[str]) -> Iterator[bool]:
    """Yield for each sentence whether it presumes that the reader has met someone in those before it.

    Whom the title names is known to everybody.
    """
    known = frozenset(stems(title))
    met: set[str] = set()
    for sentence in sentences:
        alone: set[str] = set()
        introduced: set[str] = set()
        for match in _NAMES.finditer(_NAMED.sub(";", sentence)):
            first, *rest = match.group().split()
            last = rest[-1] if rest else first
            if not last.isupper():  # no abbreviation
                (introduced if rest else alone).update(stems(last))
        yield not (alone - introduced - known).isdisjoint(met)
        met |= introduced
