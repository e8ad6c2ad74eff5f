"""Pages of the web: the article, as the page says it, without what stands around it."""

from digests.blocks import Block, Kind, Span
from digests.errors import EmptyText
from digests.origins import Origin, Sourced, site_of
from digests.source_errors import PageEmpty, PageOfLinks, PageOfScripts, PageTooLarge

PAGE_LIMIT = 10 * 1024 * 1024  # bytes


def sourced(body: bytes, charset: str | None, url: str) -> Sourced:
    """Return the article of a page: title, lead, text, then the links to related articles that stand by it.

    `charset` is what the transport says. Takes from milliseconds to seconds: to be run apart from the event loop (see
    `sources.worker`). Raises EmptyText for an empty page, PageTooLarge over PAGE_LIMIT, PageEmpty, PageOfScripts or
    PageOfLinks where there is no article.
    """
    from digests.sources.charset import text_of
    from digests.sources.page_article import article_of

    if len(body) > PAGE_LIMIT:
        raise PageTooLarge(len(body), PAGE_LIMIT)
    if not body.strip():
        raise EmptyText
    found = article_of(text_of(body, charset), url)
    if found.is_listing:
        raise PageOfLinks
    if not found.blocks:
        raise PageOfScripts if found.has_scripts else PageEmpty
    title = (Block(kind=Kind.HEADING, spans=(Span(text=found.facts.title),)),) if found.facts.title else ()
    return Sourced(
        blocks=(*title, *found.blocks, *found.related),
        origin=Origin(site=site_of(url), url=url) if url else None,
        rubrics=found.facts.rubrics,
        published_at=found.facts.published_at,
    )
