"""Features that only Linux has. Other systems go without; on macOS, submissions run unconfined if they run at all."""

import ctypes
import sys

LINUX = sys.platform == "linux"


def prctl(option: int, value: int = 0) -> None:
    """Set a property of this process, on Linux only: https://man7.org/linux/man-pages/man2/prctl.2.html."""
    if LINUX:
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)
