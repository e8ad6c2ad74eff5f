"""Messages that are nothing but links, told by shape. Pure."""

from collections.abc import Iterator, Sequence

from digests.blocks import Block, Span

_WEB = ("http://", "https://")
_TITLE_LIMIT = 200  # characters; a longer text that is a link as a whole is an article with a link on it
_LOOSE = ",;.!?()[]<>«»\"'"  # what stands around an address and is no part of it


def lone_links(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Return the addresses of what consists of addresses alone, once each, in their order; () if there is more.

    A few words that are themselves one link count as its address; a list of such words is a text.
    """
    spans = [span for block in blocks for span in block.spans]
    found: list[str] = []
    titles: set[str] = set()
    for span in spans:
        if span.href and not _is_spelt(span):
            titles.add(span.href)
        links = list(_links(span))
        if None in links:
            return ()
        found += [link for link in links if link is not None]
    addresses = tuple(dict.fromkeys(found))
    shown = sum(len(span.text) for span in spans if span.href in titles)
    return () if titles and (len(addresses) > 1 or shown > _TITLE_LIMIT) else addresses


def _links(span: Span) -> Iterator[str | None]:
    """Yield the addresses of a span, and None for words that are none."""
    if span.href:
        yield span.href if span.href.lower().startswith(_WEB) else None
        return
    for word in span.text.split():
        bare = word.strip(_LOOSE)
        if bare.lower().startswith(_WEB):
            yield bare
        elif any(char.isalnum() for char in bare):
            yield None


def _is_spelt(span: Span) -> bool:
    """Return whether the text of a link is its address."""
    address = (span.href or "").lower()
    return span.text.strip().lower() in (address, address.removeprefix("https://"), address.rstrip("/"))
