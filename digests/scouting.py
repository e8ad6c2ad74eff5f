"""Finding a source at an address: a feed, a site, what a page names, or what is where such things usually are."""

import asyncio
from contextlib import suppress
from urllib.parse import urljoin, urlsplit

from digests.asking import FEED_KINDS, JSON_KINDS, READ_S, Reader, Web
from digests.errors import DigestError
from digests.feed_errors import NoAddress, NoSource, NotAFeed, NotWordPress
from digests.feeds import Recognised, SourceKind
from digests.fetching import Fetched
from digests.fetching.errors import FetchFailed, TooSlow
from digests.sources import recognising, wordpress
from digests.sources.items import LINK_LIMIT

LIMIT_S = 60.0  # for all requests together
ANY_KINDS = FEED_KINDS | JSON_KINDS
USUAL = ("/feed/", "/rss.xml", "/rss")  # where sites that name no feed often have one


class Scout:
    """Looks at what is there. At most eight requests for one address."""

    def __init__(self, web: Web, reader: Reader) -> None:
        self._web = web
        self._reader = reader

    async def find(self, address: str) -> Recognised:
        """Return the source at an address as people type it, within a minute.

        Raises NoAddress, FetchFailed or NoSource.
        """
        url = given(address)
        try:
            async with asyncio.timeout(LIMIT_S):
                return await self._find(url)
        except TimeoutError:
            raise TooSlow(LIMIT_S) from None

    async def _find(self, url: str) -> Recognised:
        found = await self._web.get(url, kinds=ANY_KINDS)
        recognised = await self.recognise(found)
        if recognised is not None:
            return recognised
        for place in USUAL:
            with suppress(FetchFailed, NotAFeed):
                return await self._feed(await self._web.get(urljoin(found.url, place), kinds=FEED_KINDS))
        raise NoSource

    async def recognise(self, found: Fetched) -> Recognised | None:
        """Return the source that was fetched, or that the fetched page names; None if it is just a page."""
        with suppress(NotAFeed):
            return await self._feed(found)
        with suppress(NotWordPress):
            return await self._reader.run(recognising.site_at, found.body, found.url, timeout_s=READ_S)
        named = await self._reader.run(recognising.named_by, found.body, found.charset, found.url, timeout_s=READ_S)
        for one in named:
            with suppress(DigestError):
                return await self._confirmed(one)
        return None

    async def _confirmed(self, named: Recognised) -> Recognised:
        if named.kind is SourceKind.FEED:
            return await self._feed(await self._web.get(named.url, kinds=FEED_KINDS))
        root = await self._web.get(named.url, kinds=JSON_KINDS)
        site = await self._reader.run(recognising.site_at, root.body, root.url, timeout_s=READ_S)
        posts = await self._web.get(wordpress.posts_url(site.url, modified_after=None), kinds=JSON_KINDS)
        await self._reader.run(wordpress.parse, posts.body, timeout_s=READ_S)
        return site

    async def _feed(self, found: Fetched) -> Recognised:
        kind = f"{found.kind}; charset={found.charset}" if found.charset else found.kind
        return await self._reader.run(recognising.feed_at, found.body, kind, found.url, timeout_s=READ_S)


def given(address: str) -> str:
    """Return an address as typed, with its scheme. Raises NoAddress."""
    text = address.strip()
    if not text or len(text.split()) != 1 or len(text) > LINK_LIMIT:
        raise NoAddress
    url = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(url)
        is_good = parts.scheme.lower() in ("http", "https") and "." in (parts.hostname or "")
    except ValueError:  # brackets that are no IPv6 address
        raise NoAddress from None
    if not is_good:
        raise NoAddress
    return url
