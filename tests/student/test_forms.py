"""A correct solution gets full marks whatever people write around it: setup cells, habits from scripts, tools."""

import re
from pathlib import Path

import nbformat
import pytest

from tests.support.corpus import FOLDER, reference
from tests.support.samples import grade_as_in_a_batch, settings

_IMPORTS = "import numpy as np\nimport networkx as nx\nimport matplotlib.pyplot as plt"


def _entries() -> dict[str, tuple[str, str, str]]:
    """By title: the form, the code before the solution, and the code after it."""
    text = (FOLDER / "forms" / "set_up.py").read_text(encoding="utf-8")
    found = {}
    for title, code in re.findall(r"^# %% (.+)\n((?:(?!^# %% ).*\n)*)", text, re.MULTILINE):
        name, _, form = title.partition(" ")
        before, _, after = f"\n{code}".partition("\n# after\n")
        found[name] = (form.strip("[]") or "notebook", before.strip("\n"), after.strip("\n"))
    return found


ENTRIES = _entries()


def _write(name: str, folder: Path) -> Path:
    form, before, after = ENTRIES[name]
    cells = [f"{before}\n{_IMPORTS}", *reference().values(), after]
    if form == "script":
        path = folder / f"{name}.py"
        path.write_text("\n\n".join(cells), encoding="utf-8")
    else:
        path = folder / f"{name}.ipynb"
        nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells]), path)
    return path


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", ENTRIES)
def test_full_marks_in_this_form(name: str, case_files: Path, tmp_path: Path) -> None:
    """Code in one cell with the imports costs only what depends on it."""
    graded = grade_as_in_a_batch(_write(name, tmp_path), case_files, settings())
    lost = [f"{name}, {case.name}: {case.message}" for case in graded.cases if case.outcome != "passed"]
    assert not lost, f"{lost[0]}\n{graded.note}"
