"""The body of an article on its page: where it begins and ends, and which links to other articles stand by it.

Which lines are the article is asked of trafilatura, which knows many kinds of pages; the element that holds nearly all
of those lines is then read whole by our own rules, so that it keeps its headings, lists and order and loses nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from digests.blocks import Block, Kind, Span
from digests.cutting_words import RELATED_MARKER
from digests.origins import site_of, url_key
from digests.shapes import bare, one_line
from digests.sources import page_words as words
from digests.sources.html_blocks import Placed, placed
from digests.sources.html_tree import Element, is_silent, link_of
from digests.sources.page_facts import Facts
from digests.sources.page_parts import Part, Parts, names_of

_HELD = 0.9  # of the article's text: the element that holds so much holds the article
_PROSE_LENGTH = 60  # characters of a paragraph, at least
_LINKED = 0.4  # of a paragraph's text in links, at most
_SURE_LENGTH = 200  # characters that trafilatura must have found to be believed
_KEY = 120  # letters and digits by which a line is known again
_RELATED_LINKS = 12
_RELATED_WORDS = 3


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
    blocks = placed(root, base, drops=reading.drops)
    chosen = _chosen(blocks, _votes(blocks, known), facts)
    body = [one.block for one in _without_title(chosen, facts)]
    seen = {one_line(block.text) for block in body}
    links = [Block(spans=(link,)) for link in reading.related.values() if link.text not in seen]
    return body, [Block(spans=(Span(text=words.RELATED_HEADING),)), *links] if links else []


def key_of(text: str) -> str:
    """Return what is equal for one line in two renderings."""
    return "".join(filter(str.isalnum, text)).casefold()[:_KEY]


def _votes(blocks: Sequence[Placed], known: Sequence[str]) -> list[int]:
    """Return how many characters speak for each block being the article."""
    keys = {key_of(line) for line in known} - {""}
    if sum(map(len, keys)) >= _SURE_LENGTH:
        votes = [len(one.block.text) if key_of(one.block.text) in keys else 0 for one in blocks]
        if sum(votes) >= _SURE_LENGTH:
            return votes
    return [len(one.block.text) if _is_prose(one.block) else 0 for one in blocks]


def _is_prose(block: Block) -> bool:
    linked = sum(len(span.text) for span in block.spans if span.href)
    length = len(block.text)
    return length >= _PROSE_LENGTH and linked <= _LINKED * length and block.kind is not Kind.HEADING


def _chosen(blocks: Sequence[Placed], votes: Sequence[int], facts: Facts) -> list[Placed]:
    """Return the blocks of the article: those of the element that holds it, and the lead between title and it."""
    if not any(votes):
        return list(blocks)
    holder = _holder(blocks, votes)
    inside = [i for i, one in enumerate(blocks) if _is_in(one.element, holder)]
    heading = facts.heading
    top = next((i for i, one in enumerate(blocks) if heading is not None and _is_in(one.element, heading)), None)
    if top is None:
        top = next((i for i, one in enumerate(blocks) if key_of(one.block.text) == key_of(facts.title)), inside[0])
    first = inside[0]
    lead = [i for i in range(top + 1, first) if votes[i] or _is_lead(blocks[i])]
    body = [i for i in inside if i > top or votes[i] or _is_prose(blocks[i].block)]
    return [blocks[i] for i in (*lead, *body)]


def _holder(blocks: Sequence[Placed], votes: Sequence[int]) -> Element:
    """Return the innermost element that holds nearly all that was voted for."""
    weights: dict[Element, int] = {}
    for one, vote in zip(blocks, votes, strict=True):
        if vote:
            for above in (one.element, *one.element.iterancestors()):
                weights[above] = weights.get(above, 0) + vote
    enough = _HELD * sum(votes)
    holder = next(iter(blocks)).element.getroottree().getroot()
    while (below := next((child for child in holder if weights.get(child, 0) >= enough), None)) is not None:
        holder = below
    return holder


def _is_in(element: Element, holder: Element) -> bool:
    return element is holder or any(above is holder for above in element.iterancestors())


def _is_lead(one: Placed) -> bool:
    near = (one.element, *list(one.element.iterancestors())[:2])
    is_named = any(words.LEAD.search(name) for element in near for name in names_of(element))
    return _is_prose(one.block) or (is_named and len(one.block.text.split()) >= _RELATED_WORDS)


def _without_title(blocks: Sequence[Placed], facts: Facts) -> list[Placed]:
    """Return the blocks but for the title, which pages repeat, and a heading over nothing at the end."""
    title, result = key_of(facts.title), list(blocks)
    result = [one for i, one in enumerate(result) if i > 3 or not title or key_of(one.block.text) != title]
    while result and result[-1].block.kind is Kind.HEADING and RELATED_MARKER.fullmatch(bare(result[-1].block.text)):
        result.pop()
    return result
