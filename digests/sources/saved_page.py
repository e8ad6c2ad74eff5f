"""HTML in a file: a document that is its own text, or a page saved with all that stood around its article."""

from digests.blocks import Block, Kind, Span
from digests.sources.html_blocks import placed
from digests.sources.html_tree import Element, base_of, parsed
from digests.sources.page_article import article_of

_PAGE = (
    "//nav|//footer|//aside|//main|//article|//header|//form|//meta[starts-with(@property, 'og:')]"
    "|//link[@rel='canonical']|//script[@src]|//*[@role='navigation']"
)


def blocks_of(markup: str) -> tuple[Block, ...]:
    """Return the blocks of the document, or of the article of the page."""
    root = parsed(markup)
    if root is None:
        return ()
    base = base_of(root, _address(root))
    if not root.xpath(_PAGE):
        return tuple(one.block for one in placed(root, base))
    found = article_of(markup, base)
    title = found.facts.title
    head = (Block(kind=Kind.HEADING, spans=(Span(text=title),)),) if title and found.blocks else ()
    return (*head, *found.blocks, *found.related)


def _address(root: Element) -> str:
    """Return where the page was saved from, if it says so."""
    found = root.xpath("//link[@rel='canonical']/@href|//meta[@property='og:url']/@content")
    return next((address for address in map(str, found) if address.startswith(("http://", "https://"))), "")
