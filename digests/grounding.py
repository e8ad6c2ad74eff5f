"""Whether a text keeps to its source: no number, name, quotation or denial of its own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

from digests import number_words
from digests.words import STOP_WORDS, stemmed, tokens, vocabulary

_NUMBER = "(?:\\d{1,3}(?:[ \u00a0\u202f]\\d{3})+(?!\\d)|\\d+)(?:[.,]\\d+)?"
_COUNTED = re.compile(f"(?P<number>{_NUMBER})|(?P<sign>[%\u20bd$\u20ac\u00a3])|(?P<word>[^\\W\\d_]+)")
_SPACES = re.compile(r"\s+")
_CAPITAL = re.compile(r"[\w-]*[A-Z\u0410-\u042f\u0401][\w-]*")
_QUOTED = re.compile('\u00ab([^\u00bb]+)\u00bb|\u201e([^\u201c]+)\u201c|\u201c([^\u201d]+)\u201d|"([^"]+)"')
_FLEETING = re.compile("[\u0435\u043e](?=[\u043a\u043b\u043d\u0440\u0446]$)")
_NAME_ROOT = 3  # letters that a name keeps in all its cases


def _by_stem(data: dict[str, str]) -> dict[str, str]:
    return {_stem(word): value for value, words in data.items() for word in words.split()}


def _stem(word: str) -> str:
    return (stemmed([word]) or [word])[0]


_VALUES = _by_stem(number_words.VALUES)
_SCALES = _by_stem(number_words.SCALES)
_CURRENCIES = _by_stem(number_words.CURRENCIES)
_MEASURES = frozenset(map(_stem, vocabulary(number_words.MEASURES)))
_DENIALS = frozenset(map(_stem, vocabulary(number_words.DENIALS)))
_ENDINGS = vocabulary(number_words.NAME_ENDINGS) | {""}


class Strange(StrEnum):
    """What a text has that its source has not."""

    NUMBER = "number"
    NAME = "name"
    QUOTATION = "quotation"
    DENIAL = "denial"


@dataclass(frozen=True, slots=True)
class Source:
    """What a text is checked against."""

    words: frozenset[str]
    stems: frozenset[str]
    amounts: frozenset[tuple[str, str]]  # numbers with their scales
    flat: str

    @classmethod
    def of(cls, text: str) -> "Source":
        """Return a text as others are checked against it."""
        words = tokens(text)
        return cls(frozenset(words), frozenset(map(_stem, words)), frozenset(_amounts(text)), " ".join(words))


def strange(text: str, source: Source) -> Strange | None:
    """Return the first kind of thing that the text says and its source does not."""
    stems = {_stem(word) for word in tokens(text)}
    if not source.amounts.issuperset(_amounts(text)) or stems & _MEASURES - source.stems:
        return Strange.NUMBER
    if stems & _DENIALS - source.stems:
        return Strange.DENIAL
    quotations = (" ".join(tokens("".join(filter(None, found)))) for found in _QUOTED.findall(text))
    if not all(quotation in source.flat for quotation in quotations):
        return Strange.QUOTATION
    return None if all(_is_known(name, source) for name in _names(text)) else Strange.NAME


def share_known(text: str, source: Source) -> float:
    """Return which part of the words with a meaning the source has, too."""
    stems = set(stemmed(tokens(text)))
    return len(stems & source.stems) / max(1, len(stems))


def _amounts(text: str) -> Iterator[tuple[str, str]]:
    """Yield the numbers of a text, in digits or in words, with what scales them; and currencies by themselves."""
    number = ""
    for match in _COUNTED.finditer(_SPACES.sub(" ", text)):
        stem = _stem(tokens(match.group())[0]) if match.group("word") and tokens(match.group()) else ""
        unit = number_words.SIGNS.get(match.group(), "") or _SCALES.get(stem, "") or _CURRENCIES.get(stem, "")
        if unit and unit not in _CURRENCIES.values():
            yield number, unit
            number = ""
            continue
        if number:
            yield number, ""
            number = ""
        if unit:
            yield "", unit
        elif match.group("number"):
            number = _normal(match.group())
        elif stem in _VALUES:
            number = _VALUES[stem]
    if number:
        yield number, ""


def _normal(number: str) -> str:
    """Return a number as it is compared: without spaces, a point for a comma, no zeros that say nothing."""
    whole, _, fraction = re.sub(r"\s", "", number).replace(",", ".").partition(".")
    fraction = fraction.rstrip("0") if len(fraction) != 3 else fraction  # three digits may be thousands in English
    return f"{int(whole)}.{fraction}" if fraction else str(int(whole))


def _names(text: str) -> Iterator[str]:
    """Yield the words that may name: capitalised ones, but for usual words at the head of a sentence."""
    for match in _CAPITAL.finditer(text):
        for word in tokens(match.group()):
            if word not in STOP_WORDS:
                yield word


def _is_known(name: str, source: Source) -> bool:
    return name in source.words or any(_same_name(name, word) for word in source.words if word[:1] == name[:1])


def _same_name(one: str, other: str) -> bool:
    return any(_inflected(a, b) for a in _with_fleeting(one) for b in _with_fleeting(other))


def _with_fleeting(name: str) -> tuple[str, ...]:
    """Return the name, and without the vowel that its other cases may lack."""
    without = _FLEETING.sub("", name)
    return (name,) if without == name else (name, without)


def _inflected(one: str, other: str) -> bool:
    pairs = zip(one, other, strict=False)
    root = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return root >= _NAME_ROOT and one[root:] in _ENDINGS and other[root:] in _ENDINGS
