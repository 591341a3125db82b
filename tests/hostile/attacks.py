"""The hostile part of the corpus: reading its headers, and writing its submissions.

Nothing here needs the rest of the project, because the worker that grades these submissions also runs without it.
"""

import ast
import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jupytext
import nbformat

SUPPORT = Path(__file__).resolve().parent

#: Full marks.
POINTS = {"q3": 20.0, "q4": 35.0, "q5": 20.0}

_FORMS = {"notebook", "script", "zip-notebook", "zip-script"}
_IMPORTS = "import numpy as np\nimport networkx as nx\nimport matplotlib.pyplot as plt"
_MODEL = "class Model:\n    pass"


@dataclass(frozen=True)
class Hostile:
    """One hostile submission."""

    name: str
    path: Path
    title: str
    success: str
    """What its author would call a success."""
    keeps: dict[str, float]
    """The most points that it honestly earns, by question."""
    reach: str
    """``machine``, or ``answers`` if it uses only its own process and what it sends us: then no setting changes it.

    ``neighbours`` if it only learns that others run on the machine. In a container there are none.
    """
    form: str
    """notebook, script, zip-notebook or zip-script."""
    fill: tuple[str, ...]
    """Functions of the reference solution to put in front."""
    builder: str
    """Name of a function in ``builders`` that writes a submission that text cannot express; empty if not needed."""
    body: str

    def write(self, folder: Path, solution: Mapping[str, str], known: Mapping[str, Any]) -> Path:
        """Write the submission as it would be submitted, and return its path.

        Args:
            folder: the folder to create and write to.
            solution: the reference solution's functions as cells.
            known: what the author knows about this grader; see ``tools``.
        """
        folder.mkdir(parents=True)
        front = [tools(known)]
        if self.fill:
            front += [_IMPORTS, _MODEL, *(solution[name] for name in self.fill)]
        if self.builder:
            from . import builders

            build = getattr(builders, self.builder)
            return Path(build(folder, nbformat.writes(self._notebook(front)), known))
        inner = folder / f"{self.name}.files" if self.form.startswith("zip-") else folder
        if inner is not folder:
            shutil.copytree(self.path, inner, ignore=shutil.ignore_patterns("submission.py", "__pycache__"))
            for path in inner.rglob("*"):
                if path.is_file():
                    path.write_text(path.read_text(encoding="utf-8").replace("{MAP}", repr(dict(known))))
        if self.form.endswith("script"):
            target = inner / f"{self.name}.py"
            parts = [*front, self.body]
            target.write_text("\n\n".join(parts), encoding="utf-8")
        else:
            target = inner / f"{self.name}.ipynb"
            nbformat.write(self._notebook(front), target)
        if inner is not folder:
            target = Path(shutil.make_archive(str(folder / self.name), "zip", inner))
            shutil.rmtree(inner)
        return target

    def _notebook(self, front: list[str]) -> nbformat.NotebookNode:
        notebook = jupytext.reads(self.body, fmt="py:percent")
        notebook.metadata.pop("jupytext", None)
        notebook.cells[:0] = [nbformat.v4.new_code_cell(part) for part in front]
        for index, cell in enumerate(notebook.cells):
            cell["id"] = f"cell-{index}"
        return notebook


def tools(known: Mapping[str, Any]) -> str:
    """The first cell: the author's tools, with the addresses of this grader filled in."""
    text = (SUPPORT / "tools.py").read_text(encoding="utf-8")
    return text.replace("MAP = {}", f"MAP = {dict(known)!r}", 1)


def read_hostile(folder: Path) -> list[Hostile]:
    """Read all entries of a folder."""
    return [_read(path) for path in sorted([*folder.glob("*.py"), *folder.glob("*/submission.py")])]


def _read(path: Path) -> Hostile:
    lines = path.read_text(encoding="utf-8").splitlines()
    header: dict[str, str] = {}
    while lines and (match := re.fullmatch(r"# (title|success|keeps|reach|form|fill|builder): *(.*)", lines[0])):
        header[match[1]] = match[2]
        lines.pop(0)
    if missing := {"title", "success", "keeps"} - set(header):
        raise ValueError(f"{path}: the header lacks {', '.join(sorted(missing))}")
    if header.get("form", "notebook") not in _FORMS:
        raise ValueError(f"{path}: unknown form {header['form']}")
    if header.get("reach", "machine") not in ("machine", "answers", "neighbours"):
        raise ValueError(f"{path}: unknown reach {header['reach']}")
    folder = path.parent if path.name == "submission.py" else path
    return Hostile(
        name=folder.stem,
        path=folder,
        title=header["title"],
        success=header["success"],
        keeps=_points(header["keeps"]),
        reach=header.get("reach", "machine"),
        form=header.get("form", "notebook"),
        fill=tuple(sorted(re.findall(r"\w+", header.get("fill", "")), key=("init", "forward", "graph").index)),
        builder=header.get("builder", ""),
        body="\n".join(lines).lstrip("\n") + "\n",
    )


def _points(text: str) -> dict[str, float]:
    """Read ``keeps``: questions with full marks, or ``q4=9`` for at most nine points of q4."""
    points = dict.fromkeys(POINTS, 0.0)
    for word in re.split(r"[,\s]+", text):
        question, _, number = word.partition("=")
        if question in POINTS:
            points[question] = float(number or POINTS[question])
        elif word != "nothing":
            raise ValueError(f"keeps: {word} is neither a question nor 'nothing'")
    return points


def is_python(entry: Hostile) -> bool:
    """Whether the cells are valid Python, apart from magics. A hostile submission with a typo proves nothing."""
    cells = [cell.source for cell in jupytext.reads(entry.body, fmt="py:percent").cells if cell.cell_type == "code"]
    try:
        for cell in cells:
            if not re.search(r"^\s*[%!]", cell, re.MULTILINE):
                ast.parse(cell)
    except SyntaxError:
        return False
    return True


def as_json(value: Any) -> str:
    """One line of JSON."""
    return json.dumps(value, separators=(",", ":"))
