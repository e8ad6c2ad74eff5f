"""`svodka preview`: an article as it would be cut, for the terminal."""

from collections.abc import Iterable, Iterator, Sequence

from digests.articles import Draft, TitleOrigin
from digests.blocks import Block, plain
from digests.labels import Guide, Mark
from digests.sections import cut_by
from digests.sources import paste


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
