"""The encoding of a page or a file: as marked, as declared, or as its letters tell."""

import codecs
import re

from digests.sources.file import decoded

_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([a-z0-9_:-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([a-z0-9_:-]{2,40})", re.IGNORECASE)
_HEAD = 8192  # bytes in which a page declares its encoding
_BROKEN_OF = 500  # characters, one of which may be broken
_READ_AS = {"iso8859-1": "cp1252", "ascii": "utf-8", "utf-16-le": "utf-8", "utf-16-be": "utf-8", "utf-16": "utf-8"}


def text_of(body: bytes, charset: str | None = None) -> str:
    """Return the text of a page: by its mark, by `charset` of its transport, by its own declaration, by its letters.

    A declaration that the bytes contradict is not believed.
    """
    if not body.startswith(_BOMS):
        for name in filter(None, (charset, _declared(body))):
            text = _believed(body, name)
            if text is not None:
                return text
    text = decoded(body)
    return body.decode("utf-8", "replace") if text is None else text


def _declared(body: bytes) -> str | None:
    found = _XML.search(body[:_HEAD]) or _META.search(body[:_HEAD])
    return found[1].decode("ascii") if found else None


def _believed(body: bytes, name: str) -> str | None:
    """Return the text in a named encoding, as browsers take the name; None if the bytes are in another."""
    try:
        codec = codecs.lookup(name).name
        text = body.decode(_READ_AS.get(codec, codec), "replace")
    except (LookupError, ValueError):
        return None
    return text if text.count("\ufffd") * _BROKEN_OF <= len(text) else None
