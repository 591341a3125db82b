"""The drawing on a student's pages: as it was graded where that is known, else the one that the notebook stores."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from autograder.batch.store import Store
from autograder.grading.handout import Handout
from autograder.grading.people import Student
from autograder.grading.pictures import Audience, MarkedPicture
from autograder.grading.results import RunFacts
from autograder.written.answers import Answers
from autograder.written.collecting import WrittenWork
from autograder.written.drawings import DrawnThen, GradedDrawings
from autograder.written.layout import lay_out
from autograder.written.notebook import NotebookCell, StoredOutput
from autograder.written.typesetter import Typesetter
from tests.batch.hands import record
from tests.written.samples import picture


def graded(folder: Path, audience: Audience) -> DrawnThen:
    """What a folder says of a submission whose record has a picture."""
    shown = MarkedPicture(question="q5", png=picture(), width=60, height=40, words="a ring", audience=audience)
    one = record("one.ipynb", Student("Ada"), passed=())
    ours = replace(one.ours, pictures=[shown], run=RunFacts(digest="abc"))
    Store(folder).write(replace(one, extra_data=replace(one.extra_data, autograder=ours)))
    return GradedDrawings(folder).of("one.ipynb")


@pytest.mark.parametrize(("audience", "count"), [("everybody", 1), ("after results", 0), ("staff", 0)])
def test_what_staff_see_is_not_taken(audience: Audience, count: int, tmp_path: Path) -> None:
    """Students get these pages back, so only a picture for everybody is shown."""
    drawn = graded(tmp_path, audience)
    assert drawn.digest == "abc"
    assert len(drawn.pictures) == count


def test_the_key_changes_with_the_picture(tmp_path: Path) -> None:
    """A PDF is made again once its submission is graded; one that was never graded is not."""
    assert GradedDrawings(tmp_path).of("one.ipynb").key == DrawnThen().key
    assert graded(tmp_path, "everybody").key != DrawnThen().key


@pytest.mark.parametrize("known", [True, False])
def test_the_graded_drawing_comes_first(known: bool, tmp_path: Path, typesetter: Typesetter) -> None:
    """The heading says which of both it is."""
    cell = NotebookCell(1, "code", "graph()", outputs=[StoredOutput(picture=picture("JPEG"))])
    work = WrittenWork(cells=[cell], drawn=graded(tmp_path, "everybody").pictures if known else {})
    pages = lay_out(typesetter, work, Handout(), {}, {"graph": "q5"})
    assert [section.title.split("  ")[-1] for section in pages.others] == [
        "drawing, as it was graded" if known else "drawing, as stored in the notebook; nothing was run to draw it"
    ]


def test_files_and_text_outside_have_their_places(typesetter: Typesetter) -> None:
    """A scan stands with the question that its name tells, or with each; other text and what is wrong, at the end."""
    answers = Answers({"q1": [], "q2": []}, [NotebookCell(1, "markdown", "outside")])
    files = {"q1.png": picture(), "scan.png": picture("JPEG"), "notes.txt": b"no picture"}
    work = WrittenWork(answers, files=files, problem="It is damaged.")
    pages = lay_out(typesetter, work, Handout(), {"q1": "One", "q2": "Two"}, {})
    named = {name: [piece.source for piece in section.pieces] for name, section in pages.questions.items()}
    note = "Handed in as a file whose name does not say which question it answers:"
    shared = [note, "The file scan.png:", "scan.png"]
    assert named == {"q1": ["The file q1.png:", "q1.png", *shared], "q2": shared}
    assert [section.title for section in pages.others] == [
        "Text that was added outside the written questions", "About this submission",
    ]  # fmt: skip
    assert pages.empty == []
