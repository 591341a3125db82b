"""Huge pages for the warm parent's memory.

Forking copies page tables, and ending a process frees them: for 80 MB in pages of 4 kB that takes longer than most
calls of a student's function. Where the kernel can, the memory is put into pages of 2 MB first.
"""

import ctypes
from contextlib import suppress
from pathlib import Path

_SIZE = 2 * 2**20
_MADV_COLLAPSE = 25


def use_huge_pages() -> None:
    """Collapse what this process has written to into huge pages, as far as the kernel can (Linux 6.1 or later)."""
    libc = ctypes.CDLL(None)
    with suppress(OSError, ValueError):
        for line in Path("/proc/self/maps").read_text(encoding="utf-8").splitlines():
            addresses, modes, _, _, _, *name = line.split(maxsplit=5)
            if modes != "rw-p" or name not in ([], ["[heap]"]):
                continue
            first, last = (int(address, 16) for address in addresses.split("-"))
            start, end = -(-first // _SIZE) * _SIZE, last // _SIZE * _SIZE
            if start < end:
                libc.madvise(ctypes.c_void_p(start), ctypes.c_size_t(end - start), _MADV_COLLAPSE)
