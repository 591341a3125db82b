"""What ``run_autograder`` starts in a container of Gradescope or of ``otter grade``.

Reads ``/autograder/submission``, and leaves ``results/results.json`` for Gradescope and ``results/results.pkl`` for
Otter. ``results.json`` exists from the first moment on and is replaced at once, so it is valid whatever happens.
"""

import json
import os
import traceback
from pathlib import Path
from typing import Any

import dill
from otter.run import AutograderConfig
from otter.test_files import GradingResults

from .grading import grade
from .settings import FILE_NAME, load

_NOT_FINISHED = {
    "score": 0,
    "output": "Not graded: the autograder did not finish. Please tell the course staff.",
    "tests": [],
}


def main(autograder: Path) -> None:
    """Grade the submission in a container.

    Args:
        autograder: the folder that Gradescope calls ``/autograder``.
    """
    results = autograder / "results"
    results.mkdir(exist_ok=True)
    write_json(results / "results.json", _NOT_FINISHED)
    config = json.loads((autograder / "source" / FILE_NAME).read_text(encoding="utf-8"))
    try:
        settings = load(autograder / "source" / FILE_NAME)
        graded = grade(autograder / "submission", autograder / "source" / "tests", settings)
    except Exception as error:  # a fault of ours: staff find the details in the container's log
        traceback.print_exc()
        graded = GradingResults.without_results(RuntimeError(f"{type(error).__name__}: {error}"))
    output = gradescope_output(graded, config)
    # Otter's format, which ``otter grade`` reads; it holds our own results only, and nothing here ever reads one.
    with (results / "results.pkl").open("wb") as stream:
        dill.dump(graded, stream)
    write_json(results / "results.json", output)
    _print_summary(output)


def gradescope_output(graded: GradingResults, config: dict[str, Any]) -> dict[str, Any]:
    """Return results as Gradescope wants them, by Otter's own rules for what is visible."""
    output: dict[str, Any] = graded.to_gradescope_dict(AutograderConfig(config))
    return output


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write a JSON file such that a reader finds the old one or the new one, never a part of it."""
    beside = path.with_suffix(".part")
    beside.write_text(json.dumps(content, indent=2), encoding="utf-8")
    os.replace(beside, path)


def _print_summary(output: dict[str, Any]) -> None:
    """For staff: the log of the container."""
    for test in output["tests"]:
        if "score" in test:
            print(f"{test['name']}: {test['score']:g} / {test['max_score']:g}")
    if note := output.get("output"):
        print(note)
