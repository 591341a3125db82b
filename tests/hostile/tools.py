"""The first cell of every hostile submission: what its author knows about the grader, and some common tools.

We assume that the author knows every address: ``MAP`` is filled in when a submission is written. An attack reports its
success where the student can see it, in the text of an error.
"""

import ctypes
import os
import re

MAP = {}

#: The patterns of the planted secrets.
PATTERNS = re.compile(rb"zq7[0-9a-f]{16}"), re.compile(rb"8[0-9]{15}")

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.shmat.restype = ctypes.c_void_p


def tried(function, *arguments, **options):
    """Return the result of a call, or None if it is refused."""
    try:
        return function(*arguments, **options)
    except BaseException:
        return None


def read(path):
    """Return the bytes of a file; empty if it cannot be read."""
    try:
        with open(path, "rb") as stream:
            return stream.read(1 << 22)
    except OSError:
        return b""


def secrets_in(data):
    """Return the secrets that some bytes contain."""
    return {match.decode() for pattern in PATTERNS for match in pattern.findall(data)}


def say(found):
    """Show the student what was found, as the error of a failed cell."""
    if found:
        raise RuntimeError("found " + " ".join(sorted(found, reverse=True)[:20]))


def digits(value):
    """Return the first nine digits of the first number of an array."""
    import numpy

    return f"{abs(float(numpy.ravel(value)[0])):.12e}".replace(".", "")[:9]


def ancestors():
    """Return the processes from the parent of this one up to the grading process."""
    found, process = [], os.getppid()
    while process > 1:
        found.append(process)
        status = read(f"/proc/{process}/status")
        match = re.search(rb"PPid:\s*(\d+)", status)
        process = int(match[1]) if match and process != MAP["pid"] else 0
    return list(dict.fromkeys([*found, MAP["pid"]]))
