"""What another autograder.zip can change for work that has been graded: nothing, points only, or anything.

Grading is skipped only if that is safe. Test files are compared as programs, without comments and without the points
of their cases. Only those settings are compared that could affect a submission's run or its test cases.
"""

import ast
import json
from enum import Enum
from typing import Any

from ..settings import PLUGIN
from ..zips.reading import ZipContent

#: Otter's keys that change which results are shown, how the sum of the points is scaled, or what is done with PDFs.
_SHOWN = {
    "show_hidden", "show_stdout", "show_all_public", "force_public_test_summary", "points_possible", "score_threshold",
    "print_summary", "print_score", "logo", "pdf", "token", "course_id", "assignment_id", "filtering", "pagebreaks",
    "warn_missing_pdf",
}  # fmt: skip

#: Our settings that grading does not read: the headline, when hidden results are shown, and the points, which are
#: numbers in the test files.
_IN_HANDOUT = {"title", "points", "hidden_results"}

#: The name that test files have for the points of all questions.
_POINTS = "POINTS"


class Effect(Enum):
    """What another zip can change."""

    NOTHING = "neither outcomes nor points"
    POINTS = "only the points of test cases"
    ANYTHING = "outcomes of test cases"


def effect_of(before: ZipContent, now: ZipContent) -> Effect:
    """Find out what a new zip can change.

    Args:
        before: the zip that the work was graded with.
        now: the new one.
    """
    if before.tests == now.tests:
        return Effect.NOTHING if _settings(before) == _settings(now) else Effect.ANYTHING
    if _settings(before) != _settings(now) or before.tests.keys() != now.tests.keys():
        return Effect.ANYTHING
    try:
        same = all(_program(before.tests[name]) == _program(now.tests[name]) for name in now.tests)
    except (SyntaxError, ValueError):  # grading says what is wrong
        return Effect.ANYTHING
    return Effect.POINTS if same else Effect.ANYTHING


def _settings(content: ZipContent) -> dict[str, Any]:
    """The settings that could affect grading."""
    config = {key: value for key, value in json.loads(content.config).items() if key not in _SHOWN}
    plugins = [_without(plugin) if isinstance(plugin, dict) else plugin for plugin in config.pop("plugins", [])]
    return config | {"plugins": plugins}


def _without(plugin: dict[str, Any]) -> dict[str, Any]:
    return {
        name: {key: value for key, value in ours.items() if key not in _IN_HANDOUT} if name == PLUGIN else ours
        for name, ours in plugin.items()
    }


def _program(source: bytes) -> str:
    """A test file without comments, and without what only says how many points a case gives."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        for decorator in getattr(node, "decorator_list", []):
            if isinstance(decorator, ast.Call):
                decorator.keywords = [keyword for keyword in decorator.keywords if keyword.arg != "points"]
    if not any(isinstance(node, ast.Name) and node.id == _POINTS and _is_read(node) for node in ast.walk(tree)):
        tree.body = [statement for statement in tree.body if not _sets(statement, _POINTS)]
    return ast.dump(tree)


def _is_read(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Load)


def _sets(statement: ast.stmt, name: str) -> bool:
    """Whether a statement is ``name = ...`` with a plain value, which does nothing else."""
    if not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
        return False
    target = statement.targets[0]
    try:
        ast.literal_eval(statement.value)
    except ValueError:
        return False
    return isinstance(target, ast.Name) and target.id == name
