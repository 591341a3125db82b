"""Whom the downloads of course systems hold: one row a person, whether folder or zip. Nothing is graded here."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from autograder.batch.attempts import Choice
from autograder.batch.found import Found
from autograder.batch.patterns import PATTERNS, custom
from autograder.batch.rolls import Layout, Reading
from autograder.batch.submissions import Classroom, find
from autograder.errors import AutograderError, Undecided
from autograder.grading.submission import Wanted
from tests.support.downloads import ASSIGNMENT, DOWNLOADS, HELPER, HW, NB, PDF, PLAIN, TESTS, Expected, Sample
from tests.support.samples import GOOD, notebook, zipped

WANTED = Wanted(("init",), ASSIGNMENT)


def classroom(*paths: Path, layout: Layout = "auto", pattern: str = "", attempt: Choice = "latest") -> Classroom:
    """Whom downloads hold."""
    reading = Reading(WANTED, layout, custom(pattern) if pattern else None)
    with find(paths, reading, attempt, {}) as found:
        for one in found.found:
            read_quietly(one)
        return found


def read_quietly(one: Found) -> tuple[str, bytes]:
    """What is graded, or why it cannot be read."""
    try:
        return one.read()
    except AutograderError as error:
        return str(error), b""


def people(found: Classroom) -> list[Expected]:
    """The people of a class, as the samples expect them."""
    return [
        (student.name, student.id, student.email, one.entry.late, one.entry.attempt, one.label)
        for one in found.found
        for student in one.entry.students
    ]


def names(found: Classroom) -> list[str]:
    """The names of the people of a class."""
    return sorted(student.name for one in found.found for student in one.entry.students)


def write(folder: Path, *files: str, content: bytes = NB) -> Path:
    """Write files of the same content."""
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


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


PAGES = {
    "cp437": "Zoë Müller", "cp850": "Ørjan Straße", "cp1252": "Zoë Øster", "utf-8": "Łukasz Žižek",
    "cp852": "Łukasz Dvořák", "mac_roman": "Zoë Ångström",
}  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_names_in_any_code_page(page: str, tmp_path: Path) -> None:
    """Names come out as people write them, in whatever code page a zip has them without saying so."""
    files = {f"{PAGES[page]}_7_assignsubmission_file/{HW}": NB, f"Jana Beispiel_8_assignsubmission_file/{HW}": NB}
    path = Sample(files, []).write_zip(tmp_path / "m.zip", page)
    assert names(classroom(path)) == sorted([PAGES[page], "Jana Beispiel"])


@pytest.mark.parametrize("written", ["Zoe\u0308 Probe", "Zo├½ Probe", "ZoÃ« Probe", "Zo#U00eb Probe"])
def test_names_that_were_mangled(written: str, tmp_path: Path) -> None:
    """Names in normal form D, and those that another program has spoilt, are put right."""
    folder = write(tmp_path / "in", f"{written}_7_assignsubmission_file/{HW}", f"Jana_8_assignsubmission_file/{HW}")
    assert names(classroom(folder)) == ["Jana", "Zoë Probe"]


def test_odd_bytes_on_disk(tmp_path: Path) -> None:
    """A folder that was unpacked with the wrong code page has names all the same."""
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
    with pytest.raises(Undecided, match="several downloads of classes: canvas, moodle"):
        classroom(tmp_path / "in")


def test_folders_of_whole_scripts(tmp_path: Path) -> None:
    """Folders that hold several whole submissions each are no students; each file may be one."""
    for folder in ("good", "bad"):
        for name in ("jana", "olaf", "zoe"):
            write(tmp_path / "in", f"{folder}/{name}.py", content=GOOD.encode())
    with pytest.raises(Undecided, match="several downloads of classes: bad, good"):
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
    for wrong, told in (("(", "no regular expression"), (r"(?P<who>.+)", "who"), (r"(?P<late>L)", "names nobody")):
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


def test_nobody(tmp_path: Path) -> None:
    """A folder with nothing that anybody could have handed in is an error."""
    write(tmp_path / "in", "grades.csv", *TESTS, content=b"")
    with pytest.raises(AutograderError, match="no submissions in"):
        classroom(tmp_path / "in")


def test_every_pattern_has_a_source() -> None:
    """Each entry of the table names where it is documented, and each system of the table is tried here."""
    assert all(len(pattern.source) > 20 for pattern in PATTERNS)
    tried = " ".join(DOWNLOADS).casefold()
    assert [pattern.system for pattern in PATTERNS if pattern.system.casefold() not in tried] == []


def test_a_student_named_like_a_helper(tmp_path: Path) -> None:
    """Scripts of people are graded; a module that others import is none, and goes with those who import it."""
    folder = write(tmp_path / "in", "jana.py", "olaf.py", content=f"from tools import x\n{GOOD}".encode())
    write(folder, "tools.py", content=HELPER)
    write(folder, "zoe.pdf", content=PDF)
    found = classroom(folder)
    assert names(found) == ["jana", "olaf", "zoe"]
    assert {one.label: sorted(one.files) for one in found.found}["jana.py"] == ["jana.py", "tools.py"]
