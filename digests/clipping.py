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

_SPACES = re.compile(r"[ \t\r\n]+")
# Not after a digit or a sign that wants what follows, nor after an initial; a no-break space is no place for a cut.
_GAP = re.compile("(?<=[^ \\d\u2116\u00a7$\u20ac\u20bd])(?<!\\b[^\\W\\d_]\\.)(?= )")
_CLAUSE_MARK = re.compile("(?:[,;:]| [-\u2013\u2014])(?= [^\\d])")
_NUMBER = re.compile(r"\d(?:[\d.,:/-]*\d)?%?")
_NUMBER_LIMIT = 64  # characters
_TRAILING = " \u00a0,;:-\u2013\u2014.("
_JOINER = "\u200d"
_ATTACHED = (_JOINER, "\ufe0e", "\ufe0f", *map(chr, range(0x1F3FB, 0x1F400)))  # variations and skin tones


def clipped(text: str, limit: int) -> str:
    """Return the text on one line of at most `limit` characters, the cut marked with an ellipsis.

    Cuts at a clause border if one lies near, else between words; never inside a number or between it and its unit,
    never after a preposition. Quotations and brackets that the cut leaves open are avoided, else closed.
    """
    text = _SPACES.sub(" ", text).strip()
    if len(text) <= limit:
        return text
    if limit <= 0:
        return ""
    return next(_cuts(text, limit), ELLIPSIS)


def _cuts(text: str, limit: int) -> Iterator[str]:
    """Yield the ways to cut the text, from the best to the last resort."""
    clauses = [match.start() for match in _CLAUSE_MARK.finditer(text, 0, limit + 2)]
    gaps = [match.start() for match in _GAP.finditer(text, 0, limit + 1)]
    for borders, share in ((clauses, _CLAUSE_SHARE), (gaps, _WORD_SHARE)):
        for border in reversed(borders):
            kept = text[:border].rstrip(_TRAILING)
            if share * limit <= len(kept) < limit and not open_marks(kept + ELLIPSIS) and reads_well(kept):
                yield kept + ELLIPSIS
    for border in reversed(gaps):
        kept = text[:border].rstrip(_TRAILING) + ELLIPSIS
        closed = kept + "".join(reversed(open_marks(kept) or []))
        if kept != ELLIPSIS and len(closed) <= limit:
            yield closed
    kept = text[: _safe_border(text, limit - 1)] + ELLIPSIS
    if not open_marks(kept):
        yield kept


def reads_well(kept: str) -> bool:
    """Return whether the text does not end with a word that belongs to the next one."""
    words = tokens(kept)
    return bool(words) and words[-1] not in _HANGING_WORDS


def _safe_border(text: str, border: int) -> int:
    """Return the last position up to `border` that parts neither a number nor what is drawn as one sign."""
    for match in _NUMBER.finditer(text, 0, border + _NUMBER_LIMIT):
        if match.start() < border < match.end():
            border = match.start()
    while 0 < border < len(text) and (
        unicodedata.combining(text[border]) or text[border] in _ATTACHED or text[border - 1] == _JOINER
    ):
        border -= 1
    return border
