"""Notes which lines of the package run in this process; each interpreter of a coverage run executes it at its start.

How this works. The student's side starts with an environment of its own, is confined, forks, and ends by being killed:
nothing can be written at its end, and no file can be opened. So all processes share a piece of memory with one byte for
each line of the package. It is mapped before anything else happens, a fork inherits it, and a line that runs writes one
byte. The product knows nothing of it: a file in the environment's site-packages, which is there only during a coverage
run, leads here (see ``run.py``).
"""

import ctypes
import json
import os
import sys
from typing import Any

#: The file that is mapped, and the one that says where in it the lines of each file begin.
LINES, INDEX = "lines", "index.json"

_READ_WRITE, _SHARED = 3, 1


def start(folder: str) -> None:
    """Begin to note lines; does nothing where the folder cannot be read, as by an interpreter of another user."""
    try:
        with open(os.path.join(folder, INDEX), encoding="utf-8") as stream:
            begins: dict[str, int] = json.load(stream)
        descriptor = os.open(os.path.join(folder, LINES), os.O_RDWR)
    except OSError:
        return
    size = os.fstat(descriptor).st_size
    libc = ctypes.CDLL(None)
    libc.mmap.restype = ctypes.c_void_p
    libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
    # mmap.mmap would keep a descriptor, which the student's side closes.
    lines = (ctypes.c_char * size).from_address(libc.mmap(None, size, _READ_WRITE, _SHARED, descriptor, 0))
    os.close(descriptor)
    if sys.version_info >= (3, 12):
        _monitor(begins, lines)
    else:
        _trace(begins, lines)


def _monitor(begins: dict[str, int], lines: Any) -> None:
    """From Python 3.12 on: each line is told once, and costs nothing afterwards."""
    monitoring = sys.monitoring  # type: ignore[attr-defined]

    def line(code: Any, number: int) -> Any:
        begin = begins.get(code.co_filename)
        if begin is not None:
            lines[begin + number] = 1
        return monitoring.DISABLE

    monitoring.use_tool_id(monitoring.COVERAGE_ID, "tests")
    monitoring.register_callback(monitoring.COVERAGE_ID, monitoring.events.LINE, line)
    monitoring.set_events(monitoring.COVERAGE_ID, monitoring.events.LINE)


def _trace(begins: dict[str, int], lines: Any) -> None:
    import threading

    def call(frame: Any, event: str, _: object) -> Any:
        begin = begins.get(frame.f_code.co_filename)
        if begin is None:
            return None

        def line(frame: Any, event: str, _: object) -> Any:
            lines[begin + frame.f_lineno] = 1
            return line

        return line(frame, event, _)

    threading.settrace(call)
    sys.settrace(call)
