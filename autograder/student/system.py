"""What only some systems have. Elsewhere (macOS, where submissions run unconfined if at all) it is done without."""

import ctypes
import sys

LINUX = sys.platform == "linux"


def prctl(option: int, value: int = 0) -> None:
    """Set a property of this process, as far as the kernel knows it: https://man7.org/linux/man-pages/man2/prctl.2.html."""
    if LINUX:
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)
