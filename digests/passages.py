"""Passages: the place of an article that shows why it was found, and where in it one reads that."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from digests.articles import Article
from digests.blocks import Block, plain
from digests.pages import pages
from digests.sentences import sentences
from digests.words import stem_each, tokens

LENGTH = 180  # characters
_READ = 200_000  # characters of an article that are looked through
_SHORT = 2_500  # characters of a section that surely fit one page
_FIRST = 800  # characters that are surely on the first of several pages
_HEAD = 60  # characters by which a sentence is known again
_COMMON = 3  # letters that a stem and its words are sure to share: "city" and "cities" part after them
_BEFORE = 0.35  # of a passage: what comes before the first found word
_ELLIPSIS = "\u2026"

_PARAGRAPH = 600  # characters of a paragraph whose sentences are told apart

_INVISIBLE = "[\u00ad\u0300-\u036f]"  # stress marks and soft hyphens, which a word may hold
_SIGN = re.compile(_INVISIBLE)
_WORD = re.compile(f"[^\\W_](?:[^\\W_]|{_INVISIBLE})*")
_IO, _IE = "\u0451", "\u0435"

Piece = tuple[str, bool]  # a stretch of text, and whether it is a found word


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of an article with the found words in it; section and page are counted from 0."""

    pieces: tuple[Piece, ...]
    section: int = 0
    page: int = 0


def passage(article: Article, stems: Collection[str], enough: int = 1, length: int = LENGTH) -> Passage:
    """Return the sentence of the text below the title that has most of the stems, the first of several.

    With `enough` of them no better one is looked for (a word may have several). When no word is there, the summary. A
    sentence that is too long is cut around its words.
    """
    sought = _Sought(stems)
    best: tuple[int, int, str] | None = None
    for section, text in _paragraphs(article, sought):
        places = [(match.start(), stem) for match, stem in sought.words(text)]
        if best and len({stem for _, stem in places}) <= best[0]:
            continue
        end = 0
        for sentence in sentences(text):
            start = text.index(sentence, end)
            end = start + len(sentence)
            count = len({stem for place, stem in places if start <= place < end})
            if count and (best is None or count > best[0]):
                best = (count, section, sentence)
        if best and best[0] >= enough:
            break
    if best is None:
        return Passage(pieces=tuple(sought.marked(_cut(article.summary, sought, length))))
    _, section, sentence = best
    shown = tuple(sought.marked(_cut(sentence, sought, length)))
    return Passage(pieces=shown, section=section, page=_page(article, section, sentence))


class _Sought:
    """The stems that are looked for."""

    def __init__(self, stems: Collection[str]) -> None:
        self._stems = frozenset(stems)
        self._heads = tuple({stem[:_COMMON] for stem in stems})

    def words(self, text: str) -> Iterator[tuple[re.Match[str], str]]:
        """Yield the words that have one of the stems, each with that stem."""
        for place in self._places(text):
            match = _WORD.match(text, place)
            for stem in stem_each(tokens(match.group())) if match else ():
                if match and stem in self._stems:
                    yield match, stem
                    break

    def _places(self, text: str) -> list[int]:
        """Return where words begin that may have one of the stems: those with the same first letters."""
        flat = text.lower().replace(_IO, _IE)
        if len(flat) != len(text) or _SIGN.search(flat):
            return [match.start() for match in _WORD.finditer(text)]
        found = {place for head in self._heads for place in _finds(flat, head)}
        return sorted(place for place in found if not place or not text[place - 1].isalnum())

    def marked(self, text: str) -> list[Piece]:
        """Return the text in pieces, the words of the stems apart from the rest and whole; neighbours are one piece."""
        pieces: list[Piece] = []
        end = 0
        for match, _ in self.words(text):
            between = text[end : match.start()]
            if pieces and not between.strip():
                pieces[-1] = (pieces[-1][0] + between + match.group(), True)
            else:
                pieces += [(between, False), (match.group(), True)]
            end = match.end()
        pieces.append((text[end:], False))
        return [piece for piece in pieces if piece[0]]


def _finds(text: str, head: str) -> Iterator[int]:
    place = text.find(head)
    while place >= 0:
        yield place
        place = text.find(head, place + 1)


def _paragraphs(article: Article, sought: _Sought) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs that have one of the words, with their sections; of a long one what is around the word."""
    left = _READ
    for section, blocks in enumerate(_sections(article)):
        for block in blocks:
            text = block.text[:left]
            left -= len(text)
            first = next(sought.words(text), None)
            if first is not None:
                yield section, _near(text, first[0].start())
            if left <= 0:
                return


def _near(text: str, place: int) -> str:
    """Return the sentences around a place of a paragraph, all of them if it is not long."""
    if len(text) <= _PARAGRAPH:
        return text
    start = max(0, place - _PARAGRAPH // 3)
    border = text.find(". ", start, place)
    start = border + 2 if border >= 0 else start
    return text[start : start + _PARAGRAPH]


def _sections(article: Article) -> list[list[Block]]:
    """Return the blocks of each section as pages have them: the lead belongs to the first one."""
    found = [list(section.blocks) for section in article.sections] or [[]]
    found[0][:0] = article.lead
    return found


def _cut(sentence: str, sought: _Sought, length: int) -> str:
    """Return the sentence, or so much of it around its found words."""
    flat = " ".join(sentence.split())
    if len(flat) <= length:
        return flat
    first = next((match.start() for match, _ in sought.words(flat)), 0)
    start = max(0, min(first - int(length * _BEFORE), len(flat) - length))
    if start:
        start = flat.find(" ", start, first) + 1 or first
    end = len(flat)
    if start + length < end:
        border = flat.rfind(" ", start + length // 2, start + length)
        end = border if border > 0 else start + length
    head = _ELLIPSIS if start else ""
    tail = _ELLIPSIS if end < len(flat) else ""
    return head + flat[start:end].rstrip(" ,;:-\u2013\u2014") + tail


def _page(article: Article, section: int, sentence: str) -> int:
    """Return the page of a section on which a sentence begins."""
    blocks = _sections(article)[section]
    head = " ".join(sentence.split())[:_HEAD]
    if sum(len(block.text) for block in blocks) <= _SHORT or head in " ".join(plain(blocks)[:_FIRST].split()):
        return 0
    alone = replace(
        article, lead=article.lead if section == 0 else (), sections=article.sections[section : section + 1]
    )
    for number, shown in enumerate(pages(alone)[0]):
        if any(head in " ".join(block.text.split()) for block in shown):
            return number
    return 0
