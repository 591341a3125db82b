"""Cells with magics, hooks, odd errors and the stand-in for Otter: what a notebook would do, and nothing worse."""

from collections.abc import Mapping

import pytest

from autograder.sandbox.session import Session
from autograder.sandbox.submission import Submission
from autograder.wire.failures import CodeLine, Failure
from autograder.wire.schema import Cell
from tests.support.samples import FUNCTIONS, settings, shared_sandbox


def run(*sources: str, files: Mapping[str, bytes] | None = None) -> list[Cell]:
    """The records of the cells that were run."""
    submission = Submission("homework.ipynb", list(sources), dict(files or {}))
    with Session(shared_sandbox(), submission, FUNCTIONS, settings()) as session:
        assert session.run_cells(), session.problem
        return [session.cells[number] for number in sorted(session.cells)]


def failure_of(source: str, files: Mapping[str, bytes] | None = None) -> Failure:
    """The only failure of a cell."""
    [cell] = run(source, files=files)
    [failure] = cell.failures
    return failure


def test_the_body_of_an_unknown_magic_is_run() -> None:
    """Most of them, from extensions that are not here, measure or decorate Python."""
    [cell] = run("%%nonsense of some extension\nprint('reached')")
    assert (cell.output, cell.failures) == ("reached\n", [])


def test_exit_in_a_measured_cell_ends_the_run() -> None:
    """A magic that measures its cell changes nothing about that."""
    cells = run("%%time\nprint('one')\nexit()\nprint('two')", "print('three')")
    assert [(cell.output, cell.ended) for cell in cells] == [("one\n", True)]


def test_exit_in_a_hook_ends_the_run() -> None:
    """A cell whose hook ends the run after it has printed what it printed, and is no failure."""
    hook = "get_ipython().events.register('post_run_cell', lambda result: exit())\nprint('one')"
    cells = run(hook, "print('two')")
    assert [(cell.output, cell.ended, cell.failures) for cell in cells] == [("one\n", True, [])]


def test_a_shell_that_cannot_run_fails_cell_by_cell() -> None:
    """If a submission breaks the shell itself, each later cell fails with that error."""
    breaks = "def broken(*_, **__): raise ValueError('broken')\nget_ipython().run_cell = broken"
    first, *later = run(breaks, "print(1)", "print(2)")
    assert first.failures == []
    assert [[failure.text for failure in cell.failures] for cell in later] == [["broken"], ["broken"]]


def test_too_little_memory_ends_a_cell_even_inside_a_block() -> None:
    """No other statement of that cell is run. The next cell is."""
    first, second = run("if True:\n    bytearray(2**42)\n    print('inside')\nprint('below')", "print('next')")
    assert (first.output, [failure.kind for failure in first.failures]) == ("", ["MemoryError"])
    assert (second.output, second.failures) == ("next\n", [])


def test_a_deep_expression_is_run_and_guarded() -> None:
    """A sum of 930 terms, which IPython can run, does not stop its cell, in a block or outside. Later blocks count."""
    deep = " + ".join(["1"] * 930)
    [cell] = run(f"n = {deep}\nif True:\n    print({deep})\nif n:\n    undefined\n    print('below')")
    assert (cell.output, [failure.kind for failure in cell.failures]) == ("930\nbelow\n", ["NameError"])


def test_an_import_whose_error_is_caught_is_no_failure() -> None:
    """A handler for everything catches it, as in a notebook."""
    [cell] = run("try:\n    import nothing_of_that_name\nexcept:\n    print('caught')")
    assert (cell.output, cell.failures) == ("caught\n", [])


def test_an_error_that_cannot_be_described() -> None:
    """An exception type of the student's own may fail at anything that it is asked. Its name remains."""
    failure = failure_of("class Odd(SyntaxError):\n    lineno = property(lambda self: 1 / 0)\nraise Odd")
    assert failure == Failure(kind="Odd")


@pytest.mark.parametrize(
    ("source", "kind", "text", "line"),
    [
        ("x = 1\ny = [2,", "SyntaxError", "'[' was never closed", 2),
        ("if True:\n", "IndentationError", "expected an indented block after 'if' statement on line 1", 1),
        ("text = '''abc\n", "SyntaxError", "unterminated triple-quoted string literal", 1),
    ],
)
def test_a_cell_that_ends_too_early(source: str, kind: str, text: str, line: int) -> None:
    """It is told what is not closed, and where, rather than that the input is incomplete."""
    failure = failure_of(source)
    assert (failure.kind, failure.text.partition(" (")[0], failure.trace[0].line) == (kind, text, line)


def test_an_error_without_a_text() -> None:
    """An exception whose text cannot be had is told by its type and line."""
    failure = failure_of("class Mute(Exception):\n    def __str__(self): raise SystemExit\nraise Mute")
    assert (failure.kind, failure.text, [step.line for step in failure.trace]) == ("Mute", "", [3])


def test_an_error_in_a_file_beside_the_notebook() -> None:
    """The steps to it are told with the name of that file."""
    failure = failure_of("import helper\nhelper.half()", {"helper.py": b"def half():\n    return 1 / 0\n"})
    assert failure.trace == [
        CodeLine(cell=1, line=2, text="helper.half()"),
        CodeLine(file="helper.py", line=2, function="half", text="return 1 / 0"),
    ]


def test_copies_of_the_stand_in_for_otter() -> None:
    """The notebook object can be copied and pickled like any other."""
    [cell] = run(
        "import copy, otter, pickle\ngrader = otter.Notebook()\n"
        "print(type(copy.deepcopy(grader)).__name__, type(pickle.loads(pickle.dumps(grader))).__name__)"
    )
    assert (cell.output, cell.failures) == ("Notebook Notebook\n", [])
