"""Texts go into the database and come back as they were, or as close as a database can keep them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.articles import Draft, RemovalReason, Removed, Section, SourceLink, TitleOrigin, UserId
from digests.blocks import Block, Kind, Span, Style, squeezed, utf16_length
from digests.storage import articles
from digests.storage.engine import Database
from digests.storage.texts import (
    pack_blocks,
    pack_links,
    pack_removed,
    pack_sections,
    storable,
    storable_blocks,
    unpack_blocks,
    unpack_links,
    unpack_removed,
    unpack_sections,
)
from tests import factories

ANY_TEXT = st.text(st.characters(), max_size=40)  # surrogates and NUL among them
TEXT = ANY_TEXT.map(storable)
SPANS = st.builds(Span, text=TEXT, styles=st.frozensets(st.sampled_from(Style)), href=st.none() | TEXT)
BLOCKS = st.builds(Block, kind=st.sampled_from(Kind), spans=st.lists(SPANS, max_size=3).map(tuple))
SECTIONS = st.builds(
    Section, heading=st.lists(SPANS, max_size=2).map(tuple), blocks=st.lists(BLOCKS, max_size=3).map(tuple)
)
REMOVED = st.builds(Removed, block=BLOCKS, reason=st.sampled_from(RemovalReason))
LINKS = st.builds(SourceLink, title=TEXT, href=st.none() | TEXT)


@given(ANY_TEXT)
def test_a_storable_text_keeps_its_length_and_all_that_can_be_seen(text: str) -> None:
    kept = storable(text)
    kept.encode()
    assert "\x00" not in kept
    assert (len(kept), utf16_length(kept)) == (len(text), utf16_length(text))
    lossless = "".join(sign for sign in text if sign != "\x00" and not "\ud800" <= sign <= "\udfff")
    assert squeezed(kept.replace("\ufffd", "")) == squeezed(lossless.replace("\ufffd", ""))
    assert storable(kept) == kept


@given(st.lists(BLOCKS, max_size=4).map(tuple))
def test_blocks_come_back_as_they_were(blocks: tuple[Block, ...]) -> None:
    assert unpack_blocks(pack_blocks(blocks)) == blocks
    assert storable_blocks(blocks) == blocks


@settings(max_examples=40)  # of deep structures; their parts are tried by the others
@given(st.lists(SECTIONS, max_size=3).map(tuple), st.lists(REMOVED, max_size=3).map(tuple))
def test_sections_and_what_was_removed_come_back_as_they_were(
    sections: tuple[Section, ...], removed: tuple[Removed, ...]
) -> None:
    assert unpack_sections(pack_sections(sections)) == sections
    assert unpack_removed(pack_removed(removed)) == removed


@given(st.lists(LINKS, max_size=3).map(tuple))
def test_the_sources_tail_comes_back_as_it_was(links: tuple[SourceLink, ...]) -> None:
    assert unpack_links(pack_links(links)) == links


@pytest.mark.parametrize(
    "text",
    [
        "Обычный текст",
        "שלום, مرحبا — справа налево",
        "🏙💰🚨 👩‍👩‍👧‍👦 Z̷̢̛a̸l̵g̴o̶",
        "<script>alert('x')</script> & \"кавычки\" \\ %s :name",
        "\ud83d\x00\udc00",
        "я" * 100_000,
    ],
)
async def test_both_engines_keep_any_text(database: Database, text: str) -> None:
    block = storable_blocks([Block(spans=(Span(text=text, href=f"https://example.org/{text[:10]}"),))])[0]
    draft = Draft(
        title=storable(text[:200]),
        title_origin=TitleOrigin.TEXT,
        lead=(block,),
        sections=(Section(heading=block.spans, blocks=(block,)),),
        removed=(Removed(block=block, reason=RemovalReason.FURNITURE),),
        source_links=(SourceLink(title=storable(text[:200]), href=block.spans[0].href),),
    )
    async with database.write() as connection:
        number = await articles.add(connection, UserId(1), factories.NOW, articles.content_values(draft))
        found = await articles.find(connection, number)
    assert found is not None
    assert (found.title, found.lead, found.sections) == (draft.title, draft.lead, draft.sections)
    assert (found.removed, found.source_links) == (draft.removed, draft.source_links)
