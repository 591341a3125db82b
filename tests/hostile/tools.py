"""The first cell of every hostile submission: what its author knows of the grader, and tools that many of them need.

The author is assumed to know every address: ``MAP`` is filled in when a submission is written. Success is reported in
ways that the student can see: by the text of an error.
"""

import ctypes
import os
import re

MAP = {}

#: What the planted secrets look like.
PATTERNS = re.compile(rb"zq7[0-9a-f]{16}"), re.compile(rb"8[0-9]{15}")

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.shmat.restype = ctypes.c_void_p


def tried(function, *arguments, **options):
    """Return the result of a call, or None where it is refused."""
    try:
        return function(*arguments, **options)
    except BaseException:
        return None


def read(path):
    """Return the bytes of a file, or none of them."""
    try:
        with open(path, "rb") as stream:
            return stream.read(1 << 22)
    except OSError:
        return b""


def secrets_in(data):
    """Return the secrets that stand in some bytes."""
    return {match.decode() for pattern in PATTERNS for match in pattern.findall(data)}


def say(found):
    """Put what was found into the note for the student: a cell that fails with it."""
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
