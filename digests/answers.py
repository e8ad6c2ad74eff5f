"""What somebody else's summary of an article must be like to be shown to readers."""

import re
from collections.abc import Sequence
from enum import StrEnum

from digests.blocks import plain
from digests.grounding import Source, Strange, share_known, strange
from digests.leaning import is_spoken, leans
from digests.sentences import open_marks, sentences
from digests.summaries import LONGEST, LONGEST_BRIEF, Summary, Told
from digests.words import has_letters, language_of, topical_stems

_LINES = 2  # one sentence, and one or two
_SHORTEST = 25  # characters
_KNOWN = 0.5  # of the words, at least, are the article's
_SHARED = 2  # words with a meaning that it shares with the title and with what we would have said
# Markup of any kind, and what a messenger would make a link of.
_MARKUP = re.compile(r"[<>{}\[\]`*_|\\~^=]|&\w+;|(?<!\w)[@#/]\w|://|www\.|\w\.[A-Za-z]{2,}\b|^[-\u2022#]|\(\s*http")
_UNSEEN = re.compile("[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ue000-\uf8ff\ufffd]")
_USUAL_LETTERS = re.compile("[a-z\u0430-\u044f\u0451]")


class Flaw(StrEnum):
    """Why an answer is not taken."""

    EMPTY = "empty"
    TOO_LONG = "too long"
    TOO_MANY_LINES = "not the two lines asked for"
    MARKUP = "markup or links"
    LANGUAGE = "another language than the article's"
    NUMBER = "a number that is not in the article"
    NAME = "a name that is not in the article"
    QUOTATION = "a quotation that is not in the article"
    DENIAL = "a denial that is not in the article"
    UNFINISHED = "no whole sentence that is understood alone"
    ASTRAY = "not about the article's story"


class Rejected(Exception):
    """An answer that readers are not shown."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


def checked(answer: str, told: Told, own: Summary) -> Summary:
    """Return the answer as a summary; `own` is ours, whose story it must tell. Raises Rejected."""
    lines = [" ".join(line.split()) for line in answer.splitlines() if line.strip()]
    one, two = _parted(lines)
    _check_form(one, LONGEST, 1)
    _check_form(two, LONGEST_BRIEF, 2)
    text = text_of(told)
    source = Source.of(text)
    for line in (one, two):
        _check_matter(line, text, source)
    story = set(topical_stems(f"{told.title} {own.sentence} {own.brief}"))
    if min(len(story.intersection(topical_stems(line))) for line in (one, two)) < min(_SHARED, len(story)):
        raise Rejected(Flaw.ASTRAY)
    return Summary(one, two)


def text_of(told: Told) -> str:
    """Return the article as one text: its title, its lead, its sections with their headings."""
    sections = (part for section in told.sections for part in (section.title, plain(section.blocks)))
    return "\n".join(part for part in (told.title, plain(told.lead), *sections) if part)


def _parted(lines: Sequence[str]) -> tuple[str, str]:
    """Return the sentence and the brief; of an answer in one line, its first sentence and the whole."""
    if not any(map(has_letters, lines)):
        raise Rejected(Flaw.EMPTY)
    if len(lines) > _LINES:
        raise Rejected(Flaw.TOO_MANY_LINES)
    if len(lines) == 1:
        return (sentences(lines[0]) or [""])[0], lines[0]
    return lines[0], lines[1]


def _check_form(line: str, longest: int, most: int) -> None:
    if len(line) > longest or len(sentences(line)) > most:
        raise Rejected(Flaw.TOO_LONG)
    if _MARKUP.search(line) or _UNSEEN.search(line):
        raise Rejected(Flaw.MARKUP)
    first = (sentences(line) or [""])[0]
    if len(line) < _SHORTEST or open_marks(line) != [] or leans(first) or is_spoken(line) or line.endswith((":", "?")):
        raise Rejected(Flaw.UNFINISHED)


def _check_matter(line: str, text: str, source: Source) -> None:
    letters = set(filter(str.isalpha, line.lower()))
    unusual = {letter for letter in letters if not _USUAL_LETTERS.match(letter)}
    if language_of(line) is not language_of(text) or not unusual <= set(text.lower()):
        raise Rejected(Flaw.LANGUAGE)
    match strange(line, source):
        case Strange() as found:
            raise Rejected(Flaw[found.name])
        case None if share_known(line, source) < _KNOWN:
            raise Rejected(Flaw.ASTRAY)
