"""`svodka preview`: articles as they would be cut, for the terminal."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from pathlib import Path

from bot.errors import describe
from bot.i18n import SOURCE_LANGUAGE, Catalogs
from bot.importing import read
from digests.articles import Draft, TitleOrigin
from digests.blocks import Block, plain
from digests.clock import SystemClock
from digests.errors import DigestError
from digests.fetching import INTERNET, Fetcher, Reach
from digests.labels import Guide, Mark
from digests.linking import READING_TIMEOUT_S, read_page
from digests.sections import cut_by
from digests.sources import documents, paste
from digests.sources.worker import Worker


async def outlines(names: Sequence[str], reach: Reach = INTERNET) -> AsyncIterator[tuple[str, bool]]:
    """Yield the parts of each article in reading order, or why there is none, and which of the two it is."""
    t = Catalogs.read(SOURCE_LANGUAGE).translator(SOURCE_LANGUAGE)
    async with Worker() as worker:
        for name in names:
            head = f"=== {name}\n\n" if len(names) > 1 else ""
            try:
                yield head + outline(await _blocks(name, worker, Fetcher(SystemClock(), reach))), True
            except OSError as error:
                yield f"{name} cannot be read: {error.strerror}", False
            except DigestError as error:
                yield (f"{name}: " if head else "") + describe(error, t), False


async def _blocks(name: str, worker: Worker, fetcher: Fetcher) -> tuple[Block, ...]:
    if "://" in name:
        return (await read_page(fetcher, worker, name)).blocks
    path = Path(name)
    data = await asyncio.to_thread(read, path)
    return await worker.run(documents.blocks_of, path.name, data, timeout_s=READING_TIMEOUT_S)


def outline(blocks: Sequence[Block]) -> str:
    """Return the parts of an article in reading order. Raises EmptyText, NoLetters or TextTooLong."""
    found = cut_by(paste.paragraphs(blocks), Guide())
    return "\n".join([*_lines(found.draft), *_doubtful(found.marks)])


def _lines(draft: Draft) -> Iterator[str]:
    derived = " (its first words: the text has no title line)" if draft.title_origin is TitleOrigin.DERIVED else ""
    yield f"TITLE{derived}\n  {draft.title}"
    if draft.lead:
        yield f"\nLEAD\n{_indented(plain(draft.lead))}"
    for number, section in enumerate(draft.sections, 1):
        yield f"\nSECTION {number} of {len(draft.sections)}: {section.title or '(untitled)'}"
        yield _indented(plain(section.blocks))
    for link in draft.source_links:
        yield f"\nRELATED\n  {link.title}"
    for removed in draft.removed:
        yield f"\nREMOVED ({removed.reason.value})\n{_indented(removed.block.text)}"


def _doubtful(marks: Iterable[Mark]) -> Iterator[str]:
    for mark in marks:
        if mark.doubt:
            yield f"\nDOUBTFUL ({mark.doubt.value}), taken for {mark.label.name.lower()}\n{_indented(mark.block.text)}"


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())
