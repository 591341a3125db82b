"""Each setting has an effect on what students or graders get."""

from pathlib import Path

import pytest

from autograder.grading.grade import complete, load_test_files
from autograder.grading.gradescope import gradescope_results, shown_by
from autograder.grading.results import CaseResult, Graded
from autograder.settings import PLUGIN, Settings
from autograder.zips.sources import Sources
from tests.support.corpus import ROOT, project
from tests.support.samples import VALUES, config, settings, write_cases, write_config

POINTS = {"q1": 15, "q2": 10, "q3": 20, "q4": 35, "q5": 20}

#: A change for each setting that affects the zips. tests/grading and tests/sandbox test the limits.
CHANGES = {
    "assignment_name": "other-name",
    "title": "Another title",
    "points": {"q1": 1, "q2": 2, "q3": 4, "q4": 8, "q5": 16},
    "weight_range": 0.25,
    "steps": 2,
    "seed": 987654321,
}
BEFORE = project()
CONFIG_VALUES = config()["plugins"][0][PLUGIN]["values"]
LIMITS = {"call_seconds", "cells_seconds", "total_seconds", "memory_megabytes", "disk_megabytes"}
PICTURES = {"pictures"}  # tests/grading/test_gallery.py

#: What changes pages only, which tests/grading/test_gradescope.py tests.
PAGES = {"hidden_results", "handout_cells"}


def test_all_settings_are_tried() -> None:
    """This file, tests/grading/test_grade.py and tests/sandbox/test_limits.py test every setting."""
    kept = LIMITS | PICTURES | PAGES
    assert set(CHANGES) - set(VALUES) | kept | {"values"} == set(Settings.__struct_fields__)
    assert set(VALUES) == set(CONFIG_VALUES)


@pytest.mark.parametrize("name", CHANGES)
def test_effect(name: str, tmp_path: Path) -> None:
    """Each setting changes what students or graders get."""
    after = Sources(ROOT, write_config(tmp_path, **{name: CHANGES[name]}))
    assert BEFORE.notebook(solved=False) != after.notebook(solved=False) or BEFORE.all_tests != after.all_tests


@pytest.mark.sampled(1)
@pytest.mark.parametrize("question", POINTS)
def test_effect_of_points(question: str, tmp_path: Path) -> None:
    """The points of each question change the handout and the test files, which divide them among the cases."""
    after = Sources(ROOT, write_config(tmp_path, points=POINTS | {question: 3}))
    assert BEFORE.notebook(solved=False) != after.notebook(solved=False)
    assert after.all_tests != BEFORE.all_tests


@pytest.mark.parametrize("key", ["hidden_results", "points_possible", "score_threshold"])
def test_effect_on_results(key: str, tmp_path: Path) -> None:
    """When hidden results are shown, and Otter's keys, have their effect on results.json."""
    test_files = load_test_files(write_cases(tmp_path, public="init", hidden="init"))
    public = CaseResult(question="q3", name="public", points=1, outcome="passed")
    graded = Graded(cases=complete(test_files, [public], "no reason"))
    value = {"points_possible": 7, "score_threshold": 0.1, "hidden_results": "hidden"}[key]
    own, otter = ({key: value}, {}) if key in Settings.__struct_fields__ else ({}, {key: value})
    plain, changed = (
        gradescope_results(graded, shown_by(settings(**ours), config() | more, test_files))
        for ours, more in (({}, {}), (own, otter))
    )
    assert plain != changed
