"""Whom the downloads of course systems hold: one row a person, whether folder or zip. Nothing is graded here."""

from pathlib import Path

import pytest

from autograder.batch.patterns import PATTERNS, custom
from autograder.batch.rolls import Reading
from autograder.batch.submissions import Classroom, find
from tests.support.classroom import WANTED, classroom, names, people, write
from tests.support.downloads import DOWNLOADS
from tests.support.packing import ASSIGNMENT, HW, NB, TESTS, Sample
from tests.support.samples import zipped


@pytest.mark.parametrize("form", ["folder", "zip", "zip in a folder"])
@pytest.mark.parametrize("name", DOWNLOADS)
def test_every_person_has_one_row(name: str, form: str, tmp_path: Path) -> None:
    """A folder, a zip, and a folder that holds nothing but the zip have the same people, and name what is nobody's."""
    sample = DOWNLOADS[name]
    if form == "folder":
        path = sample.write_folder(tmp_path / "download")
    else:
        (tmp_path / "around").mkdir()
        path = sample.write_zip(tmp_path / "around" / "download.zip")
        path = path if form == "zip" else path.parent
    found = classroom(path, pattern=sample.pattern)
    assert sorted(people(found)) == sorted(sample.people)
    assert set(sample.skipped) <= {skipped.file for skipped in found.skipped}
    assert all(skipped.reason for skipped in found.skipped)


def contents(found: Classroom) -> dict[str, tuple[str, bytes]]:
    """What is graded of each submission."""
    return {one.label: one.read() for one in found.found}


@pytest.mark.parametrize("name", DOWNLOADS)
def test_folder_and_zip_are_graded_alike(name: str, tmp_path: Path) -> None:
    """What is graded is the same to the byte, so that nothing is graded twice."""
    sample = DOWNLOADS[name]
    reading = Reading(WANTED, "auto", custom(sample.pattern) if sample.pattern else None)
    paths = sample.write_folder(tmp_path / "download"), sample.write_zip(tmp_path / "download.zip")
    with find(paths[:1], reading, "latest", {}) as folder, find(paths[1:], reading, "latest", {}) as archive:
        assert contents(folder) == contents(archive)


def test_helpers_keep_their_names(tmp_path: Path) -> None:
    """A module goes with its notebook under the name that its student gave it; earlier versions do not."""
    found = classroom(DOWNLOADS["canvas"].write_zip(tmp_path / "c.zip"))
    files = {one.entry.students[0].name: one.files for one in found.found}
    assert set(files["beispieljana"]) == {HW, "helpers.py"}
    assert set(files["vonderau"]) == {HW, "helpers.py", "helpers-2.py"}
    assert files["vonderau"][HW] == f"vonderau_1005_9009_{ASSIGNMENT}-2.ipynb"


PAGES = [
    ("cp437", "Zoë Müller"), ("cp850", "Ørjan Straße"), ("cp1252", "Zoë Øster"), ("utf-8", "Łukasz Žižek"),
    ("cp852", "Łukasz Dvořák"), ("mac_roman", "Zoë Ångström"), ("cp1252", "LÆRKE HANSEN"),
]  # fmt: skip


@pytest.mark.parametrize(("page", "name"), PAGES)
def test_names_in_any_code_page(page: str, name: str, tmp_path: Path) -> None:
    """Names come out as people write them, in whatever code page a zip has them without saying so."""
    files = {f"{name}_7_assignsubmission_file/{HW}": NB, f"Jana Beispiel_8_assignsubmission_file/{HW}": NB}
    path = Sample(files, []).write_zip(tmp_path / "m.zip", page)
    assert names(classroom(path)) == sorted([name, "Jana Beispiel"])


@pytest.mark.parametrize(
    "written", ["Zoe\u0308 Probe", "Zo├½ Probe", "ZoÃ« Probe", "Zo#U00eb Probe", "Zoe#U0308 Probe"]
)
def test_names_that_were_mangled(written: str, tmp_path: Path) -> None:
    """Names in normal form D, and those that another program has spoilt, are put right."""
    folder = write(tmp_path / "in", f"{written}_7_assignsubmission_file/{HW}", f"Jana_8_assignsubmission_file/{HW}")
    assert names(classroom(folder)) == ["Jana", "Zoë Probe"]


def test_odd_bytes_on_disk(tmp_path: Path) -> None:
    """Names are still found in a folder that was unpacked with the wrong code page."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name in (b"Zo\xeb Probe", b"J\xf6rg Muster"):
        path = Path(str(folder), name.decode("utf-8", "surrogateescape"))
        write(path, HW)
    assert names(classroom(folder)) == ["Jörg Muster", "Zoë Probe"]


def test_the_first_and_the_best(tmp_path: Path) -> None:
    """The first attempt counts if asked for. To find the best, all are graded."""
    folder = DOWNLOADS["brightspace"].write_folder(tmp_path / "in")
    first = {one.entry.students[0].name: one for one in classroom(folder, attempt="first").found}["Jana Beispiel"]
    assert (first.entry.attempt, first.entry.submitted) == ("1", "2026-11-20 23:58:00")
    assert len(first.entry.earlier) == 2
    best = [one for one in classroom(folder, attempt="best").found if one.entry.students[0].name == "Jana Beispiel"]
    assert [one.entry.attempt for one in best] == ["1", "2", "3"]
    assert len({one.person for one in best}) == 1


ONE = {
    "a notebook": [HW],
    "a module beside it": [HW, "helpers.py"],
    "a copy beside it": [HW, f"{ASSIGNMENT}-Copy1.ipynb", "old/" + HW],
    "other notebooks beside it": [HW, "test.ipynb", "Untitled1.ipynb"],
    "one folder on top": ["rnn/" + HW, "rnn/src/util.py"],
    "folders of a project": ["notebooks/hw.ipynb", "old/hw.ipynb", "src/model.py"],
    "exercises": ["ex1/hw.ipynb", "ex2/hw.ipynb"],
    "a folder beside things": ["notebooks/hw.ipynb", "main.ipynb", "test.ipynb"],
    "the whole handout": [HW, *TESTS],
    "an environment": [HW, ".venv/pyvenv.cfg", ".venv/lib/x.ipynb", "env/pyvenv.cfg", "env/lib/a.ipynb"],
    "checkpoints": [HW, f".ipynb_checkpoints/{ASSIGNMENT}-checkpoint.ipynb", ".git/config"],
}


@pytest.mark.parametrize("form", ["folder", "zip"])
@pytest.mark.parametrize("name", ONE)
def test_one_student(name: str, form: str, tmp_path: Path) -> None:
    """One student's work is one person's, however many files it has; the folder or the zip tells the name."""
    if form == "folder":
        path = write(tmp_path / "jana", *ONE[name])
    else:
        path = tmp_path / "jana.zip"
        path.write_bytes(zipped(dict.fromkeys(ONE[name], NB)))
    assert names(classroom(path)) == (["rnn"] if name == "one folder on top" else ["jana"])


CLASSES = {
    "numbered students": (["student1/hw.ipynb", "student2/hw.ipynb"], ["student1", "student2"]),
    "submissions without metadata": (
        ["submission_1/hw.ipynb", "submission_2/hw.ipynb"],
        ["submission_1", "submission_2"],
    ),
    "names with dots": (["j.doe.ipynb", "o.muster.ipynb"], ["j.doe", "o.muster"]),
    "folders with dots": (["test.user/hw.ipynb", "jana.b/hw.ipynb"], ["jana.b", "test.user"]),
    "ids behind the assignment": ([f"{ASSIGNMENT}-12345.ipynb", f"{ASSIGNMENT}-12346.ipynb"], None),
    "one who handed in a PDF": (["jana/hw.ipynb", "olaf/hw.pdf"], ["jana", "olaf"]),
    "two folders": (["jana/hw.ipynb", "olaf/hw.ipynb"], ["jana", "olaf"]),
    "files and folders": (["jana/hw.ipynb", "olaf/hw.ipynb", "zoe.zip"], ["jana", "olaf", "zoe"]),
    "files of the assignment's name": ([f"{ASSIGNMENT}_jana.ipynb", f"{ASSIGNMENT}_olaf.ipynb"], None),
    "a copy is no other person": (["jana.ipynb", "jana (1).ipynb", "olaf.ipynb"], ["jana", "jana (1)", "olaf"]),
    "in folders around": (["a/b/jana/hw.ipynb", "a/b/olaf/x/hw.ipynb"], ["jana", "olaf"]),
    "a folder of staff": (["jana/hw.ipynb", "olaf/hw.ipynb", "solution/hw.ipynb"], ["jana", "olaf"]),
    "modules in folders": (["jana/hw.ipynb", "olaf/hw.ipynb", "data/x.csv"], ["jana", "olaf"]),
}


@pytest.mark.parametrize("form", ["folder", "zip"])
@pytest.mark.parametrize("name", CLASSES)
def test_classes_that_no_system_named(name: str, form: str, tmp_path: Path) -> None:
    """A folder or a file for each student is a class, whatever lies around or beside."""
    files, expected = CLASSES[name]
    path = write(tmp_path / "in", *files)
    if form == "zip":
        path = tmp_path / "in.zip"
        path.write_bytes(zipped(dict.fromkeys(files, NB)))
    assert names(classroom(path)) == sorted(expected or [name.removesuffix(".ipynb") for name in files])


def test_every_pattern_has_a_source() -> None:
    """Each entry of the table names where it is documented, and each system of the table is tried here."""
    assert all(len(pattern.source) > 20 for pattern in PATTERNS)
    tried = " ".join(DOWNLOADS).casefold()
    assert [pattern.system for pattern in PATTERNS if pattern.system.casefold() not in tried] == []
