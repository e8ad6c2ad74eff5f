"""Passages: the place of an article that shows why it was found, and where in it one reads that."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from digests.articles import Article
from digests.blocks import Block
from digests.pages import pages
from digests.sentences import sentences
from digests.words import stem_each, tokens

LENGTH = 180  # characters
_READ = 200_000  # characters of an article that are looked through
_SHORT = 2_500  # characters of a section that surely fit one page
_COMMON = 3  # letters that a stem and its words are sure to share: "city" and "cities" part after them
_BEFORE = 0.35  # of a passage: what comes before the first found word
_ELLIPSIS = "\u2026"

# A word may hold stress marks and soft hyphens.
_WORD = re.compile("[^\\W_](?:[^\\W_]|[\u00ad\u0300-\u036f])*")

Piece = tuple[str, bool]  # a stretch of text, and whether it is a found word


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of an article with the found words in it; section and page are counted from 0."""

    pieces: tuple[Piece, ...]
    section: int = 0
    page: int = 0


def passage(article: Article, stems: Collection[str], length: int = LENGTH) -> Passage:
    """Return the sentence of the text below the title that has most of the stems, the first of several.

    When no word is there, the summary. A sentence that is too long is cut around its words.
    """
    best: tuple[int, int, str] | None = None
    for section, text in _paragraphs(article, stems):
        for sentence in sentences(text):
            count = len(_found(sentence, stems))
            if count and (best is None or count > best[0]):
                best = (count, section, sentence)
        if best and best[0] == len(stems):
            break
    if best is None:
        return Passage(pieces=tuple(marked(_cut(article.summary, stems, length), stems)))
    _, section, sentence = best
    shown = tuple(marked(_cut(sentence, stems, length), stems))
    return Passage(pieces=shown, section=section, page=_page(article, section, sentence))


def marked(text: str, stems: Collection[str]) -> list[Piece]:
    """Return the text in pieces, the words of the stems apart from the rest and whole."""
    pieces: list[Piece] = []
    end = 0
    for match in _WORD.finditer(text):
        if _is_of(match.group(), stems):
            pieces += [(text[end : match.start()], False), (match.group(), True)]
            end = match.end()
    pieces.append((text[end:], False))
    return [piece for piece in pieces if piece[0]]


def _is_of(word: str, stems: Collection[str]) -> bool:
    return any(stem in stems for stem in stem_each(tokens(word)))


def _found(text: str, stems: Collection[str]) -> set[str]:
    """Return which of the stems the words of a text have."""
    return {stem for match in _WORD.finditer(text) for stem in stem_each(tokens(match.group()))} & set(stems)


def _paragraphs(article: Article, stems: Collection[str]) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs that may hold one of the stems, with their sections."""
    heads = "|".join(sorted({re.escape(stem[:_COMMON]) for stem in stems}))
    likely = re.compile(rf"(?<![^\W_])(?:{heads})") if heads else None
    left = _READ
    for section, blocks in enumerate(_sections(article)):
        for block in blocks:
            text = block.text[:left]
            left -= len(text)
            folded = " ".join(tokens(text)) if not text.isascii() else text.lower()
            if likely and likely.search(folded):
                yield section, text
            if left <= 0:
                return


def _sections(article: Article) -> list[list[Block]]:
    """Return the blocks of each section as pages have them: the lead belongs to the first one."""
    found = [list(section.blocks) for section in article.sections] or [[]]
    found[0][:0] = article.lead
    return found


def _cut(sentence: str, stems: Collection[str], length: int) -> str:
    """Return the sentence, or so much of it around its found words."""
    flat = " ".join(sentence.split())
    if len(flat) <= length:
        return flat
    first = next((match.start() for match in _WORD.finditer(flat) if _is_of(match.group(), stems)), 0)
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
    if sum(len(block.text) for block in _sections(article)[section]) <= _SHORT:
        return 0
    alone = replace(
        article, lead=article.lead if section == 0 else (), sections=article.sections[section : section + 1]
    )
    head = " ".join(sentence.split())[:60]
    for number, blocks in enumerate(pages(alone)[0]):
        if any(head in " ".join(block.text.split()) for block in blocks):
            return number
    return 0
