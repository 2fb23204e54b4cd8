"""Returns freed memory to the system."""

from __future__ import annotations

import ctypes
import sys

_MANY = 20_000


def give_back(items: int) -> None:
    """Return what was freed in a step with a number of items; after a small step, do nothing.

    Otherwise the C library of most Linux systems keeps it, which was a quarter of all memory after large steps. See
    https://man7.org/linux/man-pages/man3/malloc_trim.3.html.
    """
    if items > _MANY and sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # only glibc has this function
        if trim is not None:
            trim(0)
