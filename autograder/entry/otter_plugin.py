"""The Otter plugin: ``otter run`` grades behind our wall instead of in the student's own kernel."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
from click import ClickException
from otter.plugins import AbstractOtterPlugin
from otter.test_files import GradingResults

from ..errors import NOT_GRADED, OurFault, our_fault
from ..settings import PLUGIN, parse
from ..student.folders import remove
from .otter_kernel import NOTE

#: The end of what ``otter run`` prints. This may be published, so it has no notes for staff.
_REPORT = "Notes for staff are not printed here. 'autograder run' prints them."

_CELL = """\
from autograder.entry.otter_kernel import grade_into_otter
grade_into_otter({submission!r}, {settings!r})
"""


def _told(output: Any) -> str:
    """What an error of our cell says. A fault of ours has just its reason; any other error has its type, too."""
    return output.evalue if output.ename == OurFault.__name__ else f"{output.ename}: {output.evalue}"


@contextmanager
def _for_otter() -> Iterator[None]:
    """Let Otter's command line report what goes wrong in the block, without a traceback."""
    try:
        yield
    except Exception as error:
        raise ClickException(f"{NOT_GRADED}: {our_fault(error)}") from error


class AutograderPlugin(AbstractOtterPlugin):  # type: ignore[misc]
    """The plugin that otter_config.json names. Our settings are there, too."""

    @property
    def _folder(self) -> Path:
        """The working directory of Otter's kernel."""
        return Path(self.submission_path).resolve().parent

    @property
    def _quarantine(self) -> Path:
        """The folder that the student's files are moved to. No kernel imports anything from there."""
        return self._folder.parent / "quarantine"

    @_for_otter()
    def before_grading(self, otter_config: Any) -> None:
        """Move the student's files away from Otter and its kernel, except the one that Otter reads next.

        Otter would unpickle ``.OTTER_LOG``. Python would import ``numpy.py``, or a package with the name of ours.

        Raises:
            ClickException: a setting or a flag of ``otter run`` cannot be used.
        """
        by_itself = ("autograder_dir", "logo")  # otter run sets them; they change nothing here
        config = {key: value for key, value in otter_config.get_user_config().items() if key not in by_itself}
        parse(json.dumps(config), "the settings and the flags of 'otter run'")
        otter_config.token, otter_config.pdf = None, False  # Otter would make a PDF, with LaTeX, and hand it in
        self._quarantine.mkdir(mode=0o700)
        source = self._folder.parent / "source"
        for path in list(self._folder.iterdir()):
            if path.name == "tests":  # ours; Otter has put them there
                continue
            if path != Path(self.submission_path).resolve():
                path.replace(self._quarantine / path.name)
        for path in (source / "files").glob("*"):
            remove(str(self._quarantine / path.name))  # Otter's copy, or a student's fake
            if path.is_dir():
                shutil.copytree(path, self._folder / path.name)
            else:
                shutil.copy(path, self._folder / path.name)

    @_for_otter()
    def before_execution(self, submission: Any) -> Any:
        """Return the notebook that Otter runs instead of the student's. It needs none of the student's metadata."""
        path = Path(self.submission_path).resolve()
        path.replace(self._quarantine / path.name)
        settings = json.dumps({"plugins": [{PLUGIN: self.plugin_config}]})
        source = _CELL.format(submission=str(self._quarantine), settings=settings)
        return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])

    def after_grading(self, results: GradingResults) -> None:
        """Read the notes that our cell has printed in the executed notebook.

        Raises:
            ClickException: our cell failed, so nothing that Otter found would be right. Otter's command line prints the
                reason without a traceback, and ends with exit status 1 and without results.
        """
        outputs = [output for cell in results.notebook.cells for output in cell.get("outputs", [])]
        printed = "".join(output.text for output in outputs if output.output_type == "stream")
        notes = [line.removeprefix(NOTE) for line in printed.splitlines() if line.startswith(NOTE)]
        if not notes:
            errors = [_told(output) for output in outputs if output.output_type == "error"]
            raise ClickException(f"{NOT_GRADED}: {' '.join(errors) or 'the kernel of otter run ended early'}")
        told = json.loads(notes[0])
        if told["note"]:
            results.set_output(told["note"])
        results.set_plugin_data(PLUGIN, {"staff": told["staff"]})

    def generate_report(self) -> str:
        """Say where the text for staff is; Otter prints this to the terminal."""
        return _REPORT
