"""Two cells of the handout that help students: the set-up cell, and the self-check of exercise 2."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from packaging.version import Version

from autograder.grading.grade import grade
from autograder.zips.handout import notebook_name
from autograder.zips.sources import Sources

_FORMULAS = {
    "sigma(z) - y": ["y = 0: agrees at all 161 points.", "y = 1: agrees at all 161 points."],
    "1 / (1 + exp(-z))": ["y = 0: agrees at all 161 points.", "y = 1: differs at 161 of 161 points"],
    "log(z)": ["y = 0: differs at 161 of 161 points", "y = 1: differs at 161 of 161 points"],
    "2": ["y = 0: differs", "y = 1: differs"],
    "foo(z)": ["This formula cannot be computed: name 'foo' is not defined."],
    "z +": ["This formula cannot be computed: invalid syntax"],
}


@pytest.fixture
def cells(sources: Sources, tmp_path: Path) -> list[str]:
    """The handout's code cells. The student's folder with its files is the test's own folder."""
    for name, content in sources.student_files().items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    notebook = nbformat.read(tmp_path / notebook_name(sources.settings), as_version=4)
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def _run(code: str, folder: Path) -> str:
    """What a program prints in a folder; it must not fail."""
    command = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", code]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


#: Runs each of the programs on its standard input in a process that has the packages already, and prints what they do.
_EACH = """
import contextlib, io, json, multiprocessing, sys
import matplotlib.pyplot, networkx, numpy, otter

def run(code):
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(code, {})
    return printed.getvalue()

with multiprocessing.get_context("fork").Pool(1, maxtasksperchild=1) as pool:
    print(json.dumps(pool.map(run, json.load(sys.stdin), chunksize=1)))
"""


def _run_each(codes: list[str], folder: Path) -> list[str]:
    """What each of several programs prints in a folder; none may fail. Otter, which takes a second, is loaded once."""
    command = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", _EACH]
    done = subprocess.run(command, cwd=folder, input=json.dumps(codes), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return list(json.loads(done.stdout))


@pytest.mark.slow
def test_set_up_cell_says_what_is_missing(cells: list[str], tmp_path: Path, sources: Sources) -> None:
    """Where all is well it prints nothing, and otherwise what is missing and the line that mends it, no traceback."""
    cell, name = cells[0], notebook_name(sources.settings)
    assert _run(f"{cell}\nassert grader and plt and nx and np", tmp_path) == ""
    install = "%pip install numpy~=2.0 networkx~=3.4 matplotlib~=3.9 otter-grader~=7.0"
    problems = {
        "import sys; sys.modules['otter'] = None": "A package is missing: import of otter halted",
        "import sys; sys.modules['networkx'] = None": "A package is missing: import of networkx halted",
        "import networkx; networkx.__version__ = '3.2.1'": "networkx 3.2.1 is too old: 3.4 or later is needed.",
        "import otter; otter.__version__ = '6.1.3'": "otter-grader 6.1.3 is too old: 7.0 or later is needed.",
        "import otter; del otter.__version__": "otter-grader 0 is too old: 7.0 or later is needed.",
    }
    older = "import sys; sys.version_info = (3, 10, 4); sys.version = '3.10.4 (main)'"
    *printed, old = _run_each([f"{before}\n{cell}" for before in (*problems, older)], tmp_path)
    for text, problem in zip(printed, problems.values(), strict=True):
        assert text.startswith(problem)
        assert text.splitlines()[-1] == install
    assert old == "Python 3.10.4 is too old: choose a kernel with Python 3.11 or later.\n"
    (tmp_path / "tests").rename(tmp_path / "elsewhere")
    missing = _run(cell, tmp_path)
    assert "the folder tests must both be in" in missing
    assert missing.splitlines()[-1] == "!unzip -o student.zip"
    (tmp_path / name).rename(tmp_path / f"Copy of {name}")
    assert f"The notebook {name} and the folder tests must both" in _run(cell, tmp_path)


def test_set_up_cell_asks_for_the_versions_that_are_required(cells: list[str], sources: Sources) -> None:
    """The oldest versions are those in the student's requirements.txt."""
    listed = (sources.root / "assignment" / "requirements.txt").read_text(encoding="utf-8")
    required = dict(re.findall(r"^([\w-]+)[>=]=([\d.]+)$", listed, re.MULTILINE))
    needed = dict(re.findall(r'"([\w-]+)": "([\d.]+)"', cells[0]))
    assert set(needed) < set(required)
    assert all(Version(required[name]) == Version(oldest) for name, oldest in needed.items())


@pytest.mark.slow
def test_self_check_of_exercise_2(cells: list[str], tmp_path: Path) -> None:
    """It does nothing until a formula is typed. Then it says for each label whether the formula agrees."""
    (cell,) = (cell for cell in cells if "def check_derivative" in cell)
    head = "import numpy as np, matplotlib; matplotlib.use('Agg'); import matplotlib.pyplot as plt\n"
    assert _run(f"{head}{cell}\nassert not plt.get_fignums()", tmp_path) == ""
    for formula, told in _FORMULAS.items():
        lines = _run(head + cell.replace('check_derivative("")', f'check_derivative("{formula}")'), tmp_path)
        assert len(lines.splitlines()) == len(told)
        assert all(line.startswith(start) for line, start in zip(lines.splitlines(), told, strict=True))


@pytest.mark.slow
def test_grading_the_handout_is_silent(cells: list[str], case_files: Path, tmp_path: Path, sources: Sources) -> None:
    """When the solved handout is graded, alone or in its folder, these cells print nothing, fail nothing, cost nothing.

    Nor does a formula in the self-check cost anything, right or broken.
    """
    notebook = nbformat.reads(sources.notebook(solved=True).decode(), as_version=4)
    for formula in ("", "sigma(z) - y", "broken +"):
        for cell in notebook.cells:
            cell.source = re.sub(
                r'^check_derivative\(".*"\)$', f'check_derivative("{formula}")', cell.source, flags=re.M
            )
        nbformat.write(notebook, tmp_path / notebook_name(sources.settings))
        alone = tmp_path / notebook_name(sources.settings)
        packed = Path(shutil.make_archive(str(tmp_path.parent / "packed"), "zip", tmp_path))
        for path in (alone, packed) if not formula else (alone,):
            graded = grade(path, case_files, sources.settings)
            assert all(case.passed for case in graded.cases)
            assert "failed when" not in graded.note
            # The other one is the demonstration in exercise 1: these settings do not know the handout's own cells.
            assert len(graded.printed) == (2 if formula else 1)


@pytest.mark.slow
def test_optional_cells_show_what_they_say(sources: Sources, tmp_path: Path) -> None:
    """With the reference solution, the cells that students may uncomment print what their remarks promise."""
    notebook = nbformat.reads(sources.notebook(solved=True).decode(), as_version=4)
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    code = "import matplotlib; matplotlib.use('Agg'); import otter; otter.Notebook = lambda _: None\n"
    for cell in cells:
        if all(line.startswith("# ") for line in cell.splitlines()):
            code += "\n".join(line.removeprefix("# ") for line in cell.splitlines()) + "\n"
        elif "grader." not in cell and "log(1 + e^z)" not in cell:
            code += f"{cell}\n"
    _, told = _run(code, tmp_path).split("the same numbers in two calls: ")
    assert told.startswith("False\nthe same numbers in two matrices: False\n0.80646")
    assert "[1. 0. 0. 1.] [ 1.  -1.   0.   0.5]" in told
    assert "2.36158" in told
    assert "2150.97" in told
    assert told.count(" -> ") == 11
    assert "label: $W$" in told
