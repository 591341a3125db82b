"""What forked processes inherit: no open fonts, no shared random numbers, no work for the garbage collector."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.sandbox import Sandbox
from autograder.sandbox.functions import FarFunctions
from autograder.sandbox.session import Session
from autograder.sandbox.submission import Submission
from autograder.student import forking
from tests.support.samples import FUNCTIONS, children, settings, shared_sandbox


@pytest.fixture(scope="module")
def fresh() -> Iterator[Sandbox]:
    """A new sandbox in which nothing has run yet."""
    with Sandbox() as sandbox:
        yield sandbox


def test_no_font_is_open(fresh: Sandbox) -> None:
    """Neither the warm parent nor a keeper has a font open. Copies would share the position in the file."""
    with Session(fresh, Submission("homework.ipynb", ["1"]), FUNCTIONS, settings()) as session:
        assert session.run_cells()
        processes = [fresh.process_id, *children(fresh.process_id)]
        opened = [os.readlink(path) for process in processes for path in Path(f"/proc/{process}/fd").iterdir()]
    assert len(processes) == 2
    assert not [path for path in opened if path.endswith((".ttf", ".otf", ".afm"))]


DRAWING = """
import matplotlib.pyplot as plt
def draw(text):
    figure, axes = plt.subplots()
    axes.text(0.5, 0.5, text)
    figure.savefig("figure.png")
    plt.close(figure)
draw("abc $x_{1}$")
"""


def test_fonts_of_cells_and_copies() -> None:
    """Copies draw different texts from those in the cells, one after another, without an error."""
    texts = ["Quick $y_{3}$", "brown $\\alpha^2$", "fox $\\sum$", "jumps"]
    defined = f"TEXTS = {texts!r}\ndef init(number):\n    draw(TEXTS[number])\n    return number"
    with Session(shared_sandbox(), Submission("homework.ipynb", [DRAWING, defined]), FUNCTIONS, settings()) as session:
        assert session.run_cells()
        assert session.cells[1].failures == []
        functions = FarFunctions(session)
        for number in range(4):
            functions.begin_case(hidden=False)
            assert functions.by_name()["init"](number) == number


def test_random_numbers_of_workers() -> None:
    """Two submissions draw different numbers, from the random module and numpy's global generator, and one the same.

    Names of files do not matter.
    """
    drawn = []
    for name, last in (("homework.ipynb", ""), ("homework.ipynb", "# other"), ("renamed.py", "")):
        cell = f"import random, numpy\nprint(random.random())\nprint(numpy.random.rand()){last}"
        with Session(shared_sandbox(), Submission(name, [cell]), FUNCTIONS, settings()) as session:
            assert session.run_cells()
            drawn += session.cells[1].output.split()
    assert len(set(drawn)) == 4
    assert drawn[:2] == drawn[4:]


def test_random_numbers_of_copies() -> None:
    """Every copy draws the same numbers, whatever the cells and other copies have drawn."""
    cell = "import random, numpy\nnumpy.random.rand()\ndef init(): return [random.random(), numpy.random.rand()]"
    with Session(shared_sandbox(), Submission("homework.ipynb", [cell]), FUNCTIONS, settings()) as session:
        assert session.run_cells()
        functions = FarFunctions(session)
        drawn = []
        for hidden in (False, False, True):
            functions.begin_case(hidden, alone=True)
            init = functions.by_name()["init"]
            drawn.append([init(), init()])
    assert drawn[0] == drawn[1] == drawn[2]
    assert drawn[0][0] != drawn[0][1]


def test_garbage_is_collected() -> None:
    """The garbage collector is on in cells and functions, and does not search the libraries' objects."""
    cell = "import gc\nprint(gc.isenabled(), len(gc.get_objects()) < 20_000)\ndef init(): return gc.isenabled()"
    with Session(shared_sandbox(), Submission("homework.ipynb", [cell]), FUNCTIONS, settings()) as session:
        assert session.run_cells()
        assert session.cells[1].output.split() == ["True", "True"]
        functions = FarFunctions(session)
        functions.begin_case(hidden=False)
        assert functions.by_name()["init"]() is True


def test_threads_of_cells() -> None:
    """A copy of a worker with threads knows that it does not have those threads, and can start new ones."""
    cell = """
import threading, time
threading.Thread(target=time.sleep, args=(100,), daemon=True).start()
def init():
    found = []
    thread = threading.Thread(target=lambda: found.append(threading.active_count()))
    thread.start(); thread.join()
    return found
"""
    with Session(shared_sandbox(), Submission("homework.ipynb", [cell]), FUNCTIONS, settings()) as session:
        assert session.run_cells()
        functions = FarFunctions(session)
        functions.begin_case(hidden=False)
        assert functions.by_name()["init"]() == [2]


def test_a_fork_waits_for_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """If there are too many processes for a moment, a fork is tried again; any other error is raised at once."""
    tried: list[int] = []

    def fork() -> int:
        tried.append(1)
        if len(tried) < 4:
            raise BlockingIOError
        return 12

    monkeypatch.setattr(forking, "_PAUSE", 0.0)
    monkeypatch.setattr(os, "fork", fork)
    assert (forking.fork_patiently(), len(tried)) == (12, 4)
    monkeypatch.setattr(os, "fork", lambda: os.stat("/no such file"))
    with pytest.raises(FileNotFoundError):
        forking.fork_patiently()
    monkeypatch.setattr(forking, "_TRIES", 0)
    monkeypatch.setattr(os, "fork", fork)
    tried.clear()
    with pytest.raises(BlockingIOError):
        forking.fork_patiently()
