"""What a report contains and what it does not: hostile text, other addresses, names in an anonymous report."""

import doctest
import json
import random
import re
from pathlib import Path
from typing import Any

import pytest

from autograder.grading import quoting
from autograder.grading.quoting import grade_again, quote
from autograder.grading.results import Graded
from autograder.grading.seen import CellRun
from autograder.report import details, page, sanitising, views, write_report
from autograder.report.sanitising import sanitised
from tests.report.class_of import data_of, make_result, one_result, write_class, write_result


def test_text_of_students_ends_no_element(tmp_path: Path) -> None:
    """Markup in printed output, names and messages is only data, and terminal commands are removed."""
    nasty = "</script><img src=x onerror=alert(1)><!--\x1b[31mred\x1b[0m\u2028\ud800"
    result = one_result(
        student={"name": nasty, "id": nasty, "email": nasty},
        staff=nasty,
        status=nasty,
        cells=[{"number": 1, "output": nasty, "error": nasty, "line": None, "ended": False}],
    )
    result["extra_data"]["autograder"]["cases"][0] |= {"outcome": "failed", "message": nasty, "name": nasty}
    result["extra_data"]["autograder"]["note"] = nasty
    write_result(tmp_path, result)
    page = write_report(tmp_path)[0]
    text = page.read_text(encoding="utf-8")
    assert "<img" not in text
    assert "<!--" not in text
    assert "\x1b" not in text
    assert text.count("<script") == text.count("</script>") == 3
    (seen,) = re.findall(r"<template.*?</template>", text, re.DOTALL)
    assert seen.count("img src=x onerror=alert(1)&gt;") >= 3
    assert "[31m" not in seen


def test_nothing_is_asked_of_another_place(tmp_path: Path) -> None:
    """The page allows only its own style and script, and has no address and no handler in an attribute."""
    text = write_report(write_class(tmp_path, 3))[0].read_text(encoding="utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy
    assert policy[1].startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy[1]
    assert set(re.findall(r"https?://[\w./]+", text)) <= {"http://www.w3.org/2000/svg"}
    assert not re.search(r"<[^>]+\s(on\w+|style)=", text.split("<script", 1)[0])


def test_the_same_results_give_the_same_bytes(tmp_path: Path) -> None:
    """The report depends neither on the order in which files were written nor on an earlier run."""
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
    """Neither file has names, IDs, addresses, files, folders or keys, even if texts quote them."""
    secrets = set()
    for index in range(20):
        result = make_result(index, random.Random(index))
        part = result["extra_data"]["autograder"]
        who = f"Zoë{index:02} Quill-{index:02}"
        file = f"zq_hand_in_{index:02}.ipynb"
        path = f"/home/zq/zq-folder-{index:02}/{file}"
        part |= {"file": f"zq-folder-{index:02}/{file}", "path": path, "key": f"key{index:02}" * 10}
        part["entry"] = {"students": [{"name": who, "id": f"9977{index:02}", "email": f"zq{index:02}@mail.example"}]}
        told = f"{who} wrote {file} in {path}; zq{index:02}@mail.example 9977{index:02} other ZQ_other.zip"
        part["note"] = part["staff"] = part["status"] = told
        part["cells"][0] |= {"output": told, "error": told}
        part["cases"][0] |= {"outcome": "failed", "message": told, "staff": told}
        part["drawing"]["texts"][0][0] = told
        part["printed"] = [{"place": "Cell 1", "text": told}]
        write_result(tmp_path, result)
        secrets |= {*who.lower().split(), file, file[:-6], f"9977{index:02}", f"zq{index:02}", f"zq-folder-{index:02}"}
        secrets |= {part["key"]}
    page, table = write_report(tmp_path, anonymous=True)
    for text in (page.read_text(encoding="utf-8").lower(), table.read_text(encoding="utf-8").lower()):
        assert [secret for secret in sorted(secrets) if secret in text] == []
        assert "zq_other" not in text
        assert "autograder grade" not in text
    assert "contain a name" in page.read_text(encoding="utf-8")
    assert {row[0] for row in data_of(page)["data"]["rows"]} == {f"submission {n:03}" for n in range(1, 21)}
    write_report(tmp_path)
    assert "Quill-07" in page.read_text(encoding="utf-8")


def test_anonymous_numbers_do_not_follow_names(tmp_path: Path) -> None:
    """The order is shuffled, and points and outcomes stay the same without names."""
    write_class(tmp_path, 40)
    named = data_of(write_report(tmp_path)[0])["data"]["rows"]
    anonymous = data_of(write_report(tmp_path, anonymous=True)[0])["data"]["rows"]
    facts = [row[4:] for row in named]
    assert sorted(map(str, facts)) == sorted(str(row[4:]) for row in anonymous)
    assert facts != [row[4:] for row in anonymous]


def test_long_prints_and_huge_drawings_are_cut(tmp_path: Path) -> None:
    """The page stays small whatever a student prints or draws, and says that something was left out."""
    cells = [{"number": n, "output": "x" * 19_000, "error": None, "line": None, "ended": False} for n in range(1, 30)]
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
    """Names with spaces are quoted. Line breaks and terminal commands become escapes that a shell converts back."""
    assert quote(text) == quoted
    assert quoted in grade_again(text, "dist/autograder.zip", Path("out"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"$\mathrm{x}(1)$", "x(1)"),
        (r"$\frac{\partial L}{\partial z}$", "∂L/∂z"),
        (r"$\varphi\,$", "φ "),
        ("$5", "$5"),
        (r"\alpha", r"\alpha"),
        ("$$", ""),
        (r"$\Delta \longrightarrow \beta$", "Δlongrightarrowβ"),
    ],
)
def test_texts_of_drawings_are_shown_without_tex(text: str, shown: str) -> None:
    """Formulas are shown in plain letters, and other texts stay as they are."""
    assert details.plain(text) == shown


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("<ul><li><strong>a</ul>b", "<ul><li><strong>a</strong></li></ul>b"),
        ("<p>a<em>b", "<p>a<em>b</em></p>"),
        ("a</p>b", "ab"),
        ('<img src="https://example.org/x.png">a<img src="data:image/svg+xml;base64,AAAA">', "a"),
        ('<img src="data:image/png;base64,AAAA" alt="&quot;x" onerror="y()">',
         '<img src="data:image/png;base64,AAAA" alt="&quot;x">'),
    ],
    ids=["left open inside", "left open", "never opened", "a picture from elsewhere", "a picture of ours"],
)  # fmt: skip
def test_html_is_whole_and_loads_nothing(source: str, kept: str) -> None:
    """Elements that were left open are closed, so that a message cannot spill over; only our own pictures stay."""
    assert sanitised(source) == kept


def test_a_cell_that_ended_the_run() -> None:
    """Staff see which cell ended the run, though it printed nothing and has no error."""
    graded = Graded(cases=[], cells=[CellRun(1, "", None), CellRun(2, "", None, ended=True)])
    assert details.shown_cells(graded) == [(2, "", 0, "ended the run with exit()", False)]


@pytest.mark.parametrize("module", [quoting, details, page, views, sanitising])
def test_examples_hold(module: Any) -> None:
    """The examples in the docstrings are correct."""
    assert doctest.testmod(module).failed == 0
