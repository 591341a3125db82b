"""People in downloads that are odd, damaged or half empty. Nothing is graded here."""

from pathlib import Path

import pytest

from autograder.batch.metadata import read_metadata
from autograder.batch.rolls import Reading
from autograder.batch.submissions import find
from autograder.grading.overrides import Override, apply
from autograder.grading.people import Entry, Student
from tests.support.classroom import WANTED, classroom, names, write
from tests.support.packing import HELPER, HW, NB, PDF, Sample
from tests.support.samples import zipped


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        (":submitters:\n  - :name: Jana", [Student("Jana")]),
        ("nothing", []),
        (":submitters:\n  - Jana\n  - :name: Olaf", [Student("Olaf")]),
        (":submitters:\n  - :name: ~\n    :sid:", []),
        (":submitters: nobody", []),
    ],
    ids=["usual", "a text", "a person as text", "a person without anything", "no list"],
)
def test_entries_of_unknown_forms(entry: str, found: list[Student]) -> None:
    """An entry of the metadata in another form names nobody, or only those whom it names; the others are read."""
    text = f"---\nsubmission_1:\n  {entry}\nsubmission_2:\n  :submitters:\n  - :name: Zoe\n"
    handed = read_metadata(text.encode(), "submission_metadata.yml")
    assert [handed[f"submission_{number}"].students for number in (1, 2)] == [found, [Student("Zoe")]]


METADATA = b"""---
submission_1:
  :submitters:
  - :name: Jana
alone.ipynb:
  :submitters:
  - :name: Olaf
"""


def test_an_export_with_other_things(tmp_path: Path) -> None:
    """A single file that the metadata names is a submission; other files and empty folders of staff are not."""
    folder = write(tmp_path / "in", f"submission_1/{HW}", "alone.ipynb")
    write(folder, "submission_metadata.yml", content=METADATA)
    write(folder, "grades.txt", content=b"of staff")
    (folder / "notes").mkdir()
    found = classroom(folder)
    assert names(found) == ["Jana", "Olaf"]
    assert {one.label: one.read()[1] for one in found.found}["alone.ipynb"] == NB
    assert [(skipped.file, "Gradescope" in skipped.reason) for skipped in found.skipped] == [("grades.txt", True)]


def test_empty_folders_in_a_download_of_moodle(tmp_path: Path) -> None:
    """An empty folder is a person who handed in nothing, unless the person is known or the name is another kind's."""
    start = "_assignsubmission_"
    folder = write(tmp_path / "in", f"Jana_7{start}file_/{HW}", f"Olaf_8{start}file_/{HW}")
    for name in (f"Jana_7{start}onlinetext_", f"Zoe_9{start}file_", "notes"):
        (folder / name).mkdir()
    assert names(classroom(folder)) == ["Jana", "Olaf", "Zoe"]


@pytest.mark.parametrize(
    ("text", "found"),
    [(b"Name: Jana Beispiel (jbeispiel)\n", "Jana Beispiel"), (b"lost", "jana"), (None, "jana")],
    ids=["usual", "without a name", "locked"],
)
def test_notes_of_blackboard(text: bytes | None, found: str, tmp_path: Path) -> None:
    """Blackboard's note names a person; if it does not, or cannot be read, the login does."""
    parts = [f"Sheet_{who}_attempt_2026-11-20-11-58-30" for who in ("jana", "olaf")]
    files = {f"{part}_hw.ipynb": NB for part in parts} | {f"{parts[0]}.txt": text or b"Name: J (j)"}
    path = Sample(files, []).write_zip(tmp_path / "in.zip")
    if text is None:
        content = path.read_bytes()
        place = content.rindex(b"PK\1\2") + 8
        path.write_bytes(content[:place] + b"\1" + content[place + 1 :])
    assert names(classroom(path)) == sorted([found, "olaf"])


def test_several_documents_of_one_person(tmp_path: Path) -> None:
    """Without a notebook, several files of a person in a download of Canvas are one submission, named by all."""
    files = {"jana_1_11_page one.pdf": PDF, "jana_1_12_page two.pdf": PDF, f"olaf_2_13_{HW}": NB}
    found = classroom(Sample(files, []).write_zip(tmp_path / "in.zip")).found
    assert [one.entry.students[0].name for one in found] == ["jana", "olaf"]
    assert sorted(found[0].files) == ["page one.pdf", "page two.pdf"]
    assert found[0].label == "jana_1_1"


def test_a_folder_beside_zips(tmp_path: Path) -> None:
    """Where a folder and zips are named together, each zip that is no class is a person's work."""
    folder = write(tmp_path / "in", "jana/hw.ipynb", "olaf/hw.ipynb")
    for name, files in (("zoe", [HW]), ("canvas", [f"ana_1_11_{HW}", f"bea_2_12_{HW}"])):
        (tmp_path / f"{name}.zip").write_bytes(zipped(dict.fromkeys(files, NB)))
    assert names(classroom(folder, tmp_path / "zoe.zip")) == ["jana", "olaf", "zoe"]
    assert names(classroom(folder, tmp_path / "canvas.zip")) == ["ana", "bea", "jana", "olaf"]


def test_the_zip_of_one_person_in_a_folder(tmp_path: Path) -> None:
    """A folder with nothing but the zip of one person's work is that person's."""
    folder = write(tmp_path / "in", "jana.zip", content=zipped({HW: NB}))
    (one,) = classroom(folder).found
    assert (one.label, one.read()) == ("jana.zip", ("jana.zip", zipped({HW: NB})))


def test_a_name_that_somebody_else_had(tmp_path: Path) -> None:
    """A submission never gets the name under which the record of somebody else is kept."""
    folder = write(tmp_path / "in", "jana.ipynb", "olaf.ipynb")
    known = {"jana.ipynb": ("/elsewhere/jana.ipynb", Entry(students=[Student("Jana", "007")]))}
    with find([folder], Reading(WANTED), "latest", known) as found:
        assert [one.label for one in found.found] == ["jana.ipynb-2", "olaf.ipynb"]


def test_a_script_beside_the_notebook(tmp_path: Path) -> None:
    """A notebook of the assignment's name with a script beside it is one person's, whatever the script is called."""
    folder = write(write(tmp_path / "jana", HW), "tricks.py", content=HELPER)
    (one,) = classroom(folder).found
    assert (one.entry.names, sorted(one.files)) == ("jana", [HW, "tricks.py"])


def test_a_damaged_notebook_among_whole_ones(tmp_path: Path) -> None:
    """A file of a class that cannot be read hides nobody: it is its student's, and the others are found."""
    path = tmp_path / "in.zip"
    path.write_bytes(zipped({"jana.ipynb": NB, "olaf.ipynb": NB, "zoe.ipynb": NB}))
    content = path.read_bytes()
    place = content.rindex(b"PK\1\2") + 8
    path.write_bytes(content[:place] + b"\1" + content[place + 1 :])
    assert names(classroom(path)) == ["jana", "olaf", "zoe"]


def test_a_name_that_is_a_number_without_its_zeros() -> None:
    """Where files are named by an id, a spreadsheet drops the zeros at its start from the person in overrides.csv."""
    entries = [(f"{name}.ipynb", Entry(students=[Student(name)])) for name in ("00123", "0045", "45", "006", "06")]
    rows = [Override(line, person, "q3", "1") for line, person in enumerate(("123", "45", "6"), 2)]
    found = apply(rows, entries, [], {"q3": {"range": 2.0}})
    assert list(found.of_file) == ["00123.ipynb", "45.ipynb"]
    assert found.problems == ["overrides.csv, line 4: '6' may be one of 2 people: write the id or the email"]
