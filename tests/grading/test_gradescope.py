"""results.json: what Gradescope documents and nothing else, right points, and no text that is more than text."""

import doctest
import html
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from autograder.checking.marks import Parts
from autograder.grading import markup
from autograder.grading.changes import Change
from autograder.grading.files import to_json
from autograder.grading.grade import grade
from autograder.grading.gradescope import about, gradescope_results, with_staff_part
from autograder.grading.handout import digest_of_cell
from autograder.grading.pictures import MarkedPicture
from autograder.grading.results import CaseResult, Graded, OurPart, Shown
from autograder.grading.results_json import container_results
from autograder.grading.seen import CellRun, PrintedText
from autograder.report.sanitising import sanitised
from tests.support.samples import grade_as_in_a_batch, notebook, settings, shared_sandbox, write_cases

_VISIBILITY = {"enum": ["hidden", "after_due_date", "after_published", "visible"]}
_FORMAT = {"enum": ["text", "html", "simple_format", "md", "ansi"]}

#: Written from https://gradescope-autograders.readthedocs.io/en/latest/specs, "Output format" and what follows it.
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "anyOf": [{"required": ["score"]}, {"required": ["tests"]}],
    "properties": {
        "score": {"type": "number"}, "execution_time": {"type": "number"}, "output": {"type": "string"},
        "output_format": _FORMAT, "test_output_format": _FORMAT, "test_name_format": _FORMAT,
        "visibility": _VISIBILITY, "stdout_visibility": _VISIBILITY, "extra_data": {"type": "object"},
        "leaderboard": {"type": "array"},
        "tests": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "score": {"type": "number"}, "max_score": {"type": "number"},
                    "status": {"enum": ["passed", "failed"]}, "name": {"type": "string"}, "name_format": _FORMAT,
                    "number": {"type": "string"}, "output": {"type": "string"}, "output_format": _FORMAT,
                    "tags": {"type": "array"}, "visibility": _VISIBILITY, "extra_data": {"type": "object"},
                },
            },
        },
    },
}  # fmt: skip

NASTY = (
    '</pre></p><script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:x">[l](http://e.org)</a>&lt;'
)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def case(name: str, points: float = 2, outcome: Any = "failed", hidden: bool = False, **more: Any) -> CaseResult:
    """A test case of the question that its name begins with."""
    message = more.pop("message", "" if outcome == "passed" else "It is wrong.")
    return CaseResult(
        question=name.split()[0], name=name, points=points, outcome=outcome, hidden=hidden, message=message, **more
    )


def picture(question: str, png: bytes = PNG, audience: Any = "everybody", **more: Any) -> MarkedPicture:
    """What a submission drew."""
    return MarkedPicture(question=question, png=png, width=4, height=3, audience=audience, **more)


GRADED = Graded(
    cases=[
        case("p3 first", outcome="passed"), case("p3 second", outcome="passed", hidden=True), case("p4 third"),
        case("p4 fourth", points=1 / 3, outcome="timed out", hidden=True),
    ],
    note="These statements failed:\nCell 1: NameError: x", cells=[CellRun(1, error="NameError: x")],
)  # fmt: skip


def results(graded: Graded = GRADED, **shown: Any) -> dict[str, Any]:
    """What a container writes, as Gradescope reads it; it must be as documented."""
    found = with_staff_part(gradescope_results(graded, Shown(**shown)), graded)
    plain: dict[str, Any] = json.loads(to_json(container_results(found, about(graded, "1.0", "key", 0.5))))
    jsonschema.validate(plain, SCHEMA)
    return plain


def text_of(told: str) -> str:
    """The text of HTML, which must consist of plain elements only."""
    assert sanitised(told) == told
    return html.unescape(re.sub(r"<[^>]+>", "\n", told))


@pytest.mark.parametrize("when", ["hidden", "after_due_date", "after_published"])
def test_a_row_for_each_case(when: str) -> None:
    """Each test case has its row; hidden ones are seen when the setting says, and staff's notes never."""
    found = results(hidden_results=when)
    rows = [(t["number"], t["name"], t["score"], t["status"], t["visibility"]) for t in found["tests"][:-1]]
    assert rows == [
        ("3.1", "p3 first", 2, "passed", "visible"),
        ("3.2", "p3 second", 2, "passed", when),
        ("4.1", "p4 third", 0, "failed", "visible"),
        ("4.2", "p4 fourth", 0, "failed", when),
    ]
    assert {test["output_format"] for test in found["tests"][:-1]} == {"html"}
    staff = found["tests"][-1]
    assert (staff["name"], staff["visibility"], "score" in staff) == ("For staff only", "hidden", False)
    assert "visibility" not in found  # so that what is on top is always visible


def test_the_summary() -> None:
    """It tells the public points, what to look at first, hidden cases and when, failed cells, and a person's part."""
    told = text_of(results(by_person={"p1": 15, "p2": 10})["output"])
    assert "Public test cases: 2 of 4 points" in told
    assert "Look first at the cells that failed (below), then at the test case \np4 third" in told
    assert "There are 2 hidden test cases as well, worth 2.33 points. Their results are shown once" in told
    assert "Graded by a person: p1 (15 points) and p2 (10 points)." in told
    assert "NameError: x" in told
    few = results(msgspec.structs.replace(GRADED, cases=[case("p3 last", 1, hidden=True)]), by_person={"p1": 1})[
        "output"
    ]
    assert (
        "There is 1 hidden test case as well, worth 1 point. Its result is shown once the marks are published." in few
    )
    assert "Graded by a person: p1 (1 point)." in few
    passing = msgspec.structs.replace(GRADED, cases=[case("p3 first", outcome="passed")], note="", cells=[])
    assert text_of(results(passing)["output"]).split() == "Public test cases: 2 of 2 points (1 of 1 passed)".split()


def test_the_summary_says_nothing_of_hidden_results() -> None:
    """It is the same whatever the hidden cases gave."""
    passed = [msgspec.structs.replace(one, outcome="passed") if one.hidden else one for one in GRADED.cases]
    assert results(msgspec.structs.replace(GRADED, cases=passed))["output"] == results()["output"]


@pytest.mark.parametrize(
    ("whole", "scale", "score"),
    [
        ([], {}, None),
        (["p3"], {}, None),
        (["p4"], {}, 4.0),
        ([], {"points_possible": 19.0}, 12.0),
        ([], {"score_threshold": 0.5}, 19 / 3),
        ([], {"score_threshold": 0.9, "points_possible": 100.0}, 0.0),
    ],
)
def test_totals(whole: list[str], scale: dict[str, float], score: float | None) -> None:
    """The total is the sum of the rows, or stands above them where the settings make it another."""
    cases = [case("p4 third", outcome="passed") if one.name == "p4 third" else one for one in GRADED.cases]
    if not whole:
        cases[0] = case("p3 first", outcome="failed")
    graded = msgspec.structs.replace(GRADED, cases=cases, whole=whole)
    found = results(graded, scale=scale)
    assert found.get("score") == (pytest.approx(score) if score is not None else None)
    total = found.get("score", sum(test.get("score", 0) for test in found["tests"]))
    assert scale or total == pytest.approx(graded.total)


def test_rounded_rows_add_up() -> None:
    """Shares of points that are rounded in the rows do not change the total."""
    graded = Graded(cases=[case(f"p1 case {n}", points=1 / 3, outcome="passed") for n in range(9)])
    found = results(graded)
    assert found["score"] == graded.total == 3
    assert sum(test.get("score", 0) for test in found["tests"]) != 3


def test_points_that_a_person_has_changed() -> None:
    """They are in the row and on top."""
    change = Change(question="p4", case="p4 third", points=2, before=0, comment=NASTY, by="Ada")
    ours = OurPart(**msgspec.structs.asdict(GRADED), file="a.ipynb", changes=[change])
    found = results(ours)
    assert [(t["score"], t["status"]) for t in found["tests"] if t["name"] == "p4 third"] == [(2, "passed")]
    assert "p4 third: 2 points instead of 0" in text_of(found["output"])


def test_hostile_text_stays_text() -> None:
    """Messages, output, notes and captions cannot add an element, whatever they hold."""
    parts = [Parts(NASTY, [NASTY], [NASTY], [NASTY])]
    told = case(NASTY, message=f"{NASTY}\n\n        {NASTY}\n", parts=parts, staff=NASTY)
    drawn = picture(told.question, PNG, words=NASTY, numbers={NASTY: 1, f"{NASTY} again": 2})
    graded = Graded(cases=[told], pictures=[drawn], note=NASTY, printed=[PrintedText(NASTY, NASTY)], staff=NASTY)
    found = results(graded)
    for text in (found["output"], found["tests"][0]["output"]):
        assert set(re.findall(r"</?(\w+)", text)) <= {"p", "pre", "strong", "em", "br", "img"}
        assert NASTY in text_of(text)
    assert re.findall(r"<img [^>]*>", found["output"]) == []
    (image,) = re.findall(r"<img [^>]*>", found["tests"][0]["output"])
    assert re.fullmatch(r'<img src="data:image/png;base64,[A-Za-z0-9+/=]+" alt="[^"<>]*">', image)
    assert found["tests"][-1]["output_format"] == "text"


def test_each_picture_is_in_the_row_of_a_case_that_failed() -> None:
    """Marks of hidden test cases are in a hidden row; what only staff may see is in no row."""
    cases = [
        case("p1 a", outcome="passed"), case("p1 b"), case("p1 c"), case("p1 d", hidden=True), case("p2 e"),
    ]  # fmt: skip
    pictures = [picture("p1"), picture("p1", audience="after results"), picture("p2", audience="staff")]
    found = results(Graded(cases=cases, pictures=pictures))["tests"]
    assert [test["name"] for test in found if "<img" in test["output"]] == ["p1 b", "p1 d"]


@pytest.mark.parametrize("png", [b"GIF89a", PNG + bytes(400_000)])
def test_pictures_that_are_left_out(png: bytes) -> None:
    """What is no PNG, or too large, is told in words."""
    failed = case("p1 a")
    graded = Graded(cases=[failed], pictures=[picture(failed.question, png, words="an arrow is missing")])
    told = results(graded)["tests"][0]["output"]
    assert "<img" not in told
    assert "an arrow is missing" in told
    assert len(told) < 1000


def test_the_handouts_own_output_is_left_out(tmp_path: Path) -> None:
    """What an unchanged cell of the handout prints is not shown to the student; with a change of its code, it is."""
    demo = "print('from the')  \nprint('handout')"
    tests = write_cases(tmp_path / "cases", first="init")
    path = tmp_path / "homework.ipynb"
    path.write_bytes(notebook(demo + "\n\n", demo.upper().lower() + "  # mine", "def init():\n    return 1"))
    graded = grade(path, tests, settings(handout_cells=[digest_of_cell(demo)]), shared_sandbox())
    assert [(one.place, one.text) for one in graded.printed] == [("Cell 2", "from the\nhandout")]
    assert [(cell.number, cell.given) for cell in graded.cells] == [(1, True), (2, False), (3, False)]
    found = results(graded)
    assert found["extra_data"]["about"].keys() == {
        "program", "python", "key", "seconds", "processor_seconds", "limits", "confined",
    }  # fmt: skip
    assert found["extra_data"]["about"]["confined"]


def test_a_real_submission(tmp_path: Path, case_files: Path) -> None:
    """Results of a submission that fails in many ways are as documented, and of plain elements only."""
    cells = "import numpy as np\nprint(undefined)", f"def forward(model, x, y):\n    print({NASTY!r})\n    return 3"
    path = tmp_path / "homework.ipynb"
    path.write_bytes(notebook(*cells))
    graded = grade_as_in_a_batch(path, case_files, settings())
    found = results(graded)
    assert len(found["tests"]) == len(graded.cases) + 1
    for text in [found["output"], *(test["output"] for test in found["tests"][:-1])]:
        assert text_of(text)


def test_the_example() -> None:
    """The example in the docstring of ``prose`` is right: code keeps its lines and spaces."""
    assert doctest.testmod(markup).failed == 0
    assert results(Graded(cases=[case("p1 a", message="A:\n        b\n          c")]))["tests"][0]["output"] == (
        "<p>A:</p><pre>b\n  c</pre>"
    )


def test_a_very_long_message_is_cut() -> None:
    """The message says how much of it is left out."""
    assert markup.prose("x" * 9000) == f"<p>{'x' * 8000} ... (1000 more characters)</p>"
