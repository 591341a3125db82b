"""The report's figures, its way with bad input and hostile text, and what an anonymous one leaves out."""

import csv
import io
import json
import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from autograder.errors import AutograderError
from autograder.report import write_report
from autograder.report.commands import grade_again, quote
from autograder.report.items import Item, analyse, correlation, declared_cases, distribution
from autograder.report.page import number, percent
from autograder.report.reading import Case, Outcome, Part, read_results
from tests.support.class_of import CASES, make_result, write_class, write_result

SCRIPT = re.compile(r'<script type="application/json" id="([\w-]+)">(.*?)</script>', re.DOTALL)


def submission(*outcomes: Outcome, points: Sequence[float] = (2, 3, 5), message: str = "no") -> Part:
    """A submission with these outcomes of the cases one, two, three."""
    cases = [
        Case(question="q", name=name, points=worth, outcome=outcome, message="" if outcome == "passed" else message)
        for name, worth, outcome in zip(("one", "two", "three"), points, outcomes, strict=False)
    ]
    earned = float(sum(case.points for case in cases if case.outcome == "passed"))
    return Part(version=1, file="a.ipynb", points={"q": earned}, possible={"q": 10.0}, cases=cases)


def by_name(items: list[Item]) -> dict[str, Item]:
    """Items by the name of their case."""
    return {item.name: item for item in items}


def data_of(page: Path) -> dict[str, Any]:
    """Everything that is embedded in a report as JSON, by the id of its element."""
    return {name: json.loads(text) for name, text in SCRIPT.findall(page.read_text(encoding="utf-8"))}


def one_result(**changes: Any) -> dict[str, Any]:
    """A made-up result, with some of our fields changed."""
    result = make_result(0, random.Random(3))
    result["extra_data"]["autograder"] |= changes
    return result


def test_statistics_of_cases_are_those_computed_by_hand() -> None:
    """Four submissions: shares, counts, and correlations with the rest of the score worked out on paper."""
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
    """Cases are sorted by the share that passed; equal ones stay in the order of the test files."""
    parts = [submission("passed", "failed", "failed"), submission("passed", "failed", "passed")]
    assert [item.name for item in analyse(parts)] == ["two", "three", "one"]
    assert [item.name for item in analyse([submission("failed", "failed", "failed")])] == ["one", "two", "three"]


def test_discrimination_is_undefined_where_nothing_varies(tmp_path: Path) -> None:
    """Where all passed, all have the same rest, or there is one submission only, there is no correlation."""
    assert correlation([1, 1, 1], [1, 2, 3]) is None
    assert correlation([1, 0, 1], [2, 2, 2 + 1e-12]) is None
    assert correlation([1], [1]) is None
    write_result(tmp_path, one_result())
    page, table = write_report(tmp_path)
    assert page.read_text(encoding="utf-8").count('<span class="zero">undefined</span>') == len(CASES)
    assert not re.search(r"\bnan\b", page.read_text(encoding="utf-8"), re.IGNORECASE)
    assert {row["discrimination"] for row in csv.DictReader(table.open(encoding="utf-8"))} == {""}


def test_messages_are_grouped_and_counted() -> None:
    """The same text counts once with all its submissions; passed cases have none; the frequent ones come first."""
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
    """Cases of all submissions are put together; a missing one is not run, and different ones are told."""
    parts = [submission("passed", "passed"), submission("passed"), submission()]
    two = by_name(analyse(parts))["two"]
    assert (two.counts["passed"], two.counts["not run"]) == (1, 2)
    assert declared_cases(parts)[1] is True
    assert declared_cases([parts[0], parts[2]])[1] is False


def test_the_distribution_is_that_computed_by_hand() -> None:
    """Mean, median, deviation, extremes, and bars of which only the last one holds its upper end."""
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
    """Whatever the points are, also none at all or more than possible, the bars hold every submission."""
    found = distribution("q", values, possible, most_bins=10)
    assert sum(bar.count for bar in found.bins) == len(values)
    assert (found.ticks[0], found.ticks[-1]) == (found.bins[0].low, found.bins[-1].high)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (-0.001, "0"), (12.0, "12"), (100.0, "100"), (2.345, "2.35"), (-0.5, "−0.5"), (1e6, "1,000,000")],
)
def test_numbers_read_well(value: float, text: str) -> None:
    """Numbers are rounded, without zeros at the end."""
    assert number(value + 1e-9) == text
    assert percent(1.0) == "100 %"


def test_items_csv_has_a_row_for_each_case(tmp_path: Path) -> None:
    """The table can be read by any program, and its counts add up to the submissions."""
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
    """A text that a spreadsheet would compute gets an apostrophe in front, or has lost what made it one."""
    result = one_result()
    result["extra_data"]["autograder"]["cases"][0] |= {"outcome": "failed", "message": text, "name": text}
    write_result(tmp_path, result)
    for row in csv.reader(io.StringIO(write_report(tmp_path)[1].read_text(encoding="utf-8"))):
        for cell in row[:2] + row[-2:]:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_text_of_students_ends_no_element(tmp_path: Path) -> None:
    """Markup in printed text, names and messages is data only, and commands of terminals are gone."""
    nasty = "</script><img src=x onerror=alert(1)><!--\x1b[31mred\x1b[0m\u2028\ud800"
    result = one_result(
        student={"name": nasty, "id": nasty, "email": nasty},
        staff=nasty,
        status=nasty,
        cells=[{"cell": 1, "output": nasty, "error": nasty, "line": None, "ended": False}],
    )
    result["extra_data"]["autograder"]["cases"][0] |= {"outcome": "failed", "message": nasty, "name": nasty}
    result["output"] = nasty
    write_result(tmp_path, result)
    page = write_report(tmp_path)[0]
    text = page.read_text(encoding="utf-8")
    assert "<img" not in text
    assert "<!--" not in text
    assert "\x1b" not in text
    assert text.count("<script") == text.count("</script>") == 3
    output = data_of(page)["detail-0"]["output"]
    assert "img src=x onerror=alert(1)>" in output
    assert "[31m" not in output


def test_nothing_is_asked_of_another_place(tmp_path: Path) -> None:
    """The page allows only its own style and program, and holds no address and no handler in an attribute."""
    text = write_report(write_class(tmp_path, 3))[0].read_text(encoding="utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy
    assert policy[1].startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy[1]
    assert set(re.findall(r"https?://[\w./]+", text)) <= {"http://www.w3.org/2000/svg"}
    assert not re.search(r"<[^>]+\s(on\w+|style)=", text.split("<script", 1)[0])


def test_the_same_results_give_the_same_bytes(tmp_path: Path) -> None:
    """Neither the order in which files were written nor a second run changes the report."""
    first, second = write_class(tmp_path / "a" / "class", 12), tmp_path / "b" / "class"
    paths = sorted((first / "results").iterdir(), reverse=True)
    for anonymous in (False, True):
        before = [path.read_bytes() for path in write_report(first, anonymous)]
        for path in paths:
            write_result(second, json.loads(path.read_text(encoding="utf-8")))
        (second / "run.json").write_bytes((first / "run.json").read_bytes())
        again = [path.read_bytes() for path in write_report(second, anonymous)]
        assert [text.replace(bytes(first), bytes(second)) for text in before] == again
        assert before == [path.read_bytes() for path in write_report(first, anonymous)]


def test_an_anonymous_report_tells_nobody(tmp_path: Path) -> None:
    """Names, IDs, addresses, files, folders and keys are nowhere in both files, also where texts quote them."""
    secrets = set()
    for index in range(20):
        result = make_result(index, random.Random(index))
        part = result["extra_data"]["autograder"]
        who = f"Zoë{index:02} Quill-{index:02}"
        file = f"zq_hand_in_{index:02}.ipynb"
        path = f"/home/zq/zq-folder-{index:02}/{file}"
        part |= {"file": f"zq-folder-{index:02}/{file}", "path": path, "key": f"key{index:02}" * 10}
        part["student"] = {"name": who, "id": f"9977{index:02}", "email": f"zq{index:02}@mail.example"}
        told = f"{who} wrote {file} in {path}; zq{index:02}@mail.example 9977{index:02} other ZQ_other.zip"
        result["output"] = part["note"] = part["staff"] = part["status"] = told
        part["cells"][0] |= {"output": told, "error": told}
        part["cases"][0] |= {"outcome": "failed", "message": told, "staff": told}
        part["drawing"]["texts"][0][0] = told
        result["tests"][0]["output"] = told
        write_result(tmp_path, result)
        secrets |= {*who.lower().split(), file, file[:-6], f"9977{index:02}", f"zq{index:02}", f"zq-folder-{index:02}"}
        secrets |= {part["key"]}
    page, table = write_report(tmp_path, anonymous=True)
    for text in (page.read_text(encoding="utf-8").lower(), table.read_text(encoding="utf-8").lower()):
        assert [secret for secret in sorted(secrets) if secret in text] == []
        assert "zq_other" not in text
        assert "autograder grade" not in text
    assert "may still hold a name" in page.read_text(encoding="utf-8")
    assert {row[0] for row in data_of(page)["data"]["rows"]} == {f"submission {n:03}" for n in range(1, 21)}
    write_report(tmp_path)
    assert "Quill-07" in page.read_text(encoding="utf-8")


def test_anonymous_numbers_do_not_follow_names(tmp_path: Path) -> None:
    """The order is shuffled, and removing names leaves points and outcomes alone."""
    write_class(tmp_path, 40)
    named = data_of(write_report(tmp_path)[0])["data"]["rows"]
    anonymous = data_of(write_report(tmp_path, anonymous=True)[0])["data"]["rows"]
    facts = [row[4:] for row in named]
    assert sorted(map(str, facts)) == sorted(str(row[4:]) for row in anonymous)
    assert facts != [row[4:] for row in anonymous]


def break_json(path: Path) -> None:
    path.write_text('{"tests": [', encoding="utf-8")


def empty(path: Path) -> None:
    path.write_bytes(b"")


def other_kind(path: Path) -> None:
    path.write_text('{"tests": [], "score": 3}', encoding="utf-8")


def not_text(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\x00{}")


def other_version(path: Path) -> None:
    write_back(path, version=2)


def odd_outcome(path: Path) -> None:
    result = json.loads(path.read_text(encoding="utf-8"))
    write_back(path, cases=[result["extra_data"]["autograder"]["cases"][0] | {"outcome": "fine"}])


def no_points(path: Path) -> None:
    write_back(path, points={"q3": float("nan")})


def deep(path: Path) -> None:
    path.write_text("[" * 200_000, encoding="utf-8")


def write_back(path: Path, **changes: Any) -> None:
    result = json.loads(path.read_text(encoding="utf-8"))
    result["extra_data"]["autograder"] |= changes
    path.write_text(json.dumps(result), encoding="utf-8")


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (break_json, "not JSON"),
        (empty, "not JSON"),
        (not_text, "not JSON"),
        (deep, "not JSON"),
        (other_kind, "not written by 'autograder grade'"),
        (other_version, "another version"),
        (odd_outcome, "outcome"),
        (no_points, "not finite"),
    ],
)
def test_a_damaged_file_is_named_and_nothing_is_lost(
    tmp_path: Path, damage: Callable[[Path], None], reason: str
) -> None:
    """One file that cannot be used stops the report; the message names it, and the old report stays."""
    write_class(tmp_path, 4)
    before = {path: path.read_bytes() for path in write_report(tmp_path)}
    bad = tmp_path / "results" / "student0002.ipynb.json"
    damage(bad)
    with pytest.raises(AutograderError) as caught:
        write_report(tmp_path)
    message = str(caught.value)
    assert f"1 of 4 files in {tmp_path / 'results'} cannot be used" in message
    assert str(bad) in message
    assert reason in message
    assert "once more" in message
    assert "student0001" not in message
    assert {path: path.read_bytes() for path in before} == before


def test_wrong_folders_get_a_way_out(tmp_path: Path) -> None:
    """A missing folder, a file, a folder without results, and the folder of results itself: each is told apart."""
    write_class(tmp_path / "class", 1)
    (tmp_path / "none" / "results").mkdir(parents=True)
    for folder, told in (
        (tmp_path / "missing", "there is no folder"),
        (tmp_path / "class" / "run.json", "is not a folder"),
        (tmp_path, "has no folder 'results'"),
        (tmp_path / "class" / "results", f"did you mean {tmp_path / 'class'}?"),
        (tmp_path / "none", "holds no results"),
    ):
        with pytest.raises(AutograderError, match=re.escape(told)) as caught:
            write_report(folder)
        assert str(folder) in str(caught.value)
    assert not list(tmp_path.rglob("report.html"))


def test_a_report_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    """Where one of the files cannot be put in its place, the message names it, and nothing is left lying around."""
    write_class(tmp_path, 1)
    (tmp_path / "report.html").mkdir()
    with pytest.raises(AutograderError, match=r"cannot write .*report\.html"):
        write_report(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"results", "run.json", "report.html"}


def test_what_may_be_missing_may_be_missing(tmp_path: Path) -> None:
    """Results in subfolders, without student, drawing, output or assignment, and of nothing that was run, are fine."""
    result = one_result(
        student=None, drawing=None, cells=[], cases=[], points={}, possible={}, status="Boom: out of it"
    )
    result["output"] = None
    path = write_result(tmp_path, result | {"tests": []})
    (tmp_path / "results" / "sub").mkdir()
    path.rename(tmp_path / "results" / "sub" / path.name)
    (tmp_path / "run.json").write_text("{", encoding="utf-8")
    page = write_report(tmp_path)[0]
    assert "Boom: out of it" in page.read_text(encoding="utf-8")
    assert data_of(page)["data"]["rows"][0][:3] == ["student0000.ipynb", "", ""]


def test_long_prints_and_huge_drawings_are_cut(tmp_path: Path) -> None:
    """The page stays small whatever a student prints or draws, and says that something was left out."""
    cells = [{"cell": n, "output": "x" * 19_000, "error": None, "line": None, "ended": False} for n in range(1, 30)]
    texts = [["t", 0, 0, 1, 1], ["infinite", 0, 0, float("inf"), 1]] + [["t", 0, 0, 1, 1]] * 5000
    drawing = {"markers": [], "texts": texts, "lines": [[True, [[0, 0]]], [True, [[0, 0], [1e300, 2]]]]}
    write_result(tmp_path, one_result(cells=cells, drawing=drawing))
    page = write_report(tmp_path)[0]
    detail = data_of(page)["detail-0"]
    assert page.stat().st_size < 150_000
    assert [cell[2] for cell in detail["cells"]][:6] == [15_000] * 5 + [19_000]
    assert (len(detail["drawing"]["texts"]), detail["drawing"]["more"]) == (399, 4602)
    assert detail["drawing"]["lines"] == []


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("plain.ipynb", "plain.ipynb"),
        ("my file.ipynb", "'my file.ipynb'"),
        ("a'b; rm -rf ~", "'a'\"'\"'b; rm -rf ~'"),
        ("a\nrm -rf ~", "$'a\\nrm -rf ~'"),
        ("a\x1b[201~\rid", "$'a\\x1b[201~\\x0did'"),
        ("x\u202eé'\udcff", "$'x\\xe2\\x80\\xae\\xc3\\xa9\\'\\xff'"),
    ],
)
def test_commands_can_be_pasted_whatever_a_file_is_called(text: str, quoted: str) -> None:
    """Names with blanks are quoted; line breaks and commands of terminals are escapes that a shell turns back."""
    assert quote(text) == quoted
    assert quoted in grade_again(text, "dist/autograder.zip", Path("out"))


def test_paths_are_kept_as_they_are(tmp_path: Path) -> None:
    """What is cleaned for display is not cleaned in the path of the command."""
    write_result(tmp_path, one_result(path="/in/<b>.ipynb", file="<b>.ipynb"))
    [result] = read_results(tmp_path)
    assert (result.part.path, result.part.file) == ("/in/<b>.ipynb", "‹b>.ipynb")


def test_few_submissions_come_with_a_warning(tmp_path: Path) -> None:
    """Below ten submissions the page says that discrimination means little."""
    warning = "discrimination means little"
    assert warning in write_report(write_class(tmp_path / "nine", 9))[0].read_text(encoding="utf-8")
    assert warning not in write_report(write_class(tmp_path / "ten", 10))[0].read_text(encoding="utf-8")
