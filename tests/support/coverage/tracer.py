"""Notes what runs of the project in this process; each interpreter of a coverage run executes this file at its start.

How this works. The student's side starts with an environment of its own, is confined, forks, and ends by being killed:
nothing can be written at its end, and no file can be opened. So all processes share a piece of memory with one byte for
each line of the project, and one for each way from a line to another. It is mapped before anything else happens, a fork
inherits it, and a line that runs writes one byte. The product knows nothing of it: a file in the environment's
site-packages, which is there only during a coverage run, leads here (see ``run.py``).

A function is no longer traced once all of its bytes are written, by whichever process. So a run takes about twice as
long as without tracing.
"""

import ctypes
import marshal
import os
import sys
from typing import Any

#: The file that is mapped, and the one that says which byte stands for what.
RAN, INDEX = "ran", "index"

_READ_WRITE, _SHARED = 3, 1

#: Where code is: the file's bytes, and what its line numbers must be raised by.
_Place = tuple[Any, int]


def start(folder: str) -> None:
    """Begin to note lines; does nothing where the folder cannot be read, as by an interpreter of another user."""
    try:
        with open(os.path.join(folder, INDEX), "rb") as stream:
            index = marshal.load(stream)
        descriptor = os.open(os.path.join(folder, RAN), os.O_RDWR)
    except OSError:
        return
    size = os.fstat(descriptor).st_size
    libc = ctypes.CDLL(None)
    libc.mmap.restype = ctypes.c_void_p
    libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
    # mmap.mmap would keep a descriptor, which the student's side closes.
    ran = (ctypes.c_ubyte * size).from_address(libc.mmap(None, size, _READ_WRITE, _SHARED, descriptor, 0))
    os.close(descriptor)
    places = _Places(*index)
    if sys.version_info >= (3, 12):
        _monitor(places, ran)
    else:
        _trace(places, memoryview(ran).cast("B"))


class _Places:
    """Which file of the project some code comes from."""

    def __init__(self, root: str, files: dict[str, Any], bundles: dict[tuple[str, int], list[Any]]) -> None:
        self.root, self.files, self.bundles = root, files, bundles
        self.names = {name for name, _ in bundles}
        self.known: dict[str, Any] = {}

    def find(self, path: str, line: int) -> _Place | None:
        """Find the file that some code comes from, given the path that it was compiled with and its first line."""
        if path not in self.known:
            self.known[path] = self._look(path)
        found = self.known[path]
        if not isinstance(found, list):
            return found and (found, 0)
        return next(((file, by) for begin, end, file, by in found if begin <= line <= end), None)

    def _look(self, path: str) -> Any:
        inner = path.removeprefix(self.root)
        if path.endswith(".py") and "/autograder/" in path:  # a copy: from a zip, or installed
            inner = path[path.rindex("/autograder/") + 1 :]
        if inner in self.files:
            return self.files[inner]
        if os.path.basename(path) not in self.names:
            return None
        try:
            with open(path, "rb") as stream:
                length = stream.read().count(b"\n")
        except OSError:
            return None
        ranges = self.bundles.get((os.path.basename(path), length))
        return ranges and [(begin, end, self.files[name], by) for begin, end, name, by in ranges]


def _monitor(places: _Places, ran: Any) -> None:
    """From Python 3.12 on: each line is told once, and costs nothing afterwards. Ways between lines are not noted."""
    monitoring = sys.monitoring  # type: ignore[attr-defined]

    def line(code: Any, number: int) -> Any:
        place = places.find(code.co_filename, code.co_firstlineno)
        if place:
            (lines, _), by = place
            ran[lines[number + by][0]] = 1
        return monitoring.DISABLE

    monitoring.use_tool_id(monitoring.COVERAGE_ID, "tests")
    monitoring.register_callback(monitoring.COVERAGE_ID, monitoring.events.LINE, line)
    monitoring.set_events(monitoring.COVERAGE_ID, monitoring.events.LINE)


def _trace(places: _Places, ran: Any) -> None:
    import opcode
    import threading

    resume = opcode.opmap["RESUME"]
    known: dict[int, Any] = {}

    def look(code: Any) -> Any:
        place = places.find(code.co_filename, code.co_firstlineno)
        if place is None:
            return None
        (lines, ways), by = place
        first = code.co_firstlineno + by
        own = {lines[number + by][1] for *_, number in code.co_lines() if number}
        left = [lines[number][0] for number in own if number != first or code.co_name == "<module>"]
        left += [byte for (a, b), byte in ways.items() if {abs(a), abs(b)} <= own | {first}]
        known[id(code)] = found = (code, lines, ways, by, left)  # the code is kept, so that its id stays its own
        return found

    def call(frame: Any, event: str, _: object) -> Any:
        code = frame.f_code
        found = known.get(id(code)) or look(code)
        if found is None:
            return None
        _, lines, ways, by, left = found
        while left and ran[left[-1]]:
            left.pop()
        if not left:
            return None
        bytecode, first = code.co_code, code.co_firstlineno + by
        is_resumed = frame.f_lasti >= 0 and bytecode[frame.f_lasti] == resume and bytecode[frame.f_lasti + 1] != 0
        last = lines[frame.f_lineno + by][1] if is_resumed else -first

        def local(frame: Any, event: str, _: object) -> Any:
            nonlocal last
            if event == "line":
                byte, now = lines[frame.f_lineno + by]
                ran[byte] = 1
                ran[ways.get((last, now), 0)] = 1
                last = now
            elif event == "return":
                at = frame.f_lasti + 2
                if at >= len(bytecode) or bytecode[at] != resume:  # not at a yield
                    ran[ways.get((last, -first), 0)] = 1
            return local

        return local

    threading.settrace(call)
    sys.settrace(call)
