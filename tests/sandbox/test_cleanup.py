"""Accidents and attacks cost one case at most, and a submission leaves nothing behind: no process and no file."""

import ast
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from autograder.sandbox import Sandbox
from autograder.sandbox.functions import FarFunctions
from autograder.sandbox.session import Session
from autograder.sandbox.submission import Submission
from tests.support.corpus import ROOT
from tests.support.samples import (
    FUNCTIONS,
    GOOD,
    SENDS_SIGNALS,
    children,
    grade_cells,
    notebook,
    passed,
    processes_of_submissions,
    settings,
    shared_sandbox,
    write_cases,
)  # fmt: skip

pytestmark = pytest.mark.sampled(1, by="file")

SHARED = ("/tmp", "/var/tmp", "/dev/shm", "/run/lock", "/dev/mqueue")
#: A cell: prints the process, the user and the working directory.
WHO = "import os\nprint([os.getpid(), os.getuid(), os.getcwd()])"


@contextmanager
def session(
    *cells: str, sandbox: Sandbox | None = None, files: dict[str, bytes] | None = None, **changes: Any
) -> Iterator[Session]:
    """A session whose cells have been run."""
    submission = Submission("homework.ipynb", list(cells), files or {})
    limits = settings(**({"cells_seconds": 60, "total_seconds": 200} | changes))
    with Session(sandbox or shared_sandbox(), submission, FUNCTIONS, limits) as running:
        assert running.run_cells(), running.problem
        yield running


def told(running: Session, number: int = 1) -> Any:
    """The value that a cell printed."""
    return ast.literal_eval(running.cells[number].output)


def alive(process: int) -> bool:
    """Whether a process exists and has not ended."""
    with suppress(OSError):
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
        return state not in "ZX"
    return False


def eventually(condition: Callable[[], Any]) -> Any:
    """Wait for a condition, long enough for a slow machine."""
    for _ in range(300):
        if found := condition():
            return found
        time.sleep(0.1)
    return condition()


def files_of(user: int) -> list[str]:
    """The files that a user owns in folders that everybody may write to, however deep other people's folders are."""
    places = [place for place in SHARED if os.path.isdir(place)]
    found = subprocess.run(["find", *places, "-uid", str(user)], capture_output=True, text=True, check=False)
    return found.stdout.splitlines()


# ---- what is left behind

DAEMON = """
import os, signal, time
def daemon():
    reader, writer = os.pipe()
    if os.fork() == 0:
        os.setsid()
        if os.fork():
            os._exit(0)
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGALRM): signal.signal(number, signal.SIG_IGN)
        os.write(writer, str(os.getpid()).encode())
        os.closerange(3, 100)
        while True: time.sleep(1)
    os.wait()
    return int(os.read(reader, 20))
"""


def test_daemons() -> None:
    """Processes that left their group and session end with the submission, whether a cell or a call started them."""
    with session(DAEMON, "print(daemon())", "def init(): return daemon()") as running:
        functions = FarFunctions(running)
        functions.begin_case(hidden=False)
        daemons = [told(running, 2), functions.by_name()["init"]()]
        assert all(alive(process) for process in daemons)
    assert [process for process in daemons if alive(process)] == []
    assert len(set(daemons)) == 2
    assert processes_of_submissions() == []


def test_children_of_a_case() -> None:
    """Processes that a call leaves running are gone when its copy is gone."""
    with session(DAEMON, "def init(): return daemon()") as running:
        functions = FarFunctions(running)
        processes = []
        for _ in range(20):
            functions.begin_case(hidden=False, alone=True)
            processes.append(functions.by_name()["init"]())
            assert [alive(process) for process in processes] == [False] * (len(processes) - 1) + [True]


def test_files() -> None:
    """Files are removed afterwards, wherever they are, and whatever their modes."""
    cell = """
import os
places = [os.getcwd(), os.environ["HOME"], os.environ["TMPDIR"], "..", "/tmp", "/var/tmp", "/dev/shm", "/run/lock"]
made = []
for place in places:
    try:
        os.mkdir(place + "/by a submission")
        open(place + "/by a submission/file", "w").close()
        os.mkdir(place + "/by a submission/closed", 0)
        os.chmod(place + "/by a submission", 0)
        made.append(os.path.abspath(place))
    except OSError: pass
print([os.getuid(), made])
"""
    with session(WHO, cell) as running:
        user, made = told(running, 2)
        scratch = Path(told(running)[2]).parent
        assert scratch.is_dir()
        assert len(made) >= 4
    assert not scratch.exists()
    assert not [place for place in made if Path(place, "by a submission").exists()]
    if user != os.getuid():
        assert files_of(user) == []


@pytest.mark.parametrize(("name", "levels"), [("d", 1500), ("d" * 250, 60)])
def test_deep_folders(name: str, levels: int, tmp_path: Path) -> None:
    """Folders are removed however deep they are, and the same keeper serves the next submission."""
    deep = f"for _ in range({levels}):\n    os.mkdir({name!r})\n    os.chdir({name!r})\n"
    submission = Submission("homework.ipynb", [WHO, f"{deep}open('file', 'w').close()"], {})
    keepers = children(shared_sandbox().process_id or 0)
    with Session(shared_sandbox(), submission, FUNCTIONS, settings()) as running:
        running.run_cells()
        scratch = Path(told(running)[2]).parent
        assert scratch.is_dir()
    assert not scratch.exists()
    assert passed(grade_cells(tmp_path, GOOD, first="init")) == {"first": True}
    assert set(keepers) <= set(children(shared_sandbox().process_id or 0))


# ---- what accidents cost

THREE = {"first": "init", "second": "forward", "third": "graph"}

BOMBS = {
    "forks": "import os\n    while True:\n        try: os.fork()\n        except OSError: pass",
    "sleeping forks": "import os, time\n    while True:\n        try: os.fork() or time.sleep(1000)\n"
    "        except OSError: return 0",
    "threads": "import threading, time\n    while True: threading.Thread(target=time.sleep, args=(1000,)).start()",
    "memory": "import numpy as np; parts = []\n    while True: parts.append(np.zeros(2**28, 'u1'))",
    "array": "import numpy as np; return np.zeros((2**20, 2**20))",
    "descriptors": "import os\n    while True: os.dup(1)",
    "large file": "open('large', 'wb').truncate(2**34)",
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_bombs(bomb: str, tmp_path: Path) -> None:
    """Code that takes all of a resource costs only its own case, and leaves no process behind."""
    cells = (GOOD, f"def forward():\n    {BOMBS[bomb]}", "def graph(): return 1")
    results = grade_cells(tmp_path, *cells, limits={"call_seconds": 1}, **THREE)
    assert passed(results) == {"first": True, "second": False, "third": True}
    assert processes_of_submissions() == []


@SENDS_SIGNALS
def test_worker_ended_by_a_case() -> None:
    """If a call ends the process that copies are forked from, the next case still has the full time for its call."""
    kills = "def init(): os.kill(os.getppid(), 9); return 1"
    with session(WHO, "import time; time.sleep(3.2)", kills, "def forward(): return 2", call_seconds=3) as running:
        functions = FarFunctions(running)
        found = functions.by_name()
        for _ in range(2):
            functions.begin_case(hidden=False, alone=True)
            assert found["init"]() == 1
            assert eventually(lambda: not alive(told(running)[0]))
            functions.begin_case(hidden=False, alone=True)
            assert found["forward"]() == 2


def test_large_files_beside() -> None:
    """Large data files arrive with the notebook, and no cell is blamed for them."""
    with session("import os; print(os.path.getsize('data.bin'))", files={"data.bin": bytes(199 << 20)}) as running:
        assert told(running) == 199 << 20


# ---- several at a time


def test_two_submissions() -> None:
    """Two submissions at the same time have different users, and cannot read or end each other."""
    with session(WHO, "open('mine', 'w').write('SECRET')") as one:
        process, user, folder = told(one)
        cell = f"""
import os
def attempt(action, *arguments):
    try: return action(*arguments)
    except OSError: return "refused"
print([attempt(os.kill, {process}, 0), attempt(open, "{folder}/mine"), attempt(os.listdir, "{folder}"),
       attempt(open, "{folder}/new", "w"), attempt(os.listdir, os.path.dirname("{folder}"))])
"""
        with session(WHO, cell) as two:
            assert told(two, 2) == ["refused"] * 5
            assert told(two)[2] != folder
            if os.geteuid() == 0:
                assert told(two)[1] not in (user, 0)
        assert alive(process)


# ---- when our own processes are ended


def test_warm_parent_ended() -> None:
    """If the warm parent is ended, running submissions continue. The next one gets a new warm parent."""
    with Sandbox() as sandbox:
        with session(GOOD, sandbox=sandbox) as running:
            first = sandbox.process_id
            assert first
            (keeper,) = children(first)
            os.kill(first, signal.SIGKILL)
            functions = FarFunctions(running)
            functions.begin_case(hidden=False)
            assert functions.by_name()["init"]() == 1
        for process in (first, keeper):
            if alive(process):
                os.kill(process, signal.SIGKILL)
            with session(WHO, sandbox=sandbox) as running:
                assert running.cells[1].failures == []
        last = sandbox.process_id
        assert last not in (first, None)
    assert eventually(lambda: not alive(last or 0))


GRADER = """
import sys
from pathlib import Path
from autograder.grading.grade import grade
from autograder.sandbox import Sandbox
from tests.support.samples import settings
with Sandbox() as sandbox:
    print(sandbox.process_id, flush=True)
    grade(Path(sys.argv[1]), Path(sys.argv[2]), settings(), sandbox)
"""


@pytest.mark.parametrize("daemons", [0, 1])
def test_grader_ended(daemons: int, tmp_path: Path) -> None:
    """If the grading process itself is killed, it leaves nothing behind: no process and no folder."""
    cells = (DAEMON, "daemon()\n" * daemons + "open('started', 'w').close()\nwhile True: pass")
    (tmp_path / "homework.ipynb").write_bytes(notebook(*cells))
    command = [sys.executable, "-c", GRADER, str(tmp_path / "homework.ipynb"), str(write_cases(tmp_path, one="init"))]
    with tempfile.TemporaryDirectory() as place:
        os.chmod(place, 0o711)
        environment = os.environ | {"TMPDIR": place}
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, env=environment, text=True) as grader:
            assert grader.stdout
            warm = int(grader.stdout.readline())
            assert eventually(lambda: list(Path(place).glob("submission-*/*/started")))
            (keeper,) = children(warm)
            processes = [warm, keeper, *children(keeper)]
            assert len(processes) == 3 + daemons
            grader.kill()
        assert eventually(lambda: not any(alive(process) for process in processes))
        assert eventually(lambda: not os.listdir(place))
