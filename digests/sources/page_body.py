"""The body of an article on its page: where it begins and ends, and which links to other articles stand by it.

Which lines are the article is asked of trafilatura, which knows many kinds of pages; the element that holds nearly all
of those lines is then read whole by our own rules, so that it keeps its headings, lists and order and loses nothing.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from digests.blocks import Block, Kind, Span
from digests.cutting_words import RELATED_MARKER, WEAK_BUTTON
from digests.origins import site_of, url_key
from digests.shapes import bare, one_line
from digests.sources import page_words as words
from digests.sources.html_blocks import CELL, Placed, placed
from digests.sources.html_tags import HEADINGS, INLINE
from digests.sources.html_tree import Element, is_silent, link_of
from digests.sources.page_facts import Facts
from digests.sources.page_lines import apart, key_of, timed
from digests.sources.page_names import Mark, marks_of
from digests.sources.page_parts import Part, Parts, is_content

_HELD = 0.9  # of the article's text: the element that holds so much holds the article
_PROSE_LENGTH = 60  # characters of a paragraph, at least
_SHORT = 50  # characters that do not count for a paragraph: a page's notices have hardly more
_LINKED = 0.4  # of a paragraph's text in links, at most
_LIKE_LEVELS = 4  # of elements around the article that may have siblings of their make
_PLAIN = (Kind.PARAGRAPH, Kind.CAPTION)
_WHOLE = HEADINGS | INLINE | frozenset(("p", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre", "figure"))
_SURE_SHARE = 0.3  # of the page's prose, the same
_SURE_LENGTH = 200  # characters that trafilatura must have found to be believed
_REACH = 8  # elements between a paragraph and a sibling of the article, at most
_RELATED_LINKS = 12
_RELATED_WORDS, _LEAD_WORDS = 3, 2


@dataclass(slots=True)
class Reading:
    """A page while its article is being found."""

    base: str
    parts: Parts
    related: dict[str, Span] = field(default_factory=dict)

    def drops(self, element: Element) -> bool:
        """Tell whether an element is left out; links to related articles are taken down."""
        if is_silent(element):
            return True
        part = self.parts.part(element)
        if part is Part.RELATED:
            self._take_links(element)
        return part is not None

    def is_over_nothing(self, one: Placed) -> bool:
        """Tell whether a block is the heading of what is left out right below it: «Advertisement», «Read also»."""
        if one.block.kind is not Kind.HEADING or not _is_telltale(bare(one.block.text)):
            return False
        element = next(above for above in (one.element, *one.element.iterancestors()) if above.tag not in INLINE)
        while element.getnext() is None and element.getparent() is not None and len(element.getparent()) == 1:
            element = element.getparent()
        below = element.getnext()
        return below is not None and (self.drops(below) or not one_line("".join(below.itertext())))

    def _take_links(self, element: Element) -> None:
        for link in element.iter("a"):
            href, title = link_of(link.get("href"), self.base), one_line("".join(link.itertext()))
            is_own = href is not None and site_of(href) == site_of(self.base)
            if href and is_own and len(title.split()) >= _RELATED_WORDS and len(self.related) < _RELATED_LINKS:
                self.related.setdefault(url_key(href), Span(text=title, href=href))


def body_of(root: Element, base: str, facts: Facts, known: Sequence[str]) -> tuple[list[Block], list[Block]]:
    """Return the blocks of the article below its title, and the tail of related articles with its heading.

    `known` are lines that are surely the article's (the page's own description of itself, trafilatura's finding).
    """
    reading = Reading(base, Parts(root, facts.heading))
    title = key_of(facts.title)
    blocks = [part for one in placed(root, base, drops=reading.drops) for part in apart(one, title)]
    chosen = _chosen(blocks, _votes(blocks, known), facts)
    body = timed([one.block for one in _without_title(chosen, facts) if not reading.is_over_nothing(one)])
    seen = {one_line(block.text) for block in body}
    links = [Block(spans=(link,)) for link in reading.related.values() if link.text not in seen]
    return body, [Block(spans=(Span(text=words.RELATED_HEADING),)), *links] if links else []


def _is_telltale(line: str) -> bool:
    """Tell whether the words of a line stand over furniture if any stands below."""
    return any(pattern.fullmatch(line) for pattern in (RELATED_MARKER, WEAK_BUTTON, words.BOX_HEADING))


def _votes(blocks: Sequence[Placed], known: Sequence[str]) -> list[int]:
    """Return how many characters speak for each block being the article."""
    keys = {key_of(line) for line in known} - {""}
    own = [_longest_line(one.block) - _SHORT if _is_prose(one.block) else 0 for one in blocks]
    told = [len(one.block.text) if _is_text(one.block) and key_of(one.block.text) in keys else 0 for one in blocks]
    return told if sum(told) >= max(_SURE_LENGTH, _SURE_SHARE * sum(own)) else own


def _is_text(block: Block) -> bool:
    """Tell whether the block may be part of an article, and not one of a page's many short lines."""
    is_row = block.kind is Kind.LIST_ITEM and CELL in block.text  # a table says nothing of what is around it
    return not is_row and (_is_prose(block) or (block.kind not in _PLAIN and not _is_linked(block)))


def _is_linked(block: Block) -> bool:
    return sum(len(span.text) for span in block.spans if span.href) > _LINKED * len(block.text)


def _is_prose(block: Block) -> bool:
    return _longest_line(block) >= _PROSE_LENGTH and not _is_linked(block) and block.kind is not Kind.HEADING


def _longest_line(block: Block) -> int:
    return max(map(len, block.text.splitlines()), default=0)


def _chosen(blocks: Sequence[Placed], votes: Sequence[int], facts: Facts) -> list[Placed]:
    """Return the blocks of the article: those of the element that holds it, and the lead between title and it."""
    top = _top(blocks, facts)
    holder = _named_holder(blocks[top + 1 :], facts) if sum(votes) < _SURE_LENGTH else None
    if holder is None and not any(votes):
        return list(blocks)
    prose = {above for one in blocks if _longest_line(one.block) >= _PROSE_LENGTH for above in _up(one.element)}
    holders = _with_like(_holder(blocks, votes), prose) if holder is None else [holder]
    held = {element for holder in holders for element in holder.iter()}
    inside = [i for i, one in enumerate(blocks) if one.element in held]
    first = inside[0]
    if top < 0:
        top = first - 1
    lead = [i for i in range(top + 1, first) if votes[i] or _is_lead(blocks[i])]
    body = [i for i in inside if i > top or votes[i] or _is_prose(blocks[i].block)]
    return [blocks[i] for i in (*lead, *body)]


def _named_holder(blocks: Sequence[Placed], facts: Facts) -> Element | None:
    """Return the element that holds an article too short to tell by its length: by its name, or next to the title."""
    below = [one for one in blocks if one.block.kind is not Kind.HEADING and not _is_linked(one.block)]
    texts = [one.element for one in sorted(below, key=lambda one: not _is_prose(one.block))]
    named = Counter(above for text in texts for above in (text, *text.iterancestors()) if is_content(above))
    if named:
        return named.most_common(1)[0][0]
    if facts.heading is None:
        return None
    above = set(facts.heading.iterancestors())
    return next((common for text in texts for common in text.iterancestors() if common in above), None)


def _holder(blocks: Sequence[Placed], votes: Sequence[int]) -> Element:
    """Return the innermost element that holds nearly all that was voted for."""
    root = blocks[0].element.getroottree().getroot()
    weights: dict[Element, int] = {}
    for one, vote in zip(blocks, votes, strict=True):
        weights[one.element] = weights.get(one.element, 0) + vote
    for element in reversed(list(root.iter())):
        if element is not root and element in weights:
            parent = element.getparent()
            weights[parent] = weights.get(parent, 0) + weights[element]
    enough, holder = _HELD * sum(votes), root
    while (below := next((child for child in holder if weights.get(child, 0) >= enough), None)) is not None:
        if below.tag in _WHOLE:
            break
        holder = below
    return holder


def _top(blocks: Sequence[Placed], facts: Facts) -> int:
    """Return the position of the title among the blocks; -1 if it is not there."""
    for i, one in enumerate(blocks):
        if facts.heading is not None and _is_in(one.element, facts.heading):
            return i
    return next((i for i, one in enumerate(blocks) if key_of(one.block.text) == key_of(facts.title)), -1)


def _up(element: Element) -> Iterator[Element]:
    """Yield an element and those around it, as far as siblings are looked at."""
    yield element
    yield from islice(element.iterancestors(), _REACH)


def _with_like(holder: Element, prose: set[Element]) -> list[Element]:
    """Return the element and its siblings that are made alike: builders of pages give an article several of them.

    `prose` are elements around paragraphs.
    """
    for element in (holder, *list(holder.iterancestors())[:_LIKE_LEVELS]):
        parent, make = element.getparent(), _make(element)
        like = [other for other in (() if parent is None else parent) if _make(other) == make]
        told = [other for other in like if other is element or other in prose]
        if make[1] and len(told) > 1:
            return told
    return [holder]


def _make(element: Element) -> tuple[object, frozenset[tuple[str, str]]]:
    """Return what elements of one make share: their tag and attributes, without names that are numbered."""
    shared = {(name, word) for name, value in element.items() if _is_telling(name) for word in value.split()}
    return element.tag, frozenset(pair for pair in shared if not any(map(str.isdigit, pair[1])))


def _is_telling(attribute: str) -> bool:
    return attribute == "class" or attribute.startswith("data-")


def _is_in(element: Element, holder: Element) -> bool:
    return element is holder or any(above is holder for above in element.iterancestors())


def _is_lead(one: Placed) -> bool:
    near = (one.element, *list(one.element.iterancestors())[:2])
    is_named = any(Mark.LEAD in marks_of(element) for element in near)
    return _is_prose(one.block) or (is_named and len(one.block.text.split()) >= _LEAD_WORDS)


def _without_title(blocks: Sequence[Placed], facts: Facts) -> list[Placed]:
    """Return the blocks but for the title, which pages repeat, and a heading over nothing at the end."""
    title = key_of(facts.title)
    start = next((i for i, one in enumerate(blocks) if _is_prose(one.block)), len(blocks))
    result = [one for i, one in enumerate(blocks) if i > start or not title or key_of(one.block.text) != title]
    first = next((i for i, one in enumerate(result) if _is_prose(one.block)), len(result))
    result = [one for i, one in enumerate(result) if i > first or not words.PAGE_DATA.fullmatch(bare(one.block.text))]
    while result and result[-1].block.kind is Kind.HEADING and RELATED_MARKER.fullmatch(bare(result[-1].block.text)):
        result.pop()
    return result
