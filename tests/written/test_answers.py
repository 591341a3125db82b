"""Answers are found in whatever cells students left them."""

from pathlib import Path

import pytest
from nbformat.v4 import new_notebook

from autograder.grading import unpacking
from autograder.grading.handout import BEGIN, END, Handout, handout_of
from autograder.grading.submission import Wanted
from autograder.written.collecting import WrittenWork, question_of, work_in_folder, written_work
from autograder.zips.handout import known_handout
from autograder.zips.sources import Sources
from tests.support.samples import zipped
from tests.written.samples import (
    answered,
    handout,
    new_code_cell,
    new_markdown_cell,
    new_output,
    pasted,
    picture,
    place,
    written,
)

WANTED = Wanted(("init", "forward", "graph"), "rnn-stable-loss")
TITLES = {"q1": "Exercise 1: A loss that does not overflow", "q2": "Exercise 2: The derivative of the loss"}


@pytest.fixture(scope="module")
def known(sources: Sources) -> Handout:
    return known_handout(sources.notebook(solved=False), sources.written)


def work(content: bytes, known: Handout, name: str = "ada.ipynb") -> WrittenWork:
    return written_work(name, content, WANTED, known)


def typed(found: WrittenWork, question: str) -> list[str]:
    return [cell.source for cell in found.answers.of[question]]


def test_written_questions_are_those_without_tests(sources: Sources, known: Handout) -> None:
    assert sources.written == ["q1", "q2"]
    assert known.titles == TITLES


def test_an_untouched_handout_is_empty(sources: Sources, known: Handout) -> None:
    found = work(written(handout(sources)), known)
    assert [found.is_empty(question, TITLES) for question in TITLES] == [True, True]
    assert found.answers.elsewhere == []


def test_cells_after_the_answer_belong_to_its_question() -> None:
    """A question goes from one mark to the other, whichever of its cells has its tag."""
    kinds = [("markdown", f"<!-- {BEGIN} -->", []), ("markdown", "Why?", ["q1"]), ("code", "x = 1", [])]
    kinds += [("markdown", f"<!-- {END} -->", []), ("code", "x = 2", [])]
    cells = handout_of([(str(number), *cell) for number, cell in enumerate(kinds)], ["q1"]).cells
    assert [(cell.question, cell.answer) for cell in cells] == [
        ("q1", False), ("q1", True), ("q1", False), ("", False), ("", False)
    ]  # fmt: skip


def test_what_the_handout_had_is_left_out(sources: Sources, known: Handout) -> None:
    """The heading of the cell and its placeholder go, wherever the answer was typed."""
    source = handout(sources).cells[place(handout(sources), "q1")].source
    for text in (f"{source}\n\nmine", f"mine\n\n{source}", source.replace("\n\n", "\n\nmine\n\n")):
        assert "".join(typed(work(written(answered(sources, q1=text)), known), "q1")).strip() == "mine"


def test_cells_that_were_added_split_and_moved(sources: Sources, known: Handout) -> None:
    notebook = answered(sources, q1="first half", q2="moved")
    at = place(notebook, "q1")
    notebook.cells.insert(at + 1, new_markdown_cell("second half"))
    notebook.cells.insert(at, new_markdown_cell("in front"))
    notebook.cells.append(notebook.cells.pop(place(notebook, "q2")))
    notebook.cells.insert(1, new_markdown_cell("a note of mine"))
    found = work(written(notebook), known)
    assert typed(found, "q1") == ["in front", "first half", "second half"]
    assert typed(found, "q2") == ["moved"]
    assert [cell.source for cell in found.answers.elsewhere] == ["a note of mine"]


@pytest.mark.parametrize("lost", ["tags", "ids", "both"])
def test_metadata_that_was_lost(sources: Sources, known: Handout, lost: str) -> None:
    """A notebook that another program has saved may have lost tags or ids: the marks are enough."""
    notebook = answered(sources, q1="one", q2="two")
    for number, cell in enumerate(notebook.cells):
        if lost in {"tags", "both"}:
            cell.metadata.pop("tags", None)
        if lost in {"ids", "both"}:
            cell["id"] = f"other{number}"
    found = work(written(notebook), known)
    assert (typed(found, "q1"), typed(found, "q2")) == (["one"], ["two"])


def test_marks_that_were_deleted(sources: Sources, known: Handout) -> None:
    """Without the cells of the handout, a heading of the student's own tells the exercise."""
    cells = [new_markdown_cell("## Exercise 1"), new_markdown_cell("one"), new_markdown_cell("# Exercise 2\n\ntwo")]
    notebook = handout(sources)
    notebook.cells = cells
    found = work(written(notebook), known)
    assert typed(found, "q1") == ["## Exercise 1", "one"]
    assert typed(found, "q2") == ["# Exercise 2\n\ntwo"]


def test_an_answer_in_the_cell_of_the_question(sources: Sources, known: Handout) -> None:
    notebook = handout(sources)
    asked = place(notebook, "q2") - 1
    notebook.cells[asked].source += "\n\nmy derivation"
    assert typed(work(written(notebook), known), "q2") == ["my derivation"]


def test_an_answer_turned_into_code(sources: Sources, known: Handout) -> None:
    notebook = answered(sources, q1="x")
    notebook.cells[place(notebook, "q1")] = new_code_cell("$$x$$", metadata={"tags": ["answer", "q1"]})
    found = work(written(notebook), known)
    assert [(cell.kind, cell.source) for cell in found.answers.of["q1"]] == [("code", "$$x$$")]


def test_code_of_the_handout_is_no_answer(sources: Sources, known: Handout) -> None:
    """The cell that shows the overflow belongs to the question, even with its output; changed, it is the student's."""
    notebook = handout(sources)
    cell = next(cell for cell in notebook.cells if "errstate" in cell.source)
    cell.outputs = [new_output("stream", text="1 2 3")]
    assert work(written(notebook), known).is_empty("q1", TITLES)


def test_pictures_beside_the_notebook(sources: Sources, known: Handout) -> None:
    """A scan in the zip counts for the question that its name tells, else for any."""
    files = {"ada.ipynb": written(handout(sources)), "q2.jpg": picture("JPEG")}
    found = work(zipped(files), known, "ada.zip")
    assert (found.is_empty("q1", TITLES), found.is_empty("q2", TITLES)) == (True, False)
    found = work(zipped(files | {"scan.pdf": picture("PDF")}), known, "ada.zip")
    assert not found.is_empty("q1", TITLES)


def test_a_submission_without_a_notebook(known: Handout) -> None:
    found = work(picture("PDF"), known, "ada.pdf")
    assert not found.is_empty("q1", TITLES)
    assert "no notebook" in found.problem


def test_an_attachment_alone_is_an_answer(sources: Sources, known: Handout) -> None:
    notebook = handout(sources)
    notebook.cells.insert(place(notebook, "q1") + 1, pasted("", "p.png", picture()))
    assert not work(written(notebook), known).is_empty("q1", TITLES)


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("q1.png", "q1"),
        ("Exercise 2 page 1.jpg", "q2"),
        ("exercise_1.pdf", "q1"),
        ("ex1-2.png", "q1"),
        ("IMG_12.jpg", ""),
        ("scans/ex2.png", "q2"),
        ("q1 and q2.pdf", ""),
        ("q10.png", ""),
    ],
)
def test_whose_a_file_is(name: str, question: str) -> None:
    assert question_of(name, TITLES) == question


def test_a_script(known: Handout) -> None:
    """Cells of text in a script are found by their headings and tags."""
    text = '# %% [markdown] tags=["answer", "q1"]\n# mine $x$\n# %%\nx = 1\n'
    assert typed(work(text.encode(), known, "ada.py"), "q1") == ["mine $x$"]


@pytest.mark.parametrize(
    ("files", "chosen", "problem"),
    [
        (("a.ipynb",), "one", ""),
        (("a.ipynb", "scan.png"), "one", ""),
        (("a.ipynb", "a.pdf"), "one", ""),
        (("scan.png", "other.png"), "", "no notebook"),
    ],
)
def test_a_folder(
    sources: Sources, known: Handout, tmp_path: Path, files: tuple[str, ...], chosen: str, problem: str
) -> None:  # fmt: skip
    """In a container the submission is a folder: its notebook is read, whatever else is there."""
    for name in files:
        content = {"a.ipynb": written(answered(sources, q1="one")), "a.pdf": b""}.get(name, picture())
        (tmp_path / name).write_bytes(content)
    found = work_in_folder(tmp_path, WANTED, known)
    assert "".join(typed(found, "q1")) == chosen
    assert problem in found.problem
    assert set(found.files) == {name for name in files if name.endswith(".png")}


def test_a_folder_that_is_too_large(known: Handout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is too large is not read; why, is on the page."""
    (tmp_path / "a.ipynb").write_bytes(b"{}")
    monkeypatch.setattr(unpacking, "TOTAL_LIMIT", 1)
    assert "hand in only your notebook" in work_in_folder(tmp_path, WANTED, known).problem


def test_a_zip_in_a_zip_that_is_damaged(sources: Sources, known: Handout) -> None:
    """The files beside it are still shown."""
    damaged = zipped({"a.txt": b"x" * 100})[:-30]
    found = work(zipped({"inner.zip": damaged, "scan.png": picture()}), known, "ada.zip")
    assert "scan.png" in found.files
    assert found.problem


def test_marks_without_the_cells_of_the_handout(known: Handout) -> None:
    """Marks that a student typed anew begin and end an answer, even where nothing else of the handout is left."""
    cells = ["<!-- BEGIN QUESTION -->\n## Exercise 1", "one", "<!-- END QUESTION -->", "outside"]
    notebook = new_notebook(cells=[new_markdown_cell(text) for text in cells])
    found = work(written(notebook), known)
    assert typed(found, "q1") == cells[:2]
    assert [cell.source for cell in found.answers.elsewhere] == ["outside"]


def test_a_question_that_was_cut_short(sources: Sources, known: Handout) -> None:
    """A question of which a student deleted the end is no answer."""
    notebook = handout(sources)
    asked = notebook.cells[place(notebook, "q2") - 1]
    asked.source = "\n".join(asked.source.splitlines()[:3])
    assert work(written(notebook), known).is_empty("q2", TITLES)


def test_an_output_alone_is_an_answer(sources: Sources, known: Handout) -> None:
    """A cell of the student's that has lost its code, but shows something, is an answer."""
    notebook = handout(sources)
    cell = new_code_cell("", outputs=[new_output("stream", text="1 2 3")])
    notebook.cells.insert(place(notebook, "q1") + 1, cell)
    assert not work(written(notebook), known).is_empty("q1", TITLES)
