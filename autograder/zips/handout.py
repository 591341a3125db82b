"""Make the texts for students: the README, and the notebook with the signatures of the reference solution."""

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import jinja2
import jupytext
import nbformat

from ..errors import BuildError
from ..grading.handout import Handout, handout_of
from ..settings import Settings

_INCLUDE = re.compile(r"^# include: *(\S+)$\n?", re.MULTILINE)

_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def notebook_name(settings: Settings) -> str:
    """Return the file name of the notebook."""
    return f"{settings.assignment_name}.ipynb"


def variables(settings: Settings, texts: Mapping[str, Any], cells: Mapping[str, str]) -> dict[str, Any]:
    """Return the variables for the texts: settings, what the assignment adds to them, and the functions' cells."""
    return {
        **texts,
        "assignment_name": settings.assignment_name,
        "title": settings.title,
        "notebook": notebook_name(settings),
        "points": {question: f"{points:g}" for question, points in settings.points.items()},
        "total_points": f"{sum(settings.points.values()):g}",
        "stub": cells,
    }


def whole_source(path: Path) -> str:
    """A text for students with all its parts: ``# include: FILE`` on a line of its own is replaced by another file.

    Raises:
        BuildError: a part is missing or not UTF-8.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BuildError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from error
    return _INCLUDE.sub(lambda found: whole_source(path.parent / found[1]), text)


def render(path: Path, names: Mapping[str, Any]) -> str:
    """Fill in a text for students.

    Raises:
        BuildError: the text uses a variable that does not exist, or is not a valid template.
    """
    environment = jinja2.Environment(
        variable_start_string="[[", variable_end_string="]]", block_start_string="[%", block_end_string="%]",
        comment_start_string="[#", comment_end_string="#]", undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True, autoescape=False,
    )  # fmt: skip
    try:
        return environment.from_string(whole_source(path)).render(names)
    except jinja2.UndefinedError as error:
        known = [f"{name}.{part}" for name, value in names.items() if isinstance(value, Mapping) for part in value]
        known += [name for name, value in names.items() if not isinstance(value, Mapping)]
        raise BuildError(
            f"{path}: {error}. Between [[ and ]] you can use {', '.join(sorted(known))}; there is a stub for each "
            "function that the test files in tests/otter ask for"
        ) from error
    except jinja2.TemplateError as error:
        raise BuildError(f"{path}: {error}") from error


def make_notebook(path: Path, settings: Settings, names: Mapping[str, Any]) -> bytes:
    """Return the notebook for the zip.

    Args:
        path: the handout's source, which jupytext reads.
        settings: for the notebook's metadata.
        names: the variables for the source; see ``variables``.

    Raises:
        BuildError: the source has no cell for one of the functions.
    """
    source = whole_source(path)
    if missing := [name for name in names["stub"] if not re.search(rf"\[\[ *stub\.{name} *\]\]", source)]:
        raise BuildError(f"{path}: there is no cell with [[ stub.{missing[0]} ]]; add one")
    notebook = jupytext.reads(render(path, names), fmt="py:percent")
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": _KERNEL,
            "language_info": {"name": "python"},
            "otter": {"assignment_name": settings.assignment_name},
        }
    )
    for index, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{index:02d}"
    nbformat.validate(notebook)
    text: str = nbformat.writes(notebook)
    return (text.rstrip("\n") + "\n").encode()


def known_handout(notebook: bytes, written: Collection[str]) -> Handout:
    """Return what must be known about a notebook for students, to find the written answers in their copies of it.

    Args:
        notebook: the handout.
        written: the questions that a person grades.
    """
    cells = nbformat.reads(notebook.decode(), as_version=4).cells
    return handout_of([(one.id, one.cell_type, one.source, one.metadata.get("tags", [])) for one in cells], written)
