"""A heap of byte strings, out of memory once it is large: in a file without a name, gone with the process."""

import logging
import os
import tempfile
import weakref
from pathlib import Path

SPILLED_FROM = 8_000_000  # bytes

log = logging.getLogger(__name__)


class Records:
    """Byte strings by the place where they were put. What is read again soon comes from the system's own cache."""

    def __init__(self, spilled_from: int = SPILLED_FROM) -> None:
        self._spilled_from = spilled_from
        self._held = bytearray()  # what is not in the file
        self._in_file = 0
        self._file: int | None = None

    def put(self, record: bytes) -> int:
        """Keep a record and return its place."""
        place = self._in_file + len(self._held)
        self._held += record
        if len(self._held) >= self._spilled_from:
            self._spill()
        return place

    def read(self, place: int, length: int) -> bytes:
        """Return what was put at the place."""
        if self._file is not None and place < self._in_file:
            return os.pread(self._file, length, place)
        start = place - self._in_file
        return bytes(self._held[start : start + length])

    def _spill(self) -> None:
        try:
            if self._file is None:
                self._file = _nameless()
                weakref.finalize(self, os.close, self._file)
            written = 0
            with memoryview(self._held) as view:
                while written < len(view):
                    written += os.pwrite(self._file, view[written:], self._in_file + written)
        except OSError as error:
            log.warning("the index of similar articles stays in memory: %s", error.strerror)
            self._spilled_from *= 2
            return
        self._in_file += len(self._held)
        self._held = bytearray()


def _nameless() -> int:
    descriptor, name = tempfile.mkstemp(prefix="svodka-")
    Path(name).unlink()
    return descriptor
