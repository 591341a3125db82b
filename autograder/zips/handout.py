"""The student's notebook, made from the handout's source and the reference solution's signatures."""

import re
from pathlib import Path
from typing import Any

import jinja2
import jupytext
import nbformat

from assignment.checks.unfolded import core_edges, core_nodes

from ..errors import BuildError
from ..settings import Settings

FUNCTIONS = ("init", "forward", "graph")
_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def notebook_name(settings: Settings) -> str:
    """File name of the notebook."""
    return f"{settings.assignment_name}.ipynb"


def variables(settings: Settings, cells: dict[str, str]) -> dict[str, Any]:
    """What the templates of the handout may use: settings as text, and the cells of the three functions."""
    points = {name: f"{getattr(settings.points, name):g}" for name in settings.points.__struct_fields__}
    return {
        "assignment_name": settings.assignment_name,
        "title": settings.title,
        "notebook": notebook_name(settings),
        "points": points,
        "total_points": f"{sum(getattr(settings.points, name) for name in points):g}",
        "weight_range": f"{settings.weight_range:g}",
        "steps": str(settings.steps),
        "steps_list": ", ".join(str(t) for t in range(1, settings.steps + 1)),
        "node_count": str(len(core_nodes(settings.steps))),
        "edge_count": str(len(core_edges(settings.steps))),
        "stub": cells,
    }


def render(path: Path, settings: Settings, cells: dict[str, str]) -> str:
    """Fill a template of the handout.

    Raises:
        BuildError: it uses a variable that does not exist, or is no template.
    """
    environment = jinja2.Environment(
        variable_start_string="[[", variable_end_string="]]", block_start_string="[%", block_end_string="%]",
        comment_start_string="[#", comment_end_string="#]", undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True, autoescape=False,
    )  # fmt: skip
    try:
        return environment.from_string(path.read_text(encoding="utf-8")).render(variables(settings, cells))
    except (jinja2.TemplateError, OSError) as error:
        raise BuildError(f"{path}: {error}") from error


def make_notebook(path: Path, settings: Settings, cells: dict[str, str]) -> bytes:
    """Return the notebook as it is written to the zip.

    Args:
        path: the handout's source, which jupytext reads.
        settings: values for the text.
        cells: for each of the three functions the cell that stands in the notebook: a stub, or a solution.

    Raises:
        BuildError: the source has no cell for one of the functions.
    """
    source = path.read_text(encoding="utf-8")
    if missing := [name for name in FUNCTIONS if not re.search(rf"\[\[ *stub\.{name} *\]\]", source)]:
        raise BuildError(f"{path}: there is no cell with [[ stub.{missing[0]} ]]")
    notebook = jupytext.reads(render(path, settings, cells), fmt="py:percent")
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
