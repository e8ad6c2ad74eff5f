"""Pages of the web: the article, as the page says it, without what stands around it."""

import re

from digests.blocks import Block, Kind, Span
from digests.errors import EmptyText
from digests.origins import Origin, Sourced, site_of
from digests.source_errors import PageEmpty, PageOfLinks, PageOfScripts, PageTooLarge
from digests.sources import paste
from digests.sources.file import check_text

PAGE_LIMIT = 10 * 1024 * 1024  # bytes
_TAG = re.compile(r"<[a-z!/?]", re.IGNORECASE)


def sourced(body: bytes, charset: str | None, url: str) -> Sourced:
    """Return the article of a page: title, lead, text, then the links to related articles that stand by it.

    `charset` is what the transport says; a plain text is taken as it is. Takes from milliseconds to seconds: to be run
    apart from the event loop (see `sources.worker`). Raises EmptyText for an empty page, PageTooLarge over PAGE_LIMIT,
    NotText for what is neither, PageEmpty, PageOfScripts or PageOfLinks where there is no article.
    """
    from digests.sources import charset as charsets
    from digests.sources.page_article import article_of

    if len(body) > PAGE_LIMIT:
        raise PageTooLarge(len(body), PAGE_LIMIT)
    if not body.strip():
        raise EmptyText
    check_text(url, body)
    origin = Origin(site=site_of(url), url=url) if url else None
    text = charsets.text_of(body, charset)
    if not _TAG.search(text):
        return Sourced(blocks=paste.paragraphs(paste.from_text(text)), origin=origin)
    found = article_of(text, url)
    if found.is_listing:
        raise PageOfLinks
    if not found.blocks:
        raise PageOfScripts if found.has_scripts else PageEmpty
    title = (Block(kind=Kind.HEADING, spans=(Span(text=found.facts.title),)),) if found.facts.title else ()
    return Sourced(
        blocks=(*title, *found.blocks, *found.related),
        origin=origin,
        rubrics=found.facts.rubrics,
        published_at=found.facts.published_at,
    )
