"""Features that only Linux has. Other systems go without; on macOS, submissions run unconfined if they run at all."""

import ctypes
import sys
from contextlib import suppress
from pathlib import Path

LINUX = sys.platform == "linux"
_PR_SET_NO_NEW_PRIVS = 38


def prctl(option: int, value: int = 0) -> None:
    """Set a property of this process, on Linux only: https://man7.org/linux/man-pages/man2/prctl.2.html."""
    if LINUX:
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def no_new_privileges() -> None:
    """Give up for good what programs with special rights could give this process; Landlock and seccomp ask for it."""
    prctl(_PR_SET_NO_NEW_PRIVS, 1)


def keep_capabilities(kept: int) -> bool:
    """Give up all capabilities of this process except those of a mask, for good; return whether the kernel did it."""
    head = (ctypes.c_uint32 * 2)(0x20080522, 0)  # the version with 64 capabilities, this process
    sets = (ctypes.c_uint32 * 6)(kept, kept, 0, 0, 0, 0)  # effective, permitted and inheritable; low half, high half
    done: int = ctypes.CDLL(None, use_errno=True).capset(head, sets)
    return done == 0


def has_capability(number: int) -> bool:
    """Whether this process may do what the kernel lets only some do: https://man7.org/linux/man-pages/man7/capabilities.7.html."""
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("CapEff:"):
                return bool(int(line.split()[1], 16) >> number & 1)
    return False
