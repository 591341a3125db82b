"""The written work of one submission: its cells, the pictures and scans beside them, and what is empty."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import SubmissionError
from ..grading.handout import Handout
from ..grading.notebooks import try_notebook
from ..grading.pictures import MarkedPicture
from ..grading.submission import Wanted, parse_submission, read_submission
from ..grading.unpacking import Files, is_zip, opened, read_folder, unzip
from .answers import Answers, find_answers, is_empty
from .notebook import NotebookCell, read_cells, script_cells
from .preparing import is_picture


@dataclass
class WrittenWork:
    """The part of a submission that a person grades."""

    answers: Answers = field(default_factory=Answers)
    cells: Sequence[NotebookCell] = ()
    """All cells of the notebook."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """The other files, by path."""
    folder: str = ""
    """The folder of the notebook among them."""
    problem: str = ""
    """Why there is no notebook, for the reader of the page."""
    digest: str = ""
    """The digest of what is run when it is graded; empty if it is not graded."""
    drawn: Mapping[str, MarkedPicture] = field(default_factory=dict)
    """What it drew when it was graded, by question."""

    def is_empty(self, question: str, titles: Mapping[str, str]) -> bool:
        """Whether there is nothing to grade for a question: nothing typed, and no file that could be an answer."""
        theirs = [name for name in self.files if is_picture(name) and question_of(name, titles) in {question, ""}]
        return is_empty(self.answers.of.get(question, [])) and not theirs


def written_work(name: str, content: bytes, wanted: Wanted, handout: Handout) -> WrittenWork:
    """Read the written work of a submission. This works for any file, even a damaged one.

    Args:
        name: the name of the submitted file.
        content: the content of the file.
        wanted: what a submission should be, to choose among several notebooks.
        handout: the handout that the notebook was made from.
    """
    files, problem, chosen, digest = {name: content}, "", "", ""
    try:
        files = _files(name, content)
        submission = parse_submission(name, content, wanted)
        chosen, digest = submission.name, submission.digest
    except SubmissionError as error:
        problem = str(error)
    return _work(files, chosen, problem, handout, digest)


def work_in_folder(folder: Path, wanted: Wanted, handout: Handout) -> WrittenWork:
    """Read the written work from a folder, as a container does; see ``written_work``."""
    try:
        found = read_folder(folder)
    except SubmissionError as error:
        return WrittenWork(problem=str(error))
    stems = {name.rpartition(".")[0] for name in found.visible if not name.endswith(".pdf")}
    for stem in stems:
        if not found.visible.get(f"{stem}.pdf", b"-"):  # ``otter grade --pdfs`` put it there, for our PDF
            del found.visible[f"{stem}.pdf"]
    if len(found.visible) == 1 and not found.hidden:
        return written_work(*next(iter(found.visible.items())), wanted, handout)
    problem, chosen, digest = "", "", ""
    try:
        submission = read_submission(folder, wanted)
        chosen, digest = submission.name, submission.digest
    except SubmissionError as error:
        problem = str(error)
    return _work(_with_inner(found), chosen, problem, handout, digest)


def _work(files: Mapping[str, bytes], chosen: str, problem: str, handout: Handout, digest: str) -> WrittenWork:
    cells = _cells(chosen, files.get(chosen, b"")) if chosen else []
    others = {other: inside for other, inside in files.items() if other != chosen}
    answers = find_answers(cells, handout)
    return WrittenWork(answers, cells, others, chosen.rpartition("/")[0], problem, digest)


def question_of(name: str, titles: Mapping[str, str]) -> str:
    """The question that a file answers, if the file name contains its name or its heading: ``Exercise 1 a.png``."""
    plain = re.sub(r"[^a-z0-9]+", " ", re.sub(r"\.\w+$", "", name.lower()))
    plain = re.sub(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])", " ", plain)
    found = []
    for question, title in titles.items():
        label = re.sub(r"[^a-z0-9]+", " ", re.split(r"[:.\u2013\u2014]", title.lower())[0]).strip()
        number = re.search(r"\d+$", label)
        short = [label, re.sub(r"(?<=[a-z])(?=\d)", " ", question.lower())]
        short += [f"{word} {number[0]}" for word in ("ex", "exercise", "aufgabe", "question")] if number else []
        if any(re.search(rf"\b{re.escape(one)}\b", plain) for one in short if one):
            found.append(question)
    return found[0] if len(found) == 1 else ""


def _files(name: str, content: bytes) -> dict[str, bytes]:
    if not is_zip(name, content) or try_notebook(content) is not None:
        return {name: content}
    return _with_inner(unzip(name, content))


def _with_inner(files: Files) -> dict[str, bytes]:
    """All files, including those in zips among them."""
    try:
        inner = opened(files)
    except SubmissionError:
        inner = Files(files.source)
    return inner.visible | files.visible | files.hidden


def _cells(name: str, content: bytes) -> list[NotebookCell]:
    if try_notebook(content) is not None:
        return read_cells(name, content)
    return script_cells(content.decode("utf-8-sig", "replace"))
