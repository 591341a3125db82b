"""docs/settings.md tells the truth about each key and flag that Otter documents."""

import ast
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from autograder.entry.log import log_of
from autograder.errors import BuildError, SettingsError
from autograder.grading.grade import complete, load_test_files
from autograder.grading.gradescope import gradescope_results, otter_results, shown_by
from autograder.grading.otter_parts import AutograderConfig
from autograder.grading.results import CaseResult, Graded
from autograder.grading.results_json import GradescopeResults
from autograder.otter_keys import REFUSED, OtterSettings
from autograder.settings import parse
from autograder.zips.cases import is_hidden_case
from autograder.zips.sources import Sources
from tests.support.corpus import ROOT
from tests.support.samples import config, copy_project, write_cases

PAGE = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")

#: Asks Otter in a process of its own, because grading puts stand-ins in place of some of Otter's modules.
_ASK = """
import click, fica, json
from otter.cli import cli
from otter.run import AutograderConfig

keys = {name: key.get_default() for name, key in vars(AutograderConfig).items() if isinstance(key, fica.Key)}
flags = {
    name: [option.opts for option in cli.commands[name].params if isinstance(option, click.Option)]
    for name in ("grade", "run")
}
print(json.dumps([keys, flags], default=str))
"""

#: A value for each key that can be set, other than its default.
VALUES: dict[str, Any] = {
    "show_hidden": True, "show_stdout": True, "show_all_public": True, "force_public_test_summary": False,
    "points_possible": 7, "score_threshold": 0.1, "print_summary": False, "print_score": False, "logo": False,
}  # fmt: skip

#: Keys about PDFs of written answers, which tests/entry/test_pdf.py and tests/test_pdf_keys.py try.
PDFS = {"pdf", "token", "course_id", "assignment_id", "filtering", "pagebreaks", "warn_missing_pdf"}

#: Values that somebody might give the others.
STRANGE: dict[str, Any] = {
    "seed": 42, "seed_variable": "rng_seed", "serialized_variables": {"a": "int"}, "lang": "r",
    "autograder_dir": "/opt", "miniconda_path": "/opt/conda", "log_level": 10, "assignment_name": "hw1",
}  # fmt: skip


@pytest.fixture(scope="module")
def otter() -> tuple[dict[str, Any], dict[str, list[list[str]]]]:
    """Otter's documented keys with their defaults, and the flags of its two commands."""
    done = subprocess.run([sys.executable, "-c", _ASK], stdout=subprocess.PIPE, text=True, check=True)
    keys, flags = json.loads(done.stdout)
    return keys, flags


@pytest.fixture(scope="module")
def documented(otter: tuple[dict[str, Any], dict[str, list[list[str]]]]) -> dict[str, Any]:
    """Otter's documented keys with their defaults."""
    return otter[0]


def rows(heading: str) -> list[list[str]]:
    """The cells of the table below a heading of the page."""
    text = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line] for line in lines]


def told(state: str) -> list[str]:
    """The keys of which the page says that they work, or that they are refused."""
    return [row[0].strip("`") for row in rows("Otter's keys") if row[1] == state]


@pytest.mark.slow
def test_every_documented_key_is_on_the_page(documented: dict[str, Any]) -> None:
    """The table has each key that Otter documents once, and no other."""
    assert sorted(row[0].strip("`") for row in rows("Otter's keys")) == sorted(documented)
    assert all(len(row[2]) > 7 for row in rows("Otter's keys"))


def test_the_page_and_the_code_agree() -> None:
    """What the page calls refused is what the code refuses, and each key that works is tried."""
    assert set(told("refused")) == set(REFUSED)
    assert {*told("works"), "plugins"} == set(OtterSettings.__struct_fields__)
    assert set(told("works")) == set(VALUES) | PDFS


@pytest.mark.slow
@pytest.mark.parametrize("key", told("refused"))
def test_refused(key: str, documented: dict[str, Any], tmp_path: Path) -> None:
    """The build refuses the key with a reason, and takes Otter's own default."""
    root = copy_project(tmp_path)
    path = root / "otter_config.json"
    value = STRANGE.get(key, True)
    assert value != documented[key]
    path.write_text(json.dumps(config() | {key: value}), encoding="utf-8")
    with pytest.raises(SettingsError, match=rf"'{key}' cannot be set at the top level: \w.{{20}}"):
        Sources(root, path).check()
    path.write_text(json.dumps(config() | {key: documented[key]}), encoding="utf-8")
    Sources(root, path).check()


@pytest.fixture
def outcome(tmp_path: Path) -> tuple[list[Any], Graded]:
    """Test files with a public and a hidden case, and results in which one of them failed."""
    test_files = load_test_files(write_cases(tmp_path, public="init", hidden="init"))
    public = CaseResult(question="q3", name="public", points=1, outcome="passed")
    return test_files, Graded(cases=complete(test_files, [public], "no reason"), note="a note")


@pytest.mark.parametrize("key", VALUES)
def test_works(key: str, outcome: tuple[list[Any], Graded], tmp_path: Path) -> None:
    """Each key that can be set changes what is shown or printed; without it, nothing of that is there."""
    test_files, graded = outcome
    if key == "show_all_public":  # has an effect only where no case is hidden
        test_files = load_test_files(write_cases(tmp_path / "public", public="init"))
        graded = Graded(cases=complete(test_files, [], "no reason"))
    usual = config() | ({"show_hidden": True} if key == "force_public_test_summary" else {})
    before, after = (made(test_files, graded, usual | more) for more in ({}, {key: VALUES[key]}))
    assert effect(key, *before) is False
    assert effect(key, *after) is True


def made(
    test_files: list[Any], graded: Graded, content: dict[str, Any]
) -> tuple[dict[str, Any], GradescopeResults, str]:
    """Otter's own form of the results, ours, and what is printed."""
    otter = otter_results(graded, test_files).to_gradescope_dict(AutograderConfig(content))
    results = gradescope_results(graded, shown_by(parse(json.dumps(config())), content, test_files))
    return otter, results, log_of(graded, content)


def effect(key: str, otter: dict[str, Any], results: GradescopeResults, log: str) -> bool:
    """Whether a key has its effect."""
    question = next(test for test in otter["tests"] if "max_score" in test)
    return {
        "show_hidden": question["visibility"] == "after_published",
        "show_stdout": results.stdout_visibility == otter.get("stdout_visibility") == "after_published",
        "show_all_public": question["visibility"] == "visible",
        "force_public_test_summary": otter["tests"][0]["name"] != "Public Tests",
        "points_possible": results.score == otter.get("score") == 3.5,
        "score_threshold": results.score == otter.get("score") == 2,
        "print_summary": "GRADING SUMMARY" not in log,
        "print_score": "Total Score" not in log,
        "logo": "_____" not in log,
    }[key]


@pytest.mark.slow
def test_a_build_without_hidden_cases(tmp_path: Path) -> None:
    """With ``show_all_public``, students may see every test case, so that a build needs no hidden one."""
    from autograder.zips.archive import write_zip
    from autograder.zips.leaks import check_no_leaks

    root = tmp_path / "second"
    shutil.copytree(ROOT / "tests" / "second_assignment", root)
    for path in (root / "tests" / "otter").glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        tree.body = [
            statement
            for statement in tree.body
            if not is_hidden_case(statement) and "HIDDEN" not in ast.unparse(statement)
        ]
        path.write_text(ast.unparse(tree), encoding="utf-8")

    for more in ({}, {"show_all_public": True}):
        own = json.loads((ROOT / "tests" / "second_assignment" / "otter_config.json").read_text(encoding="utf-8"))
        (root / "otter_config.json").write_text(json.dumps(own | more), encoding="utf-8")
        sources = Sources(root, root / "otter_config.json")
        write_zip(tmp_path / "student.zip", sources.student_files())
        if more:
            check_no_leaks(tmp_path / "student.zip", sources)
        else:
            with pytest.raises(BuildError, match="set 'show_all_public' if students may see every test case"):
                check_no_leaks(tmp_path / "student.zip", sources)


@pytest.mark.slow
@pytest.mark.parametrize("command", ["grade", "run"])
def test_every_flag_is_on_the_page(command: str, otter: tuple[dict[str, Any], dict[str, list[list[str]]]]) -> None:
    """The second table has each flag of Otter's two commands."""
    _, flags = otter
    named = [row for row in rows("Flags of Otter's commands") if row[0] == f"`otter {command}`"]
    shown = {flag for row in named for flag in re.findall(r"`(-[^`]+)`", row[1])}
    assert all(set(names) & shown for names in flags[command]), flags[command]
    assert shown <= {name for names in flags[command] for name in names}
