"""The student's way: unzip, install, solve, run the notebook, export, hand in."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.zips.handout import notebook_name
from autograder.zips.sources import Sources
from tests.support.corpus import ROOT
from tests.support.selection import own_marks

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def student_python(tmp_path_factory: pytest.TempPathFactory, dist: Path) -> Path:
    """A fresh environment with the packages of the student's requirements.txt, in the locked versions."""
    folder = tmp_path_factory.mktemp("student-environment")
    python = folder / ".venv" / "bin" / "python"
    uv = [str(Path(sys.executable).parent / "uv")]
    requirements = folder / "requirements.txt"
    import zipfile

    requirements.write_bytes(zipfile.ZipFile(dist / "student.zip").read("requirements.txt"))
    subprocess.run([*uv, "venv", "--quiet", "--python", sys.executable, str(folder / ".venv")], check=True)
    install = ["pip", "install", "--quiet", "--python", str(python), "-r", str(requirements)]
    subprocess.run([*uv, *install, "-c", str(ROOT / "requirements" / "student.txt")], check=True)
    return python


@pytest.fixture(scope="module")
def worked(
    student_python: Path, dist: Path, sources: Sources, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, nbformat.NotebookNode]:
    """The student's folder after the reference's functions were filled in and all cells were run."""
    folder = tmp_path_factory.mktemp("student") / "assignment"
    import shutil

    shutil.unpack_archive(dist / "student.zip", folder)
    path = folder / notebook_name(sources.settings)
    notebook = nbformat.read(path, as_version=4)
    bodies = {name: one.whole for name, one in sources.reference.items()}
    for cell in notebook.cells:
        if cell.cell_type == "code" and (match := re.match(r"def (init|forward|graph)\(", cell.source)):
            cell.source = bodies[match[1]]
    nbformat.write(notebook, path)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "MPL"))}
    execute = [str(student_python), "-m", "jupyter", "execute", "--inplace", path.name]
    environment["PATH"] = f"{student_python.parent}{os.pathsep}{environment['PATH']}"
    done = subprocess.run(execute, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return folder, nbformat.read(path, as_version=4)


def test_all_public_checks_pass(worked: tuple[Path, nbformat.NotebookNode]) -> None:
    """In a student's fresh environment, ``grader.check_all()`` says that all test cases passed."""
    _, notebook = worked
    output = next(cell.outputs for cell in notebook.cells if cell.source.strip() == "grader.check_all()")
    text = json.dumps(output, ensure_ascii=False)
    for question in ("q3", "q4", "q5"):
        assert re.search(rf"✅ {question}: (all \d|both) public test cases passed", text)
    assert "❌" not in text


def test_figure_is_shown(worked: tuple[Path, nbformat.NotebookNode]) -> None:
    """No cell of the solved notebook ends in an error."""
    _, notebook = worked
    errors = [
        o for cell in notebook.cells if cell.cell_type == "code" for o in cell.outputs if o.output_type == "error"
    ]
    assert errors == []


def test_exported_zip_has_full_marks(
    worked: tuple[Path, nbformat.NotebookNode], case_files: Path, sources: Sources
) -> None:
    """The zip from ``grader.export(pdf=False)``, and the notebook itself, get full marks."""
    folder, _ = worked
    exported = list(folder.glob("*.zip"))
    assert len(exported) == 1
    full = {"q3": 20, "q4": 35, "q5": 20}
    assert own_marks(exported[0], case_files, sources) == full
    assert own_marks(folder / notebook_name(sources.settings), case_files, sources) == full
