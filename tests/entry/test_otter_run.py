"""Stock ``otter run`` with our real autograder.zip."""

from pathlib import Path
from typing import Any

import pytest

from autograder.zips.sources import Sources
from tests.entry.otter_runs import otter_runs
from tests.support.corpus import QUESTIONS
from tests.support.selection import SCRIPT, ZIP, Marks, own_marks, write_entry

pytestmark = pytest.mark.slow


def marks_of(results: dict[str, Any]) -> Marks:
    """The points per question in Gradescope's format."""
    return {test["name"]: round(test["score"], 4) for test in results["tests"] if test["name"] in QUESTIONS}


#: Those of the selection that Otter runs in containers only, where it does the same: a run takes four seconds.
IN_CONTAINERS = {
    "q4_naive_bce", "q4_K_if_on_y", "q5_reversed_recurrence", "q5_labels_W_R_swapped", "magics_of_every_kind",
}  # fmt: skip


@pytest.fixture(scope="module")
def otter_results(selection: dict[str, Path], dist: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Results of the selection, of a script, and of a zip with helper files."""
    folder = tmp_path_factory.mktemp("otter-run")
    tried = {name: path for name, path in selection.items() if name not in IN_CONTAINERS}
    tried |= {name: write_entry(name, folder / "others") for name in (SCRIPT, ZIP)}
    return otter_runs(dist / "autograder.zip", tried, folder)


def test_same_marks_as_our_own_grading(otter_results: dict[str, Any], marks: dict[str, Marks]) -> None:
    """``otter run`` gives every submission of the selection the same marks as our own grading."""
    found = {name: marks_of(results) for name, results in otter_results.items() if name in marks}
    assert len(found) >= 5
    assert found == {name: marks[name] for name in found}


def test_reference_gets_all_and_handout_nothing(otter_results: dict[str, Any], sources: Sources) -> None:
    """The reference solution gets full marks, the untouched handout none."""
    points = sources.settings.points
    assert marks_of(otter_results["reference"]) == {question: points[question] for question in ("q3", "q4", "q5")}
    assert marks_of(otter_results["untouched"]) == {"q3": 0, "q4": 0, "q5": 0}


def test_student_sees_public_cases_and_no_test_code(otter_results: dict[str, Any]) -> None:
    """Students read in words what is wrong. They see no line of a test file, and no name of a hidden case."""
    visible = [test for test in otter_results["q3_transposed"]["tests"] if test["visibility"] == "visible"]
    text = "\n".join(test["output"] for test in visible)
    assert "The rows and columns of W and V are swapped" in text
    assert "Error at line" not in text
    assert "check_shapes" not in text
    assert "q3 uniform distribution" not in text


def test_failed_cells_are_told(otter_results: dict[str, Any]) -> None:
    """For a submission with a broken cell, the message says which cell failed, and why."""
    assert "SyntaxError" in otter_results["nb_syntax_error_in_forward"]["output"]
    assert "ended the run with exit()" in otter_results["nb_quit_after_init"]["output"]


@pytest.mark.parametrize("name", [SCRIPT, ZIP])
def test_scripts_and_zips(
    name: str, otter_results: dict[str, Any], tmp_path: Path, case_files: Path, sources: Sources
) -> None:
    """A script, and a zip with helper files, get the marks that our own grading gives: full marks."""
    path = write_entry(name, tmp_path)
    assert marks_of(otter_results[name]) == own_marks(path, case_files, sources) == {"q3": 20, "q4": 35, "q5": 20}
