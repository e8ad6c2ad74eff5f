"""Sentences: where they end, and which quotations and brackets a text leaves open."""

import re
from collections.abc import Iterator

from razdel import sentenize

from digests import words_english, words_russian
from digests.words import vocabulary

_OPEN_ABBREVIATIONS = vocabulary(words_russian.OPEN_ABBREVIATIONS, words_english.OPEN_ABBREVIATIONS)
_LOOSE_ABBREVIATIONS = vocabulary(words_russian.LOOSE_ABBREVIATIONS, words_english.LOOSE_ABBREVIATIONS)
_EXCLAIMING_NAMES = vocabulary(words_english.EXCLAIMING_NAMES)
_OPENING_WORDS = vocabulary(words_russian.OPENING_WORDS, words_english.OPENING_WORDS)

_STRAIGHT = '"'
_CLOSER = {
    "\u00ab": "\u00bb",  # guillemets
    "\u201e": "\u201c",  # low and high, the inner ones of Russian
    "\u201c": "\u201d",  # high and high, the English ones
    "(": ")",
    "[": "]",
}
_QUOTED_LIMIT = 700  # characters; an opening mark without its pair within so many is taken for a slip

_WORD_LIMIT = 40  # characters

_MARK = re.compile(f"[{re.escape(''.join({*_CLOSER, *_CLOSER.values(), _STRAIGHT}))}]")
# Lines that grew together when pasted: the end of a lower-case word, its full stop, a capitalised word at once.
_GROWN = re.compile(
    '(?:(?<=[^\\W\\d_]{3}[.!?\u2026])|(?<=[^\\W\\d_]{3}["\u00bb][.!?\u2026]))(?=([^\\W\\d_]{1,40})[\\s,])'
)
_STOP_BEFORE_WORD = re.compile(r"(?<=\w\.)\s+(?=([^\W\d_]{2,20})[\s,])")
_WORD_AT_END = re.compile(r"[^\W_][\w.-]*$")
_ELLIPSIS = "\u2026"
_RANGE = re.compile("[+\u2212\u2013-]?\\d")  # what an ellipsis between two numbers goes on with
_FIRST_WORD = re.compile(r"\w+")
_DASH_AND_LETTER = re.compile("[-\u2013\u2014]\\s*([^\\W\\d_])")


def sentences(text: str) -> list[str]:
    """Return the sentences of a paragraph as they stand; with the white space between them they are the text.

    Borders come from razdel and are repaired: abbreviations, quotations of several sentences, lines grown together.
    """
    return [text[start:end] for start, end in _joined(text, list(_pieces(text)))]


def open_marks(text: str) -> list[str] | None:
    """Return the closing marks that quotations and brackets of the text still wait for, outermost first.

    None if a mark closes what was never opened. A straight quotation mark after a digit may stand for inches.
    """
    waiting: list[str] = []
    return waiting if _follow_marks(text, 0, len(text), waiting) else None


def _follow_marks(text: str, start: int, end: int, waiting: list[str]) -> bool:
    """Bring `waiting` up to date with a further stretch of text; False if a mark closes what was never opened."""
    for match in _MARK.finditer(text, start, end):
        char, position = match.group(), match.start()
        if char == _STRAIGHT and _opens(text, position):
            waiting.append(_STRAIGHT)
        elif waiting and char == waiting[-1]:
            waiting.pop()
        elif char in _CLOSER:
            waiting.append(_CLOSER[char])
        elif char != _STRAIGHT or not text[position - 1].isdigit():
            return False
    return True


def _opens(text: str, position: int) -> bool:
    before = text[position - 1] if position else " "
    after = text[position + 1 : position + 2]
    return (before.isspace() or before in "([\u00ab\u2013\u2014-/") and bool(after.strip())


def _last_word(text: str, end: int) -> str:
    """Return the word, full stops inside it included, that ends at a position; empty if there is none."""
    match = _WORD_AT_END.search(text, max(0, end - _WORD_LIMIT), end)
    return match.group() if match else ""


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield razdel's sentences, lines grown together and missed borders after abbreviations cut."""
    start = 0
    for border in [*_grown_borders(text), len(text)]:
        for found in sentenize(text[start:border]):
            yield from _recut(text, start + found.start, start + found.stop)
        start = border


def _grown_borders(text: str) -> Iterator[int]:
    for match in _GROWN.finditer(text):
        before, after = _last_word(text, match.start() - 1), match.group(1)
        if after[0].isupper() and (not before or before.islower() or after.lower() in _OPENING_WORDS):
            yield match.start()


def _recut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a piece that razdel kept whole for its abbreviation though a new sentence begins after it."""
    for match in _STOP_BEFORE_WORD.finditer(text, start, end):
        word = match.group(1)
        before = _last_word(text, match.start() - 1)
        is_unit = text[max(0, match.start() - 3) : match.start() - 2] == "/"  # m/s, km/h: no name follows
        is_border = is_unit or (word.lower() in _OPENING_WORDS and before.lower() in _LOOSE_ABBREVIATIONS)
        if word[0].isupper() and is_border:
            yield start, match.start()
            start = match.end()
    yield start, end


def _joined(text: str, pieces: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield pieces joined where a border fell inside a sentence."""
    position = 0
    while position < len(pieces):
        start, end = pieces[position]
        waiting: list[str] = []
        is_sound = _follow_marks(text, start, end, waiting)
        last = position
        while last + 1 < len(pieces):
            if is_sound and waiting:
                closing = _end_of_quotation(text, pieces, last, waiting)
                if closing is None:
                    is_sound = False
                    continue
                last, waiting = closing, []
            elif _goes_on(text, pieces[last][1], pieces[last + 1][0]):
                last += 1
                is_sound = is_sound and _follow_marks(text, *pieces[last], waiting)
            else:
                break
        yield start, pieces[last][1]
        position = last + 1


def _end_of_quotation(text: str, pieces: list[tuple[int, int]], last: int, waiting: list[str]) -> int | None:
    """Return the index of the piece that closes all that waits to be closed; None if that is too far or never."""
    still, limit = list(waiting), pieces[last][1] + _QUOTED_LIMIT
    for index in range(last + 1, len(pieces)):
        start, end = pieces[index]
        if end > limit or not _follow_marks(text, start, end, still):
            return None
        if not still:
            return index
    return None


def _goes_on(text: str, end: int, start: int) -> bool:
    """Return whether what starts there cannot begin a sentence, or the one before cannot have ended."""
    if text[end - 1] == ".":
        word = _last_word(text, end - 1)
        if word.lower() in _OPEN_ABBREVIATIONS or (len(word) == 1 and word.isupper()):
            return True
    if text[end - 1] == _ELLIPSIS and _RANGE.match(text, start):
        return True
    if text[end - 1] in "!?" and _last_word(text, end - 1).lower() in _EXCLAIMING_NAMES:
        return not _opens_sentence(text, start)
    dash = _DASH_AND_LETTER.match(text, start)
    first = dash.group(1) if dash else text[start]
    is_brand = not dash and text[start + 1 : start + 2].isupper()
    return first.islower() and not is_brand


def _opens_sentence(text: str, start: int) -> bool:
    """Return whether the word there is a capitalised one that usually begins a sentence."""
    word = _FIRST_WORD.match(text, start)
    return word is not None and word.group()[0].isupper() and word.group().lower() in _OPENING_WORDS
