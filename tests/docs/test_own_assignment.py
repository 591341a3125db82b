"""docs/own-assignment.md: the files and commands on the page make an assignment that works."""

import csv
import re
from pathlib import Path

import pytest

from autograder.settings import parse
from autograder.zips.course import read_course
from tests.docs.pages import text_of
from tests.docs.running import run_page

NAME = "docs/own-assignment.md"
PAGE = text_of(NAME)
FILES = dict(re.findall(r"^`([\w./-]+)`:\n\n```\w+\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL))

pytestmark = pytest.mark.slow


def test_the_page_leads_to_zips(tmp_path: Path) -> None:
    """From an empty folder and the engine alone to zips and marks, with each file and command as on the page."""
    for name, content in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    assert "convert the text to lower case first" in run_page(NAME, tmp_path)
    with (tmp_path / "graded" / "final_grades.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = {row["file"]: row for row in csv.DictReader(stream)}
    marks = {name: (float(rows[name]["count"]), float(rows[name]["top"])) for name in ("ada.py", "grace.py")}
    assert marks == {"ada.py": (6, 4), "grace.py": (0, 0)}
    assert (tmp_path / "graded" / "report.html").is_file()
    assert (tmp_path / "graded" / "export" / "csv.csv").is_file()
    assert (tmp_path / "preview" / "grace.py.html").is_file()
    head = (tmp_path / "graded" / "written.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert head.startswith("code,example,conclusion,")


def test_an_assignment_without_values(tmp_path: Path) -> None:
    """Where there are no values, the short ``settings.py`` of the page is enough."""
    (short,) = re.findall(r"```python\n(import msgspec\n.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    (tmp_path / "assignment").mkdir()
    (tmp_path / "assignment" / "settings.py").write_text(short, encoding="utf-8")
    config = re.sub(r'^ *"values": .*\n', "", FILES["otter_config.json"], flags=re.MULTILINE)
    settings = parse(config)
    course = read_course(tmp_path, settings, tmp_path / "otter_config.json")
    assert course.constants == {"POINTS": settings.points}
    assert course.secrets == course.texts == {}


def test_the_page_names_what_there_is() -> None:
    """The page covers the main names of ``autograder.checking``, and every name that it imports exists."""
    import autograder.checking

    told = set(re.findall(r"\b[A-Za-z_]+\b", PAGE))
    imported = {
        name.strip()
        for names in re.findall(r"from autograder\.checking import (.+)", PAGE)
        for name in names.split(",")
    }
    assert imported <= set(autograder.checking.__all__)
    assert {"ask", "call", "Call", "Holder", "Mistake", "watch", "kind_of", "Foreign", "constant", "Answer"} <= told
