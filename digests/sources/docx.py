"""Word's documents as HTML: headings, lists, quotations, tables, looks and links; pictures stay behind."""

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from digests.source_errors import DocumentBroken, DocumentLocked, NoDocument, OldDocument

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BODY = "word/document.xml"
_PARTS = 5_000  # files in the archive
_XML_LIMIT = 24 * 1024 * 1024  # bytes of all its XML; ten times that of the longest article
_IS_ENCRYPTED = 0x1  # flag of an archived file
_WAY_BACK = re.compile(r' ?<a href="#(?:foot|end)note-ref-[^"]*">\u2191</a>')  # from a note to its place in the text
_DECLARATION = b"<!DOCTYPE"

# Word keeps the English names of its own styles; other programs and old templates have names of their own.
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='Preformatted Text'] => pre:separator('\\n')
p[style-name='HTML Preformatted'] => pre:separator('\\n')
r[style-name='Source Text'] => code
u => u
strike => s
"""


def html_of(name: str, data: bytes) -> str:
    """Return the document as HTML.

    Raises OldDocument for Word's format before 2007, DocumentLocked if it has a password, NoDocument if it is something
    else under the name of a document, DocumentBroken if it is damaged or unpacks to far more than a text needs.
    """
    _check(name, data)
    from mammoth import convert_to_html

    from digests.sources.docx_words import STYLES

    html = convert_to_html(BytesIO(data), style_map=_STYLES + STYLES, convert_image=_no_image).value
    return _WAY_BACK.sub("", html)


def _no_image(image: object) -> list[object]:
    return []


def _check(name: str, data: bytes) -> None:
    """Look at the archive before anything of it is unpacked."""
    if data.startswith(_OLE):
        raise DocumentLocked(name) if _ENCRYPTED in data else OldDocument(name)
    if not data.startswith(_ZIP):
        raise NoDocument(name)
    try:
        with ZipFile(BytesIO(data)) as archive:
            _check_parts(name, archive)
    except (BadZipFile, NotImplementedError, OSError, EOFError, ValueError) as error:
        raise DocumentBroken(name) from error


def _check_parts(name: str, archive: ZipFile) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & _IS_ENCRYPTED for part in parts):
        raise DocumentLocked(name)
    if all(part.filename != _BODY for part in parts):
        raise NoDocument(name)
    xml = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
    if len(parts) > _PARTS or sum(part.file_size for part in xml) > _XML_LIMIT:
        raise DocumentBroken(name)
    for part in xml:
        if _DECLARATION in archive.read(part)[:4096]:  # no document has one, but bombs of entities do
            raise DocumentBroken(name)
