"""Giving memory back to the system."""

import ctypes
from contextlib import suppress


def give_back() -> None:
    """Return what was freed to the system where the C library would keep it (glibc's malloc_trim); else do nothing.

    After large arrays that were needed for a moment glibc holds as much again as is in use.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
