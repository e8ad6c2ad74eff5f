"""Cutting a long sentence short at a clause border: what is left is a whole statement, and as true as it was."""

import re

from digests import words_english, words_russian
from digests.clipping import ELLIPSIS, reads_well
from digests.sentences import open_marks
from digests.words import phrases, tokens, vocabulary

_WHO = vocabulary(words_russian.WHO, words_english.WHO)
_WHERE = vocabulary(words_russian.WHERE, words_english.WHERE)
_REASONS = phrases(words_russian.REASONS, words_english.REASONS)
_CORRELATIVES = vocabulary(words_russian.CORRELATIVES, words_english.CORRELATIVES)
_CONDITIONS = vocabulary(words_russian.CONDITIONS, words_english.CONDITIONS)
_WIRE_REPORT = re.compile(rf",\s(?:{'|'.join((*words_russian.WIRE_REPORTS, *words_english.WIRE_REPORTS))})\.$")
_THAT = f"{words_russian.THAT}|{words_english.THAT}"
_OPENING = re.compile(rf"(?:{words_russian.OPENINGS}|{words_english.OPENINGS}),\s(?:(?:{_THAT})\s)?")
_INNER_MARK = re.compile("[;:]|\\s[-\u2013\u2014]\\s")
# A clause about one person, named in full, or about a named place tells more of them; about others it would tell which
# of them are meant. (Of the man and of his city: «a man from Moscow, who» is about no name.)
_CAPITALISED = r"[A-Z\u0410-\u042f\u0401][\w-]+"
_PERSON = re.compile(rf"(?<=\s){_CAPITALISED}\s{_CAPITALISED}$")
_PLACE = re.compile(
    rf"\s(?:{'|'.join((*words_russian.TO_PLACES.split(), *words_english.TO_PLACES.split()))})\s{_CAPITALISED}$"
)
_REACH = 3  # words before a border in which a correlative would wait for the clause behind it
_CLAUSES = 3  # that a sentence may lose


def without_wire(text: str) -> str:
    """Return a sentence without its last clause if that only names the wire agency that passed it on."""
    found = _WIRE_REPORT.search(text)
    if not found or not text[:1].isalnum() or open_marks(text[: found.start()]) != []:
        return text
    return text[: found.start()] + "."


def without_opening(text: str) -> str:
    """Return a sentence without the word or clause by which it goes on from the one before it («Так, …»)."""
    found = _OPENING.match(text)
    rest = text[found.end() :] if found else text
    return rest[:1].upper() + rest[1:] if found else text


def trimmed(text: str, shortest: int, longest: int) -> str | None:
    """Return the sentence without its last clauses, an ellipsis for them; None if it cannot go without them.

    Only a clause that explains a name, one that gives a reason, and a wire agency's mark are left out: conditions,
    contrasts, and who claims it all stay. Direct speech is not trimmed: that would part it from its speaker.
    """
    if not text[:1].isalnum():
        return None
    kept = without_wire(text)
    mark = "."
    for _ in range(_CLAUSES):
        if shortest <= len(kept) <= longest:
            return kept
        border = _last_border(kept.removesuffix(mark))
        if border is None:
            return None
        kept, mark = kept[:border] + ELLIPSIS, ELLIPSIS
    return kept if shortest <= len(kept) <= longest else None


def _last_border(text: str) -> int | None:
    """Return where the last clause begins if it may be left out: the place of the comma before it."""
    commas = (match.start() for match in reversed(list(re.finditer(",\\s", text))))
    border = next((at for at in commas if open_marks(text[:at]) == []), None)
    if border is None or not _is_spare(text[:border], text[border + 1 :].strip()):
        return None
    return border


def _is_spare(kept: str, clause: str) -> bool:
    words, before = tokens(clause), tokens(kept)[-_REACH:]
    if _INNER_MARK.search(clause) or not _CONDITIONS.isdisjoint(words) or not _CORRELATIVES.isdisjoint(before):
        return False
    is_reason = any(tuple(words[:length]) in _REASONS for length in (1, 2))
    is_of_person = not _WHO.isdisjoint(words[:2]) and _PERSON.search(kept)
    is_of_place = words[:1] and words[0] in _WHERE and _PLACE.search(kept)
    return bool(is_reason or is_of_person or is_of_place) and reads_well(kept)
