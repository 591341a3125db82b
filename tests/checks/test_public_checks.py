"""What a student can find alone: single slips, and the public checks of student.zip."""

import json
import os
import re
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import IPython.core.interactiveshell  # noqa: F401  # here, for all processes that are forked below
import matplotlib.pyplot  # noqa: F401
import networkx  # noqa: F401
import pytest
from otter.test_files.exception_test import ExceptionTestFile

from autograder.checking.in_notebook import ResultsInWords
from autograder.grading.grade import load_test_files
from autograder.grading.otter_parts import TestFile
from autograder.zips import trial
from autograder.zips.sources import Sources
from tests.support.corpus import ROOT, read_corpus

#: Typical slips in one line each, and the question in which a public check must find it.
SLIPS = {
    "q3_transposed": "q3", "q3_global_sizes": "q3", "q3_normal": "q3", "q3_r_missing": "q3", "q3_seed_inside": "q3",
    "q4_no_recurrence": "q4", "q4_tanh_on_z": "q4", "q4_a0_kept": "q4", "q4_naive_bce": "q4", "q4_exp_plus_abs": "q4",
    "q4_labels_swapped": "q4", "q4_all_z_stored": "q4", "q4_loss_mean_over_time": "q4", "q4_K_if_on_y": "q4",
    "q5_undirected": "q5", "q5_no_names": "q5", "q5_arrows_false": "q5", "q5_labels_not_drawn": "q5",
    "q5_reversed_recurrence": "q5",
}  # fmt: skip

#: Those that only hidden cases find. The handout's optional cells show each of them.
ONLY_HIDDEN = {"q3_seed_inside", "q4_K_if_on_y", "q5_reversed_recurrence"}


@pytest.fixture(scope="module")
def public_checks(sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> list[TestFile]:
    """The test files of student.zip, loaded once for all processes."""
    folder = tmp_path_factory.mktemp("public")
    for name, text in sources.public_tests.items():
        (folder / name).write_text(text, encoding="utf-8")
    return load_test_files(folder)


def tried(notebook: Path, public_checks: list[TestFile]) -> dict[str, tuple[float, float, str]]:
    """What the public checks say of a notebook in a process that is forked, since a new one imports for seconds."""
    folder = notebook.parent
    notebook.rename(folder / "notebook.ipynb")
    process = get_context("fork").Process(target=_in_folder, args=(folder, public_checks))
    process.start()
    process.join()
    assert process.exitcode == 0
    marks: dict[str, tuple[float, float, str]] = json.loads((folder / "outcome.json").read_text(encoding="utf-8"))
    return marks


def _in_folder(folder: Path, public_checks: list[TestFile]) -> None:
    os.chdir(folder)
    trial.load_test_files = lambda _: public_checks
    trial.main()


@pytest.mark.sampled(1)
@pytest.mark.parametrize("slip", SLIPS)
def test_slip_is_found_before_handing_in(slip: str, public_checks: list[TestFile], tmp_path: Path) -> None:
    """In a student's place, a public check of its question fails, with words, and checks of other questions pass."""
    (entry,) = (entry for entry in read_corpus("wrong") if entry.name == slip)
    found = tried(replace(entry, form="notebook").write(tmp_path), public_checks)
    failed = {question: told for question, (earned, possible, told) in found.items() if earned < possible}
    assert list(failed) == ([] if slip in ONLY_HIDDEN else [SLIPS[slip]])
    assert all(len(line) > len("q3 shapes: ") + 20 for told in failed.values() for line in told.splitlines()[:1])


def test_most_slips_are_found() -> None:
    """At least 16 of 19 can be found with the public checks alone."""
    assert len(SLIPS) == 19
    assert len(SLIPS.keys() - ONLY_HIDDEN) >= 16


def test_readme_shows_a_failed_check_as_it_is(sources: Sources) -> None:
    """The failed check in the student's README is what the notebook shows where W is stored transposed."""
    readme = (ROOT / "assignment" / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"```text\n(.*?)\n```", readme.split("### How to read a check")[1], re.DOTALL)[0]
    names: dict[str, object] = {}
    exec(sources.reference["init"].standalone, names)
    init = names["init"]

    def swapped(model: Any, *sizes: int) -> None:
        init(model, *sizes)  # type: ignore[operator]
        model.W = model.W.T

    file = ExceptionTestFile.from_string(sources.public_tests["q3.py"], "q3.py")
    file.run({"init": swapped})
    assert shown == ResultsInWords([file]).text()
