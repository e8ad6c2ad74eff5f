"""Whether a sentence leans on what was said before it, and so cannot be read alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digests import words_english, words_neighbours, words_russian
from digests.words import STOP_WORDS, Language, language_of, phrases, tokens, vocabulary

_HEADS = phrases(words_russian.DANGLING_HEADS, words_english.DANGLING_HEADS, words_neighbours.DANGLING_HEADS)
_STANDING = phrases(words_russian.STANDING_HEADS, words_english.STANDING_HEADS, words_neighbours.STANDING_HEADS)
_HEAD_STEMS = tuple(vocabulary(words_russian.DANGLING_STEMS, words_english.DANGLING_STEMS))
_PHRASES = phrases(words_russian.LEANING_PHRASES, words_english.LEANING_PHRASES)
_LINKS = phrases(words_russian.LINKING_PHRASES, words_english.LINKING_PHRASES)
_BARE = phrases(words_russian.BARE_PHRASES)
_SOURCES = phrases(words_russian.SOURCES, words_english.SOURCES)
_PHRASE_STARTS = frozenset(phrase[0] for phrase in _PHRASES | _LINKS | _BARE)
_LONGEST = max(map(len, _HEADS | _STANDING | _PHRASES | _LINKS | _BARE | _SOURCES))
_OBLIQUE = vocabulary(words_russian.OBLIQUE_PRONOUNS, words_english.OBLIQUE_PRONOUNS, words_neighbours.OBLIQUE_PRONOUNS)
_POINTING = vocabulary(words_russian.POINTING_WORDS, words_english.POINTING_WORDS, words_neighbours.POINTING_WORDS)
_POINTED = vocabulary(
    words_russian.POINTING_EXCEPTIONS, words_english.POINTING_EXCEPTIONS, words_neighbours.POINTING_EXCEPTIONS
)
_LEANING = _OBLIQUE.union(
    vocabulary(words_russian.SUBJECT_PRONOUNS, words_english.SUBJECT_PRONOUNS, words_neighbours.SUBJECT_PRONOUNS),
    vocabulary(words_russian.SPEAKER_PRONOUNS, words_english.SPEAKER_PRONOUNS, words_neighbours.SPEAKER_PRONOUNS),
    vocabulary(words_russian.ECHOES, words_english.ECHOES),
)
_RESUMED = vocabulary(words_russian.RESUMED_NOUNS)
_VOICES = vocabulary(words_russian.VOICES, words_english.VOICES)
_QUOTED = re.compile('\u00ab[^\u00bb]*\u00bb?|\u201e[^\u201c]*\u201c?|\u201c[^\u201d]*\u201d?|"[^"]*"?')
_VERB_NEXT = re.compile(
    rf"\w+\s+(?:(?:{'|'.join(words_russian.BEFORE_VERBS.split())})\b"
    rf"|(?!(?:{'|'.join(words_russian.NO_VERBS.split())})\b)[^\W\d_A-Z\u0401\u0410-\u042f]\w+{words_russian.VERB}\b)"
)
_CLAUSE_START = re.compile(r"^|,\s")
_ADJECTIVE = re.compile(rf"[\w-]+{words_russian.ADJECTIVE}\s")
_FIRST_WORD = re.compile(r"\w+")
_JOINTS = vocabulary(words_russian.CLAUSE_JOINTS, words_english.CLAUSE_JOINTS)
_INTRODUCTIONS = vocabulary(words_russian.INTRODUCTIONS, words_english.INTRODUCTIONS)
# A full stop inside a sentence belongs to an abbreviation, and some of these look like pronouns.
_ABBREVIATION = re.compile(r"[^\W\d_]+\.(?=\s+\S)")
# «X — это Y»: a pronoun that points at nothing outside.
_COPULA = re.compile(f"(?<=\\s[-\u2013\u2014]\\s){words_russian.COPULA}\\s", re.IGNORECASE)
_CLAUSE_MARK = re.compile("[,;:()]|(?<!\\w)[-\u2013\u2014](?!\\w)")


# How many words with a meaning must stand before a pronoun that names nobody in a clause before it, before a pointing
# word, and before a linking phrase: so much said makes it likely that the sentence points at itself. Set by reading 300
# sentences of news, the last by reading twenty.
_BEFORE_OBLIQUE, _BEFORE_POINTING, _BEFORE_LINK = 4, 8, 4


@dataclass(frozen=True, slots=True)
class _Clauses:
    """The words of a sentence and, for each, the number of its clause as far as marks and conjunctions tell."""

    words: Sequence[str]
    clauses: Sequence[int]

    @classmethod
    def of(cls, sentence: str) -> "_Clauses":
        words: list[str] = []
        clauses: list[int] = []
        clause = 0
        for part in _CLAUSE_MARK.split(_COPULA.sub("", _ABBREVIATION.sub(" ", sentence))):
            for word in tokens(part):
                clause += word in _JOINTS
                words.append(word)
                clauses.append(clause)
            clause += 1
        return cls(words, clauses)

    def said_before(self, position: int, *, in_earlier_clauses: bool) -> int:
        """Return how many words with a meaning precede; those of an opening «according to …,» do not count."""
        opening = 0 if self.words[0] in _INTRODUCTIONS else -1
        last = self.clauses[position] - 1 if in_earlier_clauses else self.clauses[position]
        return sum(
            opening < clause <= last and len(word) > 2 and word not in STOP_WORDS
            for word, clause in zip(self.words[:position], self.clauses[:position], strict=True)
        )


def leans(sentence: str) -> bool:
    """Return whether the sentence needs an earlier one to be understood.

    It does if it begins with a connective or with a bare "the company said", or has a pronoun, a pointing word or an
    echo («also») that nothing before it in the same sentence is likely to explain. Errs on the side of True.
    """
    split = _Clauses.of(sentence)
    words = split.words
    if not words:
        return True
    has_leaning_head = words[0].startswith(_HEAD_STEMS) or _has_phrase(words, 0, _HEADS)
    if has_leaning_head and not _has_phrase(words, 0, _STANDING):
        return True
    if _resumes(sentence):
        return True
    if _has_phrase(words, 0, _SOURCES) and not _names_someone(sentence.partition(",")[0]):
        return True
    return any(_word_leans(split, position) for position in _own(words, sentence))


def is_spoken(sentence: str) -> bool:
    """Return whether somebody speaks in the sentence who is not quoted in it."""
    own = _own(tokens(_QUOTED.sub(" ", sentence)), sentence)
    return not _VOICES.isdisjoint(own.values())


def _own(words: Sequence[str], sentence: str) -> dict[int, str]:
    """Return the words with their places, without Latin ones of a Russian sentence («US Open», «Пётр I»)."""
    is_russian = language_of(sentence) is Language.RUSSIAN
    return {place: word for place, word in enumerate(words) if not (is_russian and word.isascii())}


def _resumes(sentence: str) -> bool:
    """Return whether a bare noun with its verb begins the sentence, or a clause before which nobody is named."""
    for match in _CLAUSE_START.finditer(sentence):
        if _names_someone(sentence[: match.start()]):
            return False
        adjective = _ADJECTIVE.match(sentence, match.end())
        for start in (match.end(), adjective.end() if adjective else match.end()):
            word = _FIRST_WORD.match(sentence, start)
            if word and word.group().lower() in _RESUMED and _VERB_NEXT.match(sentence, start):
                return True
    return False


def _word_leans(split: _Clauses, position: int) -> bool:
    words, word = split.words, split.words[position]
    if word in _PHRASE_STARTS and _phrase_leans(split, position):
        return True
    if word in _POINTING:
        points_at_calendar = words[position + 1 : position + 2] and words[position + 1] in _POINTED
        return not points_at_calendar and split.said_before(position, in_earlier_clauses=True) < _BEFORE_POINTING
    if word in _OBLIQUE and split.said_before(position, in_earlier_clauses=False) >= _BEFORE_OBLIQUE:
        return False
    return word in _LEANING and not split.said_before(position, in_earlier_clauses=True)


def _phrase_leans(split: _Clauses, position: int) -> bool:
    if _has_phrase(split.words, position, _PHRASES):
        return True
    if _has_phrase(split.words, position, _LINKS):
        return split.said_before(position, in_earlier_clauses=True) < _BEFORE_LINK
    ends = range(position + 1, position + _LONGEST + 1)
    end = next((end for end in ends if tuple(split.words[position:end]) in _BARE), None)
    return end is not None and split.clauses[end : end + 1] != split.clauses[position : position + 1]


def _names_someone(opening: str) -> bool:
    return any(char.isupper() for char in opening.lstrip()[1:])


def _has_phrase(words: Sequence[str], position: int, known: frozenset[tuple[str, ...]]) -> bool:
    return any(tuple(words[position : position + length]) in known for length in range(1, _LONGEST + 1))
