"""The written work of one submission: its cells, the pictures and scans beside them, and what is empty."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..errors import SubmissionError
from ..grading.handout import Handout
from ..grading.notebooks import try_notebook
from ..grading.pictures import MarkedPicture
from ..grading.submission import Wanted, is_script, parse_submission
from ..grading.unpacking import Files, is_zip, opened, unzip
from .answers import Answers, find_answers, is_empty
from .notebook import NotebookCell, read_cells, script_cells
from .preparing import is_picture


@dataclass
class WrittenWork:
    """What a student handed in, as far as a person grades it."""

    answers: Answers = field(default_factory=Answers)
    cells: Sequence[NotebookCell] = ()
    """All cells of the notebook."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """The other files, by path."""
    folder: str = ""
    """Where among them the notebook is."""
    problem: str = ""
    """Why there is no notebook, for the reader of the page."""
    digest: str = ""
    """Of what is run when it is graded; empty if it is not."""
    drawn: Mapping[str, MarkedPicture] = field(default_factory=dict)
    """What it drew when it was graded, by question."""

    def is_empty(self, question: str, titles: Mapping[str, str]) -> bool:
        """Whether there is nothing to grade for a question: nothing typed, and no file that could be an answer."""
        theirs = [name for name in self.files if is_picture(name) and question_of(name, titles) in {question, ""}]
        return is_empty(self.answers.of.get(question, [])) and not theirs


def written_work(name: str, content: bytes, wanted: Wanted, handout: Handout) -> WrittenWork:
    """Read the written work of a submission. Whatever it is, something comes of it.

    Args:
        name: its file name.
        content: of the file.
        wanted: what a submission should be, to choose among several notebooks.
        handout: what the notebook was made from.
    """
    files, problem, chosen, digest = {name: content}, "", "", ""
    try:
        files = _files(name, content)
        submission = parse_submission(name, content, wanted)
        chosen, digest = submission.name, submission.digest
    except SubmissionError as error:
        problem = str(error)
    cells = _cells(chosen, files.get(chosen, b"")) if chosen else []
    others = {other: inside for other, inside in files.items() if other != chosen}
    answers = find_answers(cells, handout)
    return WrittenWork(answers, cells, others, chosen.rpartition("/")[0], problem, digest)


def question_of(name: str, titles: Mapping[str, str]) -> str:
    """The question that a file is for, if its name has that of the question, or its heading's: ``Exercise 1 a.png``."""
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
    files = unzip(name, content)
    try:
        inner = opened(files)
    except SubmissionError:
        inner = Files(name)
    return inner.visible | files.visible | files.hidden


def _cells(name: str, content: bytes) -> list[NotebookCell]:
    if try_notebook(content) is not None:
        return read_cells(name, content)
    if is_script(name):
        return script_cells(content.decode("utf-8-sig", "replace"))
    return []
