"""RSS and Atom, in whatever encoding and state, as items. feedparser is imported where it works: in a child process."""

import html
import io
import re
from calendar import timegm
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import struct_time
from typing import Any

from digests.blocks import Block, Kind, paragraph, squeezed
from digests.feed_errors import NotAFeed
from digests.feeds import TITLE_LIMIT, Item, Shown, Sighting
from digests.origins import Origin, Sourced, site_of, url_key
from digests.sources.html import blocks_of
from digests.sources.items import (
    READ,
    TEASER,
    content_hash,
    heading,
    kept_key,
    newest_first,
    once,
    telling_links,
    web_link,
)

FULL_TEXT = ("yandex_full-text", "full-text")  # the whole article for aggregators: Yandex's extension of RSS
LONGEST_PAUSE = timedelta(days=1)  # a source that asks for more has forgotten that it did
HEAD = 16_000  # bytes in which a feed begins, whatever comments stand before it
ROOT = re.compile(rb"<(?:[\w.-]+:)?(?:rss|feed|rdf|channel)[\s>]", re.IGNORECASE)
END = re.compile(rb"</(?:[\w.-]+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
ELLIPSES = ("…", "...", "[…]", "[...]")

Entry = Mapping[str, Any]  # Any: feedparser's own dictionary


def parse(body: bytes, content_type: str, url: str) -> Shown:
    """Return what a feed shows. Broken XML is read as far as it can be. Raises NotAFeed."""
    if not looks_like_one(body):  # before a page of ten megabytes is read in earnest
        raise NotAFeed
    import feedparser

    headers = {"content-type": content_type, "content-location": url} if content_type else {"content-location": url}
    # A file, never bytes: feedparser would take bytes that look like an address for one, and fetch it.
    found = feedparser.parse(io.BytesIO(body), response_headers=headers)
    if not found.get("version") and not found.entries:
        raise NotAFeed
    entries = found.entries if _is_whole(body) else found.entries[:-1]  # the last one of a cut feed may be half there
    links = telling_links([(_key(entry), url_key(_link(entry))) for entry in entries])
    names = [(_key(entry), link) for entry, link in zip(entries, links, strict=True)]
    order = sorted(range(len(entries)), key=lambda place: _age(entries, place))
    items = [_item(entries[place], *names[place]) for place in order[:READ]]
    others = tuple(Sighting(key=names[place][0] or links[place], link_key=links[place]) for place in order[READ:])
    return Shown(
        title=_plain(found.feed.get("title", ""))[:TITLE_LIMIT],
        items=tuple(newest_first(once(items))),
        others=tuple(one for one in others if one.key),
        pause=_pause(found.feed),
    )


def looks_like_one(body: bytes) -> bool:
    """Return whether the head of a body names a feed's root."""
    return ROOT.search(body[:HEAD].replace(b"\0", b"")) is not None


def _is_whole(body: bytes) -> bool:
    return END.search(body[-2000:].replace(b"\0", b"")) is not None


def _age(entries: list[Entry], place: int) -> tuple[float, int]:
    """Return what sorts the newest first; entries without a date stand where they stood, before the dated ones."""
    date = _instant(entries[place], "published_parsed", "updated_parsed")
    return (-date.timestamp() if date else float("-inf"), place)


def _item(entry: Entry, key: str, link_key: str) -> Item:
    link, text = _link(entry), _text(entry)
    blocks = heading(_plain(entry.get("title", ""))) + text
    digest = content_hash(blocks)
    return Item(
        key=key or link_key or digest,
        link_key=link_key,
        sourced=Sourced(
            blocks=blocks,
            origin=Origin(site=site_of(link), url=link) if link else None,
            rubrics=tuple(_plain(tag.get("label") or tag.get("term") or "") for tag in entry.get("tags", ())),
            published_at=_instant(entry, "published_parsed", "updated_parsed"),
        ),
        content_hash=digest,
        is_teaser=bool(link) and _is_teaser(entry, text),
        modified_at=_instant(entry, "updated_parsed"),
    )


def _text(entry: Entry) -> tuple[Block, ...]:
    """Return the fullest text that the entry holds."""
    link = _link(entry)
    texts = [_blocks(value, link) for value in _values(entry)]
    return max(texts, key=_length, default=())


def _values(entry: Entry) -> list[tuple[str, str]]:
    """Return every text of an entry with its media type."""
    contents = [*entry.get("content", ()), entry.get("summary_detail") or {}]
    found = [(part.get("value") or "", part.get("type") or "text/html") for part in contents]
    found += [(entry[name], "text/html") for name in FULL_TEXT if isinstance(entry.get(name), str)]
    return [(value, kind) for value, kind in found if value.strip()]


def _blocks(value: tuple[str, str], base: str) -> tuple[Block, ...]:
    text, kind = value
    if kind == "text/plain" or "<" not in text:
        lines = (" ".join(line.split()) for line in html.unescape(text).splitlines())
        return tuple(paragraph(line) for line in lines if line)
    return tuple(_clean(block) for block in blocks_of(text, base))


def _clean(block: Block) -> Block:
    """Return a block without entities that were written twice over."""
    spans = (replace(span, text=html.unescape(span.text)) if "&" in span.text else span for span in block.spans)
    return replace(block, spans=tuple(spans))


def _is_teaser(entry: Entry, text: tuple[Block, ...]) -> bool:
    """Return whether the text is only a beginning: it breaks off, or it is short and called a description."""
    if any(entry.get(name) for name in FULL_TEXT):
        return False
    if not text or text[-1].text.rstrip().endswith(ELLIPSES):
        return True
    return not entry.get("content") and _length(text) < TEASER


def _length(blocks: tuple[Block, ...]) -> int:
    return sum(len(squeezed(block.text)) for block in blocks)


def _plain(value: str) -> str:
    """Return a line of text that may be HTML, escaped once or twice."""
    if "<" in value:
        value = " ".join(block.text for block in blocks_of(value))
    return " ".join(html.unescape(html.unescape(value)).split())


def _link(entry: Entry) -> str:
    return web_link(str(entry.get("link") or ""))


def _key(entry: Entry) -> str:
    name = str(entry.get("id") or "").strip()
    return kept_key(name) if name else ""


def _instant(entry: Entry, *names: str) -> datetime | None:
    for name in names:
        value = entry[name] if name in entry else None  # noqa: SIM401 - its get() would give one date for another
        if isinstance(value, struct_time):
            try:
                return datetime.fromtimestamp(timegm(value), UTC)
            except (ValueError, OverflowError, OSError):  # the year 90000
                continue
    return None


def _pause(feed: Mapping[str, Any]) -> timedelta:
    value = str(feed.get("ttl") or "").strip()
    minutes = int(value) if value.isdecimal() and len(value) < 7 else 0
    return min(timedelta(minutes=minutes), LONGEST_PAUSE)


def whole(item: Item, page: Sourced) -> Item:
    """Return a teaser with the text of its page, under the feed's own title; itself if the page says no more."""
    text = page.blocks
    if _length(text) <= _length(item.sourced.blocks):
        return item
    own = item.sourced.blocks[:1] if item.sourced.blocks and _is_heading(item.sourced.blocks[0]) else ()
    if own and text and _is_heading(text[0]):
        text = text[1:]
    published = item.sourced.published_at or page.published_at
    rubrics = item.sourced.rubrics or page.rubrics
    sourced = replace(item.sourced, blocks=own + text, published_at=published, rubrics=rubrics)
    return replace(item, sourced=sourced, is_teaser=False)


def _is_heading(block: Block) -> bool:
    return block.kind is Kind.HEADING
