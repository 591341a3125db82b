"""Running cells and cases: an accident costs only what it touched, and every declared case has a result."""

import subprocess
import sys
from pathlib import Path

import pytest

from autograder.entry.otter_grading import START, ForOtter
from autograder.errors import OurFault
from autograder.grading import grade as grading
from autograder.grading.files import from_json
from autograder.grading.grade import complete, grade, load_test_files
from autograder.grading.gradescope import otter_results
from autograder.grading.messages import FAILED
from autograder.grading.results import CaseResult, Graded
from tests.support.corpus import ROOT, project
from tests.support.samples import (
    CONFIG,
    GOOD,
    REAL_CASES,
    THREE,
    calm,
    grade_cells,
    messages,
    notebook,
    passed,
    settings,
    shared_sandbox,
    three,
    write_cases,
)

pytestmark = pytest.mark.sampled(15, by="file")


def test_failing_cells(tmp_path: Path) -> None:
    """Cells after a failing one are run. The student reads which cell failed, where and why."""
    cells = ("x = 1\n1 / 0", "def (:", "raise KeyboardInterrupt", "open('absent')", GOOD)
    results = grade_cells(tmp_path, *cells)
    assert passed(results) == {"one": True}
    note = results.note
    assert "Cell 1 (x = 1), line 2: ZeroDivisionError: division by zero.\n        1 / 0\n" in note
    assert "Cell 2 (def (:), line 1: SyntaxError" in note
    assert "Cell 3 (raise KeyboardInterrupt), line 1: KeyboardInterrupt" in note
    assert "Cell 4" in note
    assert "Cell 5" not in note


@pytest.mark.parametrize("end", ["exit()", "quit()", "import sys; sys.exit(3)", "raise SystemExit", "exit"])
def test_exit(end: str, tmp_path: Path) -> None:
    """``exit()`` ends the run: definitions before it count, later ones do not."""
    results = grade_cells(tmp_path, GOOD, end, "def init(): return 0\ndef forward(): return 1", a="init", b="forward")
    expected = {"a": True, "b": end == "exit"}
    if end == "exit":  # without parentheses it does nothing
        expected = {"a": False, "b": True}
    assert passed(results) == expected
    assert ("Cell 2 ended the run with exit()" in results.note) == (end != "exit")


@pytest.mark.parametrize("end", ["unittest.main(argv=[''])", "argparse.ArgumentParser().parse_args(['--no'])"])
def test_a_tool_that_exits_is_a_failure(end: str, tmp_path: Path) -> None:
    """In a notebook, a tool that would end a program ends nothing: the statements after it are run."""
    cell = f"import argparse, unittest\n{end}\ndef init(): return 1"
    results = grade_cells(tmp_path, cell, "def forward(): return 1", a="init", b="forward")
    assert passed(results) == {"a": True, "b": True}
    assert "line 2: SystemExit" in results.note
    assert "It calls something that ends the program: exit(), or a tool such as argparse" in results.note


def test_nobody_at_the_screen(tmp_path: Path) -> None:
    """``input()`` and similar functions fail at once, and affect only their cell."""
    results = grade_cells(tmp_path, "n = int(input('How many? '))", "import getpass; getpass.getpass()", GOOD)
    assert passed(results) == {"one": True}
    assert "line 1: EOFError: nobody can answer input() during grading" in results.note
    assert "Cell 2" in results.note


SHELL_CELLS = {
    "escape": "!touch {mark}",
    "assigned": "files = !touch {mark}",
    "double": "!!touch {mark}",
    "system": "%system touch {mark}",
    "sx": "%sx touch {mark}",
    "get_ipython": "get_ipython().system('touch {mark}')",
    "getoutput": "get_ipython().getoutput('touch {mark}')",
    "bash": "%%bash\ntouch {mark}",
    "sh": "%%sh\ntouch {mark}",
    "script": "%%script bash\ntouch {mark}",
}


def test_shell_commands(tmp_path: Path) -> None:
    """Shell commands do nothing, however they are written, and their cells do not fail."""
    cells = [cell.format(mark=tmp_path / f"mark-{name}") for name, cell in SHELL_CELLS.items()]
    results = grade_cells(tmp_path, *cells, GOOD)
    assert passed(results) == {"one": True}
    assert [path.name for path in tmp_path.glob("mark-*")] == []
    assert calm(results)
    assert "not run during grading: touch" in results.told


def test_installations(tmp_path: Path) -> None:
    """Installing packages does nothing and never fails, in any spelling."""
    cells = ["%pip install no-such-thing", "!pip install no-such-thing", "%conda install -y x", "pip install x"]
    results = grade_cells(tmp_path, *cells, GOOD)
    assert passed(results) == {"one": True}
    assert calm(results)


@pytest.mark.parametrize(
    "magic",
    [
        "%matplotlib inline",
        "%matplotlib widget",
        "%matplotlib notebook",
        "%matplotlib",
        "%gui qt",
        "%config InlineBackend.figure_format = 'svg'",
        "%time sum(range(9))",
        "%timeit sum(range(9))",
        "%timeit -n10 -r3 sum(range(9))",
        "%timeit -n 10 -r 3 sum(range(9))",
        "%timeit y = -1",
        "t = %timeit -o sum(range(9))",
        "%load_ext autoreload\n%autoreload 2",
    ],
)
def test_magics(magic: str, tmp_path: Path) -> None:
    """IPython's common magics work or are ignored. Other code in the cell runs."""
    results = grade_cells(tmp_path, f"{magic}\n{GOOD}")
    assert (passed(results), calm(results)) == ({"one": True}, True)


@pytest.mark.parametrize("magic", ["%%time", "%%timeit", "%%timeit -n 3 y = 3", "%%capture out"])
def test_cell_magics(magic: str, tmp_path: Path) -> None:
    """Cell magics work. What a timed cell defines stays defined."""
    body = "z = y + 1" if "y = 3" in magic else GOOD
    results = grade_cells(tmp_path, f"{magic}\n{body}", *([GOOD] if "timeit" in magic else []))
    assert (passed(results), calm(results)) == ({"one": True}, True)


def test_checks_in_the_notebook(tmp_path: Path) -> None:
    """The handout's own checks are silent during grading, and leave no results behind."""
    cells = [
        "import otter\ngrader = otter.Notebook('homework.ipynb')",
        "def init(): return 0",
        "grader.check('q3')",
        GOOD,
        "print(grader.check_all(), grader.export(pdf=False, force_save=True))",
        "from otter import Notebook\nNotebook(tests_dir='elsewhere').check('q9')",
    ]
    results = grade_cells(tmp_path, *cells)
    assert (passed(results), calm(results)) == ({"one": True}, True)


@pytest.mark.parametrize(
    "cell",
    [
        "import json; json.dumps = lambda *_, **__: 'x'",
        "import os; os.write = os.fork = None",
        "import sys; sys.stdout = sys.stderr = None",
        "import sys; sys.modules.clear()",
        "import os, shutil; shutil.rmtree(os.getcwd())",
        "import builtins; builtins.list = builtins.str = None",
        "import os\nfor fd in range(3, 50):\n    try: os.write(fd, b'noise\\n')\n    except OSError: pass",
    ],
)
def test_vandalism(cell: str, tmp_path: Path) -> None:
    """Whatever a cell breaks around it, grading does not raise, and every case has a result."""
    results = grade_cells(tmp_path, GOOD, cell, **THREE)
    assert set(passed(results)) == set(THREE)
    assert not passed(results)["third"]


def test_output_stays_away(tmp_path: Path) -> None:
    """What a function prints or writes during a hidden case reaches neither messages nor note, and changes nothing."""
    noise = (
        "import os, sys\n    for w in (sys.stdout, sys.__stdout__, sys.stderr):\n        w.write('SECRET'); w.flush()\n"
        '    print(\'{"question": "q3", "case": "third", "message": null}\', flush=True)\n'
        "    os.write(1, b'SECRET')\n    raise ValueError('SECRET')"
    )
    cells = (*three(noise)[:2], "def graph(): return 0")
    results = grade_cells(tmp_path, *cells, **THREE)
    assert passed(results) == {"first": True, "hidden second": False, "third": False}
    assert "SECRET" not in messages(results) + results.note


def test_no_state_between_cases_that_break(tmp_path: Path) -> None:
    """After a case that ended its process, the next one starts from the state that the cells left."""
    cells = ("n = []", "def init(): n.append(1); return len(n)", "def forward(): import os; os._exit(1)")
    results = grade_cells(tmp_path, *cells, a="init", b="forward", c="init")
    assert passed(results) == {"a": True, "b": False, "c": True}


def test_files_beside(tmp_path: Path) -> None:
    """Cells work in a folder of their own, which is removed afterwards."""
    results = grade_cells(tmp_path, "import os; print(os.getcwd()[::-1])", "open('x', 'w').write('y')", GOOD)
    assert passed(results) == {"one": True}
    where = Path(results.printed[0].text[::-1])
    assert where != Path.cwd()
    assert where.is_absolute()
    assert not where.exists()


def test_every_case_has_a_result(tmp_path: Path) -> None:
    """A case without an outcome counts as not run, with the reason. The outcome of an undeclared case is ignored."""
    files = load_test_files(write_cases(tmp_path, **THREE))
    names = (("q3", "first"), ("q3", "other"), ("q9", "x"))
    good = [CaseResult(question=question, name=name, points=1, outcome="passed") for question, name in names]
    graded = Graded(cases=complete(files, good, "Not run."))
    assert passed(graded) == {"first": True, "hidden second": False, "third": False}
    assert [(case.outcome, case.message) for case in graded.cases[1:]] == [("not run", "Not run.")] * 2
    assert (graded.points, graded.possible) == ({"q3": 1}, {"q3": 3})
    results = otter_results(graded, files)
    assert (results.total, results.possible) == (1, 3)
    assert str(results.get_result("q3").test_case_results[2].message) == f"{FAILED}\nNot run."


def test_a_question_that_counts_as_a_whole(tmp_path: Path) -> None:
    """Otter's all_or_nothing: if a case fails there are no points, in our results as in Otter's."""
    path = write_cases(tmp_path, **THREE) / "q3.py"
    path.write_text(f"{path.read_text(encoding='utf-8')}\nall_or_nothing = True\n", encoding="utf-8")
    results = grade_with(tmp_path, three("return 2"))
    assert (results.points, results.possible) == ({"q3": 0}, {"q3": 3})
    assert otter_results(results, load_test_files(tmp_path)).total == 0
    assert grade_with(tmp_path, three("return 1")).points == {"q3": 3}


def grade_with(tests: Path, cells: tuple[str, ...]) -> Graded:
    """Grade a notebook of these cells with these test cases."""
    path = tests / "homework.ipynb"
    path.write_bytes(notebook(*cells))
    return grade(path, tests, settings(), shared_sandbox())


def test_odd_answers_tell_nothing(tmp_path: Path) -> None:
    """If a case fails on an odd answer, the message has the type of the error, but neither its text nor test code."""
    results = grade_cells(tmp_path, "def init(): raise ValueError('SECRET')")
    assert "ValueError" in messages(results)
    assert "SECRET" not in messages(results)


def test_all_real_cases_have_results(tmp_path: Path) -> None:
    """An empty notebook gets 0 points for every real case, each with a message."""
    (tmp_path / "hw.ipynb").write_bytes(notebook())
    results = grade(tmp_path / "hw.ipynb", REAL_CASES, settings())
    declared = [case.name for test_file in load_test_files(REAL_CASES) for case in test_file.test_cases]
    assert list(passed(results).items()) == [(name, False) for name in declared]
    points = settings().points
    assert (results.total, sum(results.possible.values())) == (
        0,
        pytest.approx(points["q3"] + points["q4"] + points["q5"]),
    )


def test_a_folder_without_test_files(tmp_path: Path) -> None:
    """No test files, or a folder in place of one, are named with a way out."""
    with pytest.raises(OurFault, match=r"there are no test files in .*: build autograder\.zip with"):
        load_test_files(tmp_path)
    (tmp_path / "q3.py").mkdir()
    with pytest.raises(OurFault, match=r"Is a directory: .*q3\.py"):
        load_test_files(tmp_path)


@pytest.mark.slow
def test_a_check_that_prints_breaks_nothing(tmp_path: Path) -> None:
    """Its author prints something to see it. The process that grades for ``otter run`` sends only results to Otter."""
    tests, path = write_cases(tmp_path / "cases", one="init"), tmp_path / "homework.ipynb"
    path.write_bytes(notebook(GOOD))
    with (tests / "q3.py").open("a", encoding="utf-8") as stream:
        stream.write("\nprint('here')\n")
    command = [sys.executable, "-c", START, str(path), str(tests), str(CONFIG)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    told = from_json(done.stdout, ForOtter)
    assert told.graded.points == {"q3": 1.0}
    assert [file.file for file in told.files] == ["q3.py"]
    assert done.stderr == "here\n"


def test_a_record_keeps_a_limited_amount_of_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the first cells printed is kept, also if there are thousands that print much."""
    monkeypatch.setattr(grading, "_MOST_KEPT", 250)
    results = grade_cells(tmp_path, *["print('a' * 99)"] * 5, GOOD)
    assert [len(cell.output) for cell in results.cells[:5]] == [100, 100, 50, 0, 0]
    assert passed(results) == {"one": True}


def test_a_correct_submission_needs_no_large_libraries(tmp_path: Path, case_files: Path) -> None:
    """Every command that grades would wait for them.

    A test file contains code of the student's side, and loads matplotlib if that uses it outside of functions.
    networkx loads pandas if a graph is made of a set of edges.
    """
    path = tmp_path / "solved.ipynb"
    path.write_bytes(project().notebook(solved=True))
    told = "; import sys; print(sorted({'matplotlib', 'pandas', 'scipy'} & set(sys.modules)), file=sys.stderr)"
    command = [sys.executable, "-c", START + told, str(path), str(case_files), str(CONFIG)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(from_json(done.stdout, ForOtter).graded.points) == {"q3", "q4", "q5"}
    assert done.stderr == "[]\n"
