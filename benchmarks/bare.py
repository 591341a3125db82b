"""Run notebooks without grading, for comparison: the same cells and the same calls, in one warm process.

    python benchmarks/bare.py FOLDER TESTS

It prints the mean processor seconds for one submission twice: with figures rendered as in a notebook, and with a
``show()`` that does nothing. A submission that cannot run this way is named and left out.
"""

import contextlib
import io
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.update(MPLBACKEND="Agg", OPENBLAS_NUM_THREADS="1")

import matplotlib.pyplot as plt
import networkx  # noqa: F401 - warm
import numpy as np
import scipy.special  # noqa: F401 - warm

from autograder.grading.grade import load_test_files
from autograder.grading.submission import Wanted, read_submission
from autograder.student.shell import new_shell

FUNCTIONS = ("init", "forward", "graph")
Call = tuple[str, tuple[Any, ...]]


rendered = [True]


def show(*_: Any, **__: Any) -> None:
    """Render all figures, as a notebook does at the end of a cell, and close them."""
    for number in plt.get_fignums() if rendered[0] else ():
        plt.figure(number).savefig(io.BytesIO())
    plt.close("all")


def run_cells(shell: Any, path: Path) -> dict[str, Any]:
    """Run the cells of a notebook. A failing cell does not stop the others."""
    for cell in read_submission(path, Wanted(FUNCTIONS)).cells:
        shell.run_cell(cell, store_history=False)
        show()
    return shell.user_ns


def make(calls: list[Call], space: dict[str, Any]) -> None:
    """Repeat calls with the same arguments."""
    for name, arguments in calls:
        with np.errstate(all="ignore"):
            space[name](*(SimpleNamespace(**vars(a)) if isinstance(a, SimpleNamespace) else a for a in arguments))
        show()


def calls_of(space: dict[str, Any], tests: list[Any]) -> list[Call]:
    """Return the calls that the test cases make. ``graph`` is called once, because one answer serves all cases."""
    made: list[Call] = []

    def kept(name: str) -> Any:
        def function(*arguments: Any) -> Any:
            model = tuple(SimpleNamespace(**vars(argument)) for argument in arguments[:1])
            if name != "graph" or all(before != "graph" for before, _ in made):
                made.append((name, (*model, *arguments[1:])))
            return space[name](*arguments)

        return function

    functions = {name: kept(name) for name in FUNCTIONS}
    for test_file in tests:
        for case in test_file.test_cases:
            with contextlib.suppress(BaseException):
                case.body.call_func(functions)
            plt.close("all")
    return made


def main(folder: Path, tests: Path) -> None:
    """Measure and print."""
    test_files, paths = load_test_files(tests), sorted(folder.iterdir())
    plt.close(plt.figure())  # loads the backend, which the shell then keeps
    plt.show = show
    shell = new_shell()
    used: dict[bool, list[float]] = {True: [], False: []}
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        run_cells(shell, paths[0])
        for path in paths:
            shell.reset(new_session=False)
            calls = calls_of(run_cells(shell, path), test_files)
            for rendered[0], seconds in used.items():
                shell.reset(new_session=False)
                begun = time.process_time()
                try:
                    make(calls, run_cells(shell, path))
                except Exception as error:  # it needs what only the grader's shell does, or a process of its own
                    print(f"{path.name} is left out: {type(error).__name__}: {error}", file=sys.__stderr__)
                    continue
                seconds.append(time.process_time() - begun)
    print(*map(statistics.mean, used.values()))


if __name__ == "__main__":
    given = [Path(argument).resolve() for argument in sys.argv[1:3]]
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):  # some notebooks write files
        main(*given)
