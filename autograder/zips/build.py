"""Build both zips: write them to a temporary folder, validate them, then move both into place."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from ..errors import BuildError
from .archive import write_zip
from .sources import Sources
from .validation import validate

STUDENT_ZIP = "student.zip"
AUTOGRADER_ZIP = "autograder.zip"


def build(
    sources: Sources,
    output: Path,
    progress: Callable[[str], None] = lambda _: None,
    warn: Callable[[str], None] = lambda _: None,
) -> list[Path]:
    """Write student.zip and autograder.zip into a folder.

    Nothing in the folder changes until both new zips are complete and validated.

    Args:
        sources: the parts of the assignment.
        output: the folder; it is created if it is missing.
        progress: called with the name of each step before the step begins.
        warn: called with what could not be validated on this system.

    Returns:
        The paths of the two zips.

    Raises:
        SettingsError: a setting is wrong.
        BuildError: a part is missing, a zip fails its checks, or the folder cannot be written to.
    """
    progress("Reading settings and sources")
    sources.check()
    settings = sources.settings
    try:
        output.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".build-", dir=output) as name:
            student, autograder = Path(name, STUDENT_ZIP), Path(name, AUTOGRADER_ZIP)
            progress(f"Writing {STUDENT_ZIP}: the handout with stubs, the public test cases")
            write_zip(student, sources.student_files())
            progress(f"Writing {AUTOGRADER_ZIP}: all test cases, the reference solution, the grader")
            write_zip(autograder, sources.autograder_files())
            progress(f"Validating {settings.assignment_name}")
            remark = validate(student, autograder, sources)
            for path in (autograder, student):
                path.chmod(0o644)
                os.replace(path, output / path.name)
    except OSError as error:
        raise BuildError(
            f"cannot write to {output}: {error.strerror or error}; the zips there are unchanged"
        ) from error
    if remark:
        warn(remark)
    return [output / STUDENT_ZIP, output / AUTOGRADER_ZIP]
