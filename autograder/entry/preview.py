"""Grade one submission, and show it as its student and as staff see it, in a browser."""

import hashlib
import json
import tempfile
import time
import webbrowser
from pathlib import Path

from ..grading.files import write_file
from ..grading.grade import grade, load_test_files
from ..grading.gradescope import about, gradescope_results, shown_by
from ..report.preview import render_preview
from ..sandbox import Sandbox
from ..sandbox.text import clean
from ..version import digest_of_package, digest_of_zip, identity
from ..zips.reading import read_autograder_zip
from .terminal import telling_faults


def preview_one(submission: Path, autograder: Path, folder: Path | None, show: bool, confine: bool = True) -> Path:
    """Grade a submission with an autograder.zip, and write a page with what its student and what staff see.

    Args:
        submission: a notebook, a script, a zip, or a folder of files.
        autograder: the zip.
        folder: where to write the page; by default a new temporary folder.
        show: whether to open it in a browser.
        confine: whether to confine the student's code.

    Returns:
        The path of the page.

    Raises:
        AutograderError: the zip is not an autograder.zip of this project.
        OurFault: the submission could not be graded because of a fault on our side.
    """
    with telling_faults():
        page = _page(submission, autograder, confine)
        folder = folder or Path(tempfile.mkdtemp(prefix="autograder-preview-"))
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{submission.resolve().name}.html"
        write_file(path, page.encode("utf-8"))
    if show:
        webbrowser.open(path.resolve().as_uri())
    return path


def _page(submission: Path, autograder: Path, confine: bool) -> str:
    begun = time.monotonic()
    content = read_autograder_zip(autograder)
    with tempfile.TemporaryDirectory(prefix="autograder-") as name:
        tests = content.write_tests(Path(name))
        with Sandbox(secrets=[tests, autograder] if confine else [], confine=confine) as sandbox:
            graded = grade(submission, tests, content.settings, sandbox)
        shown = shown_by(content.settings, json.loads(content.config), load_test_files(tests))
    grader = digest_of_package() + digest_of_zip(autograder.read_bytes())
    key = hashlib.sha256(grader + graded.run.digest.encode()).hexdigest()
    how = about(graded, identity(), key, time.monotonic() - begun)
    name = clean(submission.resolve().name)
    results = gradescope_results(graded, shown)
    return render_preview(graded, results, shown, how, content.settings.title, name)
