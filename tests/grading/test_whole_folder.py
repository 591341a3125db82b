"""A student hands in the whole working folder: it is graded by the notebook that fits, and a note says which."""

import io
import os
import random
import zipfile
from pathlib import Path

import pytest

from autograder.batch import found
from autograder.batch.found import Found
from autograder.grading import unpacking
from autograder.grading.grade import grade
from autograder.grading.people import Entry
from autograder.grading.results import Graded
from autograder.grading.submission import Wanted, parse_submission
from autograder.sandbox import Sandbox
from autograder.zips.sources import Sources
from tests.support.samples import GOOD, notebook, passed, settings, shared_sandbox, write_cases

pytestmark = pytest.mark.sampled(2, by="file")

NAME = settings().assignment_name
OURS = {"otter": {"assignment_name": NAME}}
WRONG = "def init(): return 2"


def of_ours(cell: str) -> bytes:
    """A notebook that was made from the handout."""
    return notebook(cell, metadata=OURS)


def packed(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def working_folder(sources: Sources, top: str = "") -> dict[str, bytes]:
    """All that lies in the folder in which somebody has worked for two weeks; the solution is ``helper.one()``."""
    export = packed({f"{NAME}.ipynb": of_ours(WRONG), ".OTTER_LOG": b"no pickle", "__zip_filename__": b"x"})
    environment = {"pyvenv.cfg": b"home = /usr", "bin/python": b"\x7fELF", "bin/activate.py": b"raise SystemExit"}
    environment |= {f"lib/python3.12/site-packages/p{n}/module.py": b"x = 1" for n in range(2500)}
    environment |= {"lib/python3.12/site-packages/large.so": random.Random(1).randbytes(2_000_000)}
    environment |= {"lib/python3.12/site-packages/notebook/welcome.ipynb": of_ours(WRONG), "share/a.ipynb": b"{}"}
    files = {name: content for name, content in sources.student_files().items() if not name.endswith(".ipynb")}
    files |= {f".venv/{name}": content for name, content in environment.items()}
    files |= {f"env/{name}": content for name, content in environment.items()}
    files |= {
        f"{NAME}.ipynb": of_ours("import helper\ndef init(): return helper.one()"),
        "helper.py": b"def one(): return 1",
        f"{NAME}-Copy1.ipynb": of_ours(WRONG),
        f"{NAME} (1).ipynb": of_ours(WRONG),
        f".ipynb_checkpoints/{NAME}-checkpoint.ipynb": of_ours(WRONG),
        "scratch.ipynb": notebook(WRONG),
        "lecture/exercise_0.ipynb": notebook(WRONG, metadata={"otter": {"assignment_name": "another"}}),
        f"{NAME}_2026_11_28T10_00_00_000000.zip": export,
        ".OTTER_LOG": b"no pickle",
        "__pycache__/helper.cpython-312.pyc": b"x",
        "figure.png": b"\x89PNG",
        ".DS_Store": b"x",
    }
    return {top + name: content for name, content in files.items()}


def graded_of(path: Path, folder: Path, sandbox: Sandbox | None = None) -> Graded:
    return grade(path, write_cases(folder / "cases", one="init"), settings(), sandbox or shared_sandbox())


@pytest.mark.slow
@pytest.mark.parametrize("form", ["zip", "zip of a folder", "folder"])
def test_whole_folder(form: str, sources: Sources, tmp_path: Path) -> None:
    """The notebook with our metadata whose name fits best counts; its helper is there, and a note says which it was."""
    files = working_folder(sources, "Documents/rnn/" if form == "zip of a folder" else "")
    path = tmp_path / "submission.zip"
    if form == "folder":
        path = tmp_path / "submission"
        for name, content in files.items():
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            (path / name).write_bytes(content)
    else:
        path.write_bytes(packed(files))
    graded = graded_of(path, tmp_path)
    assert passed(graded) == {"one": True}
    assert f"{'Documents/rnn/' if form == 'zip of a folder' else ''}{NAME}.ipynb was graded." in graded.note
    assert "made from the handout" in graded.note


def test_a_renamed_notebook_beside_the_untouched_handout(sources: Sources, tmp_path: Path) -> None:
    """Without a notebook of the assignment's name, the one with our metadata counts, whatever its name."""
    files = working_folder(sources)
    files["abgabe_final.ipynb"] = files.pop(f"{NAME}.ipynb")
    path = tmp_path / "submission.zip"
    path.write_bytes(packed(files))
    graded = graded_of(path, tmp_path)
    assert passed(graded) == {"one": True}
    assert "abgabe_final.ipynb was graded." in graded.note


def test_a_large_environment(sources: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A zip that is too large only because of an environment is graded; a large notebook is refused as before."""
    monkeypatch.setattr(unpacking, "FILE_LIMIT", 1_000_000)
    path = tmp_path / "submission.zip"
    path.write_bytes(packed(working_folder(sources)))
    assert path.stat().st_size > 1_000_000
    assert passed(graded_of(path, tmp_path)) == {"one": True}
    large = tmp_path / "large.ipynb"
    large.write_bytes(notebook(GOOD, "#" * 1_200_000))
    graded = graded_of(large, tmp_path)
    assert passed(graded) == {"one": False}
    assert "larger than" in graded.note


def test_a_large_environment_in_a_class(sources: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a class, such a zip is read without the environment, so that it fits into a task."""
    path = tmp_path / "submission.zip"
    path.write_bytes(packed(working_folder(sources)))
    before = Found(str(path), path.name, Entry(), 0, whole=path).read()
    for module in (unpacking, found):
        monkeypatch.setattr(module, "FILE_LIMIT", 1_000_000)
    name, content = Found(str(path), path.name, Entry(), 0, whole=path).read()
    assert (name, len(content) < len(before[1])) == (path.name, True)
    wanted = Wanted(["init"], NAME)
    one, other = (parse_submission(name, each, wanted) for each in (before[1], content))
    assert (one.cells, one.files) == (other.cells, other.files)


def test_a_folder_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Data of more than 500 MB, here 40, is refused before it is read: a container has no memory for it."""
    assert unpacking.TOTAL_LIMIT == 500 << 20
    monkeypatch.setattr(unpacking, "TOTAL_LIMIT", 40 << 20)
    folder = tmp_path / "submission"
    folder.mkdir()
    (folder / "hw.ipynb").write_bytes(notebook(GOOD))
    for number in range(4):
        with (folder / f"data{number}.bin").open("wb") as stream:
            stream.truncate(unpacking.TOTAL_LIMIT // 4)  # takes no space on the disk
    graded = graded_of(folder, tmp_path)
    assert passed(graded) == {"one": False}
    assert "larger than 40 MB: hand in only your notebook" in graded.note
    (folder / "data0.bin").unlink()
    assert passed(graded_of(folder, tmp_path)) == {"one": True}


def test_names_that_are_not_utf_8(tmp_path: Path) -> None:
    """Files of any name may lie beside the work, and the folder that they are in is graded."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "hw.py").write_text(GOOD, encoding="utf-8")
    for name in (b"a\xff\xfe.txt", b"\xe9.csv"):
        Path(os.fsdecode(os.fsencode(tmp_path / "in") + b"/" + name)).write_bytes(b"1")
    results = grade(tmp_path / "in", write_cases(tmp_path / "cases", one="init"), settings(), shared_sandbox())
    assert passed(results) == {"one": True}
