"""The same settings give the same results in every way of grading: four ways, and what Otter would do itself."""

import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from autograder.grading.gradescope import FOR_STAFF
from autograder.settings import PLUGIN
from tests.batch.folders import Place, place
from tests.support.corpus import ROOT

__all__ = ["place"]

pytestmark = pytest.mark.slow

#: Otter's keys, ours, and what they make of a submission with the first of three points: in Otter's form when the
#: question is shown and whether it has a summary of public cases, the score, and who sees what is printed.
CASES: dict[str, tuple[dict[str, Any], str, tuple[str, bool], float | None, str | None]] = {
    "nothing": ({}, "after_published", ("hidden", True), None, None),
    "scaled and shown": (
        {"show_hidden": True, "show_stdout": True, "points_possible": 30, "force_public_test_summary": False,
         "logo": False, "print_summary": False},
        "after_due_date", ("after_published", False), 10, "after_published",
    ),
    "passed or failed": (
        {"score_threshold": 0.3, "show_all_public": True, "print_score": False}, "hidden", ("hidden", True), 3, None
    ),
    "failed": ({"score_threshold": 0.5, "points_possible": 30}, "after_published", ("hidden", True), 0, None),
}  # fmt: skip


def write_zip(place: Place, keys: dict[str, Any], hidden_results: str) -> None:
    """Write a zip with these keys of Otter and with the whole engine, as ``otter run`` needs it."""
    with zipfile.ZipFile(place.zip) as old:
        files = {name: old.read(name) for name in old.namelist()}
    config = json.loads(files["otter_config.json"]) | keys
    config["plugins"][0][PLUGIN]["hidden_results"] = hidden_results
    files["otter_config.json"] = json.dumps(config).encode()
    for file in (ROOT / "autograder").rglob("*.py"):
        files[f"files/{file.relative_to(ROOT).as_posix()}"] = file.read_bytes()
    with zipfile.ZipFile(place.zip, "w") as new:
        for name, content in files.items():
            new.writestr(name, content)


def every_way(place: Place, path: Path) -> dict[str, tuple[dict[str, Any], str]]:
    """results.json and what was printed, of each way."""
    run = [sys.executable, "-m", "autograder", "run", str(path), "-a", str(place.zip), "--json", str(path) + ".json"]
    otter = [sys.executable, "-m", "otter", "run", "-a", str(place.zip), "-o", str(place.folder), str(path)]
    container = place.folder / "autograder"
    (container / "submission").mkdir(parents=True)
    (container / "submission" / path.name).write_bytes(path.read_bytes())
    with zipfile.ZipFile(place.zip) as archive:
        archive.extractall(container / "source")
    start = "import sys, pathlib, autograder.entry.container as c; c.main(pathlib.Path(sys.argv[1]))"
    commands = {
        "autograder grade": (place.command(paths=(path,)), place.output / "results" / f"{path.name}.json"),
        "autograder run": (run, Path(run[-1])),
        "otter run": (otter, place.folder / "results.json"),
        "container": ([sys.executable, "-c", start, str(container)], container / "results" / "results.json"),
    }
    found = {}
    for name, (command, results) in commands.items():
        done = place.run(command)
        assert done.returncode == 0, done.stdout + done.stderr
        found[name] = json.loads(results.read_text(encoding="utf-8")), done.stdout
    return found


@pytest.mark.parametrize("name", CASES)
def test_every_way(name: str, place: Place) -> None:
    """All ways give the same rows and ``otter run`` Otter's form, with each key's effect; so does what is printed."""
    keys, when, (visibility, summary), score, printed = CASES[name]
    write_zip(place, keys, when)
    ways = every_way(place, place.write("homework.ipynb", forward=5))
    told = {}
    for way, (results, _) in ways.items():
        tests = [test for test in results["tests"] if test["name"] != FOR_STAFF]
        assert results.get("score") == pytest.approx(score) if score is not None else "score" not in results, way
        assert results.get("stdout_visibility") == printed, way
        if way == "otter run":
            (question,) = [test for test in tests if "max_score" in test]
            assert (question["score"], question["max_score"], question["visibility"]) == (1, 3, visibility)
            assert ("Public Tests" in [test["name"] for test in tests]) is summary
        else:
            assert {test["visibility"] for test in tests} == {"visible", when}, way
            assert sum(test["score"] for test in tests) == 1, way
            told[way] = tests
    assert len({json.dumps(tests, sort_keys=True) for tests in told.values()}) == 1
    check_printed({way: text for way, (_, text) in ways.items()}, keys, score)


def check_printed(texts: dict[str, str], keys: dict[str, Any], score: float | None) -> None:
    assert ("\\_____/" in texts["container"]) is keys.get("logo", True)
    assert "\\_____/" in texts["otter run"]  # Otter's command goes by its flag alone
    for way in ("otter run", "container"):
        assert ("Total Score: " in texts[way]) is keys.get("print_score", True), way
        assert ("GRADING SUMMARY" in texts[way]) is keys.get("print_summary", True), way
    assert ("1 of 3 points" in texts["autograder run"]) is keys.get("print_score", True)
    if score is not None and keys.get("print_score", True):
        most = keys.get("points_possible", 3)
        line = f"Total Score: {score:.3f} / {most:.3f}"
        assert all(line in texts[way] for way in ("otter run", "container", "autograder run"))


def test_the_zip_of_these_tests(place: Place) -> None:
    """The zip that they grade with has the plugin that a build has."""
    with zipfile.ZipFile(place.zip) as archive:
        assert PLUGIN in archive.read("otter_config.json").decode()
