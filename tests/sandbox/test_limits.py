"""Too much memory, disk, open files, processes or threads costs the case that takes it, and nothing else."""

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.grading.results import Graded
from autograder.sandbox import session, usage
from autograder.sandbox.usage import PROCESSES, Bounds, Meter, TooMuch, bounds_of
from autograder.student import system
from tests.support.samples import calm, grade_cells, messages, passed, processes_of_submissions

pytestmark = pytest.mark.sampled(2, by="file")


#: A case before, the case that takes too much, and a case after it.
THREE = {"first": "init", "second": "forward", "third": "graph"}

MEMORY = "stopped because it used more than 256 MB of memory"
DISK = "stopped because it wrote more than 8 MB to the disk"
TASKS = f"stopped because it had more than {PROCESSES} processes and threads"

FRONT = """
import mmap, os, resource, threading, time
import numpy as np
from tempfile import TemporaryFile
held = []
def child(work):
    process = os.fork()
    if process == 0:
        try:
            work(); time.sleep(30)
        finally:
            os._exit(0)
    return process
def init(): return 1
"""


def grade_call(folder: Path, body: str, after: str = "return 1", front: str = "", call_seconds: float = 20) -> Graded:
    """Grade three functions, of which the second one does this, under small limits."""
    limits = {"memory_megabytes": 256, "disk_megabytes": 8, "call_seconds": call_seconds}
    indented = body.replace("\n", "\n    ")
    cells = (FRONT + front, f"def forward():\n    {indented}", f"def graph():\n    {after}")
    return grade_cells(folder, *cells, limits=limits, **THREE)


def costs_one_case(results: Graded, *told: str) -> None:
    """The second case alone is lost, for one of these reasons; staff reads of the limit that was met."""
    assert passed(results) == {"first": True, "second": False, "third": True}, messages(results)
    assert any(text in messages(results) for text in told), messages(results)
    assert not messages(results).startswith("stopped") or "exceeded a limit: it" in results.staff


TAKES_MEMORY = {
    "arrays": "while True: held.append(np.ones(2**20))",
    "an array": "held.append(np.ones(2**26)); time.sleep(30)",
    "shared": "while True:\n    area = mmap.mmap(-1, 2**24); held.append(area); area.write(bytes(2**24))",
    "children": "for _ in range(16): child(lambda: held.append(np.ones(2**22)))\ntime.sleep(30)",
    "orphans": "for _ in range(16): child(lambda: child(lambda: held.append(np.ones(2**22))) and os._exit(0))\n"
    "time.sleep(30)",
    "threads": "def fill():\n    held.append(np.ones(2**22)); time.sleep(30)\n"
    "for _ in range(16): threading.Thread(target=fill, daemon=True).start()\ntime.sleep(30)",
}


@pytest.mark.parametrize("way", TAKES_MEMORY)
def test_memory(way: str, tmp_path: Path) -> None:
    """What all processes hold together is what counts, and a killed copy's memory is back for the next one."""
    after = "area = np.ones(2**24); time.sleep(0.2); return 1"
    costs_one_case(grade_call(tmp_path, TAKES_MEMORY[way], after), MEMORY)


HOLDS_LITTLE = {
    "sparse": "area = np.zeros(2**28); area[5] = 1; time.sleep(0.3); return int(area[5])",
    "inherited": "children = [child(lambda: None) for _ in range(12)]; time.sleep(0.5); return 1",
    "returned": "for _ in range(20): np.ones(2**24)\nreturn 1",
}


@pytest.mark.parametrize("way", HOLDS_LITTLE)
def test_memory_that_is_not_held(way: str, tmp_path: Path) -> None:
    """Address space is not counted, nor memory that was given back; what a process shares is counted once."""
    results = grade_call(tmp_path, HOLDS_LITTLE[way], front="big = np.ones(2**23)\n")
    assert passed(results) == dict.fromkeys(THREE, True), messages(results)


def test_memory_in_a_cell(tmp_path: Path) -> None:
    """A cell that asks for too much at once gets a MemoryError, and one that takes it bit by bit is left out."""
    cells = ("bytearray(2**42)", "held = []\nwhile True: held.append(bytearray(b'x') * 2**24)", "def init(): return 1")
    results = grade_cells(tmp_path, *cells, limits={"memory_megabytes": 256})
    assert passed(results) == {"one": True}
    assert ", line 1: MemoryError" in results.note
    assert ") was left out: it was stopped because it used more than 256 MB of memory" in results.note


TAKES_DISK = {
    "files": "for i in range(20):\n    open(f'x{i}', 'wb').write(bytes(2**20))\ntime.sleep(30)",
    "deleted": "for i in range(20):\n    held.append(open(f'x{i}', 'wb')); os.unlink(f'x{i}')\n"
    "    held[-1].write(bytes(2**20)); held[-1].flush()\ntime.sleep(30)",
    "unnamed": "for _ in range(20):\n    held.append(TemporaryFile()); held[-1].write(bytes(2**20)); held[-1].flush()\n"
    "time.sleep(30)",
    "children": "for i in range(20):\n    child(lambda: [held.append(TemporaryFile()), "
    "held[-1].write(bytes(2**20)), held[-1].flush()])\ntime.sleep(30)",
}  # fmt: skip


@pytest.mark.parametrize("way", TAKES_DISK)
def test_disk(way: str, tmp_path: Path) -> None:
    """All files count, deleted ones that are open as well, and the next copy finds the folder as the cells left it."""
    after = "time.sleep(0.5); return int(os.listdir() == ['kept'] and open('kept').read() == 'as it was')"
    results = grade_call(tmp_path, TAKES_DISK[way], after, "with open('kept', 'w') as file: file.write('as it was')\n")
    costs_one_case(results, DISK)


#: What a call does with a deleted file, and whether it passes. Nobody knows the size of one that only memory refers to.
IN_MEMORY = {
    "open": ("array = np.memmap(stream, 'u1'); stream.close(); time.sleep(0.6)", True),
    "alone": (
        "import ctypes\n"
        "ctypes.CDLL(None).mmap(None, ctypes.c_size_t(4096), 1, 1, stream.fileno(), ctypes.c_long(0))\n"
        "stream.close(); time.sleep(30)",
        False,
    ),
}


@pytest.mark.parametrize("way", IN_MEMORY)
def test_deleted_files_in_memory(way: str, tmp_path: Path) -> None:
    """A deleted file of which only memory is left costs its case; one that is open as well does not."""
    body, passes = IN_MEMORY[way]
    front = "stream = TemporaryFile(dir='.'); stream.write(bytes(8192)); stream.flush()\n"
    results = grade_call(tmp_path, f"{front}{body}\nreturn 1")
    if passes:
        assert passed(results) == {"first": True, "second": True, "third": True}, messages(results)
    else:
        costs_one_case(results, "stopped because it kept deleted files in memory without leaving them open")


HEADLESS = """
if os.fork() == 0:
    import ctypes, platform
    threading.Thread(target=time.sleep, args=(60,)).start()
    ctypes.CDLL(None).syscall({'x86_64': 60, 'aarch64': 93}[platform.machine()], 0)
time.sleep(30)
"""


def test_a_process_without_its_first_thread(tmp_path: Path) -> None:
    """The kernel tells neither its memory nor its files, so it costs its case. It is ended like any other."""
    results = grade_call(tmp_path, HEADLESS)
    costs_one_case(results, "stopped because it ended the first thread of a process, but not the others")
    assert processes_of_submissions() == []


def test_one_large_file(tmp_path: Path) -> None:
    """A file does not become larger than all may be: the write fails."""
    results = grade_call(tmp_path, "open('x', 'wb').write(bytes(2**24))\nreturn 1")
    costs_one_case(results, "A function raised OSError")


def test_what_a_copy_changes_in_the_folder(tmp_path: Path) -> None:
    """New files and folders are gone for the next copy, and what has grown is as long as before."""
    front = "os.mkdir('kept'); open('kept/a', 'w').write('abc')\n"
    body = (
        "os.makedirs('new/deep'); open('new/deep/b', 'w').write('x'); open('kept/a', 'a').write('def'); raise OSError"
    )
    after = "return int(os.listdir() == ['kept'] and open('kept/a').read() == 'abc')"
    costs_one_case(grade_call(tmp_path, body, after, front), "A function raised OSError")


def test_descriptors_of_a_call(tmp_path: Path) -> None:
    """A call that opens files until there are no more costs its case; the next copy has descriptors again."""
    after = "held.extend(open('/dev/null') for _ in range(100)); return 1"
    results = grade_call(tmp_path, "while True: held.append(open('/dev/null'))", after)
    costs_one_case(results, "A function raised OSError")


def test_descriptors_of_the_cells(tmp_path: Path) -> None:
    """Files that cells leave open cost nothing, even if the cells opened as many as they could."""
    opens = "held = globals().get('held', [])\nwhile True: held.append(open('/dev/null'))"
    drawing = "def graph():\n    import matplotlib.pyplot as plt; plt.plot([1]); plt.savefig('x.png'); return 1"
    cells = ("few = [open('/dev/null') for _ in range(122)]", opens, FRONT, drawing)
    results = grade_cells(
        tmp_path, *cells, "def forward(): return len([open('/dev/null') for _ in range(90)]) // 90", **THREE
    )
    assert passed(results) == dict.fromkeys(THREE, True), messages(results)
    assert results.note.count("Too many open files") == 1


TAKES_TASKS = {
    "threads": "for _ in range(300): threading.Thread(target=time.sleep, args=(30,), daemon=True).start()\n"
    "time.sleep(30)",
    "processes": "for _ in range(300): child(lambda: None)\ntime.sleep(30)",
    "a bomb": "while True:\n    try: os.fork()\n    except OSError: pass",
}


@pytest.mark.parametrize("way", TAKES_TASKS)
def test_processes_and_threads(way: str, tmp_path: Path) -> None:
    """There are 64 beyond the first, of both kinds together; more cannot be made, or end the copy."""
    after = "[threading.Thread(target=time.sleep, args=(9,), daemon=True).start() for _ in range(50)]; return 1"
    results = grade_call(tmp_path, TAKES_TASKS[way], after, call_seconds=2)
    kinds = ("A function raised RuntimeError", "A function raised BlockingIOError", TASKS, "seconds of processor time")
    costs_one_case(results, *kinds)
    (most,) = re.findall(r"(\d+) processes and threads at once", results.staff)
    if os.geteuid() == 0:
        assert int(most) <= PROCESSES + 2


def test_threads_that_cells_leave(tmp_path: Path) -> None:
    """They are not counted against a call, which may have as many again."""
    starts = "for _ in range({}): threading.Thread(target=time.sleep, args=(60,), daemon=True).start()"
    results = grade_call(tmp_path, f"{starts.format(60)}\ntime.sleep(0.3)\nreturn 1", front=starts.format(60))
    assert passed(results) == dict.fromkeys(THREE, True), messages(results)
    assert calm(results)


def test_staff_reads_what_was_used(tmp_path: Path) -> None:
    """Processor time, memory, files and processes of a submission, at their most, and the limit that it met."""
    results = grade_call(tmp_path, "held.append(np.ones(2**26)); time.sleep(30)", "time.sleep(0.2); return 1")
    used = r"used \d+\.\d\d s of processor time, (\d+) MB of memory, \d+\.\d MB of files, \d+ processes and threads"
    found = re.search(used, results.staff)
    assert found
    assert int(found[1]) > 256
    assert "exceeded a limit: it used more than 256 MB of memory" in results.staff


def test_few_processes_may_run_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the kernel would allow more of them than the limit, the copy ends as soon as they are counted."""
    monkeypatch.setattr(session, "bounds_of", lambda *of: replace(bounds_of(*of), processes=8))
    starts = "[threading.Thread(target=time.sleep, args=(30,), daemon=True).start() for _ in range({})]; time.sleep({})"
    results = grade_call(tmp_path, starts.format(20, 30), f"{starts.format(4, 0.5)}; return 1")
    costs_one_case(results, "stopped because it had more than 8 processes and threads")


#: What a call does, its limit in seconds, and what is said about it.
ELSEWHERE = {
    "disk": (TAKES_DISK["files"], 5, DISK),
    "time": ("time.sleep(30)", 2, "stopped after 2 seconds of waiting"),
}


@pytest.mark.parametrize("limit", ELSEWHERE)
def test_limits_on_other_systems(limit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Our side can count neither processes nor memory there, but files and time are limited there, too."""
    monkeypatch.setattr(system, "LINUX", False)
    body, seconds, told = ELSEWHERE[limit]
    results = grade_call(tmp_path, body, call_seconds=seconds)
    costs_one_case(results, told)
    assert re.search(r"used .* 1 processes and threads at once", results.staff)


@pytest.mark.skipif(not system.LINUX, reason="only Linux lists what is in the memory of a process")
def test_a_long_list_of_what_is_in_memory_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Long paths and many mappings make hundreds of megabytes of it, which we would read many times a second."""
    own, read, original = os.getpid(), list[bytes](), os.read

    def noted(*given: int) -> bytes:
        read.append(original(*given))
        return read[-1]

    meter = Meter(own, own, None, tmp_path, Bounds())
    assert meter._mapped([own]) == set()
    monkeypatch.setattr(usage, "_MOST_MAPPED", 10_000)
    monkeypatch.setattr(os, "read", noted)
    with pytest.raises(TooMuch, match="mapped files into memory far too often"):
        meter._mapped([own, own])
    assert sum(map(len, read)) == 10_001
