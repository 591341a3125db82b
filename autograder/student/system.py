"""What only some systems have. Elsewhere (macOS, where submissions run unconfined if at all) it is done without."""

import ctypes
import sys
from contextlib import suppress
from pathlib import Path

LINUX = sys.platform == "linux"


def prctl(option: int, value: int = 0) -> None:
    """Set a property of this process, as far as the kernel knows it: https://man7.org/linux/man-pages/man2/prctl.2.html."""
    if LINUX:
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def has_capability(number: int) -> bool:
    """Whether this process may do what the kernel lets only some do: https://man7.org/linux/man-pages/man7/capabilities.7.html."""
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("CapEff:"):
                return bool(int(line.split()[1], 16) >> number & 1)
    return False
