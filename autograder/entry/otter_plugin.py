"""The Otter plugin: ``otter run`` grades behind our wall instead of in the student's own kernel."""

import json
import shutil
from pathlib import Path
from typing import Any

import nbformat
from otter.plugins import AbstractOtterPlugin
from otter.test_files import GradingResults

from ..settings import FILE_NAME, PLUGIN
from .otter_kernel import NOTE

_CELL = """\
from autograder.entry.otter_kernel import grade_into_otter
grade_into_otter({submission!r}, {settings!r})
"""


class AutograderPlugin(AbstractOtterPlugin):  # type: ignore[misc]
    """The plugin that otter_config.json names. Our settings are there, too."""

    _staff = ""

    @property
    def _folder(self) -> Path:
        """The working directory of Otter's kernel."""
        return Path(self.submission_path).resolve().parent

    @property
    def _quarantine(self) -> Path:
        """Where the student's files are moved. No kernel imports anything from there."""
        return self._folder.parent / "quarantine"

    def before_grading(self, config: Any) -> None:
        """Move the student's files away from Otter and its kernel, except the one that Otter reads next.

        Otter would unpickle ``.OTTER_LOG``. Python would import ``numpy.py``, or a package with the name of ours.
        """
        self._quarantine.mkdir(mode=0o700)
        source = self._folder.parent / "source"
        for path in list(self._folder.iterdir()):
            if path.name == "tests":  # ours; Otter has put them there
                continue
            if path != Path(self.submission_path).resolve():
                path.replace(self._quarantine / path.name)
        for path in (source / "files").glob("*"):
            shutil.rmtree(self._quarantine / path.name, ignore_errors=True)  # Otter's copy, or a student's fake
            if path.is_dir():
                shutil.copytree(path, self._folder / path.name)
            else:
                shutil.copy(path, self._folder / path.name)

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
            RuntimeError: our cell failed. Otter's own results would then be wrong.
        """
        outputs = [output for cell in results.notebook.cells for output in cell.get("outputs", [])]
        printed = "".join(output.text for output in outputs if output.output_type == "stream")
        notes = [line.removeprefix(NOTE) for line in printed.splitlines() if line.startswith(NOTE)]
        if not notes:
            errors = [f"{output.ename}: {output.evalue}" for output in outputs if output.output_type == "error"]
            raise RuntimeError(f"{FILE_NAME} names the autograder's plugin, but the plugin failed. {' '.join(errors)}")
        told = json.loads(notes[0])
        if told["note"]:
            results.set_output(told["note"])
        self._staff = told["staff"]

    def generate_report(self) -> str:
        """Return the text for staff only; Otter prints it to the terminal."""
        return self._staff
