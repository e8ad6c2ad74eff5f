"""The body of an answer, decompressed piece by piece and never beyond its limit."""

import asyncio
import zlib
from collections.abc import AsyncIterator, Iterator

from digests.fetching.errors import TooLarge

ENCODINGS = ("", "identity", "gzip", "x-gzip", "deflate")
PIECE = 64 * 1024  # bytes taken at a time, before and after decompression
_GZIP_OR_ZLIB = zlib.MAX_WBITS | 32
_RAW = -zlib.MAX_WBITS
_ZLIB_METHOD = 8  # the low half of the first byte of a zlib stream (RFC 1950)


class Cut(Exception):
    """A compressed body ends before its end, or is none."""


async def read(pieces: AsyncIterator[bytes], encoding: str, limit: int) -> bytes:
    """Return the whole body, decompressed. Raises TooLarge beyond the limit, and Cut if it is not what it says."""
    body, received = bytearray(), 0
    inflater = _Inflater(encoding) if encoding in ENCODINGS[2:] else None
    async for piece in pieces:
        received += len(piece)
        if received > limit:
            raise TooLarge(limit)
        for part in inflater.parts(piece) if inflater else (piece,):
            body += part
            if len(body) > limit:
                raise TooLarge(limit)
            await asyncio.sleep(0)  # a compressed megabyte may be a thousand: let others have their turn
    if inflater and not inflater.is_whole:
        raise Cut
    return bytes(body)


class _Inflater:
    """Decompresses gzip (of several members too) and both things that servers call deflate."""

    def __init__(self, encoding: str) -> None:
        self._is_deflate = encoding == "deflate"
        self._stream: zlib._Decompress | None = None
        self._has_member = False

    @property
    def is_whole(self) -> bool:
        return self._stream is None

    def parts(self, piece: bytes) -> Iterator[bytes]:
        """Yield what a piece decompresses to, in parts of at most PIECE bytes. Raises Cut for what is no stream."""
        part = b""
        while piece or len(part) == PIECE:
            if self._stream is None:
                if self._has_member and not piece.startswith(b"\x1f"):
                    return  # padding after the last member
                self._stream = zlib.decompressobj(self._window(piece[0]))
            try:
                part = self._stream.decompress(piece, PIECE)
            except zlib.error as error:
                raise Cut from error
            piece = self._stream.unconsumed_tail
            if self._stream.eof:
                piece = self._stream.unused_data
                self._stream, self._has_member = None, True
            if part:
                yield part

    def _window(self, first: int) -> int:
        is_raw = self._is_deflate and first & 0x0F != _ZLIB_METHOD
        return _RAW if is_raw else _GZIP_OR_ZLIB
