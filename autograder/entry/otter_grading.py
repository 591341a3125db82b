"""What the kernel of ``otter run`` starts: it grades one submission, and says what Otter needs to know of it.

The kernel loads no test file for that: the libraries that test cases use take as long as grading.
"""

import gc
import sys
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path

import msgspec

from ..errors import NOT_GRADED, our_fault
from ..grading.files import to_json
from ..grading.otter_parts import TestCase, TestFile
from ..grading.results import Graded
from ..sandbox import Sandbox
from ..settings import load

#: How to start it: with the paths of a submission, of the folder of the test files, and of the settings.
START = f"import gc; gc.disable(); from {__name__} import main; main()"


class OtterFile(msgspec.Struct, frozen=True):
    """A test file as Otter knows it, without its code."""

    name: str
    file: str
    all_or_nothing: bool
    cases: list[TestCase]


class ForOtter(msgspec.Struct, frozen=True):
    """A graded submission, and the test files that graded it."""

    graded: Graded
    files: list[OtterFile]


def main() -> None:
    """Grade a submission and print a ``ForOtter`` as JSON; see ``START``."""
    path, tests, config = map(Path, sys.argv[1:])
    try:
        with redirect_stdout(sys.stderr):  # for the author of a check, who prints something to see it
            told = to_json(_graded(path, tests, config))
    except Exception as error:
        fault = our_fault(error)
        sys.exit(f"{fault.details}{NOT_GRADED}: {fault}")
    sys.stdout.write(told)


def _graded(path: Path, tests: Path, config: Path) -> ForOtter:
    settings = load(config)
    with Sandbox(secrets=[tests]) as sandbox:
        # While the warm parent loads its libraries, load the test files, too.
        from ..grading.grade import grade_path, load_test_files
        from ..grading.judging import Judge

        files = load_test_files(tests)
        gc.freeze()  # libraries are not garbage: START keeps the collector off until here
        gc.enable()
        graded = grade_path(path, Judge(files), settings, sandbox)
    return ForOtter(graded, [_declared(file) for file in files])


def _declared(file: TestFile) -> OtterFile:
    cases = [replace(case, body=None, hidden=bool(case.hidden)) for case in file.test_cases]
    return OtterFile(file.name, Path(file.path).name, file.all_or_nothing, cases)
