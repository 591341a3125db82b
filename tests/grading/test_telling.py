"""Who sees what: students see results of public inputs, staff see everything, and no text can harm its reader."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.grading.grade import grade, load_test_files
from autograder.grading.gradescope import gradescope_results, shown_by
from autograder.grading.messages import clean, printed_output
from autograder.grading.results import CaseResult, Graded
from autograder.grading.seen import describe_printed
from autograder.sandbox.doctor import examine
from autograder.zips.sources import Sources
from tests.support.samples import config, notebook, passed, settings, shared_sandbox, write_cases

pytestmark = pytest.mark.sampled(2, by="file")


HIDDEN = ("q3 other sizes", "q4 activations", "q4 loss", "q4 numerical stability")


def graded_of(folder: Path, *cells: str, tests: Path) -> Graded:
    """Grade a notebook of these cells."""
    path = folder / "homework.ipynb"
    path.write_bytes(notebook(*cells))
    return grade(path, tests, settings(), shared_sandbox())


def shown(graded: Graded, tests: Path) -> str:
    """Everything that a student may read, with hidden cases shown as far as Otter can show them."""
    output = gradescope_results(graded, shown_by(settings(), config(), load_test_files(tests)))
    return (output.output or "") + "".join(test.output for test in output.tests)


def cases_of(graded: Graded) -> dict[str, CaseResult]:
    """The results of all cases by name."""
    return {case.name: case for case in graded.cases}


@pytest.mark.parametrize(
    ("text", "harmless"),
    [
        ("plain text, 3 < 4 and a->b", "plain text, 3 < 4 and a->b"),
        ("a \x1b[31mred\x1b[0m word", "a red word"),
        ("\x1b]0;title\x07done", "done"),
        ("\x1b]8;;http://x\x1b\\link", "link"),
        ("\x1bcreset\x1bM", "\ufffdcreset"),
        ("bell\x07 null\x00 back\x08", "bell\ufffd null\ufffd back\ufffd"),
        ("over\rwritten\r\n", "over\ufffdwritten\n"),
        ("<script>alert(1)</script><!-- <?x", "‹script>alert(1)‹/script>‹!-- ‹?x"),
        ("\u202egnirts\u2066", "\ufffdgnirts\ufffd"),
        ("naïve Δ ✓\t|\n", "naïve Δ ✓\t|\n"),
    ],
)
def test_text_of_students_is_cleaned(text: str, harmless: str) -> None:
    """Terminal commands, control characters and tags are removed. Everything else stays."""
    assert clean(text) == harmless


def test_printed_output_is_shown_with_its_place_and_clipped() -> None:
    """Each text says where it comes from. Long texts are cut, and so are long lists of texts."""
    told = describe_printed(printed_output([("Cell 1", "one\n"), ("Cell 2", " \n"), ("Cell 3", "x" * 5000)]))
    assert told.startswith("Cell 1 printed:\none\n\nCell 3 printed:\nxxx")
    assert told.endswith("(4400 more characters)")
    assert "Cell 2" not in told
    assert len(describe_printed(printed_output([(f"Cell {n}", "y" * 600) for n in range(100)]))) < 6000


def test_errors_in_public_cases_are_told_and_in_hidden_ones_not(tmp_path: Path, case_files: Path) -> None:
    """For public inputs, a student reads the text and the line of an error; for hidden ones, at most its type.

    Where the same line of the same function raised the same type of error before, the public case is named as well.
    """
    cell = (
        "def init(model, D, I, K):\n    raise ValueError(f'units {D} {I} {K}')\n"
        "def forward(model, x, y):\n    x0 = float(x[0, 0])\n    raise ValueError(f'first {x0}')"
    )
    graded = graded_of(tmp_path, cell, tests=case_files)
    cases = cases_of(graded)
    first = "Cell 1 (def init(model, D, I, K):), line"
    assert f"ValueError: units 7 5 2.\n\n    {first} 2, in init\n        raise" in cases["q3 shapes"].message
    assert f"ValueError: first 1.0.\n\n    {first} 5, in forward\n        raise" in cases["q4 example"].message
    for name in HIDDEN:
        assert cases[name].outcome == "error"
        public = "q3 shapes" if name.startswith("q3") else "q4 example"
        told = f"ValueError, as in the test case '{public}': read the message there."
        assert cases[name].message.endswith(told)
        assert "ValueError: first" in cases[name].staff or "ValueError: units" in cases[name].staff
        assert "Cell 1 (def init" in cases[name].staff
    assert "units 7 5 2" in shown(graded, case_files)
    assert "units 110 300 40" not in shown(graded, case_files)
    assert "units 110 300 40" in graded.staff_report


def test_names_that_carry_hidden_inputs(tmp_path: Path, case_files: Path) -> None:
    """No hidden input leaks through the name of an error's type, of a value's type or of a function."""
    cell = (
        "def init(model, D, I, K):\n"
        "    model.W = model.R = model.V = type(f'Units{D}x{I}x{K}', (), {})()\n"
        "def forward(model, x, y):\n"
        "    name = f'T{len(x)}D{x.shape[1]}'\n"
        "    space = {'E': type(name, (Exception,), {})}\n"
        "    exec(f'def {name}():\\n    raise E', space)\n"
        "    space[name]()"
    )
    graded = graded_of(tmp_path, cell, tests=case_files)
    assert "Units7x5x2" in shown(graded, case_files)
    assert "T3D4" in shown(graded, case_files)
    assert "Units100x300x40" not in shown(graded, case_files)
    assert "T2000D2" not in shown(graded, case_files)
    assert "raised an error of a type of your own" in cases_of(graded)["q4 long sequences"].message
    assert "T2000D2" in graded.staff_report


@pytest.mark.parametrize(("value", "told"), [("np.ones(3)", "of type ndarray"), ("Units()", "of a type of your own")])
def test_a_value_in_place_of_a_function(tmp_path: Path, case_files: Path, value: str, told: str) -> None:
    """After hidden inputs, too, a message names the types of numpy, and of no type that a student has made."""
    cell = (
        "import numpy as np\n"
        "class Units:\n    pass\n"
        f"def init(model, D, I, K):\n    model.W = model.R = model.V = np.ones(3)\nforward = {value}"
    )
    cases = cases_of(graded_of(tmp_path, cell, tests=case_files))
    assert f"forward is not a function but a value {told}." in cases["q4 long sequences"].message


def test_prints(tmp_path: Path) -> None:
    """Students read what cells and public cases printed. Staff also read what hidden cases printed."""
    tests = write_cases(tmp_path / "cases", **{"hidden one": "init", "two": "forward"})
    cells = (
        "print('in a cell')",
        "def init(): print('in secret'); return 1",
        "def forward(): print('in public'); return 1",
    )
    graded = graded_of(tmp_path, *cells, tests=tests)
    assert passed(graded) == {"hidden one": True, "two": True}
    assert graded.told == "Cell 1 printed:\nin a cell\n\n'two' printed:\nin public"
    assert cases_of(graded)["hidden one"].staff == "printed: in secret\n"
    assert "in secret" not in shown(graded, tests)


def test_what_confined_a_submission_is_told_to_staff(tmp_path: Path, case_files: Path) -> None:
    """The text for staff says which layers were active and what the submission used."""
    graded = graded_of(tmp_path, "x = 1", tests=case_files)
    assert "confined by limits" in graded.staff
    assert "s of processor time" in graded.staff
    assert "confined" not in shown(graded, case_files)


def test_doctor() -> None:
    """``autograder doctor`` tries every layer, and ends with a conclusion."""
    done = subprocess.run([sys.executable, "-m", "autograder", "doctor"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    for what in ("Landlock", "seccomp", "user", "trial", "Docker"):
        assert f"{what}: " in done.stdout
    assert done.stdout.rstrip().endswith("You can run student code here.")


def test_doctor_tries_docker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Docker that is installed, but does not answer this user, is not called ready for ``otter grade``."""
    (tmp_path / "docker").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    (tmp_path / "docker").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    (found,) = [finding for finding in examine() if finding.what == "Docker"]
    assert found.state == "weaker"
    assert "cannot be reached" in found.remark


def test_readable_secrets_are_refused(tmp_path: Path, sources: Sources, case_files: Path) -> None:
    """If student code could read our files, none of it is run, and the message says what to do."""
    from autograder.errors import SandboxError
    from autograder.sandbox import Sandbox

    path = tmp_path / "homework.ipynb"
    path.write_bytes(sources.notebook(solved=True))
    with Sandbox(secrets=[Path("/usr/lib")]) as sandbox, pytest.raises(SandboxError, match="could read /usr/lib here"):
        grade(path, case_files, settings(), sandbox)


def test_many_failures_are_counted(tmp_path: Path) -> None:
    """Not all failures are told if there are many, or if their texts are long. The last line says how many more."""
    for text, count in (("x", 25), ("y" * 250, 19)):
        line = f"raise ValueError('{text}')  # {'z' * len(text)}"
        note = graded_of(tmp_path, *[line] * count, tests=write_cases(tmp_path / "cases", one="init")).note
        told = note.count(f"ValueError: {text}")
        assert 5 < told < count
        assert f"... and {count - told} more." in note
        assert len(note) < 12_000
