"""A whole page taken apart: what it says of itself, its article, and whether it has one."""

from copy import deepcopy
from dataclasses import dataclass
from itertools import islice

from trafilatura import bare_extraction

from digests.blocks import Block, Kind, paragraph
from digests.shapes import whole_link
from digests.sources.html_tree import Element, base_of, parsed
from digests.sources.page_body import body_of
from digests.sources.page_facts import Facts, facts_of

_ASKED_ELEMENTS = 20_000  # of a page that trafilatura is asked about; larger ones take it too long
_TOLD_LENGTH = 200  # characters of such a text in the page's description of itself
_LISTED = 6  # headings that are links make a page a list
_TEASER = 500  # characters below each of them, at most
_PROSE = 40  # characters of a page whose text is all in links


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found on a page."""

    facts: Facts
    blocks: tuple[Block, ...] = ()
    related: tuple[Block, ...] = ()
    has_scripts: bool = False
    is_listing: bool = False


_NO_FACTS = Facts(title="", heading=None, published_at=None, rubrics=(), text="")


def article_of(markup: str, url: str) -> Found:
    """Return what a page holds; no blocks if there is no text."""
    root = parsed(markup)
    if root is None:
        return Found(facts=_NO_FACTS)
    facts = facts_of(root, url)
    has_scripts = root.find(".//script") is not None
    known = [*facts.text.splitlines(), *(_asked(root) if _is_small(root) else ())]
    body, related = body_of(root, base_of(root, url), facts, known)
    if not body and len(facts.text) >= _TOLD_LENGTH:  # the page's text is for browsers, its description for all
        body = [paragraph(line) for line in facts.text.splitlines() if line.strip()]
    return Found(
        facts=facts,
        blocks=tuple(body),
        related=tuple(related),
        has_scripts=has_scripts,
        is_listing=_is_listing(root, body),
    )


def _is_small(root: Element) -> bool:
    return sum(1 for _ in islice(root.iter(), _ASKED_ELEMENTS + 1)) <= _ASKED_ELEMENTS


def _asked(root: Element) -> list[str]:
    """Return the lines that trafilatura takes for the article."""
    found = bare_extraction(deepcopy(root), include_comments=False, favor_recall=True, with_metadata=False)
    return (getattr(found, "text", None) or "").splitlines()


def _is_listing(root: Element, body: list[Block]) -> bool:
    """Tell whether all headings of the page lead elsewhere: a card for each article, with a teaser or without.

    So does a list of mere links that little is said beside.
    """
    others = [block for block in body if not _leads_elsewhere(block)]
    said = sum(len(block.text) for block in others if block.kind is not Kind.HEADING)
    if len(body) - len(others) >= _LISTED and said < _PROSE:
        return True
    headings = [block for block in body if block.kind is Kind.HEADING]
    prose = sum(len(span.text) for block in body for span in block.spans if not span.href)
    if headings:
        is_cards = all(whole_link(block) for block in headings) and prose < _TEASER * len(headings)
        return len(headings) >= _LISTED and is_cards
    heads = root.xpath("count(//*[self::h1 or self::h2 or self::h3 or self::h4][.//a or parent::a])")
    return prose < _PROSE and bool(heads >= _LISTED)


def _leads_elsewhere(block: Block) -> bool:
    """Return whether all words of a block are links; a list's marker is no word."""
    loose = "".join(span.text for span in block.spans if not span.href)
    return any(span.href for span in block.spans) and not any(char.isalnum() for char in loose)
