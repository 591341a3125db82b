"""Cells and functions that do not end by themselves, or end their process, cost only what they touched."""

from pathlib import Path

import pytest

from tests.support.samples import (
    GOOD,
    SENDS_SIGNALS,
    THREE,
    grade_cells,
    messages,
    passed,
    processes_of_submissions,
    three,
)

pytestmark = pytest.mark.sampled(4, by="file")


def test_endless_cell(tmp_path: Path) -> None:
    """An endless cell is interrupted, the cells after it still count, and the note says so."""
    results = grade_cells(tmp_path, "while True:\n    pass", GOOD, limits={"cells_seconds": 2})
    assert passed(results) == {"one": True}
    assert "Cell 1" in results.note
    assert "stopped after 2 seconds of processor time" in results.note


def test_recursion_in_a_cell(tmp_path: Path) -> None:
    """A cell with endless recursion fails at once, and leaves time for the cells after it."""
    cells = ("def f(): f()\nf()", "while True:\n    pass", GOOD)
    results = grade_cells(tmp_path, *cells, limits={"cells_seconds": 3})
    assert passed(results) == {"one": True}
    assert "Cell 1 (def f(): f()), line 1: RecursionError" in results.note
    assert "Cell 2" in results.note


@pytest.mark.slow
def test_stubborn_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell that cannot be interrupted is killed from outside. Only that cell is lost, and the note says why."""
    monkeypatch.setattr("autograder.sandbox.session.GRACE", 1.0)
    cell = "import time\nwhile True:\n    try:\n        time.sleep(60)\n    except BaseException: pass"
    cells = ("n = []\ndef init(): return len(n)", cell, "def forward(): return 1", cell, "n.append(1)")
    results = grade_cells(tmp_path, *cells, limits={"cells_seconds": 2}, **THREE)
    assert passed(results) == {"first": True, "hidden second": True, "third": False}
    assert results.note.count("was left out: it did not finish within 2 seconds of waiting") == 2


def test_cells_that_never_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If too many cells have to be left out, every case has a result, and the note lists the cells."""
    monkeypatch.setattr("autograder.sandbox.session.GRACE", 1.0)
    results = grade_cells(tmp_path, GOOD, *["import os; os._exit(0)"] * 5, **THREE)
    assert passed(results) == dict.fromkeys(THREE, False)
    assert results.note.count("it ended the process") == 4
    assert messages(results).count("Not run: the code cells did not finish.") == 3


@pytest.mark.slow
def test_endless_case(tmp_path: Path) -> None:
    """A case that does not end loses only its own points."""
    results = grade_cells(tmp_path, *three("while True: pass"), limits={"call_seconds": 2}, **THREE)
    assert passed(results) == {"first": True, "hidden second": False, "third": True}
    assert "did not return: stopped after 2 seconds of processor time; there may be an endless loop" in messages(
        results
    )


def test_time_for_the_whole(tmp_path: Path) -> None:
    """After total_seconds grading stops. What has passed by then counts, and nothing is left running."""
    cells = three("while True: pass")
    limits = {"call_seconds": 60, "total_seconds": 3}
    results = grade_cells(tmp_path, *cells, limits=limits, first="init", second="forward", third="graph")
    assert passed(results) == {"first": True, "second": False, "third": False}
    assert "the 3 seconds for the whole submission are up" in messages(results)
    assert "Not run: the time for the whole submission was up." in messages(results)
    assert processes_of_submissions() == []


ENDINGS = {
    "os._exit": "import os; os._exit(0)",
    "SIGKILL": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "SIGSEGV": "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
    "abort": "import os; os.abort()",
    "closed files": "import os; os.closerange(3, 200); return 1",
    "SystemExit": "raise SystemExit",
    "KeyboardInterrupt": "raise KeyboardInterrupt",
    "GeneratorExit": "raise GeneratorExit",
    "recursion": "return forward()",
    "closed stdout": "import sys; sys.stdout.close(); return 0",
    "no answer": "pass",
    "garbage": (
        "import os\n    for fd in range(3, 50):\n        try: os.write(fd, b'noise\\n')\n        except OSError: pass"
    ),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_ending(ending: str, tmp_path: Path) -> None:
    """However a function ends or breaks its process, only its own case fails."""
    results = grade_cells(tmp_path, *three(ENDINGS[ending]), **THREE)
    assert passed(results) == {"first": True, "hidden second": False, "third": True}


@pytest.mark.parametrize(
    "cell",
    [
        "import os; os._exit(0)",
        "import os; os.abort()",
        pytest.param("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", marks=SENDS_SIGNALS),
    ],
)
def test_cell_ends_the_process(cell: str, tmp_path: Path) -> None:
    """If a cell ends the process, only what depended on it is lost, and the note says what happened."""
    results = grade_cells(tmp_path, GOOD, cell, "def graph(): return 1", **THREE)
    assert passed(results) == {"first": True, "hidden second": False, "third": True}
    assert f"Cell 2 ({cell}) was left out: it ended the process" in results.note
