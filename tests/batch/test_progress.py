"""What ``autograder grade`` prints: a bar on a terminal, plain lines elsewhere, only failures with --quiet."""

import os
import pty
import re
import subprocess

import pytest

from autograder.batch.progress import kind_of
from autograder.grading.results import CaseResult, Extra, OurPart, Outcome, Record
from tests.batch.folders import Place, place

__all__ = ["place"]

pytestmark = pytest.mark.slow


def test_plain_lines(place: Place) -> None:
    """If the output is not a terminal, plain lines say how far it is, how fast it is, and with which results."""
    place.write_many(4)
    done = place.grade()
    assert done.stderr == ""
    assert "\x1b" not in done.stdout
    *_, last, people, end = done.stdout.splitlines()
    assert re.fullmatch(r"4 of 4 graded, \d+\.\d/s, 0 s left: 2 with full marks, 2 with mistakes", last)
    assert people == "4 people: 4 graded"
    assert end == f"results: 4 new, 0 kept from before; see {place.output / 'final_grades.csv'}"
    first, _, end = place.grade().stdout.splitlines()
    assert first == "4 of 4 were graded before and have not changed"
    assert end.startswith("results: 0 new, 4 kept")


def test_bar_on_a_terminal(place: Place) -> None:
    """On a terminal a bar shows how many are done."""
    place.write_many(3)
    ours, theirs = pty.openpty()
    how = place.options()
    how["env"] |= {"TERM": "xterm-256color"}
    process = subprocess.Popen(place.command(), stdin=theirs, stdout=theirs, stderr=theirs, **how)
    os.close(theirs)
    printed = read_all(ours)
    assert process.wait() == 0
    assert "3/3" in printed
    assert "2 with full marks" in printed
    assert "\x1b" in printed


def read_all(terminal: int) -> str:
    """What is printed to a terminal before its other end is closed."""
    printed = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:
            part = b""
        if not part:
            os.close(terminal)
            return printed.decode()
        printed += part


def test_quiet(place: Place) -> None:
    """With --quiet only failures are printed."""
    place.write_many(2)
    done = place.grade("--quiet")
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
    place.write("killer.ipynb", cell="def init(): return 'always'")
    (place.flags / "always").touch()
    done = place.grade("--quiet")
    assert (done.stdout, done.returncode) == ("", 1)
    assert done.stderr.startswith("not graded, our fault: killer.ipynb: ")


@pytest.mark.parametrize(
    ("status", "outcomes", "told"),
    [
        ("Completed", ["passed"], "with full marks"),
        ("Completed", ["passed", "failed"], "with mistakes"),
        ("Completed", ["passed", "timed out"], "timed out"),
        ("Completed", ["not run", "not run"], "not run"),
        ("not graded, our fault: full", [], "not graded"),
    ],
)
def test_kinds(status: str, outcomes: list[Outcome], told: str) -> None:
    """The result of a submission is given in a word or two."""
    cases = [
        CaseResult(question="q", name=str(number), points=1, outcome=outcome) for number, outcome in enumerate(outcomes)
    ]
    assert kind_of(Record(tests=[], extra_data=Extra(OurPart(file="a.ipynb", status=status, cases=cases)))) == told


def test_help_names_the_options() -> None:
    """The help text lists every option."""
    from click.testing import CliRunner

    from autograder.cli import cli

    text = CliRunner().invoke(cli, ["grade", "--help"]).output
    assert all(option in text for option in ("-a", "-o", "-j", "--force", "--quiet", "--cluster", "--unconfined"))
