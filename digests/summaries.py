"""The sentence that stands for an article in the morning, and the reading time."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from digests import words_english, words_russian
from digests.articles import Section
from digests.blocks import Block, Kind
from digests.clipping import clipped, trimmed
from digests.leaning import leans
from digests.sentences import open_marks, sentences
from digests.words import normalized_title, topical_stems, vocabulary

__all__ = ["LONGEST", "SHORTEST", "clipped", "reading_minutes", "sentence"]

SHORTEST, LONGEST = 40, 220  # characters
# 184 words a minute is the mean of 17 languages (Trauzettel-Klosinski and Dietz, 2012; read aloud, so a calm pace for
# the eye); a word of Russian news is 6.5 characters with its space.
CHARACTERS_A_MINUTE = 1_200

_OPENING = 3  # sentences that may do without the title's words
_GLUED_LINES = 2  # in a sentence; one is a slip of the pen
_SCRAP = 25  # characters
_NARROW = 60  # characters; no text is broken to fit a line as short as that
_TEXT_READ = 20_000  # characters; what a story is about is said well before

_SPACES = re.compile(r"[ \t\r\n]+")
_ORNAMENT = re.compile('^[^\\w\\s"\u00ab\u201e\u201c(\u2013\u2014-]*(?=\\s)')  # an emoji or a bullet before the text
_ADDRESS = re.compile(r"://|www\.|\S@\S")
_DATELINE = re.compile(rf"(?:{'|'.join(words_russian.DATELINES + words_english.DATELINES)})")
_CAPTION_WORDS = "|".join(sorted(vocabulary(words_russian.CAPTION_WORDS, words_english.CAPTION_WORDS)))
_CAPTION = re.compile(rf"(?:(?:{_CAPTION_WORDS})[^.:/\u00a9]{{0,30}}[:/\u00a9]|\u00a9)", re.IGNORECASE)
_GLUED = re.compile("[\u0430-\u044f\u0451]{3}[\u0410-\u042f\u0401]")  # lines of a page without a break between
_ENDED = re.compile('[.!\u2026]["\u00bb\u201c\u201d)]*$')
_HEAD = re.compile('["\u00ab\u201e\u201c(]*[^\\W_]')
_SPEECH = re.compile('["\u00ab\u201e\u201c].*["\u00bb\u201c\u201d][,!]?\\s*[-\u2013\u2014]\\s')


def sentence(title: str, lead: Sequence[Block], sections: Sequence[Section]) -> str:
    """Return one sentence of the article that tells its story and is understood alone; the title if there is none.

    It is quoted as it stands, but for folded white space and an agency's dateline left out; one longer than LONGEST is
    trimmed at a clause border. At most LONGEST characters unless it is the title.
    """
    said = list(_sentences(chain(lead, *(section.blocks for section in sections))))
    subject = _Subject.of(title, said)
    fit = [one for one in said if subject.is_told_by(one) and _stands_alone(one.text)]
    for one in sorted(fit, key=lambda one: (-subject.score(one), one.place)):
        text = one.text if len(one.text) <= LONGEST else trimmed(one.text, LONGEST // 3, LONGEST)
        if text:
            return text
    return title.strip()


def reading_minutes(characters: int) -> int:
    """Return the reading time of so many characters in minutes, at least 1."""
    return max(1, round(characters / CHARACTERS_A_MINUTE))


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of the running text and its place in it, from 0."""

    text: str
    place: int
    stems: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Subject:
    """What an article is about: the stems of its title and of its whole text."""

    title: str
    title_stems: frozenset[str]
    stems: Mapping[str, int]

    @classmethod
    def of(cls, title: str, said: Sequence[_Sentence]) -> "_Subject":
        title_stems = topical_stems(title)
        stems = Counter(title_stems)
        for one in said:
            stems.update(one.stems)
        return cls(normalized_title(title), frozenset(title_stems), stems)

    def is_told_by(self, one: _Sentence) -> bool:
        """Return whether the sentence is about the story, and is not just its title again."""
        is_about = one.place < _OPENING or not self.title_stems.isdisjoint(one.stems)
        return is_about and normalized_title(one.text) != self.title

    def score(self, one: _Sentence) -> float:
        """Return how well the sentence tells the story.

        Weights from a linear regression on how many words sentences of sum_multiref share with other outlets' leads,
        cross-validated by story, rounded; early ones that share the title's and the text's words win.
        """
        length = len(one.text)
        return (
            13 / (1 + one.place)
            + 8 * len(self.title_stems.intersection(one.stems)) / max(1, len(self.title_stems))
            + 11 * _cosine(one.stems, self.stems)
            + 5 * math.log(length)
            - 0.03 * max(0, length - 180)
            - 6 * (not SHORTEST <= length <= LONGEST)
            - bool(_SPEECH.match(one.text))
        )


def _sentences(blocks: Iterable[Block]) -> Iterator[_Sentence]:
    """Yield the ended sentences of the paragraphs at the head of the text; no headings, questions or captions."""
    place, left = 0, _TEXT_READ
    for block in blocks:
        if block.kind is not Kind.PARAGRAPH or left <= 0:
            continue
        for line in _lines(block.text[:left]):
            text = _ORNAMENT.sub("", _SPACES.sub(" ", line).strip()).strip()
            dateline = _DATELINE.match(text)
            for found in sentences(text[dateline.end() :] if dateline else text):
                if _ENDED.search(found):
                    yield _Sentence(found, place, Counter(topical_stems(found)))
                    place += 1
        left -= len(block.text)


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a paragraph, those joined that were broken only to fit a width."""
    held = last = ""
    for line in filter(None, map(str.strip, text.splitlines())):
        is_broken_off = last and not _ENDED.search(last) and (len(last) > _NARROW or line[:1].islower())
        if held and not is_broken_off:
            yield held
            held = ""
        held, last = f"{held} {line}", line
    yield held


def _stands_alone(text: str) -> bool:
    """Return whether an ended sentence is a whole statement, no scrap, that leans on nothing said before it."""
    return (
        bool(_HEAD.match(text))
        and not text[0].islower()
        and len(text) >= _SCRAP
        and not _CAPTION.match(text)
        and not _ADDRESS.search(text)
        and len(_GLUED.findall(text)) < _GLUED_LINES
        and not text.partition(":")[0].isupper()
        and open_marks(text) == []
        and not leans(text)
    )


def _cosine(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    product = sum(count * other.get(stem, 0) for stem, count in one.items())
    return product / (math.hypot(*one.values()) * math.hypot(*other.values())) if product else 0.0
