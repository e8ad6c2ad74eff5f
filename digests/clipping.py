"""Cutting a sentence short so that it still reads well."""

import re
import unicodedata
from collections.abc import Iterator

from digests import words_english, words_russian
from digests.sentences import open_marks
from digests.words import tokens, vocabulary

ELLIPSIS = "\u2026"

_HANGING_WORDS = vocabulary(words_russian.HANGING_WORDS, words_english.HANGING_WORDS)
_CLAUSE_SHARE, _WORD_SHARE = 0.6, 0.4  # of the limit: what a cut at a clause or at a word must leave at least

# Not after a digit, which wants its unit, nor after an initial; a no-break space is no place for a cut either.
_GAP = re.compile(r"(?<=[^\s\d])(?<!\b[^\W\d_]\.)(?=[ \t\r\n]+\S)")
_CLAUSE_MARK = re.compile("\\s*[,;:](?=\\s)|\\s+[-\u2013\u2014](?=\\s)")
_TRAILING = " \t\r\n\u00a0,;:-\u2013\u2014.("
_JOINER = "\u200d"


def clipped(text: str, limit: int) -> str:
    """Return the text in at most `limit` characters, the cut marked with an ellipsis.

    Cuts at a clause border if one lies near, else between words; never inside a number or between it and its unit,
    never after a preposition. Quotations and brackets that the cut leaves open are avoided, else closed.
    """
    text = text.strip()
    if len(text) <= limit:
        return text
    if limit <= 0:
        return ""
    return next(_cuts(text, limit), ELLIPSIS)


def _cuts(text: str, limit: int) -> Iterator[str]:
    """Yield the ways to cut the text, from the best to the last resort."""
    head = text[:limit]
    clauses = [match.start() for match in _CLAUSE_MARK.finditer(head)]
    gaps = [match.start() for match in _GAP.finditer(text, 0, limit)]
    for borders, least in ((clauses, _CLAUSE_SHARE * limit), (gaps, _WORD_SHARE * limit)):
        for border in reversed(borders):
            kept = text[:border].rstrip(_TRAILING)
            if least <= len(kept) < limit and not open_marks(kept) and _reads_well(kept):
                yield kept + ELLIPSIS
    for border in reversed(gaps):
        kept = text[:border].rstrip(_TRAILING)
        closed = kept + ELLIPSIS + "".join(reversed(open_marks(kept) or []))
        if kept and len(closed) <= limit:
            yield closed
    kept = text[: _safe_border(text, limit - 1)]
    if kept and not open_marks(kept):
        yield kept + ELLIPSIS


def _reads_well(kept: str) -> bool:
    return tokens(kept)[-1:] != [] and tokens(kept)[-1] not in _HANGING_WORDS


def _safe_border(text: str, border: int) -> int:
    """Return the last position up to `border` that parts neither a number nor what is drawn as one sign."""
    while border > 0 and (
        (text[border - 1].isdigit() and text[border].isdigit())
        or unicodedata.combining(text[border])
        or text[border] in (_JOINER, "\ufe0f")
        or text[border - 1] == _JOINER
    ):
        border -= 1
    return border
