"""Converts the results of a submission to the formats of Otter and Gradescope."""

import platform
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any, Literal

from msgspec.structs import replace

from ..settings import Settings
from .changes import scaled
from .markup import prose, shown_parts, shown_picture
from .messages import FAILED, PASSED
from .otter_parts import GradingResults, TestCaseResult, TestFile
from .pictures import MarkedPicture
from .results import CaseResult, Graded, OurPart, Shown
from .results_json import About, GradescopeResults, GradescopeTest
from .summary import summary

#: The test that holds what only staff may read.
FOR_STAFF = "For staff only"

#: Otter's keys that change the score of a submission as a whole.
SCALE = ("points_possible", "score_threshold")

#: Scores that differ by less than this are the same.
_NOTHING = 1e-9


def otter_results(graded: Graded, test_files: list[TestFile]) -> GradingResults:
    """Convert the results of a submission to Otter's format, which consists of the test files themselves."""
    found = {(case.question, case.name): case for case in graded.cases}
    for test_file in test_files:
        test_file.test_case_results = []
        for case in test_file.test_cases:
            result = found[test_file.name, case.name]
            text = PASSED if result.passed else f"{FAILED}\n{result.message}"
            test_file.test_case_results.append(TestCaseResult(case, text, result.passed))
    results = GradingResults(test_files)
    if graded.told:
        results.set_output(graded.told)
    return results


def shown_by(settings: Settings, config: Mapping[str, Any], test_files: list[TestFile]) -> Shown:
    """Return what the settings say about the page of a submission.

    Args:
        settings: our settings.
        config: the content of otter_config.json.
        test_files: the test files. A question that has points and no test file is graded by a person.
    """
    tested = {test_file.name for test_file in test_files}
    return Shown(
        hidden_results=settings.hidden_results,
        by_person={name: points for name, points in settings.points.items() if name not in tested and points},
        scale={key: config[key] for key in SCALE if config.get(key) is not None},
        show_stdout=bool(config.get("show_stdout")),
    )


def gradescope_results(graded: Graded, shown: Shown, published: bool = False) -> GradescopeResults:
    """Return the results of a submission in Gradescope's format: a row for each test case, and a summary at the top.

    Points that a person has changed are included if they concern everybody who handed in the submission.

    Args:
        graded: the submission.
        shown: what the settings say about its page.
        published: whether the page is made after all marks are in.
    """
    numbers = _numbers(graded)
    points = _points(graded)
    pictures = _pictures(graded)
    tests = [
        GradescopeTest(
            name=case.name,
            number=number,
            score=round(points[case.question, case.name], 5),
            max_score=round(case.points, 5),
            status=_status(case, points[case.question, case.name]),
            visibility=shown.hidden_results if case.hidden else "visible",
            output=told(case, pictures.get((case.question, case.name))),
            output_format="html",
        )
        for case, number in zip(graded.cases, numbers, strict=True)
    ]
    return GradescopeResults(
        tests=tests,
        output=summary(graded, shown, published),
        output_format="html",
        score=_score(graded, shown, tests),
        stdout_visibility="after_published" if shown.show_stdout else None,
    )


def told(case: CaseResult, picture: MarkedPicture | None = None) -> str:
    """Return what the student reads of a test case, as HTML."""
    text = "<p>Passed.</p>" if case.passed and not case.message else prose(case.message)
    return text + "".join(map(shown_parts, case.parts)) + (shown_picture(picture) if picture else "")


def _pictures(graded: Graded) -> dict[tuple[str, str], MarkedPicture]:
    """The pictures that students may see, each with the row it is in: the first of its question that failed.

    Marks for hidden test cases are in the row of a hidden one, which students see only once hidden results are shown.
    """
    found: dict[tuple[str, str], MarkedPicture] = {}
    for picture in graded.pictures:
        if picture.audience == "staff":
            continue
        hidden = picture.audience == "after results"
        rows = [case for case in graded.cases if case.question == picture.question and case.hidden == hidden]
        rows.sort(key=lambda case: case.passed)
        found |= {(case.question, case.name): picture for case in rows[:1]}
    return found


def with_staff_part(results: GradescopeResults, graded: Graded) -> GradescopeResults:
    """Add a test with the text for staff. Gradescope never shows a test that is ``hidden`` to students.

    No setting changes that. What a container prints is different: ``show_stdout`` publishes it.
    """
    report = graded.staff_report or "no notes"
    test = GradescopeTest(name=FOR_STAFF, visibility="hidden", output=report, output_format="text", status="passed")
    return replace(results, tests=[*results.tests, test])


def about(graded: Graded, program: str, key: str, seconds: float) -> About:
    """Return what to store about how a submission was graded.

    Args:
        graded: the submission.
        program: what ``version.identity`` returns. It takes a few milliseconds, so call it once per command.
        key: a text that changes with the submission and with what grades it.
        seconds: how long grading took.
    """
    run = graded.run
    return About(
        program=program, python=platform.python_version(), key=key, seconds=round(seconds, 3),
        processor_seconds=run.processor_seconds, limits=run.limits, confined=run.confined,
    )  # fmt: skip


def _numbers(graded: Graded) -> list[str]:
    """A number such as 3.2 for each test case: that of its question, from its name or order, and its own within it."""
    questions = list(dict.fromkeys(case.question for case in graded.cases))
    ends = [re.search(r"\d+\Z", name) for name in questions]
    known = [end[0].lstrip("0") or "0" for end in ends if end]
    if len(set(known)) < len(questions):
        known = [str(place) for place in range(1, len(questions) + 1)]
    first = dict(zip(questions, known, strict=True))
    seen: Counter[str] = Counter()
    numbers = []
    for case in graded.cases:
        seen[case.question] += 1
        numbers.append(f"{first[case.question]}.{seen[case.question]}")
    return numbers


def _points(graded: Graded) -> dict[tuple[str, str], float]:
    """Points of each test case, with what a person has changed."""
    points = {(case.question, case.name): case.earned for case in graded.cases}
    for change in graded.changes if isinstance(graded, OurPart) else []:
        if change.student is None and change.case:
            points[change.question, change.case] = change.points
    return points


def _status(case: CaseResult, points: float) -> Literal["passed", "failed"]:
    """Whether a row counts as passed. If a person has changed its points, these decide."""
    passed = case.passed if points == case.earned else points >= case.points
    return "passed" if passed else "failed"


def _score(graded: Graded, shown: Shown, tests: list[GradescopeTest]) -> float | None:
    """The score of the submission, if the settings, a person or rounding make it differ from the sum of the rows."""
    if not tests:
        return None
    total = sum(graded.points.values())
    score = scaled(total, sum(graded.possible.values()), shown.scale)
    if score is not None:
        return score
    rows = sum(test.score or 0 for test in tests)
    return round(total, 5) if abs(rows - total) > _NOTHING else None
