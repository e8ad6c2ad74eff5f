"""The sentences that stand for an article or a story in the morning, and the reading time."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from operator import itemgetter
from typing import NamedTuple

from digests import salience, words_english, words_russian
from digests.articles import Section
from digests.blocks import Block, Kind
from digests.clipping import clipped
from digests.introductions import presuming
from digests.leaning import is_spoken, leans
from digests.sentences import open_marks, sentences
from digests.trimming import trimmed, without_opening, without_wire
from digests.words import language_of, normalized_title, topical_stems, vocabulary

__all__ = [
    "LONGEST",
    "LONGEST_BRIEF",
    "Summary",
    "Told",
    "best",
    "brief",
    "clipped",
    "reading_minutes",
    "running_text",
    "sentence",
    "summary",
]

LONGEST = 280  # characters of a sentence; the mean is half of it
LONGEST_BRIEF = 350  # characters of two
# 184 words a minute is the mean of 17 languages (Trauzettel-Klosinski and Dietz, 2012; read aloud, so a calm pace for
# the eye); a word of Russian news is 6.5 characters with its space.
CHARACTERS_A_MINUTE = 1_200

_SENTENCES_READ = 60  # of an article; what it is about is said well before
_CANDIDATES = 12  # sentences of an article; what tells its story stands early
_OPENING = 3  # sentences that may do without the title's words
_NEAR = 2  # sentences from the first of two to the second; from farther away it would come out of the blue
_ROLL, _ROLL_WORDS = 5, 0.3  # words of a roll at least, and the share of those that begin small at most
_LISTED = 2  # commas between names, from which on a verb makes a roll no statement
_TWO_FOR_ONE = 1.05  # where two fit, one that tells as much is passed over: readers were promised two
_GLUED_LINES = 2  # in a sentence; one is a slip of the pen
_SCRAP = 25  # characters
_NARROW = 60  # characters; no text is broken to fit a line as short as that
_TEXT_READ = 20_000  # characters

_SPACES = re.compile("[ \t\r\n]+|[ \t\r\n\u00a0]{2,}")
# An emoji, a bullet or a number before the text.
_ORNAMENT = re.compile('^(?:[^\\w\\s"\u00ab\u201e\u201c(\u2013\u2014-]*|\\d{1,2}[.)])(?=\\s)')
_ADDRESS = re.compile(r"//|www\.|\S@\S|\w\.\w{2,4}/")
_DATELINE = re.compile(rf"(?:{'|'.join(words_russian.DATELINES + words_english.DATELINES)})")
_CAPTION_WORDS = "|".join(sorted(vocabulary(words_russian.CAPTION_WORDS, words_english.CAPTION_WORDS)))
_CAPTION = re.compile(rf"(?:(?:{_CAPTION_WORDS})[^.:/\u00a9]{{0,30}}[:/\u00a9]|\u00a9)", re.IGNORECASE)
# Lines of a page without a break between, and a sentence that begins with a small letter.
_GLUED = re.compile("[\u0430-\u044f\u0451]{3}[\u0410-\u042f\u0401]")
_RUN_ON = re.compile('\\w[\u00bb"\u201d][\u0410-\u042f\u0401]|[\u0430-\u044f\u0451]{5}\\. [\u0430-\u044f\u0451]{3}')
_VERB = re.compile(rf"\b[\u0430-\u044f\u0451]+{words_russian.VERB}\b")
_PASSED_ON = re.compile("|".join((words_russian.PASSED_ON, words_english.PASSED_ON)))
_ENDED = re.compile('[.!\u2026]["\u00bb\u201c\u201d)]*$')
_ASKED = re.compile(r"[\u2013\u2014-]\s*\w[^?]{3,}\?$")
_HEAD = re.compile('["\u00ab\u201e\u201c(]*[^\\W_]')


class Told(NamedTuple):
    """An article as far as it is summed up."""

    title: str
    lead: Sequence[Block]
    sections: Sequence[Section]


class Summary(NamedTuple):
    """What stands for an article: one sentence in a list of headlines, two where there is more room."""

    sentence: str
    brief: str


def summary(*told: Told) -> Summary:
    """Return what stands for the article, or for several on one story, as `sentence`, `brief` and `best` say."""
    known = [_Article.of(one) for one in told]
    expected = _expected(known, _WEIGHTS)
    return Summary(_best(known, expected, 1), _best(known, expected, 2))


def sentence(title: str, lead: Sequence[Block], sections: Sequence[Section]) -> str:
    """Return one sentence of the article that tells its story and is understood alone; the title if there is none.

    It is quoted as it stands, but for folded white space; an agency's dateline and an opening connective are left out,
    and one longer than LONGEST is trimmed at a clause border. At most LONGEST characters unless it is the title.
    """
    return best([Told(title, lead, sections)], 1)


def brief(title: str, lead: Sequence[Block], sections: Sequence[Section]) -> str:
    """Return one or two sentences of the article in their order, whichever tell more; the title if there are none.

    The first is understood alone; the second too, or it is the next one in the text. At most LONGEST_BRIEF characters
    unless it is the title.
    """
    return best([Told(title, lead, sections)], 2)


def best(several: Sequence[Told], count: int, weights: salience.Weights | None = None) -> str:
    """Return up to `count` (1 or 2) sentences of one of the articles on a story, those that tell most of all of them.

    As `sentence` and `brief` say; the title is that of the first article.
    """
    articles = [_Article.of(one) for one in several]
    return _best(articles, _expected(articles, weights or _WEIGHTS), count)


def running_text(article: Told) -> list[str]:
    """Return the ended sentences of the article's paragraphs, datelines left out."""
    return [one.text for one in _said(article)]


def reading_minutes(characters: int) -> int:
    """Return the reading time of so many characters in minutes, at least 1."""
    return max(1, round(characters / CHARACTERS_A_MINUTE))


def _expected(articles: Sequence["_Article"], weights: salience.Weights) -> salience.Expected:
    return salience.pooled(salience.expected(article.title, article.texts, weights) for article in articles)


def _best(articles: Sequence["_Article"], expected: salience.Expected, count: int) -> str:
    singles = chain.from_iterable(article.singles() for article in articles)
    pairs = chain.from_iterable(article.pairs() for article in articles) if count > 1 else ()
    options = chain(((1.0, text) for text in singles), ((_TWO_FOR_ONE, text) for text in pairs))
    weighed = ((round(worth * salience.told(expected, text), 6), text) for worth, text in options)
    return max(weighed, key=itemgetter(0), default=(0.0, articles[0].title.strip()))[1]


@dataclass(frozen=True, slots=True)
class _Sentence:
    """An ended sentence of the running text; `position` grows by one only from a sentence to the very next."""

    text: str
    position: int
    presumes: bool = False  # that its reader has met those whom it names


@dataclass(frozen=True, slots=True)
class _Article:
    """An article's title and its ended sentences."""

    title: str
    said: tuple[_Sentence, ...]
    heads: tuple[tuple[int, _Sentence], ...]  # those that may stand first, with their places

    @classmethod
    def of(cls, told: Told) -> "_Article":
        said = _said(told)
        presumptions = presuming(told.title, [one.text for one in said])
        known = tuple(replace(one, presumes=is_so) for one, is_so in zip(said, presumptions, strict=True))
        return cls(told.title, known, tuple(islice(_heads(told.title, known), _CANDIDATES)))

    @property
    def texts(self) -> list[str]:
        """The sentences as they stand."""
        return [one.text for one in self.said]

    def singles(self) -> Iterator[str]:
        """Yield the sentences that may stand for the article."""
        for _, one in self.heads:
            yield from _shortened(one.text)

    def pairs(self) -> Iterator[str]:
        """Yield these sentences with another one below them."""
        for place, one in self.heads:
            yield from self._continued(place, one)

    def _continued(self, place: int, head: _Sentence) -> Iterator[str]:
        for other in self.said[place + 1 : place + 1 + _NEAR]:
            distance = other.position - head.position
            if not distance <= _NEAR or not _is_whole(other.text) or _is_aside(other.text):
                continue
            if language_of(other.text) is not language_of(head.text):
                continue
            if distance == 1 or _stands_alone(other):
                pairs = (f"{one} {two}" for one in _shortened(head.text) for two in _shortened(other.text))
                yield from (pair for pair in pairs if len(pair) <= LONGEST_BRIEF)


def _heads(title: str, said: Sequence[_Sentence]) -> Iterator[tuple[int, _Sentence]]:
    """Yield the sentences that stand alone and are about the story, but not just its title again."""
    known, key = frozenset(topical_stems(title)), normalized_title(title)
    language = language_of(" ".join([title, *(one.text for one in said)]))
    for place, spoken in enumerate(said):
        one = replace(spoken, text=without_opening(spoken.text))
        is_about = place < _OPENING or not known.isdisjoint(topical_stems(one.text))
        is_other = is_about and normalized_title(one.text) != key
        if is_other and _stands_alone(one) and language_of(one.text) is language:
            yield place, one


def _said(told: Told) -> list[_Sentence]:
    blocks = chain(told.lead, *(section.blocks for section in told.sections))
    return list(islice(_sentences(blocks), _SENTENCES_READ))


def _shortened(text: str) -> Iterator[str]:
    """Yield the sentence if it is not too long, without a wire agency's mark, or else what it can be trimmed to."""
    short = without_wire(text)
    if len(text) <= LONGEST:
        yield text
    if short != text and _SCRAP <= len(short) <= LONGEST:
        yield short
    elif len(text) > LONGEST and (rest := trimmed(text, LONGEST // 3, LONGEST)):
        yield rest


def _sentences(blocks: Iterable[Block]) -> Iterator[_Sentence]:
    """Yield the ended sentences of the paragraphs at the head of the text; no headings, questions or captions."""
    position, left = 0, _TEXT_READ
    for block in blocks:
        if block.kind is not Kind.PARAGRAPH or left <= 0:
            position += block.kind is not Kind.CAPTION
            continue
        for line in _lines(block.text[:left]):
            text = _ORNAMENT.sub("", _SPACES.sub(" ", line).strip()).strip()
            if _ASKED.match(text):
                return  # from here on an interview speaks
            dateline = _DATELINE.match(text)
            for found in sentences(text[dateline.end() :] if dateline else text):
                position += 1
                if _ENDED.search(found):
                    yield _Sentence(found, position)
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


def _stands_alone(one: _Sentence) -> bool:
    """Return whether an ended sentence is a whole statement that leans on nothing said before it."""
    return not one.presumes and _is_whole(one.text) and not leans(one.text) and not is_spoken(one.text)


def _is_roll(text: str) -> bool:
    """Return whether it is a roll of names, as of a team's players, and no statement."""
    words = text.split()
    if len(words) < _ROLL or sum(word[0].islower() for word in words) >= len(words) * _ROLL_WORDS:
        return False
    return text.count(",") >= _LISTED or not _VERB.search(text)


def _is_aside(text: str) -> bool:
    """Return whether a sentence only says where the news was to be read, or somebody speaks in it unquoted."""
    return bool(_PASSED_ON.match(text)) or is_spoken(text)


def _is_whole(text: str) -> bool:
    """Return whether an ended sentence is a whole statement, no scrap, caption, label or half of a quotation."""
    return (
        bool(_HEAD.match(text))
        and not text[0].islower()
        and len(text) >= _SCRAP
        and not _CAPTION.match(text)
        and not _ADDRESS.search(text)
        and len(_GLUED.findall(text)) < _GLUED_LINES
        and not _RUN_ON.search(text)
        and not text.partition(":")[0].isupper()
        and open_marks(text) == []
        and not _is_roll(text)
    )


_WEIGHTS = salience.shipped()
