"""Downloads that are unclear, hostile or damaged, and the patterns that help. Nothing is graded here."""

import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from autograder.batch.downloads import opened_download
from autograder.batch.patterns import custom
from autograder.batch.rolls import Reading
from autograder.batch.submissions import find
from autograder.errors import AutograderError, Undecided
from tests.support.classroom import WANTED, classroom, names, people, read_quietly, write
from tests.support.downloads import DOWNLOADS
from tests.support.packing import ASSIGNMENT, HELPER, HW, NB, PDF, PLAIN, TESTS, Sample
from tests.support.samples import GOOD, notebook, zipped

UNDECIDED: dict[str, Sequence[str]] = {
    "a person's folder beside a thing's": ["jana/hw.ipynb", "ex2/hw.ipynb"],
    "a person's folder beside a person's file": ["jana/hw.ipynb", "olaf.ipynb"],
    "files beside a folder of copies": ["jana.ipynb", "olaf.ipynb", "old/jana.ipynb"],
}


@pytest.mark.parametrize("name", UNDECIDED)
def test_what_cannot_be_told(name: str, tmp_path: Path) -> None:
    """Where it cannot be told, the error says what was seen and what to write, and each of these ways then works."""
    path = write(tmp_path / "in", *UNDECIDED[name])
    with pytest.raises(Undecided) as told:
        classroom(path)
    for words in ("--layout folders", "--layout files", "--layout one", "--pattern", "in is a class or one student's"):
        assert words in str(told.value)
    assert len(classroom(path, layout="one").found) == 1
    assert len(classroom(path, layout="files").found) == len(UNDECIDED[name])
    assert len(classroom(path, layout="folders").found) >= 2


def test_notebooks_that_a_browser_numbered(tmp_path: Path) -> None:
    """Several notebooks of one name with different content may be a class: it cannot be told."""
    for number, name in enumerate((HW, f"{ASSIGNMENT} (1).ipynb", f"{ASSIGNMENT} (2).ipynb")):
        write(tmp_path / "in", name, content=notebook(f"x = {number}", GOOD))
    with pytest.raises(Undecided):
        classroom(tmp_path / "in")
    assert len(classroom(tmp_path / "in", layout="files").found) == 3


def test_numbered_folders_of_the_assignment(tmp_path: Path) -> None:
    """Folders called like exercises, each with another notebook of the assignment: it cannot be told."""
    for number in (1, 2):
        content = notebook(f"x = {number}", metadata={"otter": {"assignment_name": ASSIGNMENT}})
        write(tmp_path / "in", f"ex{number}/hw.ipynb", content=content)
    with pytest.raises(Undecided):
        classroom(tmp_path / "in")


def test_several_assignments(tmp_path: Path) -> None:
    """A download with several assignments holds the one of our name; if none has it, it cannot be told."""
    for name in (ASSIGNMENT, "sheet 2"):
        write(tmp_path / "in", f"Jana/{name}/Version 1/hw.ipynb", f"Olaf/{name}/Version 1/hw.ipynb")
    found = classroom(tmp_path / "in")
    assert [one.label for one in found.found] == [f"{name}/{ASSIGNMENT}/Version 1" for name in ("Jana", "Olaf")]
    assert "Jana/sheet 2/Version 1/hw.ipynb" in {skipped.file for skipped in found.skipped}
    for name in ("Jana", "Olaf"):
        (tmp_path / "in" / name / ASSIGNMENT).rename(tmp_path / "in" / name / "sheet 1")
    with pytest.raises(Undecided, match="several assignments: sheet 1, sheet 2"):
        classroom(tmp_path / "in")


def test_logins_with_underscores(tmp_path: Path) -> None:
    """In Blackboard's names the login follows the assignment, which is the same in all of them."""
    names_ = ("j_doe", "k_doe", "omuster")
    folder = write(tmp_path / "in", *(f"Sheet_1_{name}_attempt_2026-11-20-11-58-30_hw.ipynb" for name in names_))
    assert [person[1] for person in people(classroom(folder))] == list(names_)


def test_one_notebook_of_the_assignment_among_others(tmp_path: Path) -> None:
    """Two people's names of which one notebook is not made from the handout: it cannot be told."""
    write(tmp_path / "in", "jana.ipynb")
    write(tmp_path / "in", "olaf.ipynb", content=PLAIN)
    with pytest.raises(Undecided):
        classroom(tmp_path / "in")


def test_several_classes(tmp_path: Path) -> None:
    """A folder of downloads is not graded as if each were a student's."""
    for name in ("moodle", "canvas", "nbgrader"):
        DOWNLOADS[name].write_folder(tmp_path / "in" / name)
    with pytest.raises(Undecided, match="the downloads of several classes: canvas, moodle"):
        classroom(tmp_path / "in")


def test_groups_of_a_class(tmp_path: Path) -> None:
    """A folder for each group of a Moodle course is no student, even if one group has a single person in it."""
    for path in ("A/Jana Beispiel_2001", "A/Olaf Muster_2002", "B/Ana Demo_2003"):
        write(tmp_path / "in", f"Group {path}_assignsubmission_file_/hw.ipynb")
    with pytest.raises(Undecided, match="the downloads of several classes: Group A, Group B"):
        classroom(tmp_path / "in")


def test_classes_in_folders(tmp_path: Path) -> None:
    """Folders with folders of people that no system named, each with the same notebook, are classes, too."""
    folder = write(tmp_path / "in", *(f"{path}/hw.ipynb" for path in ("A/jana", "A/olaf", "B/zoe", "B/max")))
    with pytest.raises(Undecided, match="the downloads of several classes: A, B"):
        classroom(folder)
    assert names(classroom(folder, layout="folders")) == ["A", "B"]


def test_several_zips_of_which_one_holds_a_single_person(tmp_path: Path) -> None:
    """Downloads of classes that are named together are all opened; a single person's alone is one, too."""
    paths = []
    for name, them in (("one", ["beispieljana_1001_9001"]), ("two", ["musterolaf_1002_9002", "demoana_1004_9004"])):
        write(tmp_path / name, *(f"{who}_hw.ipynb" for who in them))
        paths.append(Path(shutil.make_archive(str(tmp_path / name), "zip", tmp_path / name)))
    assert names(classroom(*paths)) == ["beispieljana", "demoana", "musterolaf"]


def test_folders_of_whole_scripts(tmp_path: Path) -> None:
    """Folders that hold several whole submissions each are no students; each file may be one."""
    for folder in ("good", "bad"):
        for name in ("jana", "olaf", "zoe"):
            write(tmp_path / "in", f"{folder}/{name}.py", content=GOOD.encode())
    with pytest.raises(Undecided, match="the downloads of several classes: bad, good"):
        classroom(tmp_path / "in")
    assert len(classroom(tmp_path / "in", layout="files").found) == 6


def test_a_class_among_submissions(tmp_path: Path) -> None:
    """A zip of a class that lies among submissions is refused as one student's work, and stops nothing."""
    folder = write(tmp_path / "in", "jana.ipynb", "olaf.ipynb")
    DOWNLOADS["moodle"].write_zip(folder / "zoe.zip")
    with find([folder], Reading(WANTED), "latest", {}) as found:
        read = {one.label: read_quietly(one)[0] for one in found.found}
    assert "looks like the download of a class" in read["zoe.zip"]
    assert read["jana.ipynb"] == "jana.ipynb"


def test_patterns_that_do_not_fit(tmp_path: Path) -> None:
    """A pattern that fits no file is an error that shows what it is matched against; so is one without a person."""
    folder = write(tmp_path / "in", "a/jana.ipynb", "a/olaf.ipynb")
    with pytest.raises(Undecided, match=r"'a/jana\.ipynb'"):
        classroom(folder, pattern=r"(?P<id>\d+)")
    for wrong, told in (("(", "not a regular expression"), (r"(?P<who>.+)", "who"), (r"(?P<late>L)", "names nobody")):
        with pytest.raises(ValueError, match=told):
            custom(wrong)


def test_a_pattern_tells_everything(tmp_path: Path) -> None:
    """Groups of a pattern say who, when, which attempt, and whether it was late."""
    folder = write(tmp_path / "in", "7-jana-2-L/hw.ipynb", "7-jana-1/hw.ipynb", "8-olaf-1/hw.ipynb", "notes.txt")
    found = classroom(folder, pattern=r"(?P<id>\d+)-(?P<student>\w+)-(?P<attempt>\d)(?:-(?P<late>L))?/")
    assert people(found) == [
        ("jana", "7", "", "yes", "2", "7-jana-2-L"), ("olaf", "8", "", "no", "1", "8-olaf-1")
    ]  # fmt: skip
    assert {skipped.file for skipped in found.skipped} == {"7-jana-1", "notes.txt"}


HIJACKED = {
    "nbgrader": (["zoe/x/timestamp.txt", "zoe/x/hw.ipynb"], ["jana", "olaf", "zoe"]),
    "teams": (["zoe/x/Version 2/hw.ipynb"], ["jana", "olaf", "zoe"]),
    "gradescope": (["zoe/submission_metadata.yml", "zoe/submission_1/hw.ipynb"], ["jana", "olaf", "zoe"]),
    "hub": (["zoe/home/jana/hw.ipynb", "zoe/home/max/hw.ipynb"], ["jana", "olaf", "zoe"]),
}


@pytest.mark.parametrize("name", HIJACKED)
def test_no_student_decides_about_the_others(name: str, tmp_path: Path) -> None:
    """What one student calls files and folders takes nobody else out of the class, and puts nobody into it."""
    folder = write(tmp_path / "in", "jana/hw.ipynb", "olaf/hw.ipynb", *HIJACKED[name][0])
    assert names(classroom(folder)) == HIJACKED[name][1]


def test_a_hostile_zip(tmp_path: Path) -> None:
    """Paths that lead out, and links, are named and not read; nothing is written anywhere."""
    path = tmp_path / "in.zip"
    link = zipfile.ZipInfo("jana/secret.ipynb")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("../../evil.ipynb", "/etc/evil.ipynb", "C:\\evil.ipynb", "jana/hw.ipynb", "olaf\\hw.ipynb"):
            archive.writestr(name, NB)
        archive.writestr(link, "/etc/passwd")
    found = classroom(path)
    assert names(found) == ["jana", "olaf"]
    assert {s.file for s in found.skipped} == {
        "../../evil.ipynb",
        "/etc/evil.ipynb",
        "C:/evil.ipynb",
        "jana/secret.ipynb",
    }
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["in.zip"]


def test_links_in_a_folder(tmp_path: Path) -> None:
    """A link in a repository of a student is not followed."""
    folder = write(tmp_path / "in", "jana/hw.ipynb", "olaf/hw.ipynb")
    (folder / "olaf" / "secret.ipynb").symlink_to("/etc/passwd")
    (folder / "olaf" / "all").symlink_to("/etc")
    found = classroom(folder)
    assert {skipped.file for skipped in found.skipped} == {"olaf/secret.ipynb", "olaf/all"}
    assert {one.label: sorted(one.files) for one in found.found}["olaf"] == ["hw.ipynb"]


def test_the_same_person_in_two_downloads(tmp_path: Path) -> None:
    """Of a person in two downloads, the work of the one that was named last counts, and the other is named."""
    first = Sample({f"jana_1_11_{HW}": PLAIN, f"olaf_2_12_{HW}": NB}, []).write_zip(tmp_path / "monday.zip")
    second = Sample({f"jana_1_31_{HW}": NB, f"zoe_3_32_{HW}": NB}, []).write_zip(tmp_path / "friday.zip")
    found = classroom(first, second)
    assert names(found) == ["jana", "olaf", "zoe"]
    assert f"jana_1_11_{HW}" in {skipped.file for skipped in found.skipped}


def test_a_damaged_download(tmp_path: Path) -> None:
    """A zip that was cut off is no student's work: it has to be downloaded again."""
    whole = DOWNLOADS["canvas"].write_zip(tmp_path / "c.zip")
    whole.write_bytes(whole.read_bytes()[:-40])
    with pytest.raises(AutograderError, match="download it again"):
        classroom(whole)


def test_folders_of_staff_can_be_named(tmp_path: Path) -> None:
    """A folder that is called as staff's are is a student's if --layout folders says so."""
    folder = write(tmp_path / "in", "jana/hw.ipynb", "olaf/hw.ipynb", "solution/hw.ipynb", "data/x.csv")
    assert names(classroom(folder)) == ["jana", "olaf"]
    assert names(classroom(folder, layout="folders")) == ["data", "jana", "olaf", "solution"]


def test_results_are_no_submissions(tmp_path: Path) -> None:
    """The folder that a command wrote is not graded, with a student for each of its files."""
    folder = write(tmp_path / "graded", "run.json", "results/jana.json", "final_grades.csv", content=b"{}")
    with pytest.raises(AutograderError, match="holds the results of a class: give the folder or zip of submissions"):
        classroom(folder)


def test_nobody(tmp_path: Path) -> None:
    """A folder with nothing that anybody could have handed in is an error."""
    write(tmp_path / "in", "grades.csv", *TESTS, content=b"")
    with pytest.raises(AutograderError, match="no submissions in"):
        classroom(tmp_path / "in")


def test_a_student_named_like_a_helper(tmp_path: Path) -> None:
    """Scripts of people are graded; a module that others import is none, and goes with those who import it."""
    folder = write(tmp_path / "in", "jana.py", "olaf.py", content=f"from tools import x\n{GOOD}".encode())
    write(folder, "tools.py", content=HELPER)
    write(folder, "zoe.pdf", content=PDF)
    found = classroom(folder)
    assert names(found) == ["jana", "olaf", "zoe"]
    assert {one.label: sorted(one.files) for one in found.found}["jana.py"] == ["jana.py", "tools.py"]


@pytest.mark.parametrize("as_zip", [False, True])
def test_names_that_are_read_as_the_same_are_two_files(as_zip: bool, tmp_path: Path) -> None:
    """An accent may be one character or two. Neither file takes the other's place."""
    for order in ("é.ipynb", "e\u0301.ipynb"), ("e\u0301.ipynb", "é.ipynb"):
        path = tmp_path / ("zip" if as_zip else "folder") / str(len(order[0]))
        path.mkdir(parents=True)
        if as_zip:
            path = path / "class.zip"
            path.write_bytes(zipped({name: NB for name in order}))
        else:
            for name in order:
                (path / name).write_bytes(NB)
        assert opened_download(path).names == ["é (2).ipynb", "é.ipynb"]
