"""The figures of the report: statistics of test cases and of points, and items.csv."""

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from autograder.grading.results import CaseResult, Graded, Outcome
from autograder.report import write_report
from autograder.report.items import Item, analyse, correlation, declared_cases, distribution
from autograder.report.page import number, percent
from tests.report.class_of import CASES, one_result, write_class, write_result


def submission(*outcomes: Outcome, points: Sequence[float] = (2, 3, 5), message: str = "no") -> Graded:
    """A submission with these outcomes of the cases one, two and three."""
    cases = [
        CaseResult(
            question="q", name=name, points=worth, outcome=outcome, message="" if outcome == "passed" else message
        )
        for name, worth, outcome in zip(("one", "two", "three"), points, outcomes, strict=False)
    ]
    return Graded(cases=cases)


def by_name(items: list[Item]) -> dict[str, Item]:
    """The items by the names of their cases."""
    return {item.name: item for item in items}


def test_statistics_of_cases_are_those_computed_by_hand() -> None:
    """For four submissions, shares, counts and correlations with the rest of the score match a calculation on paper."""
    items = by_name(
        analyse(
            [
                submission("passed", "passed", "passed"),
                submission("passed", "passed", "failed"),
                submission("failed", "passed", "timed out"),
                submission("error", "failed", "failed"),
            ]
        )
    )
    one, two, three = items["one"], items["two"], items["three"]
    assert [one.difficulty, two.difficulty, three.difficulty] == [0.5, 0.75, 0.25]
    assert one.counts == {"passed": 2, "failed": 1, "timed out": 0, "error": 1, "not run": 0}
    # passed 1 1 0 0, rest 8 3 3 0: covariance 4, squares of the deviations 1 and 33
    assert one.discrimination == pytest.approx(4 / 33**0.5)
    # passed 1 1 1 0, rest 7 2 0 0: covariance 2.25, squares 0.75 and 32.75
    assert two.discrimination == pytest.approx(2.25 / (0.75 * 32.75) ** 0.5)
    # passed 1 0 0 0, rest 5 5 3 0: covariance 1.75, squares 0.75 and 16.75
    assert three.discrimination == pytest.approx(1.75 / (0.75 * 16.75) ** 0.5)


def test_the_worst_understood_case_comes_first() -> None:
    """Cases are sorted by the share that passed. Ties stay in the order of the test files."""
    parts = [submission("passed", "failed", "failed"), submission("passed", "failed", "passed")]
    assert [item.name for item in analyse(parts)] == ["two", "three", "one"]
    assert [item.name for item in analyse([submission("failed", "failed", "failed")])] == ["one", "two", "three"]


def test_discrimination_is_undefined_where_nothing_varies(tmp_path: Path) -> None:
    """If all passed, if the rest is the same for all, or for a single submission, there is no correlation."""
    assert correlation([1, 1, 1], [1, 2, 3]) is None
    assert correlation([1, 0, 1], [2, 2, 2 + 1e-12]) is None
    assert correlation([1], [1]) is None
    write_result(tmp_path, one_result())
    page, table = write_report(tmp_path)
    assert page.read_text(encoding="utf-8").count('<span class="zero">undefined</span>') == len(CASES)
    assert not re.search(r"\bnan\b", page.read_text(encoding="utf-8"), re.IGNORECASE)
    assert {row["discrimination"] for row in csv.DictReader(table.open(encoding="utf-8"))} == {""}


def test_messages_are_grouped_and_counted() -> None:
    """Equal messages are counted together, with all their submissions, most frequent first. Passed cases have none."""
    parts = [
        submission("failed", message="rare"),
        submission("passed"),
        submission("failed", message="often"),
        submission("error", message="often"),
        submission("failed", message=" "),
    ]
    [item] = analyse(parts)
    assert [(message.text, message.members) for message in item.messages] == [
        ("often", [2, 3]),
        ("(no message)", [4]),
        ("rare", [0]),
    ]
    [many] = analyse([submission("failed", message=f"text {n}") for n in range(14)])
    assert (len(many.messages), many.other_messages, many.other_members) == (10, 4, 4)


def test_a_submission_without_a_case_did_not_run_it() -> None:
    """The cases of all submissions are merged. A missing case is not run, and a mix of cases is reported."""
    parts = [submission("passed", "passed"), submission("passed"), submission()]
    two = by_name(analyse(parts))["two"]
    assert (two.counts["passed"], two.counts["not run"]) == (1, 2)
    assert declared_cases(parts)[1] is True
    assert declared_cases([parts[0], parts[2]])[1] is False


def test_the_distribution_is_that_computed_by_hand() -> None:
    """Mean, median, deviation, extremes, and bars. Only the last bar includes its upper end."""
    values = [0, 4, 5, 10, 75, 75]
    found = distribution("total", values, 75)
    assert found.mean == pytest.approx(169 / 6)
    assert (found.median, found.lowest, found.highest) == (7.5, 0, 75)
    assert found.deviation == pytest.approx((sum(v * v for v in values) / 6 - (169 / 6) ** 2) ** 0.5)
    assert (found.full, found.none) == (2, 1)
    assert [(bar.low, bar.count) for bar in found.bins if bar.count] == [(0, 2), (5, 1), (10, 1), (70, 2)]
    assert found.ticks == [0, 15, 30, 45, 60, 75]


@pytest.mark.parametrize("values", [[0.0], [0.0, 0.0], [7.25], [-1.0, 12.5]])
@pytest.mark.parametrize("possible", [0.0, 0.3, 7.25, 10.0])
def test_every_value_is_in_a_bar(values: list[float], possible: float) -> None:
    """Whatever the points are, even none at all or more than possible, every submission is in a bar."""
    found = distribution("q", values, possible, most_bins=10)
    assert sum(bar.count for bar in found.bins) == len(values)
    assert (found.ticks[0], found.ticks[-1]) == (found.bins[0].low, found.bins[-1].high)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (-0.001, "0"), (12.0, "12"), (100.0, "100"), (2.345, "2.35"), (-0.5, "−0.5"), (1e6, "1,000,000")],
)
def test_numbers_read_well(value: float, text: str) -> None:
    """Numbers are rounded, without trailing zeros."""
    assert number(value + 1e-9) == text
    assert percent(1.0) == "100%"


def test_items_csv_has_a_row_for_each_case(tmp_path: Path) -> None:
    """Any program can read the table, and its counts add up to the number of submissions."""
    table = write_report(write_class(tmp_path, 30))[1]
    rows = list(csv.DictReader(table.open(encoding="utf-8", newline="")))
    assert {row["case"] for row in rows} == {case[2] for case in CASES}
    shares = [float(row["difficulty"]) for row in rows]
    assert shares == sorted(shares)
    for row in rows:
        assert sum(int(row[outcome]) for outcome in ("passed", "failed", "timed out", "error", "not run")) == 30
        assert not row["discrimination"] or -1 <= float(row["discrimination"]) <= 1
        assert (row["discrimination"] == "") is (int(row["passed"]) in {0, 30})


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_formulas_are_harmless_in_the_table(tmp_path: Path, text: str) -> None:
    """A text that a spreadsheet would run gets an apostrophe in front, or loses what made it a formula."""
    result = one_result()
    result["extra_data"]["autograder"]["cases"][0] |= {"outcome": "failed", "message": text, "name": text}
    write_result(tmp_path, result)
    for row in csv.reader(io.StringIO(write_report(tmp_path)[1].read_text(encoding="utf-8"))):
        for cell in row[:2] + row[-2:]:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_few_submissions_come_with_a_warning(tmp_path: Path) -> None:
    """With fewer than ten submissions, the page says that discrimination means little."""
    warning = "discrimination means little"
    page = write_report(write_class(tmp_path / "nine", 9))[0].read_text(encoding="utf-8")
    assert f"{warning}.</strong> <" in page
    assert warning not in write_report(write_class(tmp_path / "ten", 10))[0].read_text(encoding="utf-8")
