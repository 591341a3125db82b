"""The Otter plugin: ``otter run`` grades with our processes and clocks instead of the student's own kernel."""

import json
from pathlib import Path
from typing import Any

import nbformat
from otter.plugins import AbstractOtterPlugin
from otter.test_files import GradingResults

from .otter_kernel import NOTE
from .settings import FILE_NAME, PLUGIN

_CELL = """\
from autograder.otter_kernel import grade_into_otter
grade_into_otter({submission!r}, {settings!r})
"""


class AutograderPlugin(AbstractOtterPlugin):  # type: ignore[misc]
    """Named in otter_config.json, where it also keeps our settings."""

    def before_execution(self, submission: Any) -> Any:
        """Return the notebook that Otter executes in place of the student's."""
        settings = json.dumps({"plugins": [{PLUGIN: self.plugin_config}]})
        source = _CELL.format(submission=str(Path(self.submission_path).resolve()), settings=settings)
        return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])

    def after_grading(self, results: GradingResults) -> None:
        """Take over the note for the student from the executed notebook.

        Raises:
            RuntimeError: our cell failed; nothing that Otter found out without it would be right.
        """
        outputs = [output for cell in results.notebook.cells for output in cell.get("outputs", [])]
        printed = "".join(output.text for output in outputs if output.output_type == "stream")
        notes = [line.removeprefix(NOTE) for line in printed.splitlines() if line.startswith(NOTE)]
        if not notes:
            errors = [f"{output.ename}: {output.evalue}" for output in outputs if output.output_type == "error"]
            raise RuntimeError(f"{FILE_NAME} asks for the autograder's plugin, but it failed. {' '.join(errors)}")
        if note := json.loads(notes[0]):
            results.set_output(note)
