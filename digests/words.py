"""Words of a text: tokens, stems, the language they are in, and the key by which titles are matched."""

import re
import threading
import unicodedata
from enum import StrEnum

import Stemmer

from digests import words_english, words_neighbours, words_russian

STEM_LIMIT = 64  # characters; longer runs are addresses and noise, and would only waste memory

_WORD = re.compile(r"[^\W_]+")
# Stress marks (U+0301 above all), niqqud and harakat, soft hyphens, zero-width signs: none of them changes the word.
_INVISIBLE = re.compile("[\u00ad\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u0259]")
_CYRILLIC_SHARE = 0.3
_TURKIC = frozenset(words_neighbours.LETTERS)
_ENDINGS = tuple(tuple(row.split()) for row in words_neighbours.ENDINGS)
_LAST_LATIN = "\u036f"  # what is beyond is in another script
_ROOT = 4  # letters that a word keeps of itself
_IO, _IE = "\u0451", "\u0435"


def vocabulary(*lists: str) -> frozenset[str]:
    """Return the words of language data. No word is in two scripts, so one set serves texts of both languages."""
    return frozenset(word for words in lists for word in words.split())


def phrases(*lists: str) -> frozenset[tuple[str, ...]]:
    """Return the phrases of language data, which semicolons part, as tuples of words."""
    return frozenset(tuple(phrase.split()) for words in lists for phrase in words.split(";"))


STOP_WORDS = vocabulary(words_russian.STOP_WORDS, words_english.STOP_WORDS, words_neighbours.STOP_WORDS)


class Language(StrEnum):
    """The language of a text as far as its script tells; the value is its BCP 47 tag."""

    RUSSIAN = "ru"
    ENGLISH = "en"
    UNDETERMINED = "und"


class _Stemmers(threading.local):
    """A pair of stemmers for each thread: one Snowball stemmer must not be shared (it keeps state and a cache)."""

    def __init__(self) -> None:
        self.cyrillic = Stemmer.Stemmer("russian")
        self.latin = Stemmer.Stemmer("english")


_stemmers = _Stemmers()


def tokens(text: str) -> list[str]:
    """Return the runs of letters and digits, lower-cased, yo as ye, stress marks and soft hyphens dropped.

    A hyphenated word gives its parts, so that it is found by any of them and by its spelling with a space.
    """
    lowered = text.lower()
    if not lowered.isascii():
        lowered = _INVISIBLE.sub("", unicodedata.normalize("NFC", lowered)).replace(_IO, _IE)
    return _WORD.findall(lowered)


def stems(text: str) -> list[str]:
    """Return the stems of the tokens in their order, stop words dropped.

    Cyrillic words get the Russian Snowball stemmer, Latin ones the English, those with letters that English has not
    lose Azerbaijani endings; numbers stay as they are. Safe to call from several threads.
    """
    return stemmed(tokens(text))


def stemmed(words: list[str]) -> list[str]:
    """Return the stems of lower-case tokens, stop words dropped."""
    return stem_each([word for word in words if word not in STOP_WORDS])


def stem_each(words: list[str]) -> list[str]:
    """Return the stem of every lower-case token, of stop words too."""
    cyrillic, latin = _stemmers.cyrillic.stemWord, _stemmers.latin.stemWord
    return [
        (latin(word) if word.isascii() else cyrillic(word) if word[0] > _LAST_LATIN else _bare(word))[:STEM_LIMIT]
        for word in words
    ]


def _bare(word: str) -> str:
    """Return an Azerbaijani or Turkish word without its endings; other words in Latin letters stay as they are."""
    if _TURKIC.isdisjoint(word):
        return word
    for endings in _ENDINGS:
        ending = next((one for one in endings if word.endswith(one) and len(word) - len(one) >= _ROOT), "")
        word = word.removesuffix(ending) if ending else word
    return word


def topical_stems(text: str) -> list[str]:
    """Return the stems without those of reporting and measuring words, which are in any news: what a text is about."""
    return [stem for stem in stems(text) if stem not in WEAK_STEMS]


def language_of(text: str) -> Language:
    """Return the language as the script tells: Cyrillic is taken for Russian, Latin for English.

    Three letters of ten in Cyrillic make a text Russian, for Russian news is full of names in Latin and English ones
    have none in Cyrillic. Neither Ukrainian nor Azerbaijani is told apart; a text without letters, or mostly in another
    script, is undetermined.
    """
    letters = sum(map(str.isalpha, text))
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    if not letters or 2 * (cyrillic + latin) < letters:
        return Language.UNDETERMINED
    return Language.RUSSIAN if cyrillic >= _CYRILLIC_SHARE * letters else Language.ENGLISH


def normalized_title(text: str) -> str:
    """Return the key by which a title in a source's tail is matched with a stored one.

    Case, yo and ye, punctuation, quotation marks, dashes and spaces are folded. Empty for a title without letters or
    digits, which therefore matches nothing.
    """
    return " ".join(tokens(text))


def has_letters(text: str) -> bool:
    """Return whether there is at least one letter or digit, of any script."""
    return any(map(str.isalnum, text))


WEAK_STEMS = frozenset(stemmed([*vocabulary(words_russian.WEAK_WORDS, words_english.WEAK_WORDS)]))
