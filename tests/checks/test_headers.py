"""The headers of the corpus: what is refused, and adding a test case to many of them."""

import json
from pathlib import Path

import pytest

from tests.support import add_case
from tests.support.corpus import Entry, read_entry

HEADER = "# title: a mistake\n# loses: q3\n# cases: q3 shapes, q3 range\n# full: q4, q5\n"
BODY = "\n# %%\nx = 1  # cases: none\n"


def written(folder: Path, header: str = HEADER, name: str = "q3_mistake.py") -> Path:
    """A submission of a corpus in a folder."""
    path = folder / "wrong" / name
    path.parent.mkdir(parents=True)
    path.write_text(header + BODY, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("header", "name", "told"),
    [
        (HEADER, "q3_zip/submission.py", "write 'form: zip-notebook' or 'form: zip-script'"),
        (f"{HEADER}# form: zip-script\n", "q3_zip.py", "make a folder"),
        (HEADER.replace("# full: q4, q5\n", ""), "q3_mistake.py", "must name q3, q4 and q5"),
        (HEADER.replace("title", "name"), "q3_mistake.py", "the header has 'name'"),
    ],
)
def test_headers_that_are_refused(header: str, name: str, told: str, tmp_path: Path) -> None:
    """A header that would be misread is refused, and the message names the file."""
    path = written(tmp_path, header, name)
    with pytest.raises(ValueError, match=told) as refused:
        read_entry(path)
    assert str(refused.value).startswith(str(path))


def test_a_case_is_added(tmp_path: Path) -> None:
    """The header names one more case, which is read again, and nothing else changes."""
    path = written(tmp_path)
    before = read_entry(path)
    assert list(add_case.add("q3 wide layers", [before])) == ["q3_mistake: added"]
    assert path.read_text(encoding="utf-8") == HEADER.replace("q3 range", "q3 range, q3 wide layers") + BODY
    after = read_entry(path)
    assert after.cases == before.cases | {"q3 wide layers"}
    assert after.body == before.body


def test_a_full_line_is_continued(tmp_path: Path) -> None:
    """No line of a header becomes longer than 120 characters."""
    path = written(tmp_path)
    names = {f"q3 case number {number} of many" for number in range(12)}
    for name in sorted(names):
        assert list(add_case.add(name, [read_entry(path)])) == ["q3_mistake: added"]
    assert read_entry(path).cases == {"q3 shapes", "q3 range"} | names
    assert max(map(len, path.read_text(encoding="utf-8").splitlines())) <= 120


@pytest.mark.parametrize(
    ("case", "header", "told"),
    [
        ("q4 logit", HEADER, "it loses nothing in q4"),
        ("q3 range", HEADER, "names it already"),
        ("q3 wide layers", HEADER.replace("# cases: q3 shapes, q3 range\n", ""), "it names no test cases"),
    ],
)
def test_others_are_left_alone(case: str, header: str, told: str, tmp_path: Path) -> None:
    """A submission that the case cannot belong to stays as it is, and the tool says why."""
    path = written(tmp_path, header)
    (line,) = add_case.add(case, [read_entry(path)])
    assert line.startswith("q3_mistake: ")
    assert told in line
    assert path.read_text(encoding="utf-8") == header + BODY


def test_names_come_from_the_last_run(tmp_path: Path) -> None:
    """Of all tests that failed, only those count that compare a wrong submission with its header."""
    test = "tests/checks/test_corpus.py::test_submission_loses_points_where_it_should"
    failed = [f"{test}[wrong-q3_cut]", f"{test}[correct-plain]", "tests/checks/test_corpus.py::test_no_case_is_idle"]
    cache = tmp_path / "lastfailed"
    cache.write_text(json.dumps(dict.fromkeys(failed, True)), encoding="utf-8")
    assert add_case.failed_lately(cache) == ["q3_cut"]
    with pytest.raises(SystemExit, match="give names"):
        add_case.failed_lately(tmp_path / "nothing")


def test_wrong_names_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A case or a submission that does not exist is named, and nothing is written."""

    def unwanted(case: str, entries: list[Entry]) -> None:
        pytest.fail("a header would be changed")

    monkeypatch.setattr(add_case, "add", unwanted)
    with pytest.raises(SystemExit, match="no test case 'q3 nothing'"):
        add_case.main("q3 nothing", [])
    with pytest.raises(SystemExit, match="no submission 'q3_nobody'"):
        add_case.main("q3 shapes", ["q3_nobody"])
