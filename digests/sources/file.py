"""Files that editors send: what is read, and how its bytes become text."""

import re
from enum import Enum, auto
from pathlib import PurePath

from charset_normalizer import from_bytes

from digests.errors import EmptyText, FileTooLarge, NotText, UnsupportedFile
from digests.sources.russian_pairs import COMMON_PAIRS, TYPOGRAPHY, YO

FILE_LIMIT = 2 * 1024 * 1024  # bytes; eight times the longest article in a two-byte encoding


class Format(Enum):
    """The kinds of files that are read."""

    TEXT = auto()
    HTML = auto()
    MARKDOWN = auto()
    WORD = auto()


_FORMATS = {"": Format.TEXT, ".txt": Format.TEXT, ".html": Format.HTML, ".htm": Format.HTML, ".xhtml": Format.HTML,
            ".md": Format.MARKDOWN, ".markdown": Format.MARKDOWN, ".docx": Format.WORD, ".doc": Format.WORD,
            }  # fmt: skip
_LIMITS = {
    Format.TEXT: FILE_LIMIT,
    Format.MARKDOWN: FILE_LIMIT,
    Format.HTML: 10 * 1024 * 1024,  # bytes; as of pages
    Format.WORD: 20 * 1024 * 1024,  # bytes; pictures are most of it, and bots are given no more (Bot API, getFile)
}
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\0\0", "utf-32-le"), (b"\0\0\xfe\xff", "utf-32-be"),
         (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))  # fmt: skip
_SIGNATURES = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"RIFF",
               b"Rar!", b"7z\xbc\xaf", b"\x7fELF", b"MZ\x90", b"OggS", b"ID3", b"{\\rtf")  # fmt: skip
_CYRILLIC_CODES = ("cp1251", "koi8-r", "cp866", "iso8859-5")  # the likely first: it wins a tie
_LATIN_CODES = ["cp1252", "cp1250", "cp1254", "cp1257"]
_SAMPLE = 100_000  # bytes that decide about the encoding
_RUSSIAN_SCORE = 0.25  # Russian has 0.4 and more in its own encoding, and always less in the others
_SHORT_TEXT = 12  # characters beyond ASCII: too few for the score to be sure, so the best wins
_HIGH_BYTES = frozenset((0x00, 0x04, 0x20))  # of Latin, Cyrillic, typographic UTF-16
_CONTROL = re.compile("[\0-\x08\x0e-\x1f\x7f]")
_CONTROL_SHARE = 0.002  # of characters; more is no text

_LATIN_WORD = re.compile(rb"(?<=[A-Za-z])[\x80-\xff]|[\x80-\xff](?=[A-Za-z])")  # a letter inside a Latin word
_PAIR = re.compile(r"(?=([^\W\d_]{2}))")
_EXTENSION = re.compile(r"\.(?=.*[a-z])[a-z0-9]{1,5}$", re.IGNORECASE)


def text_of(name: str, data: bytes) -> str:
    """Return the text of a file, whatever encoding of Cyrillic it is in.

    Raises UnsupportedFile for other kinds of files, FileTooLarge over FILE_LIMIT, EmptyText if there is none, NotText
    if the bytes are no text whatever the name says.
    """
    if format_of(name) is not Format.TEXT:
        raise UnsupportedFile(name)
    if len(data) > FILE_LIMIT:
        raise FileTooLarge(len(data), FILE_LIMIT)
    return decoded_text(name, data)


def format_of(name: str) -> Format:
    """Return what kind of file a name promises. Raises UnsupportedFile for kinds that are not read."""
    kind = _FORMATS.get(_extension(name))
    if kind is None:
        raise UnsupportedFile(name)
    return kind


def limit_of(name: str) -> int:
    """Return how many bytes of such a file are read. Raises UnsupportedFile."""
    return _LIMITS[format_of(name)]


def decoded_text(name: str, data: bytes) -> str:
    """Return the text of bytes that should be one. Raises EmptyText or NotText."""
    if not data.strip():
        raise EmptyText
    check_text(name, data)
    text = decoded(data)
    if text is None or not _is_text(text):
        raise NotText(name)
    text = text.rstrip("\x1a")  # the end-of-file sign of DOS editors
    if not text.strip():
        raise EmptyText
    return text


def check_text(name: str, data: bytes) -> None:
    """Raise NotText if the bytes begin as those of an archive, a picture or a program do."""
    if data.startswith(_SIGNATURES):
        raise NotText(name)


def _extension(name: str) -> str:
    suffix = PurePath(name).suffix.lower()
    return suffix if _EXTENSION.fullmatch(suffix) else ""


def _is_text(text: str) -> bool:
    return "\0" not in text and len(_CONTROL.findall(text.rstrip("\x1a"))) <= _CONTROL_SHARE * len(text)


def decoded(data: bytes) -> str | None:
    """Return the text by the first encoding that holds: the marked one, UTF-8, UTF-16, one whose letters make words."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strictly(data.removeprefix(bom), encoding)
    wide = _utf16(data)
    text = _strictly(data, wide) if wide else _strictly(data, "utf-8")
    if text is not None:
        return text
    return None if b"\0" in data else _from_letters(data)


def _strictly(data: bytes, encoding: str) -> str | None:
    """Return the decoded text; a character cut off at the very end is shown as a replacement sign."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        is_cut_off = error.start >= len(data) - 3 and error.start > 0
        return data.decode(encoding, errors="replace") if is_cut_off else None


def _utf16(data: bytes) -> str | None:
    """Return which UTF-16 the bytes look like: one byte of each pair is nearly always the same few."""
    sample = data[:_SAMPLE]
    odd, even = sample[1::2], sample[0::2]
    odd_share = sum(byte in _HIGH_BYTES for byte in odd) / max(1, len(odd))
    even_share = sum(byte in _HIGH_BYTES for byte in even) / max(1, len(even))
    if len(sample) < 4 or max(odd_share, even_share) < 0.8 or abs(odd_share - even_share) < 0.2:
        return None
    return "utf-16-le" if odd_share > even_share else "utf-16-be"


def _from_letters(data: bytes) -> str | None:
    """Return the text by the one-byte encoding whose letters make Russian words; Latin ones by statistics."""
    sample = data[:_SAMPLE]
    beyond_ascii = sum(byte > 0x7F for byte in sample)
    if len(_LATIN_WORD.findall(sample)) * 2 > beyond_ascii:
        guess = from_bytes(sample, cp_isolation=_LATIN_CODES).best()
        return data.decode(guess.encoding if guess else _LATIN_CODES[0], errors="replace")
    scores = {code: _russian(sample.decode(code, errors="replace")) for code in _CYRILLIC_CODES}
    best = max(scores, key=lambda code: scores[code])
    is_sure = scores[best] >= (0 if beyond_ascii < _SHORT_TEXT else _RUSSIAN_SCORE)
    return data.decode(best, errors="replace") if is_sure else None


def _russian(text: str) -> float:
    """Return how Russian the characters beyond ASCII are: common pairs to all, less for what typesetting never does."""
    pairs = [pair for pair in _PAIR.findall(text) if not pair.isascii()]
    beyond_ascii = [char for char in text if not char.isascii()]
    common = len([pair for pair in pairs if pair.lower().translate(YO) in COMMON_PAIRS])
    turned = len([pair for pair in pairs if pair[0].islower() and pair[1].isupper()])
    strange = len([char for char in beyond_ascii if char not in TYPOGRAPHY and not "\u0400" <= char <= "\u04ff"])
    return (common - 2 * turned - 2 * strange) / max(1, len(beyond_ascii))
