"""What the items of feeds and of sites have in common: their hash, their order, their teasers."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from digests.blocks import Block, Kind, Span, plain, squeezed
from digests.feeds import Item
from digests.origins import site_of

READ = 100  # items that are read in full; feeds seldom have more, and whole archives are some megabytes
TEASER = 900  # characters; a text that short may be only the beginning of what is on the page
LINK_LIMIT = 2000  # bytes of an address
KEY_LIMIT = 500  # characters of a name; a longer one is hashed


def heading(title: str) -> tuple[Block, ...]:
    """Return a title as the first block of an article; none if it says nothing."""
    flat = " ".join(title.split())
    return (Block(kind=Kind.HEADING, spans=(Span(text=flat),)),) if flat else ()


def content_hash(blocks: Iterable[Block]) -> str:
    """Return what is equal for equal words, whatever their looks."""
    return hashed(squeezed(plain(blocks)))


def hashed(text: str) -> str:
    """Return a short name of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def kept_key(name: str) -> str:
    """Return the name under which an item is remembered."""
    clean = name.replace("\0", "").encode("utf-8", "replace").decode()
    return clean if len(clean) <= KEY_LIMIT else hashed(clean)


def web_link(text: str) -> str:
    """Return an address of the web; nothing for what is none, or is longer than databases index."""
    link = text.strip()
    try:
        is_good = urlsplit(link).scheme in ("http", "https") and bool(site_of(link)) and link.isprintable()
        return link if is_good and len(link.encode()) <= LINK_LIMIT else ""
    except ValueError:  # brackets that are no IPv6 address; half of a surrogate pair
        return ""


def telling_links(names: Sequence[tuple[str, str]]) -> list[str]:
    """Return, of items' names and the keys of their addresses, those keys that tell items apart, and nothing for the
    others: one address of many items, or that of the site itself, says nothing about any of them."""
    counts = Counter(link for _, link in set(names))
    return [link if counts[link] == 1 and _has_path(link) else "" for _, link in names]


def newest_first(items: Sequence[Item]) -> list[Item]:
    """Return the items by date; in their own order, which is nearly always that, if one has none."""
    dates = [item.sourced.published_at for item in items]
    if any(date is None for date in dates):
        return list(items)
    return sorted(items, key=_published, reverse=True)


def once(items: Sequence[Item]) -> list[Item]:
    """Return the items, each once. A name that several different items bear names none of them."""
    bearers: dict[str, set[str]] = {}
    for item in items:
        bearers.setdefault(item.key, set()).add(_other_name(item))
    told_apart = (
        item if len(bearers[item.key]) == 1 else replace(item, key=kept_key(f"{item.key} {_other_name(item)}"))
        for item in items
    )
    found: dict[str, Item] = {}
    for item in told_apart:
        found.setdefault(item.key, item)
    return list(found.values())


def _other_name(item: Item) -> str:
    return item.link_key or item.content_hash


def _published(item: Item) -> datetime:
    date = item.sourced.published_at
    if date is None:
        raise ValueError("an item without a date has no place among dated ones")
    return date


def _has_path(key: str) -> bool:
    parts = urlsplit(f"//{key}")
    return bool(parts.path.strip("/") or parts.query)
