"""A dozen submissions that are graded in every possible way. The marks must be the same everywhere."""

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.zips.archive import read_zip
from autograder.zips.handout import notebook_name
from autograder.zips.sources import Sources
from tests.support.corpus import QUESTIONS, read_corpus
from tests.support.samples import grade_as_in_a_batch

#: Names in the corpus. All but the last are wrong submissions.
NOTEBOOKS = (
    "q3_transposed",
    "q4_naive_bce",
    "q4_K_if_on_y",
    "q5_reversed_recurrence",
    "q5_labels_W_R_swapped",
    "nb_syntax_error_in_forward",
    "nb_quit_after_init",
    "magics_of_every_kind",
)
SCRIPT = "script_exported_from_a_notebook"
ZIP = "zip_notebook_with_helpers"

Marks = dict[str, float]


def write_selection(sources: Sources, dist: Path, folder: Path) -> dict[str, Path]:
    """Write the notebooks of the selection into a folder: the reference, the untouched handout, and corpus entries.

    Returns:
        Paths by name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = {"reference": folder / "reference.ipynb", "untouched": folder / "untouched.ipynb"}
    paths["reference"].write_bytes(sources.notebook(solved=True))
    paths["untouched"].write_bytes(read_zip(dist / "student.zip")[notebook_name(sources.settings)])
    return paths | {name: write_entry(name, folder, form="notebook") for name in chosen()}


def chosen() -> list[str]:
    """The names of the selection. With WHOLE_CORPUS=1: all notebooks in the corpus, which takes an hour."""
    if os.environ.get("WHOLE_CORPUS") != "1":
        return list(NOTEBOOKS)
    return [e.name for e in (*read_corpus("correct"), *read_corpus("wrong")) if e.form == "notebook"]


def write_entry(name: str, folder: Path, **changes: str) -> Path:
    """Write one submission of the corpus into a folder, in its own form or another one."""
    entry = next(e for e in (*read_corpus("correct"), *read_corpus("wrong")) if e.name == name)
    return replace(entry, **changes).write(folder)  # type: ignore[arg-type]


def own_marks(path: Path, case_files: Path, sources: Sources) -> Marks:
    """The marks from our own grading, without Otter."""
    graded = grade_as_in_a_batch(path, case_files, sources.settings)
    return {question: round(graded.points[question], 4) for question in QUESTIONS}


def unpack(dist: Path, folder: Path) -> Path:
    """Unpack autograder.zip as Gradescope does, and return the folder."""
    shutil.unpack_archive(dist / "autograder.zip", folder)
    return folder


@pytest.fixture(scope="session")
def selection(sources: Sources, dist: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The notebooks of the selection by name."""
    return write_selection(sources, dist, tmp_path_factory.mktemp("selection") / "notebooks")


@pytest.fixture(scope="session")
def marks(selection: dict[str, Path], case_files: Path, sources: Sources) -> dict[str, Marks]:
    """The marks of the selection from our own grading."""
    return {name: own_marks(path, case_files, sources) for name, path in selection.items()}
