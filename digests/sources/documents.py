"""Files with a layout of their own (HTML, Markdown, Word) as blocks, ready to be cut."""

from collections.abc import Sequence

from digests.blocks import Block
from digests.errors import DigestError, EmptyText, FileTooLarge
from digests.origins import Sourced
from digests.sources.file import Format, check_text, format_of, limit_of


def blocks_of(name: str, data: bytes) -> tuple[Block, ...]:
    """Return the blocks of a file: its headings, paragraphs, lists, quotations, tables, looks and links.

    Takes from milliseconds to seconds: to be run apart from the event loop (see `sources.worker`). Raises
    UnsupportedFile for other kinds of files, FileTooLarge, EmptyText, NotText, or what `docx.html_of` raises.
    """
    kind = format_of(name)
    if len(data) > limit_of(name):
        raise FileTooLarge(len(data), limit_of(name))
    if not data.strip():
        raise EmptyText
    found = _READERS[kind](name, data)
    if not found:
        raise EmptyText
    return found


def read(files: Sequence[tuple[str, bytes]]) -> list[Sourced | DigestError]:
    """Return the text of each file, given with its name, or why it has none."""
    return [_read(name, data) for name, data in files]


def _read(name: str, data: bytes) -> Sourced | DigestError:
    try:
        return Sourced(blocks=blocks_of(name, data))
    except DigestError as error:
        return error


def _text(name: str, data: bytes) -> tuple[Block, ...]:
    from digests.sources import paste
    from digests.sources.file import text_of

    return paste.from_text(text_of(name, data))


def _html(name: str, data: bytes) -> tuple[Block, ...]:
    from digests.sources import charset, saved_page

    check_text(name, data)
    return saved_page.blocks_of(charset.text_of(data))


def _markdown(name: str, data: bytes) -> tuple[Block, ...]:
    from digests.sources import html, markdown
    from digests.sources.file import decoded_text

    return html.blocks_of(markdown.html_of(decoded_text(name, data)))


def _docx(name: str, data: bytes) -> tuple[Block, ...]:
    from digests.sources import docx, html

    return html.blocks_of(docx.html_of(name, data))


_READERS = {Format.TEXT: _text, Format.HTML: _html, Format.MARKDOWN: _markdown, Format.WORD: _docx}
