"""Pages: blocks divided so that each page fits a Telegram message, and breaks where a reader would break it."""

from collections.abc import Sequence
from dataclasses import replace

from digests import atoms
from digests.articles import Article, Draft
from digests.atoms import Atom, Border
from digests.blocks import Block, Kind
from digests.costs import NOTHING, Budget, Cost
from digests.slices import slices

__all__ = ["PAGE_BUDGET", "Budget", "Page", "locate", "pages", "paginate"]

Page = tuple[Block, ...]
PAGE_BUDGET = Budget()

_FULL_ENOUGH = 0.6  # of what fits: a page may end here for the sake of a better border
_EVEN = (1.03, 1.1, 1.2, 1.35)  # how much larger than the mean a page may become when pages are made even


def pages(article: Article | Draft, budget: Budget = PAGE_BUDGET) -> tuple[tuple[Page, ...], ...]:
    """Return the pages of each section of an article.

    The lead stands before the heading of the first section, the heading of a section at the head of its blocks. There
    is always one section with one page, though it may be empty.
    """
    sections: list[list[Block]] = [[] for _ in article.sections] or [[]]
    sections[0].extend(article.lead)
    for blocks, section in zip(sections, article.sections, strict=False):
        if section.heading:
            blocks.append(Block(kind=Kind.HEADING, spans=section.heading))
        blocks.extend(section.blocks)
    return tuple(paginate(blocks, budget) for blocks in sections)


def locate(article_pages: Sequence[Sequence[Page]], section: int, page: int) -> tuple[int, int]:
    """Return the nearest section and page that exist, for a button older than a correction of its article."""
    section = max(0, min(section, len(article_pages) - 1))
    return section, max(0, min(page, len(article_pages[section]) - 1))


def paginate(blocks: Sequence[Block], budget: Budget = PAGE_BUDGET) -> tuple[Page, ...]:
    """Return the blocks in pages that keep the budget; one page at least.

    Pages end between paragraphs, else between items of a list, sentences, words, letters; not below a heading. Nothing
    but white space at the ends is lost. Takes time linear in the length of the text.
    """
    filled = [block for block in blocks if block.text.strip()]
    if not filled:
        return ((),)
    pieces = atoms.split(filled, budget)
    return _cut(filled, [_merged(pieces[start:end]) for start, end in _evened(pieces, budget)])


def _evened(pieces: Sequence[Atom], budget: Budget) -> list[tuple[int, int]]:
    """Return the atoms of each page, no more pages than needed and none of them a mere remainder if that can be."""
    needed = _filled(pieces, budget, 1.0)
    total = NOTHING
    for piece in pieces:
        total += piece.cost
    for room in _EVEN if len(needed) > 1 else ():
        share = room * budget.share(total) / len(needed)
        even = _filled(pieces, budget, share) if share < 1 else needed
        if len(even) <= len(needed):
            return even
    return needed


def _filled(pieces: Sequence[Atom], budget: Budget, share: float) -> list[tuple[int, int]]:
    """Return the atoms of each page when pages are filled one after another up to a share of the budget."""
    result: list[tuple[int, int]] = []
    start = 0
    while start < len(pieces):
        end = _page_end(pieces, start, budget, share)
        result.append((start, end))
        start = end
    return result


def _page_end(pieces: Sequence[Atom], start: int, budget: Budget, share: float) -> int:
    """Return where the page that begins with an atom ends: at the best border near where it is full."""
    fills: list[float] = []
    end, total = _grown(pieces, start, budget, share, fills)
    if end == len(pieces):
        return end
    places = range(start + 1, end + 1)
    near = [place for place in places if fills[place - start - 1] >= _FULL_ENOUGH * fills[-1]]
    best = min(near, key=lambda place: (pieces[place].border, -place))
    if pieces[best].border is not Border.STUCK:
        return best
    free = [place for place in places if pieces[place].border is not Border.STUCK]
    if free:
        return free[-1]
    while end < len(pieces) and pieces[end].border is Border.STUCK:
        total += pieces[end].cost + pieces[end].after_block
        if not budget.holds(total):
            break
        end += 1
    return end


def _grown(pieces: Sequence[Atom], start: int, budget: Budget, share: float, fills: list[float]) -> tuple[int, Cost]:
    """Return the end of the longest page from an atom on and its cost; fill in what each atom fills it up to."""
    total = NOTHING
    for place in range(start, len(pieces)):
        piece = pieces[place]
        grown = total + piece.cost + (piece.at_head if place == start else piece.after_block)
        if place > start and not budget.holds(grown, share):
            return place, total
        total = grown
        fills.append(budget.share(total))
    return len(pieces), total


_Run = tuple[int, int, int]  # a block, and where in it a page begins and ends


def _merged(pieces: Sequence[Atom]) -> list[_Run]:
    """Return the atoms of a page with neighbours in one block joined."""
    runs: list[_Run] = []
    for piece in pieces:
        if runs and runs[-1][0] == piece.block:
            runs[-1] = (piece.block, runs[-1][1], piece.end)
        else:
            runs.append((piece.block, piece.start, piece.end))
    return runs


def _cut(blocks: Sequence[Block], plan: Sequence[Sequence[_Run]]) -> tuple[Page, ...]:
    """Return the blocks cut as planned, without white space at the cuts and without empty pieces."""
    texts = [block.text for block in blocks]
    runs = [[run for run in (_trimmed(texts, blocks, run) for run in page) if run[1] < run[2]] for page in plan]
    ranges: dict[int, list[tuple[int, int]]] = {}
    for page in runs:
        for index, start, end in page:
            ranges.setdefault(index, []).append((start, end))
    cutters = {index: slices(blocks[index].spans, pieces) for index, pieces in ranges.items()}
    result: list[Page] = []
    for page in runs:
        cut: list[Block] = []
        for index, start, _ in page:
            block, spans = blocks[index], tuple(next(cutters[index]))
            is_rest = block.continues or bool(texts[index][:start].strip())
            cut.append(replace(block, spans=spans, continues=is_rest))
        if cut:
            result.append(tuple(cut))
    return tuple(result)


def _trimmed(texts: Sequence[str], blocks: Sequence[Block], run: _Run) -> _Run:
    """Return the run without white space at its ends; code keeps its indentation."""
    index, start, end = run
    piece = texts[index][start:end]
    signs = "\r\n" if blocks[index].kind is Kind.PREFORMATTED and piece.strip() else None
    return index, start + len(piece) - len(piece.lstrip(signs)), end - len(piece) + len(piece.rstrip(signs))
