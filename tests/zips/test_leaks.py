"""The search for leaks in a finished student.zip."""

import json
import re
from pathlib import Path

import pytest

from autograder.errors import BuildError
from autograder.zips.archive import write_zip
from autograder.zips.leaks import check_no_leaks
from autograder.zips.sources import Sources
from tests.support.corpus import ROOT, project
from tests.support.samples import settings, write_config

pytestmark = pytest.mark.sampled(3, by="file")


SOURCES = project()


def check_planted(folder: Path, planted: dict[str, bytes], sources: Sources = SOURCES) -> None:
    """Search the student's zip for leaks after these files were added or replaced."""
    write_zip(folder / "student.zip", sources.student_files() | planted)
    check_no_leaks(folder / "student.zip", sources)


def test_nothing_leaks(tmp_path: Path) -> None:
    """The project's own student.zip shows nothing, whatever the seed is, even a common number."""
    check_planted(tmp_path, {})
    check_planted(tmp_path, {}, Sources(ROOT, write_config(tmp_path, seed=7)))


NOTEBOOK = f"{settings().assignment_name}.ipynb"
SECRETS = {
    "hidden name": "q4 numerical stability",
    "hidden function": "def test_stability(init, forward):",
    "reference": "    L = np.maximum(0, z) - y * z + np.log1p(np.exp(-np.abs(z)))",
    "seed": str(settings().values["seed"]),
}


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("file", ["README.md", "requirements.txt", "tests/q3.py", NOTEBOOK])
def test_leak_is_found(secret: str, file: str, tmp_path: Path) -> None:
    """A secret in any file of the student's zip is found. The message names the file and the secret."""
    content = SOURCES.student_files()[file].decode() + SECRETS[secret] * (file != NOTEBOOK) + "\n"
    if file == NOTEBOOK:
        read = json.loads(content)
        read["cells"][3]["source"] = [f"# {SECRETS[secret]}\n", "pass"]
        content = json.dumps(read)
    with pytest.raises(BuildError) as caught:
        check_planted(tmp_path, {file: content.encode()})
    assert file in str(caught.value)
    assert SECRETS[secret].strip()[:15] in str(caught.value)


@pytest.mark.parametrize("place", ["outputs", "metadata"])
def test_leak_beside_the_source(place: str, tmp_path: Path) -> None:
    """A secret in a notebook's outputs or metadata is found, too."""
    read = json.loads(SOURCES.student_files()[NOTEBOOK])
    cell = next(cell for cell in read["cells"] if cell["cell_type"] == "code")
    output = {"output_type": "stream", "name": "stdout", "text": SECRETS["hidden name"]}
    cell[place] = [output] if place == "outputs" else {"note": SECRETS["hidden name"]}
    with pytest.raises(BuildError, match="hidden test case"):
        check_planted(tmp_path, {NOTEBOOK: json.dumps(read).encode()})


@pytest.mark.parametrize(
    "name",
    ["otter_config.json", "reference_solution/network.py", "solution.py", "tests/q9.py", "tests/otter/q3.py", "x.bin"],
)
def test_extra_file_is_found(name: str, tmp_path: Path) -> None:
    """A file that does not belong in the student's zip is found, whatever it contains."""
    with pytest.raises(BuildError, match=re.escape(name)):
        check_planted(tmp_path, {name: b"\xff\x00" if name == "x.bin" else b"pass\n"})


@pytest.mark.parametrize("name", ["otter_config.json", "reference_solution/network.py"])
def test_what_a_build_adds_by_mistake_is_found(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings and other folders are leaks even if the build itself put them into the student's zip."""
    files = SOURCES.student_files() | {name: b"pass\n"}
    monkeypatch.setattr(Sources, "student_files", lambda _: files)
    with pytest.raises(BuildError, match=f"student.zip contains {re.escape(name)}, which does not belong there"):
        check_planted(tmp_path, {})
