"""What ``run_autograder`` starts in a container of Gradescope or ``otter grade``.

It reads ``/autograder/submission``. At the end it writes ``results/results.json`` for Gradescope and
``results/results.pkl`` for Otter, each in one step. If something goes wrong on our side, there are no results, and the
exit status is 1. Both then show a submission that was not graded and can be graded again, not one with 0 points.
It prints only what Otter prints, because ``show_stdout`` publishes it. Text for staff goes into a test that
Gradescope shows to nobody else.
No Jupyter kernel is used. The warm parent starts before the other imports, because both take about the same time. So
the imports at the top of this file are only those that the start needs, without numpy.
"""

import gc
import hashlib
import json
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import NOT_GRADED, SettingsError, our_fault
from ..grading.files import write_file, write_json
from ..otter_keys import REFUSED, WRITTEN_LOCK, makes_pdf
from ..sandbox import Sandbox
from ..settings import FILE_NAME, parse
from ..version import digest_of_package, identity

if TYPE_CHECKING:
    from ..grading.results import Graded

#: What no submission may read in the folder that Gradescope calls /autograder. Each gets a copy of its own files.
_CLOSED = ("source", "results", "submission", "submission_metadata.json", "otter_config.json")

_NO_PDF = (
    "its image makes no PDFs: set 'pdf' to true at the top level of otter_config.json, and build the zip again with "
    "'autograder build'"
)


class FlagError(SettingsError):
    """A flag of ``otter grade`` that cannot be used."""


def main(autograder: Path) -> None:
    """Grade the submission in a container.

    Args:
        autograder: the folder that Gradescope calls ``/autograder``.

    Raises:
        SystemExit: with status 1, if it could not be graded because of a fault on our side. The log tells staff why.
    """
    results = autograder / "results"
    try:
        _forget(results)
        _grade(autograder)
    except Exception as error:
        fault = our_fault(error)
        print(f"{fault.details}{NOT_GRADED}: {fault}", flush=True)
        with suppress(OSError):
            _forget(results)
        if not isinstance(error, FlagError):
            sys.exit(1)
        _refuse(results, str(fault))


def _forget(results: Path) -> None:
    """Remove the results of an earlier run. The file that Otter puts there and fetches is only emptied."""
    results.mkdir(exist_ok=True)
    for path in (results / "results.json", results / "results.part"):
        path.unlink(missing_ok=True)
    if (results / "results.pkl").exists():
        (results / "results.pkl").write_bytes(b"")


def _grade(autograder: Path) -> None:
    begun = time.monotonic()
    results, source = autograder / "results", autograder / "source"
    config = _config(source / FILE_NAME)
    settings = parse(json.dumps(config))
    with Sandbox(secrets=close(autograder)) as sandbox:
        # While the warm parent loads its libraries, load all that comes later, too.
        import dill

        from ..grading.grade import grade_path, load_test_files
        from ..grading.gradescope import about, gradescope_results, otter_results, shown_by, with_staff_part
        from ..grading.judging import Judge
        from ..grading.results_json import container_results
        from .log import log_of

        test_files = load_test_files(source / "tests")
        shown = shown_by(settings, config, test_files)
        gc.freeze()  # libraries are not garbage: run_otter.py keeps the collector off until here
        gc.enable()
        graded = grade_path(autograder / "submission", Judge(test_files), settings, sandbox)
        output = with_staff_part(gradescope_results(graded, shown), graded)
        stored = about(graded, identity(), _key(source, graded), time.monotonic() - begun)
        written = container_results(output, stored)
        write_json(results / "results.json", written)
        write_file(results / "results.pkl", _pickled(dill.dumps, otter_results(graded, test_files)))
    print(log_of(graded, config), flush=True)
    if makes_pdf(config):  # only now: no process of the submission is left
        try:
            from .pdf import make_and_hand_in, with_pdf

            outcome = make_and_hand_in(autograder, config, settings, test_files)
            write_json(results / "results.json", with_pdf(written, outcome, bool(config.get("warn_missing_pdf"))))
            print(outcome.told, end="\n" if outcome.told else "", flush=True)
        except Exception as error:  # the results that were written above have all marks
            print(f"PDF of the written answers: {type(error).__name__}", flush=True)


def _key(source: Path, graded: "Graded") -> str:
    """A text that changes with what was graded, the test cases, the settings and the program."""
    digest = hashlib.sha256(digest_of_package() + graded.run.digest.encode())
    for path in (source / FILE_NAME, *sorted((source / "tests").glob("*.py"))):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _config(path: Path) -> dict[str, Any]:
    """The content of otter_config.json, including what flags of ``otter grade`` have put into it.

    Raises:
        FlagError: one of them cannot be used.
    """
    config: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    config.pop("zips", None)  # from --ext zip: zips are opened anyway
    if config.get("debug"):
        raise _flag_error("--debug", REFUSED["debug"][1])
    if config.get("pdf") and not (path.parent / WRITTEN_LOCK).is_file():
        raise _flag_error("--pdfs", _NO_PDF)
    return config


def _flag_error(flag: str, reason: str) -> FlagError:
    return FlagError(f"'otter grade {flag}' cannot be used with this autograder.zip: {reason}")


def _refuse(results: Path, reason: str) -> None:
    """Let ``otter grade`` write a reason into its table instead of marks."""
    import dill

    from ..grading.otter_parts import GradingResults

    refused = GradingResults.without_results(RuntimeError(f"{NOT_GRADED}: {reason}"))
    write_file(results / "results.pkl", _pickled(dill.dumps, refused))


def close(autograder: Path) -> list[Path]:
    """Let nobody but their owner read our files and folders. If we are root, become their owner.

    Returns:
        The files and folders that exist.
    """
    found = [autograder / name for name in _CLOSED if (autograder / name).exists()]
    for path in found:
        with suppress(PermissionError):  # not ours, and we are not root; the sandbox checks whether it can be read
            path.chmod(0o700 if path.is_dir() else 0o600)
            if os.geteuid() == 0:
                os.chown(path, 0, 0)
    return found


def _pickled(dumps: Callable[[Any], bytes], results: Any) -> bytes:
    """Otter's format, for ``otter grade``. It holds only our own results. This project never reads such a file."""
    from ..grading.otter_parts import light_otter

    with light_otter():
        return dumps(results)
