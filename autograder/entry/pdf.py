"""The PDF of a submission's written answers: a container makes it and hands it in after the results are written.

No process of the submission is left by then. Two fresh processes do the work, each with a time limit. One makes the
PDF. The other hands it in, and only this one is given the token. If anything goes wrong in them, the marks are already
safe on disk. Staff can read the reason; students only read that it did not work.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from ..errors import OurFault, our_fault
from ..grading.files import RecordError, from_json, parsed, to_json, typed
from ..grading.gradescope import FOR_STAFF
from ..grading.handout import HANDOUT_FILE, Handout
from ..grading.judging import functions_of
from ..grading.markup import paragraph
from ..grading.otter_parts import TestFile
from ..grading.results_json import ContainerResults, GradescopeTest
from ..sandbox.text import clean
from ..settings import Settings
from ..written.one import OnePdf
from .upload import Upload, Uploaded

#: Seconds that making a PDF may take, and handing it in.
MAKE_SECONDS, UPLOAD_SECONDS = 120.0, 90.0

#: Seconds that a process which took too long gets to end its own processes.
_PARTING_SECONDS = 3.0

#: What students read.
TAKEN = "A PDF of your written answers was handed in for you."
NOT_TAKEN = "A PDF of your written answers could not be handed in. The course staff can see why; it costs no points."
NOT_MADE = "No PDF of your written answers could be made. The course staff can see why; it costs no points."

_NO_STUDENT = "submission_metadata.json names no student with an email address, so no PDF was handed in"


class _User(msgspec.Struct, frozen=True):
    name: str = ""
    email: str = ""


class _Metadata(msgspec.Struct, frozen=True):
    """What Gradescope says about a submission, as far as it is needed here."""

    id: int | str = ""
    users: list[_User] = []


@dataclass
class PdfOutcome:
    """What happened to the PDF."""

    told: str = ""
    """For the student; empty if there is nothing to say."""
    staff: list[str] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Whether the student's PDF is not where it should be."""
        return self.told in {NOT_TAKEN, NOT_MADE}


def make_and_hand_in(
    autograder: Path, config: Mapping[str, Any], settings: Settings, test_files: Sequence[TestFile]
) -> PdfOutcome:
    """Make the PDF of a submission's written answers, and hand it in. Errors are noted, not raised.

    Args:
        autograder: the folder that Gradescope calls ``/autograder``.
        config: the content of otter_config.json.
        settings: our settings.
        test_files: the test files. Questions without one are written.
    """
    outcome, token = PdfOutcome(), config.get("token")
    try:
        metadata = _metadata(autograder / "submission_metadata.json", outcome)
        emails = [user.email for user in metadata.users if user.email]
        if token is not None and not emails:
            outcome.staff.append(_NO_STUDENT)
        if config.get("pdf") or (token is not None and emails):
            with tempfile.TemporaryDirectory(prefix="autograder-pdf-") as folder:
                pdf = Path(folder, f"{settings.assignment_name}.pdf")
                _make(_order(autograder, pdf, metadata, bool(config.get("pagebreaks")), settings, test_files))
                if config.get("pdf"):
                    _leave(pdf, autograder / "submission")
                if token is not None and emails:
                    ids = str(config["course_id"]), str(config["assignment_id"])
                    _hand_in(Upload(pdf=str(pdf), token=token, course_id=ids[0], assignment_id=ids[1], emails=emails),
                             outcome)  # fmt: skip
    except Exception as error:
        outcome.told = outcome.told or NOT_MADE
        outcome.staff.append(f"no PDF: {our_fault(error)}".replace(token or "\0", "[token]"))
    return outcome


def with_pdf(results: ContainerResults, outcome: PdfOutcome, warn: bool) -> ContainerResults:
    """Say in results what happened to the PDF.

    Args:
        results: the results of a container, with the test for staff.
        outcome: what happened to it.
        warn: whether a missing PDF gets a row of its own: Otter's ``warn_missing_pdf``.
    """
    staff = "\n".join(f"PDF of the written answers: {line}" for line in outcome.staff)
    tests = [
        replace(test, output=f"{test.output}\n\n{staff}") if test.name == FOR_STAFF and staff else test
        for test in results.tests
    ]
    if warn and outcome.failed:
        row = GradescopeTest(name="PDF of your written answers", visibility="visible", output=outcome.told,
                             output_format="text", status="failed")  # fmt: skip
        tests.insert(0, row)
    output = (results.output or "") + (paragraph(outcome.told) if outcome.told else "")
    return replace(results, tests=tests, output=output)


def _metadata(path: Path, outcome: PdfOutcome) -> _Metadata:
    """What Gradescope says about the submission; nothing under ``otter grade``, where the file is empty."""
    text = path.read_bytes() if path.is_file() else b""
    try:
        return typed(parsed(text), _Metadata) if text.strip() else _Metadata()
    except RecordError as error:
        outcome.staff.append(f"submission_metadata.json cannot be read: {error}")
        return _Metadata()


def _order(
    autograder: Path, pdf: Path, metadata: _Metadata, own_pages: bool, settings: Settings,
    test_files: Sequence[TestFile],
) -> OnePdf:  # fmt: skip
    tested = {test_file.name for test_file in test_files}
    handout = from_json((autograder / "source" / HANDOUT_FILE).read_bytes(), Handout)
    titles = {name: handout.titles[name] for name in settings.points if name not in tested and name in handout.titles}
    names = ", ".join(user.name or user.email for user in metadata.users) or _file_in(autograder / "submission")
    return OnePdf(
        submission=str(autograder / "submission"), target=str(pdf), left=f"{settings.title}  \u2013  {clean(names)}",
        right=f"submission {metadata.id}" if metadata.id else "", assignment=settings.assignment_name,
        functions=functions_of(list(test_files)), handout=handout, titles=titles, own_pages=own_pages,
    )  # fmt: skip


def _file_in(folder: Path) -> str:
    """The name of the file that was handed in, for when no student is known."""
    return next((path.name for path in sorted(folder.iterdir()) if path.suffix != ".pdf"), "")


def _leave(pdf: Path, folder: Path) -> None:
    """Copy the PDF to where ``otter grade --pdfs`` looks for it: beside the submission, under the same name."""
    name = Path(_file_in(folder)).stem
    (folder / f"{name or pdf.stem}.pdf").write_bytes(pdf.read_bytes())


def _make(order: OnePdf) -> None:
    """Make the PDF.

    Raises:
        OurFault: that failed; the message says why.
    """
    printed, problem = _run("written.one", to_json(order), MAKE_SECONDS)
    if problem or not Path(order.target).is_file():
        raise OurFault(f"it could not be made: {problem or printed or 'for an unknown reason'}")


def _hand_in(order: Upload, outcome: PdfOutcome) -> None:
    printed, problem = _run("entry.upload", to_json(order), UPLOAD_SECONDS)
    done = dict[str, str]()
    for line in printed.splitlines():
        with suppress(RecordError):
            one = from_json(line, Uploaded)
            done[one.email] = one.problem
    place = f"course {order.course_id}, assignment {order.assignment_id}"
    for email in order.emails:
        why = done.get(email, problem or "the process that hands it in ended early")
        told = f"not handed in for {email} ({place}): {why}" if why else f"handed in for {email} ({place})"
        outcome.staff.append(clean(told.replace(order.token, "[token]")))
    outcome.told = TAKEN if all(done.get(email, "-") == "" for email in order.emails) else NOT_TAKEN


def _run(module: str, order: str, seconds: float) -> tuple[str, str]:
    """Run one of our modules in its own process. Returns what it printed, and why it failed, if it did."""
    package = (__package__ or "").partition(".")[0]
    command = [sys.executable, "-m", f"{package}.{module}"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=_environment(), text=True,
        cwd="/", start_new_session=True, errors="replace",
    ) as process:  # fmt: skip
        try:
            printed, errors = process.communicate(order, timeout=seconds)
        except subprocess.TimeoutExpired:
            _end(process)
            printed, _ = process.communicate()
            return printed, f"it took longer than {seconds:g} seconds"
    if process.returncode:
        last = errors.strip().splitlines()[-1:] or [f"it ended with {process.returncode}"]
        return printed, last[0][:500]
    return printed, ""


def _end(process: "subprocess.Popen[str]") -> None:
    """Ask a process to end, so that it can end its own processes first; then kill it."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(_PARTING_SECONDS)
    process.kill()


def _environment() -> dict[str, str]:
    """The environment of both processes: where to find this package and, in an image, the libraries for PDFs."""
    ours = [str(Path(__file__).resolve().parents[2]), str(Path(sys.prefix).with_name("written"))]
    paths = [*ours, *(path for path in sys.path if os.path.isabs(path))]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONSAFEPATH": "1", "PYTHONNOUSERSITE": "1"}
