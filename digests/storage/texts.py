"""Text as both engines can keep it, and our rich text as JSON."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from digests.articles import RemovalReason, Removed, Section, SourceLink
from digests.blocks import Block, Kind, Span, dump, load

_NUL = "\x00"
_SURROGATE = re.compile("[\ud800-\udfff]")
_REPLACEMENT = "\ufffd"


def storable(text: str) -> str:
    """Return the text with NUL as a space and halves of surrogate pairs as U+FFFD; the length stays.

    PostgreSQL stores no NUL, and half a pair has no UTF-8. Neither is anything that a reader could see.
    """
    if _is_storable(text):
        return text
    return _SURROGATE.sub(_REPLACEMENT, text.replace(_NUL, " "))


def storable_blocks(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return the blocks with `storable` texts and links."""
    return tuple(_storable_block(block) for block in blocks)


def _is_storable(text: str) -> bool:
    try:
        return b"\0" not in text.encode()  # much faster than looking for the few signs that matter
    except UnicodeEncodeError:
        return False


def _storable_block(block: Block) -> Block:
    if all(_is_storable(span.text) and _is_storable(span.href or "") for span in block.spans):
        return block
    return replace(block, spans=tuple(_storable_span(span) for span in block.spans))


def _storable_span(span: Span) -> Span:
    return replace(span, text=storable(span.text), href=None if span.href is None else storable(span.href))


def pack_blocks(blocks: Sequence[Block]) -> str:
    """Return the blocks as JSON."""
    return _json(dump(blocks))


def unpack_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks that `pack_blocks` wrote."""
    return load(json.loads(text))


def pack_sections(sections: Sequence[Section]) -> str:
    """Return the sections as JSON, the heading of each as one block."""
    headings = dump([Block(kind=Kind.HEADING, spans=section.heading) for section in sections])
    return _json([[heading, dump(section.blocks)] for heading, section in zip(headings, sections, strict=True)])


def unpack_sections(text: str) -> tuple[Section, ...]:
    """Return the sections that `pack_sections` wrote."""
    return tuple(Section(heading=load([heading])[0].spans, blocks=load(blocks)) for heading, blocks in json.loads(text))


def pack_removed(removed: Sequence[Removed]) -> str:
    """Return what was taken out, as JSON."""
    return _json([[piece.reason.value, dump([piece.block])[0]] for piece in removed])


def unpack_removed(text: str) -> tuple[Removed, ...]:
    """Return what `pack_removed` wrote."""
    return tuple(Removed(reason=RemovalReason(reason), block=load([block])[0]) for reason, block in json.loads(text))


def pack_links(links: Sequence[SourceLink]) -> str:
    """Return the source's tail as JSON."""
    return _json([[link.title, link.href] for link in links])


def unpack_links(text: str) -> tuple[SourceLink, ...]:
    """Return the tail that `pack_links` wrote."""
    return tuple(SourceLink(title=title, href=href) for title, href in json.loads(text))


def _json(value: list[Any]) -> str:  # Any: JSON's own shapes
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
