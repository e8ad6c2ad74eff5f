"""WordPress sites by their REST API (`wp/v2/posts`): where to ask, and what the answers say."""

import html
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from digests.blocks import Block, Kind, Span, squeezed
from digests.feed_errors import NotWordPress
from digests.feeds import Item, Shown
from digests.origins import Origin, Sourced, site_of, url_key
from digests.sources.html import blocks_of
from digests.sources.items import content_hash, heading, web_link

PAGE = 50  # posts of an answer; the API allows 100, and fifty full posts are a megabyte or two
EMBEDDED = "wp:term,wp:featuredmedia"
PLAIN_ROUTE = "rest_route"  # the API's address on sites without pretty ones

Post = Mapping[str, Any]  # Any: JSON of a foreign program; what is not as expected is left out


def posts_url(root: str, *, modified_after: datetime | None, page: int = 1) -> str:
    """Return where to ask for a page of posts: the newest, or those changed since, the longest unchanged first.

    Source: WordPress REST API handbook, Posts.
    """
    query = {"per_page": str(PAGE), "page": str(page), "_embed": EMBEDDED}
    if modified_after is None:
        query |= {"orderby": "date", "order": "desc"}
    else:
        after = modified_after.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        query |= {"orderby": "modified", "order": "asc", "modified_after": after}
    return _route(root, "wp/v2/posts", query)


def _route(root: str, route: str, query: Mapping[str, str]) -> str:
    parts = urlsplit(root)
    given = dict(parse_qsl(parts.query))
    if PLAIN_ROUTE in given:
        return urlunsplit(parts._replace(query=urlencode({**given, PLAIN_ROUTE: f"/{route}", **query})))
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/{route}", query=urlencode(query)))


def site(body: bytes) -> str:
    """Return the site's name as the root of its API tells. Raises NotWordPress."""
    answer = _json(body)
    if not isinstance(answer, dict) or "wp/v2" not in (answer.get("namespaces") or ()):
        raise NotWordPress
    return _plain(answer.get("name"))


def parse(body: bytes) -> Shown:
    """Return the posts of an answer, in its own order. Raises NotWordPress."""
    answer = _json(body)
    if not isinstance(answer, list):
        raise NotWordPress
    items = [_item(post) for post in answer if isinstance(post, dict) and isinstance(post.get("id"), int)]
    if answer and not items:
        raise NotWordPress
    return Shown(title="", items=tuple(items))


def _json(body: bytes) -> Any:  # Any: whatever the other side sent
    try:
        return json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError is a ValueError
        raise NotWordPress from error


def _item(post: Post) -> Item:
    link = web_link(str(post.get("link") or ""))
    text = blocks_of(_rendered(post, "content"), link) or blocks_of(_rendered(post, "excerpt"), link)
    blocks = heading(_plain(_rendered(post, "title"))) + text + _caption(post, text)
    return Item(
        key=f"post:{post['id']}",
        link_key=url_key(link),
        sourced=Sourced(
            blocks=blocks,
            origin=Origin(site=site_of(link), url=link) if link else None,
            rubrics=_categories(post),
            published_at=_instant(post, "date_gmt"),
        ),
        content_hash=content_hash(blocks),
        modified_at=_instant(post, "modified_gmt"),
    )


def _caption(post: Post, text: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return what is said below the post's picture, unless the text says it too."""
    for media in _embedded(post, "wp:featuredmedia"):
        if isinstance(media, dict) and (caption := _plain(_rendered(media, "caption"))):
            said = squeezed("".join(block.text for block in text))
            return () if squeezed(caption) in said else (Block(kind=Kind.CAPTION, spans=(Span(text=caption),)),)
    return ()


def _categories(post: Post) -> tuple[str, ...]:
    groups = [group for group in _embedded(post, "wp:term") if isinstance(group, list)]
    terms = [term for group in groups for term in group if isinstance(term, dict)]
    names = (_plain(term.get("name")) for term in terms if term.get("taxonomy") == "category")
    return tuple(name for name in names if name)


def _embedded(post: Post, name: str) -> list[Any]:
    found = post.get("_embedded")
    value = found.get(name) if isinstance(found, dict) else None
    return value if isinstance(value, list) else []


def _rendered(thing: Post, name: str) -> str:
    value = thing.get(name)
    text = value.get("rendered") if isinstance(value, dict) else value
    return text if isinstance(text, str) else ""


def _plain(value: object) -> str:
    text = value if isinstance(value, str) else ""
    if "<" in text:
        text = " ".join(block.text for block in blocks_of(text))
    return " ".join(html.unescape(text).split())


def _instant(post: Post, name: str) -> datetime | None:
    value = post.get(name)
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        return None if moment is None else (moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    except ValueError:
        return None
