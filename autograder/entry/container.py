"""What ``run_autograder`` starts in a container of Gradescope or of ``otter grade``.

Reads ``/autograder/submission``, and leaves ``results/results.json`` for Gradescope and ``results/results.pkl`` for
Otter. ``results.json`` exists from the first moment on and is replaced at once, so it is valid whatever happens.
No Jupyter kernel is involved. The warm parent starts before anything else is imported: both take about as long.
"""

import json
import os
import traceback
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..sandbox import Sandbox
from ..settings import FILE_NAME, load

_NOT_FINISHED = {
    "score": 0,
    "output": "Not graded: the autograder did not finish. Please tell the course staff.",
    "tests": [],
}

#: Of the folder that Gradescope calls /autograder: what no submission may read. Its own files it is given anew.
_CLOSED = ("source", "results", "submission", "submission_metadata.json", "otter_config.json")


def main(autograder: Path) -> None:
    """Grade the submission in a container.

    Args:
        autograder: the folder that Gradescope calls ``/autograder``.
    """
    results = autograder / "results"
    results.mkdir(exist_ok=True)
    write_json(results / "results.json", _NOT_FINISHED)
    secrets = close(autograder)
    with Sandbox(secrets=secrets) as sandbox:
        outcome, graded = _grade(autograder, sandbox)
    config = json.loads((autograder / "source" / FILE_NAME).read_text(encoding="utf-8"))
    output = gradescope_output(graded, config)
    _write_pickle(results / "results.pkl", graded)
    write_json(results / "results.json", output)
    _print_summary(output, outcome)


def close(autograder: Path) -> list[Path]:
    """Close our files and folders to everybody but their owner, and give them to us where we are root.

    Returns:
        Those that are there.
    """
    found = [autograder / name for name in _CLOSED if (autograder / name).exists()]
    for path in found:
        with suppress(PermissionError):  # another's, where we are not root: the sandbox tries whether it can be read
            path.chmod(0o700 if path.is_dir() else 0o600)
            if os.geteuid() == 0:
                os.chown(path, 0, 0)
    return found


def _grade(autograder: Path, sandbox: Sandbox) -> tuple[dict[str, Any], Any]:
    from ..grading.grade import fill_in, load_test_files, nothing_run, run

    source = autograder / "source"
    try:
        outcome = run(autograder / "submission", source / "tests", load(source / FILE_NAME), sandbox)
    except Exception as error:  # a fault of ours: staff find the details in the container's log
        traceback.print_exc()
        note = "Not graded: there is a fault in the autograder. Please tell the course staff."
        outcome = nothing_run(note, note) | {"staff": f"{type(error).__name__}: {error}"}
    return outcome, fill_in(load_test_files(source / "tests"), outcome)


def gradescope_output(graded: Any, config: dict[str, Any]) -> dict[str, Any]:
    """Return results as Gradescope wants them, by Otter's own rules for what is visible."""
    output: dict[str, Any] = graded.to_gradescope_dict(_otter_config(json.dumps(config)))
    return output


@lru_cache(4)
def _otter_config(config: str) -> Any:
    """Otter's object for its settings, which takes longer to make than results take to be written."""
    from ..grading.otter_parts import AutograderConfig

    return AutograderConfig(json.loads(config))


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write a JSON file such that a reader finds the old one or the new one, never a part of it."""
    beside = path.with_suffix(".part")
    beside.write_text(json.dumps(content, indent=2), encoding="utf-8")
    os.replace(beside, path)


def _write_pickle(path: Path, graded: Any) -> None:
    """Otter's format, which ``otter grade`` reads. It holds our own results only, and nothing here ever reads one."""
    import dill

    from ..grading.otter_parts import light_otter

    beside = path.with_suffix(".part")
    with beside.open("wb") as stream, light_otter():
        dill.dump(graded, stream)
    os.replace(beside, path)


def _print_summary(output: dict[str, Any], outcome: dict[str, Any]) -> None:
    """For staff: the log of the container."""
    from ..grading.grade import staff_report

    for test in output["tests"]:
        if "score" in test:
            print(f"{test['name']}: {test['score']:g} / {test['max_score']:g}")
    for note in (output.get("output"), staff_report(outcome)):
        if note:
            print(note)
