"""What ``grader.check`` shows in a notebook."""

import re
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from nbclient import NotebookClient
from otter.test_files import GradingResults
from otter.test_files.exception_test import ExceptionTestFile

from autograder.checking.in_notebook import ResultsInWords, show_in_words
from autograder.zips.handout import notebook_name
from autograder.zips.sources import Sources

_CASES = """
from otter.test_files import test_case
name = "q1"

class Mistake(AssertionError):
    pass

@test_case(name="q1 first")
def test_first(f):
    pass

@test_case(name="q1 second")
def test_second(f):
    raise Mistake("The result is 1 < 2, but 3 was expected. " * 3 + "It is 'odd'. Line:\\n      return x")

@test_case(name="q1 third")
def test_third(f):
    f["secret of the test file"]

@test_case(name="q1 fourth")
def test_fourth(f):
    f["another secret"]
"""


def _ran(source: str) -> ExceptionTestFile:
    file = ExceptionTestFile.from_string(source, "q1.py")
    file.run({"f": {}})
    return file


def test_failed_cases_come_first_with_their_words_only() -> None:
    """The words are wrapped, code in them is not; an error without words shows its type; equal words are shown once."""
    sentence = "The result is 1 < 2, but 3 was expected."
    assert ResultsInWords([_ran(_CASES)]).text() == (
        f"❌ q1 second\n    {sentence} The result is 1 < 2, but 3 was\n"
        "    expected. The result is 1 < 2, but 3 was expected. It is 'odd'. Line:\n"
        "          return x\n\n"
        "❌ q1 third, q1 fourth\n"
        "    Your answer could not be checked: reading it raised KeyError. Check its\n"
        "    type against the handout.\n\n"
        "✅ passed: q1 first"
    )


def test_html_holds_the_same_words() -> None:
    """Signs that mean something in HTML are shown as they are."""
    shown = ResultsInWords([_ran(_CASES)]).html()
    assert "1 &lt; 2" in shown
    assert "secret" not in re.sub("<.*?>", "", shown)
    assert "Error at line" not in shown


def test_passed_cases_take_one_line() -> None:
    """A question whose cases all passed takes one line, and so does each question of several."""
    one, both = (
        "name = 'q2'\nfrom otter.test_files import test_case\n"
        + "\n".join(f"@test_case(name='q2 {n}')\ndef case_{n}(f):\n    pass" for n in names)
        for names in ("a", "ab")
    )
    assert ResultsInWords([_ran(one)]).text() == "✅ q2: passed"
    assert ResultsInWords([_ran(both)]).text() == "✅ q2: both public test cases passed"
    assert ResultsInWords([_ran(both), _ran(both)]).text().count("\n") == 2


def test_nothing_happens_outside_a_notebook() -> None:
    """Where no IPython runs, a test file that is loaded changes nothing."""
    show_in_words()
    assert "Error at line" in repr(GradingResults([_ran(_CASES)]))


@pytest.mark.slow
def test_checks_in_a_notebook(sources: Sources, tmp_path: Path) -> None:
    """In a real notebook, checks of wrong answers show words of at most 80 columns, and nothing of the test files."""
    for name, content in sources.student_files().items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    notebook = nbformat.read(tmp_path / notebook_name(sources.settings), as_version=4)
    bodies = {name: one.whole for name, one in sources.reference.items()}
    bodies["init"] = bodies["init"].replace("model.W = ", "model.W = 3 * ")
    for cell in notebook.cells:
        if cell.cell_type == "code" and (match := re.match(r"def (init|forward)\(", cell.source)):
            cell.source = bodies[match[1]]
    notebook.cells = [cell for cell in notebook.cells if "grader.export" not in cell.source]
    NotebookClient(notebook, allow_errors=True, resources={"metadata": {"path": str(tmp_path)}}).execute()
    shown = {cell.source: cell.outputs for cell in notebook.cells if cell.source.startswith("grader.check")}
    every = [output for outputs in shown.values() for output in outputs]
    assert [output.output_type for output in every] == ["execute_result"] * 4
    for output in every:
        assert "Error at line" not in str(output)
        assert not re.search(r"\bcheck_\w+\(|raise (?!NotImplementedError)", str(output))
        assert max(map(len, output.data["text/plain"].splitlines())) <= 79
    text = shown['grader.check("q3")'][0].data["text/plain"]
    assert text.startswith("❌ q3 range\n    model.W has entries outside")
    assert text.endswith("✅ passed: q3 shapes")
    assert shown['grader.check("q4")'][0].data["text/plain"] == "✅ q4: all 3 public test cases passed"
    assert shown['grader.check("q5")'][0].data["text/plain"].count("❌") == 1  # the same words for six cases


def test_a_message_of_another_form_is_shown_as_it_is() -> None:
    """If Otter words its messages in another way, students still read all of them."""
    one = SimpleNamespace(passed=False, message="It failed.", test_case=SimpleNamespace(name="q1 first"))
    words = ResultsInWords([SimpleNamespace(name="q1", test_case_results=[one])])
    assert words.text() == "❌ q1 first\n    It failed."
